package desk

import (
	"context"
	"slices"
	"strconv"
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

// Step is something the desk decided.
type Step struct {
	At      time.Time
	What    string
	By, Why string // "" where it is not kept with it
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
	for _, u := range s.Chain {
		if err := d.stepsOf(ctx, s, u); err != nil {
			return nil, err
		}
	}
	for _, c := range b.Cleared {
		s.Decisions = append(s.Decisions, Step{c.PublishedAt, "All-clear for " + d.Gaz.Name(c.Clears.Area), c.Clears.By, c.Clears.Basis})
	}
	slices.SortStableFunc(s.Decisions, func(x, y Step) int { return y.At.Compare(x.At) })
	return s, d.countCases(ctx, s)
}

// stepsOf adds what was decided about an update.
func (d *Desk) stepsOf(ctx context.Context, s *Sitrep, u *vedette.Update) error {
	said := Step{At: u.PublishedAt, What: publishedAs(u)}
	switch a := u.Assent; {
	case a == nil:
	case a.By != "":
		said.By = a.AskedBy + ", approved by " + a.By
	default:
		said.By, said.Why = a.AskedBy+" alone", a.Alone
	}
	s.Decisions = append(s.Decisions, said)
	if m := u.Mark; m != nil && !m.StoppedAt.IsZero() {
		s.Decisions = append(s.Decisions, Step{At: m.StoppedAt, What: "Stopped: update " + strconv.Itoa(u.Number), Why: m.StopReason})
	}
	list, err := d.Conditions(ctx, u.ID)
	for _, c := range list {
		if !c.At.IsZero() {
			s.Decisions = append(s.Decisions, Step{c.At, "Condition " + string(c.State) + ": " + c.Condition, c.By, c.Reason})
		}
	}
	return err
}

// publishedAs says as what an update was published.
func publishedAs(u *vedette.Update) string {
	n := "update " + strconv.Itoa(u.Number)
	switch {
	case u.Cancels == vedette.CancelError:
		return "Said to be sent in error, by " + n
	case u.Cancels == vedette.CancelOver:
		return "Said to be over, by " + n
	case u.Corrects != "":
		return "Corrected, by " + n
	}
	return "Published " + n
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
