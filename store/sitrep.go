package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// KeptSitrep is a report of a situation as it is kept: what is signed is the desk's own
// text, digested as it stands.
type KeptSitrep struct {
	ID        vedette.ID
	Situation vedette.ID
	At        time.Time
	Body      []byte
	Digest    string
	Verb      string // of its row in the one log
	Page      []byte
	Paper     []byte // nil, as Page is, where a list is read
}

// AddSitrep keeps one. One of the same id is there already where a form was sent twice:
// nothing is kept then.
func (o *Org) AddSitrep(ctx context.Context, k KeptSitrep) error {
	return o.s.write(ctx, "keeping a report of a situation", func(t *tx) error {
		// First: its lock has two of one form kept one after the other.
		var seq, situation int64
		if err := t.Row([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1 {lock}`, o.org); err != nil {
			return err
		}
		there, err := t.Exists(`SELECT 1 FROM sitreps WHERE uuid = $1`, string(k.ID))
		if err != nil || there {
			return err
		}
		found, err := t.Found([]any{&situation}, `SELECT id FROM situations WHERE org = $1 AND uuid = $2`, o.org, string(k.Situation))
		if err != nil {
			return err
		}
		if !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no situation %s", k.Situation)
		}
		key, err := t.keys("sitrep", 1)
		if err != nil {
			return err
		}
		if seq, err = book.Log(t.Tx, o.org, vedette.LogSitrep, k.ID, k.Verb, k.At); err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO sitreps (id, org, seq, uuid, situation_id, at, body, digest, page, paper) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			key, o.org, seq, string(k.ID), situation, ground.Micros(k.At), string(k.Body), k.Digest, string(k.Page), k.Paper)
		return err
	})
}

// Sitreps lists those kept of the situations of some updates, the newest first and at
// most so many of each, without what they say.
func (o *Org) Sitreps(ctx context.Context, us []*vedette.Update, most int) (list []KeptSitrep, err error) {
	keys := make([]int64, len(us))
	for i, u := range us {
		keys[i] = u.Key
	}
	err = o.s.read(ctx, "listing the reports of situations", func(t *tx) error {
		list, err = ground.All(t.Tx, func(k *KeptSitrep) []any {
			return []any{&k.ID, &k.Situation, ground.Time(&k.At), &k.Body, &k.Digest, &k.Verb}
		}, `SELECT x.uuid, s.uuid, x.at, x.body, x.digest, coalesce(l.verb, '')
			FROM (SELECT id, row_number() OVER (PARTITION BY situation_id ORDER BY id DESC) AS nth FROM sitreps
				WHERE org = $1 AND situation_id IN (SELECT situation_id FROM updates WHERE id {in $2})) n
			JOIN sitreps x ON x.id = n.id JOIN situations s ON s.id = x.situation_id
			LEFT JOIN log l ON l.org = x.org AND l.seq = x.seq WHERE n.nth <= $3 ORDER BY x.id DESC`, o.org, ground.List(keys), most)
		return err
	})
	return list, err
}

// Sitrep gives one, with what it says.
func (o *Org) Sitrep(ctx context.Context, id vedette.ID) (k KeptSitrep, err error) {
	err = o.s.read(ctx, "reading a report of a situation", func(t *tx) error {
		k = KeptSitrep{}
		found, err := t.Found([]any{&k.ID, &k.Situation, ground.Time(&k.At), &k.Body, &k.Digest, &k.Verb, &k.Page, &k.Paper},
			`SELECT x.uuid, s.uuid, x.at, x.body, x.digest, coalesce(l.verb, ''), x.page, x.paper FROM sitreps x JOIN situations s ON s.id = x.situation_id
			LEFT JOIN log l ON l.org = x.org AND l.seq = x.seq WHERE x.org = $1 AND x.uuid = $2`, o.org, string(id))
		if err == nil && !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such report of a situation")
		}
		return err
	})
	return k, err
}
