package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// canary is how a canary is marked in its update's row.
const canary = 2

// CanaryMessage is one message of a canary, and how far it came.
type CanaryMessage struct {
	Update      vedette.ID
	PublishedAt time.Time
	Recipient   int64
	Channel     vedette.Channel
	State       vedette.DeliveryState
	AcceptedAt  time.Time // zero while no channel took it
	ArrivedAt   time.Time // the first evidence from its own end, zero for none
	Detail      string
}

// Canaries gives the messages of the canaries published since a time, the
// oldest first.
func (o *Org) Canaries(ctx context.Context, since time.Time) (list []CanaryMessage, err error) {
	err = o.s.read(ctx, "reading canaries", func(t *tx) error {
		list, err = ground.All(t.Tx, func(m *CanaryMessage) []any {
			return []any{&m.Update, ground.Time(&m.PublishedAt), &m.Recipient, code.Channel.Into(&m.Channel), code.Delivery.Into(&m.State),
				ground.Time(&m.AcceptedAt), ground.Time(&m.ArrivedAt), &m.Detail}
		}, `SELECT u.uuid, u.published_at, d.recipient_id, d.channel, d.state, d.accepted_at, d.arrived_at, coalesce(d.detail, '')
			FROM updates u JOIN deliveries d ON d.update_id = u.id
			WHERE u.org = $1 AND u.drill = 2 AND u.published_at >= $2 ORDER BY u.published_at, u.id, d.channel, d.recipient_id, d.address_no`, o.org, ground.Micros(since))
		return err
	})
	return list, err
}

// LastCanary gives when the last canary was published and its key, zero for
// none.
func (o *Org) LastCanary(ctx context.Context) (at time.Time, update int64, err error) {
	err = o.s.read(ctx, "reading the last canary", func(t *tx) error {
		_, err := t.Found([]any{ground.Time(&at), &update}, `SELECT published_at, id FROM updates WHERE org = $1 AND drill = 2 AND published_at > 0 ORDER BY published_at DESC, id DESC LIMIT 1`, o.org)
		return err
	})
	return at, update, err
}
