package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type postureCmd struct {
	Show postureShowCmd `cmd:"" default:"withargs" help:"The board, or what stands for an area, with its history."`
	Set  postureSetCmd  `cmd:"" help:"Set the posture of an area by hand, up or down."`
}

type postureShowCmd struct {
	Area string `arg:"" optional:"" help:"A country, division, city, region or sea, by name or id."`
}

// Run shows the board or one area.
func (c *postureShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if c.Area == "" {
			b, err := a.Desk.PostureBoard(s.ctx)
			if err == nil {
				s.paper().postureBoard(b)
			}
			return err
		}
		area, err := a.Gaz.Find(c.Area)
		if err != nil {
			return err
		}
		card, err := a.Desk.PostureOf(s.ctx, area.ID)
		if err == nil {
			s.paper().posture(card)
		}
		return err
	})
}

func (p *paper) postureBoard(b *desk.PostureBoard) {
	if len(b.Rows) == 0 {
		p.line("no posture stands anywhere yet: publishing travel advice raises it, \"vedette posture set\" sets it")
	} else {
		rows := [][]string{{"AREA", "POSTURE", "SINCE", "FROM", "BESIDE IT"}}
		for i := range b.Rows {
			r := &b.Rows[i]
			step := stepWords(r.Own.Action)
			if r.Out {
				step = "none: left out"
			}
			rows = append(rows, []string{r.Name, step, since(r.Own), source(r.Own), besideIt(r.Beside)})
		}
		p.table(rows)
	}
	if n := len(b.Tasks); n > 0 {
		p.line("%s", p.look(yellow, fmt.Sprintf("%s keep or lift: vedette tasks", count(n, "question waits to be decided,", "questions wait to be decided,"))))
	}
}

func stepWords(a vedette.Action) string {
	if a == "" {
		return "none of ours"
	}
	return strings.ReplaceAll(string(a), "_", " ")
}

const minute = "2 Jan 2006 15:04 UTC"

func since(p vedette.Posture) string {
	if p.Since.IsZero() {
		return ""
	}
	return p.Since.UTC().Format(minute)
}

// source says who set a posture, or which update.
func source(p vedette.Posture) string {
	switch {
	case p.By != "":
		return "set by " + p.By + ": " + p.Reason
	case p.Update != "":
		return "update " + string(p.Update)
	}
	return ""
}

func besideIt(ps []vedette.Posture) string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Provider+": "+stepWords(p.Action))
	}
	return strings.Join(out, "; ")
}

// stands says in a sentence what stands for an area.
func stands(c *desk.PostureCard) string {
	switch {
	case c.Out && c.From != c.Area:
		return fmt.Sprintf("%s: no posture stands; %s is left out of what stands around it", c.Name, c.FromName)
	case c.Out:
		return c.Name + ": no posture stands; it is left out of what stands around it"
	case c.Stands.Action == "":
		return c.Name + ": no posture stands"
	case c.From != c.Area:
		return fmt.Sprintf("%s: %s, by what stands for %s", c.Name, stepWords(c.Stands.Action), c.FromName)
	}
	return c.Name + ": " + stepWords(c.Stands.Action)
}

func (p *paper) posture(c *desk.PostureCard) {
	p.line("%s", p.look(bold, clean(stands(c))))
	if c.From != "" {
		p.note(0, fmt.Sprintf("since %s, %s", since(c.Stands), source(c.Stands)))
		if c.Stands.Text != "" {
			p.item("• ", c.Stands.Text)
		}
	}
	for _, b := range c.Beside {
		p.line("%s", clean(fmt.Sprintf("beside it, %s: %s, since %s", b.Provider, stepWords(b.Action), since(b))))
	}
	for i := range c.Tasks {
		p.question(&c.Tasks[i])
	}
	if len(c.Within) > 0 {
		p.heading("Within it")
		for _, r := range c.Within {
			p.line("%s", clean(fmt.Sprintf("%s: %s", r.Name, stepWords(r.Own.Action))))
		}
	}
	if len(c.History) > 0 {
		p.heading("History")
	}
	for _, h := range c.History {
		step := stepWords(h.Action)
		switch {
		case h.Action == "" && h.By != "":
			step = "lifted"
		case h.Action == "":
			step = "left out"
		}
		p.item(since(h)+"  ", step+", "+source(h))
	}
}

// question shows an open task, and how to decide it.
func (p *paper) question(t *vedette.Task) {
	p.item("? ", t.Question)
	p.note(2, fmt.Sprintf("until decided: %s; asked %s, due %s", t.Default, t.CreatedAt.UTC().Format(minute), t.DueAt.UTC().Format(minute)))
	how := "done"
	if t.Kind == vedette.TaskKeepOrLift {
		how = "keep|lift"
	}
	p.line("  %s", p.look(dim, fmt.Sprintf("vedette tasks decide %s %s --reason \"why\"", t.ID, how)))
}

type postureSetCmd struct {
	Area     string `arg:"" help:"A country, division, city, region or sea, by name or id."`
	Step     string `arg:"" help:"avoid_all_travel, avoid_nonessential_travel, reconsider_travel, reconsider_nonessential_travel, travel_with_caution, no_restriction, or none to lift what was set for that very area."`
	Reason   string `help:"Why; kept on record." required:""`
	By       string `help:"Who sets it." default:"${user}"`
	Provider string `help:"Note what a provider or government says, beside ours." placeholder:"NAME"`
}

// Run sets a posture.
func (c *postureSetCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		area, err := a.Gaz.Find(c.Area)
		if err != nil {
			return err
		}
		o := desk.PostureOrder{Area: area.ID, Action: step(c.Step), Provider: c.Provider, By: c.By, Reason: c.Reason}
		card, err := a.Desk.SetPosture(s.ctx, o)
		if err != nil {
			return err
		}
		if c.Provider != "" {
			s.printf("noted beside ours, %s for %s: %s\n", clean(c.Provider), clean(card.Name), stepSaid(o.Action))
			return nil
		}
		s.printf("%s\n", clean(stands(card)))
		for _, t := range card.Answered {
			s.printf("no longer asked: %s\n", clean(t.Question))
		}
		return nil
	})
}

// step reads a step of the ladder as a person may write it.
func step(s string) vedette.Action {
	s = strings.ToLower(strings.NewReplacer(" ", "_", "non-", "non", "-", "_").Replace(strings.TrimSpace(s)))
	if s == "none" {
		return ""
	}
	return vedette.Action(s)
}

func stepSaid(a vedette.Action) string {
	if a == "" {
		return "nothing any more"
	}
	return stepWords(a)
}

// adopted says what an update does to the posture board.
func (p *paper) adopted(b *desk.Adopted) {
	for i := range b.Rises {
		r := &b.Rises[i]
		switch {
		case r.Holds() && r.To == "":
			p.item("Posture: ", r.Name+" stays without one; it is left out")
		case r.Holds():
			p.item("Posture: ", r.Name+" stays at "+stepWords(r.To))
		case r.Was == "":
			p.item("Posture: ", r.Name+" → "+stepWords(r.To)+" (none stood)")
		default:
			p.item("Posture: ", r.Name+" → "+stepWords(r.To)+" (was "+stepWords(r.Was)+")")
		}
	}
	for _, t := range b.Tasks {
		p.item("To decide: ", t.Question)
	}
	if b.Drawn != "" {
		p.item("Posture: ", b.Drawn)
	}
}
