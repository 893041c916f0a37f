package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// sameReply is how long the same answer posted again counts as the one
// before: a form sent twice, a link followed twice.
const sameReply = 10 * time.Second

// Reply keeps a person's answer to an update and moves their delivery in slot
// address to answered; address 0 is no delivery. sealedText is the free text,
// nil for none; r.Text is not kept. An answer without words, of the same kind
// and within 10 s of the same person's last, is the same one. Links do not
// say of which round they are: the answer counts for the newest, for it came
// after that was made; of the deliveries it moves the one it can come from.
// A call for help opens the person's case with it; later answers are noted there.
// Of whoever is compromised every answer is untrusted: it moves nothing, counts
// for nothing, and is noted in a case. What somebody answers while a case of duress
// of theirs is open counts as that answer does, whether it says so or not.
func (o *Org) Reply(ctx context.Context, r vedette.Reply, address int, sealedText []byte) error {
	if r.ID == "" {
		r.ID = vedette.NewID(r.At)
	}
	return o.s.write(ctx, "keeping a reply", func(t *tx) error {
		_, err := t.reply(o.org, r, address, sealedText)
		return err
	})
}

// Tap is Reply of an answer tapped on somebody's own page, by an id of the tap: the same
// one again is the one before. r.Tapped, where it is set, is when that was: where they
// answered otherwise meanwhile it counts for nothing, unless it calls for help. It says
// whether it counts.
func (o *Org) Tap(ctx context.Context, r vedette.Reply, sealedText []byte) (counts bool, err error) {
	err = o.s.write(ctx, "keeping a tap", func(t *tx) error {
		counts, err = t.reply(o.org, r, 0, sealedText)
		return err
	})
	return counts, err
}

// reply keeps an answer, and says whether it is one that was not kept yet, and counts.
func (t *tx) reply(org int64, r vedette.Reply, address int, sealedText []byte) (counts bool, err error) {
	kind := code.Reply.Of(r.Kind)
	if kind <= 0 {
		return false, vedette.Errorf(vedette.CodeInvalid, "%q is no answer", r.Kind)
	}
	update, round, err := t.lockNotice(org, r.Update, r.Recipient)
	if err != nil {
		return false, err
	}
	if !r.Tapped.IsZero() && r.Kind != vedette.ReplyHelp { // it answers what they had been told by then
		if err := t.Row([]any{&round}, `SELECT coalesce(max(CASE WHEN made_at <= $3 THEN round END), min(round)) FROM notices WHERE update_id = $1 AND recipient_id = $2`,
			r.Update, r.Recipient, ground.Micros(r.Tapped)); err != nil {
			return false, err
		}
	}
	if kept, err := t.Exists(`SELECT 1 FROM replies WHERE uuid = $1`, string(r.ID)); err != nil || kept {
		return false, err
	}
	if shut, err := t.isShut(r.Recipient); err != nil {
		return false, err
	} else if shut {
		r.Belief = vedette.Untrusted
	}
	trust, err := t.counted(&r)
	if err != nil {
		return false, err
	}
	if again, err := t.isSame(r, round, kind, len(sealedText), trust); err != nil || again {
		return false, err
	}
	overtaken, err := t.overtaken(&r)
	if err != nil {
		return false, err
	}
	if overtaken && trust == 0 {
		trust = code.Belief.Of(vedette.Untrusted)
	}
	return trust == 0, t.keepReply(org, r, kept{update, round, kind, trust, address}, sealedText)
}

// kept is how an answer is kept.
type kept struct {
	update             vedette.ID
	round, kind, trust int64
	address            int
}

