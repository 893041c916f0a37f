package pdf

import (
	"errors"
	"os"
	"testing"
	"unicode/utf8"
)

// Any file gives lines of UTF-8 or a refusal, and never finds a fault of the reader.
func FuzzPDF(f *testing.F) {
	if file, err := os.ReadFile("../testdata/chromium.pdf"); err == nil {
		f.Add(file)
	}
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n" +
		"4 0 obj<<>>stream\nBT /F 9 Tf 1 0 0 1 9 9 Tm (ab\\101\\\n)' 1 2 (x)\" [(a)-300<4142>]TJ BI ID x EI /G Do ET endstream endobj 5 0 obj<</Subtype/Type0/ToUnicode 6 0 R/DescendantFonts[<</W[1[2 3]4 5 6]>>]>>endobj\n" +
		"6 0 obj<<>>stream\n1 begincodespacerange<00><ff>endcodespacerange 1 beginbfrange<01><05><0041><06><07>[<0042>]endbfrange 1 beginbfchar<08><D83DDE00>endbfchar endstream endobj trailer<</Root 1 0 R>>"))
	f.Add([]byte("%PDF 9 0 obj<</Type/ObjStm/First 8/N 1>>stream\n1 0 2 4 <</A/B#41>>(x)\nendstream 8 0 obj<</Type/XRef/Root 1 0 R/Filter[/A85/AHx/RL/Fl]/DecodeParms[<<>><<>><<>><</Predictor 12/Columns 3>>]>>stream\nx"))
	f.Add([]byte("%PDF trailer (cut off\\")) // by a backslash, which takes the byte after it
	f.Fuzz(func(t *testing.T, file []byte) {
		lines, err := Lines(file)
		var found fault
		if errors.As(err, &found) {
			t.Fatalf("a fault: %v", found.what)
		}
		for _, l := range lines {
			if !utf8.ValidString(l) {
				t.Errorf("not UTF-8: %q", l)
			}
		}
	})
}
