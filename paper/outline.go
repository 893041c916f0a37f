package paper

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"
)

// A sign is written with the same bytes wherever it stands, in the units of its typeface
// and from its own foot: a page of them packs to a quarter of what it does where each
// is written by its place.

// outlines draws a run as it is shaped, and writes its letters unseen where they stand.
func (s *Sheet) outlines(text []rune, r *shaping.Output, f *weight, size, x, y float64) {
	unit := float64(f.face.Upem()) / size // of the typeface in a point
	var b strings.Builder
	fmt.Fprintf(&b, "q %.7f 0 0 %.7f %.2f %.2f cm\n", 1/unit, 1/unit, x, pageHeight-y)
	fill := "f\n"
	if s.halo > 0 {
		fmt.Fprintf(&b, "%.0f w\n", s.halo*unit)
		fill = "S\n"
	}
	drawn := false
	at, penX, penY := 0.0, 0, 0
	for _, g := range r.Glyphs {
		if g.GlyphID == 0 && s.halo == 0 && !guides(text[g.TextIndex()]) {
			s.lost++
		}
		if path := s.outline(g.GlyphID, f); path != "" {
			toX, toY := int(math.Round((at+points(g.XOffset))*unit)), int(math.Round(points(g.YOffset)*unit))
			fmt.Fprintf(&b, "1 0 0 1 %d %d cm\n%s%s", toX-penX, toY-penY, path, fill)
			penX, penY, drawn = toX, toY, true
		}
		at += points(g.Advance)
	}
	if drawn {
		s.pdf.RawWriteStr(b.String() + "Q")
	}
	if s.halo == 0 {
		s.unseen(text, r, f, size, x, y)
	}
}

// signKey is a sign in a weight of the typeface.
type signKey struct {
	style string
	sign  font.GID
}

// outline is a sign as a path, "" for one that shows nothing.
func (s *Sheet) outline(sign font.GID, f *weight) string {
	key := signKey{f.style, sign}
	if path, ok := s.signs[key]; ok {
		return path
	}
	path := ""
	if o, ok := f.face.GlyphData(sign).(font.GlyphOutline); ok && len(o.Segments) > 0 {
		path = pathOf(o)
	}
	s.signs[key] = path
	return path
}

// pathOf writes an outline. What bends by one point in a typeface bends by two in PDF.
func pathOf(o font.GlyphOutline) string {
	var b strings.Builder
	var pen ot.SegmentPoint
	third := func(a, c float32) int { return int(math.Round(float64(a+2*c) / 3)) }
	whole := func(v float32) int { return int(math.Round(float64(v))) }
	for i, seg := range o.Segments {
		p := seg.ArgsSlice()
		end := p[len(p)-1]
		switch seg.Op {
		case ot.SegmentOpMoveTo:
			if i > 0 {
				b.WriteString("h\n")
			}
			fmt.Fprintf(&b, "%d %d m\n", whole(end.X), whole(end.Y))
		case ot.SegmentOpLineTo:
			fmt.Fprintf(&b, "%d %d l\n", whole(end.X), whole(end.Y))
		case ot.SegmentOpQuadTo:
			fmt.Fprintf(&b, "%d %d %d %d %d %d c\n", third(pen.X, p[0].X), third(pen.Y, p[0].Y), third(end.X, p[0].X), third(end.Y, p[0].Y), whole(end.X), whole(end.Y))
		case ot.SegmentOpCubeTo:
			fmt.Fprintf(&b, "%d %d %d %d %d %d c\n", whole(p[0].X), whole(p[0].Y), whole(p[1].X), whole(p[1].Y), whole(end.X), whole(end.Y))
		}
		pen = end
	}
	return b.String() + "h "
}

// unseen writes the letters of a run, those of a sign together at its place, but what
// fpdf has no room for.
func (s *Sheet) unseen(text []rune, r *shaping.Output, f *weight, size, x, y float64) {
	s.pdf.SetFont(family, f.style, size)
	s.pdf.SetTextRenderingMode(3)
	var b strings.Builder // of letters that fpdf knows are used
	open, last, width := false, x, 100.0
	flush := func() {
		if open {
			b.WriteString("ET\n")
		}
		s.pdf.RawWriteStr(b.String())
		b.Reset()
		open = false
	}
	for i, g := range r.Glyphs {
		letters := lettersOf(text, r, i)
		if n := s.percent(letters, wide(r, i)); len(letters) > 0 && n != width {
			fmt.Fprintf(&b, "%.0f Tz\n", n)
			width = n
		}
		switch {
		case len(letters) == 0:
		case !s.wrote(letters, f):
			flush()
			s.pdf.Text(x, y, simple(string(letters)))
		case open:
			fmt.Fprintf(&b, "%.2f 0 Td <%s> Tj\n", x-last, hexed(letters))
			last = x
		default:
			fmt.Fprintf(&b, "BT %.2f %.2f Td <%s> Tj\n", x, pageHeight-y, hexed(letters))
			open, last = true, x
		}
		x += points(g.Advance)
	}
	flush()
	s.pdf.RawWriteStr("100 Tz")
	s.pdf.SetTextRenderingMode(0)
}

// lettersOf are the letters that the sign of a place in a run is of, in the order that a
// reader of PDF expects.
func lettersOf(text []rune, r *shaping.Output, i int) (letters []rune) {
	g := r.Glyphs[i]
	if i > 0 && r.Glyphs[i-1].TextIndex() == g.TextIndex() {
		return nil // they were written with the sign before
	}
	for _, c := range text[g.TextIndex() : g.TextIndex()+g.RunesCount()] {
		if c <= lastLetter && !guides(c) {
			letters = append(letters, c)
		}
	}
	if r.Direction == di.DirectionRTL {
		slices.Reverse(letters) // a reader turns them again
	}
	return letters
}

// wide is how wide the signs are drawn that are of the same letters as that of a place in a
// run: a letter and its marks.
func wide(r *shaping.Output, i int) (w float64) {
	of := r.Glyphs[i].TextIndex()
	for ; i < len(r.Glyphs) && r.Glyphs[i].TextIndex() == of; i++ {
		w += points(r.Glyphs[i].Advance)
	}
	return w
}

// wrote says whether fpdf has written letters in a weight before, so that it keeps them in
// the typeface; from then on it has.
func (s *Sheet) wrote(letters []rune, f *weight) bool {
	all := true
	for _, c := range letters {
		key := letterKey{f.style, c}
		all = all && s.used[key]
		s.used[key] = true
	}
	return all
}

type letterKey struct {
	style  string
	letter rune
}

// percent is how much what is written next is widened to be as wide as it is drawn: a
// letter's form in the middle of a word is narrower than it is alone, and a reader finds
// words by the gaps between them.
func (s *Sheet) percent(letters []rune, width float64) float64 {
	if alone := s.pdf.GetStringWidth(string(letters)); alone > 0 && width > 0 {
		return math.Round(100 * width / alone)
	}
	return 100
}

// hexed writes letters down as fpdf does, two bytes each.
func hexed(letters []rune) string {
	var b strings.Builder
	for _, c := range letters {
		fmt.Fprintf(&b, "%04X", c)
	}
	return b.String()
}
