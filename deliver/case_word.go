package deliver

import (
	"strings"
	"time"

	"vedette"
	"vedette/deliver/words"
)

// CaseWord is what somebody who called for help is told of it: who has their
// call, that nobody has yet and whom to ring, or what the desk wrote.
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
	Words    string    // what the desk wrote to them; "" where it is told how the case stands
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
	case o.Words != "":
		lines = append(writtenLines(o.Words), o.link(w)...)
		if o.Discreet {
			m.Subject, m.ListName, m.Discreet = mark+w.Say("discreet.subject"), "", true
		}
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

// writtenLines are the lines of what somebody of the desk wrote, without empty
// ones, each fit to stand alone.
func writtenLines(words string) (out []string) {
	for line := range strings.Lines(words) {
		if line = Clean(line); line != "" {
			out = append(out, line)
		}
	}
	return out
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
