package main

import (
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type retractCmd struct {
	Update string `arg:"" help:"The update's id."`
	Reason string `help:"Why, for the record. People are told what was made ready when it was published." placeholder:"TEXT"`
	Yes    assent `help:"Do it. Without it you only see whom it would reach. Where they are many, type how many: --yes=4955."`
	countArgs
}

// Run says that an update was sent in error.
func (c *retractCmd) Run(s *session) error {
	typed, err := c.typed(c.Yes)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		r, err := a.Desk.PreviewRetract(s.ctx, vedette.ID(c.Update))
		if err != nil {
			return err
		}
		s.printf("update %d of %s was meant for %s; %d may have got it\n", r.Update.Number, clean(r.Update.Situation.Title), count(r.Meant, "person", "people"), r.Reached)
		if !c.Yes.given {
			s.retracting(r)
			return nil
		}
		u, err := a.Desk.Retract(s.ctx, desk.RetractOrder{Update: vedette.ID(c.Update), Reason: c.Reason, Count: typed})
		if err != nil {
			return err
		}
		s.printf("stopped update %d; said to be sent in error by %s\nto exactly those who may have got it, before all else: vedette status %s\n", r.Update.Number, u.ID, u.ID)
		if r.Update.Number > 1 {
			s.printf("whoever waited for it instead of an earlier update may have got neither: publish what is right with --corrects %s\n", r.Update.ID)
		}
		did, err := a.Desk.Adopted(s.ctx, u)
		if err != nil {
			return err
		}
		s.paper().adopted(did)
		return s.notSent(a)
	})
}

// retracting shows what it would do.
func (s *session) retracting(r *desk.Retracting) {
	s.printf("would tell those who may have got it and %s told, before all else; %d that wait would be stopped\n\n", count(r.Systems, "system", "systems"), r.Waiting)
	s.printf("  %s\n", clean(r.Subject))
	for l := range strings.SplitSeq(strings.TrimSpace(r.Text), "\n") {
		s.printf("  %s\n", clean(l))
	}
	if r.Meant > r.CountAbove {
		s.printf("\n%s\n", counting(r.Meant, r.CountAbove))
	}
	s.printf("\nnothing was done; say --yes to do it\n")
}
