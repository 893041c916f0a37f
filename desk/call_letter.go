package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/voice"
	"vedette/store"
)

// hearLetter takes what a gateway tells of a call to one of the desk's own, or gives what
// it says next. A key is the proof that somebody heard it, and decides nothing; who is
// rung next goes by the same steps as if they had read it. What nobody took is not rung
// again by itself: the next step does.
func (d *Desk) hearLetter(ctx context.Context, name string, step voice.Step, key int64, told *voice.Told, at voice.Place) (say voice.Talk, err error) {
	l, err := d.rows.LetterCalled(ctx, key)
	if err != nil {
		return say, err
	}
	heard := d.Key.Hash("heard", name+" call "+told.Key)
	known, err := d.rows.Heard(ctx, heard)
	if err != nil {
		return say, err
	}
	if step == voice.StepStatus {
		if !known {
			err = d.letterCallState(ctx, key, told)
		}
	} else {
		say, err = d.letterTalk(ctx, step, &l, told, at)
	}
	if err != nil || known {
		return say, err
	}
	return say, d.rows.NoteHeard(ctx, heard, d.Now())
}

// letterTalk gives what a call says next, by how it is with what it is about now.
func (d *Desk) letterTalk(ctx context.Context, step voice.Step, l *vedette.Letter, told *voice.Told, at voice.Place) (say voice.Talk, err error) {
	if since := letterSince(l, d.Now()); d.Now().Sub(since) > callLife {
		return say, vedette.Errorf(vedette.CodeExpired, "the call was made %s ago; what it says is not told any more", d.Now().Sub(since).Round(time.Minute))
	}
	text, err := d.letterSays(ctx, l)
	switch {
	case err != nil:
		return say, err
	case text == "":
		return d.Voice.Settled(), nil
	case step == voice.StepHello:
		return d.Voice.Hello(deliver.Spoken{Language: voice.English}, at), nil
	case step == voice.StepAnswer:
		return d.Voice.DeskKey(text, at, told.Digit), nil
	}
	_, err = d.rows.LetterBack(ctx, l.Key, true, "somebody took the call and pressed a key", d.Now()) // not waited for: they listen
	return d.Voice.TellDesk(text, at), err
}

// letterSince is since when a call is out: while it is being placed it is new.
func letterSince(l *vedette.Letter, now time.Time) time.Time {
	switch {
	case !l.AcceptedAt.IsZero():
		return l.AcceptedAt
	case l.State == vedette.DeliveryQueued:
		return now
	}
	return l.MadeAt
}

// letterSays is what a call to one of the desk's own says, "" where it is settled, or is
// theirs to hear no more.
func (d *Desk) letterSays(ctx context.Context, l *vedette.Letter) (string, error) {
	if !l.Kind.Rings() || l.State == vedette.DeliveryWithheld {
		return "", nil
	}
	if l.Approval != 0 {
		return d.askingSays(ctx, l)
	}
	duties, err := d.rows.DutiesByKey(ctx, []int64{l.Recipient})
	if err != nil {
		return "", err
	}
	duty, ok := duties[l.Recipient]
	if !ok || !duty.Removed.IsZero() {
		return "", nil
	}
	if err := d.mayTake(ctx, &duty); err != nil {
		return "", forbidden(err)
	}
	c, err := d.rows.CaseByKey(ctx, l.Case)
	if err != nil || c.State == vedette.CaseClosed || c.Owner != "" && l.Kind != vedette.LetterLate {
		return "", err
	}
	u, err := d.rows.Update(ctx, c.Update)
	if err != nil {
		return "", err
	}
	o := deliver.Offer{Status: u.Status, Number: c.Key}
	if l.Kind == vedette.LetterLate {
		o.Owner = c.Owner
	}
	return o.Said(), nil
}

func (d *Desk) askingSays(ctx context.Context, l *vedette.Letter) (string, error) {
	a, err := d.rows.Approval(ctx, "", l.Approval)
	if err != nil || !a.Open() {
		return "", err
	}
	who, err := d.rows.ApproverOf(ctx, 0, l.Recipient)
	if err != nil || a.OfSame(who.ID, who.Name) {
		return "", err
	}
	if err := d.mayAnswer(ctx, &who); err != nil {
		return "", forbidden(err)
	}
	u, err := d.rows.Update(ctx, a.Draft)
	if err != nil {
		return "", err
	}
	return deliver.Asking{Status: u.Status, Headline: title(u), By: a.AskedBy, Reason: a.Reason}.Said(), nil
}

// forbidden is nothing where somebody may not, or may no more, hear something: then the
// call says that it is settled, and no word of why.
func forbidden(err error) error {
	if vedette.ErrorCode(err) == vedette.CodeForbidden {
		return nil
	}
	return err
}

// letterCallState notes what became of a call to one of the desk's own.
func (d *Desk) letterCallState(ctx context.Context, key int64, told *voice.Told) error {
	detail := ""
	switch told.Outcome {
	case voice.Busy:
		detail = "came back: the line was engaged"
	case voice.NoAnswer:
		detail = "came back: nobody took the call"
	case voice.Failed:
		detail = strings.TrimSpace("came back: the gateway says the call failed " + told.Code)
	case voice.Ended:
		detail = "answered without a key: a machine, or somebody who did not press"
	}
	if told.Machine {
		detail = "answered without a key: by a machine, as the gateway holds"
	}
	switch {
	case detail == "":
		return nil // on its way
	case told.Machine || told.Outcome == voice.Ended:
		_, err := d.rows.LetterUnheard(ctx, key, detail)
		return err
	}
	return d.patiently(ctx, store.Mailed{Recipient: key}, false, func() (bool, error) { return d.rows.LetterBack(ctx, key, false, detail, d.Now()) })
}
