package paper

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
)

// A document that was packed opens without being mended: every object is where the table
// says. Pages of Arabic are no more than a mail takes with ease.
func TestADocumentIsSmallAndWhole(t *testing.T) {
	s, err := New(About{Title: "x", Language: "ar", Right: true, Foot: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for range 12 {
		s.Text(Body, Span{Text: strings.Repeat("تجنب كل سفر إلى العراق حتى إشعار آخر ", 9)})
	}
	b, err := s.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if len(b) > 70_000 {
		t.Errorf("%d pages take %d bytes", s.pdf.PageNo(), len(b))
	}
	at, err := strconv.Atoi(string(tableAt.FindSubmatch(b)[1]))
	if err != nil || !bytes.HasPrefix(b[at:], []byte("xref\n")) {
		t.Fatalf("no table at %d: %v", at, err)
	}
	all := entry.FindAllSubmatch(b[at:], -1)
	for i, e := range all {
		from, _ := strconv.Atoi(string(e[1]))
		if want := strconv.Itoa(i+1) + " 0 obj\n"; !bytes.HasPrefix(b[from:], []byte(want)) {
			t.Errorf("object %d is not at %d", i+1, from)
		}
	}
	if len(all) < 10 {
		t.Errorf("only %d objects", len(all))
	}
}

// What is no document of ours is refused in words, and does no harm.
func TestWhatIsNoDocumentIsNotPacked(t *testing.T) {
	for _, odd := range []string{"", "%PDF-1.4", "startxref\n99\n%%EOF\n", "xref\n0 1\nstartxref\n0\n%%EOF\n", "xref\n0000000999 00000 n \nstartxref\n0\n%%EOF\n",
		"1 0 obj\n<</Filter /FlateDecode /Length 99>>\nstream\nx\nxref\n0000000000 00000 n \nstartxref\n53\n%%EOF\n"} {
		if _, err := packed([]byte(odd)); err == nil {
			t.Errorf("%q is packed", odd)
		}
	}
}
