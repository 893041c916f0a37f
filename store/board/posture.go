package board

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

const postureSelect = `SELECT p.id, p.area, p.provider, p.action, p.since, coalesce(u.uuid, ''), p.advice_group, p.advice_item, p.body, p.set_by, p.reason
	FROM postures p LEFT JOIN updates u ON u.id = p.update_id WHERE p.org = $1 AND `

func (t *tx) postures(where string, args ...any) ([]vedette.Posture, error) {
	return ground.All(t.Tx, func(p *vedette.Posture) []any {
		return []any{&p.Key, &p.Area, &p.Provider, code.Posture.Into(&p.Action), ground.Time(&p.Since), &p.Update, &p.Group, &p.Item, &p.Text, &p.By, &p.Reason}
	}, postureSelect+where, append([]any{t.org}, args...)...)
}

// Postures gives the board as it stands, by area and provider.
func (b *Board) Postures(ctx context.Context) ([]vedette.Posture, error) {
	return b.PosturesAt(ctx, time.Time{})
}

// PosturesAt gives the board as it was recorded at a time; the zero time is
// now.
func (b *Board) PosturesAt(ctx context.Context, recordedAt time.Time) ([]vedette.Posture, error) {
	return b.list(ctx, book.Recorded("p", "$2")+` ORDER BY p.area, p.provider`, book.At(recordedAt))
}

// PostureHistory gives all postures of an area by a provider, the newest
// first.
func (b *Board) PostureHistory(ctx context.Context, area vedette.AreaID, provider string) ([]vedette.Posture, error) {
	return b.list(ctx, `p.area = $2 AND p.provider = $3 ORDER BY p.id DESC`, string(area), ground.Plain(provider, 0))
}

func (b *Board) list(ctx context.Context, where string, args ...any) (list []vedette.Posture, err error) {
	err = b.read(ctx, "reading the postures", func(t *tx) error {
		list, err = t.postures(where, args...)
		return err
	})
	return list, err
}

// SetPosture sets the posture of an area by a person, with a reason, whether
// it rises or falls. Where it says what the person had before them (Key, Around),
// and something else stands by now, it is a conflict.
//
// Of the organisation's own, questions whether to keep or lift that area's
// posture are answered by it: they are decided, by the same person for the
// same reason, as outcome says, and given.
func (b *Board) SetPosture(ctx context.Context, p vedette.Posture, outcome string, now time.Time) (answered []vedette.Task, err error) {
	if err := checkBy(p.By, p.Reason); err != nil {
		return nil, err
	}
	err = b.write(ctx, "setting a posture", func(t *tx) error {
		answered = nil
		if err := t.set(p, now); err != nil || ground.Plain(p.Provider, 0) != "" {
			return err
		}
		answered, err = t.answer(p, outcome, now)
		return err
	})
	return answered, err
}

// answer decides the open questions that a posture set by hand leaves without
// an object.
func (t *tx) answer(p vedette.Posture, outcome string, now time.Time) ([]vedette.Task, error) {
	open, err := t.tasks(` AND t.state = {task open} AND t.kind = $2 AND t.area = $3 ORDER BY t.id`, code.TaskKind.Of(vedette.TaskKeepOrLift), string(p.Area))
	if err != nil {
		return nil, err
	}
	for i, k := range open {
		if open[i], err = t.decide(k, outcome, p.By, p.Reason, now); err != nil {
			return nil, err
		}
		if _, err := book.Log(t.Tx, t.org, vedette.LogTask, k.ID, "decided", now); err != nil {
			return nil, err
		}
	}
	return open, nil
}

// checkBy is invalid where a posture is to be set by nobody or for no reason.
func checkBy(by, reason string) error {
	if strings.TrimSpace(by) == "" || strings.TrimSpace(reason) == "" {
		return vedette.Errorf(vedette.CodeInvalid, "a posture is set by a person, with a reason; say who and why")
	}
	return nil
}

func (t *tx) set(p vedette.Posture, now time.Time) error {
	// The log row comes first: its lock keeps out others who set postures.
	if _, err := book.Log(t.Tx, t.org, vedette.LogPosture, vedette.ID(p.Area), "set", now); err != nil {
		return err
	}
	var update sql.NullInt64
	if p.Update != "" {
		found, err := t.Found([]any{&update}, `SELECT id FROM updates WHERE org = $1 AND uuid = $2`, t.org, string(p.Update))
		if err == nil && !found {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no update %s for the posture to come from", p.Update)
		}
		if err != nil {
			return err
		}
	}
	_, err := t.put(p, update, now)
	return err
}

