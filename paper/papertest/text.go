// Package papertest reads documents back, as whoever opens them does.
package papertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Text gives the text of a PDF as a reader copies it, in the order in which it is read,
// one space between words, without the marks that turn its direction. It takes Debian's
// pdftotext; where that is not the test is skipped, under CI=true it fails.
func Text(t *testing.T, pdf []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no pdftotext to read with (Debian: poppler-utils)")
		}
		t.Skip("no pdftotext to read with (Debian: poppler-utils)")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, string(out))), " ")
}
