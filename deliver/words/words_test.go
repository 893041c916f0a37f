package words

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var want = []string{"ar", "en", "es", "fa", "fr", "he", "ru"}

var verb = regexp.MustCompile(`%(\[\d\])?[a-z]`)

// Every language says everything, filled in with the same things in the same
// order, and every row is of the English as it is now.
func TestTables(t *testing.T) {
	if got := Languages(); !slices.Equal(got, want) {
		t.Fatalf("tables of %q, want %q", got, want)
	}
	english := In("en")
	for _, l := range want {
		if Name(l) == l {
			t.Errorf("%s has no name", l)
		}
		table := In(l)
		for key, e := range english.rows {
			r, ok := table.rows[key]
			switch {
			case !ok || strings.TrimSpace(r.text) == "":
				t.Errorf("%s says nothing for %q", l, key)
			case r.english != e.text:
				t.Errorf("%s, %q is of an older English %q; look at what it says, then write the new one beside it", l, key, r.english)
			case !slices.Equal(verb.FindAllString(r.text, -1), verb.FindAllString(e.text, -1)):
				t.Errorf("%s, %q: %q is filled in otherwise than %q", l, key, r.text, e.text)
			case strings.HasSuffix(e.text, " ") != strings.HasSuffix(r.text, " "):
				t.Errorf("%s, %q: %q and %q do not both end with a space", l, key, r.text, e.text)
			case r.reviewed == "":
				t.Errorf("%s, %q does not say who has reviewed it, or that nobody has", l, key)
			}
		}
		for key := range table.rows {
			if _, ok := english.rows[key]; !ok {
				t.Errorf("%s has %q, which is not said any more", l, key)
			}
		}
	}
}

func TestIn(t *testing.T) {
	for tag, want := range map[string]string{
		"ar": "ar", "ar-EG": "ar", "AR_eg": "ar", "fa-AF": "fa", "prs": "fa", "iw": "he", "he-IL": "he", "fr-CA": "fr", "es-419": "es", "ru": "ru",
		"": "en", "en-GB": "en", "de": "en", "tlh": "en", "arz": "en", "../ar": "en", "-": "en", "uk": "en",
	} {
		if got := In(tag).Language; got != want {
			t.Errorf("%q is told in %q, want %q", tag, got, want)
		}
	}
}

func TestReviewed(t *testing.T) {
	if !In("en").Reviewed("do.leave") || In("fr").Reviewed("do.leave") || In("en").Reviewed("do.nothing") {
		t.Error("what was reviewed is not told from what was not")
	}
}

func TestReadRefusesAKeyTwice(t *testing.T) {
	if _, err := read("xx", "key,english,text,reviewed\na,A,B,x\na,A,C,x\n"); err == nil || !strings.Contains(err.Error(), "row 3") {
		t.Error(err)
	}
	if _, err := read("xx", "key,english,text,reviewed\na,A\n"); err == nil {
		t.Error("a short row was read")
	}
}

// What runs against the frame is isolated, and nothing else is touched.
func TestIsolate(t *testing.T) {
	en, ar := In("en"), In("ar")
	for _, c := range []struct {
		t        *Table
		in, want string
	}{
		{en, "Port Alba", "Port Alba"}, {en, "طرابلس", fsi + "طرابلس" + pdi}, {en, "9 March", "9 March"},
		{ar, "طرابلس", "طرابلس"}, {ar, "Port Alba", fsi + "Port Alba" + pdi}, {ar, "2026-03-09", fsi + "2026-03-09" + pdi}, {ar, "", ""},
	} {
		if got := c.t.Isolate(c.in); got != c.want {
			t.Errorf("%s: %q became %q, want %q", c.t.Language, c.in, got, c.want)
		}
	}
}

// The tables are files for people: sorted out of a spreadsheet they still read.
func TestTablesAreFiles(t *testing.T) {
	for _, l := range want {
		b, err := files.ReadFile(l + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
		if err != nil || !slices.Equal(rows[0], []string{"key", "english", "text", "reviewed"}) {
			t.Errorf("%s: %v %q", l, err, rows[0])
		}
	}
}
