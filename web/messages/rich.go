package messages

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"
)

// Element is what stands around words of a sentence: a link.
type Element struct{ Open, Close template.HTML }

// Link is the link to an address of the portal.
func Link(address string) Element {
	return Element{template.HTML(`<a href="` + template.HTMLEscapeString(safeAddress(address)) + `">`), "</a>"}
}

// Bdi is what is filled into a sentence and keeps its own direction: a name.
func Bdi(s string) template.HTML { return template.HTML("<bdi>" + filledIn(s) + "</bdi>") }

// filledIn is text as HTML that no element comes of, whatever stands in it.
func filledIn(s string) string {
	return strings.ReplaceAll(template.HTMLEscapeString(s), "&lt;", "&#60;")
}

// safeAddress lets through addresses within the portal alone: what is in a sentence leads
// nowhere else.
func safeAddress(address string) string {
	if strings.HasPrefix(address, "#") || strings.HasPrefix(address, "?") || strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.HasPrefix(address, `/\`) {
		return address
	}
	return "#"
}

// tag is an element of a sentence: <b> or </b>, or the number of one that is given.
var tag = regexp.MustCompile(`&lt;(/?)(b|strong|em|i|code|[1-9])&gt;`)

// bareTag is an element of a sentence that is not HTML yet.
var bareTag = regexp.MustCompile(`</?(b|strong|em|i|code|[1-9])>`)

// Bare says a sentence that has elements in it where there are none: on paper.
func (t *Tongue) Bare(english string, args ...any) string {
	text := bareTag.ReplaceAllString(t.Text(english), "")
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, t.filled(args)...)
}

// Rich says a sentence that has elements in it. Args are first what is filled in, then
// the elements <1>, <2>…, in the order of their numbers. All that is no element is text.
func (t *Tongue) Rich(english string, args ...any) (template.HTML, error) {
	var elements []Element
	var filled []any
	for _, a := range args {
		if e, ok := a.(Element); ok {
			elements = append(elements, e)
		} else {
			filled = append(filled, a)
		}
	}
	text := template.HTMLEscapeString(t.Text(english))
	if len(filled) > 0 {
		text = fmt.Sprintf(text, t.escaped(filled)...)
	}
	return elemented(text, elements)
}

// escaped is what is filled in as text of HTML, so that no element comes of it.
func (t *Tongue) escaped(args []any) []any {
	out := t.filled(args)
	for i, a := range out {
		switch a := a.(type) {
		case string:
			out[i] = filledIn(a)
		case template.HTML: // it has its own elements; text of it is no element of the sentence
			out[i] = strings.ReplaceAll(string(a), "&lt;", "&#60;")
		case int, int64, float64:
		default:
			out[i] = filledIn(fmt.Sprint(a))
		}
	}
	return out
}

func elemented(text string, elements []Element) (template.HTML, error) {
	var wrong error
	out := tag.ReplaceAllStringFunc(text, func(s string) string {
		m := tag.FindStringSubmatch(s)
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return "<" + m[1] + m[2] + ">"
		}
		if n > len(elements) {
			wrong = fmt.Errorf("%q has no element %d", text, n)
			return ""
		}
		if m[1] != "" {
			return string(elements[n-1].Close)
		}
		return string(elements[n-1].Open)
	})
	return template.HTML(out), wrong
}
