package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
)

// PublishOrder says what to publish and as what.
type PublishOrder struct {
	Update    vedette.ID     // the draft
	Situation vedette.ID     // "" opens a new one
	Title     string         // of a new situation; "" takes the draft's
	Corrects  vedette.ID     // a published update: puts this one into its situation
	Cancels   vedette.Cancel // what Corrects names is cancelled, and why; "" takes the draft's
	Alone     bool           // it is cancelled alone, and stopped with it; else the word of its situation ends
	Reason    string         // of that stop
	Lane      vedette.Lane
	At        time.Time
	Edits     int // how many edits whoever publishes has seen; fewer than the draft has is a conflict

	Postures []vedette.Posture // it brings; written with it, but for those that a stronger one stands against
	Tasks    []vedette.Task    // it brings
	Stands   *[]int64          // what an all-clear was weighed against, by key; nil: not weighed
	Drills   *int              // how many drills had been sent when whoever sends this one looked; more are a conflict; nil: not looked

	Assent   *vedette.Assent   // on whose word it is, where a second person is wanted; nil where none is
	Approval int64             // key of the asking that this answers; 0 for none
	Said     Decided           // how it is answered
	Glass    *vedette.Approval // it goes out on one person's word, and is to be looked at; nil where it does not

	// Freeze makes ready, of the update as it is published, what is said should
	// it turn out to be sent in error; nil: nothing is kept.
	Freeze func(*vedette.Update) ([]byte, error)

	Weaker *[]vedette.Posture // set to the postures that were not written; nil: not asked
}

// Publish publishes a draft in one transaction: it becomes immutable and
// numbered in its situation, its fan-out is queued, and the older updates of
// the situation are marked as overtaken, unless it cancels one of them alone:
// then that one is stopped. Nobody more is planned for what is
// corrected, nor, where it is cancelled, for anything older of the situation.
// The status must be its situation's: no exercise within the real thing.
func (o *Org) Publish(ctx context.Context, p PublishOrder) (u *vedette.Update, err error) {
	err = o.s.write(ctx, "publishing", func(t *tx) error {
		u, err = t.publish(o.org, p)
		return err
	})
	return u, err
}

func (t *tx) publish(org int64, p PublishOrder) (*vedette.Update, error) {
	if _, err := t.Exec(`SELECT 1 FROM updates WHERE org = $1 AND uuid = $2 {lock}`, org, string(p.Update)); err != nil {
		return nil, err
	}
	draft, err := t.update(`u.uuid = $2`, org, string(p.Update))
	if err != nil {
		return nil, err
	}
	if _, ok := vedette.Updates.Next(draft.State, "publish"); !ok {
		return nil, vedette.Errorf(vedette.CodeConflict, "the update is published already")
	}
	if err := draft.Unchanged(p.Edits); err != nil {
		return nil, err
	}
	if err := p.complete(draft); err != nil {
		return nil, err
	}
	verb, err := t.assent(org, draft, p)
	if err != nil {
		return nil, err
	}
	situation, corrects, err := t.refs(org, p.Situation, p.Corrects)
	if err != nil {
		return nil, err
	}
	number, err := t.number(org, draft, &situation, p)
	if err != nil {
		return nil, err
	}
	older, err := t.Keys(`SELECT id FROM updates WHERE situation_id = $1 AND number < $2 ORDER BY id`, situation, number)
	if err != nil {
		return nil, err
	}
	if err := t.lockPlanning(older...); err != nil {
		return nil, err
	}
	if err := t.makePublic(org, draft.Key, situation.Int64, number, corrects, p); err != nil {
		return nil, err
	}
	if err := t.replace(org, draft, situation.Int64, older, corrects, p); err != nil {
		return nil, err
	}
	if err := t.bring(org, draft, p); err != nil {
		return nil, err
	}
	if err := t.clear(org, draft, p.Stands); err != nil {
		return nil, err
	}
	if err := t.drilledSince(org, draft.Key, p.Drills); err != nil {
		return nil, err
	}
	if err := t.assented(org, draft, p, verb); err != nil {
		return nil, err
	}
	u, err := t.update(`u.id = $2`, org, draft.Key)
	if err != nil || p.Freeze == nil {
		return u, err
	}
	return u, t.freeze(u, p.Freeze)
}

