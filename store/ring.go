package store

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Ring is a call to a person: what it says, sealed, and how often nobody took
// it.
type Ring struct {
	Update, Recipient int64
	Round, Address    int
	At                time.Time // when it was made ready to be rung
	Missed            int
	Sealed            []byte
}

// KeepRings keeps what calls say before anything rings, and sets of each how
// often it was missed so far.
func (o *Org) KeepRings(ctx context.Context, rings []Ring, now time.Time) error {
	if len(rings) == 0 {
		return nil
	}
	return o.s.write(ctx, "keeping what calls say", func(t *tx) error {
		for i := range rings {
			r := &rings[i]
			err := t.Row([]any{&r.Missed}, `INSERT INTO rings (update_id, recipient_id, round, address_no, org, at, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)
				ON CONFLICT (update_id, recipient_id, round, address_no) DO UPDATE SET at = excluded.at, sealed = excluded.sealed RETURNING missed`,
				r.Update, r.Recipient, int64(r.Round), int64(r.Address), o.org, ground.Micros(now), r.Sealed)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Ring gives a call. One that was never made ready is CodeNotFound.
func (o *Org) Ring(ctx context.Context, update, recipient int64, round, address int) (r Ring, err error) {
	err = o.s.read(ctx, "reading what a call says", func(t *tx) error {
		r = Ring{Update: update, Recipient: recipient, Round: round, Address: address}
		found, err := t.Found([]any{ground.Time(&r.At), &r.Missed, &r.Sealed}, `SELECT at, missed, sealed FROM rings
			WHERE org = $1 AND update_id = $2 AND recipient_id = $3 AND round = $4 AND address_no = $5`, o.org, update, recipient, int64(round), int64(address))
		if err == nil && !found {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no such call")
		}
		return err
	})
	return r, err
}

// Rung is a call that a gateway made, and of which it told.
type Rung struct {
	Update, Recipient int64
	Round, Address    int
	Detail            string    // what became of it, in a line without the number
	Again             time.Time // when it may be rung again
	At                time.Time
}

// RingAgain has a phone rung again that nobody took, unless it was rung often
// enough or its owner answered meanwhile: then the delivery has failed. moved
// says whether it did either.
func (o *Org) RingAgain(ctx context.Context, m Rung) (moved bool, err error) {
	err = o.s.write(ctx, "noting a call that nobody took", func(t *tx) error {
		moved = false
		row := []any{m.Update, m.Recipient, int64(m.Round), int64(m.Address)}
		id, err := t.updateID(o.org, m.Update)
		if err != nil {
			return err
		}
		var missed int
		found, err := t.Found([]any{&missed}, `UPDATE rings SET missed = missed + 1 WHERE update_id = $1 AND recipient_id = $2 AND round = $3 AND address_no = $4
			AND EXISTS (SELECT 1 FROM deliveries d WHERE d.update_id = $1 AND d.recipient_id = $2 AND d.round = $3 AND d.address_no = $4
				AND d.state IN ({on redial})) RETURNING missed`, row...)
		if err != nil || !found {
			return err
		}
		answered, err := t.Exists(`SELECT 1 FROM replies WHERE update_id = $1 AND recipient_id = $2 AND trust <> {trust none} LIMIT 1`, m.Update, m.Recipient)
		if err != nil {
			return err
		}
		moved = true
		if missed >= vedette.MaxRings || answered {
			often := "once"
			if missed > 1 {
				often = fmt.Sprintf("%d times", missed)
			}
			b := Bounce{Update: m.Update, Recipient: m.Recipient, Round: m.Round, Address: m.Address, At: m.At, Detail: m.Detail + "; rung " + often}
			_, err := t.bounce(o.org, id, &b)
			return err
		}
		_, err = t.Exec(`UPDATE deliveries SET state = {queued}, due_at = $5, leased_by = NULL, detail = $6
			WHERE update_id = $1 AND recipient_id = $2 AND round = $3 AND address_no = $4 AND state IN ({on redial})`,
			append(row, ground.Micros(m.Again), ground.Plain(m.Detail+"; it is rung again", 300))...)
		if err != nil {
			return err
		}
		return t.log(o.org, vedette.LogDelivery, id, "rung again", m.At)
	})
	return moved, err
}

// Unheard notes of a call that it was taken and is over, and that nobody
// pressed a key: it is no more than accepted. What a key has moved stands.
func (o *Org) Unheard(ctx context.Context, m Rung) (moved bool, err error) {
	err = o.s.write(ctx, "noting a call without a key", func(t *tx) error {
		n, err := t.Exec(`UPDATE deliveries SET detail = $6 WHERE update_id = $1 AND recipient_id = $2 AND round = $3 AND address_no = $4 AND org = $5 AND state = {accepted}
			AND channel = $7`, m.Update, m.Recipient, int64(m.Round), int64(m.Address), o.org, ground.Plain(m.Detail, 300), code.Channel.Of(vedette.ChannelVoice))
		moved = n > 0
		return err
	})
	return moved, err
}
