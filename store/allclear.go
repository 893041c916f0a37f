package store

import (
	"context"
	"database/sql"
	"slices"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// clear notes of which situations a published all-clear is. It is a conflict
// where something else stands by now than it was weighed against.
func (t *tx) clear(org int64, u *vedette.Update, stands *[]int64) error {
	if u.Clears == nil {
		return nil
	}
	if len(u.Clears.Of) == 0 {
		return vedette.Errorf(vedette.CodeInvalid, "the all-clear names no situation; say of which it is")
	}
	for _, id := range u.Clears.Of {
		n, err := t.Exec(`INSERT INTO all_clears (update_id, situation_id) SELECT $3, id FROM situations WHERE org = $1 AND uuid = $2`, org, string(id), u.Key)
		if err != nil {
			return err
		}
		if n == 0 {
			return vedette.Errorf(vedette.CodeNotFound, "there is no situation %s that an all-clear could be given for", id)
		}
	}
	if stands == nil {
		return nil
	}
	// The log's row is locked by now: whoever published before has committed.
	now, err := t.Keys(standingKeys, org)
	if err == nil && !slices.Equal(now, *stands) {
		err = vedette.Errorf(vedette.CodeConflict, "what stands has changed meanwhile, so no all-clear was given; look again")
	}
	return err
}

// inForce is the condition that all-clear a, published as update b, holds: it
// was neither stopped, nor cancelled, nor corrected.
const inForce = `EXISTS (SELECT 1 FROM situations own WHERE own.id = b.situation_id AND own.stands = b.id)`

// AllClears lists the all-clears in force that are about something which
// stands, the newest first.
func (o *Org) AllClears(ctx context.Context) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "listing all-clears", func(t *tx) error {
		keys, err := t.Keys(`SELECT DISTINCT a.update_id FROM situations s JOIN updates u ON u.id = s.stands
			JOIN all_clears a ON a.situation_id = s.id JOIN updates b ON b.id = a.update_id
			WHERE s.org = $1 AND s.stands > 0 AND b.published_at >= u.published_at AND `+inForce+` ORDER BY a.update_id`, o.org)
		if err != nil || len(keys) == 0 {
			return err
		}
		list, err = t.updates(byKeys, o.org, ground.List(keys))
		return err
	})
	return list, err
}

// AllClearsOf lists the all-clears given of a situation that are in force, the
// newest first.
func (o *Org) AllClearsOf(ctx context.Context, situation vedette.ID) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "listing all-clears", func(t *tx) error {
		keys, err := t.Keys(`SELECT b.id FROM all_clears a JOIN updates b ON b.id = a.update_id
			WHERE a.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2) AND `+inForce+` ORDER BY b.id`, o.org, string(situation))
		if err != nil || len(keys) == 0 {
			return err
		}
		list, err = t.updates(byKeys, o.org, ground.List(keys))
		return err
	})
	return list, err
}

// Warned calls fn for every notice that living people have of a situation's
// updates, ascending by person, the newest first. What was
// withheld told them nothing, and is left out.
func (o *Org) Warned(ctx context.Context, situation vedette.ID, fn func(LastTold)) error {
	return o.s.read(ctx, "reading who was warned", func(t *tx) error {
		list, err := ground.All(t.Tx, func(l *LastTold) []any {
			return []any{&l.Recipient, &l.Update, &l.Number, &l.Round, code.Cause.Into(&l.Cause), code.Relation.Into(&l.Relation), &l.Variant, ground.Time(&l.MadeAt), &l.Gathered}
		}, `SELECT n.recipient_id, u.id, u.number, n.round, n.cause, n.relation, n.variant_no, n.made_at,
				coalesce((SELECT min(CASE d.lane WHEN $3 THEN 1 ELSE 0 END) FROM deliveries d WHERE d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round = n.round AND d.state <> {withheld}), 0)
			FROM updates u JOIN notices n ON n.update_id = u.id JOIN persons p ON p.id = n.recipient_id AND p.erased_at = 0
			WHERE u.org = $1 AND u.number > 0 AND u.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2)
				AND (EXISTS (SELECT 1 FROM deliveries d WHERE d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round = n.round AND d.state <> {withheld})
					OR NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round = n.round))
			ORDER BY n.recipient_id, u.number DESC, n.round DESC`, o.org, string(situation), int64(vedette.LaneDigest))
		for _, l := range list {
			fn(l)
		}
		return err
	})
}

// cleared adds to the fates of updates in the queue the all-clears in force
// that are about them.
func (t *tx) cleared(fates map[int64]*fate, updates []int64) error {
	return t.Each(func(r *sql.Rows) error {
		var key, by int64
		err := r.Scan(&key, &by)
		f := fates[key]
		if f == nil {
			f = &fate{}
			fates[key] = f
		}
		f.clears = append(f.clears, by)
		return err
	}, `SELECT u.id, b.id FROM updates u JOIN all_clears a ON a.situation_id = u.situation_id JOIN updates b ON b.id = a.update_id
		WHERE u.id {in $1} AND b.id <> u.id AND b.published_at >= u.published_at AND `+inForce+` ORDER BY u.id, b.id`, ground.List(updates))
}
