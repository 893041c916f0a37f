package app

import (
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse"
)

// Read reads a report's text. It needs no installation.
func Read(text []byte, now time.Time) vedette.Reading {
	return parse.Read(gazetteer.Default(), text, parse.Options{Received: now})
}
