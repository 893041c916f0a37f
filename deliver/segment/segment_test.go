package segment_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"vedette/deliver/segment"
)

func TestCount(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		alphabet segment.Alphabet
		segments int
	}{
		"nothing":                             {"", segment.GSM7, 0},
		"a letter":                            {"a", segment.GSM7, 1},
		"160 septets":                         {strings.Repeat("a", 160), segment.GSM7, 1},
		"161 septets":                         {strings.Repeat("a", 161), segment.GSM7, 2},
		"two full segments":                   {strings.Repeat("a", 306), segment.GSM7, 2},
		"one more than two":                   {strings.Repeat("a", 307), segment.GSM7, 3},
		"letters with accents it has":         {strings.Repeat("éèùìòÅåÄÖÑÜäöñüàß", 9), segment.GSM7, 1},
		"the euro takes two":                  {strings.Repeat("€", 80), segment.GSM7, 1},
		"and so 81 are too many":              {strings.Repeat("€", 81), segment.GSM7, 2},
		"a pair is not torn at the border":    {strings.Repeat("a", 152) + "€" + strings.Repeat("a", 152), segment.GSM7, 3},
		"the same without the pair":           {strings.Repeat("a", 152) + "aa" + strings.Repeat("a", 152), segment.GSM7, 2},
		"line breaks":                         {"a\r\nb", segment.GSM7, 1},
		"a small c with cedilla is not in it": {"ç", segment.UCS2, 1},
		"though the great one is":             {"Ç", segment.GSM7, 1},
		"a backquote is not":                  {"`", segment.UCS2, 1},
		"70 units":                            {strings.Repeat("خ", 70), segment.UCS2, 1},
		"71 units":                            {strings.Repeat("خ", 71), segment.UCS2, 2},
		"134 units":                           {strings.Repeat("ж", 134), segment.UCS2, 2},
		"135 units":                           {strings.Repeat("ж", 135), segment.UCS2, 3},
		"one such letter and all is so":       {strings.Repeat("a", 70) + "ж", segment.UCS2, 2},
		"35 pictures of two units":            {strings.Repeat("🚨", 35), segment.UCS2, 1},
		"36 of them":                          {strings.Repeat("🚨", 36), segment.UCS2, 2},
		"33 to a segment, for none is torn":   {strings.Repeat("🚨", 67), segment.UCS2, 3},
		"bytes that are no text are one each": {"\xff\xfe", segment.UCS2, 1},
	} {
		if a, n := segment.Count(c.text); a != c.alphabet || n != c.segments {
			t.Errorf("%s: %v, %d segments; want %v, %d", name, a, n, c.alphabet, c.segments)
		}
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"Don’t go – “Color Red”…": `Don't go - "Color Red"...`,
		"Côte d’Ivoire":           "Côte d’Ivoire", // it is UCS-2 anyway
		"as it is":                "as it is",
	} {
		if got := segment.Plain(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

const link = "https://desk.example.org/r/abcdefghijklmnopqrstuvwxyz"

func TestCut(t *testing.T) {
	for name, c := range map[string]struct {
		text, link string
		max        int
		want       string
	}{
		"what fits stays":            {"Take shelter.", link, 1, "Take shelter. " + link},
		"without a link":             {"Take shelter.", "", 1, "Take shelter."},
		"at a word":                  {strings.Repeat("seven77 ", 30), link, 1, strings.TrimSpace(strings.Repeat("seven77 ", 13)) + "... " + link},
		"no stop before the dots":    {strings.Repeat("seven7, ", 30), "", 1, strings.Repeat("seven7, ", 17) + "seven7, seven7..."},
		"in its own alphabet":        {strings.Repeat("خطر ", 60), "", 1, strings.TrimSpace(strings.Repeat("خطر ", 17)) + "…"},
		"a word without an end":      {strings.Repeat("a", 400), "", 1, strings.Repeat("a", 157) + "..."},
		"a link that leaves no room": {"Take shelter.", "https://" + strings.Repeat("x", 152), 1, "https://" + strings.Repeat("x", 152)},
		"a link longer than all":     {"Take shelter.", "https://" + strings.Repeat("x", 300), 1, "https://" + strings.Repeat("x", 300)},
		"no text":                    {" ", link, 1, link},
	} {
		if got := segment.Cut(c.text, c.link, c.max); got != c.want {
			t.Errorf("%s: %q\nwant %q", name, got, c.want)
		}
	}
}

// A text that is cut fits, keeps its link, and begins as the whole does.
func FuzzCut(f *testing.F) {
	f.Add("Do not go to the harbour, and do not use the coast road", link, 1)
	f.Add(strings.Repeat("€", 200), "", 2)
	f.Add("لا تسافر إلى هناك"+strings.Repeat(" ابتعد", 40), "https://x.example/r/1", 1)
	f.Add("🚨🚨\xff e\u0301\u0301", "x", 0)
	f.Fuzz(func(t *testing.T, text, link string, max int) {
		if max < 1 || max > 5 || len(text) > 4000 || strings.TrimSpace(link) != link {
			t.Skip()
		}
		got := segment.Cut(text, link, max)
		if !strings.HasSuffix(got, link) {
			t.Fatalf("%q lost its link %q", got, link)
		}
		if got != link && !segment.Fits(got, max) {
			t.Fatalf("%q takes more than %d segments", got, max)
		}
		if utf8.ValidString(text) && utf8.ValidString(link) && !utf8.ValidString(got) {
			t.Fatalf("%q was cut in the middle of a character", got)
		}
		kept := strings.TrimRight(strings.TrimSuffix(got, link), " .…")
		if !strings.HasPrefix(strings.TrimSpace(text), kept) {
			t.Fatalf("%q does not begin as %q", kept, text)
		}
	})
}
