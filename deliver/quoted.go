package deliver

import (
	"mime/quotedprintable"
	"strings"
)

// Quoted is what the bodies of a mail are in quoted-printable.
type Quoted struct{ Text, HTML Quotation }

// Quotation is a text in quoted-printable (RFC 2045, section 6.7), in pieces that
// are to be joined as they are. Most are shared between messages.
type Quotation struct {
	Of     string // the text; the pieces say this and nothing else
	Pieces []string
}

// softBreak is the end of a line that is none of the text.
const softBreak = "=\r\n"

// Quote writes a text in quoted-printable.
func Quote(text string) Quotation { return Quotation{text, []string{quote(text)}} }

// Bodies gives Text and HTML in quoted-printable: as Quoted has them, or, where
// that is of another text or there is none, written now.
func (m *Message) Bodies() (text, html Quotation) {
	if m.Quoted != nil {
		text, html = m.Quoted.Text, m.Quoted.HTML
	}
	if text.Of != m.Text { // which costs nothing where they are the same bytes
		text = Quote(m.Text)
	}
	if html.Of != m.HTML {
		html = Quote(m.HTML)
	}
	return text, html
}

// Size is how many bytes it has.
func (q Quotation) Size() (n int) {
	for _, p := range q.Pieces {
		n += len(p)
	}
	return n
}

// join adds a piece. A line that is still open ends before it: each was cut into
// lines by itself, and together two would be longer than a line may be. The last
// piece has none after it, for no text may end in a soft break.
func (q *Quotation) join(piece string) {
	if piece == "" {
		return
	}
	if n := len(q.Pieces); n > 0 && !strings.HasSuffix(q.Pieces[n-1], "\r\n") {
		q.Pieces = append(q.Pieces, softBreak)
	}
	q.Pieces = append(q.Pieces, piece)
}

// quote writes a piece of a text in quoted-printable, in lines of at most 75
// letters, so that each has room for what makes a break soft. A blank at its end
// is written out.
func quote(s string) string {
	if plain(s) {
		return s
	}
	s = endLines(s) // the writer would lose the \n of "\ré\n"
	var b strings.Builder
	b.Grow(len(s) + len(s)/8 + 16)
	w := quotedprintable.NewWriter(&b)
	w.Write([]byte(s)) // a builder takes all
	w.Close()
	return b.String()
}

// endLines gives a text whose lines end with \n, whatever they ended with.
func endLines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// plain says whether a text is in quoted-printable what it is. Most names are.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '!' || c > '~') && (c != ' ' || i == len(s)-1) || c == '=' {
			return false
		}
	}
	return len(s) <= 75
}
