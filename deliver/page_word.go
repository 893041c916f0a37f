package deliver

import "vedette/deliver/words"

// PageWord has a link to somebody's own page.
type PageWord struct {
	Org      string
	Language string // BCP 47, as they wish
	Discreet bool   // nothing of who sends it, nor what it is
	Link     string
}

// Message makes the mail, or the short message where short.
func (o PageWord) Message(short bool) Message {
	w := words.In(o.Language)
	m := Message{Subject: w.Say("my.title"), ListName: Clean(o.Org), ListID: "page", Header: map[string]string{"Content-Language": w.Language}, Discreet: o.Discreet, Text: w.Say("my.letter")}
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
