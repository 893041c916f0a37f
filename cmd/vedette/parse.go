package main

import (
	"encoding/json"
	"errors"
	"strings"

	"vedette"
	"vedette/app"
)

type parseCmd struct {
	File  string `arg:"" help:"The report (.txt .html .eml .docx .pdf), - for standard input."`
	JSON  bool   `help:"Print the reading as one JSON object." name:"json" xor:"form"`
	ICS   bool   `help:"Print what is still to come as iCalendar." name:"ics" xor:"form"`
	Page  bool   `help:"Print the report as a clean page: one copy, usual headings, no noise." name:"page" xor:"form"`
	All   bool   `help:"Read every report of the text; with --json, print an array."`
	Scale string `help:"Scale of likelihood words: icd203 (US) or phia (UK). Drafts and updates are read on your organisation's (vedette settings)." enum:"icd203,phia" default:"icd203"`
}

// Help is shown under the usage.
func (c *parseCmd) Help() string {
	return "Reads text, HTML, text of other encodings, and the text of mails (.eml), Word documents (.docx) and\n" +
		"PDF files: a scan, which has none, is refused. It needs no installation and calls nobody.\n" +
		"Lines it could not read or is unsure of are findings; one that BLOCKS must be mended or accepted before publishing.\n" +
		"Exit code 1 when the text is no report, with the reason."
}

// Run reads a report. It needs no installation.
func (c *parseCmd) Run(s *session) error {
	text, name, _, err := s.readReport(c.File)
	if err != nil {
		return err
	}
	readings, err := c.read(text, name, s)
	if err != nil {
		return err
	}
	switch {
	case c.JSON && c.All:
		return s.printJSON(readings)
	case c.JSON:
		return s.printJSON(readings[0])
	case c.ICS:
		if err := app.Calendar(s.out, readings, s.now()); err != nil {
			return errors.Join(errSaid, err)
		}
		return nil
	}
	p := s.paper()
	for i := range readings {
		if i > 0 {
			p.line("")
		}
		if c.Page {
			for line := range strings.Lines(app.Page(&readings[i])) {
				s.printf("%s\n", clean(line))
			}
			continue
		}
		p.reading(&readings[i])
	}
	return nil
}

// read gives the readings asked for; an error when there is none among them.
func (c *parseCmd) read(text []byte, name string, s *session) ([]vedette.Reading, error) {
	scale := vedette.Scale(c.Scale)
	if !c.All {
		rd := app.ReadFirst(text, scale, s.now())
		return []vedette.Reading{rd}, notReport(name, &rd)
	}
	all := app.Read(text, scale, s.now())
	var first error
	for i := range all {
		err := notReport(name, &all[i])
		if err == nil {
			return all, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// notReport is the error of a text that is no report, nil for one that is.
func notReport(name string, rd *vedette.Reading) error {
	for _, f := range rd.Findings {
		if f.Code == vedette.FindNotAReport {
			return vedette.Errorf(vedette.CodeNotReport, "%s: %s", name, f.Message)
		}
	}
	return nil
}

func (s *session) printJSON(v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return errors.Join(errSaid, err)
	}
	return nil
}
