package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// DeliveryKey names a row of the ledger.
type DeliveryKey struct {
	Update, Recipient int64
	Round, Address    int
}

// GiveBack makes due, at a time, what the store says a worker holds over some
// channels and the worker does not know of: the claim was committed, and its answer
// lost with the connection. held is what it does know of. None of the rest was begun,
// so it is no more in doubt than before; a lease that has lapsed is left to whoever
// claims it, as in doubt. Digests are not touched. It must not be asked while a claim
// of that worker is under way.
func (o *Org) GiveBack(ctx context.Context, worker string, channels []vedette.Channel, held []DeliveryKey, now, due time.Time) (given int, err error) {
	over := make([]int64, len(channels))
	for i, c := range channels {
		over[i] = code.Channel.Of(c)
	}
	rows := make([][]any, len(held))
	for i, k := range held {
		rows[i] = []any{k.Update, k.Recipient, int64(k.Round), int64(k.Address)}
	}
	err = o.s.write(ctx, "giving back deliveries", func(t *tx) error {
		n, err := t.Exec(`WITH v AS MATERIALIZED ({rows $6 of_update:key recipient:key round:key address:key})
			UPDATE deliveries SET leased_by = NULL, due_at = $5 WHERE org = $1 AND state = {queued} AND leased_by = $2 AND due_at > $7 AND channel {in $3} AND lane <> $4
			AND NOT EXISTS (SELECT 1 FROM v WHERE v.of_update = deliveries.update_id AND v.recipient = deliveries.recipient_id AND v.round = deliveries.round AND v.address = deliveries.address_no)`,
			o.org, worker, ground.List(over), int64(vedette.LaneDigest), ground.Micros(due), ground.List(rows), ground.Micros(now))
		given = int(n)
		return err
	})
	return given, err
}

// GiveBackDigests does so with what a worker holds that is gathered into digests,
// all of it. It is for who knows that it has none of them; doubt says that some of it
// may have been sent.
func (o *Org) GiveBackDigests(ctx context.Context, worker string, doubt bool, now, due time.Time) (given int, err error) {
	err = o.s.write(ctx, "giving back digests", func(t *tx) error {
		n, err := t.Exec(`UPDATE deliveries SET leased_by = NULL, due_at = $4, doubts = doubts + $6 WHERE org = $1 AND state = {queued} AND leased_by = $2 AND due_at > $5 AND lane = $3`,
			o.org, worker, int64(vedette.LaneDigest), ground.Micros(due), ground.Micros(now), ground.Bit(doubt))
		given = int(n)
		return err
	})
	return given, err
}
