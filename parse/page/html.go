package page

import (
	"bytes"
	"html"
	"strings"
)

// blocks are the elements that begin and end a line of their own.
var blocks = map[string]bool{
	"address": true, "article": true, "blockquote": true, "body": true, "br": true, "dd": true, "div": true, "dl": true,
	"dt": true, "footer": true, "form": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"head": true, "header": true, "hr": true, "html": true, "li": true, "main": true, "nav": true, "ol": true, "p": true,
	"pre": true, "section": true, "table": true, "tbody": true, "td": true, "th": true, "thead": true, "title": true,
	"tr": true, "ul": true,
}

// inline are the elements that vanish without a trace.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "em": true, "font": true, "i": true, "img": true, "link": true, "meta": true, "small": true, "span": true,
	"strong": true, "sub": true, "sup": true, "u": true,
}

// hidden are the elements whose text no reader sees.
var hidden = map[string]bool{"script": true, "style": true, "head": true, "title": true, "noscript": true}

// looksHTML says whether a text is markup: a document, or at least two tags
// that begin or end a block.
func looksHTML(text []byte) bool {
	n := 0
	for i := bytes.IndexByte(text, '<'); i >= 0 && i < len(text); {
		if name, _, _ := tag(text[i:min(len(text), i+512)]); blocks[name] {
			if n++; n >= 2 || name == "html" {
				return true
			}
		}
		next := bytes.IndexByte(text[i+1:], '<')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return false
}

// tag reads the tag that opens s: its lower-case name, whether it closes, and
// its length in bytes. The name is "" when s opens no tag we know of.
func tag[T string | []byte](s T) (name string, closes bool, length int) {
	i := 1
	if i < len(s) && s[i] == '/' {
		closes, i = true, i+1
	}
	start := i
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || i > start && s[i] >= '0' && s[i] <= '9') {
		i++
	}
	if i == start {
		return "", false, 0
	}
	name = strings.ToLower(string(s[start:i]))
	if !blocks[name] && !inline[name] && !hidden[name] {
		return "", false, 0
	}
	for ; i < len(s) && s[i] != '<'; i++ {
		if s[i] == '>' {
			return name, closes, i + 1
		}
	}
	return "", false, 0
}

// stripper collects the visible text of markup into lines.
type stripper struct {
	out   []Line
	text  strings.Builder
	first int    // source line where the current text began
	at    int    // source line being read
	until string // element or comment that hides what follows, "" when none
	item  bool   // the next text opens a list item
}

// source takes a line of the source.
func (s *stripper) source(n int, l string) {
	s.at = n
	before, hidden := len(s.out), s.until != ""
	s.line(l)
	if s.text.Len() > 0 {
		s.text.WriteByte(' ')
	} else if len(s.out) == before {
		s.out = appendLine(s.out, Line{First: n, Last: n, Furniture: hidden && strings.TrimSpace(l) != ""})
	}
}

func (s *stripper) line(l string) {
	for l != "" {
		if s.until != "" {
			i := indexFold(l, s.until)
			if i < 0 {
				return
			}
			l, s.until = l[i+len(s.until):], ""
			l = strings.TrimPrefix(l, ">")
			continue
		}
		i := strings.IndexByte(l, '<')
		if i < 0 {
			s.add(l)
			return
		}
		s.add(l[:i])
		l = s.markup(l[i:])
	}
}

// markup takes the tag or comment that opens l and gives what follows it; a
// "<" that opens neither is text.
func (s *stripper) markup(l string) string {
	if strings.HasPrefix(l, "<!--") {
		s.until = "-->"
		return l[4:]
	}
	if strings.HasPrefix(l, "<!") || strings.HasPrefix(l, "<?") {
		if i := strings.IndexByte(l, '>'); i >= 0 {
			return l[i+1:]
		}
	}
	name, closes, n := tag(l)
	if name == "" {
		s.add("<")
		return l[1:]
	}
	if hidden[name] && !closes {
		s.until = "</" + name
	}
	if blocks[name] {
		s.end()
		s.item = name == "li" && !closes || s.item && name != "li"
	}
	return l[n:]
}

func (s *stripper) add(t string) {
	if strings.TrimSpace(t) == "" {
		if s.text.Len() > 0 && t != "" {
			s.text.WriteByte(' ')
		}
		return
	}
	if s.text.Len() == 0 {
		s.first = s.at
		if s.item {
			s.text.WriteString("- ")
		}
		s.item = false
	}
	s.text.WriteString(t)
}

func (s *stripper) end() {
	t := Clean(entities(s.text.String()))
	s.text.Reset()
	if t != "" {
		s.out = append(s.out, Line{First: s.first, Last: s.at, Text: t})
	}
}

// entities replaces character references that end in a semicolon; "AT&T" and
// "&copy paper" stay as they are.
func entities(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		if j := strings.IndexByte(s[:min(len(s), 32)], ';'); j > 1 && !strings.ContainsAny(s[1:j], "& ") {
			b.WriteString(html.UnescapeString(s[:j+1]))
			s = s[j+1:]
			continue
		}
		b.WriteByte('&')
		s = s[1:]
	}
}

func indexFold(s, lower string) int {
	for i := 0; i+len(lower) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(lower)], lower) {
			return i
		}
	}
	return -1
}
