// Package manifest writes who of an organisation is where, how to reach them and whom to
// ask, into a file that is read without Vedette: plain text, encrypted in the age format
// (age-encryption.org/v1), which the program age reads as well.
package manifest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"filippo.io/age"

	"vedette"
)

// Head says of whom a manifest is, and of when.
type Head struct {
	Organisation string
	AsOf         time.Time
	All          bool // everybody, beside whoever is concerned by what is open
}

// Entry is somebody in it. Where and Answer are in words.
type Entry struct {
	Name      string
	Where     string
	Relation  string
	Answer    string
	Text      string // their own words
	Note      string // what is to be known before they are rung
	Addresses []vedette.Address
	Contacts  []vedette.Contact
}

// Writer writes one. What is wrong with where it goes is CodeUnavailable, by Close at the
// latest.
type Writer struct {
	sealed io.WriteCloser
	text   *bufio.Writer
	people int
}

const stamp = "2 Jan 2006 15:04 UTC"

// NewWriter begins a manifest that whoever has the key of one of to can read.
func NewWriter(dst io.Writer, to []Recipient, head Head) (*Writer, error) {
	sealed, err := age.Encrypt(dst, to...)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the manifest cannot be encrypted")
	}
	w := &Writer{sealed: sealed, text: bufio.NewWriter(sealed)}
	w.line("MANIFEST of %s", head.Organisation)
	w.line("As of %s. Who is where, how to reach them, and whom to ask where they do not answer.", head.AsOf.UTC().Format(stamp))
	if head.All {
		w.line("It has whoever is concerned by what is open, and then everybody.")
	} else {
		w.line("It has whoever is concerned by what is open, and nobody else.")
	}
	w.line("It goes to its end only where the last line says so.")
	return w, nil
}

// Section begins one, of a situation or of everybody.
func (w *Writer) Section(title string, facts ...string) {
	w.line("")
	w.line("==== %s", title)
	for _, f := range facts {
		w.line("     %s", f)
	}
}

// Person writes somebody.
func (w *Writer) Person(e *Entry) {
	w.people++
	w.line("")
	w.line("%s", e.Name)
	w.said("!! ", e.Note)
	w.said("where: ", e.Where)
	w.said("concerned: ", e.Relation)
	w.said("answered: ", e.Answer)
	w.said("their words: ", e.Text)
	for _, a := range e.Addresses {
		if a.Channel == vedette.ChannelPush {
			continue // nobody can do anything with it by hand
		}
		blocked := ""
		if a.Blocked != "" {
			blocked = " (not to be used: " + a.Blocked + ")"
		}
		w.said(string(a.Channel)+": ", a.Value+blocked)
	}
	for _, c := range e.Contacts {
		w.said("ask "+string(c.Kind)+": ", strings.Join(strings.Fields(c.Name+" "+c.Phone+" "+c.Email), " "))
	}
}

// said writes what is not empty.
func (w *Writer) said(label, what string) {
	if what != "" {
		w.line("  %s%s", label, what)
	}
}

// Close ends it, and says how many people it has, and what is left out.
func (w *Writer) Close(left string) error {
	w.line("")
	if left != "" {
		w.line("%s.", left)
	}
	w.line("END of the manifest, entries: %d.", w.people)
	err := w.text.Flush()
	if err == nil {
		err = w.sealed.Close()
	}
	if err != nil {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the manifest cannot be written")
	}
	return nil
}

// line writes a line of text: what was typed somewhere cannot break it, nor turn it round.
func (w *Writer) line(format string, args ...any) {
	text := Plain(fmt.Sprintf(format, args...))
	_, _ = w.text.WriteString(text + "\n") // an error stays, and comes with Flush
}

// Plain is a text without what moves a cursor or turns the direction of what follows.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF:
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// Open reads a manifest with keys. What no key of these opens is CodeWrongKey; what was
// changed or cut off is CodeInvalid, when it is read that far.
func Open(src io.Reader, keys Keys) (io.Reader, error) {
	if len(keys) == 0 {
		return nil, vedette.Errorf(vedette.CodeInvalid, "no key was given")
	}
	r, err := age.Decrypt(src, keys...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, vedette.Errorf(vedette.CodeWrongKey, "the manifest was encrypted for other keys; use the key whose recipient stood in --manifest-to when it was written")
	case err != nil:
		return nil, vedette.Errorf(vedette.CodeInvalid, "that is no manifest, or its beginning is damaged: %v", err)
	}
	return &whole{r}, nil
}

// whole says of what is damaged that it is.
type whole struct{ r io.Reader }

// Read reads on.
func (w *whole) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if err != nil && err != io.EOF {
		err = vedette.Errorf(vedette.CodeInvalid, "the manifest is damaged or cut off from here on: %v; take the one before", err)
	}
	return n, err
}
