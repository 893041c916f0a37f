package store

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Bounce is what a mail server says became of a delivery it had accepted.
type Bounce struct {
	Update, Recipient int64
	Round, Address    int
	Arrived           bool   // it is in the mailbox; else it came back
	Detail            string // one line, without any address
	Dead              []byte // keyed hash of the address, where it is no mailbox; nil where it is
	At                time.Time
}

// DeadAddress is an address that is not written to.
type DeadAddress struct {
	Hash     []byte
	Person   int64
	Address  int
	Since    time.Time
	Reason   string
	WarnOnly bool // but of what warns: its owner wants no more of what merely informs
}

// Bounce moves a delivery by what a mail server reports, where the machine
// allows it, and says whether it did: evidence from the person stands. An
// address that is dead is kept as such even where nothing moves, unless somebody
// lifted it since that mail went out. A delivery that is not there is CodeNotFound.
func (o *Org) Bounce(ctx context.Context, b Bounce) (moved bool, err error) {
	err = o.s.write(ctx, "noting what came back", func(t *tx) error {
		id, err := t.updateID(o.org, b.Update)
		if err != nil {
			return err
		}
		if moved, err = t.bounce(o.org, id, &b); err != nil || b.Dead == nil {
			return err
		}
		sent, err := t.sentAt(o.org, Mailed{b.Update, b.Recipient, b.Round, b.Address})
		if err != nil {
			return err
		}
		fresh, err := t.dead(o.org, &DeadAddress{Hash: b.Dead, Person: b.Recipient, Address: b.Address, Since: b.At, Reason: b.Detail}, sent)
		if err != nil || !fresh || moved { // what moved is in the log by now
			return err
		}
		return t.log(o.org, vedette.LogDelivery, id, "an address is no mailbox", b.At)
	})
	return moved, err
}

// Mailed names a mail that went to somebody: a delivery, or, where Update is 0, the
// letter whose key is Recipient.
type Mailed struct {
	Update, Recipient int64
	Round, Address    int
}

// OnItsWay says whether a message may have gone out whose result is not written down:
// somebody is sending it now, or did and died, or it is in doubt and tried again.
// first says that no other try of it is in doubt.
func (o *Org) OnItsWay(ctx context.Context, of Mailed) (yes, first bool, err error) {
	err = o.s.read(ctx, "looking whether a message is on its way", func(t *tx) error {
		const waits = ` AND state = {queued} AND (leased_by IS NOT NULL OR doubts > 0)`
		text, args := `SELECT doubts FROM deliveries WHERE org = $1 AND update_id = $2 AND recipient_id = $3 AND round = $4 AND address_no = $5`+waits,
			[]any{o.org, of.Update, of.Recipient, int64(of.Round), int64(of.Address)}
		if of.Update == 0 {
			text, args = `SELECT doubts FROM letters WHERE org = $1 AND id = $2`+waits, []any{o.org, of.Recipient}
		}
		var doubts int
		yes, err = t.Found([]any{&doubts}, text, args...)
		first = yes && doubts == 0
		return err
	})
	return yes, first, err
}

// SpareAddress keeps that an address gets what warns and nothing else, as a
// complaint about a mail says, and says whether that is new: not where somebody
// lifted it since that mail went out.
func (o *Org) SpareAddress(ctx context.Context, d DeadAddress, of Mailed) (fresh bool, err error) {
	d.WarnOnly = true
	err = o.s.write(ctx, "sparing an address", func(t *tx) error {
		sent, err := t.sentAt(o.org, of)
		if err != nil {
			return err
		}
		if fresh, err = t.dead(o.org, &d, sent); err != nil || !fresh {
			return err
		}
		return t.log(o.org, vedette.LogDelivery, "", "an address is written to only to warn", d.Since)
	})
	return fresh, err
}

// sentAt gives when a mail went out, 0 where it is not there. Of one of which no
// acceptance is known (it is on its way, its result is in doubt, its reader was
// quicker) it is when it was made: it went out no earlier, and what somebody decided
// since stands.
func (t *tx) sentAt(org int64, of Mailed) (at int64, err error) {
	if of.Update == 0 {
		_, err = t.Found([]any{&at}, `SELECT CASE accepted_at WHEN 0 THEN made_at ELSE accepted_at END FROM letters WHERE org = $1 AND id = $2`, org, of.Recipient)
		return at, err
	}
	_, err = t.Found([]any{&at}, `SELECT CASE d.accepted_at WHEN 0 THEN n.made_at ELSE d.accepted_at END FROM deliveries d
		JOIN notices n ON n.update_id = d.update_id AND n.recipient_id = d.recipient_id AND n.round = d.round
		WHERE d.org = $1 AND d.update_id = $2 AND d.recipient_id = $3 AND d.round = $4 AND d.address_no = $5`,
		org, of.Update, of.Recipient, int64(of.Round), int64(of.Address))
	return at, err
}

