package engine

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/deliver"
	"vedette/rota"
	"vedette/store"
)

// ringApprovers rings, step by step, those who may give their word to what waits for it,
// and ends what nobody answered in time.
func (b *branch) ringApprovers(ctx context.Context) error {
	if _, err := b.rows.LapseApprovals(ctx, b.Now()); err != nil {
		return err
	}
	due, err := b.rows.ApprovalsDue(ctx, b.Now())
	if err != nil || len(due) == 0 {
		return err
	}
	list, err := b.approvers(ctx)
	if err != nil {
		return err
	}
	duties, err := b.rows.Duties(ctx, time.Time{})
	if err != nil {
		return err
	}
	turns := make([]vedette.Duty, len(duties))
	for i := range duties {
		turns[i] = duties[i].Duty
	}
	set, err := b.rows.Settings(ctx)
	if err != nil {
		return err
	}
	for i := range due {
		a := &due[i]
		may := slices.DeleteFunc(slices.Clone(list), func(p vedette.Approver) bool { return !mayDecide(a, &p.User) })
		who, next := rota.RingNext(a, may, turns, set.TakeWithin(), b.Now())
		var ring []store.Ringing
		for _, p := range who {
			where := p.Addresses
			if w := written(where); !a.Urgent && len(w) > 0 {
				where = w // what can wait until they read it calls nobody
			}
			ring = append(ring, store.Ringing{User: p.User, Where: where})
		}
		if _, err := b.rows.StepApproval(ctx, a, ring, next, b.Now()); err != nil {
			return err
		}
	}
	return nil
}

// mayDecide says whether somebody may give the second word.
func mayDecide(a *vedette.Approval, u *vedette.User) bool {
	return !a.OfSame(u.ID, u.Name) && u.Closed.IsZero() && rights.May(u.Role, rights.Approve)
}

// approvers are those who may approve and can be rung, with where.
func (b *branch) approvers(ctx context.Context) (out []vedette.Approver, err error) {
	reach, err := b.reach(ctx, ofDesk)
	if err != nil {
		return nil, err
	}
	shut, err := b.rows.Shut(ctx)
	if err != nil {
		return nil, err
	}
	list, err := b.rows.Approvers(ctx, rights.Who(rights.Approve))
	if err != nil {
		return nil, err
	}
	for i := range list {
		p := vedette.Approver{User: list[i].User, Recipient: list[i].Recipient}
		if p.Addresses, err = b.Key.RungAt(list[i].ReachID, list[i].WrappedKey, list[i].Sealed, list[i].Login); err != nil {
			b.Log.Error("where an approver is rung cannot be opened: say it anew", "user", list[i].ID, "err", err)
			continue
		}
		p.Addresses = slices.DeleteFunc(vedette.WithCall(p.Addresses), func(a vedette.Address) bool {
			return !slices.Contains(reach, a.Channel) || shut.Addresses[string(b.Key.Hash(vedette.DeadAddressKind, a.Value))]
		})
		if len(p.Addresses) > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

// askLetter makes what an approver is told; or says by what event it ends unsent, and why.
func (b *branch) askLetter(ctx context.Context, c *store.ClaimedLetter) (m deliver.Message, event, why string, err error) {
	a, err := b.rows.Approval(ctx, "", c.Approval)
	if err != nil {
		return m, "", "", err
	}
	if !a.Open() {
		return m, "withhold", string(a.State), nil
	}
	p, err := b.rows.ApproverOf(ctx, 0, c.Recipient)
	if err != nil {
		return m, "", "", err
	}
	if !mayDecide(&a, &p.User) {
		return m, "withhold", "they may not approve it any more", nil
	}
	list, err := b.Key.RungAt(p.ReachID, p.WrappedKey, p.Sealed, p.Login)
	if err != nil {
		return m, "fail", err.Error(), nil
	}
	rec := vedette.PersonRecord{Addresses: vedette.WithCall(list)}
	to, ok := rec.Address(c.Address)
	if !ok {
		return m, "fail", "they are rung elsewhere now", nil
	}
	if why, err := b.mayNotKnow(ctx, c, to.Value); err != nil || why != "" {
		return m, "withhold", why, err
	}
	u, err := b.rows.Update(ctx, a.Draft)
	if err != nil {
		return m, "", "", err
	}
	o := deliver.Asking{Org: b.orgName(), Status: u.Status, Headline: headlineOf(u), AllClear: u.Clears != nil, Risk: u.Content.Risk, Urgency: u.Content.Urgency, By: a.AskedBy, Reason: a.Reason, At: a.AskedAt, Ends: a.EndsAt,
		Link: b.BaseURL + "/r/approve/" + b.Key.SignCall(auth.Call{Org: b.org.Key, Approval: a.Key, Recipient: c.Recipient, Expires: c.MadeAt.Add(passLife)})}
	m = o.Message(c.Channel == vedette.ChannelSMS)
	m.To, m.ToName = to.Value, deliver.Clean(p.Name)
	return m, "", "", nil
}

func headlineOf(u *vedette.Update) string {
	if u.Clears != nil {
		return u.Content.Title + ": " + u.Clears.Basis
	}
	if u.Content.Headline != "" {
		return u.Content.Headline
	}
	return u.Content.Title
}
