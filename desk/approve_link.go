package desk

import (
	"context"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/store"
)

// WordPage is what the page behind an approver's link shows.
type WordPage struct {
	vedette.Approval
	Update *vedette.Update
	Name   string // whose link it is
	PIN    bool   // they have one that is good: else they sign in
	Count  int    // how many people publishing it tells; 0 where it is published
	In     int
	MayBe  int
	Clear  *AllClearEffect // of an all-clear: what it does as things stand; nil for anything else
	who    store.SealedApprover
}

// OpenWord reads the link that an approver was sent. It changes nothing. Altered links are
// CodeForbidden, old ones CodeExpired; of what waits no more it is CodeConflict, which says
// what became of it. The link is of one asking and one approver.
func (d *Desk) OpenWord(ctx context.Context, token string) (*WordPage, error) {
	inside(&ctx)
	call, err := d.Key.OpenCall(token, d.Now())
	if err != nil {
		return nil, err
	}
	if call.Org != d.Org.Key {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this link is not for this organisation")
	}
	p := &WordPage{}
	if p.who, err = d.rows.ApproverOf(ctx, 0, call.Recipient); err != nil {
		return nil, gone(err)
	}
	if err := d.mayAnswer(ctx, &p.who); err != nil {
		return nil, err
	}
	if p.Approval, err = d.rows.Approval(ctx, "", call.Approval); err != nil {
		return nil, gone(err)
	}
	p.Name, p.PIN = p.who.Name, p.who.HasPIN && p.who.Wrong < store.MaxWrongPINs
	switch {
	case p.OfSame(p.who.ID, p.who.Name):
		return nil, vedette.Errorf(vedette.CodeForbidden, "%s gave the first word, so it is for somebody else to give the second", p.who.Name)
	case !p.Open():
		return nil, store.Settled(&p.Approval)
	}
	return p, d.fillWord(ctx, p)
}

// mayAnswer says, as CodeForbidden, that whose link it is may not approve any more, or has
// an address that somebody who is compromised has.
func (d *Desk) mayAnswer(ctx context.Context, a *store.SealedApprover) error {
	if !a.Closed.IsZero() || !rights.May(a.Role, rights.Approve) {
		return noLonger()
	}
	shut, err := d.rows.Shut(ctx)
	if err != nil || len(shut.Addresses) == 0 {
		return err
	}
	list, err := d.Key.RungAt(a.ReachID, a.WrappedKey, a.Sealed, a.Login)
	for _, at := range list {
		if shut.Addresses[string(d.Key.Hash(vedette.DeadAddressKind, at.Value))] {
			return noLonger()
		}
	}
	return err
}

func (d *Desk) fillWord(ctx context.Context, p *WordPage) (err error) {
	if p.Glass {
		p.Update, err = d.rows.Update(ctx, p.Draft)
		return err
	}
	dr, err := d.Draft(ctx, p.Draft)
	if err != nil {
		return err
	}
	p.Update = dr.Update
	if p.Update.Clears != nil {
		if p.Clear, err = d.PreviewAllClear(ctx, ClearOrder(p.Update)); err == nil {
			p.Count, p.In, p.MayBe = p.Clear.Told, p.Clear.There, p.Clear.Elsewhere
		}
		return err
	}
	pv, err := d.Preview(ctx, dr, PublishOrder{})
	p.Count, p.In, p.MayBe = pv.Concerned, pv.In, pv.MayBe
	return err
}

// WordAnswer is what an approver presses on the page behind their link.
type WordAnswer struct {
	Do    string // approve, refuse; of what went out alone: fine, stop
	PIN   string
	Words string // why, of refuse and stop
}

// GiveWord does what an approver pressed, once they typed their PIN: a link alone may
// have been passed on. Who has none, or typed it wrong too often, signs in instead. It
// gives the update where one was published.
func (d *Desk) GiveWord(ctx context.Context, token string, a WordAnswer) (*vedette.Update, error) {
	inside(&ctx)
	p, err := d.OpenWord(ctx, token)
	if err != nil {
		return nil, err
	}
	if err := d.provesByPIN(ctx, p, a.PIN); err != nil {
		return nil, err
	}
	ctx = vedette.Acting(ctx, ActorOf(&p.who.User, vedette.ViaLink))
	switch a.Do {
	case "approve":
		return d.Approve(ctx, p.ID, p.Name)
	case "refuse":
		return nil, d.RefuseApproval(ctx, p.ID, a.Words, p.Name)
	case "fine", "stop":
		return nil, d.Review(ctx, p.ID, a.Do == "fine", a.Words, p.Name)
	}
	return nil, vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
}

// provesByPIN says, as CodeForbidden, that a PIN is not that of whose link it is. A try
// is counted in the store, before it is looked at.
func (d *Desk) provesByPIN(ctx context.Context, p *WordPage, pin string) error {
	if auth.CheckPIN(pin) != nil { // nobody has it
		return vedette.Errorf(vedette.CodeForbidden, "nothing was done: type your PIN")
	}
	hash, err := d.rows.TryPIN(ctx, p.who.Key)
	if err != nil {
		return err
	}
	if hash == "" {
		return vedette.Errorf(vedette.CodeForbidden, "nothing was done: you have no PIN that is good, so sign in and decide it there")
	}
	right, _, err := d.door.verify(ctx, true, hash, pin)
	if err != nil {
		return err
	}
	if !right {
		return vedette.Errorf(vedette.CodeForbidden, "nothing was done: that is not your PIN. After %d wrong ones it is good no more, and you sign in instead", store.MaxWrongPINs)
	}
	return d.rows.RightPIN(ctx, p.who.Key)
}
