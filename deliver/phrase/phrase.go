// Package phrase says whether a short form of an action says all that a
// report's words tell. What an advice is filed under is not enough for that:
// "Evacuate ground floors" is an evacuation, and "Evacuate Basra" would be
// wrong. So the words themselves must be among those that wordings.csv names,
// and nothing after them may narrow, turn or date them.
package phrase

import (
	_ "embed"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"sync"

	"vedette/deliver/excerpt"
)

//go:embed wordings.csv
var list string

// placeHole stands in a wording for the place that the advice names.
const placeHole = "{place}"

// wording is a way to tell an action, folded, and the short form that says it.
type wording struct{ form, words string }

// wordings are the wordings of each action.
var wordings = sync.OnceValue(func() map[string][]wording {
	rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
	if err != nil {
		panic(err) // it is embedded: a test reads it
	}
	m := map[string][]wording{}
	for _, r := range rows[1:] {
		m[r[0]] = append(m[r[0]], wording{r[1], fold(r[2])})
	}
	return m
})

// openers stand before what is told, and change nothing of it.
var openers = []string{"please ", "should ", "must ", "are advised to ", "are strongly advised to ", "are urged to ", "are asked to ", "is advised to ", "is urged to ",
	"immediately ", "urgently ", "continue to "}

// tails follow what is told: its urgency, its reason, or the next thing to do.
var tails = []string{"at this time", "at this juncture", "at the current juncture", "at this stage", "at present", "now", "immediately", "at once", "for now",
	"for the time being", "as soon as possible", "without delay", "due to", "because", "given", "amid", "in light of", "in view of", "owing to", "to ensure", "until further notice"}

// Form gives the short form of an action that says what a text tells, "" for none.
// place is the place that the action names, "" where it takes that of its heading.
// The text is without its audience and its condition: they are said beside.
func Form(action, text, place string) string {
	text, place = opened(fold(text)), fold(place)
	for _, w := range wordings()[action] {
		hole := strings.Contains(w.words, placeHole)
		if hole && place == "" {
			continue
		}
		for _, article := range []string{"", "the "} {
			rest, ok := strings.CutPrefix(text, strings.ReplaceAll(w.words, placeHole, article+place))
			if ok && closes(rest, place, hole) {
				return w.form
			}
		}
	}
	return ""
}

// letGo are the words that end the list of what is to be avoided.
var letGo = []string{".", ";", "!", " due to ", " because ", " given ", " amid ", " especially ", " particularly ", " including ", " nationwide", " in the region",
	" in the country", " across the country", " throughout the country", " at this time", " for now", " for the time being", " and refrain ", " and maintain ",
	" and keep ", " and follow ", " and monitor ", " and adhere ", " and register "}

var between = regexp.MustCompile(`,? and |,? or |, `)

// Kinds gives the kinds of place that a text tells to avoid, where it names such
// kinds and nothing else: "the airport and the Red Bridge" are no kinds.
func Kinds(action, text string) (kinds []string, ok bool) {
	text = opened(fold(text))
	for _, w := range wordings()[action] {
		if list, told := strings.CutPrefix(text, w.words+" "); told {
			if kinds, ok = listed(list); ok {
				return kinds, true
			}
		}
	}
	return nil, false
}

// listed reads a list of kinds of place, and what follows it.
func listed(text string) (kinds []string, ok bool) {
	end := len(text)
	for _, stop := range letGo {
		if at := strings.Index(text, stop); at >= 0 {
			end = min(end, at)
		}
	}
	if excerpt.Turns(text[end:]) {
		return nil, false
	}
	for _, what := range between.Split(strings.TrimRight(text[:end], " ,"), -1) {
		for _, article := range []string{"the vicinity of ", "all ", "any ", "the "} {
			what = strings.TrimPrefix(what, article)
		}
		kind, known := kindOf()[what]
		if !known {
			return nil, false
		}
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds, len(kinds) > 0
}

// kindOf gives the kind of place that words name.
var kindOf = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for action, ways := range wordings() {
		if _, is := strings.CutPrefix(action, "kind."); is {
			for _, w := range ways {
				m[w.words] = w.form
			}
		}
	}
	return m
})

// opened is a text from where it tells something.
func opened(text string) string {
	for {
		text = strings.TrimLeft(text, " ,;:.–—-")
		before := len(text)
		for _, o := range openers {
			text = strings.TrimPrefix(text, o)
		}
		if len(text) == before {
			return text
		}
	}
}

// closes says whether what follows a wording leaves it as it is. After a place
// "and" may add another, or part of one; after anything else a thing to do.
func closes(rest, place string, hole bool) bool {
	if at, ok := strings.CutPrefix(rest, " in "+place); ok && !hole && place != "" {
		rest = at
	}
	if excerpt.Turns(strings.ReplaceAll(rest, "until further notice", "")) {
		return false
	}
	if rest == "" || strings.ContainsRune(".,;!", rune(rest[0])) {
		return true
	}
	after, ok := strings.CutPrefix(rest, " ")
	if !ok {
		return false
	}
	for _, t := range tails {
		if more, ok := strings.CutPrefix(after, t); ok && (more == "" || !letter(more[0])) {
			return true
		}
	}
	return !hole && (strings.HasPrefix(after, "and ") || strings.HasPrefix(after, "("))
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 0x80 }

// fold writes a text in small letters, with plain quotes and single spaces.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "’", "'"))
}
