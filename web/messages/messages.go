// Package messages holds what the portal's pages say, in the languages it speaks: the
// English stands in the templates and the code, and a file per language says each of
// its sentences.
//
// A row of a file is the English, what is said, and who has reviewed it; rows stand in
// the order of their English. %s, %d and %[2]s are filled in, and <b>, <strong>, <em>,
// <i> and <code> stay; <1>…</1> is the first of the elements that a template gives
// (Rich). Where one English word is two in other languages, what follows ## says which
// is meant, and is never shown: "Open##a verb".
package messages

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"vedette/deliver/words"
	"vedette/wording"
)

// NotReviewed stands in a row that nobody who speaks the language has read.
const NotReviewed = "not reviewed"

// English is the language that needs no file.
const English = "en"

// Tongue is what the pages say in one language.
type Tongue struct {
	Language string // BCP 47
	Right    bool   // it is written from right to left
	words    *words.Table
	rows     map[string]row
}

type row struct{ text, reviewed string }

//go:embed *.csv
var files embed.FS

var tongues = sync.OnceValue(func() map[string]*Tongue {
	m := map[string]*Tongue{}
	for _, tag := range words.Languages() {
		t, err := open(tag)
		if err != nil {
			panic(err) // it is embedded: a test reads every file
		}
		m[tag] = t
	}
	return m
})

func open(tag string) (*Tongue, error) {
	w := words.In(tag)
	t := &Tongue{Language: tag, Right: w.Right, words: w, rows: map[string]row{}}
	if tag == English {
		return t, nil
	}
	b, err := files.ReadFile(tag + ".csv")
	if err != nil {
		return nil, err
	}
	return t, t.read(b)
}

// read reads the rows of a file.
func (t *Tongue) read(text []byte) error {
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = 3
	list, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("messages of %s: %w", t.Language, err)
	}
	for i, f := range list {
		if i == 0 {
			continue // what the columns are
		}
		if i > 1 && list[i-1][0] >= f[0] {
			return fmt.Errorf("messages of %s, row %d: %q stands after %q; rows stand in the order of their English, each once", t.Language, i+1, f[0], list[i-1][0])
		}
		if strings.TrimSpace(f[1]) == "" {
			return fmt.Errorf("messages of %s, row %d: %q says nothing", t.Language, i+1, f[0])
		}
		t.rows[f[0]] = row{f[1], f[2]}
	}
	return nil
}

// Languages are those the pages speak, by their tags.
func Languages() []string { return slices.Sorted(maps.Keys(tongues())) }

// In gives a language by its BCP 47 tag; one that the pages do not speak is English.
func In(tag string) *Tongue { return tongues()[words.In(tag).Language] }

// Speaks gives the tag of a language as the pages know it, false for one they do not
// speak.
func Speaks(tag string) (string, bool) {
	w, ok := words.Find(tag)
	if !ok {
		return "", false
	}
	return w.Language, true
}

// Words are what Vedette says around a report's words, in the same language.
func (t *Tongue) Words() *words.Table { return t.words }

// English gives the rows of a language: what it has something to say for.
func (t *Tongue) English() []string { return slices.Sorted(maps.Keys(t.rows)) }

// Text is what is said for an English sentence, nothing filled in: the English itself
// where there is no row.
func (t *Tongue) Text(english string) string {
	if r, ok := t.rows[english]; ok {
		return r.text
	}
	if shown, _, more := strings.Cut(english, "##"); more && Known(english) {
		return shown
	}
	return english
}

// Has says whether a language has something to say for an English sentence; English says
// it as it stands.
func (t *Tongue) Has(english string) bool {
	_, ok := t.rows[english]
	return ok || t.Language == English
}

// Known says whether some language has a row for a sentence: what somebody has typed is
// none, and nothing of it is left out.
func Known(english string) bool {
	for _, t := range tongues() {
		if _, ok := t.rows[english]; ok {
			return true
		}
	}
	return false
}

// Reviewed says whether somebody who speaks the language has read all that it says.
func (t *Tongue) Reviewed() bool {
	for _, r := range t.rows {
		if r.reviewed == "" || r.reviewed == NotReviewed {
			return false
		}
	}
	return true
}

// Named is what a language may have a name of its own for: a place.
type Named interface{ In(language string) string }

// Say says an English sentence in a language. What is filled in is kept from turning
// the sentence around it, or being turned by it; what is a sentence itself (Said) is
// said in the same language.
func (t *Tongue) Say(english string, args ...any) string {
	text := t.Text(english)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, t.filled(args)...)
}

func (t *Tongue) filled(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case Said:
			out[i] = t.Say(a.English, a.Args...)
		case wording.Said:
			out[i] = t.Say(a.English, a.Args...)
		case Named:
			out[i] = t.words.Isolate(a.In(t.Language))
		case string:
			out[i] = t.words.Isolate(a)
		default:
			out[i] = a
		}
	}
	return out
}

// Said is a sentence that code has made and a page will say in its language.
type Said struct {
	English string
	Args    []any
}

// Of makes a sentence. english is written out where it is called: a test reads it there.
func Of(english string, args ...any) Said { return Said{english, args} }

// String is the sentence in English.
func (s Said) String() string { return In(English).Say(s.English, s.Args...) }

// Mark marks an English word that a page says in its language, by the function t of
// the templates; it is the word itself. A test reads it where it is called.
func Mark(english string) string { return english }
