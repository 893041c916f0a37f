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
)

// Claimed is a delivery that a worker is to send. Its DueAt is the end of the
// lease.
type Claimed struct {
	vedette.Delivery
	Variant  int
	Relation vedette.Relation
	Fanout   vedette.ID
}

// Claim leases up to n deliveries that are due over the given channels: the
// lowest lane first, then what is due first. Rows under another's lease are
// left alone until it lapses; what is claimed then is in doubt, for the other
// may have sent it. Nothing is claimed of a stopped update. Of an
// overtaken one nothing as long as a newer update of its situation is being
// planned; after that only what has a recipient without a notice in a newer
// one.
func (o *Org) Claim(ctx context.Context, worker string, n int, now time.Time, ttl time.Duration, channels []vedette.Channel) (got []Claimed, err error) {
	if due, err := o.anyDue(ctx, now, channels); err != nil || !due {
		return nil, err
	}
	err = o.s.write(ctx, "claiming deliveries", func(t *tx) error {
		got = nil
		segments, fates, err := t.waiting(o.org)
		if err != nil {
			return err
		}
		for _, s := range segments {
			f := fates[s.update]
			if len(got) >= n || f.blocked() || s.due > ground.Micros(now) || !slices.Contains(channels, s.channel) {
				continue
			}
			rows, err := t.claim(o.org, s, f, worker, n-len(got), now, ttl)
			if err != nil {
				return err
			}
			got = append(got, rows...)
		}
		return nil
	})
	return got, err
}

// anyDue looks, without a lock, whether a claim is worth while.
func (o *Org) anyDue(ctx context.Context, now time.Time, channels []vedette.Channel) (due bool, err error) {
	err = o.s.read(ctx, "looking at the queue", func(t *tx) error {
		segments, fates, err := t.waiting(o.org)
		due = slices.ContainsFunc(segments, func(s segment) bool {
			return s.due <= ground.Micros(now) && !fates[s.update].blocked() && slices.Contains(channels, s.channel)
		})
		return err
	})
	return due, err
}

// picked names up to $6 due rows of a segment; conditions on d may follow.
const picked = `WITH picked AS MATERIALIZED (SELECT update_id, recipient_id, address_no FROM deliveries d
	WHERE d.org = $1 AND d.state = {queued} AND d.lane = $2 AND d.channel = $3 AND d.update_id = $4 AND d.due_at <= $5`

func claimText(which string) string {
	return picked + which + ` ORDER BY d.due_at LIMIT $6 {skip})
		UPDATE deliveries SET leased_by = $7, due_at = $8,
			doubts = CASE WHEN leased_by IS NULL THEN doubts ELSE doubts + 1 END FROM picked
		WHERE deliveries.update_id = picked.update_id AND deliveries.recipient_id = picked.recipient_id AND deliveries.address_no = picked.address_no
		RETURNING deliveries.recipient_id, deliveries.address_no, deliveries.attempts, deliveries.doubts, coalesce(deliveries.detail, '')`
}

func (t *tx) claim(org int64, s segment, f *fate, worker string, n int, now time.Time, ttl time.Duration) (got []Claimed, err error) {
	err = t.Each(func(r *sql.Rows) error {
		c := Claimed{Delivery: vedette.Delivery{Update: s.update, Channel: s.channel, State: vedette.DeliveryQueued, Lane: s.lane, DueAt: ground.Moment(ground.Micros(now.Add(ttl)))}}
		err := r.Scan(&c.Recipient, &c.Address, &c.Attempts, &c.Doubts, &c.Detail)
		got = append(got, c)
		return err
	}, claimText(f.unreplaced(s.channel)),
		org, int64(s.lane), s.code, s.update, ground.Micros(now), int64(n), worker, ground.Micros(now.Add(ttl)))
	if err != nil || len(got) == 0 {
		return got, err
	}
	slices.SortFunc(got, func(a, b Claimed) int {
		return cmp.Or(cmp.Compare(a.Recipient, b.Recipient), cmp.Compare(a.Address, b.Address))
	})
	return got, t.addNoticeOf(s.update, got)
}

// addNoticeOf loads what notice the claimed deliveries of an update bring.
func (t *tx) addNoticeOf(update int64, got []Claimed) error {
	var fanout vedette.ID
	if err := t.Row([]any{&fanout}, `SELECT uuid FROM fanouts WHERE update_id = $1`, update); err != nil {
		return err
	}
	notices := make(map[int64]*vedette.Notice, len(got))
	keys := make([]int64, len(got))
	for i := range got {
		keys[i] = got[i].Recipient
	}
	err := t.Each(func(r *sql.Rows) error {
		var n vedette.Notice
		err := r.Scan(&n.Recipient, &n.Variant, code.Relation.Into(&n.Relation))
		notices[n.Recipient] = &n
		return err
	}, `SELECT recipient_id, variant_no, relation FROM notices WHERE update_id = $1 AND recipient_id {in $2}`, update, ground.List(keys))
	for i := range got {
		if n := notices[got[i].Recipient]; n != nil {
			got[i].Variant, got[i].Relation, got[i].Fanout = n.Variant, n.Relation, fanout
		}
	}
	return err
}

// Release gives back what a worker has leased and not begun, deliveries and
// fan-outs, at once due again. It is for a worker that ends.
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
		_, err = t.Exec(`UPDATE fanouts SET leased_by = NULL, lease_until = 0 WHERE org = $1 AND finished_at = 0 AND leased_by = $2`, o.org, worker)
		return err
	})
	return released, err
}
