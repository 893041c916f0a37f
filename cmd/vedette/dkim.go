package main

import (
	"context"
	"net"
	"strings"
	"time"

	"vedette/app"
)

type dkimCmd struct {
	New  dkimNewCmd  `cmd:"" help:"Make a key; nobody but you may read the file."`
	Show dkimShowCmd `cmd:"" help:"Print the DNS record to publish for a key; --check asks whether it is there."`
}

type dkimNewCmd struct {
	File string `arg:"" help:"Where the key goes; it must not be there yet."`
}

// Run makes a key.
func (c *dkimNewCmd) Run(s *session) error {
	if err := app.NewDKIM(c.File); err != nil {
		return err
	}
	s.printf("made %s\npublish its record: vedette dkim show %s --selector NAME --from ADDRESS\n", clean(c.File), clean(c.File))
	return nil
}

type dkimShowCmd struct {
	File     string `arg:"" help:"File of the key."`
	Selector string `help:"Its name in the DNS." env:"VEDETTE_DKIM_SELECTOR" required:"" placeholder:"NAME"`
	From     string `help:"The sender's address, whose domain signs." env:"VEDETTE_FROM" required:"" placeholder:"ADDRESS"`
	Check    bool   `help:"Ask the DNS whether it is published."`
}

// Run prints the record.
func (c *dkimShowCmd) Run(s *session) error {
	d, err := app.ReadDKIM(c.File, c.Selector, app.SenderOf(c.From))
	if err != nil {
		return err
	}
	record, err := d.Record()
	if err != nil {
		return err
	}
	s.printf("%s. IN TXT %s\n", d.Name(), quoted(record))
	if !c.Check {
		return nil
	}
	ctx, cancel := context.WithTimeout(s.ctx, 10*time.Second)
	defer cancel()
	list, err := net.DefaultResolver.LookupTXT(ctx, d.Name())
	if err != nil {
		s.printf("not published: %s\n", clean(err.Error()))
		return errSaid
	}
	for _, have := range list {
		if strings.ReplaceAll(have, " ", "") == strings.ReplaceAll(record, " ", "") {
			s.printf("published\n")
			return nil
		}
	}
	s.printf("another record is published there: %s\n", clean(strings.Join(list, " | ")))
	return errSaid
}

// quoted writes a record as a zone file has it: strings of at most 255 bytes
// (RFC 1035, section 3.3).
func quoted(record string) string {
	var parts []string
	for len(record) > 255 {
		parts = append(parts, `"`+record[:255]+`"`)
		record = record[255:]
	}
	return strings.Join(append(parts, `"`+record+`"`), " ")
}
