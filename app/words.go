package app

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/auth"
)

// sealedWord is one in a file of gateways.
var sealedWord = regexp.MustCompile(`\b` + auth.WordPrefix + `[A-Za-z0-9_-]*`)

// maxFile bounds a file of gateways or providers, in bytes.
const maxFile = 1 << 20

// wordsIn are the sealed words of one file, opened. They take the place of ${NAME}, so
// that what is opened is never read as anything but the value it is.
type wordsIn struct {
	opened map[string]string // by the name that stands in the file for it
	lines  map[string]int
	used   map[string]bool
	old    []int // the lines of those that an earlier key sealed
}

const wordName = "VEDETTE_SEALED_"

// openWords reads a file, and opens the sealed words in it. key may be nil: then one is
// an error.
func openWords(in io.Reader, key *auth.Key) (text []byte, w *wordsIn, err error) {
	text, err = io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return nil, nil, vedette.Wrap(err, vedette.CodeInvalid, "the file cannot be read")
	}
	w = &wordsIn{opened: map[string]string{}, lines: map[string]int{}, used: map[string]bool{}}
	var out bytes.Buffer
	last := 0
	for _, at := range sealedWord.FindAllIndex(text, -1) {
		line := 1 + bytes.Count(text[:at[0]], []byte("\n"))
		if key == nil {
			return nil, nil, vedette.Errorf(vedette.CodeWrongKey, "line %d: a sealed word, and there is no installation key to open it yet", line)
		}
		secret, old, err := key.OpenWord(string(text[at[0]:at[1]]))
		if err != nil {
			return nil, nil, vedette.Wrap(err, vedette.ErrorCode(err), "line %d", line)
		}
		if old != 0 {
			w.old = append(w.old, line)
		}
		name := wordName + strconv.Itoa(len(w.opened)+1)
		w.opened[name], w.lines[name] = secret, line
		out.Write(text[last:at[0]])
		out.WriteString("${" + name + "}")
		last = at[1]
	}
	out.Write(text[last:])
	return out.Bytes(), w, nil
}

// getenv is os.Getenv that knows the sealed words, too.
func (w *wordsIn) getenv(name string) string {
	if secret, ok := w.opened[name]; ok {
		w.used[name] = true
		return secret
	}
	return os.Getenv(name)
}

// unused is an error where a sealed word stands where none is opened: it would be sent
// as it is written.
func (w *wordsIn) unused() error {
	var lines []int
	for name, line := range w.lines {
		if !w.used[name] {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return vedette.Errorf(vedette.CodeInvalid, "line %d: a sealed word stands where none is opened; they may stand where ${NAME} may: in secret, account, url and headers", slices.Min(lines))
}

// readWords reads a file of gateways or providers by read, with its sealed words opened.
// Into old goes the file with the lines of words that an earlier key sealed.
func readWords[T any](in io.Reader, key *auth.Key, old *[]string, path string, read func(io.Reader, func(string) string) (T, error)) (out T, err error) {
	text, w, err := openWords(in, key)
	if err != nil {
		return out, err
	}
	if old != nil && len(w.old) > 0 {
		*old = append(*old, fmt.Sprintf("%s, line %s", path, strings.Trim(strings.ReplaceAll(fmt.Sprint(w.old), " ", ", "), "[]")))
	}
	if out, err = read(bytes.NewReader(text), w.getenv); err != nil {
		return out, err
	}
	return out, w.unused()
}

// SealWord seals a secret with the installation's key, to stand in a file of gateways.
func (a *App) SealWord(secret string) (string, error) { return a.Key.SealWord(secret) }

// gateways reads the files of gateways and providers.
func (a *App) gateways() (err error) {
	if a.KeysAlone {
		return nil
	}
	for _, of := range []struct {
		setting string
		read    func() error
	}{
		{"--sms", func() (err error) { a.SMS, err = a.readSMS(a.Key, &a.oldWords); return err }},
		{"--voice", func() (err error) { a.Voice, err = a.readVoice(a.Key, &a.oldWords); return err }},
		{"--providers", func() (err error) { a.Providers, err = a.readProviders(a.Key, &a.oldWords); return err }},
	} {
		if err := of.read(); err != nil {
			return vedette.Wrap(err, vedette.ErrorCode(err), "%s", of.setting)
		}
	}
	return nil
}

// OldWords says which lines of which files hold sealed words that an earlier key of the
// installation sealed: they open, and whoever has that key opens them, too.
func (a *App) OldWords() []string { return a.oldWords }
