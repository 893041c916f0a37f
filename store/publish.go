package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/ground"
)

// PublishOrder says what to publish and as what.
type PublishOrder struct {
	Update    vedette.ID // the draft
	Situation vedette.ID // "" opens a new one
	Title     string     // of a new situation; "" takes the draft's
	Corrects  vedette.ID // a published update: puts this one into its situation
	Lane      vedette.Lane
	At        time.Time

	Postures []vedette.Posture  // it brings; written with it, but for those that a stronger one stands against
	Tasks    []vedette.Task     // it brings
	Weaker   *[]vedette.Posture // set to the postures that were not written; nil: not asked
}

// Publish publishes a draft in one transaction: it becomes immutable and
// numbered in its situation, its fan-out is queued, and the older updates of
// the situation are marked as overtaken. The status must be its situation's:
// no exercise within the real thing.
func (o *Org) Publish(ctx context.Context, p PublishOrder) (u *vedette.Update, err error) {
	err = o.s.write(ctx, "publishing", func(t *tx) error {
		if _, err := t.Exec(`SELECT 1 FROM updates WHERE org = $1 AND uuid = $2 {lock}`, o.org, string(p.Update)); err != nil {
			return err
		}
		draft, err := t.update(`u.uuid = $2`, o.org, string(p.Update))
		if err != nil {
			return err
		}
		if _, ok := vedette.Updates.Next(draft.State, "publish"); !ok {
			return vedette.Errorf(vedette.CodeConflict, "the update is published already")
		}
		if p.Corrects == "" {
			p.Corrects = draft.Corrects
		}
		if p.Situation == "" {
			p.Situation = draft.Situation.ID
		}
		situation, corrects, err := t.refs(o.org, p.Situation, p.Corrects)
		if err != nil {
			return err
		}
		number, err := t.number(o.org, draft, &situation, p)
		if err != nil {
			return err
		}
		if err := t.makePublic(o.org, draft.Key, situation.Int64, number, corrects, p); err != nil {
			return err
		}
		if err := t.overtake(o.org, draft, situation.Int64, number, p.At); err != nil {
			return err
		}
		if corrects.Valid {
			// Nobody more is to be told what is being corrected.
			if err := t.halt(o.org, corrects.Int64, p.Corrects, p.At); err != nil {
				return err
			}
		}
		if err := t.bring(o.org, draft, p); err != nil {
			return err
		}
		u, err = t.update(`u.id = $2`, o.org, draft.Key)
		return err
	})
	return u, err
}

// bring writes the postures and tasks that an update brings.
func (t *tx) bring(org int64, u *vedette.Update, p PublishOrder) error {
	if u.Status != vedette.StatusActual && len(p.Postures)+len(p.Tasks) > 0 {
		return vedette.Errorf(vedette.CodeInvalid, "the update is %s: it sets no posture and no task", u.Status)
	}
	weaker, err := board.Publish(t.Tx, org, u.Key, p.Postures, slices.Clone(p.Tasks), p.At)
	if err == nil && p.Weaker != nil {
		*p.Weaker = weaker
	}
	return err
}

// halt ends a fan-out that is not planned to its end.
func (t *tx) halt(org, update int64, id vedette.ID, at time.Time) error {
	halted, err := t.Exec(`UPDATE fanouts SET state = {fanout halted}, finished_at = $2, leased_by = NULL, lease_until = 0
		WHERE update_id = $1 AND state IN ({fanout on stop})`, update, ground.Micros(at))
	if err != nil || halted == 0 {
		return err
	}
	return t.log(org, vedette.LogFanout, id, "halted", at)
}

