package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"vedette"
)

// Outcome is what became of one attempt.
type Outcome struct {
	Update    int64
	Recipient int64
	Address   int
	Event     string    // accept, retry, fail, doubt or withhold, of vedette.Deliveries
	Detail    string    // the channel's last answer, or why withheld
	DueAt     time.Time // of a retry: when to try again
	InDoubt   bool      // an attempt, this or an earlier one, may have been accepted
}

// settleable are the events a worker may bring.
var settleable = []string{"accept", "retry", "fail", "doubt", "withhold"}

// maxDetail bounds what is kept of a channel's answer, in bytes.
const maxDetail = 500

// Settle writes what became of the deliveries a worker had leased, and gives
// up the leases. Rows that it does not hold any more, or whose state does not
// allow the event, are left alone; settled is the number of the others. An
// attempt counts unless it was withheld.
func (o *Org) Settle(ctx context.Context, worker string, outs []Outcome, now time.Time) (settled int, err error) {
	if len(outs) == 0 {
		return 0, nil
	}
	byEvent := map[string][][]any{}
	for _, out := range outs {
		if !slices.Contains(settleable, out.Event) {
			return 0, vedette.Errorf(vedette.CodeInvalid, "a worker cannot settle a delivery with %q", out.Event)
		}
		byEvent[out.Event] = append(byEvent[out.Event], []any{out.Update, out.Recipient, int64(out.Address), plain(out.Detail, maxDetail), micros(out.DueAt), bit(out.InDoubt)})
	}
	err = o.s.write(ctx, "settling deliveries", func(t *tx) error {
		settled = 0
		touched := map[int64]bool{}
		for _, event := range settleable {
			n, err := t.settle(o.org, worker, event, byEvent[event], now, touched)
			if err != nil {
				return err
			}
			settled += n
		}
		keys := make([]int64, 0, len(touched))
		for key := range touched {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			if err := t.logDeliveries(o.org, key, "settled", now); err != nil {
				return err
			}
		}
		return nil
	})
	return settled, err
}

func settleText(event string) string {
	return `WITH v AS MATERIALIZED ({rows $1 of_update:key recipient:key address:key said:text next:key doubted:key})
		UPDATE deliveries SET state = $4, attempts = attempts + $5, detail = nullif(v.said, ''), leased_by = NULL, in_doubt = v.doubted,
			due_at = CASE v.next WHEN 0 THEN due_at ELSE v.next END, accepted_at = CASE CAST($6 AS bigint) WHEN 0 THEN accepted_at ELSE CAST($6 AS bigint) END
		FROM v WHERE deliveries.update_id = v.of_update AND deliveries.recipient_id = v.recipient AND deliveries.address_no = v.address
			AND deliveries.org = $2 AND deliveries.leased_by = $3 AND deliveries.state IN ({on ` + event + `}) RETURNING deliveries.update_id`
}

func (t *tx) settle(org int64, worker, event string, outs [][]any, now time.Time, touched map[int64]bool) (n int, err error) {
	if len(outs) == 0 {
		return 0, nil
	}
	to, attempt, accepted := vedette.DeliveryQueued, int64(1), int64(0)
	for _, mv := range vedette.Deliveries {
		if mv.Event == event {
			to = mv.To
		}
	}
	switch event {
	case "accept":
		accepted = micros(now)
	case "withhold":
		attempt = 0
	}
	arg, err := list(outs)
	if err != nil {
		return 0, err
	}
	err = t.each(func(r *sql.Rows) error {
		var update int64
		err := r.Scan(&update)
		n++
		touched[update] = true
		return err
	}, settleText(event),
		arg, org, worker, deliveryCodes.of(to), attempt, accepted)
	return n, err
}

// Delivery gives one delivery, and false where there is none.
func (o *Org) Delivery(ctx context.Context, update, recipient int64, address int) (d vedette.Delivery, found bool, err error) {
	err = o.s.read(ctx, "reading a delivery", func(t *tx) error {
		d = vedette.Delivery{Update: update, Recipient: recipient, Address: address}
		var channel, state, due, accepted int64
		found, err = t.found([]any{&channel, &state, &d.Lane, &d.Attempts, &d.InDoubt, &due, &d.Detail, &accepted},
			`SELECT channel, state, lane, attempts, in_doubt, due_at, coalesce(detail, ''), accepted_at FROM deliveries
			WHERE org = $1 AND update_id = $2 AND recipient_id = $3 AND address_no = $4`, o.org, update, recipient, int64(address))
		d.Channel, d.State, d.DueAt, d.AcceptedAt = channelCodes.word(channel), deliveryCodes.word(state), moment(due), moment(accepted)
		return err
	})
	return d, found, err
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
