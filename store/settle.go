package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Outcome is what became of one attempt.
type Outcome struct {
	Update    int64
	Recipient int64
	Round     int
	Address   int
	Event     string    // accept, retry, fail, doubt or withhold, of vedette.Deliveries
	Detail    string    // the channel's last answer, or why withheld
	DueAt     time.Time // of a retry: when to try again
	Doubts    int       // attempts, this one included, that may have been accepted
	Untried   bool      // nothing was sent: the attempt does not count
}

// settleable are the events a worker may bring.
var settleable = []string{"accept", "retry", "fail", "doubt", "withhold"}

// maxDetail bounds what is kept of a channel's answer, in bytes.
const maxDetail = 500

// Settle writes what became of the deliveries a worker had leased, and gives
// up the leases. Rows that it does not hold any more, or whose state does not
// allow the event, are left alone; settled is the number of the others. Of
// someone erased meanwhile no detail is kept: it would name them.
func (o *Org) Settle(ctx context.Context, worker string, outs []Outcome, now time.Time) (settled int, err error) {
	if len(outs) == 0 {
		return 0, nil
	}
	byEvent, err := settling(outs)
	if err != nil {
		return 0, err
	}
	err = o.s.write(ctx, "settling deliveries", func(t *tx) error {
		var touched []int64
		if settled, touched, err = t.settleAll(o.org, worker, outs, byEvent, now); err != nil {
			return err
		}
		return t.logUpdates(o.org, touched, vedette.LogDelivery, "settled", now)
	})
	return settled, err
}

// settling gives outcomes as rows, by event.
func settling(outs []Outcome) (byEvent map[string][][]any, err error) {
	byEvent = map[string][][]any{}
	for _, out := range outs {
		if !slices.Contains(settleable, out.Event) {
			return nil, vedette.Errorf(vedette.CodeInvalid, "a worker cannot settle a delivery with %q", out.Event)
		}
		if out.Round < 1 {
			// It would match no row, and the message be sent again and again.
			return nil, vedette.Errorf(vedette.CodeInvalid, "an outcome for recipient %d does not say of which round it is", out.Recipient)
		}
		byEvent[out.Event] = append(byEvent[out.Event], []any{out.Update, out.Recipient, int64(out.Round), int64(out.Address), ground.Plain(out.Detail, maxDetail), ground.Micros(out.DueAt), int64(out.Doubts), ground.Bit(!out.Untried)})
	}
	return byEvent, nil
}

// settleAll is Settle but for the log: it gives the updates to be logged.
func (t *tx) settleAll(org int64, worker string, outs []Outcome, byEvent map[string][][]any, now time.Time) (settled int, updates []int64, err error) {
	touched, lost, passed := map[int64]bool{}, map[int64][]int64{}, map[int64][]int64{}
	var systems []int64
	for _, event := range settleable {
		n, err := t.settle(org, worker, event, byEvent[event], now, touched, lost, passed, &systems)
		if err != nil {
			return 0, nil, err
		}
		settled += n
	}
	if err := t.unreached(byEvent["fail"], now); err != nil {
		return 0, nil, err
	}
	for _, of := range []map[int64][]int64{lost, passed} {
		if err := t.nextChannel(org, of, now); err != nil {
			return 0, nil, err
		}
	}
	if err := t.noteReceivers(org, triedOf(outs, systems), now); err != nil {
		return 0, nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(lost)) {
		if err := t.askUnreached(org, key, lost[key], now); err != nil {
			return 0, nil, err
		}
	}
	return settled, slices.Collect(maps.Keys(touched)), nil
}

// nextChannel lets what waits behind a channel go at once for those whom that did
// not reach, where nothing else of theirs is on its way or further.
func (t *tx) nextChannel(org int64, lost map[int64][]int64, now time.Time) error {
	for _, update := range slices.Sorted(maps.Keys(lost)) {
		if _, err := t.Exec(`UPDATE deliveries SET due_at = $3, meant_at = $3 WHERE org = $1 AND update_id = $2 AND recipient_id {in $4} AND held = 1 AND state = {queued} AND leased_by IS NULL AND due_at > $3
			AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.update_id = deliveries.update_id AND o.recipient_id = deliveries.recipient_id AND o.round = deliveries.round AND o.address_no <> deliveries.address_no
				AND (o.state IN ({accepted}, {received}, {seen}, {answered}) OR o.state = {queued} AND (o.held = 0 OR o.due_at < deliveries.due_at)))`,
			org, update, ground.Micros(now), ground.List(lost[update])); err != nil {
			return err
		}
	}
	return nil
}

// settleText finds the rows by their keys. The signs keep PostgreSQL from going
// through the whole queue instead, as it does where it has not counted the table yet.
func settleText(event string) string {
	return `WITH v AS MATERIALIZED ({rows $1 of_update:key recipient:key round:key address:key said:text next:key doubts:key tried:key})
		UPDATE deliveries SET state = $4, attempts = attempts + v.tried, detail = CASE WHEN EXISTS (SELECT 1 FROM persons p WHERE p.id = v.recipient AND p.erased_at <> 0) THEN NULL ELSE nullif(v.said, '') END, leased_by = NULL, doubts = v.doubts,
			due_at = CASE v.next WHEN 0 THEN due_at ELSE v.next END, accepted_at = CASE CAST($5 AS bigint) WHEN 0 THEN accepted_at ELSE CAST($5 AS bigint) END
		FROM v WHERE deliveries.update_id = v.of_update AND deliveries.recipient_id = v.recipient AND deliveries.round = v.round AND deliveries.address_no = v.address
			AND +deliveries.org = $2 AND deliveries.leased_by = $3 AND +deliveries.state IN ({on ` + event + `}) RETURNING deliveries.update_id, deliveries.recipient_id, deliveries.channel, deliveries.address_no`
}

// triedOf gives what came of the tries to tell some systems, in their order.
func triedOf(outs []Outcome, systems []int64) (list []tried) {
	for _, o := range outs {
		if !o.Untried && slices.Contains(systems, o.Recipient) {
			list = append(list, tried{o.Recipient, o.Event == "accept", o.Detail})
		}
	}
	return list
}

// settle writes the outcomes of one event, and notes the updates it touched, to
// whom of each it did not get at an address, at whose it may not go (what is
// withheld by whoever sends), and the systems among them.
func (t *tx) settle(org int64, worker, event string, outs [][]any, now time.Time, touched map[int64]bool, lost, passed map[int64][]int64, systems *[]int64) (n int, err error) {
	if len(outs) == 0 {
		return 0, nil
	}
	to, _ := vedette.Deliveries.Next(vedette.DeliveryQueued, event) // what is leased is queued
	accepted := int64(0)
	if event == "accept" {
		accepted = ground.Micros(now)
	}
	err = t.Each(func(r *sql.Rows) error {
		var update, recipient int64
		var channel vedette.Channel
		var address int
		err := r.Scan(&update, &recipient, code.Channel.Into(&channel), &address)
		n++
		touched[update] = true
		if channel == vedette.ChannelWebhook {
			*systems = append(*systems, recipient)
		}
		if channel == vedette.ChannelWebhook || address == vedette.AddressSuperior {
			return err
		}
		switch event {
		case "fail", "doubt":
			lost[update] = append(lost[update], recipient)
		case "withhold":
			passed[update] = append(passed[update], recipient)
		}
		return err
	}, settleText(event), ground.List(outs), org, worker, code.Delivery.Of(to), accepted)
	return n, err
}
