package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/rota"
)

// Claimed is a delivery that a worker is to send. Its DueAt is the end of the
// lease.
type Claimed struct {
	vedette.Delivery
	Variant  int
	Relation vedette.Relation
	Cause    vedette.Cause
	MadeAt   time.Time  // when the notice was made
	Fanout   vedette.ID // of the update's publication, whatever the round
}

// Claim leases up to n deliveries that are due over the given channels: the
// lowest lane first, then what is due first. Rows under another's lease are
// left alone until it lapses; what is claimed then is in doubt, for the other
// may have sent it. Nothing is claimed of a stopped update. Of an
// overtaken one nothing as long as a newer update of its situation is being
// planned; after that only what has a recipient without a notice in a newer
// one. Whoever has been told anew meanwhile gets the newest round alone: an
// older one is withheld instead of claimed ("told anew"), and what an earlier
// try of it left in doubt becomes unknown. A reminder does that at its own
// addresses only, and is withheld itself once they have answered ("answered").
func (o *Org) Claim(ctx context.Context, worker string, n int, now time.Time, ttl time.Duration, channels []vedette.Channel) (got []Claimed, err error) {
	err = o.s.write(ctx, "claiming deliveries", func(t *tx) error {
		var withheld []int64
		if got, withheld, err = t.claimAll(o.org, worker, n, now, ttl, channels); err != nil {
			return err
		}
		return t.logUpdates(o.org, withheld, vedette.LogDelivery, "withheld", now)
	})
	return got, err
}

// claimAll is Claim but for the log: it gives the updates of which something
// was withheld.
func (t *tx) claimAll(org int64, worker string, n int, now time.Time, ttl time.Duration, channels []vedette.Channel) (got []Claimed, withheld []int64, err error) {
	segments, fates, err := t.waiting(org)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range segments {
		f := fates[s.update]
		if s.lane == vedette.LaneDigest || len(got) >= n || f.blocked() || s.due > ground.Micros(now) || !slices.Contains(channels, s.channel) {
			continue
		}
		rows, some, err := t.claim(org, s, f, worker, n-len(got), now, ttl)
		if err != nil {
			return nil, nil, err
		}
		if got = append(got, rows...); some {
			withheld = append(withheld, s.update)
		}
	}
	return got, withheld, nil
}

// Due looks, without a lock, whether a claim is worth while.
func (o *Org) Due(ctx context.Context, now time.Time, channels []vedette.Channel) (due bool, err error) {
	err = o.s.read(ctx, "looking at the queue", func(t *tx) error {
		segments, fates, err := t.waiting(o.org)
		due = slices.ContainsFunc(segments, func(s segment) bool {
			return s.lane != vedette.LaneDigest && s.due <= ground.Micros(now) && !fates[s.update].blocked() && slices.Contains(channels, s.channel)
		})
		return err
	})
	return due, err
}

// picked names up to $6 due rows of a segment; conditions on d may follow.
const picked = `WITH picked AS MATERIALIZED (SELECT update_id, recipient_id, round, address_no FROM deliveries d
	WHERE d.org = $1 AND d.state = {queued} AND d.lane = $2 AND d.channel = $3 AND d.update_id = $4 AND d.due_at <= $5`

func claimText(which string) string {
	return picked + which + ` ORDER BY d.due_at LIMIT $6 {skip})
		UPDATE deliveries SET leased_by = $7, due_at = $8,
			doubts = CASE WHEN leased_by IS NULL THEN doubts ELSE doubts + 1 END FROM picked
		WHERE deliveries.update_id = picked.update_id AND deliveries.recipient_id = picked.recipient_id
			AND deliveries.round = picked.round AND deliveries.address_no = picked.address_no
		RETURNING deliveries.recipient_id, deliveries.round, deliveries.address_no, deliveries.attempts, deliveries.doubts, coalesce(deliveries.detail, ''), deliveries.meant_at, deliveries.held`
}

// claim leases up to n rows of a segment, and says whether it withheld some
// on the way.
func (t *tx) claim(org int64, s segment, f *fate, worker string, n int, now time.Time, ttl time.Duration) (got []Claimed, withheld bool, err error) {
	for len(got) < n {
		rows, err := t.lease(org, s, f, worker, n-len(got), now, ttl)
		if err != nil || len(rows) == 0 {
			return got, withheld, err
		}
		needless, err := t.addNoticeOf(s.update, rows)
		if err != nil {
			return nil, false, err
		}
		for i := range rows {
			if needless == nil || needless[i] == "" {
				got = append(got, rows[i])
			}
		}
		if needless == nil {
			break
		}
		withheld = true
		if err := t.withholdNeedless(rows, needless); err != nil {
			return nil, false, err
		}
	}
	return got, withheld, nil
}

