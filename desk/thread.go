package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/advise/news"
	"vedette/auth/rights"
)

// Thread is an update's place in its situation.
type Thread struct {
	Entries []ThreadEntry   // the newest of the situation, and the update itself; the newest first
	Of      int             // how many the situation has
	Before  *vedette.Update // the one it goes on from, nil for none
	Since   *Since          // what it says otherwise than that, nil for none
}

// ThreadEntry is one update of a situation, and how a later one ended it: "" for not.
type ThreadEntry struct {
	Update *vedette.Update
	Ended  vedette.Cancel
}

// Since is what an update says otherwise than the one before it.
type Since = news.Since

// Odds is the one likelihood of a judgement that has figures, nil where it has none or
// several.
func Odds(j *vedette.Judgement) *vedette.Likelihood { return news.Odds(j) }

// ThreadOf gives an update's place in its situation, with the newest most others.
func (d *Desk) ThreadOf(ctx context.Context, u *vedette.Update, most int) (*Thread, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	list, of, err := d.rows.Thread(ctx, u.Situation.ID, u.Number, most)
	if err != nil {
		return nil, err
	}
	t := &Thread{Of: of, Before: news.Before(list, u)}
	if t.Before != nil {
		t.Since = news.SinceThen(t.Before, u)
	}
	for i, x := range list {
		if i < most || x.ID == u.ID {
			t.Entries = append(t.Entries, ThreadEntry{x, endedBy(list[:i], x)})
		}
	}
	return t, nil
}

// endedBy says how one of later updates ended an earlier one. A cancellation that was
// stopped ends nothing.
func endedBy(later []*vedette.Update, u *vedette.Update) vedette.Cancel {
	if i := slices.IndexFunc(later, func(c *vedette.Update) bool {
		return c.Cancels != "" && c.State != vedette.UpdateStopped && c.Status == u.Status && (c.Corrects == u.ID || !c.Alone)
	}); i >= 0 {
		return later[i].Cancels
	}
	return ""
}
