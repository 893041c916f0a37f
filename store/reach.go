package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// AddressReach is what is known of a live address of a person, kept as the ledger's
// results come. What was heard from the address in the same slot before its
// value changed is not of it.
type AddressReach struct {
	Person  int64
	Address int // slot
	Channel vedette.Channel
	Since   time.Time // when the address was recorded

	HeardAt    time.Time             // last evidence from its own end, zero for none
	HeardAfter time.Duration         // from when the notice was made to the first evidence of it
	HeardBy    vedette.ID            // of the update
	HeardDrill bool                  // which was a drill
	HeardState vedette.DeliveryState // received, seen or answered
	VerifiedAt time.Time             // when its owner last spoke: answered, or said that they have read it
	FailedAt   time.Time             // last failure of what was tried, zero for none
	FailedWhy  string
}

// Drilled is the last drill that somebody was part of.
type Drilled struct {
	Person int64
	Update vedette.ID
	At     time.Time             // when their notice was made
	State  vedette.DeliveryState // of the delivery that got furthest, "" where there was no way to them
}

// Reaches gives what is known of the live addresses of people, ascending by
// person and slot.
func (o *Org) Reaches(ctx context.Context, people []int64) (list []AddressReach, err error) {
	err = o.s.read(ctx, "reading who is reached", func(t *tx) error {
		list, err = ground.All(t.Tx, func(r *AddressReach) []any {
			return []any{&r.Person, &r.Address, code.Channel.Into(&r.Channel), ground.Time(&r.Since), ground.Time(&r.HeardAt), ground.Span(&r.HeardAfter), &r.HeardBy, &r.HeardDrill,
				code.Delivery.Into(&r.HeardState), ground.Time(&r.VerifiedAt), ground.Time(&r.FailedAt), &r.FailedWhy}
		}, `SELECT a.person_id, a.no, a.channel, a.recorded_from, coalesce(r.heard_at, 0), coalesce(r.heard_after, 0), coalesce(u.uuid, ''), coalesce(u.drill, 0) > 0,
				coalesce(r.heard_state, 0), coalesce(r.verified_at, 0), coalesce(r.failed_at, 0), coalesce(r.failed_why, '')
			FROM addresses a JOIN persons p ON p.id = a.person_id AND p.org = $1
			LEFT JOIN reach r ON r.person_id = a.person_id AND r.address_id = a.id LEFT JOIN updates u ON u.id = r.heard_update
			WHERE a.person_id {in $2} AND a.recorded_to = 0 ORDER BY a.person_id, a.no`, o.org, ground.List(people))
		return err
	})
	return list, err
}

// Drilled gives the last drill that each of some people was part of, by
// person; whoever was in none is left out.
func (o *Org) Drilled(ctx context.Context, people []int64) (map[int64]Drilled, error) {
	out := map[int64]Drilled{}
	err := o.s.read(ctx, "reading who was in a drill", func(t *tx) error {
		clear(out)
		list, err := ground.All(t.Tx, func(d *Drilled) []any {
			return []any{&d.Person, &d.Update, ground.Time(&d.At), code.Delivery.Into(&d.State)}
		}, `SELECT n.recipient_id, u.uuid, n.made_at, coalesce(max(d.state), 0) FROM updates u JOIN notices n ON n.update_id = u.id AND n.recipient_id {in $2}
			LEFT JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round = n.round
			WHERE u.org = $1 AND u.drill > 0 AND `+newest+`
			GROUP BY n.recipient_id, u.uuid, n.made_at ORDER BY n.made_at`, o.org, ground.List(people))
		for _, d := range list { // the last counts
			out[d.Person] = d
		}
		return err
	})
	return out, err
}

// DrillOpen says whether somebody was sent a drill over a channel since a time,
// and has not answered it.
func (o *Org) DrillOpen(ctx context.Context, recipient int64, over vedette.Channel, since time.Time) (open bool, err error) {
	err = o.s.read(ctx, "looking for an open drill", func(t *tx) error {
		open, err = t.Exists(`SELECT 1 FROM updates u JOIN deliveries d ON d.update_id = u.id AND d.recipient_id = $2
			WHERE u.org = $1 AND u.drill > 0 AND u.published_at >= $4 AND d.channel = $3
				AND (d.state IN ({accepted}, {received}, {unknown}) OR d.state = {queued} AND (d.attempts > 0 OR d.leased_by IS NOT NULL))`,
			o.org, recipient, code.Channel.Of(over), ground.Micros(since))
		return err
	})
	return open, err
}

