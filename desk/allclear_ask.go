package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// AskAllClear keeps an all-clear as a draft and asks those who may approve for their word
// about it, where the organisation wants that of a second person. What is in the way of
// giving it is in the way of asking. It is rung about soon where it ends what people
// protect themselves by: they are in shelter meanwhile.
func (d *Desk) AskAllClear(ctx context.Context, o AllClearOrder) (*vedette.Approval, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	o.By = by
	e, _, err := d.givable(ctx, o)
	if err != nil {
		return nil, err
	}
	wants, err := d.WantsApproval(ctx, e.Update)
	if err == nil && !wants {
		err = vedette.Errorf(vedette.CodeInvalid, "nobody is asked: your organisation wants no second person for this; give the all-clear")
	}
	if err == nil {
		err = d.notAsked(ctx, e)
	}
	if err != nil {
		return nil, err
	}
	now := d.Now()
	a := vedette.Approval{ID: vedette.NewID(now), Draft: e.Update.ID, AskedBy: by, Asker: vedette.ActorIn(ctx).ID, EndsAt: now.Add(vedette.ApprovalLife),
		Urgent: len(e.Ends) > 0, Wish: vedette.Wish{Reason: e.Update.Clears.Despite, Weighed: e.weighed()}}
	if err := d.others(ctx, &a); err != nil {
		return nil, err
	}
	if err := d.rows.SaveDraft(ctx, e.Update, now); err != nil {
		return nil, err
	}
	u, err := d.rows.Update(ctx, e.Update.ID)
	if err != nil {
		return nil, err
	}
	a.Sum = u.Sum()
	a, err = d.rows.Ask(ctx, a, len(u.Edits), now)
	return &a, err
}

// notAsked refuses to ask twice for the word about an all-clear of one area.
func (d *Desk) notAsked(ctx context.Context, e *AllClearEffect) error {
	open, err := d.rows.Approvals(ctx)
	if err != nil {
		return err
	}
	for i := range open {
		u, err := d.rows.Update(ctx, open[i].Draft)
		switch {
		case vedette.ErrorCode(err) == vedette.CodeNotFound:
			continue
		case err != nil:
			return err
		}
		if u.Clears != nil && u.Status == e.Update.Status && u.Clears.Area == e.Update.Clears.Area {
			return vedette.Errorf(vedette.CodeConflict, "%s asked for approval of an all-clear for %s already, at %s; it waits", open[i].AskedBy, d.placeName(u.Clears.Area), open[i].AskedAt.UTC().Format("15:04 UTC"))
		}
	}
	return nil
}

// ClearOrder is the order that an all-clear was made by, for it to be looked at, and
// given, as things stand now.
func ClearOrder(u *vedette.Update) AllClearOrder {
	c := u.Clears
	return AllClearOrder{Area: c.Area, Basis: c.Basis, By: c.By, Of: c.Of, Status: u.Status, Accept: c.Despite != "", Reason: c.Despite}
}

// approveClear gives the all-clear that was asked for, by the words of two. Where it would
// end anything else by now than whoever asked weighed, or something else stands against
// it, it is not given: what was published, or declared, meanwhile is the newer word.
func (d *Desk) approveClear(ctx context.Context, u *vedette.Update, a *vedette.Approval, said store.Decided) (*vedette.Update, error) {
	o := ClearOrder(u)
	o.By = a.AskedBy
	e, stands, err := d.clearing(ctx, o)
	if err != nil {
		return nil, err
	}
	if e.weighed() != a.Wish.Weighed {
		return nil, vedette.Errorf(vedette.CodeConflict, "no all-clear was given: what stands there is not what it was when this was asked for; look again, and have it asked for anew")
	}
	p := clearPublishing(u, d.Now(), stands)
	(&second{approval: a.Key, said: said, assent: vedette.Assent{AskedBy: a.AskedBy, AskedAt: a.AskedAt, By: said.By, ByLink: said.ByLink, At: p.At}}).into(&p)
	return d.publishes(ctx, u, "", p)
}

// weighed sums up what an all-clear is weighed against: the last word of each situation it
// is of, what it ends, and what is immediate there and goes on.
func (e *AllClearEffect) weighed() string {
	var all []any
	for _, u := range e.Of {
		all = append(all, u.ID, u.State)
	}
	for _, x := range e.Ends {
		all = append(all, x.Update.ID, x.Text, x.Parts)
	}
	for _, u := range e.Against {
		all = append(all, u.ID)
	}
	b, _ := json.Marshal(all) // words never fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// noAllClear says, as CodeConflict, that a draft is an all-clear: that is given, or asked
// for, by what it is weighed against, and never edited.
func noAllClear(u *vedette.Update) error {
	if u.Clears == nil {
		return nil
	}
	return vedette.Errorf(vedette.CodeConflict, "this is an all-clear that approval was asked for, and no draft to be worked on: give it anew, and it is weighed against what stands then")
}
