package app

import (
	"io"
	"path/filepath"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/feed"
	"vedette/gazetteer"
	"vedette/intake/document"
	"vedette/intake/sheet"
	"vedette/match/say"
	"vedette/parse"
)

// Read reads every report of a text, at least one, without an installation.
// scale is that of likelihood words, ICD 203 when empty.
func Read(text []byte, scale vedette.Scale, now time.Time) []vedette.Reading {
	return parse.ReadAll(gazetteer.Default(), text, parse.Options{Received: now, Scale: scale})
}

// ReadFirst reads the first report of a text; that there are more is a
// finding.
func ReadFirst(text []byte, scale vedette.Scale, now time.Time) vedette.Reading {
	return parse.Read(gazetteer.Default(), text, parse.Options{Received: now, Scale: scale})
}

// ReadDocument takes the text out of a file (text, HTML, a mail, Word, PDF), and says
// where it came from: the file's name, and what of it was left out; and gives the file
// as it is kept.
func ReadDocument(name string, file []byte) (text []byte, origin string, sent *desk.SentFile, err error) {
	t, err := document.Read(name, file)
	return t.Body, t.Origin(name), &desk.SentFile{Name: filepath.Base(name), Kind: t.Kind, Bytes: file}, err
}

// Page writes what a reading holds as a clean page: one copy, the usual
// headings, nothing that is no part of the report.
func Page(rd *vedette.Reading) string { return feed.Report(&rd.Content) }

// Calendar writes what readings say is to come as iCalendar.
func Calendar(w io.Writer, readings []vedette.Reading, now time.Time) error {
	return feed.Calendar(w, readings, now)
}

// ReadShapes reads areas drawn, as GeoJSON.
func ReadShapes(r io.Reader) ([]vedette.Shape, error) { return feed.ReadShapes(r) }

// ReadCircle reads a circle as it is typed: "30.5,47.8,25".
func ReadCircle(text string) (vedette.Shape, error) { return feed.ReadCircle(text) }

// WriteCSV writes a table that is safe to open in a spreadsheet, its header
// first.
func WriteCSV(w io.Writer, rows [][]string) error {
	return sheet.WriteAll(w, rows)
}

// Day is a date by the clock of a place.
func (a *App) Day(area vedette.AreaID, t time.Time) string { return say.DayAt(a.Gaz, area, t) }
