package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// ApprovalCard is what waits, or waited, for a second person, with who was rung about it.
type ApprovalCard struct {
	vedette.Approval
	Update  *vedette.Update // nil where the draft was removed
	Rung    []RungLine
	Nobody  bool // no approver can be rung from here
	NotHere []string
}

// RungLine is that an approver was rung over a channel, and what became of it.
type RungLine struct {
	Name    string
	Channel vedette.Channel
	State   vedette.DeliveryState
	At      time.Time
	Detail  string
}

// Approvals lists what waits for a second person, the oldest first.
func (d *Desk) Approvals(ctx context.Context) ([]ApprovalCard, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	list, err := d.rows.Approvals(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]ApprovalCard, len(list))
	for i := range list {
		out[i].Approval = list[i]
		if out[i].Update, err = d.rows.Update(ctx, list[i].Draft); vedette.ErrorCode(err) == vedette.CodeNotFound {
			out[i].Update, err = nil, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ApprovalCard gives one, with who was rung.
func (d *Desk) ApprovalCard(ctx context.Context, id vedette.ID) (*ApprovalCard, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no id of what waits for approval; `vedette approve` lists it", id)
	}
	a, err := d.rows.Approval(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	return d.card(ctx, a)
}

// ApprovalsOf lists all that was asked about an update, the last first.
func (d *Desk) ApprovalsOf(ctx context.Context, update vedette.ID) ([]*ApprovalCard, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	list, err := d.rows.ApprovalsOf(ctx, update)
	if err != nil {
		return nil, err
	}
	out := make([]*ApprovalCard, len(list))
	for i := range list {
		if out[i], err = d.card(ctx, list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (d *Desk) card(ctx context.Context, a vedette.Approval) (*ApprovalCard, error) {
	c := &ApprovalCard{Approval: a}
	var err error
	if c.Update, err = d.rows.Update(ctx, a.Draft); err != nil && vedette.ErrorCode(err) != vedette.CodeNotFound {
		return nil, err
	}
	letters, err := d.rows.LettersAsking(ctx, a.Key)
	if err != nil {
		return nil, err
	}
	list, err := d.rows.Approvers(ctx, vedette.UserRoles)
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		r := RungLine{Name: "somebody who signs in no more", Channel: l.Channel, State: l.State, At: l.MadeAt, Detail: l.Detail}
		if i := slices.IndexFunc(list, func(p store.SealedApprover) bool { return p.Recipient == l.Recipient }); i >= 0 {
			r.Name = list[i].Name
		}
		c.Rung = append(c.Rung, r)
	}
	if a.Open() {
		c.NotHere, c.Nobody = d.notRung(list, &a)
	}
	return c, nil
}

// notRung names those who may approve something and have nowhere to be rung; nobody says
// that there is none who has.
func (d *Desk) notRung(list []store.SealedApprover, a *vedette.Approval) (names []string, nobody bool) {
	over := d.letterChannels()
	if d.Voice != nil {
		over = append(over, vedette.ChannelVoice)
	}
	nobody = true
	for i := range list {
		p := &list[i]
		if a.OfSame(p.ID, p.Name) || !rights.May(p.Role, rights.Approve) {
			continue
		}
		at, err := d.Key.RungAt(p.ReachID, p.WrappedKey, p.Sealed, p.Login)
		if err == nil && slices.ContainsFunc(vedette.WithCall(at), func(a vedette.Address) bool { return slices.Contains(over, a.Channel) }) {
			nobody = false
			continue
		}
		names = append(names, p.Name)
	}
	return names, nobody
}
