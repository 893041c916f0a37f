package web

import (
	"html/template"
	"strings"

	"vedette/web/messages"
)

// timeIn is a time within a sentence, as the template "time" draws it: nothing where there is
// none.
func timeIn(in *messages.Tongue, m moment) template.HTML {
	if !m.Shown() {
		return ""
	}
	return thenIn(in, m) + ", " +
		template.HTML(`<span class="age">`+template.HTMLEscapeString(in.Say(m.Age.English, m.Age.Args...))+`</span>`)
}

// thenIn is a time within a sentence, without how long ago that was.
func thenIn(in *messages.Tongue, m moment) template.HTML {
	return timeTag(m, in.Say(m.Day.English, m.Day.Args...)+" "+m.Clock)
}

// dayIn is the same, with a comma.
func dayIn(in *messages.Tongue, m moment) template.HTML {
	return timeTag(m, in.Say(m.Day.English, m.Day.Args...)+", "+m.Clock)
}

// clockTag is the clock alone within a sentence.
func clockTag(m moment) template.HTML { return timeTag(m, m.Clock) }

func timeTag(m moment, words string) template.HTML {
	return template.HTML(`<time datetime="` + template.HTMLEscapeString(m.ISO) + `">` + template.HTMLEscapeString(words) + `</time>`)
}

// styled is an element of a sentence that the style sheet knows by its class. Templates write
// out both.
func styled(tag, class string) messages.Element {
	return messages.Element{Open: template.HTML("<" + tag + ` class="` + template.HTMLEscapeString(class) + `">`), Close: template.HTML("</" + tag + ">")}
}

// titleLink is a link whose words are written whichever way they are.
func titleLink(address string) messages.Element {
	e := messages.Link(address)
	e.Open = template.HTML(strings.TrimSuffix(string(e.Open), ">")) + ` dir="auto">`
	return e
}
