package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type rollcallCallsCmd struct {
	Rollcall string   `arg:"" help:"The roll-call's id."`
	Callers  []string `help:"Divide all who are not accounted for among these: Ada,Ben." placeholder:"NAMES"`
	Caller   string   `help:"The sheet of one caller." placeholder:"NAME"`
	Csv      string   `help:"Write the sheets to a CSV file, a row for everyone who is to be called." placeholder:"FILE"`
	Print    bool     `help:"For paper: a page for each caller, with room to write."`
}

// Run prints who is to be called, by whom, at which number, and when.
func (c *rollcallCallsCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		var sheets *desk.CallSheets
		var err error
		ctx := s.ctx
		if c.Print { // a sheet is given away
			ctx = desk.Unnamed(ctx)
		}
		if len(c.Callers) > 0 {
			sheets, err = a.Desk.DivideCalls(ctx, vedette.ID(c.Rollcall), c.Callers)
		} else {
			sheets, err = a.Desk.CallSheets(ctx, vedette.ID(c.Rollcall))
		}
		if err != nil {
			return err
		}
		if c.Caller != "" {
			sheets.Sheets = slices.DeleteFunc(sheets.Sheets, func(sh desk.CallSheet) bool { return !strings.EqualFold(c.Caller, sh.Caller) })
			if len(sheets.Sheets) == 0 {
				return vedette.Errorf(vedette.CodeNotFound, "nobody called %q calls for this roll-call; its callers are %s", c.Caller, strings.Join(sheets.Callers, ", "))
			}
		}
		switch {
		case c.Csv != "":
			if err := a.Desk.NoteExport(s.ctx, desk.ExportCalls, vedette.ID(c.Rollcall)); err != nil {
				return err
			}
			return writeFile(c.Csv, func(w io.Writer) error {
				return app.WriteCSV(w, sheets.Table(func(ps []vedette.Presence) string { return where(a, ps) }))
			})
		case c.Print:
			s.paper().printedSheets(a, sheets)
			return nil
		}
		p := s.paper()
		p.rollcall(sheets.Roll)
		for i := range sheets.Sheets {
			p.callSheet(a, sheets, &sheets.Sheets[i])
		}
		return nil
	})
}

// printedSheets are the sheets for paper: each on a page of its own, for it is
// given to one caller and holds the numbers of the people on it alone.
func (p *paper) printedSheets(a *app.App, of *desk.CallSheets) {
	for i := range of.Sheets {
		sh := &of.Sheets[i]
		if i > 0 {
			fmt.Fprint(p.w, "\f")
		}
		if m := of.Status.Mark(); m != "" {
			p.line("%s", m)
		}
		p.line("CALL SHEET  %s", clean(of.Title))
		p.line("caller: %s   as of %s   %s", clean(cmp.Or(sh.Caller, "________________")), of.AsOf.UTC().Format(minute), count(len(sh.Rows), "person", "people"))
		p.line("roll-call %s. Confidential: destroy it when it is done.", of.ID)
		for j := range sh.Rows {
			p.printedRow(a, of, &sh.Rows[j])
		}
	}
}

func (p *paper) printedRow(a *app.App, of *desk.CallSheets, r *desk.CallRow) {
	p.line("")
	name := r.Name()
	if w := where(a, r.Where); w != "" {
		name += ": " + w
	}
	p.item("", name)
	for i, l := range r.Lines {
		mark := "[ ] "
		if l.Wrong {
			mark = "WRONG "
		}
		next := ""
		if r.Rings && l.Line == r.Next.Line {
			next = ", next, due " + due(r.Next.Due, of.AsOf)
		}
		p.item(fmt.Sprintf("   %d. %s", i+1, mark), l.Line.Called()+next)
	}
	if !r.Ask.Nothing() {
		p.line("   %s", clean(r.Ask.String()))
	} else if len(r.Lines) == 0 {
		p.line("   NO NUMBER is kept")
	}
	p.line("   [ ] safe   [ ] needs help   [ ] not there: ______________________________")
	p.line("   spoke to: ____________________  at: ________  note: ______________________")
}

func (p *paper) callSheet(a *app.App, of *desk.CallSheets, sh *desk.CallSheet) {
	who := sh.Caller
	if who == "" {
		who = "nobody calls them yet; name callers with --callers"
	}
	p.heading(fmt.Sprintf("%s (%d)", who, len(sh.Rows)))
	for i := range sh.Rows {
		r := &sh.Rows[i]
		name := "[ ] " + r.Name()
		if w := where(a, r.Where); w != "" {
			name += ": " + w
		}
		p.item("", name)
		switch {
		case !r.Ask.Nothing():
			p.note(4, clean(r.Ask.String()))
		case r.Spoke:
			p.note(4, "was spoken to: account for them")
		case !r.Rings:
			p.note(4, "NO NUMBER that may be right is kept")
		default:
			p.note(4, fmt.Sprintf("ring %s, due %s", r.Next.Line.Called(), due(r.Next.Due, of.AsOf)))
		}
		for _, l := range r.Lines {
			if l.Wrong {
				p.note(4, l.Line.Called()+" is a wrong number")
			} else if l.Line != r.Next.Line {
				p.note(4, "else "+l.Line.Called())
			}
		}
		for _, t := range r.Tries {
			p.note(4, strings.TrimSuffix(fmt.Sprintf("%s %s by %s: %s", t.At.UTC().Format("15:04 UTC"), plainWord(string(t.Outcome)), t.By, t.Note), ": "))
		}
	}
}

func plainWord(s string) string { return strings.ReplaceAll(s, "_", " ") }

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
			s.printf("kept; next ring %s at %s\n", clean(row.Next.Line.Called()), row.Next.Due.UTC().Format("15:04 UTC"))
		}
		return nil
	})
}
