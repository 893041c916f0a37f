package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// SealedSuperior is the manager of a person, as a recipient of the ledger.
type SealedSuperior struct {
	Key    int64
	Person int64
	Hash   []byte // keyed hash of whoever it is
	Sealed []byte // name and address, under the person's key; nil once they are erased
}

// KeepSuperiors gives the superiors their keys, and keeps those that are new:
// the same person and hash is the same superior. Of somebody erased meanwhile
// none is kept, and the key stays 0.
func (o *Org) KeepSuperiors(ctx context.Context, list []SealedSuperior, now time.Time) ([]SealedSuperior, error) {
	if len(list) == 0 {
		return nil, nil
	}
	out := make([]SealedSuperior, len(list))
	err := o.s.write(ctx, "keeping who is told of trips", func(t *tx) error {
		copy(out, list)
		for i := range out {
			if err := t.keepSuperior(o.org, &out[i], now); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (t *tx) keepSuperior(org int64, s *SealedSuperior, now time.Time) error {
	// The person's row is locked, so that an erasure comes before or after.
	alive, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND id = $2 AND erased_at = 0 {lock}`, org, s.Person)
	if err != nil || len(alive) == 0 {
		return err
	}
	found, err := t.Found([]any{&s.Key}, `UPDATE superiors SET sealed = $3 WHERE person_id = $1 AND hash = $2 RETURNING id`, s.Person, s.Hash, s.Sealed)
	if err != nil || found {
		return err
	}
	if s.Key, err = t.keys("recipient", 1); err != nil {
		return err
	}
	if _, err := t.Exec(`INSERT INTO recipients (id, org, uuid, kind) VALUES ($1, $2, $3, $4)`, s.Key, org, string(vedette.NewID(now)), int64(code.Hook)); err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO superiors (id, org, person_id, hash, sealed) VALUES ($1, $2, $3, $4, $5)`, s.Key, org, s.Person, s.Hash, s.Sealed)
	return err
}

// ClashNote is what a notice of a superior says. Update and Round are set by
// the store where it is written.
type ClashNote struct {
	Update    int64
	Recipient int64 // the superior
	Round     int
	Gone      bool   // it says that no clash is left
	Sealed    []byte // the clashes, under the person's key; nil once they are erased
}

// addClashes writes what the notices say that were written just now.
func (t *tx) addClashes(b *telling) error {
	var list []ClashNote
	for _, c := range b.clashes {
		if s := b.seats[c.Recipient]; s != nil && s.made > 0 {
			c.Round = s.made
			list = append(list, c)
		}
	}
	return t.Bulk("clashes", []string{"update_id", "recipient_id", "round", "gone", "sealed"}, len(list), func(i int) []any {
		c := list[i]
		return []any{b.update, c.Recipient, int64(c.Round), ground.Bit(c.Gone), c.Sealed}
	})
}

// SuperiorTold is one time that a superior was told of trips.
type SuperiorTold struct {
	SealedSuperior
	ClashNote
	Number     int // of the update in its situation
	Cause      vedette.Cause
	MadeAt     time.Time
	State      vedette.DeliveryState // "" where there is no address
	Detail     string
	AcceptedAt time.Time
}

func superiorInto(s *SuperiorTold) []any {
	return []any{&s.Key, &s.Person, &s.Hash, &s.SealedSuperior.Sealed, &s.Update, &s.Number, &s.Round, &s.Gone, &s.ClashNote.Sealed, code.Cause.Into(&s.Cause),
		ground.Time(&s.MadeAt), code.Delivery.Into(&s.State), &s.Detail, ground.Time(&s.AcceptedAt)}
}

const superiorSelect = `SELECT s.id, s.person_id, s.hash, s.sealed, u.id, u.number, c.round, c.gone, c.sealed, n.cause, n.made_at,
		coalesce(d.state, 0), coalesce(d.detail, ''), coalesce(d.accepted_at, 0)
	FROM updates u JOIN clashes c ON c.update_id = u.id JOIN superiors s ON s.id = c.recipient_id
	JOIN notices n ON n.update_id = c.update_id AND n.recipient_id = c.recipient_id AND n.round = c.round
	LEFT JOIN deliveries d ON d.update_id = c.update_id AND d.recipient_id = c.recipient_id AND d.round = c.round
	WHERE u.org = $1 AND `

const superiorOrder = ` ORDER BY s.person_id, s.id, u.number, c.round`

// SuperiorsTold lists what the managers of people were told in a situation, by
// person, then superior, the first first.
func (o *Org) SuperiorsTold(ctx context.Context, situation vedette.ID) ([]SuperiorTold, error) {
	return o.superiors(ctx, `u.number > 0 AND u.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2)`+superiorOrder, string(situation))
}

// SuperiorsToldOf is SuperiorsTold for some people alone.
func (o *Org) SuperiorsToldOf(ctx context.Context, situation vedette.ID, people []int64) ([]SuperiorTold, error) {
	if len(people) == 0 {
		return nil, nil
	}
	return o.superiors(ctx, `u.number > 0 AND u.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2) AND s.person_id {in $3}`+superiorOrder,
		string(situation), ground.List(people))
}

// SuperiorsOf lists what managers were told of an update, in the same order.
func (o *Org) SuperiorsOf(ctx context.Context, update int64) ([]SuperiorTold, error) {
	return o.superiors(ctx, `u.id = $2`+superiorOrder, update)
}

// SuperiorNote gives one round of what a superior was told.
func (o *Org) SuperiorNote(ctx context.Context, update, superior int64, round int) (SuperiorTold, error) {
	list, err := o.superiors(ctx, `c.update_id = $2 AND c.recipient_id = $3 AND c.round = $4`, update, superior, int64(round))
	if err == nil && len(list) == 0 {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such notice of a trip")
	}
	if err != nil {
		return SuperiorTold{}, err
	}
	return list[0], nil
}

func (o *Org) superiors(ctx context.Context, where string, args ...any) (list []SuperiorTold, err error) {
	err = o.s.read(ctx, "reading who was told of trips", func(t *tx) error {
		list, err = ground.All(t.Tx, superiorInto, superiorSelect+where, append([]any{o.org}, args...)...)
		return err
	})
	return list, err
}
