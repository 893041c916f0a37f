package paper

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
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
		if g.GlyphID == 0 || g.RunesCount() != 1 || g.GlyphsCount() != 1 || text[g.TextIndex()] > lastLetter {
			return false
		}
	}
	return true
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
		if c := text[g.TextIndex()]; c == ' ' {
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

// outlines draws a run as it is shaped, and writes its letters unseen where they stand.
func (s *Sheet) outlines(text []rune, r *shaping.Output, f *weight, size, x, y float64) {
	scale := size / float64(f.face.Upem())
	drawn := false
	at := x
	for _, g := range r.Glyphs {
		if g.GlyphID == 0 {
			s.lost++
		}
		if o, ok := f.face.GlyphData(g.GlyphID).(font.GlyphOutline); ok {
			s.outline(o, at+points(g.XOffset), y-points(g.YOffset), scale)
			drawn = drawn || len(o.Segments) > 0
		}
		at += points(g.Advance)
	}
	if drawn {
		s.pdf.DrawPath("F")
	}
	s.unseen(text, r, f, size, x, y)
}

// unseen writes the letters of a run, those of a sign together at its place, but what
// fpdf has no room for.
func (s *Sheet) unseen(text []rune, r *shaping.Output, f *weight, size, x, y float64) {
	s.pdf.SetTextRenderingMode(3)
	defer func() {
		s.pdf.RawWriteStr("100 Tz")
		s.pdf.SetTextRenderingMode(0)
	}()
	for i, g := range r.Glyphs {
		if i == 0 || r.Glyphs[i-1].TextIndex() != g.TextIndex() {
			var letters []rune
			for _, c := range text[g.TextIndex() : g.TextIndex()+g.RunesCount()] {
				if c <= lastLetter {
					letters = append(letters, c)
				}
			}
			if r.Direction == di.DirectionRTL {
				slices.Reverse(letters) // a reader turns them again
			}
			if len(letters) > 0 {
				s.fit(string(letters), points(g.Advance), f, size)
				s.word(string(letters), f, size, x, y)
			}
		}
		x += points(g.Advance)
	}
}

// fit makes what is written next as wide as it is drawn: a letter's form in the middle of
// a word is narrower than it is alone, and a reader finds words by the gaps between them.
func (s *Sheet) fit(letters string, width float64, f *weight, size float64) {
	s.pdf.SetFont(family, f.style, size)
	percent := 100.0
	if alone := s.pdf.GetStringWidth(letters); alone > 0 && width > 0 {
		percent = 100 * width / alone
	}
	s.pdf.RawWriteStr(fmt.Sprintf("%.2f Tz", percent))
}

// outline adds a sign to the path, its foot at a point.
func (s *Sheet) outline(o font.GlyphOutline, x, y, scale float64) {
	at := func(p ot.SegmentPoint) (float64, float64) { return x + float64(p.X)*scale, y - float64(p.Y)*scale }
	for i, seg := range o.Segments {
		x1, y1 := at(seg.Args[0])
		switch seg.Op {
		case ot.SegmentOpMoveTo:
			if i > 0 {
				s.pdf.ClosePath()
			}
			s.pdf.MoveTo(x1, y1)
		case ot.SegmentOpLineTo:
			s.pdf.LineTo(x1, y1)
		case ot.SegmentOpQuadTo:
			x2, y2 := at(seg.Args[1])
			s.pdf.CurveTo(x1, y1, x2, y2)
		case ot.SegmentOpCubeTo:
			x2, y2 := at(seg.Args[1])
			x3, y3 := at(seg.Args[2])
			s.pdf.CurveBezierCubicTo(x1, y1, x2, y2, x3, y3)
		}
	}
	if len(o.Segments) > 0 {
		s.pdf.ClosePath()
	}
}