// dead keeps that an address is not written to, unless that is known; or somebody
// has lifted it since the mail went out that says so, by a report that is read again
// or late: sent is when, 0 where that is not known. That it is dead and that it is
// spared are lifted each for itself.
func (t *tx) dead(org int64, d *DeadAddress, sent int64) (fresh bool, err error) {
	n, err := t.Exec(`INSERT INTO dead_addresses (org, hash, since, person_id, address_no, reason, warn_only) SELECT $1, $2, $3, $4, $5, $6, $7
		WHERE NOT EXISTS (SELECT 1 FROM dead_addresses WHERE org = $1 AND hash = $2 AND (since = $3
			OR warn_only = $7 AND (lifted_at = 0 OR CAST($8 AS bigint) > 0 AND lifted_at > CAST($8 AS bigint))))`,
		org, d.Hash, ground.Micros(d.Since), d.Person, int64(d.Address), ground.Plain(d.Reason, 300), ground.Bit(d.WarnOnly), sent)
	return n > 0, err
}

// bounce moves a delivery of an update, whose id is given, by what became of it.
func (t *tx) bounce(org int64, id vedette.ID, b *Bounce) (moved bool, err error) {
	event, to, arrived := "bounce", vedette.DeliveryFailed, int64(0)
	if b.Arrived {
		event, to, arrived = "receive", vedette.DeliveryReceived, ground.Micros(b.At)
	}
	n, err := t.Exec(`UPDATE deliveries SET state = $5, heard_at = $6, detail = $7, leased_by = NULL,
			arrived_at = CASE arrived_at WHEN 0 THEN CAST($8 AS bigint) ELSE arrived_at END
		WHERE update_id = $1 AND recipient_id = $2 AND round = $3 AND address_no = $4 AND state IN ({on `+event+`})`,
		b.Update, b.Recipient, int64(b.Round), int64(b.Address), code.Delivery.Of(to), ground.Micros(b.At), ground.Plain(b.Detail, 300), arrived)
	if err != nil {
		return false, err
	}
	if n == 0 {
		return false, t.mustHave("delivery", `SELECT 1 FROM deliveries WHERE update_id = $1 AND recipient_id = $2 AND round = $3 AND address_no = $4`,
			b.Update, b.Recipient, int64(b.Round), int64(b.Address))
	}
	if err := t.bounced(org, b); err != nil {
		return true, err
	}
	if err := t.askUnreached(org, b.Update, []int64{b.Recipient}, b.At); err != nil {
		return true, err
	}
	if err = t.came(b, to); err == nil {
		err = t.log(org, vedette.LogDelivery, id, map[bool]string{true: "received", false: "bounced"}[b.Arrived], b.At)
	}
	return true, err
}

// bounced has what came back of a delivery hold for what depends on it: the next
// channel of theirs goes now, and of a digest all that it said moves alike.
func (t *tx) bounced(org int64, b *Bounce) error {
	event, to := "bounce", vedette.DeliveryFailed
	if b.Arrived {
		event, to = "receive", vedette.DeliveryReceived
	} else if err := t.nextChannel(org, map[int64][]int64{b.Update: {b.Recipient}}, b.At); err != nil {
		return err
	}
	_, err := t.Exec(`UPDATE deliveries SET state = $6, heard_at = $7, detail = $8, arrived_at = CASE WHEN arrived_at = 0 AND $9 <> 0 THEN CAST($7 AS bigint) ELSE arrived_at END
		WHERE org = $1 AND recipient_id = $2 AND address_no = $3 AND lane = $4 AND state IN ({on `+event+`})
		AND meant_at IN (SELECT d.meant_at FROM deliveries d WHERE d.update_id = $5 AND d.recipient_id = $2 AND d.round = $10 AND d.address_no = $3 AND d.lane = $4)`,
		org, b.Recipient, int64(b.Address), int64(vedette.LaneDigest), b.Update, code.Delivery.Of(to), ground.Micros(b.At), ground.Plain(b.Detail, 300), ground.Bit(b.Arrived), int64(b.Round))
	return err
}

// DeadAddresses lists the addresses that are not written to, the newest first.
func (o *Org) DeadAddresses(ctx context.Context) (list []DeadAddress, err error) {
	err = o.s.read(ctx, "listing dead addresses", func(t *tx) error {
		list, err = ground.All(t.Tx, func(d *DeadAddress) []any {
			return []any{&d.Hash, &d.Person, &d.Address, ground.Time(&d.Since), &d.Reason, &d.WarnOnly}
		}, `SELECT hash, person_id, address_no, since, reason, warn_only = 1 FROM dead_addresses WHERE org = $1 AND lifted_at = 0 ORDER BY since DESC, person_id`, o.org)
		return err
	})
	return list, err
}

// LiftDead lets an address be written to again.
func (o *Org) LiftDead(ctx context.Context, hash []byte, by string, now time.Time) error {
	if strings.TrimSpace(by) == "" {
		return vedette.Errorf(vedette.CodeInvalid, "say who lifts it")
	}
	return o.s.write(ctx, "lifting a dead address", func(t *tx) error {
		n, err := t.Exec(`UPDATE dead_addresses SET lifted_at = $3, lifted_by = $4 WHERE org = $1 AND hash = $2 AND lifted_at = 0`,
			o.org, hash, ground.Micros(now), ground.Plain(by, 0))
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeNotFound, "the address is not among the dead ones")
		}
		if err != nil {
			return err
		}
		return t.log(o.org, vedette.LogDelivery, "", "an address is written to again", now)
	})
}
