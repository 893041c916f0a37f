package desk

import (
	"context"

	"vedette"
	"vedette/deliver/provider"
)

// MailTold counts what a provider of mail told in one call.
type MailTold struct {
	Events int // of mails of ours, that were not told before
	Moved  int // of which the ledger says another thing now
	Dead   int // by which an address is not written to any more
	Spared int // by which one gets only what warns
	Left   int // that were about nothing here
	Early  int // of mails that are on their way still: to be told again
}

// HearMail takes what a provider of mail tells. What was told before changes
// nothing. A provider that is not configured is CodeNotFound, a call that is not
// its own CodeForbidden, an old one CodeExpired; one that tells of a mail whose
// result is not written down yet is CodeUnavailable, with all else of it taken.
func (d *Desk) HearMail(ctx context.Context, name string, c provider.Call) (t MailTold, err error) {
	inside(&ctx)
	events, err := d.readMail(name, c)
	if err != nil {
		return t, err
	}
	if err := d.takeMail(ctx, name, events, &t); err != nil {
		return t, err
	}
	return t, t.wait()
}

// readMail reads a call of a provider of mail, once it is proved to be its own.
func (d *Desk) readMail(name string, c provider.Call) ([]provider.Event, error) {
	if d.Providers != nil {
		if p, ok := d.Providers.Provider(name); ok {
			return p.Hear(c, d.Now())
		}
	}
	return nil, vedette.Errorf(vedette.CodeNotFound, "no such provider is configured here")
}

// takeMail takes events, and counts in t what they did.
func (d *Desk) takeMail(ctx context.Context, name string, events []provider.Event, t *MailTold) error {
	pauses := receiptTries
	for i := range events {
		if err := d.hearMailEvent(ctx, name, &events[i], t, &pauses); err != nil {
			return err
		}
	}
	return nil
}

// wait says, as CodeUnavailable, that some of it is to be told again.
func (t *MailTold) wait() error {
	if t.Early > 0 {
		return vedette.Errorf(vedette.CodeUnavailable, "a mail that this tells of is on its way still, by what is written down here; tell it again in a minute")
	}
	return nil
}

// hearMailEvent takes one event. What is about nothing here keeps none of the
// others from being taken.
func (d *Desk) hearMailEvent(ctx context.Context, name string, e *provider.Event, t *MailTold, pauses *int) error {
	key := d.Key.Hash("heard", name+" mail "+e.Key)
	if known, err := d.rows.Heard(ctx, key); err != nil || known {
		return err
	}
	b, err := d.cameBackSoon(ctx, &e.Returned, pauses)
	if err == nil && b.Early {
		t.Early++
		return nil // not heard: it comes again
	}
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
