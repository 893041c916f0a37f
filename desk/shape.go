package desk

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/match/say"
)

// drawn gives shapes as an update keeps them: valid, and each with a name of
// its own, by which people are told of it.
func (d *Desk) drawn(shapes []vedette.Shape) ([]vedette.Shape, error) {
	if err := vedette.ValidShapes(shapes); err != nil {
		return nil, err
	}
	out, taken := slices.Clone(shapes), map[string]bool{}
	for i := range out {
		name := strings.Join(strings.Fields(strings.Map(seen, out[i].Name)), " ")
		if name == "" {
			name = say.Title(d.Gaz, &out[i])
		}
		out[i].Name = name
		for n := 2; taken[out[i].Name]; n++ {
			out[i].Name = fmt.Sprintf("%s (%d)", name, n)
		}
		taken[out[i].Name] = true
	}
	return out, nil
}

// seen takes out of a name what turns the words around it or is not to be
// seen.
func seen(r rune) rune {
	switch {
	case unicode.Is(unicode.Bidi_Control, r), r == utf8.RuneError:
		return -1
	case unicode.IsControl(r):
		return ' '
	}
	return r
}
