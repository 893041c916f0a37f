package deliver

import (
	"time"

	"vedette/deliver/words"
)

// DeviceWord is what somebody is told when a device was added to theirs: if it
// was not them, somebody else is shown what they are told.
type DeviceWord struct {
	Org      string
	Language string // BCP 47, as they wish
	Discreet bool   // nothing of who sends it
	Since    time.Time
	Link     string // where they remove it
}

// Message makes the mail, or the short message where short.
func (o DeviceWord) Message(short bool) Message {
	w := words.In(o.Language)
	m := Message{Subject: w.Say("push.added.subject"), ListName: Clean(o.Org), ListID: "devices", Header: map[string]string{"Content-Language": w.Language}, Discreet: o.Discreet}
	m.Text = w.Say("push.added", w.Isolate(o.Since.UTC().Format(w.Say("time"))))
	if o.Discreet {
		m.Subject, m.ListName, m.Text = w.Say("discreet.subject"), "", w.Say("discreet.open")
	}
	if short {
		m.Text += " " + o.Link
		return m
	}
	m.Text += "\n" + o.Link + "\n"
	return m
}