// number takes the next number of the situation, whose row it locks, and
// opens the situation where there is none.
func (t *tx) number(org int64, u *vedette.Update, situation *sql.NullInt64, p PublishOrder) (number int64, err error) {
	if situation.Valid {
		var status int64
		if err := t.Row([]any{&number, &status}, `UPDATE situations SET last = last + 1 WHERE id = $1 RETURNING last, status`, situation.Int64); err != nil {
			return 0, err
		}
		if status != int64(u.Status) {
			return 0, vedette.Errorf(vedette.CodeConflict, "the update is %s and its situation is %s; the two never mix", u.Status, vedette.Status(status))
		}
		return number, nil
	}
	title := p.Title
	for _, t := range []string{u.Situation.Title, u.Content.Title} {
		if title == "" {
			title = t
		}
	}
	if situation.Int64, err = t.keys("situation", 1); err != nil {
		return 0, err
	}
	situation.Valid = true
	_, err = t.Exec(`INSERT INTO situations (id, org, uuid, title, status, last) VALUES ($1, $2, $3, $4, $5, 1)`,
		situation.Int64, org, string(vedette.NewID(p.At)), ground.Plain(title, 0), int64(u.Status))
	return 1, err
}

func (t *tx) makePublic(org, update, situation, number int64, corrects sql.NullInt64, p PublishOrder) error {
	n, err := t.Exec(`UPDATE updates SET state = {update published}, situation_id = $2, number = $3, corrects_id = $4, published_at = $5
		WHERE id = $1 AND state IN ({update on publish})`, update, situation, number, corrects, ground.Micros(p.At))
	if err != nil {
		return err
	}
	if n == 0 {
		return vedette.Errorf(vedette.CodeConflict, "the update is published already")
	}
	key, err := t.keys("fanout", 1)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO fanouts (id, org, uuid, update_id, state, lane, created_at) VALUES ($1, $2, $3, $4, {fanout queued}, $5, $6)`,
		key, org, string(vedette.NewID(p.At)), update, int64(p.Lane), ground.Micros(p.At))
	return err
}

// overtake marks the older updates of the situation, those that carry no mark
// yet, and writes the log rows of the publication.
func (t *tx) overtake(org int64, u *vedette.Update, situation, number int64, at time.Time) error {
	older, err := t.Keys(`INSERT INTO marks (update_id, org, state, overtaken_by, overtaken_at)
		SELECT u.id, u.org, {update overtaken}, $3, $4 FROM updates u
		WHERE u.situation_id = $1 AND u.number < $2 AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.update_id = u.id)
		ON CONFLICT (update_id) DO NOTHING RETURNING update_id`, situation, number, u.Key, ground.Micros(at))
	if err != nil {
		return err
	}
	if err := t.log(org, vedette.LogUpdate, u.ID, "published", at); err != nil {
		return err
	}
	slices.Sort(older)
	for _, key := range older {
		if err := t.logUpdate(org, key, vedette.LogUpdate, "overtaken", at); err != nil {
			return err
		}
	}
	return nil
}

// Stop stops an update: what is not accepted yet is not sent any more, and a
// fan-out still being planned is halted. What is stopped stays stopped.
func (o *Org) Stop(ctx context.Context, id vedette.ID, reason string, at time.Time) (u *vedette.Update, err error) {
	err = o.s.write(ctx, "stopping an update", func(t *tx) error {
		if u, err = t.update(`u.uuid = $2`, o.org, string(id)); err != nil {
			return err
		}
		if u.State == vedette.UpdateDraft {
			return vedette.Errorf(vedette.CodeConflict, "the update is a draft; nothing of it is being sent")
		}
		n, err := t.Exec(`INSERT INTO marks (update_id, org, state, stopped_at, stop_reason) VALUES ($1, $2, {update stopped}, $3, $4)
			ON CONFLICT (update_id) DO UPDATE SET state = excluded.state, stopped_at = excluded.stopped_at, stop_reason = excluded.stop_reason
			WHERE marks.state IN ({update on stop})`, u.Key, o.org, ground.Micros(at), ground.Plain(reason, 500))
		if err != nil {
			return err
		}
		if n == 0 {
			return vedette.Errorf(vedette.CodeConflict, "the update is stopped already")
		}
		if err := t.log(o.org, vedette.LogUpdate, id, "stopped", at); err != nil {
			return err
		}
		if err := t.halt(o.org, u.Key, id, at); err != nil {
			return err
		}
		u, err = t.update(`u.id = $2`, o.org, u.Key)
		return err
	})
	return u, err
}
