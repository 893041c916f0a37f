package desk

import (
	"context"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// BreakGlass publishes an immediate warning at once on one person's word, for the reason
// in the order, where that of a second is wanted. What is at odds with it goes out
// undecided, and nobody types how many it tells. All who may approve are rung at once,
// and a task stays open until one of them has looked. unproved says that whoever does it
// had no second factor to show.
func (d *Desk) BreakGlass(ctx context.Context, dr *Draft, o PublishOrder, unproved bool) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.BreakGlass); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	wants, err := d.WantsApproval(ctx, dr.Update)
	if err != nil {
		return nil, err
	}
	o.Reason = strings.TrimSpace(o.Reason)
	switch {
	case !wants:
		return nil, vedette.Errorf(vedette.CodeInvalid, "there is no glass to break: your organisation wants no second person for this, so publish it")
	case dr.Update.Content.Urgency != vedette.UrgencyImmediate:
		return nil, vedette.Errorf(vedette.CodeInvalid, "not published: only an immediate warning may break the glass; this is %s, so ask for approval", dr.Update.Content.Urgency.Effective())
	}
	if err := vedette.ValidWords("why it cannot wait for a second person", o.Reason); err != nil {
		return nil, err
	}
	now := d.Now()
	o.Break = true
	o.second = &second{assent: vedette.Assent{AskedBy: by, AskedAt: now, At: now, Alone: o.Reason, Unproved: unproved},
		glass: &vedette.Approval{ID: vedette.NewID(now), Urgent: true, AskedBy: by, Asker: vedette.ActorIn(ctx).ID, Reason: o.Reason}}
	if o, err = d.ready(ctx, dr, o); err != nil {
		return nil, err
	}
	return d.Publish(ctx, o)
}

// Review says what a second person makes of what went out on one person's word: it is
// fine, or it is stopped. What was told already is taken back by saying that it was sent
// in error.
func (d *Desk) Review(ctx context.Context, id vedette.ID, fine bool, words, by string) error {
	if err := d.asks(&ctx, rights.Approve); err != nil {
		return err
	}
	a, err := d.approval(ctx, id, true)
	if err != nil {
		return err
	}
	said, err := d.decider(&ctx, &a, by)
	if err != nil {
		return err
	}
	if said.Words = strings.TrimSpace(words); said.Words != "" || !fine {
		if err := vedette.ValidWords("why", said.Words); err != nil {
			return err
		}
	}
	if fine {
		return d.rows.DecideApproval(ctx, &a, "pass", said, d.Now())
	}
	return d.stopAfter(ctx, &a, said)
}

// stopAfter stops what went out. The stop comes first: it is the stronger word, also
// where another says at the same moment that it is fine.
func (d *Desk) stopAfter(ctx context.Context, a *vedette.Approval, said store.Decided) error {
	u, err := d.rows.Update(ctx, a.Draft)
	if err != nil {
		return err
	}
	if u.State != vedette.UpdateStopped {
		if _, err := d.Stop(ctx, a.Draft, said.Words); err != nil {
			return err
		}
	}
	return d.rows.DecideApproval(ctx, a, "stop", said, d.Now())
}
