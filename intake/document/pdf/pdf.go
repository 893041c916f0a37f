// Package pdf reads the text out of a PDF, line by line, in the order in which it
// is drawn.
//
// It is a reader for hostile files: it never asks for anything but the bytes it is
// given, and its steps, what it unpacks and how deep it looks are counted against
// bounds for the whole file, so that it ends soon whatever the file says. It goes by
// the objects that are there, not by the table of where they should be, so a file
// whose table is broken is read, too.
//
// It would rather read nothing than something else: what has no text (a scan), is
// locked, does not say which letters its signs are, or has words that run from right
// to left, which a PDF may hold in the order of the picture, is refused with what to
// do instead.
package pdf

import "vedette"

// Bounds for a whole file.
const (
	maxSteps    = 2_000_000 // values read and operators obeyed
	maxUnpacked = 64 << 20  // bytes that its streams unpack to
	maxPages    = 200
	maxDepth    = 40 // of values in values, of pages in pages, of forms in forms
)

// refusal is why a file is not read: "is a scan …".
type refusal = *vedette.Error

var (
	errLocked  = vedette.Errorf(vedette.CodeInvalid, "is locked with a password or by its rights; save it without, or paste its text")
	errScan    = vedette.Errorf(vedette.CodeInvalid, "is a scan: a picture of a text, with no text in it. Run it through a program that recognises text (OCR), or type what it says")
	errLetters = vedette.Errorf(vedette.CodeInvalid, "does not say which letters its signs are, so its text cannot be read for sure; open it, copy its text and paste that")
	errRight   = vedette.Errorf(vedette.CodeInvalid, "holds words that run from right to left, which PDF does not keep in an order that can be read for sure; paste its text, or send it as .docx")
	errMuch    = vedette.Errorf(vedette.CodeInvalid, "takes more work to read than any report; paste its text")
	errBroken  = vedette.Errorf(vedette.CodeInvalid, "is a broken PDF; open it and print it to a new one, or paste its text")
	errPages   = vedette.Errorf(vedette.CodeInvalid, "has more than 200 pages; send those that are the report, or paste its text")
)

// reader is a file in the reading. What is too much, or broken beyond use, leaves by a
// panic with a refusal, which Lines catches.
type reader struct {
	file    []byte
	objects map[int]any // by number; a later one of the same number goes before
	root    ref
	steps   int
	unpack  int
	fonts   map[ref]*font
}

// Lines gives the text of a PDF, a blank line where a paragraph ends. The error says
// what is wrong with the file and what to do: "is a scan …".
func Lines(file []byte) (lines []string, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case refusal:
			lines, err = nil, p
		default:
			lines, err = nil, fault{p}
		}
	}()
	r := &reader{file: file, objects: map[int]any{}, fonts: map[ref]*font{}}
	r.scan()
	pages := r.pages()
	if len(pages) == 0 {
		return nil, errBroken
	}
	out := &paper{}
	for _, p := range pages {
		r.draw(p, out)
		out.endPage()
	}
	return out.read()
}

// fault is a fault of ours, which a file found.
type fault struct{ what any }

// Error is that of a broken file: what it found is ours to mend.
func (f fault) Error() string { return errBroken.Error() }

// Unwrap gives what is said of it.
func (f fault) Unwrap() error { return errBroken }

// step counts a step of the work.
func (r *reader) step() {
	if r.steps++; r.steps > maxSteps {
		panic(errMuch)
	}
}

// entry counts something that is kept, which is dearer.
func (r *reader) entry() { r.steps += 3; r.step() }
