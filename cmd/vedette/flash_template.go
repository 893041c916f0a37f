package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
)

type flashTemplateCmd struct {
	List    flashListCmd    `cmd:"" default:"1" help:"Which there are, and which languages each lacks."`
	Show    flashShowCmd    `cmd:"" help:"What one says, in every language; --json for a file to edit."`
	Set     flashSetCmd     `cmd:"" help:"Save one, as --json shows it."`
	Restore flashRestoreCmd `cmd:"" help:"Take back what you saved: what is built in holds again, or nothing."`
}

type flashListCmd struct{}

// Run lists the templates.
func (c *flashListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Flashes(s.ctx)
		if err != nil {
			return err
		}
		rows := [][]string{{"TEMPLATE", "RISK", "WHOSE", "LACKS", "NOT READ BY WHO SPEAKS IT", "NAME"}}
		for i := range list {
			t := &list[i]
			whose := "built in"
			if t.Own {
				whose = "yours"
			}
			rows = append(rows, []string{t.Key, t.Risk.String(), whose, strings.Join(t.Lacks, " "), strings.Join(t.Unread, " "), clean(t.Name)})
		}
		s.paper().table(rows)
		return nil
	})
}

type flashShowCmd struct {
	Key  string `arg:"" name:"template" help:"Its key."`
	JSON bool   `name:"json" help:"As set takes it."`
}

// Run shows a template.
func (c *flashShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		t, err := a.Desk.FlashOf(s.ctx, c.Key)
		if err != nil {
			return err
		}
		if c.JSON {
			e := json.NewEncoder(s.out)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			return e.Encode(t.FlashTemplate)
		}
		p := s.paper()
		p.field("template", t.Key+" ("+clean(t.Name)+")")
		p.field("risk", t.Risk.String()+", "+t.Urgency.String())
		p.field("language", t.Language)
		if len(t.Lacks) > 0 {
			p.line("%s", p.look(yellow, "says nothing in "+strings.Join(t.Lacks, ", ")+": who reads these is told in "+t.Language))
		}
		for i := range t.Says {
			w := &t.Says[i]
			by := "nobody who speaks it has read it yet"
			if w.ReadBy != "" {
				by = "read by " + clean(w.ReadBy)
			}
			p.heading(w.Language + ", " + by)
			p.line("%s", clean(w.Headline))
			for j, advice := range w.Advice {
				p.item("• ", fmt.Sprintf("%s (%s)", clean(advice), t.Do[j]))
			}
			p.line("sent in error: %s", clean(w.InError))
		}
		return nil
	})
}

type flashSetCmd struct {
	File string `arg:"" help:"A JSON file, as \"vedette flash template show strike --json\" writes it; - for standard input."`
	By   string `help:"Who saves it." default:"${user}"`
}

// Run saves a template.
func (c *flashSetCmd) Run(s *session) error {
	text, name, err := s.readInput(c.File)
	if err != nil {
		return err
	}
	var t vedette.FlashTemplate
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return vedette.Errorf(vedette.CodeInvalid, "%s is no template: %v; begin with what \"vedette flash template show strike --json\" writes", name, err)
	}
	return s.open(func(a *app.App) error {
		version := ""
		if old, err := a.Desk.FlashOf(s.ctx, t.Key); err == nil {
			version = old.Version
		}
		if err := a.Desk.SaveFlash(s.ctx, t, version, c.By); err != nil {
			return err
		}
		kept, err := a.Desk.FlashOf(s.ctx, t.Key)
		if err != nil {
			return err
		}
		s.printf("saved template %s\n", kept.Key)
		if len(kept.Lacks) > 0 {
			s.printf("it says nothing in %s: who reads these is told in %s\n", strings.Join(kept.Lacks, ", "), kept.Language)
		}
		return nil
	})
}

type flashRestoreCmd struct {
	Key string `arg:"" name:"template" help:"Its key."`
	By  string `help:"Who takes it back." default:"${user}"`
}

// Run takes back what was saved.
func (c *flashRestoreCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		t, err := a.Desk.FlashOf(s.ctx, c.Key)
		if err != nil {
			return err
		}
		if err := a.Desk.RestoreFlash(s.ctx, t.Key, t.Version, c.By); err != nil {
			return err
		}
		if t.BuiltIn {
			s.printf("template %s is as it is built in\n", t.Key)
		} else {
			s.printf("template %s is taken away\n", t.Key)
		}
		return nil
	})
}
