package voice

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strconv"

	"vedette/deliver/gateway"
)

// Write writes a talk as a gateway of a form reads it, and of which type that
// is.
func Write(form string, t Talk) (body []byte, mime string) {
	if form == gateway.FormTwilio {
		return writeTwiML(t), "text/xml; charset=utf-8"
	}
	return writeJSON(t), "application/json"
}

// writeTwiML writes it as Twilio reads it
// (https://www.twilio.com/docs/voice/twiml). Any key ends the wait, # too.
func writeTwiML(t Talk) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<Response>")
	says(&b, t.Says)
	if a := t.Ask; a != nil {
		for range a.Times {
			b.WriteString(`<Gather input="dtmf" numDigits="1" finishOnKey="" method="POST" timeout="` + strconv.Itoa(a.Seconds) + `" action="`)
			escape(&b, a.Then)
			b.WriteString(`">`)
			says(&b, a.Says)
			b.WriteString("</Gather>")
		}
		says(&b, a.Else)
	}
	b.WriteString("<Hangup/></Response>")
	return b.Bytes()
}

func says(b *bytes.Buffer, list []Saying) {
	for _, s := range list {
		b.WriteString(`<Say language="`)
		escape(b, s.Language)
		if s.Name != "" {
			b.WriteString(`" voice="`)
			escape(b, s.Name)
		}
		b.WriteString(`">`)
		escape(b, s.Text)
		b.WriteString("</Say>")
	}
}

func escape(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a buffer takes all
}

// written is a talk in JSON.
type written struct {
	Say []writtenSaying `json:"say,omitempty"`
	Ask *writtenAsk     `json:"ask,omitempty"`
}

type writtenSaying struct {
	Language string `json:"language"`
	Voice    string `json:"voice,omitempty"`
	Text     string `json:"text"`
}

type writtenAsk struct {
	Say     []writtenSaying `json:"say"`
	Then    string          `json:"then"`
	Seconds int             `json:"seconds"`
	Times   int             `json:"times"`
	Else    []writtenSaying `json:"else,omitempty"`
}

func writeJSON(t Talk) []byte {
	w := written{Say: sayings(t.Says)}
	if a := t.Ask; a != nil {
		w.Ask = &writtenAsk{Say: sayings(a.Says), Then: a.Then, Seconds: a.Seconds, Times: a.Times, Else: sayings(a.Else)}
	}
	b, err := json.Marshal(w)
	if err != nil {
		panic(err) // it is strings and numbers
	}
	return b
}

func sayings(list []Saying) (out []writtenSaying) {
	for _, s := range list {
		out = append(out, writtenSaying{s.Language, s.Name, s.Text})
	}
	return out
}
