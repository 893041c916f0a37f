package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// back writes rows and reads them again as a file of ours is read.
func back(t testing.TB, rows ...[]string) (file string, got [][]string) {
	t.Helper()
	var b bytes.Buffer
	header := make([]string, len(rows[0]))
	for i := range header {
		header[i] = "column " + string(rune('a'+i))
	}
	w, err := NewWriter(&b, header...)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Write(r...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := Text(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := Open(text, func(h string) bool { return strings.HasPrefix(h, "column") })
	if err != nil {
		t.Fatal(err)
	}
	var rec Record
	for s.Next(&rec) == nil {
		var row []string
		for _, c := range rec.Cells {
			v, reason := Tidy(c)
			if reason != nil {
				t.Fatalf("%q %s", c, reason)
			}
			row = append(row, v)
		}
		got = append(got, row)
	}
	return b.String(), got
}

func TestWhatIsWrittenReadsBackTheSame(t *testing.T) {
	rows := [][]string{
		{"Ada Byron", "+442079460018", "=1+1", "-33.87", "@home"},
		{"'quoted", "'=quoted", "''=twice", "O'Brien", "\"Ada\", of \"X\""},
		{"-", "--", "+", "@", "="},
		{"زهرا", "ＤＤＥ", "＝1+1", "−5", "a=b"},
		{"x", "' =1", "x; y", "1,5", "نام\u200cخانوادگی"},
	}
	_, got := back(t, rows...)
	if diff := cmp.Diff(rows, got); diff != "" {
		t.Errorf("(-wrote +read)\n%s", diff)
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	cells := []string{"=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00A0\u200B=1", "＝1", "\n=1", "+442079460018", "-33.87", "\x00=1"}
	file, _ := back(t, cells)
	_, line, _ := strings.Cut(file, "\r\n")
	for i, c := range cells {
		if g := Guard(strings.ReplaceAll(c, "\x00", "")); !strings.HasPrefix(g, "'") {
			t.Errorf("cell %d, %q, is written as %q", i, c, g)
		}
	}
	if !strings.HasPrefix(line, "\"'=HYPERLINK") {
		t.Errorf("the line is %s", line)
	}
	for _, harmless := range []string{"Ada", "a=b", "1", "'x", ""} {
		if g := Guard(harmless); g != harmless {
			t.Errorf("%q is written as %q", harmless, g)
		}
	}
}

func FuzzWriteAndRead(f *testing.F) {
	for _, s := range []string{"+442079460018", "'=x", "a,\"b\"\n c", "-", "\u200B=1", "'' @"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, reason := Tidy(s)
		if reason != nil || strings.Contains(s, "\uFFFD") {
			t.Skip()
		}
		// What a reader of ours has read once is what it reads again.
		_, got := back(t, []string{"x", want})
		if len(got) != 1 || got[0][1] != want {
			t.Fatalf("%q came back as %q", want, got)
		}
	})
}