// complete takes from the draft what the order does not say.
func (p *PublishOrder) complete(draft *vedette.Update) error {
	if p.Corrects == "" {
		p.Corrects = draft.Corrects
	}
	if p.Cancels == "" {
		p.Cancels = draft.Cancels
	}
	if p.Situation == "" {
		p.Situation = draft.Situation.ID
	}
	switch {
	case code.Cancel.Of(p.Cancels) < 0:
		return vedette.Errorf(vedette.CodeInvalid, "%q is no reason to cancel; it is sent_in_error or over", p.Cancels)
	case p.Cancels != "" && p.Corrects == "":
		return vedette.Errorf(vedette.CodeInvalid, "the cancellation does not say which update it cancels; name one")
	case p.Alone && p.Cancels != vedette.CancelError:
		return vedette.Errorf(vedette.CodeInvalid, "an update is cancelled alone where it was sent in error, for no other reason")
	}
	return nil
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
	n, err := t.Exec(`UPDATE updates SET state = {update published}, situation_id = $2, number = $3, corrects_id = $4, published_at = $5, cancels = $6, alone = $7
		WHERE id = $1 AND state IN ({update on publish})`, update, situation, number, corrects, ground.Micros(p.At), code.Cancel.Of(p.Cancels), ground.Bit(p.Alone))
	if err != nil {
		return err
	}
	if n == 0 {
		return vedette.Errorf(vedette.CodeConflict, "the update is published already")
	}
	_, err = t.addFanout(org, update, 1, vedette.CausePublished, p.Lane, p.At)
	return err
}

// replace marks the older updates of the situation as overtaken, those that
// carry no mark yet, or stops the one that is cancelled alone, halts their planning where nobody more is to be told of
// them, and writes the log rows of the publication.
func (t *tx) replace(org int64, u *vedette.Update, situation int64, older []int64, corrects sql.NullInt64, p PublishOrder) error {
	if p.Alone {
		if err := t.log(org, vedette.LogUpdate, u.ID, "published", p.At); err != nil {
			return err
		}
		_, err := t.stop(org, corrects.Int64, situation, p.Reason, p.At)
		return err
	}
	marked, err := t.Keys(`INSERT INTO marks (update_id, org, state, overtaken_by, overtaken_at)
		SELECT u.id, u.org, {update overtaken}, $2, $3 FROM updates u
		WHERE u.id {in $1} AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.update_id = u.id)
		ON CONFLICT (update_id) DO NOTHING RETURNING update_id`, ground.List(older), u.Key, ground.Micros(p.At))
	if err != nil {
		return err
	}
	if err := t.restand(situation); err != nil {
		return err
	}
	var over []int64
	switch {
	case p.Cancels != "":
		over = older
	case corrects.Valid:
		over = []int64{corrects.Int64}
	}
	halted, err := t.halt(over, p.At)
	if err != nil {
		return err
	}
	if err := t.log(org, vedette.LogUpdate, u.ID, "published", p.At); err != nil {
		return err
	}
	if err := t.logUpdates(org, marked, vedette.LogUpdate, "overtaken", p.At); err != nil {
		return err
	}
	return t.logUpdates(org, slices.Collect(maps.Keys(halted)), vedette.LogFanout, "halted", p.At)
}

// Stop stops an update: what is not accepted yet is not sent any more, of
// whatever round, and fan-outs still being planned are halted. What is
// stopped stays stopped.
func (o *Org) Stop(ctx context.Context, id vedette.ID, reason string, at time.Time) (u *vedette.Update, err error) {
	err = o.s.write(ctx, "stopping an update", func(t *tx) error {
		if u, err = t.update(`u.uuid = $2`, o.org, string(id)); err != nil {
			return err
		}
		if u.State == vedette.UpdateDraft {
			return vedette.Errorf(vedette.CodeConflict, "the update is a draft; nothing of it is being sent")
		}
		var situation int64
		if err := t.Row([]any{&situation}, `SELECT id FROM situations WHERE org = $1 AND uuid = $2 {lock}`, o.org, string(u.Situation.ID)); err != nil {
			return err
		}
		if err := t.lockPlanning(u.Key); err != nil {
			return err
		}
		stopped, err := t.stop(o.org, u.Key, situation, reason, at)
		if err != nil {
			return err
		}
		if !stopped {
			return vedette.Errorf(vedette.CodeConflict, "the update is stopped already")
		}
		u, err = t.update(`u.id = $2`, o.org, u.Key)
		return err
	})
	return u, err
}

// stop marks an update as stopped, notes what of its situation stands now,
// halts its planning, and logs it; false where it is stopped already.
func (t *tx) stop(org, update, situation int64, reason string, at time.Time) (stopped bool, err error) {
	n, err := t.Exec(`INSERT INTO marks (update_id, org, state, stopped_at, stop_reason) VALUES ($1, $2, {update stopped}, $3, $4)
		ON CONFLICT (update_id) DO UPDATE SET state = excluded.state, stopped_at = excluded.stopped_at, stop_reason = excluded.stop_reason
		WHERE marks.state IN ({update on stop})`, update, org, ground.Micros(at), ground.Plain(reason, 500))
	if err != nil {
		return false, err
	}
	if err := t.restand(situation); err != nil || n == 0 {
		return false, err
	}
	halted, err := t.halt([]int64{update}, at)
	if err != nil {
		return false, err
	}
	if err := t.askHalted(org, situation, at); err != nil {
		return false, err
	}
	if err := t.logUpdate(org, update, vedette.LogUpdate, "stopped", at); err != nil {
		return false, err
	}
	return true, t.logUpdates(org, slices.Collect(maps.Keys(halted)), vedette.LogFanout, "halted", at)
}
