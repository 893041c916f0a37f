package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type allClearCmd struct {
	Area   string   `arg:"" help:"A country, division, city, region or sea, by name or id."`
	Basis  string   `help:"On what basis it is given, in a sentence: everyone it reaches reads it." required:""`
	Of     []string `help:"Of which situation it is, by its id or that of an update of it; may be given several times. Needed where several stand there." placeholder:"ID" sep:"none"`
	Status string   `help:"actual, exercise or test." enum:"actual,exercise,test" default:"actual"`
	By     string   `help:"Who gives it." default:"${user}"`
	Accept bool     `help:"Give it though something else that stands there is immediate; with --reason."`
	Reason string   `help:"Why, with --accept; kept on record."`
	Yes    assent   `help:"Do it. Without it you only see what would happen. Where it tells many, type how many: --yes=4955."`
	countArgs
}

// Run shows whom an all-clear would reach and what it would end, and gives it
// on --yes.
func (c *allClearCmd) Run(s *session) error {
	status, err := vedette.ParseStatus(c.Status)
	if err != nil {
		return errUsage{err}
	}
	if err := checkIDs(c.Of...); err != nil {
		return err
	}
	typed, err := c.typed(c.Yes)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		area, err := a.Gaz.Find(c.Area)
		if err != nil {
			return err
		}
		o := desk.AllClearOrder{Area: area.ID, Basis: c.Basis, By: c.By, Status: status, Accept: c.Accept, Reason: c.Reason, Count: typed}
		for _, id := range c.Of {
			o.Of = append(o.Of, vedette.ID(id))
		}
		e, err := a.Desk.PreviewAllClear(s.ctx, o)
		if err != nil {
			return err
		}
		s.paper().allClear(e)
		wants, err := a.Desk.WantsApproval(s.ctx, e.Update)
		if err != nil {
			return err
		}
		if !c.Yes.given {
			s.printf("\n")
			if wants {
				s.printf("your organisation wants a second person for this: --yes asks for approval\n")
			}
			return s.undone(a, e.Told, "no all-clear was given")
		}
		if wants {
			return s.asksToClear(a, o)
		}
		u, err := a.Desk.AllClear(s.ctx, o)
		if err != nil {
			return err
		}
		s.printf("\nall-clear given: %s\n", u.ID)
		return s.notSent(a)
	})
}

// asksToClear asks for approval of an all-clear, and says what happens next.
func (s *session) asksToClear(a *app.App, o desk.AllClearOrder) error {
	x, err := a.Desk.AskAllClear(s.ctx, o)
	if err != nil {
		return err
	}
	s.printf("\nno all-clear was given: your organisation wants a second person for this\nasked for approval %s\nthose who may approve are rung; who, and what they say: vedette approve %s\n", x.ID, x.ID)
	return s.notSent(a)
}

// allClear shows what an all-clear would do.
func (p *paper) allClear(e *desk.AllClearEffect) {
	p.line("%s", p.look(bold, clean(e.Update.Content.Title)))
	for _, u := range e.Of {
		p.item("of ", fmt.Sprintf("“%s”, update %d (%s)", u.Situation.Title, u.Number, u.ID))
	}
	p.line("would reach %s: %d there or may be, %d elsewhere by now who had an immediate warning for it", count(e.Told, "person", "people"), e.There, e.Elsewhere)
	if e.Unreached > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("of them %d without an address that a channel sends to: tell them by hand", e.Unreached)))
	}
	if words := e.Wished.Words(); words != "" {
		p.line("%s", words)
	}
	if len(e.Ends) == 0 {
		p.line("ends no advice: nothing that stands tells them there to shelter, stay put or evacuate now")
	}
	for _, x := range e.Ends {
		text := x.Text
		if x.Parts {
			text += " (what else it says goes on)"
		}
		p.item("ends there: ", text)
	}
	for _, u := range e.Against {
		p.item("  AGAINST IT: ", fmt.Sprintf("“%s”, update %d (%s), stands there and is immediate; it goes on", u.Situation.Title, u.Number, u.ID))
	}
	p.line("postures and all other advice go on")
	p.adopted(&e.Board)
}

// clearWords says that an all-clear was given.
func clearWords(area string, c *vedette.Update) string {
	out := fmt.Sprintf("for %s since %s, by %s: %s (update %s)", area, c.PublishedAt.UTC().Format(minute), c.Clears.By, strings.TrimSuffix(c.Clears.Basis, "."), c.ID)
	if c.Clears.Despite != "" {
		out += "; given though something immediate stood there: " + c.Clears.Despite
	}
	return out
}

// cleared says what an all-clear is, and which were given of an update.
func (p *paper) cleared(a *app.App, b *desk.Board) {
	if b.Update.Clears != nil {
		p.line("")
		p.item("all-clear ", clearWords(a.Gaz.Name(b.Update.Clears.Area), b.Update))
	}
	for _, c := range b.Cleared {
		p.line("")
		p.item("all-clear ", clearWords(a.Gaz.Name(c.Clears.Area), c))
	}
}

func clearsJSON(b *desk.Board) []map[string]any {
	out := []map[string]any{}
	for _, c := range b.Cleared {
		out = append(out, map[string]any{"update": c.ID, "area": c.Clears.Area, "by": c.Clears.By, "basis": c.Clears.Basis, "at": c.PublishedAt.UTC()})
	}
	return out
}
