package main

import (
	"io"
	"os"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

// maxInput bounds a report's file. Longer ones are refused by the reader
// with a finding; this only keeps a device or a pipe without end out.
const maxInput = 16 << 20

// readReport reads the text of a report out of a file of any kind that is read, and
// gives where it came from, and the file as it came: nil for standard input.
func (s *session) readReport(path string) (text []byte, origin string, file *desk.SentFile, err error) {
	b, name, err := s.readInput(path)
	if err != nil {
		return nil, name, nil, err
	}
	text, origin, file, err = app.ReadDocument(name, b)
	if path == "-" {
		file = nil
	}
	return text, origin, file, err
}

// readInput reads a file, or standard input for "-", and gives the name to
// call it by.
func (s *session) readInput(path string) ([]byte, string, error) {
	if path == "-" {
		b, err := io.ReadAll(io.LimitReader(s.in, maxInput+1))
		return bounded(b, "standard input", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, path, vedette.Wrap(err, vedette.CodeInvalid, "cannot read the report")
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxInput+1))
	return bounded(b, path, err)
}

func bounded(b []byte, name string, err error) ([]byte, string, error) {
	if err != nil {
		return nil, name, vedette.Wrap(err, vedette.CodeInvalid, "cannot read the report")
	}
	if len(b) > maxInput {
		return nil, name, vedette.Errorf(vedette.CodeInvalid, "%s is larger than %d MiB: this is no report", name, maxInput>>20)
	}
	return b, name, nil
}
