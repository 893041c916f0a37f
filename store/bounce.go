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
// lifted it since that mail went out. A delivery
// that is not there is CodeNotFound.
func (o *Org) Bounce(ctx context.Context, b Bounce) (moved bool, err error) {
	err = o.s.write(ctx, "noting what came back", func(t *tx) error {
		id, err := t.updateID(o.org, b.Update)
		if err != nil {
			return err
		}
		if moved, err = t.bounce(o.org, id, &b); err != nil || b.Dead == nil {
			return err
		}
		sent, err := t.sentAt(&b)
		if err != nil {
			return err
		}
		_, err = t.dead(o.org, &DeadAddress{Hash: b.Dead, Person: b.Recipient, Address: b.Address, Since: b.At, Reason: b.Detail}, sent)
		return err
	})
	return moved, err
}

// SpareAddress keeps that an address gets what warns and nothing else, and says
// whether that is new.
func (o *Org) SpareAddress(ctx context.Context, d DeadAddress) (fresh bool, err error) {
	d.WarnOnly = true
	err = o.s.write(ctx, "sparing an address", func(t *tx) error {
		fresh, err = t.dead(o.org, &d, 0)
		return err
	})
	return fresh, err
}

// sentAt gives when the mail went out that a report is about, 0 where that is not
// known.
func (t *tx) sentAt(b *Bounce) (at int64, err error) {
	_, err = t.Found([]any{&at}, `SELECT accepted_at FROM deliveries WHERE update_id = $1 AND recipient_id = $2 AND round = $3 AND address_no = $4`,
		b.Update, b.Recipient, int64(b.Round), int64(b.Address))
	return at, err
}

// dead keeps that an address is not written to, unless that is known; or somebody
// has lifted it since the mail went out that says so, by a report that is read again
// or late: sent is when, 0 where that is not known.
func (t *tx) dead(org int64, d *DeadAddress, sent int64) (fresh bool, err error) {
	n, err := t.Exec(`INSERT INTO dead_addresses (org, hash, since, person_id, address_no, reason, warn_only) SELECT $1, $2, $3, $4, $5, $6, $7
		WHERE NOT EXISTS (SELECT 1 FROM dead_addresses WHERE org = $1 AND hash = $2 AND (lifted_at = 0 AND warn_only = $7 OR since = $3 OR CAST($8 AS bigint) > 0 AND lifted_at > CAST($8 AS bigint)))`,
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
		return err
	})
}
