package document

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// Bounds of a mail: how deep its parts nest, and how many there are.
const (
	maxMailDepth = 8
	maxMailParts = 100
)

// letter is a mail as it is looked through.
type letter struct {
	plain, markup [][]byte // decoded, UTF-8
	attached      int
	parts         int
}

// part is what of a header decides how a part is read.
type part interface{ Get(string) string }

// readMail reads a mail: its plain text, else its HTML, under its subject where
// the text does not begin with that.
func readMail(name string, file []byte) (Text, error) {
	m, err := mail.ReadMessage(bytes.NewReader(file))
	if err != nil {
		return Text{}, invalid(name, because("is no mail: its header is broken; open it and paste its text"))
	}
	var l letter
	if err := l.read(m.Header, m.Body, 0); err != nil {
		return Text{}, invalid(name, err)
	}
	lines, err := l.lines()
	if err != nil {
		return Text{}, invalid(name, err)
	}
	var notes []string
	if l.attached > 0 {
		notes = append(notes, fmt.Sprintf("%d of its attachments not read", l.attached))
	}
	return textOf(name, "a mail", under(subject(m.Header.Get("Subject")), lines), notes...)
}

func (l *letter) lines() (out []string, err error) {
	switch {
	case len(l.plain) > 0:
		for _, p := range l.plain {
			out = append(out, strings.Split(strings.ReplaceAll(string(p), "\r\n", "\n"), "\n")...)
		}
	case len(l.markup) > 0:
		for _, p := range l.markup {
			out = append(out, markupLines(p)...)
		}
	case l.attached > 0:
		return nil, because("has no text of its own, but attachments; save the attachment and send that")
	default:
		return nil, because("has no text")
	}
	return out, nil
}

// read reads a part of a mail and what it is made of.
func (l *letter) read(h part, body io.Reader, depth int) error {
	if l.parts++; depth > maxMailDepth || l.parts > maxMailParts {
		return because("is nested too deep, or in too many parts; paste its text")
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		return l.readParts(multipart.NewReader(body, params["boundary"]), depth)
	case disposition == "attachment", kind != "text/plain" && kind != "text/html":
		l.attached++
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(unwrapped(h.Get("Content-Transfer-Encoding"), body), maxText+1))
	switch {
	case len(text) > maxText:
		return because("holds more text than a report; paste what is the report")
	case err != nil:
		return because("is broken: a part of it ends too early or is not encoded as it says; paste its text")
	}
	charset := params["charset"]
	if kind == "text/html" && charset == "" {
		charset = charsetIn(text)
	}
	if charset == "" || strings.EqualFold(charset, "us-ascii") {
		charset = "windows-1252" // what it is where it is not UTF-8
	}
	if text, err = decoded(text, charset); err != nil {
		return err
	}
	if kind == "text/html" {
		l.markup = append(l.markup, text)
	} else {
		l.plain = append(l.plain, text)
	}
	return nil
}

func (l *letter) readParts(parts *multipart.Reader, depth int) error {
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return because("is broken: its parts do not end as they say; paste its text")
		}
		if err := l.read(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

func unwrapped(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

var forwarded = regexp.MustCompile(`(?i)^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+`)

// subject is a mail's subject without what says that it was passed on.
func subject(s string) string {
	d := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(r), nil
	}}
	if plain, err := d.DecodeHeader(s); err == nil {
		s = plain
	}
	return forwarded.ReplaceAllString(strings.Join(strings.Fields(s), " "), "")
}

// under puts lines under a title that they do not have already.
func under(title string, lines []string) []string {
	if title == "" {
		return lines
	}
	for _, l := range lines {
		if strings.EqualFold(strings.Join(strings.Fields(l), " "), title) {
			return lines
		}
	}
	return append([]string{title, ""}, lines...)
}
