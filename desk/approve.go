package desk

import (
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// second is on whose word a draft goes out besides that of whoever wants it to.
type second struct {
	assent   vedette.Assent
	approval int64 // key of the asking; 0 where the glass is broken
	said     store.Decided
	glass    *vedette.Approval
}

// into puts it into what the store is told.
func (s *second) into(p *store.PublishOrder) {
	if s != nil {
		p.Assent, p.Approval, p.Said, p.Glass = &s.assent, s.approval, s.said, s.glass
	}
}

// WantsApproval says whether a draft, published by whoever acts, goes by a second person:
// where the organisation wants one for what it says, and, where it wants one for
// anything, for all that somebody has written who may not publish.
func (d *Desk) WantsApproval(ctx context.Context, u *vedette.Update) (bool, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return false, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return false, err
	}
	may := rights.Allows(vedette.ActorIn(ctx), rights.Publish)
	return set.Approval.Wants(u) || set.Approval != vedette.ApproveNone && !may, nil
}

// needsNobody says, as CodeConflict, that a draft goes out by the word of a second person
// alone, and this is not it.
func (d *Desk) needsNobody(ctx context.Context, u *vedette.Update, o PublishOrder) error {
	if o.second != nil {
		return nil
	}
	wants, err := d.WantsApproval(ctx, u)
	if err == nil && wants {
		err = vedette.Errorf(vedette.CodeConflict, "not published: your organisation wants the word of a second person for this; ask for approval. An immediate warning may break the glass, with a reason")
	}
	return err
}

// AskApproval keeps a draft as it is to be published and asks those who may approve for
// their word. What is in the way of publishing it is in the way of asking. They are rung
// one after the other; the asking ends with any change of the draft, and after
// [vedette.ApprovalLife].
func (d *Desk) AskApproval(ctx context.Context, dr *Draft, o PublishOrder) (*vedette.Approval, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	wants, err := d.WantsApproval(ctx, dr.Update)
	if err == nil && !wants {
		err = vedette.Errorf(vedette.CodeInvalid, "nobody is asked: your organisation wants no second person for this; publish it")
	}
	if err != nil {
		return nil, err
	}
	now := d.Now()
	a := vedette.Approval{ID: vedette.NewID(now), Draft: dr.Update.ID, AskedBy: by, Asker: vedette.ActorIn(ctx).ID, EndsAt: now.Add(vedette.ApprovalLife),
		Urgent: dr.Update.Content.Urgency == vedette.UrgencyImmediate, Wish: vedette.Wish{Accept: o.Accept, Reason: o.Reason, Again: o.Again}}
	if err := d.others(ctx, &a); err != nil {
		return nil, err
	}
	if open, err := d.askedOf(ctx, dr.Update.ID); err != nil {
		return nil, err
	} else if open != nil {
		return nil, vedette.Errorf(vedette.CodeConflict, "%s asked for approval already, at %s; it waits", open.AskedBy, open.AskedAt.UTC().Format("15:04 UTC"))
	}
	o.Break, o.asks = false, true
	if o, err = d.ready(ctx, dr, o); err != nil {
		return nil, err
	}
	u, err := d.keptAsWished(ctx, o)
	if err != nil {
		return nil, err
	}
	a.Draft, a.Sum = u.ID, u.Sum()
	a, err = d.rows.Ask(ctx, a, len(u.Edits), now)
	return &a, err
}

// keptAsWished keeps in a draft what the order says of it, so that it is all there for
// whoever approves, and gives it as the store has it.
func (d *Desk) keptAsWished(ctx context.Context, o PublishOrder) (*vedette.Update, error) {
	u, err := d.rows.Update(ctx, o.Draft)
	if err != nil {
		return nil, err
	}
	if err := d.taken(ctx, u, o); err != nil {
		return nil, err
	}
	situation, err := d.situationOf(ctx, o)
	if err != nil {
		return nil, err
	}
	u.Corrects, u.Situation.ID = o.Corrects, situation
	if err := d.rows.ReadyDraft(ctx, u, len(u.Edits), d.Now()); err != nil {
		return nil, err
	}
	return d.rows.Update(ctx, o.Draft)
}

// others says, as CodeConflict, that nobody is there who could approve.
func (d *Desk) others(ctx context.Context, a *vedette.Approval) error {
	some, err := d.rows.HasUsers(ctx)
	if err != nil || !some {
		return err
	}
	list, err := d.rows.Approvers(ctx, rights.Who(rights.Approve))
	if err == nil && !slices.ContainsFunc(list, func(p store.SealedApprover) bool { return !a.OfSame(p.ID, p.Name) }) {
		err = vedette.Errorf(vedette.CodeConflict, "nobody is asked: there is no approver besides you; an administrator adds one, or sets approval to none. An immediate warning may break the glass")
	}
	return err
}

// askedOf is what is asked about a draft, nil for nothing.
func (d *Desk) askedOf(ctx context.Context, draft vedette.ID) (*vedette.Approval, error) {
	list, err := d.rows.ApprovalsOf(ctx, draft)
	for i := range list {
		if list[i].State == vedette.ApprovalAsked {
			return &list[i], err
		}
	}
	return nil, err
}

