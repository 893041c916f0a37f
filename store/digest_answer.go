package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// wentOut is the condition that a delivery d may have reached somebody.
const wentOut = `d.state IN ({accepted}, {received}, {seen}, {answered}, {unknown})`

// DigestOf gives what an answer to a digest is about, where one delivery of it is
// known: see [Org.LastDigest]. A delivery that went in none is not found.
func (o *Org) DigestOf(ctx context.Context, of vedette.Delivery, since time.Time) (d vedette.Delivery, found bool, err error) {
	err = o.s.read(ctx, "finding what an answer to a digest is about", func(t *tx) error {
		var meant int64
		in, err := t.Found([]any{&meant}, `SELECT meant_at FROM deliveries WHERE org = $1 AND update_id = $2 AND recipient_id = $3 AND round = $4 AND address_no = $5 AND lane = $6`,
			o.org, of.Update, of.Recipient, int64(of.Round), int64(of.Address), int64(vedette.LaneDigest))
		if err != nil || !in {
			return err
		}
		d, found, err = t.askedBy(o.org, of.Recipient, of.Address, meant, since)
		return err
	})
	return d, found, err
}

// LastDigest gives what an answer to somebody's last digest is about: of what it
// told, the newest that stands and asks; else the newest that asks. What was
// published before a time is not looked at.
func (o *Org) LastDigest(ctx context.Context, recipient int64, since time.Time) (d vedette.Delivery, found bool, err error) {
	err = o.s.read(ctx, "finding what an answer to a digest is about", func(t *tx) error {
		var meant int64
		var address int
		some, err := t.Found([]any{&meant, &address}, `SELECT d.meant_at, d.address_no FROM updates u JOIN deliveries d ON d.update_id = u.id AND d.recipient_id = $2
			WHERE u.org = $1 AND u.published_at >= $3 AND d.lane = $4 AND `+wentOut+` ORDER BY d.meant_at DESC LIMIT 1`,
			o.org, recipient, ground.Micros(since), int64(vedette.LaneDigest))
		if err != nil || !some {
			return err
		}
		d, found, err = t.askedBy(o.org, recipient, address, meant, since)
		return err
	})
	return d, found, err
}

// askedBy finds, in the digest of a moment at an address, what an answer to it is
// about. An all-clear and a cancellation ask nothing.
func (t *tx) askedBy(org, recipient int64, address int, meant int64, since time.Time) (d vedette.Delivery, found bool, err error) {
	found, err = t.Found([]any{&d.Update, &d.Recipient, &d.Round, &d.Address, code.Channel.Into(&d.Channel), code.Delivery.Into(&d.State), ground.Time(&d.AcceptedAt)},
		`SELECT d.update_id, d.recipient_id, d.round, d.address_no, d.channel, d.state, d.accepted_at
		FROM updates u JOIN situations s ON s.id = u.situation_id JOIN deliveries d ON d.update_id = u.id AND d.recipient_id = $2
		WHERE u.org = $1 AND u.published_at >= $3 AND d.address_no = $4 AND d.lane = $5 AND d.meant_at = $6 AND `+wentOut+`
			AND u.cancels = 0 AND NOT EXISTS (SELECT 1 FROM all_clears a WHERE a.update_id = u.id)
		ORDER BY CASE s.stands WHEN u.id THEN 0 ELSE 1 END, u.published_at DESC, u.id DESC LIMIT 1`,
		org, recipient, ground.Micros(since), int64(address), int64(vedette.LaneDigest), meant)
	return d, found, err
}
