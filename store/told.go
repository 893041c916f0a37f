package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// ToldBefore lists the persons who have a notice of an update, or of one that
// it corrects, however many corrections ago: ascending by key, each once. A
// correction of the update reaches them all.
func (o *Org) ToldBefore(ctx context.Context, id vedette.ID) (keys []int64, err error) {
	return o.told(ctx, `WITH RECURSIVE chain (id, corrects_id) AS (
			SELECT id, corrects_id FROM updates WHERE org = $1 AND uuid = $2
			UNION SELECT u.id, u.corrects_id FROM updates u JOIN chain c ON u.id = c.corrects_id)
		SELECT DISTINCT n.recipient_id FROM chain JOIN notices n ON n.update_id = chain.id
		JOIN persons p ON p.id = n.recipient_id AND p.erased_at = 0 ORDER BY n.recipient_id`, id)
}

// ToldInSituation lists the persons who have a notice of any update of an
// update's situation, ascending by key, each once. A cancellation reaches
// them all. A draft's situation is that of what it corrects.
func (o *Org) ToldInSituation(ctx context.Context, id vedette.ID) (keys []int64, err error) {
	return o.told(ctx, `SELECT DISTINCT n.recipient_id FROM updates u JOIN notices n ON n.update_id = u.id
		JOIN persons p ON p.id = n.recipient_id AND p.erased_at = 0
		WHERE u.number > 0 AND u.situation_id = (SELECT coalesce(v.situation_id, c.situation_id) FROM updates v LEFT JOIN updates c ON c.id = v.corrects_id
			WHERE v.org = $1 AND v.uuid = $2) ORDER BY n.recipient_id`, id)
}

func (o *Org) told(ctx context.Context, text string, id vedette.ID) (keys []int64, err error) {
	err = o.s.read(ctx, "reading who was told", func(t *tx) error {
		keys, err = t.Keys(text, o.org, string(id))
		return err
	})
	return keys, err
}

// newest is the condition that n is the newest word to its recipient: the last
// round but for reminders, which say the same. Whatever came of it is among the
// deliveries of its round and of those after it.
const newest = `n.word = n.round AND NOT EXISTS (SELECT 1 FROM notices l WHERE l.update_id = n.update_id AND l.recipient_id = n.recipient_id AND l.word > n.round)`

// Notice gives the newest notice of a recipient, and false where there is
// none.
func (o *Org) Notice(ctx context.Context, update, recipient int64) (n vedette.Notice, found bool, err error) {
	rounds, err := o.Rounds(ctx, update, recipient)
	if err != nil || len(rounds) == 0 {
		return vedette.Notice{Update: update, Recipient: recipient}, false, err
	}
	return rounds[len(rounds)-1].Notice, true, nil
}

// Round is one time that somebody was told of an update.
type Round struct {
	vedette.Notice
	MadeAt     time.Time
	Deliveries []vedette.Delivery // by address
}

// Rounds lists the times that somebody was told of an update, the first
// first.
func (o *Org) Rounds(ctx context.Context, update, recipient int64) (list []Round, err error) {
	err = o.s.read(ctx, "reading a person's notices", func(t *tx) error {
		list, err = ground.All(t.Tx, func(r *Round) []any {
			r.Update, r.Recipient = update, recipient
			return []any{&r.Round, &r.Word, code.Cause.Into(&r.Cause), code.Relation.Into(&r.Relation), &r.Variant, ground.Time(&r.MadeAt)}
		}, `SELECT n.round, n.word, n.cause, n.relation, n.variant_no, n.made_at FROM notices n JOIN updates u ON u.id = n.update_id
			WHERE u.org = $1 AND n.update_id = $2 AND n.recipient_id = $3 ORDER BY n.round`, o.org, update, recipient)
		if err != nil || len(list) == 0 {
			return err
		}
		ds, err := ground.All(t.Tx, deliveryInto, deliverySelect+` ORDER BY round, address_no`, o.org, update, recipient)
		at := 0
		for _, d := range ds {
			for list[at].Round < d.Round {
				at++
			}
			list[at].Deliveries = append(list[at].Deliveries, d)
		}
		return err
	})
	return list, err
}

const deliverySelect = `SELECT update_id, recipient_id, round, address_no, channel, state, lane, attempts, doubts, due_at, coalesce(detail, ''), accepted_at, meant_at, held
	FROM deliveries WHERE org = $1 AND update_id = $2 AND recipient_id = $3`

func deliveryInto(d *vedette.Delivery) []any {
	return []any{&d.Update, &d.Recipient, &d.Round, &d.Address, code.Channel.Into(&d.Channel), code.Delivery.Into(&d.State), &d.Lane, &d.Attempts, &d.Doubts,
		ground.Time(&d.DueAt), &d.Detail, ground.Time(&d.AcceptedAt), ground.Time(&d.MeantAt), &d.Held}
}

