package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/deliver/bounce"
	"vedette/deliver/provider"
)

// MailTold counts what a provider of mail told in one call.
type MailTold struct {
	Events int // of mails of ours, that were not told before
	Moved  int // of which the ledger says another thing now
	Dead   int // by which an address is not written to any more
	Spared int // by which one gets only what warns
	Left   int // that were about nothing here
}

// HearMail takes what a provider of mail tells. What was told before changes
// nothing. A provider that is not configured is CodeNotFound, a call that is not
// its own CodeForbidden, an old one CodeExpired.
func (d *Desk) HearMail(ctx context.Context, name string, c provider.Call) (t MailTold, err error) {
	var p *provider.Provider
	if d.Providers != nil {
		p, _ = d.Providers.Provider(name)
	}
	if p == nil {
		return t, vedette.Errorf(vedette.CodeNotFound, "no such provider is configured here")
	}
	events, err := p.Hear(c, d.Now())
	if err != nil {
		return t, err
	}
	pauses := receiptTries
	for i := range events {
		if err := d.hearMailEvent(ctx, name, &events[i], &t, &pauses); err != nil {
			return t, err
		}
	}
	return t, nil
}

// hearMailEvent takes one event. What is about nothing here keeps none of the
// others from being taken.
func (d *Desk) hearMailEvent(ctx context.Context, name string, e *provider.Event, t *MailTold, pauses *int) error {
	key := d.Key.Hash("heard", name+" mail "+e.Key)
	if known, err := d.rows.Heard(ctx, key); err != nil || known {
		return err
	}
	b, err := d.toldOfMail(ctx, &e.Returned, pauses)
	switch vedette.ErrorCode(err) {
	case "":
		t.Events++
		t.Moved += count(b.Moved)
		t.Dead += count(b.Dead)
		t.Spared += count(b.Spared)
	case vedette.CodeInvalid, vedette.CodeForbidden, vedette.CodeNotFound, vedette.CodeExpired:
		t.Left++
	default:
		return err
	}
	return d.rows.NoteHeard(ctx, key, d.Now())
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// toldOfMail notes one event. It may be here before the answer to the mail is
// written down, some milliseconds later: a call is given so long, for all its
// events together.
func (d *Desk) toldOfMail(ctx context.Context, rep *bounce.Returned, pauses *int) (*Bounced, error) {
	for {
		b, err := d.cameBack(ctx, rep)
		if err != nil || b.Moved || rep.Action != bounce.Failed && rep.Action != bounce.Delivered || *pauses <= 0 {
			return b, err
		}
		*pauses--
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(receiptPause):
		}
	}
}
