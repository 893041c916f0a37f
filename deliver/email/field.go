package email

import (
	"encoding/base64"
	"mime"
	netmail "net/mail"
	"strings"
)

// field is one of a mail's header. Its value is ASCII, but for an address beyond
// it, and has no line break.
type field struct{ name, value string }

// maxLine is how long a line of the header is, where there is a blank to break it
// at: what holds an encoded word may have 76 (RFC 2047, section 2).
const maxLine = 76

// append writes a field, folded before the blanks that stand between words.
func (f field) append(b []byte) []byte {
	b = append(append(b, f.name...), ':')
	line := len(f.name) + 1
	for rest, more := f.value, true; more; {
		var word string
		word, rest, more = strings.Cut(rest, " ")
		if word != "" && line+1+len(word) > maxLine {
			b, line = append(b, "\r\n"...), 0
		}
		b = append(append(b, ' '), word...)
		line += 1 + len(word)
	}
	return append(b, "\r\n"...)
}

// words makes a text fit for a header: as it is where it is ASCII, else in encoded
// words (RFC 2047). What merely looks like such a word is encoded too, or a reader
// would decode it and show what was not said.
func words(s string) string {
	if !strings.Contains(s, "=?") || !ascii(s) {
		return mime.QEncoding.Encode("utf-8", s)
	}
	var out []string
	for ; len(s) > perWord; s = s[perWord:] {
		out = append(out, word(s[:perWord]))
	}
	return strings.Join(append(out, word(s)), " ")
}

// perWord is how many bytes an encoded word of base64 has room for.
const perWord = 45

func word(s string) string { return "=?utf-8?b?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?=" }

// mailbox writes an address with its name. A name that looks like an encoded word
// is encoded, as words has it.
func mailbox(a netmail.Address) string {
	if strings.Contains(a.Name, "=?") && ascii(a.Name) {
		return words(a.Name) + " " + (&netmail.Address{Address: a.Address}).String()
	}
	return a.String()
}
