package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
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
	found, err := t.Found([]any{&f.Key, &f.ID, &f.Update, code.Fanout.Into(&f.State), &f.Lane, &f.Pass, &f.Cursor, &f.Notices, &f.Deliveries,
		ground.Time(&f.CreatedAt), ground.Time(&f.FinishedAt), &f.LeasedBy}, text, args...)
	if err != nil || !found {
		return nil, err
	}
	return &f, nil
}

// LeaseFanout gives a worker the next fan-out to plan, nil when there is
// none: the lowest lane, then the oldest, of those nobody plans or whose
// lease has lapsed.
func (o *Org) LeaseFanout(ctx context.Context, worker string, now time.Time, ttl time.Duration) (f *Fanout, err error) {
	const open = ` FROM fanouts WHERE org = $1 AND finished_at = 0 AND state IN ({fanout on lease}) AND lease_until <= $2 ORDER BY lane, id LIMIT 1 `
	// Looked at first without a lock: mostly there is none.
	waits := false
	err = o.s.read(ctx, "looking for a fan-out", func(t *tx) error {
		waits, err = t.Exists(`SELECT id`+open, o.org, ground.Micros(now))
		return err
	})
	if err != nil || !waits {
		return nil, err
	}
	err = o.s.write(ctx, "leasing a fan-out", func(t *tx) error {
		f, err = t.fanout(`UPDATE fanouts SET state = {fanout planning}, leased_by = $3, lease_until = $4
			WHERE id = (SELECT id`+open+`{skip}) RETURNING `+fanoutColumns, o.org, ground.Micros(now), worker, ground.Micros(now.Add(ttl)))
		return err
	})
	return f, err
}

// YieldFanout gives a fan-out back that a worker cannot go on with, for
// another to take at once.
func (o *Org) YieldFanout(ctx context.Context, f *Fanout, worker string) error {
	return o.s.write(ctx, "yielding a fan-out", func(t *tx) error {
		_, err := t.Exec(`UPDATE fanouts SET leased_by = NULL, lease_until = 0 WHERE id = $1 AND org = $2 AND finished_at = 0 AND leased_by = $3`, f.Key, o.org, worker)
		return err
	})
}

// FinishFanout says that all notices of a fan-out are planned. It is
// CodeLostLease when the worker has lost the lease or the fan-out was halted.
func (o *Org) FinishFanout(ctx context.Context, f *Fanout, worker string, now time.Time) error {
	err := o.s.write(ctx, "finishing a fan-out", func(t *tx) error {
		n, err := t.Exec(`UPDATE fanouts SET state = {fanout planned}, finished_at = $4, leased_by = NULL, lease_until = 0
			WHERE id = $1 AND org = $2 AND leased_by = $3 AND state IN ({fanout on finish})`, f.Key, o.org, worker, ground.Micros(now))
		if err != nil {
			return err
		}
		if n == 0 {
			return t.whyNoLease(o.org, f)
		}
		return t.logUpdate(o.org, f.Update, vedette.LogFanout, "planned", now)
	})
	if err == nil {
		o.s.db.Learn(ctx, "notices", "deliveries")
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
		return vedette.Errorf(vedette.CodeLostLease, "another worker has taken over the fan-out")
	}
	return vedette.Errorf(vedette.CodeLostLease, "the fan-out is %s", is.State)
}

// updateID gives the id of an update, which is what log rows name.
func (t *tx) updateID(org, update int64) (id vedette.ID, err error) {
	found, err := t.Found([]any{&id}, `SELECT uuid FROM updates WHERE org = $1 AND id = $2`, org, update)
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

// ToldBefore lists the persons who have a notice of an update, or of one that
// it corrects, however many corrections ago: ascending by key, each once. A
// correction of the update reaches them all.
func (o *Org) ToldBefore(ctx context.Context, id vedette.ID) (keys []int64, err error) {
	err = o.s.read(ctx, "reading who was told", func(t *tx) error {
		keys, err = t.Keys(`WITH RECURSIVE chain (id, corrects_id) AS (
				SELECT id, corrects_id FROM updates WHERE org = $1 AND uuid = $2
				UNION SELECT u.id, u.corrects_id FROM updates u JOIN chain c ON u.id = c.corrects_id)
			SELECT DISTINCT n.recipient_id FROM chain JOIN notices n ON n.update_id = chain.id
			JOIN persons p ON p.id = n.recipient_id AND p.erased_at = 0 ORDER BY n.recipient_id`, o.org, string(id))
		return err
	})
	return keys, err
}

// Notice gives the notice of a recipient, and false where there is none.
func (o *Org) Notice(ctx context.Context, update, recipient int64) (n vedette.Notice, found bool, err error) {
	err = o.s.read(ctx, "reading a notice", func(t *tx) error {
		n = vedette.Notice{Update: update, Recipient: recipient}
		found, err = t.Found([]any{code.Relation.Into(&n.Relation), &n.Variant}, `SELECT n.relation, n.variant_no FROM notices n JOIN updates u ON u.id = n.update_id
			WHERE u.org = $1 AND n.update_id = $2 AND n.recipient_id = $3`, o.org, update, recipient)
		return err
	})
	return n, found, err
}
