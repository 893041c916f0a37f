package store

import (
	"context"
	"database/sql"
	"math"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Fanout is the planning of an update's notices: its publication, or telling
// of it again.
type Fanout struct {
	Key        int64
	ID         vedette.ID
	Update     int64
	No         int // within the update; 1 is the publication
	Cause      vedette.Cause
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

const fanoutColumns = `id, uuid, update_id, no, cause, state, lane, pass, place, notices, deliveries, created_at, finished_at, coalesce(leased_by, '')`

func fanoutInto(f *Fanout) []any {
	return []any{&f.Key, &f.ID, &f.Update, &f.No, code.Cause.Into(&f.Cause), code.Fanout.Into(&f.State), &f.Lane, &f.Pass, &f.Cursor, &f.Notices, &f.Deliveries,
		ground.Time(&f.CreatedAt), ground.Time(&f.FinishedAt), &f.LeasedBy}
}

func (t *tx) fanout(text string, args ...any) (*Fanout, error) {
	var f Fanout
	found, err := t.Found(fanoutInto(&f), text, args...)
	if err != nil || !found {
		return nil, err
	}
	return &f, nil
}

// addFanout queues the planning of an update. The publication's is no 1.
func (t *tx) addFanout(org, update int64, no int, cause vedette.Cause, lane vedette.Lane, at time.Time) (*Fanout, error) {
	key, err := t.keys("fanout", 1)
	if err != nil {
		return nil, err
	}
	return t.fanout(`INSERT INTO fanouts (id, org, uuid, update_id, no, cause, state, lane, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, {fanout queued}, $7, $8) RETURNING `+fanoutColumns,
		key, org, string(vedette.NewID(at)), update, int64(no), code.Cause.Of(cause), int64(lane), ground.Micros(at))
}

// Again says of which update everyone is told once more.
type Again struct {
	Update vedette.ID
	Cause  vedette.Cause // condition or again
	Lane   vedette.Lane
	At     time.Time
	Seen   int // number of its newest fan-out as whoever orders this saw it; where there is a newer one that is a conflict. 0: not looked at
}

// TellAgain queues a further fan-out of an update that stands: each it is
// planned for is told anew, a round later. A draft, and what is stopped or
// overtaken, is a conflict.
func (o *Org) TellAgain(ctx context.Context, a Again) (f Fanout, err error) {
	err = o.s.write(ctx, "telling again", func(t *tx) error {
		u, err := t.update(`u.uuid = $2`, o.org, string(a.Update))
		if err != nil {
			return err
		}
		if err := t.lockPlanning(u.Key); err != nil {
			return err
		}
		again, err := t.tellAgain(o.org, u.Key, a.Cause, a.At, a.Lane)
		if err != nil {
			return err
		}
		if err := t.toldSince(again, a.Seen); err != nil {
			return err
		}
		f = *again
		return t.log(o.org, vedette.LogFanout, a.Update, "queued", a.At)
	})
	return f, err
}

func (t *tx) tellAgain(org, update int64, cause vedette.Cause, at time.Time, lane vedette.Lane) (*Fanout, error) {
	if cause != vedette.CauseCondition && cause != vedette.CauseAgain {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no cause to tell everybody again; it is condition or again", cause)
	}
	if err := t.mustStand(org, update); err != nil {
		return nil, err
	}
	var last int
	if err := t.Row([]any{&last}, `SELECT max(no) FROM fanouts WHERE update_id = $1`, update); err != nil {
		return nil, err
	}
	return t.addFanout(org, update, last+1, cause, lane, at)
}

// toldSince refuses a fan-out that tells again what was told again since whoever
// orders it saw the newest before. The planning of the update is locked.
func (t *tx) toldSince(again *Fanout, seen int) error {
	if seen == 0 {
		return nil
	}
	f, err := t.fanout(`SELECT `+fanoutColumns+` FROM fanouts WHERE update_id = $1 AND no > $2 AND no < $3 ORDER BY no DESC LIMIT 1`, again.Update, int64(seen), int64(again.No))
	if err != nil || f == nil {
		return err
	}
	how, by, who := "told again", "", `SELECT o.asked_by FROM rollcalls c JOIN roll_rounds o ON o.rollcall_id = c.id WHERE c.update_id = $1 AND o.at = $2 AND o.told = 1 AND o.no > 1`
	if f.Cause == vedette.CauseCondition {
		how, who = "told anew, a condition being met,", `SELECT said_by FROM declarations WHERE update_id = $1 AND at = $2`
	}
	if _, err := t.Found([]any{&by}, who, f.Update, ground.Micros(f.CreatedAt)); err != nil {
		return err
	}
	if by != "" {
		how += " by " + by
	}
	return vedette.Errorf(vedette.CodeConflict, "nothing was sent: it was %s already, %s, after you looked; if that is what was meant, nothing is left to do", how, f.CreatedAt.UTC().Format("2 Jan 2006 15:04 UTC"))
}

// LeaseFanout gives a worker the next fan-out to plan, nil when there is
// none: the lowest lane, then the oldest, of those nobody plans or whose
// lease has lapsed.
func (o *Org) LeaseFanout(ctx context.Context, worker string, now time.Time, ttl time.Duration) (f *Fanout, err error) {
	return o.LeaseFanoutBefore(ctx, worker, everyLane, now, ttl)
}

// everyLane is after every lane there is.
const everyLane vedette.Lane = math.MaxInt8

// LeaseFanoutBefore is LeaseFanout for those whose lane is before one: what
// does not wait for a fan-out that is being planned.
func (o *Org) LeaseFanoutBefore(ctx context.Context, worker string, lane vedette.Lane, now time.Time, ttl time.Duration) (f *Fanout, err error) {
	const open = ` FROM fanouts WHERE org = $1 AND finished_at = 0 AND lane < $3 AND state IN ({fanout on lease}) AND lease_until <= $2 ORDER BY lane, id LIMIT 1 `
	// Looked at first without a lock: mostly there is none.
	waits := false
	err = o.s.read(ctx, "looking for a fan-out", func(t *tx) error {
		waits, err = t.Exists(`SELECT id`+open, o.org, ground.Micros(now), int64(lane))
		return err
	})
	if err != nil || !waits {
		return nil, err
	}
	err = o.s.write(ctx, "leasing a fan-out", func(t *tx) error {
		f, err = t.fanout(`UPDATE fanouts SET state = {fanout planning}, leased_by = $4, lease_until = $5
			WHERE id = (SELECT id`+open+`{skip}) RETURNING `+fanoutColumns, o.org, ground.Micros(now), int64(lane), worker, ground.Micros(now.Add(ttl)))
		return err
	})
	return f, err
}

// KeepFanout renews the lease of a fan-out that is gone on with later, while
// its worker plans another. One that was lost stays lost.
func (o *Org) KeepFanout(ctx context.Context, f *Fanout, worker string, now time.Time, ttl time.Duration) error {
	return o.s.write(ctx, "keeping a fan-out", func(t *tx) error {
		_, err := t.Exec(`UPDATE fanouts SET lease_until = $4 WHERE id = $1 AND org = $2 AND finished_at = 0 AND leased_by = $3`,
			f.Key, o.org, worker, ground.Micros(now.Add(ttl)))
		return err
	})
}

// ShortenFanouts lets the leases of all fan-outs that a worker has end at a time, but
// for those that it plans, by key, and where they end before.
func (o *Org) ShortenFanouts(ctx context.Context, worker string, planning []int64, until time.Time) error {
	return o.s.write(ctx, "giving back fan-outs", func(t *tx) error {
		_, err := t.Exec(`UPDATE fanouts SET lease_until = $3 WHERE org = $1 AND finished_at = 0 AND leased_by = $2 AND lease_until > $3 AND NOT id {in $4}`,
			o.org, worker, ground.Micros(until), ground.List(planning))
		return err
	})
}

// YieldFanout gives a fan-out back that a worker cannot go on with, for
// another to take at once.
func (o *Org) YieldFanout(ctx context.Context, f *Fanout, worker string) error {
	return o.s.write(ctx, "yielding a fan-out", func(t *tx) error {
		_, err := t.Exec(`UPDATE fanouts SET leased_by = NULL, lease_until = 0 WHERE id = $1 AND org = $2 AND finished_at = 0 AND leased_by = $3`, f.Key, o.org, worker)
		return err
	})
}

// muchPlanned is how many notices change what the engine's planner should know of
// the tables, and then ten times as many; of less, each day's share is learnt by
// itself.
const muchPlanned = 5000

// learns says whether the tables are to be counted again once a fan-out has so many
// notices.
func learns(before, now int) bool {
	for n := muchPlanned; n <= now; n *= 10 {
		if before < n {
			return true
		}
	}
	return false
}

// learn has the tables of notices counted again.
func (o *Org) learn(ctx context.Context) { o.s.db.Learn(ctx, "notices", "deliveries") }

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
	if err == nil && f.Notices >= muchPlanned {
		o.learn(ctx)
	}
	return err
}

// halt ends the fan-outs of updates that are not planned to their end, and
// gives the updates it ended some of.
func (t *tx) halt(updates []int64, at time.Time) (halted map[int64]bool, err error) {
	halted = map[int64]bool{}
	return halted, t.Each(func(r *sql.Rows) error {
		var key int64
		err := r.Scan(&key)
		halted[key] = true
		return err
	}, `UPDATE fanouts SET state = {fanout halted}, finished_at = $2, leased_by = NULL, lease_until = 0
		WHERE update_id {in $1} AND state IN ({fanout on stop}) RETURNING update_id`, ground.List(updates), ground.Micros(at))
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

// FanoutOf gives the fan-out of an update's publication.
func (o *Org) FanoutOf(ctx context.Context, update int64) (f *Fanout, err error) {
	err = o.s.read(ctx, "reading a fan-out", func(t *tx) error {
		f, err = t.fanoutOf(o.org, update)
		return err
	})
	return f, err
}

func (t *tx) fanoutOf(org, update int64) (*Fanout, error) {
	f, err := t.fanout(`SELECT `+fanoutColumns+` FROM fanouts WHERE org = $1 AND update_id = $2 AND no = 1`, org, update)
	if err == nil && f == nil {
		err = vedette.Errorf(vedette.CodeNotFound, "the update has no fan-out; it is not there, or a draft")
	}
	return f, err
}

// Fanouts lists the fan-outs of an update, its publication first; a draft has
// none.
func (o *Org) Fanouts(ctx context.Context, update int64) (list []Fanout, err error) {
	err = o.s.read(ctx, "listing fan-outs", func(t *tx) error {
		list, err = ground.All(t.Tx, fanoutInto, `SELECT `+fanoutColumns+` FROM fanouts WHERE org = $1 AND update_id = $2 ORDER BY no`, o.org, update)
		return err
	})
	return list, err
}
