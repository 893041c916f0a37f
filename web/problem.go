package web

import (
	"fmt"
	"html/template"
	"strings"

	"vedette/web/messages"
)

// beforeProblems are what a page says of its own before an error's sentence.
var beforeProblems = []string{messages.Mark("Nothing was done."), messages.Mark("Nothing was saved.")}

// problemIn is why something was not done, as a page has it. What is a message is said
// in the page's language. An error's sentence is English, and marked so where the page is
// not: whoever has the page read out hears English words by an English voice.
func problemIn(in *messages.Tongue, of any) (template.HTML, error) {
	var text string
	switch s := of.(type) {
	case messages.Said:
		return template.HTML(template.HTMLEscapeString(in.Say(s.English, s.Args...))), nil
	case string:
		text = s
	default:
		return "", fmt.Errorf("a problem is a sentence, not %T", of)
	}
	if in.Language == messages.English || text == "" {
		return template.HTML(template.HTMLEscapeString(text)), nil
	}
	if said := in.Text(text); said != text {
		return template.HTML(template.HTMLEscapeString(said)), nil
	}
	for _, b := range beforeProblems {
		if rest, ok := strings.CutPrefix(text, b+" "); ok {
			return template.HTML(template.HTMLEscapeString(in.Text(b))+" ") + inEnglish(rest), nil
		}
	}
	return inEnglish(text), nil
}

// inEnglish is English text within a page of another language.
func inEnglish(text string) template.HTML {
	return template.HTML(`<span lang="en" dir="ltr">` + template.HTMLEscapeString(text) + `</span>`)
}
