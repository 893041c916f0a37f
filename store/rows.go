package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Row is one person of an update: how far the word got to them the last time
// they were told, and what they answered last, be it before.
type Row struct {
	Recipient    int64
	Round        int // the newest that is no reminder
	Cause        vedette.Cause
	MadeAt       time.Time // when that round's notice was made
	Relation     vedette.Relation
	Variant      int
	Address      int                   // slot of the delivery that got furthest, 0 for none
	State        vedette.DeliveryState // of that delivery, "" when there is no way to reach them
	Detail       string
	Answer       vedette.ReplyKind // "" for none
	AnsweredAt   time.Time
	TappedAt     time.Time // when the answer was tapped, of one that came late; zero: it came at once
	AnswerSealed []byte
	Belief       vedette.Belief // of the answer: one under duress makes nobody safe
	Stale        bool           // the answer is older than the newest notice: they are silent again
}

// RowFilter narrows Rows; what is empty does not.
type RowFilter struct {
	State       vedette.DeliveryState
	Answer      vedette.ReplyKind
	Relation    vedette.Relation
	Cause       vedette.Cause // of the newest round
	Silent      bool          // without an answer to the newest round
	Unreachable bool          // without a delivery
	Told        bool          // the word is received or beyond
	Called      bool          // the desk is asked to call them, and they have not answered since
	Variants    []int
	Persons     []int64 // these alone
	After       int64   // recipients after this key
	Limit       int     // 0 is no limit
}

// Rows lists the persons of an update, ascending by key.
func (o *Org) Rows(ctx context.Context, update int64, f RowFilter) (list []Row, err error) {
	where, args := f.sql()
	err = o.s.read(ctx, "listing who was told", func(t *tx) error {
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		list, err = ground.All(t.Tx, func(row *Row) []any {
			return []any{&row.Recipient, &row.Round, code.Cause.Into(&row.Cause), ground.Time(&row.MadeAt), code.Relation.Into(&row.Relation), &row.Variant,
				&row.Address, code.Delivery.Into(&row.State), &row.Detail,
				code.Reply.Into(&row.Answer), ground.Time(&row.AnsweredAt), &row.AnswerSealed, &row.Stale, code.Belief.Into(&row.Belief), ground.Time(&row.TappedAt)}
		}, `SELECT n.recipient_id, n.round, n.cause, n.made_at, n.relation, n.variant_no, coalesce(d.address_no, 0), coalesce(d.state, 0), coalesce(d.detail, ''),
				coalesce(r.kind, 0), coalesce(r.at, 0), r.sealed, CASE WHEN r.round < n.round THEN 1 ELSE 0 END, coalesce(r.trust, 0), coalesce(r.tapped_at, 0)
			FROM notices n JOIN persons p ON p.id = n.recipient_id
			LEFT JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round >= n.round AND NOT EXISTS
				(SELECT 1 FROM deliveries b WHERE b.update_id = n.update_id AND b.recipient_id = n.recipient_id AND b.round >= n.round
				AND (b.state > d.state OR b.state = d.state AND (b.round > d.round OR b.round = d.round AND b.address_no < d.address_no)))
			LEFT JOIN replies r ON r.org = p.org AND r.seq =
				(SELECT l.seq FROM replies l WHERE l.update_id = n.update_id AND l.recipient_id = n.recipient_id AND l.trust <> {trust none} ORDER BY l.seq DESC LIMIT 1)
			WHERE n.update_id = $1 AND n.recipient_id > $2 AND `+newest+where+` ORDER BY n.recipient_id LIMIT $3`,
			append([]any{update, f.After, ground.Most(f.Limit)}, args...)...)
		return err
	})
	return list, err
}

// sql writes the filter as conditions; its arguments begin with $4.
func (f RowFilter) sql() (where string, args []any) {
	add := func(cond string, arg any) {
		args = append(args, arg)
		where += " AND " + cond + string(rune('0'+3+len(args)))
	}
	if f.State != "" {
		add("d.state = $", code.Delivery.Of(f.State))
	}
	if f.Answer != "" {
		where += " AND r.trust = 0"
		add("r.kind = $", code.Reply.Of(f.Answer))
	}
	if f.Relation != "" {
		add("n.relation = $", code.Relation.Of(f.Relation))
	}
	if f.Cause != "" {
		add("n.cause = $", code.Cause.Of(f.Cause))
	}
	if f.Silent {
		where += " AND (r.seq IS NULL OR r.round < n.round OR r.trust <> 0)"
	}
	if f.Called {
		where += " AND EXISTS (SELECT 1 FROM escalations e WHERE e.update_id = n.update_id AND e.recipient_id = n.recipient_id AND e.round = n.round AND e.asked = 1 AND " + silentStill + ")"
	}
	if f.Unreachable {
		where += " AND d.state IS NULL"
	}
	if f.Told {
		where += " AND d.state IN ({received}, {seen}, {answered})"
	}
	if len(f.Variants) > 0 {
		add("n.variant_no {in $", ground.List(f.Variants))
		where += "}"
	}
	if len(f.Persons) > 0 {
		add("n.recipient_id {in $", ground.List(f.Persons))
		where += "}"
	}
	return where, args
}

// ChannelStates says how far the newest word of an update came to some recipients, by
// channel: the delivery over it that got furthest. What was not sent over has no entry.
func (o *Org) ChannelStates(ctx context.Context, update int64, recipients []int64) (map[int64]map[vedette.Channel]vedette.DeliveryState, error) {
	out := make(map[int64]map[vedette.Channel]vedette.DeliveryState, len(recipients))
	err := o.s.read(ctx, "reading what became of messages", func(t *tx) error {
		return t.Each(func(r *sql.Rows) error {
			var recipient int64
			var channel vedette.Channel
			var state vedette.DeliveryState
			if err := r.Scan(&recipient, code.Channel.Into(&channel), code.Delivery.Into(&state)); err != nil {
				return err
			}
			if out[recipient] == nil {
				out[recipient] = map[vedette.Channel]vedette.DeliveryState{}
			}
			out[recipient][channel] = state
			return nil
		}, `SELECT n.recipient_id, d.channel, max(d.state) FROM notices n
			JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round >= n.round
			WHERE d.org = $1 AND n.update_id = $2 AND n.recipient_id {in $3} AND `+newest+` GROUP BY n.recipient_id, d.channel`, o.org, update, ground.List(recipients))
	})
	return out, err
}
