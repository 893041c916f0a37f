package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/deliver/bounce"
	"vedette/store"
)

// Bounced is what a mail that came back did.
type Bounced struct {
	Update *vedette.Update // nil of a letter about a case
	Person string          // name, "" where it was no person's
	Moved  bool            // the ledger says another thing now
	Dead   bool            // the address is not written to any more
	Spared bool            // only what warns goes to the address from now on
	Early  bool            // its mail is on its way still, by what is written down: to be read again
	Words  string          // what the report says
}

// Bounce reads a mail that came back, and notes in the ledger what it says; or
// one that somebody wrote back, as their answer. A mail that is neither is
// CodeInvalid or CodeForbidden.
func (d *Desk) Bounce(ctx context.Context, raw []byte) (*Bounced, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return nil, err
	}
	rep, err := bounce.Read(raw)
	if err != nil {
		return d.mailAnswer(ctx, raw, err)
	}
	pauses := receiptTries
	return d.cameBackSoon(ctx, rep, &pauses)
}

// cameBackSoon notes what a mail server, or a provider, says of a mail. That may be
// here before the answer to the mail is written down, some milliseconds later: so
// long it waits, in so many pauses. What is still early then is not noted, and is to
// be told again.
func (d *Desk) cameBackSoon(ctx context.Context, rep *bounce.Returned, pauses *int) (*Bounced, error) {
	for {
		// Looked at before: what is settled between the two is moved by the second.
		way, err := d.onItsWay(ctx, rep)
		if err != nil {
			return nil, err
		}
		b, err := d.cameBack(ctx, rep)
		if err != nil || b.Moved || !way {
			return b, err
		}
		if *pauses <= 0 {
			b.Early = true
			return b, nil
		}
		*pauses--
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(receiptPause):
		}
	}
}

// onItsWay says whether a report would move a delivery, or a letter, whose result is
// not written down yet.
func (d *Desk) onItsWay(ctx context.Context, rep *bounce.Returned) (bool, error) {
	of, err := d.returned(rep.Tokens)
	if err != nil || rep.Action != bounce.Failed && rep.Action != bounce.Delivered {
		return false, nil // cameBack says what is wrong with it
	}
	way, _, err := d.rows.OnItsWay(ctx, mailed(of))
	return way, err
}

// mailed is the mail that a token names, as the store knows it.
func mailed(of auth.Return) store.Mailed {
	return store.Mailed{Update: of.Update, Recipient: of.Recipient, Round: of.Round, Address: of.Address}
}

// cameBack notes in the ledger what a mail server, or a provider, says of a mail.
func (d *Desk) cameBack(ctx context.Context, rep *bounce.Returned) (*Bounced, error) {
	of, err := d.returned(rep.Tokens)
	if err != nil {
		return nil, err
	}
	switch {
	case rep.Action.Wished():
		return d.unwanted(ctx, rep, of)
	case of.Update == 0:
		return d.letterBack(ctx, rep, of)
	}
	u, err := d.rows.UpdateByKey(ctx, of.Update)
	if err != nil {
		return nil, err
	}
	out := &Bounced{Update: u, Words: strings.TrimSpace(string(rep.Action) + " " + rep.Status + " " + rep.Why)}
	b := store.Bounce{Update: of.Update, Recipient: of.Recipient, Round: of.Round, Address: of.Address, Arrived: rep.Action == bounce.Delivered, At: d.Now()}
	if !b.Arrived {
		b.Detail = "came back: " + strings.TrimSpace(rep.Status+" "+rep.Why)
	}
	if err := d.deadBy(ctx, rep, of, &b, out); err != nil {
		return nil, err
	}
	if rep.Action != bounce.Failed && rep.Action != bounce.Delivered {
		return out, nil // it may still arrive
	}
	out.Dead = b.Dead != nil
	out.Moved, err = d.rows.Bounce(ctx, b)
	return out, err
}