// asSeen is a conflict where a posture is set by what does not stand any more:
// have is the area's own by now.
func (t *tx) asSeen(p *vedette.Posture, have []vedette.Posture) error {
	own := vedette.NoPosture
	if len(have) > 0 {
		own = have[0].Key
	}
	same := p.Key == 0 || p.Key == own
	if same && p.Around != 0 {
		var err error
		if same, err = t.Exists(`SELECT 1 FROM postures WHERE org = $1 AND id = $2 AND recorded_to = 0`, t.org, p.Around); err != nil {
			return err
		}
	}
	if !same {
		return vedette.Errorf(vedette.CodeConflict, "the posture of %s was changed meanwhile; look at it again", p.Area)
	}
	return nil
}

// put writes a posture in place of the live one of its area and provider, if
// it may: without a person it never falls. One without an action says that
// nothing stands there: left out by an update, or lifted by a person.
func (t *tx) put(p vedette.Posture, update sql.NullInt64, now time.Time) (written bool, err error) {
	p.Provider = ground.Plain(p.Provider, 0)
	switch {
	case p.Area == "":
		return false, vedette.Errorf(vedette.CodeInvalid, "the posture has no area; name one")
	case p.Action.Posture() == 0 && p.Action != "":
		return false, vedette.Errorf(vedette.CodeInvalid, "%q is no step of the ladder of travel advice, so no posture", p.Action)
	}
	have, err := t.postures(`p.area = $2 AND p.provider = $3 AND p.recorded_to = 0`, string(p.Area), p.Provider)
	switch {
	case err != nil:
		return false, err
	case p.By == "" && len(have) > 0 && have[0].Stronger(&p):
		return false, nil
	}
	if err := t.asSeen(&p, have); err != nil {
		return false, err
	}
	if len(have) > 0 {
		if _, err := t.Exec(`UPDATE postures SET recorded_to = $2 WHERE id = $1`, have[0].Key, ground.Micros(now)); err != nil {
			return false, err
		}
	}
	if p.Since.IsZero() {
		p.Since = now
	}
	key, err := book.Keys(t.Tx, "posture", 1)
	if err != nil {
		return false, err
	}
	_, err = t.Exec(`INSERT INTO postures (id, org, recorded_from, since, update_id, advice_group, advice_item, action, area, provider, body, set_by, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, key, t.org, ground.Micros(now), ground.Micros(p.Since), update,
		int64(p.Group), int64(p.Item), code.Posture.Of(p.Action), string(p.Area), p.Provider, ground.Plain(p.Text, 0), ground.Plain(p.By, 0), ground.Plain(p.Reason, 1000))
	return err == nil, err
}

// Publish writes, in the transaction that publishes an update, the postures
// and tasks it brings, and gives the postures it did not write because a
// stronger one stands: publishing never lowers one. A posture with a person
// and a reason is what they set around an area, kept for it where it had none of
// its own: it is not written where somebody, or another update, has set one since.
func Publish(t *ground.Tx, org, update int64, postures []vedette.Posture, tasks []vedette.Task, now time.Time) (weaker []vedette.Posture, err error) {
	b := &tx{t, org}
	var area vedette.AreaID
	for i, p := range postures {
		if i == 0 {
			// As in set: the lock of the log's row comes first.
			if _, err := t.Exec(`UPDATE organisations SET seq = seq WHERE id = $1`, org); err != nil {
				return nil, err
			}
		}
		written, err := b.bring(p, update, now)
		switch {
		case err != nil:
			return nil, err
		case !written:
			weaker = append(weaker, p)
		default:
			area = p.Area
		}
	}
	if area != "" {
		if _, err := book.Log(t, org, vedette.LogPosture, vedette.ID(area), "published", now); err != nil {
			return nil, err
		}
	}
	return weaker, b.addTasks(update, tasks, now)
}

// bring writes a posture that an update brings, if it may.
func (t *tx) bring(p vedette.Posture, update int64, now time.Time) (written bool, err error) {
	if p.By != "" {
		if err := checkBy(p.By, p.Reason); err != nil {
			return false, err
		}
		have, err := t.postures(`p.area = $2 AND p.provider = $3 AND p.recorded_to = 0`, string(p.Area), ground.Plain(p.Provider, 0))
		if err != nil || len(have) > 0 {
			return false, err
		}
	}
	return t.put(p, sql.NullInt64{Int64: update, Valid: true}, now)
}
