package desk

import (
	"context"
	"time"

	"vedette/deliver/gateway"
	"vedette/deliver/provider"
	"vedette/deliver/sms"
	"vedette/deliver/voice"

	"vedette"
)

// HearText takes what a gateway of text messages tells, at the desk it is for: a
// receipt at that whose message it was. Of what somebody writes nobody says to whom, for
// all send from one number: it is for the desk that knows theirs and texted them last;
// a call for help, and a wish to be texted no more, for each that knows them.
func (ds *Desks) HearText(ctx context.Context, name, ref string, c gateway.Call) (say string, err error) {
	list, err := ds.All(ctx)
	if err != nil {
		return "", err
	}
	if len(list) > 1 {
		if list, err = ds.textFor(ctx, list, name, ref, c); err != nil {
			return "", err
		}
	}
	for _, d := range list {
		said, err2 := d.HearText(ctx, name, ref, c)
		if err == nil {
			err = err2 // what the others took is not taken twice when it is told again
		}
		if say == "" {
			say = said
		}
	}
	return say, err
}

// textFor gives the desks that a text is for: one at least.
func (ds *Desks) textFor(ctx context.Context, list []*Desk, name, ref string, c gateway.Call) ([]*Desk, error) {
	told, err := list[0].readText(name, c)
	if err != nil {
		return nil, err
	}
	if told.Receipt() {
		d, err := ds.OfLink(ctx, ref, told.Ref)
		if d == nil {
			d = list[0]
		}
		return []*Desk{d}, err
	}
	var knowing []*Desk
	var last time.Time
	latest := list[0]
	for _, d := range list {
		knows, at, err := d.texted(ctx, told.From)
		if err != nil {
			return nil, err
		}
		if !knows {
			continue
		}
		if len(knowing) == 0 || at.After(last) {
			latest, last = d, at
		}
		knowing = append(knowing, d)
	}
	stop, start := sms.Wish(told.Text)
	kind, ok := sms.Answer(told.Text)
	if len(knowing) > 0 && (stop || start || ok && kind == vedette.ReplyHelp) {
		return knowing, nil
	}
	return []*Desk{latest}, nil
}

// texted says whether a number is somebody's here, of the people or on the rota, and
// when they were texted last, zero for not lately.
func (d *Desk) texted(ctx context.Context, number string) (knows bool, last time.Time, err error) {
	hash := d.Key.Hash("number", number)
	owners, err := d.rows.Owners(ctx, hash)
	if err != nil {
		return false, last, err
	}
	for _, key := range owners {
		to, ok, err := d.textOf(ctx, key)
		if err != nil {
			return false, last, err
		}
		if ok && to.AcceptedAt.After(last) {
			last = to.AcceptedAt
		}
	}
	if len(owners) > 0 {
		return true, last, nil
	}
	turns, err := d.rows.DutiesOf(ctx, hash)
	return len(turns) > 0, last, err
}

// HearCall takes what a gateway of calls tells, at the desk whose call it is.
func (ds *Desks) HearCall(ctx context.Context, name string, step voice.Step, ref string, c gateway.Call) (form string, say voice.Talk, err error) {
	d, err := ds.OfLink(ctx, ref)
	if err == nil && d == nil {
		d, err = ds.First(ctx)
	}
	if err != nil {
		return "", say, err
	}
	return d.HearCall(ctx, name, step, ref, c)
}

// HearMail takes what a provider of mail tells, each event at the desk whose mail it is
// about.
func (ds *Desks) HearMail(ctx context.Context, name string, c provider.Call) (t MailTold, err error) {
	first, err := ds.First(ctx)
	if err != nil {
		return t, err
	}
	inside(&ctx)
	events, err := first.readMail(name, c)
	if err != nil {
		return t, err
	}
	var order []*Desk
	of := map[*Desk][]provider.Event{}
	for _, e := range events {
		d, err := ds.OfLink(ctx, e.Tokens...)
		if err != nil {
			return t, err
		}
		if d == nil {
			d = first
		}
		if of[d] == nil {
			order = append(order, d)
		}
		of[d] = append(of[d], e)
	}
	for _, d := range order {
		if err := d.takeMail(ctx, name, of[d], &t); err != nil {
			return t, err
		}
	}
	return t, t.wait()
}
