package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type flashCmd struct {
	Send     flashSendCmd     `cmd:"" default:"withargs" help:"See whom it would warn, and with --yes warn them. The word send may be left out."`
	Template flashTemplateCmd `cmd:"" help:"The templates: what people are told, in every language."`
}

type flashSendCmd struct {
	Key    string   `arg:"" name:"template" help:"What happened: strike, earthquake, unrest, airport-closed, attack, or a template of your own."`
	Area   string   `help:"Where: a place by name or id." placeholder:"PLACE" sep:"none"`
	Circle []string `help:"Or a circle: latitude,longitude,kilometres." placeholder:"LAT,LON,KM" sep:"none"`
	Shape  []string `help:"Or a GeoJSON file of shapes." placeholder:"FILE" sep:"none"`
	Line   string   `help:"What is known, by whom, in one line: it is passed on as you write it." placeholder:"WORDS"`
	Risk   string   `help:"low, moderate, high or extreme, instead of the template's." placeholder:"RISK"`
	Yes    assent   `help:"Warn them. Without it you only see whom. Where it tells many, type how many: --yes=4955."`
	Drill  bool     `name:"exercise" help:"It is an exercise: that stands first in every line."`
	Accept []string `help:"Accept that it is at odds with what stands: contradiction." placeholder:"CODE"`
	Reason string   `help:"Why that is accepted; kept on record."`
	Glass  string   `name:"break-glass" help:"Warn at once, alone, though a second person is wanted, and though what stands contradicts it: say why." placeholder:"WHY"`
	Again  bool     `help:"Send it though the same flash was sent a moment ago."`
	By     string   `help:"Who sends it." default:"${user}"`
	countArgs
}

// Help teaches a flash.
func (c *flashSendCmd) Help() string {
	return `The fastest way from "something happened" to people warned: a template, where, and one line.

  vedette flash strike --area Basra --line 'blasts at 02:10, two of our drivers'
  vedette flash strike --area Basra --line 'blasts at 02:10, two of our drivers' --yes
  vedette flash attack --circle 36.81,10.18,2 --exercise --yes

Without --yes you see who is in, may be in, arriving, or cannot be reached, and what people are told in
each language they read; nothing is done. It is update 1 of a situation of its own: what follows continues
that (vedette publish --situation), and vedette sent-in-error takes it back by words that were written
before. Where your organisation wants the word of a second person, --yes asks for it.`
}

// Run shows whom a flash warns, and warns them on --yes.
func (c *flashSendCmd) Run(s *session) error {
	risk, err := vedette.ParseRisk(strings.ToLower(c.Risk))
	if err != nil {
		return errUsage{err}
	}
	shapes, err := s.drawn(c.Shape, c.Circle)
	if err != nil {
		return err
	}
	if (c.Area == "") == (len(shapes) == 0) {
		return errUsage{fmt.Errorf("say where: --area PLACE, or --circle LAT,LON,KM, or --shape FILE; one of them")}
	}
	o := desk.FlashOrder{Template: c.Key, Shapes: shapes, Line: c.Line, Risk: risk}
	if c.Drill {
		o.Status = vedette.StatusExercise
	}
	p := &publishCmd{By: c.By}
	p.Yes, p.Accept, p.Reason, p.BreakGlass, p.Again, p.countArgs = c.Yes, c.Accept, c.Reason, c.Glass, c.Again, c.countArgs
	return s.open(func(a *app.App) error {
		if c.Area != "" {
			area, err := a.Gaz.Find(c.Area)
			if err != nil {
				return err
			}
			o.Area = area.ID
		}
		d, err := a.Desk.ComposeFlash(s.ctx, o)
		if err != nil {
			return err
		}
		if err := p.preview(s, a, d); err != nil {
			return err
		}
		if !c.Yes.given {
			return s.unpublished(a, d)
		}
		return p.goes(s, a, d)
	})
}

// toldIn shows what the readers of each language are told by a flash.
func (p *paper) toldIn(list []desk.ToldIn) {
	for i := range list {
		t := &list[i]
		n := count(t.N, "person", "people")
		if t.About {
			n = "about " + n
		}
		p.heading(fmt.Sprintf("Told in %s: %s", t.Name, n))
		switch {
		case t.Lacks:
			p.line("%s", p.look(red, "nobody wrote the template in it: they are told in the template's own language"))
		case t.Unread:
			p.line("%s", p.look(yellow, "nobody of yours who speaks it has read this yet"))
		}
		p.line("%s", clean(t.Subject))
		for _, a := range t.Advice {
			p.item("• ", clean(a))
		}
	}
}
