package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"vedette"
)

// paper prints for a person: wrapped to the width, with colour only on a
// terminal and never where NO_COLOR is set (no-color.org).
type paper struct {
	w      io.Writer
	width  int
	colour bool
}

func (s *session) paper() *paper {
	p := &paper{w: s.out, width: 80}
	f, ok := s.out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return p
	}
	if w, _, err := term.GetSize(int(f.Fd())); err == nil {
		p.width = min(max(w, 40), 100)
	}
	p.colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return p
}

// The few looks a terminal has.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	yellow = "33"
	cyan   = "36"
)

// look dresses text for a colour terminal. Control characters of a hostile
// report never reach the terminal: see clean.
func (p *paper) look(style, text string) string {
	if !p.colour || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

func riskLook(r vedette.Risk) string {
	switch r {
	case vedette.RiskExtreme, vedette.RiskHigh:
		return red
	case vedette.RiskModerate:
		return yellow
	}
	return cyan
}

func (p *paper) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

func (p *paper) heading(text string) {
	p.line("")
	p.line("%s", p.look(bold, strings.ToUpper(clean(text))))
}

// item prints wrapped text behind a first prefix, further lines behind a
// blank one of the same width.
func (p *paper) item(prefix, text string) {
	rest := strings.Repeat(" ", utf8.RuneCountInString(prefix))
	for i, l := range wrap(clean(text), p.width-utf8.RuneCountInString(prefix)) {
		if i == 1 {
			prefix = rest
		}
		p.line("%s%s", prefix, l)
	}
}

// note prints a dim line below an item.
func (p *paper) note(indent int, text string) {
	pad := strings.Repeat(" ", indent)
	for _, l := range wrap(clean(text), p.width-indent) {
		p.line("%s%s", pad, p.look(dim, l))
	}
}

func wrap(text string, width int) []string {
	var out []string
	line, n := "", 0
	for _, word := range strings.Fields(text) {
		w := utf8.RuneCountInString(word)
		if n > 0 && n+1+w > width {
			out, line, n = append(out, line), "", 0
		}
		if n > 0 {
			line, n = line+" ", n+1
		}
		line, n = line+word, n+w
	}
	return append(out, line)
}

// clean takes control characters out, so that a report cannot move the
// cursor or change colours.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}

// table prints rows in columns, the first row as heading.
func (p *paper) table(rows [][]string) {
	var width []int
	for _, r := range rows {
		for i, c := range r {
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], utf8.RuneCountInString(c))
		}
	}
	for n, r := range rows {
		var b strings.Builder
		for i, c := range r {
			c = clean(c)
			b.WriteString(c)
			if i < len(r)-1 {
				b.WriteString(strings.Repeat(" ", width[i]-utf8.RuneCountInString(c)+2))
			}
		}
		if text := b.String(); n == 0 {
			p.line("%s", p.look(bold, text))
		} else {
			p.line("%s", text)
		}
	}
}
