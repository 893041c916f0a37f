package main

import (
	"fmt"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type tasksCmd struct {
	List   tasksListCmd   `cmd:"" default:"withargs" help:"What waits for somebody to decide."`
	Take   tasksTakeCmd   `cmd:"" help:"Take one: it is yours, and due anew; whoever was asked to do it is asked no more."`
	Decide tasksDecideCmd `cmd:"" help:"Keep what stands, or lift it to what the later update says."`
}

type tasksListCmd struct {
	All bool `help:"Those decided too."`
}

// Run lists tasks.
func (c *tasksListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Tasks(s.ctx, c.All)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("nothing waits to be decided\n")
			return nil
		}
		p := s.paper()
		for i := range list {
			t := &list[i]
			if t.State == vedette.TaskOpen {
				p.question(t)
				continue
			}
			p.item("• ", t.Question)
			p.note(2, fmt.Sprintf("%s: decided by %s, %s: %s", t.Outcome, t.DoneBy, t.DoneAt.UTC().Format(minute), t.Reason))
		}
		return nil
	})
}

type tasksTakeCmd struct {
	ID  string        `arg:"" help:"The task's id."`
	By  string        `help:"Who takes it." default:"${user}"`
	For time.Duration `help:"Until when it is to be done: 2h." default:"1h"`
}

// Run takes a task.
func (c *tasksTakeCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		t, err := a.Desk.TakeTask(s.ctx, vedette.ID(c.ID), c.By, c.For)
		if err != nil {
			return err
		}
		s.paper().question(&t)
		return nil
	})
}

type tasksDecideCmd struct {
	ID      string `arg:"" help:"The task's id."`
	Outcome string `arg:"" enum:"keep,lift,done" help:"keep or lift of a posture; done of all else."`
	Reason  string `help:"Why; kept on record." required:""`
	By      string `help:"Who decides." default:"${user}"`
}

// Run decides a task.
func (c *tasksDecideCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		card, err := a.Desk.DecideTask(s.ctx, desk.Decision{Task: vedette.ID(c.ID), Outcome: c.Outcome, By: c.By, Reason: c.Reason})
		if err != nil {
			return err
		}
		if card == nil { // of no posture
			s.printf("decided, %s\n", c.Outcome)
			return nil
		}
		s.printf("decided, %s\n%s\n", c.Outcome, clean(stands(card)))
		return nil
	})
}
