package desk

import (
	"context"
	"slices"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/deliver/bounce"
	"vedette/store"
)

// unwanted notes that somebody called a mail spam, or unsubscribed: what merely
// informs does not go to that address any more, and the desk is asked to agree
// with them how they are told. What warns still goes there, as it breaks every
// other wish: it is for their safety, and they may have pressed by mistake, or
// their mail program for them.
func (d *Desk) unwanted(ctx context.Context, rep *bounce.Returned, of auth.Return) (*Bounced, error) {
	out := &Bounced{Words: strings.TrimSpace(string(rep.Action) + " " + rep.Why)}
	person, err := of.Recipient, error(nil)
	if of.Update == 0 {
		person, err = d.rows.LetterTo(ctx, of.Recipient)
	} else {
		out.Update, err = d.rows.UpdateByKey(ctx, of.Update)
	}
	if err != nil {
		return nil, err
	}
	people, err := d.rows.PersonsByKey(ctx, []int64{person})
	sp, ok := people[person]
	if err != nil || !ok || sp.Erased {
		return out, err // a manager who is told of somebody's trip, a system
	}
	p := d.unveiled(&sp)
	out.Person = d.open(ctx, &sp).Record.Name
	if shut, err := d.rows.IsShut(ctx, person); err != nil || shut {
		return out, err // nothing is sent to them, and nothing of theirs believed
	}
	return out, d.spare(ctx, rep, of, &p, out)
}

// mailSlot is the slot of the address that a mail went to.
func mailSlot(of auth.Return) int {
	if of.Update == 0 {
		return vedette.AddressEmail
	}
	return of.Address
}

// spare spares an address of somebody, unless the report names one of another
// domain: that was passed on to, or they have a new one by now. Within a domain the
// name may have been taken out (RFC 6590).
func (d *Desk) spare(ctx context.Context, rep *bounce.Returned, of auth.Return, p *vedette.Person, out *Bounced) error {
	a, ok := p.Record.Address(mailSlot(of))
	_, home, _ := strings.Cut(a.Value, "@")
	named := len(rep.For) == 0 || slices.ContainsFunc(rep.For, func(s string) bool {
		_, at, _ := strings.Cut(s, "@")
		return strings.EqualFold(at, home)
	})
	if !ok || a.Channel != vedette.ChannelEmail {
		return nil
	}
	verb := map[bounce.Action]string{bounce.Complained: "called a mail from here spam", bounce.Unsubscribed: "unsubscribed"}[rep.Action]
	if !named {
		return d.bid(ctx, vedette.TaskStopped, "Agree with person "+string(p.ID)+" how they are told: somebody their mail is passed on to "+verb)
	}
	var err error
	out.Spared, err = d.rows.SpareAddress(ctx, store.DeadAddress{Hash: d.Key.Hash(vedette.DeadAddressKind, a.Value), Person: p.Key, Address: a.No, Since: d.Now(), Reason: "they " + verb},
		mailed(of))
	if err != nil || !out.Spared {
		return err
	}
	return d.bid(ctx, vedette.TaskStopped, "Agree with person "+string(p.ID)+" how they are told: they "+verb+", so only what warns goes there")
}