// decider is who gives the second word: whoever is signed in. On the command line it is
// who is named, which has to be somebody who may approve as soon as anybody signs in.
func (d *Desk) decider(ctx *context.Context, a *vedette.Approval, by string) (s store.Decided, err error) {
	actor := vedette.ActorIn(*ctx)
	if s.By, err = named(by); err != nil {
		return s, err
	}
	s.Decider, s.ByLink = actor.ID, actor.Via == vedette.ViaLink
	if actor.ID != "" {
		s.By = actor.Name
	} else if some, err := d.rows.HasUsers(*ctx); err != nil {
		return s, err
	} else if some {
		list, err := d.rows.Approvers(*ctx, rights.Who(rights.Approve))
		if err != nil {
			return s, err
		}
		i := slices.IndexFunc(list, func(p store.SealedApprover) bool {
			return vedette.SameName(p.Name, s.By) || p.Login == vedette.CleanLogin(s.By)
		})
		if i < 0 {
			return s, vedette.Errorf(vedette.CodeNotFound, "nobody who may approve is named %q; say who you are with --by, as `vedette user list` has it", s.By)
		}
		s.By, s.Decider = list[i].Name, list[i].ID
		*ctx = vedette.Acting(*ctx, vedette.Actor{Via: actor.Via, Name: s.By, ID: s.Decider}) // for the record
	}
	if a.OfSame(s.Decider, s.By) {
		what := "asked for it"
		if a.Glass {
			what = "published it"
		}
		return s, vedette.Errorf(vedette.CodeForbidden, "%s %s, so it is for somebody else to give the second word", s.By, what)
	}
	return s, nil
}

// Approve publishes a draft exactly as it was asked for. Where another was first, or the
// draft is another by now, nothing goes out and the error says what happened.
func (d *Desk) Approve(ctx context.Context, id vedette.ID, by string) (*vedette.Update, error) {
	if err := d.asks(&ctx, rights.Approve); err != nil {
		return nil, err
	}
	a, err := d.approval(ctx, id, false)
	if err != nil {
		return nil, err
	}
	said, err := d.decider(&ctx, &a, by)
	if err != nil {
		return nil, err
	}
	u, err := d.approve(ctx, &a, said)
	if vedette.ErrorCode(err) == vedette.CodeConflict { // another was first, perhaps: then that is what is to be said
		if _, err := d.approval(ctx, id, false); err != nil {
			return nil, err
		}
	}
	return u, err
}

func (d *Desk) approve(ctx context.Context, a *vedette.Approval, said store.Decided) (*vedette.Update, error) {
	dr, err := d.Draft(ctx, a.Draft)
	if err != nil {
		return nil, err
	}
	u := dr.Update
	if u.Sum() != a.Sum {
		return nil, vedette.Errorf(vedette.CodeConflict, "the draft is not the one that was asked for; have it asked for anew")
	}
	now := d.Now()
	if !now.Before(a.EndsAt) {
		return nil, vedette.Errorf(vedette.CodeConflict, "nobody answered in time, so the asking ended at %s; have it asked for anew", a.EndsAt.UTC().Format("15:04 UTC"))
	}
	if u.Clears != nil {
		return d.approveClear(ctx, u, a, said)
	}
	o := PublishOrder{Draft: u.ID, Accept: a.Wish.Accept, Reason: a.Wish.Reason, Again: a.Wish.Again, Seen: len(u.Edits)}.of(u)
	o.second = &second{approval: a.Key, said: said, assent: vedette.Assent{AskedBy: a.AskedBy, AskedAt: a.AskedAt, By: said.By, ByLink: said.ByLink, At: now}}
	odds, err := d.check(ctx, dr, o)
	if err != nil {
		return nil, err
	}
	for _, f := range odds {
		if !slices.ContainsFunc(u.Accepted, func(x vedette.Finding) bool { return x.Code == f.Code && x.Message == f.Message }) {
			return nil, vedette.Errorf(vedette.CodeConflict, "not published: what is at odds is not what it was when this was asked for; have it asked for anew (%s)", f.Message)
		}
	}
	return d.goesOut(ctx, u, o)
}

// approval gives what waits for a second person, of one kind; what waits no more is
// CodeConflict, which says what became of it.
func (d *Desk) approval(ctx context.Context, id vedette.ID, glass bool) (a vedette.Approval, err error) {
	if !id.Valid() {
		return a, vedette.Errorf(vedette.CodeInvalid, "%q is no id of what waits for approval; `vedette approve` lists it", id)
	}
	if a, err = d.rows.Approval(ctx, id, 0); err != nil {
		return a, err
	}
	switch {
	case !a.Open():
		return a, store.Settled(&a)
	case a.Glass && !glass:
		return a, vedette.Errorf(vedette.CodeConflict, "it is published already, on the word of %s alone; look at it, and say whether it is fine or is to be stopped", a.AskedBy)
	case !a.Glass && glass:
		return a, vedette.Errorf(vedette.CodeConflict, "it is not published: approve or refuse it")
	}
	return a, nil
}

// RefuseApproval says no, with words that whoever asked sees. The draft stays.
func (d *Desk) RefuseApproval(ctx context.Context, id vedette.ID, words, by string) error {
	if err := d.asks(&ctx, rights.Approve); err != nil {
		return err
	}
	a, err := d.approval(ctx, id, false)
	if err != nil {
		return err
	}
	said, err := d.decider(&ctx, &a, by)
	if err != nil {
		return err
	}
	if said.Words = strings.TrimSpace(words); said.Words == "" {
		return vedette.Errorf(vedette.CodeInvalid, "say why: whoever asked is to know what to mend")
	}
	if err := vedette.ValidWords("why", said.Words); err != nil {
		return err
	}
	return d.rows.DecideApproval(ctx, &a, "refuse", said, d.Now())
}

// WithdrawApproval takes an asking back. Whoever may change the draft may.
func (d *Desk) WithdrawApproval(ctx context.Context, id vedette.ID, by string) error {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return err
	}
	by, err := named(by)
	if err != nil {
		return err
	}
	a, err := d.approval(ctx, id, false)
	if err != nil {
		return err
	}
	return d.rows.DecideApproval(ctx, &a, "withdraw", store.Decided{By: by, Decider: vedette.ActorIn(ctx).ID}, d.Now())
}