// evidence is word from the end of a delivery.
type evidence struct {
	update, recipient int64
	address           int
	state             vedette.DeliveryState
	at                time.Time
}

// reached keeps that an address is one that reaches its owner. It was the
// address of its slot when the message was accepted; whose value has changed
// since keeps it as it was. Hooks and superiors have no such rows.
func (t *tx) reached(e evidence) error {
	var made, arrived, accepted int64
	found, err := t.Found([]any{&made, &arrived, &accepted}, `SELECT n.made_at, d.arrived_at, d.accepted_at FROM deliveries d
			JOIN notices n ON n.update_id = d.update_id AND n.recipient_id = d.recipient_id AND n.round = d.round
		WHERE d.update_id = $1 AND d.recipient_id = $2 AND d.address_no = $3 AND d.heard_at = $4 ORDER BY d.round DESC LIMIT 1`,
		e.update, e.recipient, int64(e.address), ground.Micros(e.at))
	if err != nil || !found {
		return err
	}
	if accepted == 0 {
		accepted = ground.Micros(e.at)
	}
	verified := int64(0)
	if e.state == vedette.DeliverySeen || e.state == vedette.DeliveryAnswered {
		verified = ground.Micros(e.at)
	}
	_, err = t.Exec(`INSERT INTO reach (person_id, address_id, heard_at, heard_after, heard_update, heard_state, verified_at)
		SELECT a.person_id, a.id, CAST($4 AS bigint), CAST($5 AS bigint), CAST($6 AS bigint), CAST($7 AS smallint), CAST($8 AS bigint) FROM addresses a WHERE a.person_id = $1 AND a.no = $2
			AND a.recorded_from <= $3 AND (a.recorded_to = 0 OR a.recorded_to > $3) ORDER BY a.id DESC LIMIT 1
		ON CONFLICT (person_id, address_id) DO UPDATE SET heard_at = excluded.heard_at, heard_after = excluded.heard_after, heard_update = excluded.heard_update,
			heard_state = excluded.heard_state, verified_at = CASE excluded.verified_at WHEN 0 THEN reach.verified_at ELSE excluded.verified_at END
		WHERE excluded.heard_at >= reach.heard_at`,
		e.recipient, int64(e.address), accepted, ground.Micros(e.at), max(arrived-made, 0), e.update, code.Delivery.Of(e.state), verified)
	return err
}

// came keeps what a mail server or gateway reports of an address.
func (t *tx) came(b *Bounce, to vedette.DeliveryState) error {
	if b.Arrived {
		return t.reached(evidence{b.Update, b.Recipient, b.Address, to, b.At})
	}
	return t.unreached([][]any{{b.Update, b.Recipient, int64(b.Round), int64(b.Address), ground.Plain(b.Detail, 300), int64(0), int64(0), int64(1)}}, b.At)
}

// unreached keeps that what was tried at some addresses failed: rows as settle
// writes them, by address as it is now.
func (t *tx) unreached(rows [][]any, at time.Time) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := t.Exec(`WITH v AS MATERIALIZED ({rows $1 of_update:key recipient:key round:key address:key said:text next:key doubts:key tried:key})
		INSERT INTO reach (person_id, address_id, failed_at, failed_why)
		SELECT a.person_id, a.id, CAST($2 AS bigint), max(v.said) FROM v
			JOIN deliveries d ON d.update_id = v.of_update AND d.recipient_id = v.recipient AND d.round = v.round AND d.address_no = v.address AND d.state = {failed}
			JOIN addresses a ON a.person_id = v.recipient AND a.no = v.address AND a.recorded_to = 0
		WHERE v.tried = 1 GROUP BY a.person_id, a.id
		ON CONFLICT (person_id, address_id) DO UPDATE SET failed_at = excluded.failed_at, failed_why = excluded.failed_why WHERE excluded.failed_at >= reach.failed_at`,
		ground.List(rows), ground.Micros(at))
	return err
}
