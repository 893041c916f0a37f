package desk

import (
	"context"
	"crypto/sha256"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/deliver/bounce"
	"vedette/deliver/sms"
)

// mailAnswer takes a mail that somebody wrote back as their answer, where a
// page would; noReport is why it is no report of a delivery. The address it
// came to names the mail it answers. Who wrote it nobody has proven, and a mail
// is passed on more easily than a phone: from an address that is not the
// person's a call for help counts, and nothing else.
func (d *Desk) mailAnswer(ctx context.Context, raw []byte, noReport error) (*Bounced, error) {
	a, err := bounce.ReadAnswer(raw)
	if err != nil {
		return nil, noReport
	}
	of, err := d.returned(a.Tokens)
	if err != nil {
		return nil, err
	}
	if of, err = d.inDigest(ctx, of); err != nil {
		return nil, err
	}
	u, person, err := d.answered(ctx, of)
	if err != nil && (person == 0 || !past(err)) {
		return nil, err
	}
	sum := sha256.Sum256(raw[:min(len(raw), bounce.MaxMail)])
	key := d.Key.Hash("heard", "mail "+string(sum[:]))
	out := &Bounced{Update: u, Words: "answered already"}
	if known, err := d.rows.Heard(ctx, key); err != nil || known {
		return out, err
	}
	if err == nil {
		out.Words, err = d.hearMail(ctx, u, of, person, a)
	}
	if past(err) {
		out.Words, err = d.tooLate(ctx, person, a, err)
	}
	if err != nil {
		return nil, err
	}
	out.Moved = true
	return out, d.rows.NoteHeard(ctx, key, d.Now())
}

// past says whether what is answered is over, or is not there any more.
func past(err error) bool {
	switch vedette.ErrorCode(err) {
	case vedette.CodeExpired, vedette.CodeNotFound, vedette.CodeConflict, vedette.CodeForbidden:
		return true
	}
	return false
}

// tooLate takes an answer that counts for nothing any more, which why says: whoever
// calls for help in it, or writes what no rule reads, is to be rung all the same.
func (d *Desk) tooLate(ctx context.Context, person int64, a *bounce.Answered, why error) (string, error) {
	sp, err := d.rows.PersonByKey(ctx, person)
	if past(err) || err == nil && sp.Erased {
		return "", why // nobody who lives
	}
	if err != nil {
		return "", err
	}
	forced, err := d.duress(ctx, person, a.Text)
	if err != nil {
		return "", err
	}
	kind, ok := mailKind(a.Text)
	who := "person " + string(sp.ID)
	switch shut, err := d.rows.IsShut(ctx, person); {
	case err != nil:
		return "", err
	case forced:
		now := d.Now()
		return "duress, in an answer to a mail of long ago", d.rows.AddTask(ctx, vedette.Task{Kind: vedette.TaskDuress, Default: "nothing is done", DueAt: now,
			Question: "DURESS by a mail of " + who + " that answers one of long ago: somebody makes them answer. Do not ring or write to them"}, now)
	case ok && kind != vedette.ReplyHelp:
		return "", why
	case shut:
		return "an answer of somebody compromised to a mail of long ago", d.bid(ctx, vedette.TaskUnread, "See to "+who+", who is compromised: a mail from them answers one of long ago, or of a case that is closed, and calls for help or is none of the three answers")
	case ok:
		return "a call for help that answers a mail of long ago", d.bid(ctx, vedette.TaskUnread, "Ring "+who+": they call for help by a mail that answers one of long ago, or of a case that is closed, so no case was opened")
	}
	return "words that answer a mail of long ago", d.bid(ctx, vedette.TaskUnread, "Ring "+who+": they wrote a mail that is none of the three answers, to one of long ago or of a case that is closed")
}

// inDigest names, of a digest that is answered, what the answer is about: the mail
// goes by one of what it gathers.
func (d *Desk) inDigest(ctx context.Context, of auth.Return) (auth.Return, error) {
	if of.Update == 0 {
		return of, nil
	}
	to, found, err := d.rows.DigestOf(ctx, vedette.Delivery{Update: of.Update, Recipient: of.Recipient, Round: of.Round, Address: of.Address}, d.Now().Add(-LinkLife))
	if found {
		of.Update, of.Round = to.Update, to.Round
	}
	return of, err
}

