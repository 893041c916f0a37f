package web

import (
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/draw"
	"vedette/web/messages"
)

// mapTongue is what a map says of its own, in the language of whoever looks at it: one
// that is kept is told from that of another language by it.
func mapTongue(in *messages.Tongue) draw.Tongue {
	t := draw.Tongue{Language: in.Language, Right: in.Right, Untitled: in.Say(messages.Mark("Map"))}
	for r := range t.Levels {
		said := messages.Said{English: vedette.Risk(r).String()}
		if r == int(vedette.RiskUnknown) {
			said = messages.Of("risk not given")
		}
		t.Levels[r] = capital(in.Say(said.English))
	}
	return t
}

// capital begins a text with a capital letter, in writings that have them.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
