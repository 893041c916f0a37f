package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
)

type smsCmd struct {
	Number string `arg:"" optional:"" help:"Say how this number would be texted: +447700900101."`
}

// Help says what the file holds.
func (c *smsCmd) Help() string {
	return `Text messages go out by the gateways in sms.json, in the data directory or where --sms says:

  {"segments": 2, "currency": "EUR",
   "gateways": [{"name": "main", "form": "twilio", "account": "${TWILIO_SID}",
                 "secret": "${TWILIO_TOKEN}", "from": ["+447700900000"], "per_second": 1}],
   "routes": [{"prefix": "+", "gateways": ["main"]}],
   "prices": [{"prefix": "+44", "per_segment": 0.04}]}

${NAME} stands in the environment. The longest prefix says which gateways serve a number, in order.
A gateway of form "json" has a url, headers and a body of its own: see "Text messages" in the README.`
}

// Run shows the gateways, and how a number would be texted.
func (c *smsCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if a.SMS == nil {
			return vedette.Errorf(vedette.CodeNotFound, "no text message gateway is configured; \"vedette sms --help\" says how")
		}
		if c.Number != "" {
			return c.number(s, a)
		}
		rows := [][]string{{"GATEWAY", "FORM", "FROM", "A SECOND", "CALLS BACK AT"}}
		for _, g := range a.SMS.Gateways {
			rows = append(rows, []string{g.Name, g.Form, strings.Join(g.From, " "), fmt.Sprintf("%g", g.PerSecond), "/sms/" + g.Name + "/message"})
		}
		s.paper().table(rows)
		return nil
	})
}

func (c *smsCmd) number(s *session, a *app.App) error {
	return s.serves(c.Number, a.SMS.Serving, a.SMS.Price, a.SMS.Currency, "a segment")
}

// serves says which gateways serve a number, and what that costs.
func (s *session) serves(given string, serving func(number string) []string, cost func(number string) (float64, bool), currency, unit string) error {
	number, wrong := app.Number(given)
	if wrong != nil {
		return errUsage{fmt.Errorf("%q %s", given, wrong)}
	}
	by := serving(number)
	if len(by) == 0 {
		return vedette.Errorf(vedette.CodeNotFound, "no route serves %s; add one with its prefix", number)
	}
	price := "no price is given"
	if p, ok := cost(number); ok {
		price = fmt.Sprintf("%s %g %s", currency, p, unit)
	}
	s.printf("%s: by %s; %s\n", number, strings.Join(by, ", else by "), price)
	return nil
}
