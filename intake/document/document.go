// Package document reads the text out of the files that reports come in: plain
// text, HTML, mails, Word documents and PDF. Plain text and HTML are left as they are.
//
// It is pure, and takes every file for hostile: what is read, what that unpacks
// to and how deep it nests is bounded, nothing outside of the file is asked for,
// and what cannot be read for sure is refused with a sentence that names the mend.
// A report that says something else than its file would be worse than none.
package document

import (
	"bytes"
	"path"
	"strings"

	"vedette"
	"vedette/intake/document/pdf"
	"vedette/parse/page"
)

// MaxFile is how large a file may be, in bytes.
const MaxFile = 8 << 20

// maxText bounds what is read out of a file, in bytes: as much as the reader of
// reports reads.
const maxText = page.MaxBytes

// Text is what a file says, line by line.
type Text struct {
	Body  []byte   // UTF-8, lines ended by "\n"; of plain text and HTML the file itself
	Kind  string   // "text" for these; "HTML of another encoding", "a mail", "Word", "PDF"
	Notes []string // what of the file was left out: "2 attachments were not read"
}

// Origin names where a text came from, for the record: the file's name, and of
// what is not plain text the kind and what was left out.
func (t *Text) Origin(name string) string {
	if t.Kind == "text" {
		return name
	}
	return name + " (" + strings.Join(append([]string{"read from " + t.Kind}, t.Notes...), "; ") + ")"
}

// Read reads a file. Its kind is told by its first bytes, else by its name. Plain
// text and HTML of any length are given on, and bounded by the reader of reports.
// Errors are CodeInvalid and name the file.
func Read(name string, file []byte) (Text, error) {
	read := readerOf(strings.ToLower(path.Ext(name)), file)
	switch {
	case read == nil:
		return Text{Body: file, Kind: "text"}, nil
	case len(file) > MaxFile:
		return Text{}, invalid(name, because("is larger than %d MB; send its text alone", MaxFile>>20))
	}
	return read(name, file)
}

// readerOf is what reads a file, nil for plain text.
func readerOf(ext string, file []byte) func(string, []byte) (Text, error) {
	switch {
	case bytes.Contains(file[:min(len(file), 1024)], []byte("%PDF-")):
		return readPDF
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return readWord
	case bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0")):
		return refused(because("is an old Office file, or one with a password; save it as .docx without one, or paste its text"))
	case bytes.HasPrefix(file, []byte(`{\rtf`)):
		return refused(because("is RTF; save it as .docx, or paste its text"))
	case ext == ".pdf", ext == ".docx":
		return refused(because("is no %s file, whatever its name says; open it and paste its text", ext))
	case ext == ".eml":
		return readMail
	case ext == ".html", ext == ".htm", ext == ".xhtml", isMarkup(file):
		return readMarkup
	}
	return nil
}

func refused(why error) func(string, []byte) (Text, error) {
	return func(name string, _ []byte) (Text, error) { return Text{}, invalid(name, why) }
}

func readPDF(name string, file []byte) (Text, error) {
	lines, err := pdf.Lines(file)
	if err != nil {
		return Text{}, invalid(name, err)
	}
	return textOf(name, "PDF", lines)
}

// textOf puts lines together.
func textOf(name, kind string, lines []string, notes ...string) (Text, error) {
	body := strings.TrimSpace(strings.ToValidUTF8(strings.Join(lines, "\n"), "\ufffd"))
	switch {
	case body == "":
		return Text{}, invalid(name, because("has no text"))
	case len(body) > maxText:
		return Text{}, invalid(name, because("holds more than %d MB of text; no report is so long", maxText>>20))
	}
	return Text{Body: []byte(body + "\n"), Kind: kind, Notes: notes}, nil
}

func invalid(name string, why error) error {
	return vedette.Errorf(vedette.CodeInvalid, "%q %s", name, why)
}

// because is why a file is not read; it reads on from its name.
func because(format string, args ...any) error {
	return vedette.Errorf(vedette.CodeInvalid, format, args...)
}
