package web

import (
	"errors"
	"fmt"
	"html"
	"html/template"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/auth/rights"
	"vedette/httpd"
	"vedette/web/messages"
	"vedette/wording"
)

// problem is why something was not done, as a page says it: one sentence after another,
// each an error or what a page says of its own (messages.Said).
type problem []any

// refusal is an error with all that caused it.
func refusal(err error) problem { return problem{err} }

// saying is what a page says of its own.
func saying(s messages.Said) problem { return problem{s} }

// told is what whoever asked may know of an error.
func told(err error) problem { return problem{httpd.Told(err)} }

// nothingSaved and nothingDone are refusals of what was to be kept or done.
func nothingSaved(err error) problem { return problem{messages.Of("Nothing was saved."), err} }

func nothingDone(err error) problem { return problem{messages.Of("Nothing was done."), err} }

// problemIn says a problem in a language. An error that the language has no sentence for is
// said in English and marked so: whoever has the page read out hears English words by an
// English voice.
func problemIn(in *messages.Tongue, of any) (template.HTML, error) {
	var parts []string
	for _, s := range asProblem(of) {
		switch s := s.(type) {
		case messages.Said:
			parts = append(parts, template.HTMLEscapeString(in.Say(s.English, s.Args...)))
		case error:
			parts = append(parts, alone(in, s))
		default:
			return "", fmt.Errorf("a problem is errors and sentences, not %T", s)
		}
	}
	return template.HTML(strings.Join(parts, " ")), nil
}

// text is a problem in a language without HTML: what a script shows on a page.
func (p problem) text(in *messages.Tongue) string {
	said, err := problemIn(in, p)
	if err != nil {
		return ""
	}
	return html.UnescapeString(anyTag.ReplaceAllString(string(said), ""))
}

func asProblem(of any) problem {
	if p, ok := of.(problem); ok {
		return p
	}
	return problem{of}
}

// alone says an error as a sentence that stands alone, as HTML.
func alone(in *messages.Tongue, err error) string {
	english := sentence(onPage.Replace(err.Error()))
	if in.Language == messages.English {
		return template.HTMLEscapeString(english)
	}
	said := errorIn(in, err)
	if said == "" {
		return inEnglish(english)
	}
	return begun(ended(said))
}

// errorIn says an error and its causes, as HTML: nothing where the language has no sentence
// for it.
func errorIn(in *messages.Tongue, err error) string {
	var e *vedette.Error
	if !errors.As(err, &e) || e.Error() != err.Error() {
		return ""
	}
	form := onPage.Replace(e.Form)
	if !in.Has(form) || form == "%s" && len(e.Args) == 1 && reflect.ValueOf(e.Args[0]).Kind() == reflect.String {
		return "" // words that stand nowhere apart
	}
	head, wrong := in.Rich(form, filledIn(in, e)...)
	if wrong != nil {
		return ""
	}
	if e.Err == nil {
		return string(head)
	}
	both, _ := in.Rich("%s: %s", head, within(in, e.Err))
	return string(both)
}

// within is an error within a sentence.
func within(in *messages.Tongue, err error) template.HTML {
	if said := errorIn(in, err); said != "" {
		return template.HTML(said)
	}
	return template.HTML(inEnglish(safe(onPage.Replace(err.Error()))))
}

// formVerb is where something is filled into an error's sentence.
var formVerb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0-9.]*([a-zA-Z%])`)

// filledIn is what is filled into an error's sentence, as another language's takes it: what
// is a number there stays one, an error is said itself, all else is text.
func filledIn(in *messages.Tongue, e *vedette.Error) []any {
	out := make([]any, len(e.Args))
	next := 0
	for _, m := range formVerb.FindAllStringSubmatch(e.Form, -1) {
		if m[2] == "%" {
			continue
		}
		if n, err := strconv.Atoi(m[1]); err == nil {
			next = n - 1
		}
		if next < len(out) {
			out[next] = fillIn(in, e.Args[next], m[2])
		}
		next++
	}
	return out
}

func fillIn(in *messages.Tongue, arg any, verb string) any {
	v := reflect.ValueOf(arg)
	switch {
	case verb == "d" && v.CanInt():
		return v.Int()
	case verb == "d" && v.CanUint():
		return int64(v.Uint())
	case strings.Contains("efgEG", verb) && v.CanFloat():
		return v.Float()
	}
	if err, ok := arg.(error); ok {
		return within(in, err)
	}
	switch arg.(type) {
	case wording.Said, messages.Said:
		return arg
	}
	if word := wordFor(arg); word.English != "" {
		return word
	}
	if !strings.Contains("sv", verb) && v.CanInt() {
		return safe(fmt.Sprintf("%"+strings.Replace(verb, "q", "c", 1), arg)) // a letter, without quotes
	}
	return safe(fmt.Sprint(arg))
}

// wordFor is what pages call a value that errors name by its type's word: nothing for a name
// and for what pages have no word for.
func wordFor(arg any) messages.Said {
	switch a := arg.(type) {
	case rights.Act:
		return messages.Said{English: actNames[string(a)]}
	case vedette.UserRole:
		if slices.Contains(vedette.UserRoles, a) {
			return messages.Said{English: string(a)}
		}
	case vedette.Urgency:
		return urgencySaid(a)
	case vedette.Action:
		return messages.Said{English: postureWords[a]}
	case vedette.ApprovalState:
		return messages.Said{English: approvalWords[a]}
	case vedette.UpdateState:
		return messages.Said{English: stateOf[a]}
	case vedette.Status:
		return messages.Said{English: statusOf[a]}
	case time.Duration:
		if a >= time.Second && a%roundOf(a) == 0 {
			return worded(wording.Length(a))
		}
	case vedette.ConditionState:
		return conditionStates[a]
	case vedette.Channel:
		return worded(wording.Channel(string(a)))
	case vedette.DeliveryState:
		return worded(wording.State(string(a)))
	}
	return messages.Said{}
}

// roundOf is what a duration is said in.
func roundOf(d time.Duration) time.Duration {
	switch {
	case d < time.Minute:
		return time.Second
	case d < 2*time.Hour:
		return time.Minute
	case d < 48*time.Hour:
		return time.Hour
	}
	return 24 * time.Hour
}

// begun makes a sentence begin with a large letter, where its script has them.
func begun(said string) string {
	r, n := utf8.DecodeRuneInString(said)
	return string(unicode.ToUpper(r)) + said[n:]
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

// ended puts a stop to a sentence that has none.
func ended(said string) string {
	bare := strings.TrimRight(html.UnescapeString(anyTag.ReplaceAllString(said, "")), "\u2069")
	if last, _ := utf8.DecodeLastRuneInString(bare); strings.ContainsRune(".…?!؟", last) {
		return said
	}
	return said + "."
}

// inEnglish is English text within a page of another language, as HTML.
func inEnglish(text string) string {
	return `<span lang="en" dir="ltr">` + template.HTMLEscapeString(text) + `</span>`
}
