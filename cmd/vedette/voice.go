package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
)

type voiceCmd struct {
	Number string `arg:"" optional:"" help:"Say how this number would be called: +447700900101."`
}

// Help says what the file holds.
func (c *voiceCmd) Help() string {
	return `Calls go out by the gateways in voice.json, in the data directory or where --voice says:

  {"ring": 30, "currency": "EUR",
   "gateways": [{"name": "main", "form": "twilio", "account": "${TWILIO_SID}",
                 "secret": "${TWILIO_TOKEN}", "from": ["+447700900000"], "per_second": 1}],
   "routes": [{"prefix": "+", "gateways": ["main"]}],
   "prices": [{"prefix": "+44", "per_minute": 0.02}],
   "voices": {"fa": {"language": "fa-IR", "name": "..."}}}

${NAME} stands in the environment. ring is for how many seconds a phone rings. With "detect_machines": true
the gateway listens besides whether a machine took the call. A language without a voice is spoken to in English.
A gateway of form "json" has a url, headers and a body of its own, and a secret: see "Calls" in the README.
Import your people again once the file is there: from then on the number they are texted at is called too,
or the one in a column "landline" or "voice".`
}

// Run shows the gateways, or how a number would be called.
func (c *voiceCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if a.Voice == nil {
			return vedette.Errorf(vedette.CodeNotFound, "no voice gateway is configured; \"vedette voice --help\" says how")
		}
		if c.Number != "" {
			return c.number(s, a)
		}
		rows := [][]string{{"GATEWAY", "FORM", "FROM", "A SECOND", "ASKS AT"}}
		for _, g := range a.Voice.Gateways {
			rows = append(rows, []string{g.Name, g.Form, strings.Join(g.From, " "), fmt.Sprintf("%g", g.PerSecond), "/voice/" + g.Name + "/"})
		}
		s.paper().table(rows)
		called, of, err := a.Called(s.ctx)
		if err != nil {
			return err
		}
		s.printf("%d of %s a number that is called\n", called, count(of, "person has", "people have"))
		if called < of {
			s.printf("import the others again, with their phone number or a landline\n")
		}
		return nil
	})
}

func (c *voiceCmd) number(s *session, a *app.App) error {
	return s.serves(c.Number, a.Voice.Serving, a.Voice.Price, a.Voice.Currency, "a minute")
}
