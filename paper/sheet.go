package paper

import (
	"bytes"
	"cmp"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-text/typesetting/shaping"

	"vedette"
)

// The page, in points (1/72 inch): A4 with its margins.
const (
	pageWidth, pageHeight = 595.28, 841.89
	side, above, below    = 54.0, 60.0, 60.0
	column                = pageWidth - 2*side
)

// mostPages bounds a document: what a report of the greatest length that is taken comes
// to is far less.
const mostPages = 400

// About is what stands on every page, and what a reader shows of the file.
type About struct {
	Title    string
	Language string    // of what is said on it, "en"
	Right    bool      // that is written from right to left
	Head     string    // over every page
	Foot     string    // under every page, before its number
	Band     string    // what no page may lose, "EXERCISE"; "" for none
	At       time.Time // when it was made

	Page string // "page %d of %d" in the language
	Lost string // says in it how many letters (%d) the typeface has not
}

// Span is a piece of a paragraph in one weight.
type Span struct {
	Text string
	Bold bool
}

// Style is how a paragraph looks.
type Style int

// The styles.
const (
	Body    Style = iota
	Title         // the headline
	Heading       // of a section
	Under         // of a part of a section
	Small         // where it is from, how sure it is
	Judged        // what somebody concludes: on a ground of its own
)

// look is a style in points: size, line height, space before, indent.
type look struct {
	size, line, before, indent float64
	bold                       bool
	grey                       uint8 // of the ink: 0 is black
}

var looks = [...]look{
	Body:    {10, 15, 5, 0, false, 0x14},
	Title:   {19, 24, 6, 0, true, 0x14},
	Heading: {13, 18, 18, 0, true, 0x14},
	Under:   {10.5, 15, 10, 0, true, 0x14},
	Small:   {8.5, 12, 2, 0, false, 0x55},
	Judged:  {10, 15, 6, 10, false, 0x14},
}

// Sheet is a document in the making. It is for one goroutine.
type Sheet struct {
	pdf    *fpdf.Fpdf
	about  About
	faces  [2]weight // plain and bold
	shaper shaping.HarfbuzzShaper
	cut    shaping.Segmenter
	wrap   shaping.LineWrapper
	y      float64 // where the next line begins
	halo   float64 // how wide the ground is about letters that are drawn; 0: it is they that are
	lost   int     // letters that the typeface has not
	signs  map[signKey]string
	used   map[letterKey]bool
	err    error
}

// lost says in English what a document owes to who reads it.
const lost = "%d letters or signs are not in the typeface of this document and are drawn as boxes: read those on the page that it was made of."

// New begins a document.
func New(about About) (*Sheet, error) {
	of, err := faces()
	if err != nil {
		return nil, err
	}
	about.Page, about.Lost = cmp.Or(about.Page, "page %d of %d"), cmp.Or(about.Lost, lost)
	s := &Sheet{about: about, signs: map[signKey]string{}, used: map[letterKey]bool{}, pdf: fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})}
	for i := range of {
		s.pdf.AddUTF8FontFromBytes(family, of[i].style, of[i].bytes)
		s.faces[i] = newWeight(&of[i])
	}
	s.pdf.SetAutoPageBreak(false, 0)
	s.pdf.SetMargins(0, 0, 0)
	s.pdf.SetCatalogSort(true)
	s.pdf.SetCreationDate(about.At.UTC())
	s.pdf.SetModificationDate(about.At.UTC())
	s.pdf.SetTitle(simple(about.Title), true)
	s.pdf.SetProducer("Vedette", true)
	s.pdf.SetLang(simple(about.Language))
	s.page()
	return s, nil
}

// page begins a new page.
func (s *Sheet) page() {
	if s.pdf.PageNo() >= mostPages {
		s.err = vedette.Errorf(vedette.CodeInvalid, "the document is longer than %d pages; print its page from the browser instead", mostPages)
		return
	}
	s.pdf.AddPage()
	s.y = above
	if s.about.Band != "" {
		s.y += 14
	}
}

// room makes sure that so much height is left on the page.
func (s *Sheet) room(height float64) {
	if s.y+height > pageHeight-below {
		s.page()
	}
}

// Text sets a paragraph of somebody's words: it goes in the direction of its first letter.
func (s *Sheet) Text(of Style, spans ...Span) { s.set(of, nil, s.direction(spans), spans) }

// Item sets a paragraph of somebody's words with a mark before it.
func (s *Sheet) Item(mark string, spans ...Span) {
	s.set(Body, s.sign(mark, Body), s.direction(spans), spans)
}

// Said sets a paragraph that the document says itself: it goes in the direction of the
// document, whatever is named in it first.
func (s *Sheet) Said(of Style, spans ...Span) { s.set(of, nil, s.own(), spans) }

// SaidItem sets a paragraph that the document says itself with a mark before it.
func (s *Sheet) SaidItem(mark string, spans ...Span) { s.set(Body, s.sign(mark, Body), s.own(), spans) }

// Rule draws a line from side to side.
func (s *Sheet) Rule() {
	s.room(12)
	s.y += 8
	s.pdf.SetDrawColor(0xd9, 0xdc, 0xd6)
	s.pdf.SetLineWidth(.7)
	s.pdf.Line(side, s.y, pageWidth-side, s.y)
	s.y += 4
}

// Bytes ends the document and gives it.
func (s *Sheet) Bytes() ([]byte, error) {
	if s.lost > 0 {
		s.Said(Small, Span{Text: fmt.Sprintf(s.about.Lost, s.lost)})
	}
	pages := s.pdf.PageNo()
	for n := 1; n <= pages && s.err == nil; n++ {
		s.pdf.SetPage(n)
		s.margins(n, pages)
	}
	var b bytes.Buffer
	if s.err == nil {
		s.err = s.pdf.Output(&b)
	}
	if s.err != nil {
		return nil, s.err
	}
	return packed(b.Bytes())
}

// margins writes what stands over and under a page.
func (s *Sheet) margins(n, of int) {
	small := looks[Small]
	if s.about.Band != "" {
		s.pdf.SetFillColor(0x14, 0x20, 0x2b)
		s.pdf.Rect(side, above-30, column, 18, "F")
		s.line(s.about.Band, look{size: 11, bold: true, grey: 0xff}, side+8, above-17, column-16)
	}
	s.line(s.about.Head, small, side, above-38, column)
	page := "   ·   " + fmt.Sprintf(s.about.Page, n, of)
	s.line(s.about.Foot+page, small, side, pageHeight-below+24, column)
}
