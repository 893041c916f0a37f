package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/gateway"
	"vedette/deliver/sms"
	"vedette/store"
)

// HearText takes what a gateway of text messages tells: a receipt by ref, or
// what somebody wrote. It gives what to answer them, "" for nothing. What was
// told before changes nothing. A gateway that is not configured is CodeNotFound,
// a call that is not its own CodeForbidden, an old one CodeExpired.
func (d *Desk) HearText(ctx context.Context, name, ref string, c gateway.Call) (say string, err error) {
	inside(&ctx)
	told, err := d.readText(name, c)
	if err != nil {
		return "", err
	}
	key := d.Key.Hash("heard", name+" "+told.Key)
	if known, err := d.rows.Heard(ctx, key); err != nil || known {
		return "", err
	}
	if told.Receipt() {
		if ref == "" {
			ref = told.Ref
		}
		err = d.textReceipt(ctx, ref, &told)
	} else {
		say, err = d.textAnswer(ctx, &told)
	}
	if err != nil {
		return "", err
	}
	return say, d.rows.NoteHeard(ctx, key, d.Now())
}

// readText reads a call of a gateway of text messages, once it is proved to be its own.
func (d *Desk) readText(name string, c gateway.Call) (told sms.Told, err error) {
	if d.SMS != nil {
		if g, ok := d.SMS.Gateway(name); ok {
			return sms.Hear(g, c, d.Now())
		}
	}
	return told, vedette.Errorf(vedette.CodeNotFound, "no such gateway is configured here")
}

// A receipt may be here before the answer to the message is written down, some
// milliseconds later: it is given so long.
const (
	receiptTries = 10
	receiptPause = 100 * time.Millisecond
)

// textReceipt moves a delivery by what became of its message.
func (d *Desk) textReceipt(ctx context.Context, ref string, told *sms.Told) error {
	of, err := d.Key.OpenReturn(ref)
	if err != nil {
		return err
	}
	if of.Org != d.Org.Key {
		return vedette.Errorf(vedette.CodeForbidden, "this receipt is not for this organisation")
	}
	if of.Update == 0 {
		if !told.Arrived && !told.Failed {
			return nil
		}
		return d.letterReceipt(ctx, of.Recipient, told)
	}
	if told.Blocked {
		if err := d.StopAddress(ctx, of.Recipient, of.Address); err != nil {
			return err
		}
	}
	if !told.Arrived && !told.Failed {
		return nil // on its way
	}
	b := store.Bounce{Update: of.Update, Recipient: of.Recipient, Round: of.Round, Address: of.Address, Arrived: told.Arrived, At: d.Now()}
	if told.Failed {
		b.Detail = strings.TrimSpace("came back: the gateway says it was not delivered " + told.Code)
	}
	return d.patiently(ctx, mailed(of), told.Arrived, func() (bool, error) { return d.rows.Bounce(ctx, b) })
}

// ErrEarly is what a word of a message ends with that is on its way still, by what
// is written down: nothing is noted, and whoever tells it is to tell it again.
var ErrEarly = vedette.Errorf(vedette.CodeUnavailable, "the message is on its way still, by what is written down here: tell it again")

