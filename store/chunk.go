package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Chunk is what a planner writes at a time: some thousand notices, the
// variants they name, their deliveries, who is left out, and how far the
// planning then is.
type Chunk struct {
	Variants    []vedette.Variant // every one that a notice names; No is the chunk's own, the store gives its numbers
	Notices     []vedette.Notice
	Deliveries  []vedette.Delivery
	Omissions   []Omission
	Clashes     []ClashNote          // what the notices of superiors say
	Escalations []vedette.Escalation // of notices: Recipient, Policy, Since and DueAt count
	Pass        int
	Cursor      int64
}

// PlanChunk writes a chunk together with its cursor and renews the lease. Of
// the publication, whoever has a notice already, of whatever round, keeps it;
// of a later fan-out, whoever has one of this very fan-out, and everybody
// else is told anew, a round later. An address that is missing of a notice of
// this fan-out is added. It is CodeLostLease when the worker has lost the
// lease or the fan-out was halted: then nothing is written. Update, Round,
// Cause and State of notices and deliveries are set here.
func (o *Org) PlanChunk(ctx context.Context, f *Fanout, worker string, c Chunk, now time.Time, ttl time.Duration) error {
	var wrote written
	err := o.s.write(ctx, "planning notices", func(t *tx) error {
		// Its lock keeps a stop, and other planners of the update, out until
		// this chunk is in.
		if err := t.lockPlanning(f.Update); err != nil {
			return err
		}
		b := telling{org: o.org, update: f.Update, fanout: f.Key, at: now, variants: c.Variants, notices: c.Notices, deliveries: c.Deliveries, omissions: c.Omissions, clashes: c.Clashes, escalations: c.Escalations}
		mine, err := t.Found([]any{&b.no, code.Cause.Into(&b.cause)}, `UPDATE fanouts SET pass = $5, place = $6, lease_until = $7
			WHERE id = $1 AND org = $2 AND update_id = $3 AND leased_by = $4 AND state IN ({fanout on chunk}) RETURNING no, cause`,
			f.Key, o.org, f.Update, worker, int64(c.Pass), c.Cursor, ground.Micros(now.Add(ttl)))
		if err != nil {
			return err
		}
		if !mine {
			return t.whyNoLease(o.org, f)
		}
		if wrote, err = t.tell(&b); err != nil || wrote == (written{}) {
			return err
		}
		if _, err := t.Exec(`UPDATE fanouts SET notices = notices + $2, deliveries = deliveries + $3 WHERE id = $1`, f.Key, int64(wrote.notices), int64(wrote.deliveries)); err != nil {
			return err
		}
		return t.logUpdate(o.org, f.Update, vedette.LogDelivery, "planned", now)
	})
	if err == nil {
		before := f.Notices
		f.Pass, f.Cursor, f.Notices, f.Deliveries = c.Pass, c.Cursor, f.Notices+wrote.notices, f.Deliveries+wrote.deliveries
		if learns(before, f.Notices) {
			o.learn(ctx)
		}
	}
	return err
}

// lockPlanning lets only one transaction at a time plan, stop, overtake or
// tell again an update: who holds the rows of its fan-outs. They are locked
// by key; after a situation, before counters, marks and the log: so no two
// wait for each other.
func (t *tx) lockPlanning(updates ...int64) error {
	_, err := t.Keys(`SELECT id FROM fanouts WHERE update_id {in $1} ORDER BY id {lock}`, ground.List(updates))
	return err
}
