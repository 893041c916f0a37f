// Package page turns the bytes of a report into clean lines: encoding, line
// ends, odd spaces and markup are dealt with here, and every line of the
// source keeps its number.
package page

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// MaxBytes and MaxLines are how much of a text is read; the rest is counted,
// not read. The longest of reports has a fiftieth of either.
const (
	MaxBytes = 2 << 20
	MaxLines = 20_000
)

// Line is one line of text as a person sees it. Of plain text it is one line
// of the source; of HTML it is one block, which may share a source line with
// others or run over several.
type Line struct {
	First, Last int    // source lines, from 1
	Indent      int    // leading spaces in the source, plain text only
	Text        string // trimmed, single spaces, no control characters; "" is blank
	Furniture   bool   // script, style or comment of HTML: no text of the report
}

// Page is a text as lines.
type Page struct {
	Lines    []Line
	First    int    // its first source line: 1, unless it is part of a text
	Count    int    // source lines, those beyond MaxBytes included
	Cut      int    // first source line that was not read, 0 when all were
	Encoding string // "windows-1252" or "utf-16" when not UTF-8
	OddLines [2]int // first and last line in that encoding
	Binary   string // why this is no text, "" when it is
	HTML     bool
}

// Decode splits and cleans a text. It never fails: what is no text says so in
// Binary and has its lines counted.
func Decode(text []byte) Page {
	p := Page{First: 1}
	text = p.utf16(text)
	p.Count = countLines(text)
	text = p.cut(text)
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if p.Binary = notText(text); p.Binary != "" {
		return p
	}
	if p.HTML = looksHTML(text); p.HTML {
		h := stripper{}
		p.eachLine(text, h.source)
		h.end()
		p.Lines = h.out
		return p
	}
	p.eachLine(text, func(n int, s string) {
		indent := len(s) - len(strings.TrimLeft(s, " \t"))
		p.Lines = appendLine(p.Lines, Line{First: n, Last: n, Indent: indent, Text: Clean(entities(s))})
	})
	return p
}

// cut gives what is read of a text, whole lines, and notes the first line that
// is not.
func (p *Page) cut(text []byte) []byte {
	read := text
	if len(read) > MaxBytes {
		read = read[:MaxBytes]
		if i := bytes.LastIndexByte(read, '\n'); i >= 0 {
			read = read[:i+1]
		}
	}
	if p.Count > MaxLines {
		read = firstLines(read, MaxLines)
	}
	if len(read) == len(text) {
		return text
	}
	if p.Cut = countLines(read) + 1; p.Cut > p.Count { // one line longer than the limit
		p.Cut = p.Count
		return nil
	}
	return read
}

// Last is its last source line; one less than the first when it has none.
func (p Page) Last() int { return p.First + p.Count - 1 }

// Part is the page of the lines from index from up to, not including, to. The
// last part keeps what was cut off.
func (p Page) Part(from, to int) Page {
	part, last := p, p.Last()
	part.Lines = p.Lines[from:to]
	if to < len(p.Lines) {
		last = max(p.Lines[to].First-1, p.Lines[to-1].Last)
		part.Cut = 0
	}
	if from > 0 {
		part.First = p.Lines[from].First
	}
	part.Count = last - part.First + 1
	return part
}

// appendLine appends a line; blank ones one after the other are one.
func appendLine(lines []Line, l Line) []Line {
	if n := len(lines); n > 0 && l.Text == "" && lines[n-1].Text == "" && lines[n-1].Furniture == l.Furniture {
		lines[n-1].Last = l.Last
		return lines
	}
	return append(lines, l)
}

// utf16 recodes a text that opens with a UTF-16 byte order mark.
func (p *Page) utf16(text []byte) []byte {
	if len(text) < 2 || !(text[0] == 0xff && text[1] == 0xfe || text[0] == 0xfe && text[1] == 0xff) {
		return text
	}
	big := text[0] == 0xfe
	units := make([]uint16, 0, len(text)/2)
	for i := 2; i+1 < len(text) && i < 2*MaxBytes; i += 2 {
		u := uint16(text[i]) | uint16(text[i+1])<<8
		if big {
			u = u<<8 | u>>8
		}
		units = append(units, u)
	}
	out := []byte(string(utf16.Decode(units)))
	p.Encoding, p.OddLines = "utf-16", [2]int{1, max(1, countLines(out))}
	return out
}

