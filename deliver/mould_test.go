package deliver

import (
	"html"
	"io"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"testing"
)

// Mailed makes a mail, and holds what goes over the wire to what it says.
func Mailed(t testing.TB, r *Rendered, p Personal) Message {
	t.Helper()
	m := r.Message(p)
	text, html := m.Bodies()
	if m.Quoted == nil || &text.Pieces[0] != &m.Quoted.Text.Pieces[0] || &html.Pieces[0] != &m.Quoted.HTML.Pieces[0] {
		t.Error("it is written anew for everyone")
	}
	says(t, text, m.Text)
	says(t, html, m.HTML)
	return m
}

// quotedLine is a line of quoted-printable text (RFC 2045, section 6.7): nothing
// but ASCII, no blank at its end.
var quotedLine = regexp.MustCompile(`^([ -<>-~\t]|=[0-9A-F]{2})*([!-<>-~]|=[0-9A-F]{2}|=)$`)

// says holds a quotation to its text.
func says(t testing.TB, q Quotation, want string) {
	t.Helper()
	wire := strings.Join(q.Pieces, "")
	b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(wire)))
	if got := strings.ReplaceAll(string(b), "\r\n", "\n"); err != nil || got != want {
		t.Errorf("a reader gets\n%q, %v; it was to say\n%q", got, err, want)
	}
	if strings.HasSuffix(wire, softBreak) {
		t.Errorf("it ends in the middle of a line: %q", wire)
	}
	for line := range strings.SplitSeq(wire, "\r\n") {
		if len(line) > 76 || line != "" && !quotedLine.MatchString(line) {
			t.Errorf("no line of a mail: %q", line)
		}
	}
}

// Whatever pieces and personal values there are, each cut into lines by itself,
// what is read is what was filled.
func FuzzMould(f *testing.F) {
	f.Add("Why you get this", "Anna", ": ", "you are based in Port Alba.\n", "https://desk.example.org/r/abc?x=1&y=2\n")
	f.Add("trailing blank ", " ", "\t", "\n", ".")
	f.Add("", "", "", "", "blank at the end ")
	f.Add("one\r\ntwo\rthree\n\n.\n..\n", "", "", "", "")
	f.Add(strings.Repeat("x", 75), strings.Repeat("y", 76), strings.Repeat("z ", 38), strings.Repeat("=", 26), "=\r\n")
	f.Add("\u2068عن البصرة\u2069", "Ж"+strings.Repeat("é", 40), "\xff\xfe", "<a href=\"", "\">")
	f.Fuzz(func(t *testing.T, first, name, second, because, last string) {
		bare := strings.NewReplacer("\x00", "", "\x01", "", "\x02", "") // as Clean keeps them out
		first, second, last = bare.Replace(first), bare.Replace(second), bare.Replace(last)
		m := newMould(first + hole(fieldName) + second + only(fieldBecause, last+hole(fieldBecause)+second) + hole(fieldURL) + only(fieldMayBe, first) + hole(fieldName) + last)
		lines := strings.NewReplacer("\r\n", "\n", "\r", "\n")
		first, second, last = lines.Replace(first), lines.Replace(second), lines.Replace(last)
		name, because = Clean(name), Clean(because)
		for _, v := range []values{
			{fieldName: name, fieldBecause: because, fieldURL: name + because},
			{fieldName: name, fieldMayBe: "yes"},
			{fieldBecause: html.EscapeString(because), fieldURL: html.EscapeString(name)},
			{},
		} {
			want := first + v[fieldName] + second
			if v[fieldBecause] != "" {
				want += last + v[fieldBecause] + second
			}
			want += v[fieldURL]
			if v[fieldMayBe] != "" {
				want += first
			}
			want += v[fieldName] + last
			filled, q := m.fill(&v), v.quoted(&values{}, &values{})
			if filled != want {
				t.Fatalf("it is filled to %q, want %q", filled, want)
			}
			says(t, m.quote(filled, &v, &q), filled)
			says(t, Quote(filled), filled)
		}
	})
}

// What is sent is what the message says when it is sent.
func TestAMessageThatWasChangedIsWrittenAnew(t *testing.T) {
	m := Message{Text: "Stay.\n", HTML: "<p>Stay.</p>"}
	m.Quoted = &Quoted{Quote(m.Text), Quote(m.HTML)}
	m.Text, m.HTML = "Leave.\n", "<p>Leave.</p>"
	text, html := m.Bodies()
	says(t, text, m.Text)
	says(t, html, m.HTML)
}
