package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"vedette"
	"vedette/web/messages"
)

// run is a stretch of a statement's text that is shown in one way.
type run struct {
	Text string
	Kind string // "" plain, "odds", "weighs", "condition", "audience"
	Note string // what is said of it besides: the range of an odds word
}

// markup is a wish to show some bytes of a text in a way.
type markup struct {
	from, to   int
	kind, note string
}

// cutRuns cuts a text where its marks begin and end. A mark that lies
// outside the text, through a character, or over an earlier one is left out:
// the words themselves are always all there.
func cutRuns(text string, marks []markup) []run {
	marks = slices.Clone(marks)
	slices.SortStableFunc(marks, func(a, b markup) int { return cmp.Compare(a.from, b.from) })
	var out []run
	at := 0
	for _, m := range marks {
		if m.from < at || m.to <= m.from || m.to > len(text) || !boundary(text, m.from) || !boundary(text, m.to) {
			continue
		}
		out = appendRun(out, text[at:m.from], "", "")
		out = appendRun(out, text[m.from:m.to], m.kind, m.note)
		at = m.to
	}
	return appendRun(out, text[at:], "", "")
}

func appendRun(out []run, text, kind, note string) []run {
	if text == "" {
		return out
	}
	return append(out, run{safe(text), kind, note})
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// odds marks the likelihood words of a statement, each with its range.
func odds(ls []vedette.Likelihood) []markup {
	var out []markup
	for _, l := range ls {
		m := markup{from: l.Span[0], to: l.Span[1], kind: "odds"}
		switch {
		case l.Comparative:
			m.kind, m.note = "weighs", messages.Mark("one beside another, no figure")
		case l.Hedge:
			continue
		case l.Scale == "":
			m.kind, m.note = "weighs", messages.Mark("on no scale, no figure")
		default:
			m.note = span(l.Low, l.High)
			if l.Scale == vedette.ScalePHIA {
				m.note += " on " + l.Scale.Name()
			}
		}
		out = append(out, m)
	}
	return out
}

// span is a range of likelihood in percent: "55–80 %".
func span(low, high float64) string {
	return fmt.Sprintf("%.0f–%.0f %%", low*100, high*100)
}

// phrase marks a phrase of a text, wherever it stands.
func phrase(text, words, kind string) (markup, bool) {
	i := strings.Index(text, words)
	if words == "" || i < 0 {
		return markup{}, false
	}
	return markup{from: i, to: i + len(words), kind: kind}, true
}