// utf8 makes a string of a line; one that is not UTF-8 is read as
// Windows-1252.
func (p *Page) utf8(n int, line []byte) string {
	if utf8.Valid(line) {
		return string(line)
	}
	if p.Encoding == "" {
		p.Encoding, p.OddLines[0] = "windows-1252", n
	}
	p.OddLines[1] = n
	s, _ := charmap.Windows1252.NewDecoder().Bytes(line) // maps every byte
	return string(s)
}

// notText says why the bytes are no text: a zero byte, or more than one
// control character in twenty.
func notText(text []byte) string {
	if i := bytes.IndexByte(text, 0); i >= 0 && bytes.Count(text, []byte{0})*100 > len(text) {
		return fmt.Sprintf("the file is not text (byte 0 at offset %d)", i)
	}
	control := 0
	for _, c := range text {
		if c >= 0x20 && c != 0x7f {
			continue
		}
		if c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			control++
		}
	}
	if control*20 > len(text) {
		return fmt.Sprintf("the file is not text (%d of %d bytes are control characters)", control, len(text))
	}
	return ""
}

// firstLines gives the first n lines of a text.
func firstLines(text []byte, n int) []byte {
	for i, c := range text {
		if c == '\n' || c == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			if n--; n == 0 {
				return text[:i+1]
			}
		}
	}
	return text
}

func countLines(text []byte) int {
	n := bytes.Count(text, []byte{'\n'})
	for i := 0; ; {
		j := bytes.IndexByte(text[i:], '\r')
		if j < 0 {
			break
		}
		if i += j + 1; i == len(text) || text[i] != '\n' {
			n++
		}
	}
	if len(text) > 0 && text[len(text)-1] != '\n' && text[len(text)-1] != '\r' {
		n++
	}
	return n
}

// eachLine cuts at LF, CRLF and lone CR and gives each line with its number;
// the end of the last line makes no further one.
func (p *Page) eachLine(text []byte, use func(n int, line string)) {
	whole := ""
	if utf8.Valid(text) {
		whole = string(text)
	}
	feed := -1 // the next LF, looked for once however many CR stand before it
	for start, n := 0, 1; start < len(text); n++ {
		if feed < start {
			feed = indexFrom(text, start, '\n')
		}
		end := feed
		if i := bytes.IndexByte(text[start:feed], '\r'); i >= 0 {
			end = start + i
		}
		if whole != "" {
			use(n, whole[start:end])
		} else {
			use(n, p.utf8(n, text[start:end]))
		}
		start = end + 1
		if end+1 == feed && text[end] == '\r' {
			start = feed + 1
		}
	}
}

// indexFrom gives where a byte stands from i on, the length where it does not.
func indexFrom(text []byte, i int, c byte) int {
	if j := bytes.IndexByte(text[i:], c); j >= 0 {
		return i + j
	}
	return len(text)
}

// Clean makes one line out of what a person sees: every kind of space becomes
// a single blank, invisible and control characters go, and so do the marks of
// a Markdown heading or a line wholly in bold.
func Clean(s string) string {
	if clean(s) {
		return unmark(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\t' || r == '\f' || r == '\v' || unicode.IsSpace(r):
			space = true
			continue
		case invisible(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return unmark(b.String())
}

// clean says whether there is nothing to do: single blanks, nothing invisible.
func clean(s string) bool {
	space := true
	for i := 0; i < len(s); {
		c := s[i]
		if c > ' ' && c < 0x7f {
			space = false
			i++
			continue
		}
		if c == ' ' && !space {
			space = true
			i++
			continue
		}
		if c < utf8.RuneSelf {
			return false
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || unicode.IsSpace(r) || invisible(r) {
			return false
		}
		space = false
		i += n
	}
	return !space || s == ""
}

func invisible(r rune) bool {
	switch r {
	case 0x00ad, 0x200b, 0x200e, 0x200f, 0x2060, 0xfeff:
		return true
	}
	return unicode.IsControl(r)
}

func unmark(s string) string {
	if strings.HasPrefix(s, "#") {
		if t := strings.TrimLeft(s, "#"); strings.HasPrefix(t, " ") {
			s = strings.TrimSpace(t)
		}
	}
	for _, m := range []string{"**", "__"} {
		t := strings.TrimSuffix(s, ":")
		if len(t) > 4 && strings.HasPrefix(t, m) && strings.HasSuffix(t, m) && strings.Count(t, m) == 2 {
			return strings.TrimSpace(t[2:len(t)-2]) + s[len(t):]
		}
	}
	return s
}
