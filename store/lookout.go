package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/store/ground"
)

// Lookout is how far an organisation's changed people, and those who are to
// arrive somewhere, were held against what stands.
type Lookout struct {
	Seq        int64     // position of the log up to which changed people were looked at
	Place      int64     // last person looked at of those changed at the next position, 0 for none
	AheadUntil time.Time // arrivals up to then were looked at
}

// LookChunk is what the lookout writes at a time, of one update or several,
// and how far it then is.
type LookChunk struct {
	// Of a notice Update, Recipient, Relation, Variant and Cause count, and
	// Round: where it is not 0 and the newest word to the person is of another
	// round than the one before it, they were told meanwhile, and the notice is
	// left out.
	Notices     []vedette.Notice
	Deliveries  []vedette.Delivery          // Round is set here
	Variants    map[int64][]vedette.Variant // by update; every one that a notice names, No is the chunk's own
	Omissions   map[int64][]Omission        // by update
	Clashes     map[int64][]ClashNote       // by update: what the notices of superiors say
	Escalations []vedette.Escalation        // of notices: Update, Recipient, Policy, Since and DueAt count
	Seq, Place  int64
	AheadUntil  time.Time
}

// LeaseLookout gives a worker the lookout of the organisation, nil when
// another has it. It begins with where the log is and what the clock says:
// who is there already was told when it was published. Whoever has it already
// gets it again, for longer.
func (o *Org) LeaseLookout(ctx context.Context, worker string, now time.Time, ttl time.Duration) (l *Lookout, err error) {
	// Looked at first without a lock: mostly another has it.
	taken := false
	err = o.s.read(ctx, "looking for the lookout", func(t *tx) error {
		taken, err = t.Exists(`SELECT 1 FROM lookouts WHERE org = $1 AND leased_by <> $2 AND lease_until > $3`, o.org, worker, ground.Micros(now))
		return err
	})
	if err != nil || taken {
		return nil, err
	}
	err = o.s.write(ctx, "leasing the lookout", func(t *tx) error {
		l = &Lookout{}
		if _, err := t.Exec(`INSERT INTO lookouts (org, seq, ahead_until) SELECT id, seq, $2 FROM organisations WHERE id = $1 ON CONFLICT DO NOTHING`,
			o.org, ground.Micros(now)); err != nil {
			return err
		}
		free, err := t.Found([]any{&l.Seq, &l.Place, ground.Time(&l.AheadUntil)}, `UPDATE lookouts SET leased_by = $2, lease_until = $4
			WHERE org = $1 AND (leased_by IS NULL OR leased_by = $2 OR lease_until <= $3) RETURNING seq, place, ahead_until`,
			o.org, worker, ground.Micros(now), ground.Micros(now.Add(ttl)))
		if !free {
			l = nil
		}
		return err
	})
	return l, err
}

// LookChunk writes what the lookout found together with how far it is, and
// renews the lease. Everybody is told a round later than before, those who
// were not told at all in the first. What does not stand any more is left
// out: it was stopped or overtaken meanwhile. It is CodeLostLease when the
// worker has lost the lease: then nothing is written. written is the number
// of notices.
func (o *Org) LookChunk(ctx context.Context, l *Lookout, worker string, c LookChunk, now time.Time, ttl time.Duration) (notices int, err error) {
	err = o.s.write(ctx, "telling who is newly concerned", func(t *tx) error {
		notices = 0
		n, err := t.Exec(`UPDATE lookouts SET seq = $3, place = $4, ahead_until = $5, lease_until = $6 WHERE org = $1 AND leased_by = $2`,
			o.org, worker, c.Seq, c.Place, ground.Micros(c.AheadUntil), ground.Micros(now.Add(ttl)))
		if err != nil {
			return err
		}
		if n == 0 {
			return vedette.Errorf(vedette.CodeLostLease, "another worker has taken over the lookout")
		}
		parts := c.byUpdate(o.org, now)
		updates := slices.Sorted(maps.Keys(parts))
		if err := t.lockPlanning(updates...); err != nil {
			return err
		}
		var touched []int64
		for _, update := range updates {
			w, err := t.lookTell(o.org, parts[update])
			if err != nil {
				return err
			}
			if notices += w.notices; w != (written{}) {
				touched = append(touched, update)
			}
		}
		for _, update := range touched {
			if err := t.logUpdate(o.org, update, vedette.LogDelivery, "planned", now); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		l.Seq, l.Place, l.AheadUntil = c.Seq, c.Place, ground.Moment(ground.Micros(c.AheadUntil))
	}
	return notices, err
}

// lookTell writes what the lookout has of one update, nothing when that does
// not stand.
func (t *tx) lookTell(org int64, b *telling) (written, error) {
	err := t.mustStand(org, b.update)
	if vedette.ErrorCode(err) == vedette.CodeConflict {
		return written{}, nil
	}
	if err != nil {
		return written{}, err
	}
	return t.tell(b)
}

func (c *LookChunk) byUpdate(org int64, now time.Time) map[int64]*telling {
	out := map[int64]*telling{}
	of := func(update int64) *telling {
		if out[update] == nil {
			out[update] = &telling{org: org, update: update, at: now, variants: c.Variants[update], omissions: c.Omissions[update], clashes: c.Clashes[update]}
		}
		return out[update]
	}
	for update := range c.Omissions {
		of(update)
	}
	for _, n := range c.Notices {
		b := of(n.Update)
		b.notices = append(b.notices, n)
	}
	for _, d := range c.Deliveries {
		b := of(d.Update)
		b.deliveries = append(b.deliveries, d)
	}
	for _, e := range c.Escalations {
		b := of(e.Update)
		b.escalations = append(b.escalations, e)
	}
	return out
}