// returned opens the first token that is one of ours.
func (d *Desk) returned(tokens []string) (auth.Return, error) {
	for _, t := range tokens {
		if r, err := d.Key.OpenReturn(t); err == nil && r.Org == d.Org.Key {
			return r, nil
		}
	}
	return auth.Return{}, vedette.Errorf(vedette.CodeForbidden, "this report is about no mail that was sent from here")
}

// deadBy names the person, and their address where the report is about that
// very one and says that it is no mailbox: what it was forwarded to may be dead
// while the address is not, and they may have another by now.
func (d *Desk) deadBy(ctx context.Context, rep *bounce.Returned, of auth.Return, b *store.Bounce, out *Bounced) error {
	people, err := d.rows.PersonsByKey(ctx, []int64{of.Recipient})
	sp, ok := people[of.Recipient]
	if err != nil || !ok || sp.Erased {
		return err
	}
	p := d.unveiled(&sp)
	out.Person = d.open(ctx, &sp).Record.Name
	a, ok := p.Record.Address(of.Address)
	named := slices.ContainsFunc(rep.For, func(s string) bool { return strings.EqualFold(s, a.Value) })
	if ok && named && rep.Dead() {
		b.Dead = d.Key.Hash(vedette.DeadAddressKind, a.Value)
	}
	return nil
}

// DeadAddress is an address that is not written to.
type DeadAddress struct {
	Person  vedette.Person
	Address string
	store.DeadAddress
}

// DeadAddresses lists the addresses that are not written to, the newest first.
func (d *Desk) DeadAddresses(ctx context.Context) ([]DeadAddress, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	list, err := d.rows.DeadAddresses(ctx)
	if err != nil {
		return nil, err
	}
	keys := make([]int64, len(list))
	for i := range list {
		keys[i] = list[i].Person
	}
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]DeadAddress, 0, len(list))
	for _, x := range list {
		a := DeadAddress{DeadAddress: x, Address: "(replaced since)"}
		if sp, ok := people[x.Person]; ok {
			a.Person = d.open(ctx, &sp)
		}
		if a.Person.Veiled {
			a.Address, a.Reason = notShown, notShown
		}
		for _, have := range a.Person.Record.Addresses {
			if string(d.Key.Hash(vedette.DeadAddressKind, have.Value)) == string(x.Hash) {
				a.Address = have.Value
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// LiftDead lets an address be written to again: one that is given, or all of a
// person.
func (d *Desk) LiftDead(ctx context.Context, whose, by string) (n int, err error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return 0, err
	}
	if by, err = named(by); err != nil {
		return 0, err
	}
	list, err := d.DeadAddresses(ctx)
	if err != nil {
		return 0, err
	}
	key := int64(0)
	if p, err := d.Person(ctx, whose); err == nil {
		key = p.Key
	}
	lifted := map[string]bool{} // one may be on the list twice: dead, and spared
	for _, x := range list {
		if lifted[string(x.Hash)] || x.Person.Key != key && !strings.EqualFold(x.Address, strings.TrimSpace(whose)) {
			continue
		}
		lifted[string(x.Hash)] = true
		if err := d.rows.LiftDead(ctx, x.Hash, by, d.Now()); err != nil {
			return n, err
		}
		n++
	}
	if n == 0 {
		return 0, vedette.Errorf(vedette.CodeNotFound, "no address of %q is among the dead ones; \"vedette bounces list\" lists them", whose)
	}
	return n, nil
}

// Of names what came back.
func (b *Bounced) Of() string {
	if b.Update == nil {
		return "a letter about a case"
	}
	return fmt.Sprintf("update %d", b.Update.Number)
}

// Said is what a mail that came back did, in a sentence.
func (b *Bounced) Said() string {
	who := b.Person
	if who == "" {
		who = "a recipient"
	}
	s := fmt.Sprintf("%s, %s: %s", b.Of(), who, b.Words)
	switch {
	case b.Early:
		return s + "; its mail is on its way still, by what is written down here: read this again in some minutes"
	case b.Dead:
		return s + "; the address is not written to any more"
	case b.Spared:
		return s + "; only what warns goes to the address from now on"
	case !b.Moved:
		return s + "; nothing changed"
	}
	return s
}
