package main

import (
	"fmt"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type rollcallCmd struct {
	Open    rollcallOpenCmd    `cmd:"" help:"Open one: everyone who is there now or may be, by area, shape, update or name."`
	List    rollcallListCmd    `cmd:"" default:"withargs" help:"The roll-calls that are open."`
	Show    rollcallShowCmd    `cmd:"" help:"Who is accounted for, and who is not."`
	Refresh rollcallRefreshCmd `cmd:"" help:"Add who came since; nobody is taken out."`
	Ask     rollcallAskCmd     `cmd:"" help:"Ask once more: older answers turn stale. About an update everyone concerned is told again; without one everyone in it is sent the question."`
	Account rollcallAccountCmd `cmd:"" help:"Account for people, by name or site: who spoke to them, and how it is known."`
	Calls   rollcallCallsCmd   `cmd:"" help:"Who is to be called, by whom, at which number, and when."`
	Try     rollcallTryCmd     `cmd:"" help:"Keep how a call went; says which number is next, and when."`
	Close   rollcallCloseCmd   `cmd:"" help:"Close it, with a reason. Nothing more is added then."`
}

// Help teaches how a roll-call goes.
func (c *rollcallCmd) Help() string {
	return `A roll-call asks of a set of people whether each is accounted for. From the first press to the last call:

  vedette rollcall open --area Basra
  vedette rollcall show ROLLCALL
  vedette rollcall calls ROLLCALL --callers Ada,Ben
  vedette rollcall try ROLLCALL --person 'Ali Example' --outcome no_answer
  vedette rollcall account ROLLCALL --person 'Ali Example' --is safe --who Ada
  vedette rollcall refresh ROLLCALL
  vedette rollcall close ROLLCALL --reason "all heard of"

Each member is in one standing: needs help, silent, stale (heard of, and asked again since), safe, not there. Answers to messages count, and so do check-ins.`
}

type rollcallOpenCmd struct {
	Area   []string `help:"A place by name or id. Several may be given." placeholder:"PLACE" sep:"none"`
	Shape  string   `help:"A GeoJSON file: polygons, or points with radius_km; - for standard input." placeholder:"FILE"`
	Update string   `help:"Everyone concerned by an update, and who was told of it." placeholder:"UPDATE"`
	Person []string `help:"Somebody by name, e-mail address or id. Several may be given." placeholder:"PERSON" sep:"none"`
	Title  string   `help:"What it is called (default: its places)."`
	Status string   `help:"actual, exercise or test; about an update it is the update's." default:"actual"`
	Ask    bool     `help:"Send everyone in it the question whether they are safe. Without it nobody is written to. Where they are many they are asked once how many they are was typed."`
	By     string   `help:"Who opens it." default:"${user}"`
	countArgs
}

// Run opens a roll-call.
func (c *rollcallOpenCmd) Run(s *session) error {
	if len(c.Area)+len(c.Person) == 0 && c.Shape == "" && c.Update == "" {
		return errUsage{fmt.Errorf("say of whom: --area PLACE, --shape FILE, --update UPDATE or --person PERSON")}
	}
	status, err := vedette.ParseStatus(c.Status)
	if err != nil {
		return errUsage{err}
	}
	typed, err := c.typed(assent{})
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		o := desk.RollcallOrder{Update: vedette.ID(c.Update), Persons: c.Person, Title: c.Title, Status: status, By: c.By}
		for _, name := range c.Area {
			area, err := a.Gaz.Find(name)
			if err != nil {
				return err
			}
			o.Areas = append(o.Areas, area.ID)
		}
		if c.Shape != "" {
			if o.Shapes, err = s.shapes(c.Shape); err != nil {
				return err
			}
		}
		r, err := a.Desk.OpenRollcall(s.ctx, o)
		if err != nil {
			return err
		}
		s.printf("opened roll-call %s\n", r.ID)
		s.paper().rollcall(r)
		switch {
		case c.Ask:
			return s.askNew(a, r.ID, c.By, typed)
		case r.Update == "":
			s.printf("%s\n", nobodyWritten)
		}
		return nil
	})
}

