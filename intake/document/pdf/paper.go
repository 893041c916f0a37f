package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText bounds the text of a file, in bytes.
const maxText = 4 << 20

// paper puts what is drawn into lines, by where it stands.
type paper struct {
	lines        []string
	line         strings.Builder
	size         int
	known, lost  int // letters that are known, and that are not
	right        int // letters that run from right to left
	pictures     int
	begun        bool
	x, y         float64 // where the last sign ended, and its base line
	high         float64 // how high it is
	lastText     string
	lastX, lastY float64 // where the last sign began
}

// put puts a sign down. at is where it is drawn, of one unit high; x and y where it ends.
func (p *paper) put(text string, at matrix, x, y float64) {
	high := math.Hypot(at[2], at[3])
	if high == 0 || math.IsNaN(high) || math.IsInf(high, 0) {
		return
	}
	if p.begun && text == p.lastText && math.Abs(at[4]-p.lastX) < high*.15 && math.Abs(at[5]-p.lastY) < high*.15 && strings.TrimSpace(text) != "" {
		return // once more at its place: how some draw bold
	}
	p.lastText, p.lastX, p.lastY = text, at[4], at[5]
	blank := strings.TrimSpace(text) == ""
	if p.begun && !blank {
		p.between(at, high)
	}
	if p.begun = true; blank {
		if n := p.line.Len(); n > 0 {
			p.write(" ")
		}
	} else {
		p.count(text)
		p.write(text)
		p.high, p.y = high, at[5]
	}
	p.x = x
}

// between says what lies between the last sign and one: nothing, a blank, the end of
// a line, that of a paragraph.
func (p *paper) between(at matrix, high float64) {
	down := p.y - at[5]
	tall := max(high, p.high)
	switch {
	case math.Abs(down) < tall*.5 && at[4]-p.x > tall*2 && p.line.Len() > 3: // another cell of a table; before it no bullet
		p.end()
		return
	case math.Abs(down) < tall*.5 && at[4] >= p.x-tall*1.5:
		if at[4]-p.x > tall*.18 && !strings.HasSuffix(p.line.String(), " ") {
			p.write(" ")
		}
		return
	case math.Abs(down) < tall*.25: // back to the left on the same line: another column
		p.end()
		return
	}
	p.end()
	if down > tall*1.9 || down < 0 {
		p.blank()
	}
}

func (p *paper) write(s string) {
	if p.size += len(s); p.size > maxText {
		panic(errMuch)
	}
	p.line.WriteString(s)
}

func (p *paper) count(text string) {
	for _, c := range text {
		switch {
		case c == utf8.RuneError || unicode.Is(unicode.Co, c):
			p.lost++
		case unicode.Is(unicode.Hebrew, c), unicode.Is(unicode.Arabic, c), unicode.Is(unicode.Syriac, c), unicode.Is(unicode.Thaana, c), c >= 0xfb1d && c <= 0xfdff, c >= 0xfe70 && c <= 0xfefc:
			p.right++
		case unicode.IsLetter(c), unicode.IsDigit(c):
			p.known++
		}
	}
}

var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "\u00a0", " ", "\u00ad", "-")

// end ends a line.
func (p *paper) end() {
	if s := strings.TrimSpace(ligatures.Replace(strings.ToValidUTF8(p.line.String(), unknown))); s != "" {
		p.lines = append(p.lines, s)
	}
	p.line.Reset()
}

// blank ends a paragraph.
func (p *paper) blank() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// endPage ends a page. A paragraph may go on over it, so none is ended.
func (p *paper) endPage() {
	p.end()
	p.begun, p.lastText = false, ""
}

// read gives the lines, or why they are not to be had for sure.
func (p *paper) read() ([]string, error) {
	switch {
	case p.known+p.lost+p.right < 20 && p.pictures > 0:
		return nil, errScan
	case p.known+p.lost+p.right == 0:
		return nil, errScan
	case p.lost*50 > p.known:
		return nil, errLetters
	case p.right > 0:
		return nil, errRight
	}
	return p.lines, nil
}
