package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// PersonNotice is what somebody was told of an update, the last time, and what
// they answered last.
type PersonNotice struct {
	Update     vedette.ID
	Status     vedette.Status
	MadeAt     time.Time
	Relation   vedette.Relation
	State      vedette.DeliveryState // of the delivery that got furthest, "" for none
	Answer     vedette.ReplyKind     // "" for none
	AnsweredAt time.Time
	Belief     vedette.Belief
}

// lookedThrough is how many updates a person's notices are looked for in: they
// are found by update, so that writing a million of them costs no second index.
const lookedThrough = 500

// NoticesOf lists what somebody was told of the newest updates, newest first.
func (o *Org) NoticesOf(ctx context.Context, person int64, limit int) (list []PersonNotice, err error) {
	err = o.s.read(ctx, "reading what a person was told", func(t *tx) error {
		list, err = ground.All(t.Tx, func(n *PersonNotice) []any {
			return []any{&n.Update, &n.Status, ground.Time(&n.MadeAt), code.Relation.Into(&n.Relation), code.Delivery.Into(&n.State),
				code.Reply.Into(&n.Answer), ground.Time(&n.AnsweredAt), code.Belief.Into(&n.Belief)}
		}, `SELECT u.uuid, u.status, n.made_at, n.relation,
				coalesce((SELECT max(d.state) FROM deliveries d WHERE d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round >= n.round), 0),
				coalesce(r.kind, 0), coalesce(r.at, 0), coalesce(r.trust, 0)
			FROM (SELECT id, uuid, status FROM updates WHERE org = $1 AND published_at > 0 ORDER BY published_at DESC, id DESC LIMIT $4) AS u
			JOIN notices n ON n.update_id = u.id AND n.recipient_id = $2
			LEFT JOIN replies r ON r.org = $1 AND r.seq =
				(SELECT l.seq FROM replies l WHERE l.update_id = n.update_id AND l.recipient_id = n.recipient_id AND l.trust <> {trust none} ORDER BY l.seq DESC LIMIT 1)
			WHERE `+newest+` ORDER BY n.made_at DESC, u.id DESC LIMIT $3`, o.org, person, ground.Most(limit), lookedThrough)
		return err
	})
	return list, err
}
