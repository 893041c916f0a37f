package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type logCmd struct {
	List logListCmd `cmd:"" default:"withargs" help:"What was decided in a situation, the newest first: lines that were written, and what is on record by itself."`
	Add  logAddCmd  `cmd:"" help:"Write down what was decided. It is never changed: a further line corrects it."`
}

type logListCmd struct {
	Update string `arg:"" help:"Id of any update of the situation."`
}

// Run lists what was decided.
func (c *logListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		l, err := a.Desk.LogOf(s.ctx, vedette.ID(c.Update), time.Time{}, 0)
		if err != nil {
			return err
		}
		p := s.paper()
		p.line("%s", p.look(bold, clean(l.Situation.Title)))
		for i := range l.Steps {
			p.item("  ", decisionWords(&l.Steps[i]))
		}
		return nil
	})
}

type logAddCmd struct {
	Update   string `arg:"" help:"Id of any update of the situation."`
	What     string `arg:"" help:"What was decided, in a line; what follows \"because\" is why."`
	Why      string `help:"Why, where it does not follow \"because\"."`
	By       string `help:"Who decided it." default:"${user}"`
	Corrects int    `help:"The number of the line that this one corrects."`
}

// Run writes a line.
func (c *logAddCmd) Run(s *session) error {
	o := desk.DecisionOrder{Update: vedette.ID(c.Update), What: c.What, Why: c.Why, By: c.By, Corrects: c.Corrects}
	if c.Why == "" {
		o.What, o.Why = vedette.DecisionOf(c.What)
	}
	return s.open(func(a *app.App) error {
		d, err := a.Desk.Decide(s.ctx, o)
		if err != nil {
			return err
		}
		s.paper().item("", fmt.Sprintf("line %d: %s", d.No, d.What))
		return nil
	})
}

// decisionWords say a step in a line.
func decisionWords(st *desk.Step) string {
	words := st.At.UTC().Format(minute) + " "
	if st.Line > 0 {
		words += fmt.Sprintf("line %d: ", st.Line)
	}
	words += st.What
	if st.By != "" {
		words += ", by " + st.By
	}
	if st.Why != "" {
		words += ": " + st.Why
	}
	if st.Corrects > 0 {
		words += fmt.Sprintf(" (corrects line %d)", st.Corrects)
	}
	if len(st.Corrected) > 0 {
		words += " (corrected by line " + strings.Trim(fmt.Sprint(st.Corrected), "[]") + ")"
	}
	if st.Altered {
		words += " (ALTERED: what is kept is not what was written down; vedette audit verify)"
	}
	return words
}
