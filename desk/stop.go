package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// StopEffect is what stopping an update does to the word of its situation.
type StopEffect struct {
	Again   *vedette.Update // an earlier one that stands again then, nil for none
	Partial bool            // that one was never planned to its end, and will not be
	Nothing bool            // nothing of the situation stands then
}

// PreviewStop says what stopping an update would do to the word of its
// situation.
func (d *Desk) PreviewStop(ctx context.Context, u *vedette.Update) (e StopEffect, err error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return StopEffect{}, err
	}
	if u.Asks != "" || u.Clears != nil { // they never stand
		return e, nil
	}
	chain, err := d.rows.Chain(ctx, u.Situation.ID)
	if err != nil {
		return e, err
	}
	now, then := wordOf(chain, ""), wordOf(chain, u.ID)
	switch {
	case now == nil || now == then: // it is not the word now
	case then == nil || then.Cancels != "":
		e.Nothing = true
	default:
		e.Again = then
		fs, err := d.rows.Fanouts(ctx, then.Key)
		e.Partial = slices.ContainsFunc(fs, func(f store.Fanout) bool { return f.State == vedette.FanoutHalted })
		return e, err
	}
	return e, nil
}

// wordOf is the newest update of a situation that is not stopped, but for one,
// as the store holds it: it stands, or is the cancellation of what stood.
func wordOf(chain []*vedette.Update, but vedette.ID) *vedette.Update {
	for _, c := range chain { // newest first
		if c.ID != but && !c.Alone && c.Drill == nil && c.State != vedette.UpdateStopped {
			return c
		}
	}
	return nil
}

// Stop halts all of an update that no channel has accepted yet.
func (d *Desk) Stop(ctx context.Context, id vedette.ID, reason string) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no update's id; `vedette updates` lists them", id)
	}
	return d.rows.Stop(ctx, id, reason, d.Now())
}
