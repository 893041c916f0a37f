package web

import (
	"slices"
	"strings"

	"vedette/paper"
	"vedette/web/messages"
)

// printed is a document in the making, in the language of whoever asks for it: what it says
// itself is in that language and direction, a report's words stay as they are.
type printed struct {
	*paper.Sheet
	in *messages.Tongue
}

// newPrinted begins a document.
func newPrinted(in *messages.Tongue, about paper.About) (*printed, error) {
	about.Language, about.Right = in.Language, in.Right
	about.Page = in.Text(messages.Mark("page %d of %d"))
	about.Lost = in.Text(messages.Mark("%d letters or signs are not in the typeface of this document and are drawn as boxes: read those on the page that it was made of."))
	s, err := paper.New(about)
	return &printed{s, in}, err
}

// say says a sentence in the document's language.
func (s *printed) say(english string, args ...any) string { return s.in.Say(english, args...) }

// said says a sentence that code has made.
func (s *printed) said(of messages.Said) string { return s.in.Say(of.English, of.Args...) }

// all says several.
func (s *printed) all(list []messages.Said) []string {
	out := make([]string, len(list))
	for i, of := range list {
		out[i] = s.said(of)
	}
	return out
}

// words says words of closed lists.
func (s *printed) words(list []string) string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = s.say(w)
	}
	return strings.Join(out, ", ")
}

// name is what somebody else has written, kept from turning what stands around it.
func (s *printed) name(of string) string {
	if slices.Contains(standIns, of) {
		return s.say(of)
	}
	return s.in.Words().Isolate(of)
}

// at is a time, without how long ago it was.
func (s *printed) at(m moment) string { return s.said(m.Day) + " " + s.name(m.Clock) }

// ago is a time with that.
func (s *printed) ago(m moment) string { return s.said(m.said()) }

// heading sets the heading of a section.
func (s *printed) heading(english string) { s.Said(paper.Heading, plainly(s.say(english))) }

// fact sets a line with its name, left out where there is nothing to say.
func (s *printed) fact(name, says string) {
	if says != "" {
		s.Said(paper.Body, bold(name+": "), plainly(says))
	}
}

func plainly(text string) paper.Span { return paper.Span{Text: text} }

func bold(text string) paper.Span { return paper.Span{Text: text, Bold: true} }

// joinSome joins what is not empty.
func joinSome(parts []string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}
