package main

import (
	"encoding/json"
	"errors"

	"vedette"
	"vedette/app"
)

type parseCmd struct {
	File string `arg:"" help:"The report, - for standard input."`
	JSON bool   `help:"Print the reading as one JSON object." name:"json"`
}

// Run reads a report. It needs no installation.
func (c *parseCmd) Run(s *session) error {
	text, name, err := s.readInput(c.File)
	if err != nil {
		return err
	}
	rd := app.Read(text, s.now())
	for _, f := range rd.Findings {
		if f.Code == vedette.FindNotAReport {
			return vedette.Errorf(vedette.CodeNotReport, "%s: %s", name, f.Message)
		}
	}
	if !c.JSON {
		p := s.paper()
		p.reading(&rd)
		return nil
	}
	enc := json.NewEncoder(s.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(rd); err != nil {
		return errors.Join(errSaid, err)
	}
	return nil
}
