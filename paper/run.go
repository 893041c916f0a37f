package paper

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/shaping"
)

// draw sets the runs of a line side by side.
func (s *Sheet) draw(text []rune, runs []shaping.Output, size, x, y float64) {
	for i := range runs {
		r := &runs[i]
		f := &s.faces[0]
		if r.Face == s.faces[1].face {
			f = &s.faces[1]
		}
		if r.Direction == di.DirectionLTR && known(text, r) {
			s.words(text, r, f, size, x, y)
		} else {
			s.outlines(text, r, f, size, x, y)
		}
		x += points(r.Advance)
	}
}

// lastLetter is the last that fpdf has room for.
const lastLetter = 0xffff

// simple is a text that fpdf can write down: it reads neither broken UTF-8 nor what it has
// no room for.
func simple(s string) string {
	return strings.Map(func(r rune) rune {
		if r > lastLetter {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

// known says whether fpdf can set a run: the typeface has all its letters, one to a sign.
func known(text []rune, r *shaping.Output) bool {
	for _, g := range r.Glyphs {
		if guides(text[g.TextIndex()]) {
			continue
		}
		if g.GlyphID == 0 || g.RunesCount() != 1 || g.GlyphsCount() != 1 || text[g.TextIndex()] > lastLetter {
			return false
		}
	}
	return true
}

// guides says whether a sign guides the direction of text: nobody sees it.
func guides(r rune) bool {
	return r >= 0x2066 && r <= 0x2069 || r >= 0x202a && r <= 0x202e || r == 0x200e || r == 0x200f || r == 0x061c
}

// words sets a run word by word, each where go-text put it.
func (s *Sheet) words(text []rune, r *shaping.Output, f *weight, size, x, y float64) {
	from, at := -1, x
	var word []rune
	flush := func() {
		if from >= 0 {
			s.word(string(word), f, size, at, y)
			from, word = -1, word[:0]
		}
	}
	for i, g := range r.Glyphs {
		if c := text[g.TextIndex()]; guides(c) {
			flush()
		} else if c == ' ' {
			word = append(word, c) // a reader that copies finds the space
			if from < 0 {
				from, at = i, x
			}
			flush()
		} else {
			if from < 0 {
				from, at = i, x
			}
			word = append(word, c)
		}
		x += points(g.Advance)
	}
	flush()
}

func (s *Sheet) word(w string, f *weight, size, x, y float64) {
	s.pdf.SetFont(family, f.style, size)
	s.pdf.Text(x, y, simple(w))
}
