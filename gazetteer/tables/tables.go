// Package tables holds the gazetteer's hand-written texts and reads them.
//
// Every text is UTF-8, one entry a line, "#" begins a comment line, columns
// are parted by "|" and lists by ";". Each text says at its top what its
// columns are and where its facts come from.
package tables

import (
	"embed"
	"fmt"
	"strconv"
	"strings"

	"vedette"
)

//go:embed *.txt
var texts embed.FS

// line is an entry of a text with the place it stands at.
type line struct {
	file string
	no   int
	text string // without the newline, right-trimmed
}

func (l line) errorf(format string, args ...any) error {
	return vedette.Errorf(vedette.CodeInternal, "%s line %d: %s", l.file, l.no, fmt.Sprintf(format, args...))
}

// columns splits at "|", trimmed, and pads to n; more than n is an error.
func (l line) columns(least, n int) ([]string, error) {
	cols := strings.Split(l.text, "|")
	if len(cols) < least || len(cols) > n {
		return nil, l.errorf("has %d columns, not %d to %d", len(cols), least, n)
	}
	for i := range cols {
		cols[i] = strings.TrimSpace(cols[i])
	}
	for len(cols) < n {
		cols = append(cols, "")
	}
	return cols, nil
}

// lines gives the entries of a text without comments and blank lines.
func lines(file string) ([]line, error) {
	b, err := texts.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []line
	no := 0
	for text := range strings.Lines(string(b)) {
		no++
		text = strings.TrimRight(text, " \t\r\n")
		if text != "" && !strings.HasPrefix(text, "#") {
			out = append(out, line{file, no, text})
		}
	}
	return out, nil
}

// read turns every line of a text into an entry.
func read[T any](file string, entry func(line) (T, error)) ([]T, error) {
	ls, err := lines(file)
	if err != nil {
		return nil, err
	}
	out := make([]T, 0, len(ls))
	for _, l := range ls {
		t, err := entry(l)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// list splits at ";" and drops empty parts.
func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// lonLat reads "38.2,20.6", longitude first as maps have it.
func lonLat(s string) (vedette.Point, error) {
	a, b, ok := strings.Cut(s, ",")
	lon, err1 := strconv.ParseFloat(a, 64)
	lat, err2 := strconv.ParseFloat(b, 64)
	p := vedette.Point{Lat: lat, Lon: lon}
	if !ok || err1 != nil || err2 != nil || p.Validate() != nil {
		return p, vedette.Errorf(vedette.CodeInternal, "%q is no lon,lat", s)
	}
	return p, nil
}