// lease leases up to n due rows of a segment.
func (t *tx) lease(org int64, s segment, f *fate, worker string, n int, now time.Time, ttl time.Duration) (got []Claimed, err error) {
	err = t.Each(func(r *sql.Rows) error {
		c := Claimed{Delivery: vedette.Delivery{Update: s.update, Channel: s.channel, State: vedette.DeliveryQueued, Lane: s.lane, DueAt: ground.Moment(ground.Micros(now.Add(ttl)))}}
		err := r.Scan(&c.Recipient, &c.Round, &c.Address, &c.Attempts, &c.Doubts, &c.Detail, ground.Time(&c.MeantAt), &c.Held)
		got = append(got, c)
		return err
	}, claimText(f.unreplaced(s.channel)+s.among),
		org, int64(s.lane), s.code, s.update, ground.Micros(now), int64(n), worker, ground.Micros(now.Add(ttl)))
	slices.SortFunc(got, func(a, b Claimed) int {
		return cmp.Or(cmp.Compare(a.Recipient, b.Recipient), cmp.Compare(a.Round, b.Round), cmp.Compare(a.Address, b.Address))
	})
	return got, err
}

// addNoticeOf loads what notice the claimed deliveries of an update bring,
// and says why any of them is not to be sent: its recipient was told anew, or
// has answered what it reminds of. It is nil when all are.
func (t *tx) addNoticeOf(update int64, got []Claimed) (needless []string, err error) {
	var fanout vedette.ID
	if err := t.Row([]any{&fanout}, `SELECT uuid FROM fanouts WHERE update_id = $1 AND no = 1`, update); err != nil {
		return nil, err
	}
	keys := make([]int64, len(got))
	for i := range got {
		keys[i] = got[i].Recipient
	}
	notices, reminded := make(map[int64][]Round, len(got)), false
	err = t.Each(func(r *sql.Rows) error {
		var n Round
		err := r.Scan(&n.Recipient, &n.Round, &n.Word, &n.Variant, code.Relation.Into(&n.Relation), code.Cause.Into(&n.Cause), ground.Time(&n.MadeAt))
		notices[n.Recipient] = append(notices[n.Recipient], n)
		reminded = reminded || n.Cause == vedette.CauseReminder
		return err
	}, `SELECT recipient_id, round, word, variant_no, relation, cause, made_at FROM notices WHERE update_id = $1 AND recipient_id {in $2}`, update, ground.List(keys))
	if err != nil {
		return nil, err
	}
	reached, err := t.reachedBefore(update, got)
	if err != nil {
		return nil, err
	}
	late := &reminders{}
	if reminded {
		if late, err = t.reminders(update, keys); err != nil {
			return nil, err
		}
	}
	for i := range got {
		c := &got[i]
		why := ""
		if c.Held {
			why = reached[roundOf{c.Recipient, c.Round}]
		}
		for _, n := range notices[c.Recipient] {
			switch {
			case n.Round == c.Round:
				c.Variant, c.Relation, c.Cause, c.MadeAt, c.Fanout = n.Variant, n.Relation, n.Cause, n.MadeAt, fanout
				if n.Cause == vedette.CauseReminder && late.answered[c.Recipient] >= n.Word {
					why = answeredBefore
				}
			case n.Round > c.Round && (n.Cause != vedette.CauseReminder || late.at[seatOf{c.Recipient, c.Address}] >= n.Round):
				why = toldAnew
			}
		}
		if why != "" {
			if needless == nil {
				needless = make([]string, len(got))
			}
			needless[i] = why
		}
	}
	return needless, nil
}

// reminders is what a claim must know where some of an update were reminded.
type reminders struct {
	answered map[int64]int  // by recipient: the round of their last answer
	at       map[seatOf]int // the newest round that has a delivery at an address
}

// seatOf is an address of a recipient.
type seatOf struct {
	recipient int64
	address   int
}

