package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
)

// Sitrep is what is known of a situation now, put together for whoever has to decide:
// facts with their sources, numbers, gaps and what was decided. Nobody is named in it
// who is cared for.
type Sitrep struct {
	Board     *Board
	Chain     []*vedette.Update // of the situation, the oldest first; exercises among themselves
	Decisions []Step            // the newest first
	Cases     SitrepCases
	AsOf      time.Time
}

// SitrepCases counts the calls for help of a situation that are not closed.
type SitrepCases struct {
	Open, Late int
	Untaken    int       // nobody has them
	Due        time.Time // the next contact, the zero time for none
}

// Sitrep puts it together of the situation of an update.
func (d *Desk) Sitrep(ctx context.Context, update vedette.ID) (*Sitrep, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	b, err := d.Board(ctx, update)
	if err != nil {
		return nil, err
	}
	s := &Sitrep{Board: b, AsOf: b.AsOf}
	if s.Chain, err = d.rows.Chain(ctx, b.Update.Situation.ID); err != nil {
		return nil, err
	}
	slices.Reverse(s.Chain)
	if s.Decisions, err = d.stepsNow(ctx, b.Update.Situation.ID); err != nil {
		return nil, err
	}
	return s, d.countCases(ctx, s)
}

// countCases counts the calls for help that answers to the situation began.
func (d *Desk) countCases(ctx context.Context, s *Sitrep) error {
	cases, err := d.Cases(ctx, false)
	for i := range cases {
		c := &cases[i]
		if !slices.ContainsFunc(s.Chain, func(u *vedette.Update) bool { return u.ID == c.Update }) {
			continue
		}
		s.Cases.Open++
		if c.Owner == "" {
			s.Cases.Untaken++
		}
		if c.Late {
			s.Cases.Late++
		}
		if s.Cases.Due.IsZero() || c.DueAt.Before(s.Cases.Due) {
			s.Cases.Due = c.DueAt
		}
	}
	return err
}
