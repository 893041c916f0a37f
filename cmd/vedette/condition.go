package main

import (
	"fmt"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type conditionCmd struct {
	List   conditionListCmd   `cmd:"" help:"The conditions of an update's advice, and where each is."`
	Met    conditionMetCmd    `cmd:"" help:"Declare a condition met: its advice holds now, is immediate, and everyone it applies to is told."`
	Passed conditionPassedCmd `cmd:"" help:"Declare that a condition will not come, or is over: its advice holds no more."`
	Await  conditionAwaitCmd  `cmd:"" help:"Take a declaration back."`
}

type conditionListCmd struct {
	Update string `arg:"" help:"The update's id."`
}

// Run lists conditions.
func (c *conditionListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Conditions(s.ctx, vedette.ID(c.Update))
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no advice of this update waits for a condition\n")
			return nil
		}
		p := s.paper()
		for _, cd := range list {
			p.item(fmt.Sprintf("%d. ", cd.No), fmt.Sprintf("%s: %s", cd.State, cd.Text))
			if !cd.At.IsZero() {
				p.note(3, fmt.Sprintf("%s %s by %s%s", cd.State, cd.At.UTC().Format("2 Jan 2006 15:04 UTC"), clean(cd.By), because(cd.Reason)))
			}
		}
		return nil
	})
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + clean(reason)
}

// declareArgs are what every declaration says.
type declareArgs struct {
	Update string `arg:"" help:"The update's id."`
	No     int    `arg:"" help:"The condition's number, as \"vedette condition list\" shows it."`
	Reason string `help:"Why, in a few words; kept on record." required:""`
	By     string `help:"Who says so." default:"${user}"`
	Yes    assent `help:"Do it. Without it you only see what would happen. Where it tells many, type how many: --yes=4955."`
	countArgs
}

type conditionMetCmd struct{ declareArgs }
type conditionPassedCmd struct{ declareArgs }
type conditionAwaitCmd struct{ declareArgs }

// Run declares a condition met.
func (c *conditionMetCmd) Run(s *session) error { return c.declare(s, vedette.ConditionMet) }

// Run declares a condition passed.
func (c *conditionPassedCmd) Run(s *session) error { return c.declare(s, vedette.ConditionPassed) }

// Run takes a declaration back.
func (c *conditionAwaitCmd) Run(s *session) error { return c.declare(s, vedette.ConditionAwaited) }

func (c *declareArgs) declare(s *session, to vedette.ConditionState) error {
	typed, err := c.typed(c.Yes)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		o := desk.ConditionOrder{Update: vedette.ID(c.Update), No: c.No, State: to, By: c.By, Reason: c.Reason, Count: typed}
		e, err := a.Desk.PreviewCondition(s.ctx, o)
		if err != nil {
			return err
		}
		p := s.paper()
		p.item("• ", e.Condition.Text)
		p.line("now %s; would be %s: %s told", e.Condition.State, to, count(e.Told, "person", "people"))
		for _, text := range e.Suspends {
			p.item("  suspends: ", text)
		}
		p.adopted(&e.Board)
		if !c.Yes.given {
			s.printf("\n")
			return s.undone(a, e.Told, "nothing was declared")
		}
		if err := a.Desk.DeclareCondition(s.ctx, o); err != nil {
			return err
		}
		s.printf("\ndeclared %s\n", to)
		return nil
	})
}
