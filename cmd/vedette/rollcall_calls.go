package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type rollcallCallsCmd struct {
	Rollcall string   `arg:"" help:"The roll-call's id."`
	Callers  []string `help:"Divide all who are not accounted for among these: Ada,Ben." placeholder:"NAMES"`
	Caller   string   `help:"The sheet of one caller." placeholder:"NAME"`
}

// Run prints who is to be called, by whom, at which number, and when.
func (c *rollcallCallsCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		var sheets *desk.CallSheets
		var err error
		if len(c.Callers) > 0 {
			sheets, err = a.Desk.DivideCalls(s.ctx, vedette.ID(c.Rollcall), c.Callers)
		} else {
			sheets, err = a.Desk.CallSheets(s.ctx, vedette.ID(c.Rollcall))
		}
		if err != nil {
			return err
		}
		p := s.paper()
		p.rollcall(sheets.Roll)
		for i := range sheets.Sheets {
			sh := &sheets.Sheets[i]
			if c.Caller != "" && !strings.EqualFold(c.Caller, sh.Caller) {
				continue
			}
			p.callSheet(a, sheets, sh)
		}
		return nil
	})
}

func (p *paper) callSheet(a *app.App, of *desk.CallSheets, sh *desk.CallSheet) {
	who := sh.Caller
	if who == "" {
		who = "nobody calls them yet; name callers with --callers"
	}
	p.heading(fmt.Sprintf("%s (%d)", who, len(sh.Rows)))
	for i := range sh.Rows {
		r := &sh.Rows[i]
		name := "[ ] " + r.Person.Record.Name
		if w := where(a, r.Where); w != "" {
			name += ": " + w
		}
		p.item("", name)
		switch {
		case r.Spoke:
			p.note(4, "was spoken to: account for them")
		case !r.Rings:
			p.note(4, "NO NUMBER that may be right is kept")
		default:
			p.note(4, fmt.Sprintf("ring %s, due %s", called(r.Next.Line), due(r.Next.Due, of.AsOf)))
		}
		for _, l := range r.Lines {
			if l.Wrong {
				p.note(4, called(l.Line)+" is a wrong number")
			} else if l.Line != r.Next.Line {
				p.note(4, "else "+called(l.Line))
			}
		}
		for _, t := range r.Tries {
			p.note(4, strings.TrimSuffix(fmt.Sprintf("%s %s by %s: %s", t.At.UTC().Format("15:04 UTC"), plainWord(string(t.Outcome)), t.By, t.Note), ": "))
		}
	}
}

func plainWord(s string) string { return strings.ReplaceAll(s, "_", " ") }

// called is a number with whose it is.
func called(l vedette.Line) string {
	if l.Kind == vedette.LineOwn {
		return l.Phone
	}
	return strings.TrimSpace(plainWord(string(l.Kind))+" "+l.Name) + " " + l.Phone
}

type rollcallTryCmd struct {
	Rollcall string `arg:"" help:"The roll-call's id."`
	Person   string `help:"Who was called, by name, e-mail address or id." required:"" placeholder:"PERSON"`
	Outcome  string `help:"no_answer, busy, wrong_number, left_message or spoke." enum:"no_answer,busy,wrong_number,left_message,spoke" required:"" placeholder:"WORD"`
	Number   string `help:"Which number, where it was not the one due: own, emergency, companion, site or hotel." placeholder:"WHICH"`
	Note     string `help:"What was said." placeholder:"WORDS"`
	By       string `help:"Who called." default:"${user}"`
}

// Run keeps how a try went.
func (c *rollcallTryCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		row, err := a.Desk.KeepTry(s.ctx, desk.TryOrder{Rollcall: vedette.ID(c.Rollcall), Person: c.Person, Line: vedette.LineKind(c.Number),
			Outcome: vedette.TryOutcome(c.Outcome), Note: c.Note, By: c.By})
		if err != nil {
			return err
		}
		switch {
		case row.Spoke:
			s.printf("kept; now account for them: vedette rollcall account %s --person %q --is safe --who %q\n", c.Rollcall, c.Person, c.By)
		case !row.Rings:
			s.printf("kept; no other number of theirs is kept\n")
		default:
			s.printf("kept; next ring %s at %s\n", clean(called(row.Next.Line)), row.Next.Due.UTC().Format("15:04 UTC"))
		}
		return nil
	})
}