func (t *tx) reminders(update int64, people []int64) (*reminders, error) {
	l := &reminders{answered: map[int64]int{}, at: map[seatOf]int{}}
	err := t.Each(func(r *sql.Rows) error {
		var key int64
		var round int
		err := r.Scan(&key, &round)
		l.answered[key] = round
		return err
	}, `SELECT recipient_id, max(round) FROM replies WHERE update_id = $1 AND recipient_id {in $2} AND trust <> {trust none} GROUP BY recipient_id`, update, ground.List(people))
	if err != nil {
		return nil, err
	}
	return l, t.Each(func(r *sql.Rows) error {
		var at seatOf
		var round int
		err := r.Scan(&at.recipient, &at.address, &round)
		l.at[at] = round
		return err
	}, `SELECT recipient_id, address_no, max(round) FROM deliveries WHERE update_id = $1 AND recipient_id {in $2} GROUP BY recipient_id, address_no`,
		update, ground.List(people))
}

// withholdNeedless withholds those of the rows just leased that are not to be
// sent, each with its reason.
func (t *tx) withholdNeedless(rows []Claimed, needless []string) error {
	var keys [][]any
	for i, c := range rows {
		if needless[i] != "" {
			keys = append(keys, []any{c.Update, c.Recipient, int64(c.Round), int64(c.Address), needless[i]})
		}
	}
	_, err := t.Exec(`WITH v AS MATERIALIZED ({rows $1 of_update:key recipient:key round:key address:key why:text})
		UPDATE deliveries SET leased_by = NULL, state = CASE WHEN doubts > 0 THEN {unknown} ELSE {withheld} END,
			detail = CASE WHEN doubts > 0 THEN v.why || $2 ELSE v.why END FROM v
		WHERE deliveries.update_id = v.of_update AND deliveries.recipient_id = v.recipient AND deliveries.round = v.round AND deliveries.address_no = v.address
			AND deliveries.state IN ({on withhold})`, ground.List(keys), inDoubt)
	return err
}

// Why what waits is withheld when its turn comes.
const (
	toldAnew       = "told anew"
	answeredBefore = "answered before it was sent"
	reachedBefore  = "reached over another channel"
)

// reachedBefore says of whom, of those for whom a message goes only if another
// does not reach them, it is known that one did.
func (t *tx) reachedBefore(update int64, got []Claimed) (map[roundOf]string, error) {
	var held []int64
	for i := range got {
		if got[i].Held {
			held = append(held, got[i].Recipient)
		}
	}
	if len(held) == 0 {
		return nil, nil
	}
	out := map[roundOf]string{}
	return out, t.Each(func(r *sql.Rows) error {
		var at roundOf
		err := r.Scan(&at.recipient, &at.round)
		out[at] = reachedBefore
		return err
	}, `SELECT recipient_id, round FROM deliveries WHERE update_id = $1 AND recipient_id {in $2} AND state IN ({received}, {seen}, {answered})`, update, ground.List(held))
}

// roundOf is a round of a recipient.
type roundOf struct {
	recipient int64
	round     int
}

// Release gives back what a worker has leased and not begun, deliveries,
// fan-outs and the lookout, at once due again. It is for a worker that ends.
func (o *Org) Release(ctx context.Context, worker string) (int, error) {
	return o.release(ctx, worker, 0)
}

// Abandon gives back what a worker had leased that was killed: it may have
// sent any of it, so each delivery is in doubt once more.
func (o *Org) Abandon(ctx context.Context, worker string) (int, error) {
	return o.release(ctx, worker, 1)
}

func (o *Org) release(ctx context.Context, worker string, doubt int64) (released int, err error) {
	err = o.s.write(ctx, "releasing deliveries", func(t *tx) error {
		n, err := t.Exec(`UPDATE deliveries SET leased_by = NULL, due_at = 0, doubts = doubts + $3
			WHERE org = $1 AND state = {queued} AND leased_by = $2`, o.org, worker, doubt)
		if err != nil {
			return err
		}
		released = int(n)
		if _, err := t.Exec(`UPDATE fanouts SET leased_by = NULL, lease_until = 0 WHERE org = $1 AND finished_at = 0 AND leased_by = $2`, o.org, worker); err != nil {
			return err
		}
		if _, err = t.Exec(`UPDATE lookouts SET leased_by = NULL, lease_until = 0 WHERE org = $1 AND leased_by = $2`, o.org, worker); err != nil {
			return err
		}
		n, err = rota.Release(t.Tx, o.org, worker, doubt)
		released += int(n)
		return err
	})
	return released, err
}
