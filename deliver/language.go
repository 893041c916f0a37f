package deliver

import (
	"cmp"
	"slices"

	"vedette"
	"vedette/deliver/words"
)

// Language says in which language somebody is told, of the one they wish ("" for none):
// in theirs where there are words in it and the organisation writes in it, else in the
// organisation's first, and English where it names none. What is told to people asks
// this and nothing else, whatever the channel.
func Language(s *vedette.Settings, wish string) string {
	is, some := words.Find(wish)
	if len(s.Languages) == 0 || some && slices.Contains(s.Languages, is.Language) {
		return words.In(wish).Language
	}
	return words.In(s.Languages[0]).Language
}

// Tongue is a language that there are words in.
type Tongue struct {
	Tag, Name string // "fr", "French"
	Reviewed  bool   // somebody who speaks it has read all of them
}

// Tongues lists them, English first, then by name.
func Tongues() []Tongue {
	var out []Tongue
	for _, l := range words.Languages() {
		t := words.In(l)
		out = append(out, Tongue{l, words.Name(l), t.AllReviewed()})
	}
	slices.SortFunc(out, func(a, b Tongue) int {
		if (a.Tag == "en") != (b.Tag == "en") {
			return map[bool]int{true: -1, false: 1}[a.Tag == "en"]
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return out
}

// TongueOf gives a language that there are words in by its tag; false for none.
func TongueOf(tag string) (Tongue, bool) {
	t, ok := words.Find(tag)
	if !ok {
		return Tongue{}, false
	}
	return Tongue{t.Language, words.Name(t.Language), t.AllReviewed()}, true
}
