package deliver

import (
	"strings"
	"time"

	"vedette"
	"vedette/deliver/words"
)

// CaseWord is what somebody who called for help is told of it: who has their
// call, or that nobody has yet and whom to ring.
type CaseWord struct {
	Org      string
	Status   vedette.Status
	Language string // BCP 47, as they wish
	Discreet bool   // nothing of who sends it or what it is about
	Owner    string // "" while nobody has it
	Since    time.Time
	Next     time.Time // by when they hear from us
	Numbers  []Numbers // of emergency services where they are
	Link     string    // where they answer
}

// Numbers are those of the emergency services of a country.
type Numbers struct {
	Country string
	Numbers []string // empty where none is on record
}

// caseClock is how a time is written in what is told of a case.
const caseClock = "15:04 UTC"

// Message makes the mail, or the short message where short.
func (o CaseWord) Message(short bool) Message {
	w := words.In(o.Language)
	mark := o.Status.Mark()
	if mark != "" {
		mark = w.Say("mark."+strings.ToLower(mark)) + " "
	}
	m := Message{Subject: mark + w.Say("case.subject"), ListName: Clean(o.Org), ListID: "cases", Header: map[string]string{"Content-Language": w.Language}}
	var lines []string
	switch {
	case o.Discreet:
		if lines = []string{w.Say("case.danger")}; o.Owner != "" {
			lines = []string{w.Say("case.noted", w.Isolate(o.Next.UTC().Format(caseClock)))}
		}
		m.Subject, m.ListName, m.Discreet = mark+w.Say("discreet.subject"), "", true
	case o.Owner != "":
		lines = append([]string{w.Say("page.case.taken", w.Isolate(cut(Clean(o.Owner), maxMailName)), w.Isolate(o.Since.UTC().Format(caseClock)), w.Isolate(o.Next.UTC().Format(caseClock))),
			w.Say("case.danger")}, o.link(w)...)
	default:
		lines = append(o.untaken(w), o.link(w)...)
	}
	sep := "\n"
	if short {
		sep = " "
	}
	for i := range lines {
		if !short || i == 0 {
			lines[i] = mark + lines[i]
		}
	}
	m.Text = strings.Join(lines, sep)
	if !short {
		m.Text += "\n"
	}
	return m
}

// untaken says whom to ring while nobody has the call.
func (o CaseWord) untaken(w *words.Table) []string {
	lines := []string{w.Say("page.case.open", w.Isolate(o.Since.UTC().Format(caseClock))), w.Say("case.danger")}
	known := false
	for _, n := range o.Numbers {
		if len(n.Numbers) > 0 {
			known = true
			lines = append(lines, w.Say("page.case.numbers", w.Isolate(n.Country), w.Isolate(strings.Join(n.Numbers, ", "))))
		}
	}
	if known {
		lines = append(lines, w.Say("page.case.unverified"))
	}
	return lines
}

func (o CaseWord) link(w *words.Table) []string {
	if o.Link == "" {
		return nil
	}
	return []string{w.Say("answer.here") + w.Say("colon") + o.Link}
}
