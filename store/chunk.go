package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Chunk is what a planner writes at a time: some thousand notices, the
// variants they use for the first time, their deliveries, and how far the
// planning then is.
type Chunk struct {
	Variants   []vedette.Variant
	Notices    []vedette.Notice
	Deliveries []vedette.Delivery
	Pass       int
	Cursor     int64
}

// place is the key of a delivery within its update.
type place struct {
	recipient int64
	address   int
}

// PlanChunk writes a chunk together with its cursor and renews the lease. A
// notice or delivery that is there already is kept as it is. It is
// CodeLostLease when the worker has lost the lease or the fan-out was halted:
// then nothing is written. Update and State of notices and deliveries are set here.
func (o *Org) PlanChunk(ctx context.Context, f *Fanout, worker string, c Chunk, now time.Time, ttl time.Duration) error {
	var notices, deliveries int
	err := o.s.write(ctx, "planning notices", func(t *tx) error {
		// The fan-out's row comes first: its lock keeps a stop, and another
		// planner, out until this chunk is in.
		n, err := t.Exec(`UPDATE fanouts SET pass = $4, place = $5, lease_until = $6
			WHERE id = $1 AND org = $2 AND leased_by = $3 AND state IN ({fanout on chunk})`,
			f.Key, o.org, worker, int64(c.Pass), c.Cursor, ground.Micros(now.Add(ttl)))
		if err != nil {
			return err
		}
		if n == 0 {
			return t.whyNoLease(o.org, f)
		}
		if err := t.addVariants(f.Update, c.Variants); err != nil {
			return err
		}
		if notices, deliveries, err = t.addNotices(o.org, f.Update, &c); err != nil || notices+deliveries == 0 {
			return err
		}
		if _, err := t.Exec(`UPDATE fanouts SET notices = notices + $2, deliveries = deliveries + $3 WHERE id = $1`, f.Key, int64(notices), int64(deliveries)); err != nil {
			return err
		}
		return t.logUpdate(o.org, f.Update, vedette.LogDelivery, "planned", now)
	})
	if err == nil {
		f.Pass, f.Cursor, f.Notices, f.Deliveries = c.Pass, c.Cursor, f.Notices+notices, f.Deliveries+deliveries
	}
	return err
}

// addVariants keeps the variants that are new. One that is there must be the
// same: its number is what notices point at.
func (t *tx) addVariants(update int64, variants []vedette.Variant) error {
	for _, v := range variants {
		body, err := json.Marshal(v)
		if err != nil {
			return vedette.Wrap(err, vedette.CodeInternal, "variant %d cannot be written as JSON", v.No)
		}
		digest := fmt.Sprintf("%x", sha256.Sum256(body))
		n, err := t.Exec(`INSERT INTO variants (update_id, no, digest, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			update, int64(v.No), digest, string(body))
		if err != nil || n == 1 {
			if err != nil {
				return err
			}
			continue
		}
		var have string
		if err := t.Row([]any{&have}, `SELECT digest FROM variants WHERE update_id = $1 AND no = $2`, update, int64(v.No)); err != nil {
			return err
		}
		if have != digest {
			return vedette.Errorf(vedette.CodeConflict, "variant %d of the update is another one already", v.No)
		}
	}
	return nil
}

// addNotices writes the notices and deliveries that are not there yet, and
// gives their numbers.
func (t *tx) addNotices(org, update int64, c *Chunk) (int, int, error) {
	noticed, delivered, err := t.planned(update, c)
	if err != nil {
		return 0, 0, err
	}
	notices := make([]*vedette.Notice, 0, len(c.Notices))
	for i := range c.Notices {
		if n := &c.Notices[i]; !noticed[n.Recipient] {
			noticed[n.Recipient] = true
			notices = append(notices, n)
		}
	}
	deliveries := make([]*vedette.Delivery, 0, len(c.Deliveries))
	for i := range c.Deliveries {
		d := &c.Deliveries[i]
		if p := (place{d.Recipient, d.Address}); !delivered[p] {
			delivered[p] = true
			deliveries = append(deliveries, d)
		}
	}
	args := make([]any, 4)
	if err := t.Bulk("notices", []string{"update_id", "recipient_id", "variant_no", "relation"}, len(notices), func(i int) []any {
		n := notices[i]
		args[0], args[1], args[2], args[3] = update, n.Recipient, int64(n.Variant), code.Relation.Of(n.Relation)
		return args
	}); err != nil {
		return 0, 0, err
	}
	args, queued := make([]any, 8), code.Delivery.Of(vedette.DeliveryQueued)
	err = t.Bulk("deliveries", []string{"update_id", "recipient_id", "org", "due_at", "address_no", "channel", "state", "lane"}, len(deliveries), func(i int) []any {
		d := deliveries[i]
		args[0], args[1], args[2], args[3], args[4] = update, d.Recipient, org, ground.Micros(d.DueAt), int64(d.Address)
		args[5], args[6], args[7] = code.Channel.Of(d.Channel), queued, int64(d.Lane)
		return args
	})
	return len(notices), len(deliveries), err
}

// planned gives what of a chunk is there already. The chunk's recipients lie
// close together, so a range is read: nearly always an empty one.
func (t *tx) planned(update int64, c *Chunk) (map[int64]bool, map[place]bool, error) {
	noticed, delivered := make(map[int64]bool, len(c.Notices)), make(map[place]bool, len(c.Deliveries))
	low, high := int64(1<<63-1), int64(0)
	for i := range c.Notices {
		low, high = min(low, c.Notices[i].Recipient), max(high, c.Notices[i].Recipient)
	}
	for i := range c.Deliveries {
		low, high = min(low, c.Deliveries[i].Recipient), max(high, c.Deliveries[i].Recipient)
	}
	keys, err := t.Keys(`SELECT recipient_id FROM notices WHERE update_id = $1 AND recipient_id BETWEEN $2 AND $3`, update, low, high)
	if err != nil || len(keys) == 0 {
		return noticed, delivered, err
	}
	for _, key := range keys {
		noticed[key] = true
	}
	err = t.Each(func(r *sql.Rows) error {
		var p place
		err := r.Scan(&p.recipient, &p.address)
		delivered[p] = true
		return err
	}, `SELECT recipient_id, address_no FROM deliveries WHERE update_id = $1 AND recipient_id BETWEEN $2 AND $3`, update, low, high)
	return noticed, delivered, err
}

// Variants lists the variants of an update by number.
func (o *Org) Variants(ctx context.Context, update int64) (list []vedette.Variant, err error) {
	err = o.s.read(ctx, "reading variants", func(t *tx) error {
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		return t.Each(func(r *sql.Rows) error {
			var body string
			if err := r.Scan(&body); err != nil {
				return err
			}
			var v vedette.Variant
			err := json.Unmarshal([]byte(body), &v)
			list = append(list, v)
			return err
		}, `SELECT body FROM variants WHERE update_id = $1 ORDER BY no`, update)
	})
	return list, err
}
