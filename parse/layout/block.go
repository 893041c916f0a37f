// Package layout takes a report apart: title, time of issue, panel, sections,
// topics and groups, items; a body printed twice, other reports in the same
// text, and what is no part of a report. It knows no meaning of an item.
package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/parse/phrase"
)

// Kind is what a block of lines was taken for.
type Kind int

// The kinds of block.
const (
	Unread Kind = iota
	Blank
	Issued
	TitleLine
	Heading // of a section, a topic, a group or a daily item
	Item    // a statement
	Field   // label and value of the panel
	Aside   // set aside, with a reason
)

// Section is the part of a report an item stands in.
type Section string

// The sections. Forecast is an assessment whose items are all forecasts.
const (
	None       Section = ""
	Summary    Section = "summary"
	Situation  Section = "situation"
	Assessment Section = "assessment"
	Forecast   Section = "forecast"
	Advice     Section = "advice"
	Contact    Section = "contact" // addresses, no statements
)

// Block is a run of source lines taken as one thing.
type Block struct {
	Kind    Kind
	Lines   vedette.Lines
	Text    string // an item's without bullet and marker, a field's value
	Section Section
	Group   string // topic of a claim, heading of an advice
	Lead    string // of an advice: the words that it finishes, "staff should"
	Outer   string // of an advice with a lead: the heading that the lead stands under
	Label   string // of a field: affected, risk, country_risk, source, category
	Reason  string // of an aside
	Marked  bool   // opened with FORECAST:
	Inline  bool   // heading and item on one line

	words  []phrase.Token // of an item's text, once they were cut
	at     int            // index of its first line in the page
	copied bool           // repeats a block of the first copy word for word
	same   string         // its key, once it was asked for
	more   []string       // further lines of the item, until the scan ends
}

// Words gives the words of the text.
func (b *Block) Words() []phrase.Token {
	if b.words == nil {
		b.words = phrase.Tokens(b.Text)
	}
	return b.words
}

// key is what two copies of a text have in common: its letters and digits.
func (b *Block) key() string {
	if b.same == "" && b.Text != "" {
		b.same = bare(b.Text)
	}
	return b.same
}

func bare(s string) string {
	var k strings.Builder
	k.Grow(len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c = plain[c]; c != 0 {
				k.WriteByte(c)
			}
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			k.WriteRune(c)
		}
		i += n
	}
	return k.String()
}

// plain gives the letter, small, or digit that an ASCII byte is; 0 for others.
var plain = func() (of [utf8.RuneSelf]byte) {
	for c := byte('0'); c <= '9'; c++ {
		of[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		of[c], of[c-'a'+'A'] = c, c
	}
	return of
}()

// endsSentence says whether a line ends the way a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"”’')]")
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".!?")
}