// answered gives the update that a mail answers, and who was sent it: of a
// letter to whoever called for help, that of their case. Who it is comes with an
// error, too, where it is known.
func (d *Desk) answered(ctx context.Context, of auth.Return) (*vedette.Update, int64, error) {
	person, update := of.Recipient, of.Update
	if update == 0 {
		var err error
		if person, err = d.rows.LetterTo(ctx, of.Recipient); err != nil {
			return nil, 0, err
		}
		c, _, open, err := d.rows.CaseOfPerson(ctx, person)
		if err != nil {
			return nil, 0, err
		}
		if !open {
			return nil, person, vedette.Errorf(vedette.CodeNotFound, "this answers a letter about a case that is closed")
		}
		u, err := d.rows.Update(ctx, c.Update)
		return u, person, err
	}
	u, err := d.rows.UpdateByKey(ctx, update)
	if err != nil {
		return nil, person, err
	}
	if d.Now().After(u.PublishedAt.Add(LinkLife)) {
		return u, person, vedette.Errorf(vedette.CodeExpired, "this answers a mail of long ago")
	}
	return u, person, nil
}

// hearMail notes what somebody wrote, and says what it was taken for.
func (d *Desk) hearMail(ctx context.Context, u *vedette.Update, of auth.Return, person int64, a *bounce.Answered) (string, error) {
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil {
		return "", gone(err)
	}
	if sp.Erased {
		return "", vedette.Errorf(vedette.CodeNotFound, "this is an answer of somebody who was erased")
	}
	if a.Broken {
		return "an answer that cannot be read", d.bid(ctx, vedette.TaskUnread, "Ring person "+string(sp.ID)+": a mail to them was answered, and the answer cannot be read")
	}
	forced, err := d.duress(ctx, person, a.Text)
	if err != nil {
		return "", err
	}
	kind, ok := mailKind(a.Text)
	if forced && !ok {
		kind, ok = vedette.ReplySafe, true
	}
	p := d.unveiled(&sp)
	switch {
	case !ok:
		return "an answer that is none of the three", d.unreadMail(ctx, u, of, person, a.Text)
	case kind != vedette.ReplyHelp && !forced && !theirs(&p.Record, a.From):
		return "an answer from an address that is not theirs",
			d.bid(ctx, vedette.TaskUnread, "Ring person "+string(sp.ID)+": a mail to them was answered from an address that is not theirs, so it counts for nothing")
	}
	words := theirWords(a.Text)
	if forced {
		words = cutWords(a.Text)
	}
	address := of.Address
	if of.Update == 0 {
		address = 0
	}
	return "an answer", d.answerBy(ctx, vedette.WayMail, u, person, address, kind, words)
}

// mailKind reads an answer: the first line says it, or help is called for
// anywhere in their own words.
func mailKind(text string) (vedette.ReplyKind, bool) {
	first, rest, _ := strings.Cut(text, "\n")
	if kind, ok := sms.Answer(first); ok {
		return kind, true
	}
	kind, ok := sms.Answer(rest)
	return kind, ok && kind == vedette.ReplyHelp
}

// theirs says whether a mail address is a person's.
func theirs(r *vedette.PersonRecord, from string) bool {
	for _, a := range r.Addresses {
		if a.Channel == vedette.ChannelEmail && strings.EqualFold(a.Value, from) {
			return true
		}
	}
	return false
}

// unreadMail notes in somebody's case what is none of the answers; of whoever
// has none the desk is asked to ring them. That they had the mail is known by
// it.
func (d *Desk) unreadMail(ctx context.Context, u *vedette.Update, of auth.Return, person int64, text string) error {
	sealed, err := d.sealedFor(ctx, person, replyLabel, cutWords(text))
	if err != nil && vedette.ErrorCode(err) != vedette.CodeWrongKey { // which no case can keep
		return err
	}
	if len(sealed) > 0 {
		noted, _, err := d.rows.SaidInCase(ctx, person, vedette.WayMail, sealed, d.Now())
		if err != nil || noted {
			return err
		}
	}
	shut, err := d.rows.IsShut(ctx, person)
	if err != nil || shut {
		return err
	}
	if of.Update != 0 {
		if err := d.rows.Seen(ctx, u.Key, person, of.Address, d.Now()); err != nil {
			return err
		}
	}
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil {
		return err
	}
	return d.bid(ctx, vedette.TaskUnread, "Ring person "+string(sp.ID)+": they wrote a mail that is none of the three answers")
}
