package main

import (
	"vedette"
	"vedette/app"
	"vedette/desk"
)

type cancelCmd struct {
	Update      string `arg:"" help:"The update's id."`
	Over        bool   `help:"What it warned of is over." xor:"why" required:""`
	SentInError bool   `help:"It was sent in error." xor:"why" required:""`
	Reason      string `help:"What people are told besides, in a sentence." required:""`
	Yes         assent `help:"Do it. Without it you only see whom it would reach. Where they are many, type how many: --yes=4955."`
	countArgs
}

// Run cancels an update: everyone who was told of its situation hears it.
func (c *cancelCmd) Run(s *session) error {
	o := desk.CancelOrder{Update: vedette.ID(c.Update), Why: vedette.CancelOver, Reason: c.Reason}
	if c.SentInError {
		o.Why = vedette.CancelError
	}
	var err error
	if o.Count, err = c.typed(c.Yes); err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		n, err := a.Desk.PreviewCancel(s.ctx, o)
		if err != nil {
			return err
		}
		s.printf("would reach %s, wherever they are now: all who were told of this situation\n", count(n, "person", "people"))
		if !c.Yes.given {
			return s.undone(a, n, "nothing was cancelled")
		}
		u, err := a.Desk.Cancel(s.ctx, o)
		if err != nil {
			return err
		}
		s.printf("cancelled by %s\nupdate %d of situation %s (%s)\n", u.ID, u.Number, u.Situation.ID, clean(u.Situation.Title))
		did, err := a.Desk.Adopted(s.ctx, u)
		if err != nil {
			return err
		}
		s.paper().adopted(did)
		return s.notSent(a)
	})
}

// notSent says so where nobody sends.
func (s *session) notSent(a *app.App) error {
	sending, err := a.Desk.SendingYet(s.ctx)
	if err == nil && !sending {
		s.printf("NOT SENT YET: no \"vedette serve\" or \"work\" with a mail server is running on this database; its notices wait until one does\n")
	}
	return err
}

type correctCmd struct {
	Update string `arg:"" help:"The update it corrects."`
	publishArgs
}

// Run publishes a correction.
func (c *correctCmd) Run(s *session) error {
	p := publishCmd{publishArgs: c.publishArgs, Corrects: c.Update}
	return p.Run(s)
}

type tellAgainCmd struct {
	Update string `arg:"" help:"The update's id."`
	Yes    assent `help:"Do it. Without it you only see whom it would reach. Where they are many, type how many: --yes=4955."`
	countArgs
}

// Run tells everyone concerned once more.
func (c *tellAgainCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		p, err := a.Desk.PreviewAgain(s.ctx, vedette.ID(c.Update))
		if err != nil {
			return err
		}
		s.printf("would tell %s again\n", count(p.Told, "person", "people"))
		typed, err := c.typed(c.Yes)
		if err != nil {
			return err
		}
		if !c.Yes.given {
			return s.undone(a, p.Told, "nobody was told")
		}
		if err := a.Desk.TellAgain(s.ctx, desk.AgainOrder{Update: vedette.ID(c.Update), Count: typed}); err != nil {
			return err
		}
		s.printf("telling again\n")
		return s.notSent(a)
	})
}
