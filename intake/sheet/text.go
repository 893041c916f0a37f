package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"vedette"
)

// MaxBytes bounds a file as it comes in.
const MaxBytes = 64 << 20

// Sort is a sort of file, in the words with which another one is refused.
type Sort struct {
	What  string // "a table as text"
	Mend  string // "save it as CSV"
	Empty string // what an empty file lacks
}

var table = Sort{"a table as text", "save it as CSV", "the first line must hold the headers"}

// Text reads a whole table as text: UTF-8, UTF-16 with a byte order mark,
// or Windows-1252, which is what is left when bytes are not UTF-8. The error is CodeInvalid
// where the bytes are no table, CodeUnavailable where the reader fails.
func Text(r io.Reader) (string, error) { return TextOf(r, table) }

// TextOf is Text for another sort of file.
func TextOf(r io.Reader, sort Sort) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return "", vedette.Wrap(err, vedette.CodeUnavailable, "the file cannot be read")
	}
	if len(b) > MaxBytes {
		return "", vedette.Errorf(vedette.CodeInvalid, "the file is larger than %d MB: split it", MaxBytes>>20)
	}
	if what := foreign(b); what != "" {
		return "", vedette.Errorf(vedette.CodeInvalid, "this is %s, not %s: %s", what, sort.What, sort.Mend)
	}
	text, err := decode(b)
	if err != nil {
		return "", vedette.Wrap(err, vedette.CodeInvalid, "the file's characters cannot be read: %s in UTF-8", sort.Mend)
	}
	if strings.IndexByte(text[:min(len(text), 4096)], 0) >= 0 {
		return "", vedette.Errorf(vedette.CodeInvalid, "this is a binary file, not %s: %s", sort.What, sort.Mend)
	}
	if strings.TrimSpace(text) == "" {
		return "", vedette.Errorf(vedette.CodeInvalid, "the file is empty: %s", sort.Empty)
	}
	return text, nil
}

// foreign names a kind of file that is often given in place of CSV.
func foreign(b []byte) string {
	for _, kind := range []struct{ mark, what string }{
		{"PK\x03\x04", "a spreadsheet (xlsx, ods) or zip file"},
		{"\xD0\xCF\x11\xE0", "an old spreadsheet (xls)"},
		{"%PDF", "a PDF"},
		{"\x1f\x8b", "a compressed file"},
	} {
		if bytes.HasPrefix(b, []byte(kind.mark)) {
			return kind.what
		}
	}
	return ""
}

func decode(b []byte) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		u, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
		return string(u), err
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return strings.ToValidUTF8(string(b[3:]), "\uFFFD"), nil
	case utf8.Valid(b):
		return string(b), nil
	case mostlyUTF8(b):
		return strings.ToValidUTF8(string(b), "\uFFFD"), nil
	}
	u, err := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(u), err
}

// mostlyUTF8 says whether bytes hold more whole UTF-8 characters beyond ASCII
// than broken ones: one damaged name must not garble all others.
func mostlyUTF8(b []byte) bool {
	whole, broken := 0, 0
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n <= 1 {
			broken++
		} else {
			whole++
		}
		b = b[n:]
	}
	return whole > broken
}
