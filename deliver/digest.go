package deliver

import (
	"strings"

	"vedette/deliver/words"
)

// Digest is what merely informs somebody, gathered into one mail.
type Digest struct {
	Org      string
	Language string // BCP 47, as they wish
	Discreet bool   // nothing of who sends it
	Lines    []string
}

// Message makes the mail: each notice's line, with its link.
func (d Digest) Message() Message {
	w := words.In(d.Language)
	m := Message{Subject: w.Say("digest.subject"), ListName: Clean(d.Org), ListID: "digest", Header: map[string]string{"Content-Language": w.Language}}
	parts := append(append([]string{w.Say("digest.intro")}, d.Lines...), w.Say("digest.why"))
	if d.Discreet {
		m.Subject, m.ListName, m.ListID, m.Discreet, parts = w.Say("discreet.subject"), "", "", true, d.Lines
	}
	m.Text = strings.Join(parts, "\n\n") + "\n"
	return m
}
