package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
)

// Fanout is the planning of an update's notices.
type Fanout struct {
	Key        int64
	ID         vedette.ID
	Update     int64
	State      vedette.FanoutState
	Lane       vedette.Lane
	Pass       int
	Cursor     int64
	Notices    int // planned so far
	Deliveries int // planned so far
	CreatedAt  time.Time
	FinishedAt time.Time // planned or halted
	LeasedBy   string
}

const fanoutColumns = `id, uuid, update_id, state, lane, pass, place, notices, deliveries, created_at, finished_at, coalesce(leased_by, '')`

func (t *tx) fanout(text string, args ...any) (*Fanout, error) {
	var f Fanout
	var state, created, finished int64
	found, err := t.found([]any{&f.Key, &f.ID, &f.Update, &state, &f.Lane, &f.Pass, &f.Cursor, &f.Notices, &f.Deliveries,
		&created, &finished, &f.LeasedBy}, text, args...)
	if err != nil || !found {
		return nil, err
	}
	f.State, f.CreatedAt, f.FinishedAt = fanoutCodes.word(state), moment(created), moment(finished)
	return &f, nil
}

// LeaseFanout gives a worker the next fan-out to plan, nil when there is
// none: the lowest lane, then the oldest, of those nobody plans or whose
// lease has lapsed.
func (o *Org) LeaseFanout(ctx context.Context, worker string, now time.Time, ttl time.Duration) (f *Fanout, err error) {
	const open = ` FROM fanouts WHERE org = $1 AND finished_at = 0 AND state IN ({fanout on lease}) AND lease_until <= $2 ORDER BY lane, id LIMIT 1 `
	// Looked at first without a lock: mostly there is none.
	var key int64
	waits := false
	err = o.s.read(ctx, "looking for a fan-out", func(t *tx) error {
		waits, err = t.found([]any{&key}, `SELECT id`+open, o.org, micros(now))
		return err
	})
	if err != nil || !waits {
		return nil, err
	}
	err = o.s.write(ctx, "leasing a fan-out", func(t *tx) error {
		f, err = t.fanout(`UPDATE fanouts SET state = {fanout planning}, leased_by = $3, lease_until = $4
			WHERE id = (SELECT id`+open+`{skip}) RETURNING `+fanoutColumns, o.org, micros(now), worker, micros(now.Add(ttl)))
		return err
	})
	return f, err
}

// FinishFanout says that all notices of a fan-out are planned. It is a
// conflict when the worker has lost the lease or the fan-out was halted.
func (o *Org) FinishFanout(ctx context.Context, f *Fanout, worker string, now time.Time) error {
	err := o.s.write(ctx, "finishing a fan-out", func(t *tx) error {
		n, err := t.exec(`UPDATE fanouts SET state = {fanout planned}, finished_at = $4, leased_by = NULL, lease_until = 0
			WHERE id = $1 AND org = $2 AND leased_by = $3 AND state IN ({fanout on finish})`, f.Key, o.org, worker, micros(now))
		if err != nil {
			return err
		}
		if n == 0 {
			return t.whyNoLease(o.org, f)
		}
		id, err := t.updateID(o.org, f.Update)
		if err != nil {
			return err
		}
		_, err = t.log(o.org, vedette.LogFanout, id, "planned", now)
		return err
	})
	if err == nil {
		o.s.learn(ctx, "notices", "deliveries")
	}
	return err
}

// whyNoLease says why a worker may not go on with a fan-out.
func (t *tx) whyNoLease(org int64, f *Fanout) error {
	is, err := t.fanout(`SELECT `+fanoutColumns+` FROM fanouts WHERE id = $1 AND org = $2`, f.Key, org)
	switch {
	case err != nil:
		return err
	case is == nil:
		return vedette.Errorf(vedette.CodeNotFound, "there is no such fan-out")
	case is.State == vedette.FanoutPlanning:
		return vedette.Errorf(vedette.CodeConflict, "another worker has taken over the fan-out")
	}
	return vedette.Errorf(vedette.CodeConflict, "the fan-out is %s", is.State)
}

// updateID gives the id of an update, which is what log rows name.
func (t *tx) updateID(org, update int64) (id vedette.ID, err error) {
	found, err := t.found([]any{&id}, `SELECT uuid FROM updates WHERE org = $1 AND id = $2`, org, update)
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such update")
	}
	return id, err
}

// FanoutOf gives the fan-out of an update.
func (o *Org) FanoutOf(ctx context.Context, update int64) (f *Fanout, err error) {
	err = o.s.read(ctx, "reading a fan-out", func(t *tx) error {
		f, err = t.fanoutOf(o.org, update)
		return err
	})
	return f, err
}

func (t *tx) fanoutOf(org, update int64) (*Fanout, error) {
	f, err := t.fanout(`SELECT `+fanoutColumns+` FROM fanouts WHERE org = $1 AND update_id = $2`, org, update)
	if err == nil && f == nil {
		err = vedette.Errorf(vedette.CodeNotFound, "the update has no fan-out; it is not there, or a draft")
	}
	return f, err
}

// NoticedKeys lists the persons who have a notice of an update, ascending by
// key, after a key. limit 0 is no limit.
func (o *Org) NoticedKeys(ctx context.Context, update int64, after int64, limit int) (keys []int64, err error) {
	err = o.s.read(ctx, "reading who was told", func(t *tx) error {
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		return t.each(func(r *sql.Rows) error {
			var k int64
			err := r.Scan(&k)
			keys = append(keys, k)
			return err
		}, `SELECT n.recipient_id FROM notices n JOIN persons p ON p.id = n.recipient_id
			WHERE n.update_id = $1 AND n.recipient_id > $2 ORDER BY n.recipient_id LIMIT $3`, update, after, most(limit))
	})
	return keys, err
}

// Notice gives the notice of a recipient, and false where there is none.
func (o *Org) Notice(ctx context.Context, update, recipient int64) (n vedette.Notice, found bool, err error) {
	err = o.s.read(ctx, "reading a notice", func(t *tx) error {
		var relation int64
		n = vedette.Notice{Update: update, Recipient: recipient}
		found, err = t.found([]any{&relation, &n.Variant}, `SELECT n.relation, n.variant_no FROM notices n JOIN updates u ON u.id = n.update_id
			WHERE u.org = $1 AND n.update_id = $2 AND n.recipient_id = $3`, o.org, update, recipient)
		n.Relation = relationCodes.word(relation)
		return err
	})
	return n, found, err
}