func (t *tx) keepReply(org int64, r vedette.Reply, k kept, sealedText []byte) error {
	n := int64(0)
	var err error
	if k.trust != code.Belief.Of(vedette.Untrusted) { // that anybody has the phone says nothing of them
		if n, err = t.hear(r.Update, r.Recipient, k.address, "answer", r.At); err != nil {
			return err
		}
	}
	about, err := t.answered(org, r, sealedText)
	if err != nil {
		return err
	}
	if n > 0 {
		if err := t.log(org, vedette.LogDelivery, k.update, "answered", r.At); err != nil {
			return err
		}
	}
	if about != "" {
		if err := t.log(org, vedette.LogCase, about, string(vedette.CaseEntryOf(r.Kind)), r.At); err != nil {
			return err
		}
	}
	seq, err := t.logged(org, vedette.LogReply, r.ID, string(r.Kind), r.At)
	if err != nil {
		return err
	}
	var sealed any
	if len(sealedText) > 0 {
		sealed = sealedText
	}
	_, err = t.Exec(`INSERT INTO replies (org, seq, uuid, update_id, recipient_id, at, round, kind, sealed, trust, tapped_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		org, seq, string(r.ID), r.Update, r.Recipient, ground.Micros(r.At), k.round, k.kind, sealed, k.trust, ground.Micros(r.Tapped))
	return err
}

// overtaken says whether somebody answered after an answer of theirs was tapped, which
// came late: then it is not their last word. A call for help always is one. What was said
// under duress is never passed over.
func (t *tx) overtaken(r *vedette.Reply) (bool, error) {
	if r.Tapped.IsZero() || r.Kind == vedette.ReplyHelp || r.Belief != "" {
		return false, nil
	}
	return t.Exists(`SELECT 1 FROM replies WHERE update_id = $1 AND recipient_id = $2 AND trust <> {trust none}
		AND CASE tapped_at WHEN 0 THEN at ELSE tapped_at END > $3`, r.Update, r.Recipient, ground.Micros(r.Tapped))
}

// counted is how far an answer is believed where people are counted: who calls
// for help is counted so, whatever else they say; whoever is under duress is, until
// the desk closes their case, for the word may be missing because somebody else
// answers.
func (t *tx) counted(r *vedette.Reply) (int64, error) {
	switch {
	case r.Kind == vedette.ReplyHelp && r.Belief != vedette.Untrusted:
		return 0, nil
	case r.Belief != "":
		return code.Belief.Of(r.Belief), nil
	}
	marked, err := t.Exists(`SELECT 1 FROM cases WHERE person_id = $1 AND duress = 1 AND state <> {case closed}`, r.Recipient)
	if err != nil || !marked {
		return 0, err
	}
	return code.Belief.Of(vedette.UnderDuress), nil
}

// lockNotice keeps a second answer to an update waiting, and gives the id of
// the update and the newest round of the person.
func (t *tx) lockNotice(org, update, recipient int64) (id vedette.ID, round int64, err error) {
	if id, err = t.updateID(org, update); err != nil {
		return "", 0, err
	}
	found, err := t.Found([]any{&round}, `SELECT round FROM notices WHERE update_id = $1 AND recipient_id = $2 ORDER BY round DESC LIMIT 1 {lock}`, update, recipient)
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such notice")
	}
	if err != nil {
		return "", 0, err
	}
	// A reminder that was written while this waited is the newest by now.
	return id, round, t.Row([]any{&round}, `SELECT max(round) FROM notices WHERE update_id = $1 AND recipient_id = $2`, update, recipient)
}

// isSame says whether the recipient's last answer to the update is this one,
// and none of a round before.
func (t *tx) isSame(r vedette.Reply, round, kind int64, length int, trust int64) (bool, error) {
	var lastRound, lastKind, lastAt, lastTrust int64
	var lastLength int
	found, err := t.Found([]any{&lastRound, &lastKind, &lastAt, &lastLength, &lastTrust}, `SELECT round, kind, at, coalesce(length(sealed), 0), trust FROM replies
		WHERE update_id = $1 AND recipient_id = $2 ORDER BY seq DESC LIMIT 1`, r.Update, r.Recipient)
	near := ground.Micros(r.At)-lastAt <= sameReply.Microseconds() && lastAt-ground.Micros(r.At) <= sameReply.Microseconds()
	return found && lastRound == round && lastKind == kind && lastTrust == trust && lastLength+length == 0 && near, err
}

// hear moves a delivery by evidence from the recipient's own end, where the
// machine allows it. A lease on the row is over with that.
//
// Of several rounds at the address the evidence is of the newest that may
// have reached it. One that is still queued is taken last: moved by evidence
// of an earlier one, it would never be sent.
func (t *tx) hear(update, recipient int64, address int, event string, at time.Time) (int64, error) {
	to := map[string]vedette.DeliveryState{"see": vedette.DeliverySeen, "answer": vedette.DeliveryAnswered}[event]
	n, err := t.Exec(`UPDATE deliveries SET state = $4, heard_at = $5, arrived_at = CASE arrived_at WHEN 0 THEN $5 ELSE arrived_at END, leased_by = NULL
		WHERE update_id = $1 AND recipient_id = $2 AND address_no = $3 AND state IN ({on `+event+`}) AND round =
			(SELECT h.round FROM deliveries h WHERE h.update_id = $1 AND h.recipient_id = $2 AND h.address_no = $3
			ORDER BY CASE WHEN h.state IN ({accepted}, {received}, {seen}, {answered}, {unknown}) THEN 1
				WHEN h.state = {queued} AND (h.attempts > 0 OR h.doubts > 0 OR h.leased_by IS NOT NULL) THEN 2
				WHEN h.state = {queued} THEN 4 ELSE 3 END, CASE h.state WHEN {queued} THEN h.round ELSE -h.round END LIMIT 1)`,
		update, recipient, int64(address), code.Delivery.Of(to), ground.Micros(at))
	if err != nil || n == 0 {
		return n, err
	}
	return n, t.reached(evidence{update, recipient, address, to, at})
}

// Seen says that the person has had the notice before their eyes. A delivery
// already seen or answered stays as it is.
func (o *Org) Seen(ctx context.Context, update, recipient int64, address int, at time.Time) error {
	return o.s.write(ctx, "noting what was seen", func(t *tx) error {
		id, err := t.updateID(o.org, update)
		if err != nil {
			return err
		}
		n, err := t.hear(update, recipient, address, "see", at)
		if err != nil {
			return err
		}
		if n == 0 {
			return t.mustHave("delivery", `SELECT 1 FROM deliveries WHERE update_id = $1 AND recipient_id = $2 AND address_no = $3`,
				update, recipient, int64(address))
		}
		return t.log(o.org, vedette.LogDelivery, id, "seen", at)
	})
}