// nobodyWritten says what a roll-call without an update does not do.
const nobodyWritten = "nobody was written to; ask them: vedette rollcall ask ROLLCALL, or call them: vedette rollcall calls ROLLCALL --callers NAMES"

type rollcallListCmd struct {
	All bool `help:"Those closed too."`
}

// Run lists the roll-calls.
func (c *rollcallListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Rollcalls(s.ctx, c.All)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no roll-call is open; begin with: vedette rollcall open --area PLACE\n")
			return nil
		}
		rows := [][]string{{"OPENED", "BY", "STATE", "MEMBERS", "ROLL-CALL", "TITLE"}}
		for _, r := range list {
			state := string(r.State)
			if m := r.Status.Mark(); m != "" {
				state = m + " " + state
			}
			rows = append(rows, []string{r.OpenedAt.UTC().Format("2006-01-02 15:04Z"), r.OpenedBy, state, fmt.Sprint(r.Members), string(r.ID), short(r.Title, 60)})
		}
		s.paper().table(rows)
		return nil
	})
}

type rollcallRefreshCmd struct {
	Rollcall string   `arg:"" help:"The roll-call's id."`
	Person   []string `help:"Add somebody by name, e-mail address or id, too." placeholder:"PERSON" sep:"none"`
}

// Run adds who came since.
func (c *rollcallRefreshCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		n, err := a.Desk.RefreshRollcall(s.ctx, vedette.ID(c.Rollcall), c.Person)
		if err == nil {
			s.printf("%s added\n", count(n, "person", "people"))
		}
		return err
	})
}

type rollcallAskCmd struct {
	Rollcall string `arg:"" help:"The roll-call's id."`
	By       string `help:"Who asks." default:"${user}"`
	Yes      assent `help:"Not needed, but where they are many, with how many it asks: --yes=4955."`
	countArgs
}

// Run asks once more.
func (c *rollcallAskCmd) Run(s *session) error {
	typed, err := c.typed(c.Yes)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error { return s.ask(a, vedette.ID(c.Rollcall), c.By, typed) })
}

// askNew asks of a roll-call that was just opened. Whoever opens one does not
// know yet how many are in it: where their number is wanted, it is said and
// nobody is asked.
func (s *session) askNew(a *app.App, id vedette.ID, by string, typed int) error {
	n, err := a.Desk.PreviewAsk(s.ctx, id)
	if err != nil {
		return err
	}
	v, err := a.Desk.Settings(s.ctx)
	if err != nil {
		return err
	}
	if v.Counted(n, typed) == nil {
		return s.ask(a, id, by, typed)
	}
	s.printf("nobody was asked: it would ask %s; say how many: vedette rollcall ask %s --yes=%d\n", count(n, "person", "people"), id, n)
	return nil
}

// ask asks of a roll-call once more.
func (s *session) ask(a *app.App, id vedette.ID, by string, typed int) error {
	round, err := a.Desk.AskRound(s.ctx, desk.AskOrder{Rollcall: id, By: by, Count: typed})
	if err != nil {
		return err
	}
	s.printf("round %d: whoever answered before is asked for again\n", round.No)
	if !round.Told {
		s.printf("its update stands no more, so nobody was written to; call them: vedette rollcall calls ROLLCALL --callers NAMES\n")
		return nil
	}
	s.printf("messages are sent: to everyone concerned by its update, or, of a roll-call without one, to everyone in it\n")
	return s.notSent(a)
}

type rollcallCloseCmd struct {
	Rollcall string `arg:"" help:"The roll-call's id."`
	Reason   string `help:"Why; kept on record." required:""`
	By       string `help:"Who closes it." default:"${user}"`
}

// Run closes a roll-call.
func (c *rollcallCloseCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		r, err := a.Desk.CloseRollcall(s.ctx, vedette.ID(c.Rollcall), c.By, c.Reason)
		if err != nil {
			return err
		}
		s.printf("closed; %s\n", rollCounts(r))
		if n := r.Open(); n > 0 {
			s.printf("%s\n", s.paper().look(red, fmt.Sprintf("%s not accounted for, and it stays so on record", count(n, "person is", "people are"))))
		}
		return nil
	})
}
