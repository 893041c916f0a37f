// Package phrase says whether a short form of an action says all that a
// report's words tell. What an advice is filed under is not enough for that:
// "Evacuate ground floors" is an evacuation, and "Evacuate Basra" would be
// wrong. So the words themselves must be among those that wordings.csv names,
// and nothing after them may narrow, turn or date them.
package phrase

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"

	"vedette/deliver/excerpt"
)

//go:embed wordings.csv
var list string

// placeHole stands in a wording for the place that the advice names.
const placeHole = "{place}"

// wordings are the wordings of each action, folded.
var wordings = sync.OnceValue(func() map[string][]string {
	rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
	if err != nil {
		panic(err) // it is embedded: a test reads it
	}
	m := map[string][]string{}
	for _, r := range rows[1:] {
		m[r[0]] = append(m[r[0]], fold(r[1]))
	}
	return m
})

// openers stand before what is told, and change nothing of it.
var openers = []string{"please ", "should ", "must ", "are advised to ", "are strongly advised to ", "are urged to ", "are asked to ", "is advised to ", "is urged to ",
	"immediately ", "urgently ", "continue to "}

// tails follow what is told: its urgency, its reason, or the next thing to do.
var tails = []string{"at this time", "at this juncture", "at the current juncture", "at this stage", "at present", "now", "immediately", "at once", "for now",
	"for the time being", "as soon as possible", "without delay", "due to", "because", "given", "amid", "in light of", "in view of", "owing to", "to ensure", "until further notice"}

// Says says whether the short form of an action says what a text tells. place is
// the place that the action names, "" where it takes that of its heading. The
// text is without its audience and its condition: they are said beside.
func Says(action, text, place string) bool {
	text, place = opened(fold(text)), fold(place)
	for _, w := range wordings()[action] {
		hole := strings.Contains(w, placeHole)
		if hole && place == "" {
			continue
		}
		for _, article := range []string{"", "the "} {
			rest, ok := strings.CutPrefix(text, strings.ReplaceAll(w, placeHole, article+place))
			if ok && closes(rest, place, hole) {
				return true
			}
		}
	}
	return false
}

// Begins says whether a text begins with a wording of an action, whatever
// follows, and nothing in it turns or dates what it tells.
func Begins(action, text string) bool {
	text = opened(fold(text))
	for _, w := range wordings()[action] {
		if rest, ok := strings.CutPrefix(text, w+" "); ok && !excerpt.Turns(rest) {
			return true
		}
	}
	return false
}

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
	return !hole && strings.HasPrefix(after, "and ")
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 0x80 }

// fold writes a text in small letters, with plain quotes and single spaces.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "’", "'"))
}
