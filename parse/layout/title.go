package layout

import (
	"strconv"
	"strings"

	"vedette"
	"vedette/parse/phrase"
	"vedette/parse/when"
	"vedette/parse/words"
)

// Title is what a title says of its report.
type Title struct {
	Kind     vedette.ReportKind // unknown when no type stands in it
	Area     string             // the words for the area, "" when none
	Headline string
	Call     string // call to action, after the last semicolon
	Update   int    // counter, -1 when none
	Stamp    when.Stamp
	Dated    bool // a date stands where the headline would, and is the Stamp
}

// ReadTitle takes a title apart: type as prefix before the first colon, or as
// suffix after the last dash; an update counter anywhere.
func ReadTitle(t *words.Tables, text string) Title {
	n := Title{Kind: vedette.KindUnknown, Headline: text, Update: -1}
	if left, right, ok := strings.Cut(text, ":"); ok && strings.TrimSpace(right) != "" {
		if kind, area, ok := typed(t, left); ok {
			n.Kind, n.Area, n.Headline = kind, area, right
		} else if phrase.Count(left, 6) <= 5 {
			n.Area = left
		}
	}
	if n.Kind == vedette.KindUnknown {
		if left, right, ok := cutLastDash(text); ok {
			if kind, area, ok := typed(t, right); ok {
				n.Kind, n.Area, n.Headline = kind, area, left
			}
		}
	}
	if n.Kind == vedette.KindUnknown {
		if left, right, ok := cutFirstMark(text); ok {
			if kind, area, ok := typed(t, left); ok {
				n.Kind, n.Area, n.Headline = kind, area, right
			}
		}
	}
	if n.Kind == vedette.KindUnknown && n.Area != "" {
		_, n.Headline, _ = strings.Cut(text, ":")
	}
	if n.Kind == vedette.KindUnknown && !strings.Contains(text, ":") {
		if kind, area, ok := typed(t, text); ok {
			n.Kind, n.Area, n.Headline = kind, area, "" // "EUROPE DAILY SUMMARY" and no more
		}
	}
	n.counter(text)
	if i := strings.LastIndexByte(n.Headline, ';'); i >= 0 {
		n.Headline, n.Call = n.Headline[:i], strings.TrimSpace(n.Headline[i+1:])
	}
	n.Headline = strings.TrimSpace(n.Headline)
	if n.Kind != vedette.KindUnknown && n.Stamp.Add(t, n.Headline) {
		n.Dated = true
	}
	n.Area = strings.Trim(n.Area, " –—-|,:")
	return n
}

// typed reads "MENA SITUATION UPDATE", "Analysis" or "Alert – Sudan".
func typed(t *words.Tables, s string) (vedette.ReportKind, string, bool) {
	ts := phrase.Plain(s)
	if len(ts) == 0 || phrase.Words(ts) > 12 {
		return vedette.KindUnknown, "", false
	}
	for i := range ts {
		if hit, ok := t.Kinds.At(ts, i); ok && (hit.To == len(ts) || hit.To == counted(ts)) {
			return vedette.ReportKind(hit.Label), s[:ts[i].Start], true
		}
	}
	if hit, ok := t.Kinds.At(ts, 0); ok && strings.ContainsAny(s[ts[hit.To-1].End:ts[hit.To].Start], "-–—|,") {
		return vedette.ReportKind(hit.Label), s[ts[hit.To].Start:], true
	}
	return vedette.KindUnknown, "", false
}

// counted gives the token where a counter begins that ends the words: "SITREP #4",
// "Situation Report No. 12"; -1 where none does.
func counted(ts []phrase.Token) int {
	n := len(ts) - 1
	if n < 1 || len(ts[n].Word) > 4 || !isNumber(ts[n].Word) {
		return -1
	}
	for n > 1 && (ts[n-1].Word == "no" || ts[n-1].Word == "." || ts[n-1].Word == "number") {
		n--
	}
	return n
}

// counter reads "/update 11", "Update #3" or the number after a type; a counter makes an untyped title
// a situation update, and a trailing one leaves the headline.
func (n *Title) counter(text string) {
	if !strings.ContainsAny(text, "0123456789") {
		return
	}
	ts := phrase.Plain(text)
	for i := 1; i < len(ts); i++ {
		at := counted(ts[:i+1])
		if at < 1 || !counts(ts, at-1) {
			continue
		}
		n.Update, _ = strconv.Atoi(ts[i].Word)
		if n.Kind == vedette.KindUnknown {
			n.Kind = vedette.KindSituationUpdate
		}
		mark := text[ts[at-1].Start:ts[i].End]
		if head, _, ok := strings.Cut(n.Headline, mark); ok && strings.HasSuffix(strings.TrimRight(n.Headline, " )]"), mark) {
			n.Headline = strings.TrimRight(head, " /([–—-,")
		}
	}
}

// counts says whether the word at a token is one that a counter follows.
func counts(ts []phrase.Token, i int) bool {
	switch ts[i].Word {
	case "update", "sitrep":
		return true
	case "report":
		return i > 0 && ts[i-1].Word == "situation"
	}
	return false
}

func cutLastDash(s string) (left, right string, ok bool) {
	at, width := -1, 0
	for _, d := range []string{" – ", " — ", " - ", " | "} {
		if i := strings.LastIndex(s, d); i > at {
			at, width = i, len(d)
		}
	}
	if at < 0 {
		return "", "", false
	}
	return s[:at], s[at+width:], true
}
