// Package words holds what Vedette itself says around a report's own words: a
// table per language, which a duty officer can read, correct and review.
//
// A row is a key, the English, what is said, and who has reviewed it. Where
// nobody has, the row says NotReviewed: the frame of a mail is in that language
// all the same, but no short form of an action is (see Table.Reviewed). %s and
// %d are filled in, in that order; %[2]s is the second.
package words

import (
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// NotReviewed stands in a row that nobody who speaks the language has read.
const NotReviewed = "not reviewed"

// Table is the words of one language.
type Table struct {
	Language string // BCP 47
	Right    bool   // it is written from right to left
	rows     map[string]row
}

type row struct{ english, text, reviewed string }

//go:embed *.csv
var files embed.FS

var tables = sync.OnceValue(func() map[string]*Table {
	m := map[string]*Table{}
	names, _ := fs.Glob(files, "*.csv")
	for _, name := range names {
		b, _ := files.ReadFile(name)
		t, err := read(strings.TrimSuffix(name, ".csv"), string(b))
		if err != nil {
			panic(err) // it is embedded: a test reads every table
		}
		m[t.Language] = t
	}
	return m
})

// read reads a table.
func read(language, text string) (*Table, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("words of %s: %w", language, err)
	}
	t := &Table{Language: language, Right: right[language], rows: make(map[string]row, len(rows))}
	for i, r := range rows[1:] {
		if _, twice := t.rows[r[0]]; twice || len(r) != 4 {
			return nil, fmt.Errorf("words of %s, row %d: %q stands there twice, or has not four fields", language, i+2, r[0])
		}
		t.rows[r[0]] = row{r[1], r[2], r[3]}
	}
	return t, nil
}

// right are the languages written from right to left.
var right = map[string]bool{"ar": true, "he": true, "fa": true}

// names are what the languages that have a table are called in English.
var names = map[string]string{"ar": "Arabic", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "ru": "Russian"}

// Name is what a language is called in English, its tag where there is no table.
func Name(tag string) string { return cmp.Or(names[tag], tag) }

// same are other tags of a language that has a table: the old one of Hebrew,
// and Dari, which is Persian.
var same = map[string]string{"iw": "he", "prs": "fa"}

// In gives the words of a language by its BCP 47 tag, whatever land or script
// it names. A language without a table, and none, is English.
func In(tag string) *Table {
	if t, ok := Find(tag); ok {
		return t
	}
	return tables()["en"]
}

// Find is In for whoever wants no English in place of another; false for none.
func Find(tag string) (*Table, bool) {
	main, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")), "-")
	if s, ok := same[main]; ok {
		main = s
	}
	t, ok := tables()[main]
	return t, ok
}

// Languages are those that have a table, by their tags.
func Languages() []string { return slices.Sorted(maps.Keys(tables())) }

// Say gives what a key says, filled in; "" where it says nothing. args that are
// a report's own words are best isolated (Isolate).
func (t *Table) Say(key string, args ...any) string {
	text := t.rows[key].text
	if text == "" || len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Reviewed says whether somebody answers for what a key says.
func (t *Table) Reviewed(key string) bool {
	r, ok := t.rows[key]
	return ok && r.text != "" && r.reviewed != "" && r.reviewed != NotReviewed
}

// AllReviewed says whether somebody answers for all that it says.
func (t *Table) AllReviewed() bool {
	for key, r := range t.rows {
		if r.text != "" && !t.Reviewed(key) {
			return false
		}
	}
	return true
}

// Direction is that of the HTML attribute.
func (t *Table) Direction() string {
	if t.Right {
		return "rtl"
	}
	return "ltr"
}