// patiently notes what became of a message, once the answer to it is written
// down; ErrEarly where that takes too long. That a message did not get there, or
// nobody took a call, is not asked for again where another try of it may be under
// way: it would be taken as the word of that one.
func (d *Desk) patiently(ctx context.Context, of store.Mailed, arrived bool, note func() (moved bool, err error)) error {
	for try := 1; ; try++ {
		// Looked at before: what is settled between the two is moved by the second.
		way, first, err := d.rows.OnItsWay(ctx, of)
		if err != nil {
			return err
		}
		moved, err := note()
		if err != nil || moved || !way {
			return err
		}
		if try == receiptTries {
			if arrived || first {
				return ErrEarly
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(receiptPause):
		}
	}
}

// What people are told who write to us.
const (
	sayHow     = "We could not read that. Answer 1 = safe, 2 = need help, 3 = not there. In danger now, ring the local emergency number."
	sayShared  = "This number is of several people here, so we do not know who is safe. Open the link in the message, or write 2 if any of you needs help."
	sayDrilled = "We sent you a drill and then a warning that is real, and do not know which of them you mean. Open the link in the warning to say that you are safe, or write 2 if you need help."
	sayNothing = "We have sent you nothing lately that this answers. In danger now, ring the local emergency number; else ring your security desk."
)

var sayKind = map[vedette.ReplyKind]string{
	vedette.ReplySafe:     "Noted: you are safe. Write 2 if that changes.",
	vedette.ReplyHelp:     "Noted: you need help. The desk is told. In danger now, ring the local emergency number.",
	vedette.ReplyNotThere: "Noted: you are not there.",
}

// textAnswer takes what somebody wrote as their answer, wherever a page would.
func (d *Desk) textAnswer(ctx context.Context, told *sms.Told) (say string, err error) {
	owners, err := d.rows.Owners(ctx, d.Key.Hash("number", told.From))
	if err != nil {
		return "", err
	}
	shut, err := d.rows.Shut(ctx)
	if err != nil {
		return "", err
	}
	if !shut.Addresses[string(d.Key.Hash(vedette.DeadAddressKind, told.From))] { // else whoever has the phone would take it
		if say, ok, err := d.textTake(ctx, told.From, told.Text, len(owners) > 0); err != nil || ok {
			return say, err
		}
	}
	if len(owners) == 0 {
		return "", vedette.Errorf(vedette.CodeForbidden, "the number is nobody's here")
	}
	if stop, start := sms.Wish(told.Text); stop || start {
		for _, key := range owners {
			if shut.Recipients[key] {
				continue
			}
			if err := d.wish(ctx, key, told.From, stop); err != nil {
				return "", err
			}
		}
		return "", nil // the carrier has said it already
	}
	return d.textKind(ctx, owners, told)
}

// textKind takes what is no wish of theirs as an answer. To whoever is made to
// answer it says what it says to whoever is safe.
func (d *Desk) textKind(ctx context.Context, owners []int64, told *sms.Told) (say string, err error) {
	kind, ok := sms.Answer(told.Text)
	forced, err := d.anyDuress(ctx, owners, told.Text)
	if err != nil {
		return "", err
	}
	if !ok && len(forced) > 0 {
		kind, ok = vedette.ReplySafe, true
	}
	open, err := d.trusted(ctx, owners)
	if err != nil {
		return "", err
	}
	defer func() {
		if len(open) < len(owners) { // nothing is sent to whoever is compromised
			say = ""
		}
	}()
	switch {
	case !ok:
		return d.noAnswer(ctx, owners, open, told)
	case len(owners) > 1 && kind != vedette.ReplyHelp:
		return sayShared, d.unplaced(ctx, forced)
	}
	any := false
	for _, key := range owners {
		to, ok, err := d.textOf(ctx, key)
		if err != nil {
			return "", err
		}
		if !ok {
			continue
		}
		u, err := d.rows.UpdateByKey(ctx, to.Update)
		if err != nil {
			return "", err
		}
		if both, err := d.drilledToo(ctx, u, key, kind); err != nil || both {
			if err == nil {
				err = d.unplaced(ctx, forced)
			}
			return sayDrilled, err
		}
		if err := d.answerBy(ctx, vedette.WayText, u, key, to.Address, kind, d.textWords(told.Text, forced)); err != nil {
			return "", err
		}
		any = true
	}
	if !any {
		if err := d.unplaced(ctx, forced); err != nil || len(forced) > 0 {
			return sayNothing, err
		}
		_, err := d.noAnswer(ctx, owners, open, told)
		return sayNothing, err
	}
	return sayKind[kind], nil
}

// textOf gives what somebody means who texts an answer: what they were last
// texted, else, where that is answered or there is nothing, their digest since.
func (d *Desk) textOf(ctx context.Context, key int64) (to vedette.Delivery, ok bool, err error) {
	since := d.Now().Add(-LinkLife)
	if to, ok, err = d.rows.AnswersTo(ctx, key, vedette.ChannelSMS, since); err != nil || ok && to.State != vedette.DeliveryAnswered {
		return to, ok, err
	}
	digest, some, err := d.rows.LastDigest(ctx, key, since)
	if err != nil || !some || ok && !digest.AcceptedAt.After(to.AcceptedAt) {
		return to, ok, err
	}
	return digest, true, nil
}

// trusted gives those of some people who are not compromised.
func (d *Desk) trusted(ctx context.Context, people []int64) (out []int64, err error) {
	for _, key := range people {
		shut, err := d.rows.IsShut(ctx, key)
		if err != nil {
			return nil, err
		}
		if !shut {
			out = append(out, key)
		}
	}
	return out, nil
}

// sayHeard is what somebody is told whose words are noted in their case.
const sayHeard = "Noted: the desk reads it. Write 2 if you need help. In danger now, ring the local emergency number."

// noAnswer takes what is none of the answers: it is noted in the case of
// whoever has one, and of the others the desk is asked to ring those it can.
func (d *Desk) noAnswer(ctx context.Context, owners, open []int64, told *sms.Told) (say string, err error) {
	say = sayHow
	var rest []int64
	for _, key := range owners {
		sealed, err := d.sealedFor(ctx, key, replyLabel, cutWords(told.Text))
		if vedette.ErrorCode(err) == vedette.CodeWrongKey { // no case can keep them
			if slices.Contains(open, key) {
				rest = append(rest, key)
			}
			continue
		}
		if err != nil {
			return "", err
		}
		noted, hidden, err := d.rows.SaidInCase(ctx, key, vedette.WayText, sealed, d.Now())
		switch {
		case err != nil:
			return "", err
		case noted && !hidden && len(owners) == 1:
			say = sayHeard
		case !noted && slices.Contains(open, key):
			rest = append(rest, key)
		}
	}
	return say, d.unread(ctx, rest)
}

// textWords is what is kept of a text; of one that says duress all.
func (d *Desk) textWords(text string, forced []int64) string {
	if len(forced) > 0 {
		return cutWords(text)
	}
	return theirWords(text)
}

// theirWords is what is kept of a text beside the answer itself.
func theirWords(text string) string {
	text = strings.TrimSpace(text)
	if len(text) < 2 {
		return ""
	}
	return cutWords(text)
}

// cutWords bounds what is kept of a text.
func cutWords(text string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	if r := []rune(text); len(r) > vedette.MaxReplyText {
		text = string(r[:vedette.MaxReplyText])
	}
	return text
}

// unread asks the desk to ring whoever wrote what no rule reads: their words
// are not kept, so nobody is to think that they said nothing. That they had the
// message is known by it.
func (d *Desk) unread(ctx context.Context, owners []int64) error {
	for _, key := range owners {
		sp, err := d.rows.PersonByKey(ctx, key)
		if err != nil {
			return err
		}
		to, ok, err := d.rows.AnswersTo(ctx, key, vedette.ChannelSMS, d.Now().Add(-LinkLife))
		if err != nil {
			return err
		}
		if ok {
			if err := d.rows.Seen(ctx, to.Update, key, to.Address, d.Now()); err != nil {
				return err
			}
		}
		if err := d.bid(ctx, vedette.TaskUnread, "Ring person "+string(sp.ID)+": they wrote a text message that is none of the three answers"); err != nil {
			return err
		}
	}
	return nil
}
