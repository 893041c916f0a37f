// Package rota keeps who is on duty when, whom the rota was asked by
// call-outs, and the letters that go to one address beside the updates. It is
// a part of the store. Turns are closed by recorded_to, never overwritten; a
// letter moves by the machine of a delivery.
//
// Addresses are sealed under the turn's own key; this package keeps the bytes.
package rota

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// Rota is one organisation's. It is safe for concurrent use.
type Rota struct {
	db  *ground.DB
	org int64
}

// Of gives an organisation's rota.
func Of(db *ground.DB, org int64) *Rota { return &Rota{db, org} }

// tx is a running transaction of an organisation.
type tx struct {
	*ground.Tx
	org int64
}

func (r *Rota) write(ctx context.Context, doing string, fn func(*tx) error) error {
	return r.db.Write(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, r.org}) })
}

func (r *Rota) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return r.db.Read(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, r.org}) })
}

// SealedDuty is a turn as the store holds it: its addresses are sealed.
type SealedDuty struct {
	vedette.Duty
	Number     []byte // keyed hash of the phone number, nil for none
	WrappedKey []byte
	Sealed     []byte
}

const dutySelect = `SELECT d.id, r.uuid, d.name, d.from_us, d.to_us, d.zone, d.weekly, d.place, d.set_by, d.recorded_from, d.recorded_to,
	d.number, d.wrapped_key, d.sealed FROM duties d JOIN recipients r ON r.id = d.id WHERE d.org = $1`

func (t *tx) duties(where string, args ...any) ([]SealedDuty, error) {
	return ground.All(t.Tx, func(d *SealedDuty) []any {
		return []any{&d.Key, &d.ID, &d.Name, ground.Time(&d.From), ground.Time(&d.To), &d.Zone, &d.Weekly, &d.Place, &d.By,
			ground.Time(&d.Recorded), ground.Time(&d.Removed), &d.Number, &d.WrappedKey, &d.Sealed}
	}, dutySelect+where+` ORDER BY d.place, d.id`, append([]any{t.org}, args...)...)
}

// AddDuty puts somebody on the rota.
func (r *Rota) AddDuty(ctx context.Context, d SealedDuty, now time.Time) (SealedDuty, error) {
	if err := d.Validate(); err != nil {
		return d, err
	}
	err := r.write(ctx, "putting somebody on the rota", func(t *tx) error {
		if err := book.SealedNow(t.Tx, d.WrappedKey); err != nil {
			return err
		}
		// The log row comes first: its lock keeps the count of turns exact.
		if _, err := book.Log(t.Tx, t.org, vedette.LogRota, d.ID, "added", now); err != nil {
			return err
		}
		var n int
		if err := t.Row([]any{&n}, `SELECT count(*) FROM duties WHERE org = $1 AND recorded_to = 0`, t.org); err != nil {
			return err
		}
		if n >= vedette.MaxDuties {
			return vedette.Errorf(vedette.CodeInvalid, "there are %d turns on the rota, which is the most; remove those that are over", n)
		}
		key, err := book.Keys(t.Tx, "recipient", 1)
		if err != nil {
			return err
		}
		d.Key, d.Recorded = key, ground.Moment(ground.Micros(now))
		if _, err := t.Exec(`INSERT INTO recipients (id, org, uuid, kind) VALUES ($1, $2, $3, $4)`, key, t.org, string(d.ID), int64(code.Hook)); err != nil {
			return err
		}
		var number any
		if len(d.Number) > 0 {
			number = d.Number
		}
		_, err = t.Exec(`INSERT INTO duties (id, org, recorded_from, from_us, to_us, place, weekly, name, zone, set_by, number, wrapped_key, sealed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, key, t.org, ground.Micros(now), ground.Micros(d.From), ground.Micros(d.To),
			int64(d.Place), ground.Bit(d.Weekly), ground.Plain(d.Name, 0), d.Zone, ground.Plain(d.By, 0), number, d.WrappedKey, d.Sealed)
		return err
	})
	return d, err
}

// RemoveDuty takes a turn off the rota. What was not yet sent to it is
// withheld.
func (r *Rota) RemoveDuty(ctx context.Context, id vedette.ID, by string, now time.Time) error {
	return r.write(ctx, "taking somebody off the rota", func(t *tx) error {
		var key int64
		found, err := t.Found([]any{&key}, `UPDATE duties SET recorded_to = $3, removed_by = $4 WHERE org = $1 AND recorded_to = 0
			AND id = (SELECT id FROM recipients WHERE uuid = $2) RETURNING id`, t.org, string(id), ground.Micros(now), ground.Plain(by, 0))
		if err != nil {
			return err
		}
		if !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such turn on the rota; `vedette rota list` shows them")
		}
		if err := withhold(t.Tx, `recipient_id = $1`, key, "taken off the rota"); err != nil {
			return err
		}
		_, err = book.Log(t.Tx, t.org, vedette.LogRota, id, "removed", now)
		return err
	})
}

// Duties lists the turns that stand, by place, as recorded at a time; the zero
// time is now.
func (r *Rota) Duties(ctx context.Context, recordedAt time.Time) (list []SealedDuty, err error) {
	err = r.read(ctx, "reading the rota", func(t *tx) error {
		list, err = t.duties(` AND `+book.Recorded("d", "$2"), book.At(recordedAt))
		return err
	})
	return list, err
}

// DutiesByKey gives turns by their keys, those removed too.
func (r *Rota) DutiesByKey(ctx context.Context, keys []int64) (map[int64]SealedDuty, error) {
	out := map[int64]SealedDuty{}
	if len(keys) == 0 {
		return out, nil
	}
	err := r.read(ctx, "reading the rota", func(t *tx) error {
		list, err := t.duties(` AND d.id {in $2}`, ground.List(keys))
		for _, d := range list {
			out[d.Key] = d
		}
		return err
	})
	return out, err
}

// DutiesOf gives the turns that stand and have a phone number, by its keyed
// hash.
func (r *Rota) DutiesOf(ctx context.Context, number []byte) (list []SealedDuty, err error) {
	err = r.read(ctx, "finding whose number it is", func(t *tx) error {
		list, err = t.duties(` AND d.recorded_to = 0 AND d.number = $2`, number)
		return err
	})
	return list, err
}