// Delivery gives the delivery of the newest round that has one at an address,
// and false where there is none.
func (o *Org) Delivery(ctx context.Context, update, recipient int64, address int) (d vedette.Delivery, found bool, err error) {
	err = o.s.read(ctx, "reading a delivery", func(t *tx) error {
		found, err = t.Found(deliveryInto(&d), deliverySelect+` AND address_no = $4 ORDER BY round DESC LIMIT 1`, o.org, update, recipient, int64(address))
		return err
	})
	if !found {
		d = vedette.Delivery{Update: update, Recipient: recipient, Address: address}
	}
	return d, found, err
}

// LastTold is the last word somebody has in a situation: of its newest update
// that they have a notice of, the newest round but for reminders of it.
type LastTold struct {
	vedette.Notice
	Number     int // of the update
	MadeAt     time.Time
	State      vedette.DeliveryState // of the delivery that got furthest, "" without any
	AcceptedAt time.Time             // when a channel first took it, the zero time if none did
	HeardAt    time.Time             // last evidence from their own end
	Gathered   bool                  // of Warned: it went, or waits, in a digest alone
}

// toldPage is how many people are read at a time.
const toldPage = 2000

// LastTold calls fn for every living person with a notice in a situation,
// ascending by key, all as of one moment. fn may use the store.
func (o *Org) LastTold(ctx context.Context, situation vedette.ID, fn func(LastTold) error) error {
	return o.s.read(ctx, "reading who was told last", func(t *tx) error {
		keys, err := t.Keys(`SELECT DISTINCT recipient_id FROM notices WHERE update_id IN (SELECT id FROM updates WHERE org = $1 AND number > 0 AND situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2))`, o.org, string(situation))
		if err != nil {
			return err
		}
		slices.Sort(keys)
		for page := range slices.Chunk(keys, toldPage) {
			if err := t.lastTold(fn, ` AND n.recipient_id >= $3 AND n.recipient_id <= $4`, o.org, string(situation), page[0], page[len(page)-1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// ToldSince gives the number of the last log row, and whether any row after
// one says that what people were told in a situation, or what became of it,
// may have changed. Whoever keeps that, as it was read after this was asked,
// misses nothing but who was erased since.
func (o *Org) ToldSince(ctx context.Context, situation vedette.ID, after int64) (seq int64, changed bool, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) (err error) {
		if _, err = t.Found([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1`, o.org); err != nil || seq == after {
			return err
		}
		changed, err = t.Exists(`SELECT 1 FROM log l JOIN updates u ON u.org = l.org AND u.uuid = l.ref
			WHERE l.org = $1 AND l.seq > $2 AND l.kind <> {log draft} AND u.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $3)`, o.org, after, string(situation))
		return err
	})
	return seq, changed, err
}

// LastToldTo is LastTold for some people alone.
func (o *Org) LastToldTo(ctx context.Context, situation vedette.ID, people []int64, fn func(LastTold) error) error {
	return o.s.read(ctx, "reading what people were told last", func(t *tx) error {
		return t.lastTold(fn, ` AND n.recipient_id {in $3}`, o.org, string(situation), ground.List(people))
	})
}

// lastTold reads the notices of some people in a situation, the last of each
// first, and calls fn with that.
func (t *tx) lastTold(fn func(LastTold) error, whom string, args ...any) error {
	var list []LastTold
	err := t.Each(func(r *sql.Rows) error {
		var l LastTold
		err := r.Scan(&l.Recipient, &l.Update, &l.Number, &l.Round, code.Cause.Into(&l.Cause), code.Relation.Into(&l.Relation), &l.Variant, ground.Time(&l.MadeAt),
			code.Delivery.Into(&l.State), ground.Time(&l.AcceptedAt), ground.Time(&l.HeardAt))
		if n := len(list); n == 0 || list[n-1].Recipient != l.Recipient {
			list = append(list, l)
		}
		return err
	}, `SELECT n.recipient_id, u.id, u.number, n.round, n.cause, n.relation, n.variant_no, n.made_at,
			coalesce(max(d.state), 0), min(CASE d.accepted_at WHEN 0 THEN NULL ELSE d.accepted_at END), coalesce(max(d.heard_at), 0)
		FROM updates u JOIN notices n ON n.update_id = u.id JOIN persons p ON p.id = n.recipient_id AND p.erased_at = 0
		LEFT JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round >= n.round
		WHERE n.word = n.round AND u.org = $1 AND u.number > 0 AND u.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2)`+whom+`
		GROUP BY n.recipient_id, u.id, u.number, n.round, n.cause, n.relation, n.variant_no, n.made_at
		ORDER BY n.recipient_id, u.number DESC, n.round DESC`, args...)
	if err != nil {
		return err
	}
	for _, l := range list {
		if err := fn(l); err != nil {
			return err
		}
	}
	return nil
}
