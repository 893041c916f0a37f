package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// heardFor is how long it is kept what a gateway told: longer than anybody may
// answer.
const heardFor = 90 * 24 * time.Hour

// Heard says whether a gateway told this before.
func (o *Org) Heard(ctx context.Context, hash []byte) (known bool, err error) {
	err = o.s.read(ctx, "looking whether it was heard before", func(t *tx) error {
		known, err = t.Exists(`SELECT 1 FROM heard WHERE org = $1 AND hash = $2`, o.org, hash)
		return err
	})
	return known, err
}

// NoteHeard keeps that a gateway told this, and forgets what is long past.
func (o *Org) NoteHeard(ctx context.Context, hash []byte, now time.Time) error {
	return o.s.write(ctx, "noting what was heard", func(t *tx) error {
		if _, err := t.Exec(`DELETE FROM heard WHERE org = $1 AND at < $2`, o.org, ground.Micros(now.Add(-heardFor))); err != nil {
			return err
		}
		_, err := t.Exec(`INSERT INTO heard (org, at, hash) SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM heard WHERE org = $1 AND hash = $3)`,
			o.org, ground.Micros(now), hash)
		return err
	})
}

// AnswersTo gives the newest notice that may have reached somebody over a
// channel, since a time: what they mean who answer without saying to what.
func (o *Org) AnswersTo(ctx context.Context, recipient int64, over vedette.Channel, since time.Time) (d vedette.Delivery, ok bool, err error) {
	err = o.s.read(ctx, "finding what somebody answers to", func(t *tx) error {
		d = vedette.Delivery{Recipient: recipient, Channel: over}
		ok, err = t.Found([]any{&d.Update, &d.Round, &d.Address, code.Delivery.Into(&d.State), ground.Time(&d.AcceptedAt)}, `SELECT d.update_id, d.round, d.address_no, d.state, d.accepted_at
			FROM updates u JOIN deliveries d ON d.update_id = u.id AND d.recipient_id = $2
			JOIN notices n ON n.update_id = d.update_id AND n.recipient_id = d.recipient_id AND n.round = d.round
			WHERE u.org = $1 AND u.published_at >= $4 AND d.channel = $3
				AND (d.state IN ({accepted}, {received}, {seen}, {answered}, {unknown}, {failed}) OR d.state = {queued} AND (d.attempts > 0 OR d.leased_by IS NOT NULL))
			ORDER BY CASE d.state WHEN {failed} THEN 1 ELSE 0 END, n.made_at DESC, u.published_at DESC LIMIT 1`, o.org, recipient, code.Channel.Of(over), ground.Micros(since))
		return err
	})
	return d, ok, err
}
