package pdf

import (
	"bytes"
	"strconv"
)

// The values of a PDF: nil, bool, float64, name, str, array, dict, ref, stream, and
// in a content stream also operator.
type (
	name     string
	str      string // bytes
	operator string
	array    []any
	dict     map[name]any
	ref      struct{ no, gen int }
	stream   struct {
		dict
		raw []byte
	}
)

// lexer reads values from bytes.
type lexer struct {
	r    *reader
	b    []byte
	at   int
	refs bool // "3 0 R" is a reference: not so in a content stream
}

func white(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func delimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// blank passes white space and comments.
func (l *lexer) blank() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case white(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// value reads the next value; false at the end. What is no value is an operator.
func (l *lexer) value(depth int) (any, bool) {
	l.r.step()
	l.blank()
	if l.at >= len(l.b) {
		return nil, false
	}
	if depth > maxDepth {
		panic(errMuch)
	}
	switch c := l.b[l.at]; {
	case c == '/':
		l.at++
		return l.name(), true
	case c == '(':
		l.at++
		return l.literal(), true
	case c == '<' && l.at+1 < len(l.b) && l.b[l.at+1] == '<':
		l.at += 2
		return l.dict(depth), true
	case c == '<':
		l.at++
		return l.hex(), true
	case c == '[':
		l.at++
		return l.array(depth), true
	case c == ')', c == ']', c == '{', c == '}', c == '>':
		l.at++
		if c == '>' && l.at < len(l.b) && l.b[l.at] == '>' {
			l.at++
			return operator(">>"), true
		}
		return operator(c), true
	}
	return l.word(), true
}

// token is a run of regular characters.
func (l *lexer) token() []byte {
	from := l.at
	for l.at < len(l.b) && !white(l.b[l.at]) && !delimiter(l.b[l.at]) {
		l.at++
	}
	return l.b[from:l.at]
}

func (l *lexer) word() any {
	w := l.token()
	if n, ok := number(w); ok {
		if l.refs {
			if r, ok := l.ref(n); ok {
				return r
			}
		}
		return n
	}
	switch string(w) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return operator(w)
}

// ref reads what follows a number where both are a reference.
func (l *lexer) ref(no float64) (ref, bool) {
	was := l.at
	l.blank()
	gen, ok := number(l.token())
	l.blank()
	if ok && l.at < len(l.b) && l.b[l.at] == 'R' && (l.at+1 == len(l.b) || white(l.b[l.at+1]) || delimiter(l.b[l.at+1])) && whole(no) && whole(gen) {
		l.at++
		return ref{int(no), int(gen)}, true
	}
	l.at = was
	return ref{}, false
}

func whole(n float64) bool { return n >= 0 && n < 1<<30 && n == float64(int(n)) }

func number(w []byte) (float64, bool) {
	if len(w) == 0 || len(w) > 40 || w[0] > '9' || w[len(w)-1] > '9' {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(w), 64)
	return n, err == nil && n < 1e12 && n > -1e12
}

func (l *lexer) name() name {
	w := l.token()
	if bytes.IndexByte(w, '#') < 0 {
		return name(w)
	}
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if n, err := strconv.ParseUint(string(w[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, w[i])
	}
	return name(out)
}

// literal reads a string in parentheses.
func (l *lexer) literal() str {
	var out []byte
	for depth := 1; l.at < len(l.b); l.at++ {
		switch c := l.b[l.at]; c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.at++
				return str(out)
			}
		case '\\':
			if c, ok := l.escape(); ok {
				out = append(out, c)
			}
			continue
		}
		out = append(out, l.b[l.at])
	}
	l.at = len(l.b) // a backslash that is the file's last byte has nothing after it to pass
	return str(out)
}

// escape reads what follows a backslash, up to its last byte; false for a line that
// goes on.
func (l *lexer) escape() (byte, bool) {
	l.at++
	if l.at >= len(l.b) {
		return 0, false
	}
	c := l.b[l.at]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return "\n\r\t\b\f"[i], true
	}
	if c >= '0' && c <= '7' {
		n := 0
		for i := 0; i < 3 && l.at+i < len(l.b) && l.b[l.at+i] >= '0' && l.b[l.at+i] <= '7'; i++ {
			n = n*8 + int(l.b[l.at+i]-'0')
			if i == 2 || l.at+i+1 >= len(l.b) || l.b[l.at+i+1] < '0' || l.b[l.at+i+1] > '7' {
				l.at += i
				break
			}
		}
		return byte(n), true
	}
	if c == '\r' && l.at+1 < len(l.b) && l.b[l.at+1] == '\n' {
		l.at++
	}
	return c, c != '\r' && c != '\n'
}

func (l *lexer) hex() str {
	var out []byte
	half, high := false, byte(0)
	for ; l.at < len(l.b); l.at++ {
		c := l.b[l.at]
		if c == '>' {
			l.at++
			break
		}
		d, ok := digit(c)
		switch {
		case !ok:
		case half:
			out, half = append(out, high|d), false
		default:
			high, half = d<<4, true
		}
	}
	if half {
		out = append(out, high)
	}
	return str(out)
}

func digit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

func (l *lexer) array(depth int) array {
	out := array{}
	for {
		v, ok := l.value(depth + 1)
		if !ok || v == operator("]") {
			return out
		}
		out = append(out, v)
	}
}

func (l *lexer) dict(depth int) dict {
	out := dict{}
	for {
		k, ok := l.value(depth + 1)
		if !ok || k == operator(">>") {
			return out
		}
		key, isName := k.(name)
		if !isName {
			continue
		}
		v, ok := l.value(depth + 1)
		if !ok || v == operator(">>") {
			return out
		}
		out[key] = v
	}
}
