package paper

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// mostLine bounds the letters of a paragraph that are set at once: what is longer is cut
// into several.
const mostLine = 20_000

// marked is how far a paragraph with a mark is set in.
const marked = 14

// mark is what stands before a paragraph: how far it sets it in, and how it is drawn, from
// the edge that the paragraph begins at.
type mark struct {
	wide float64
	draw func(edge, foot float64, dir di.Direction)
}

// sign is a mark of one letter.
func (s *Sheet) sign(letter string, of Style) *mark {
	l := looks[of]
	return &mark{marked, func(edge, foot float64, dir di.Direction) {
		x := edge + 2
		if dir == di.DirectionRTL {
			x = edge - 8
		}
		s.ink(l.grey)
		s.word(letter, &s.faces[0], l.size, x, foot)
	}}
}

// own is the direction of what the document says itself.
func (s *Sheet) own() di.Direction {
	if s.about.Right {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// direction is that of a paragraph of somebody's words, of the document where none has one.
func (s *Sheet) direction(spans []Span) di.Direction {
	for _, sp := range spans {
		if dir, ok := direction([]rune(sp.Text)); ok {
			return dir
		}
	}
	return s.own()
}

// set puts a paragraph on the page, over as many pages as it takes.
func (s *Sheet) set(of Style, m *mark, dir di.Direction, spans []Span) {
	l := looks[of]
	in := l.indent
	if m != nil {
		in += m.wide
	}
	text, bold := joined(spans, l.bold)
	for first := true; len(text) > 0 && s.err == nil; first = false {
		n := min(len(text), mostLine)
		if !first {
			m = nil
		}
		s.paragraph(of, text[:n], bold[:n], in, m, dir)
		text, bold = text[n:], bold[n:]
	}
}

// joined is the text of spans, and which of it is bold.
func joined(spans []Span, all bool) (text []rune, bold []bool) {
	for _, sp := range spans {
		for _, r := range strings.ToValidUTF8(sp.Text, "\ufffd") {
			if unicode.IsControl(r) {
				r = ' '
			}
			text, bold = append(text, r), append(bold, sp.Bold || all)
		}
	}
	return text, bold
}

func (s *Sheet) paragraph(of Style, text []rune, bold []bool, in float64, m *mark, dir di.Direction) {
	l := looks[of]
	lines := s.lines(text, bold, l.size, column-in, dir)
	s.y += l.before
	if of == Title || of == Heading || of == Under { // not alone at the end of a page
		s.room(l.line*float64(len(lines)) + 40)
	}
	for i, runs := range lines {
		s.room(l.line)
		if s.err != nil {
			return
		}
		if of == Judged {
			s.pdf.SetFillColor(0xf1, 0xef, 0xe7)
			s.pdf.Rect(side, s.y, column, l.line, "F")
		}
		at := s.y + l.line*.72
		x, width := side+in, column-in
		if dir == di.DirectionRTL {
			x = side
			x += width - advance(runs)
		}
		if m != nil && i == 0 {
			edge := side + l.indent
			if dir == di.DirectionRTL {
				edge = side + column - l.indent
			}
			m.draw(edge, at, dir)
		}
		s.ink(l.grey)
		s.draw(text, runs, l.size, x, at)
		s.y += l.line
	}
}

// direction is that of the first letter which has one, false where none has.
func direction(text []rune) (di.Direction, bool) {
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko):
			return di.DirectionRTL, true
		case unicode.IsLetter(r):
			return di.DirectionLTR, true
		}
	}
	return di.DirectionLTR, false
}

// unkerned are the features that what is set letter by letter goes without: fpdf knows
// no pairs and no ligatures.
var unkerned = []shaping.FontFeature{{Tag: ot.MustNewTag("kern")}, {Tag: ot.MustNewTag("liga")}, {Tag: ot.MustNewTag("clig")}}

// lines shapes a text and breaks it into lines no wider than given.
func (s *Sheet) lines(text []rune, bold []bool, size, width float64, dir di.Direction) []shaping.Line {
	var runs []shaping.Output
	for from := 0; from < len(text); {
		to := from + 1
		for to < len(text) && bold[to] == bold[from] {
			to++
		}
		f := &s.faces[0]
		if bold[from] {
			f = &s.faces[1]
		}
		for _, in := range s.cut.Split(shaping.Input{Text: text, RunStart: from, RunEnd: to, Direction: dir, Face: f.face, Size: fixed.Int26_6(size * 64), Language: language.NewLanguage("en")}, f) {
			if in.Direction == di.DirectionLTR {
				in.FontFeatures = unkerned
			}
			runs = append(runs, exact(s.shaper.Shape(in), size))
		}
		from = to
	}
	lines, _ := s.wrap.WrapParagraphF(shaping.WrapConfig{Direction: dir}, fixed.Int26_6(width*64), text, shaping.NewSliceIterator(runs))
	out := make([]shaping.Line, len(lines))
	for i, l := range lines {
		out[i] = slices.Clone(l) // the wrapper uses its own again
		slices.SortStableFunc(out[i], func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
	}
	return out
}

// exact is a run at its very size: go-text shapes at the next whole one.
func exact(r shaping.Output, size float64) shaping.Output {
	by := size / math.Ceil(size)
	for _, v := range []*fixed.Int26_6{&r.Advance, &r.LineBounds.Ascent, &r.LineBounds.Descent, &r.LineBounds.Gap} {
		*v = fixed.Int26_6(math.Round(float64(*v) * by))
	}
	for i := range r.Glyphs {
		g := &r.Glyphs[i]
		for _, v := range []*fixed.Int26_6{&g.Advance, &g.XOffset, &g.YOffset, &g.Width, &g.Height, &g.XBearing, &g.YBearing} {
			*v = fixed.Int26_6(math.Round(float64(*v) * by))
		}
	}
	return r
}

func advance(runs []shaping.Output) (w float64) {
	for i := range runs {
		w += points(runs[i].Advance)
	}
	return w
}

func points(f fixed.Int26_6) float64 { return float64(f) / 64 }

// line sets one line without breaking it; what is too long is cut, and says so.
func (s *Sheet) line(text string, l look, x, y, width float64) {
	runes, bold := joined([]Span{{text, l.bold}}, l.bold)
	if len(runes) == 0 {
		return
	}
	runes, bold = runes[:min(len(runes), 400)], bold[:min(len(runes), 400)]
	dir := s.own()
	lines := s.lines(runes, bold, l.size, width, dir)
	if dir == di.DirectionRTL {
		x += width - advance(lines[0])
	}
	s.ink(l.grey)
	s.draw(runes, lines[0], l.size, x, y)
	if len(lines) > 1 {
		at := x + width - 4
		if dir == di.DirectionRTL {
			at = x + advance(lines[0]) - width - 6
		}
		s.word("…", &s.faces[0], l.size, at, y)
	}
}

func (s *Sheet) ink(grey uint8) {
	g := int(grey)
	if g == 0x14 { // the ink of the house
		s.pdf.SetTextColor(0x14, 0x20, 0x2b)
		s.pdf.SetFillColor(0x14, 0x20, 0x2b)
		return
	}
	s.pdf.SetTextColor(g, g, g)
	s.pdf.SetFillColor(g, g, g)
}
