package sheet

import "strings"

// Words makes a look-up of what people write: folded word → value.
func Words[T any](lists ...Entry[T]) map[string]T {
	m := map[string]T{}
	for _, l := range lists {
		for _, w := range strings.Split(l.words, ";") {
			m[Fold(w)] = l.value
		}
	}
	return m
}

// Entry is a value and the words for it.
type Entry[T any] struct {
	value T
	words string
}

// As says which words, parted by ";", mean a value.
func As[T any](value T, words string) Entry[T] { return Entry[T]{value, words} }

// YesNo are the words for yes and no.
var YesNo = Words(
	As(true, `yes; y; true; x; 1; ok; on; opted in; opt-in; in; oui; o; vrai; ja; j; wahr; sí; s; verdadero; ✓; ✔`),
	As(false, `no; n; false; 0; off; opted out; opt-out; out; none; non; faux; nein; falsch; falso`),
)

// Choose reads a cell that holds one of a few words, zero where it is empty.
// The mend is said where it holds another.
func Choose[T any](in *Reader, c Cell, of map[string]T, mend error) T {
	var none T
	if c.Value == "" {
		return none
	}
	key := Fold(c.Value)
	if key == "" {
		key = c.Value // a mark such as ✓, which folding drops
	}
	v, ok := of[key]
	if !ok {
		in.Refuse(c, mend)
	}
	return v
}

// Shortened tells 9.82E+11, what spreadsheets make of long numbers.
func Shortened(s string) bool {
	before, after, ok := strings.Cut(strings.ToUpper(s), "E+")
	return ok && strings.Trim(before, "0123456789.,") == "" && strings.Trim(after, "0123456789") == "" && strings.ContainsAny(before, ".,")
}

// MaxName is the number of characters that a number or code of the
// organisation may have.
const MaxName = 100
