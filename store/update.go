package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/share"
)

// updateBody is what an update says, as one JSON text; nothing of it is
// looked up by SQL.
type updateBody struct {
	Content   vedette.Content    `json:"content"`
	Clears    *vedette.AllClear  `json:"clears,omitempty"`
	Asks      vedette.ID         `json:"asks,omitempty"`
	Shapes    []vedette.Shape    `json:"shapes,omitempty"`
	AreaRisks []vedette.AreaRisk `json:"area_risks"`
	Reports   []vedette.ID       `json:"reports"`
	Accepted  []vedette.Finding  `json:"accepted"`
	Settled   []vedette.Settled  `json:"settled,omitempty"`
	Edits     []vedette.Edit     `json:"edits,omitempty"`
	Flash     string             `json:"flash,omitempty"`
	Tongues   []vedette.Tongue   `json:"tongues,omitempty"`
	Drill     *vedette.Drill     `json:"drill,omitempty"`
	Assent    *vedette.Assent    `json:"assent,omitempty"`
	Situation string             `json:"situation,omitempty"` // a draft's title of a situation not opened yet
}

const updateSelect = `SELECT u.id, u.uuid, u.state, u.status, coalesce(u.number, 0), u.cancels, u.alone, u.body, u.created_at, u.published_at,
	coalesce(s.uuid, ''), coalesce(s.title, ''), coalesce(c.uuid, ''),
	coalesce(m.state, 0), coalesce(b.uuid, ''), coalesce(m.overtaken_at, 0), coalesce(m.stopped_at, 0), coalesce(m.stop_reason, '')
	FROM updates u LEFT JOIN situations s ON s.id = u.situation_id LEFT JOIN updates c ON c.id = u.corrects_id
	LEFT JOIN marks m ON m.update_id = u.id LEFT JOIN updates b ON b.id = m.overtaken_by
	WHERE u.org = $1 AND `

// Which updates are wanted, where they are few among many. What has a number is published.
// The plus keeps SQLite from going through all by time, for their order is that of an index.
const (
	byKeys      = `u.id {in $2} ORDER BY +u.published_at DESC, u.id DESC`
	ofSituation = `u.number > 0 AND u.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2) ORDER BY u.number DESC`
	ofThread    = `u.number > 0 AND u.situation_id = $2 AND (u.number > $3 OR u.number BETWEEN $4 AND $5 OR u.cancels > 0) ORDER BY u.number DESC`
)

func (t *tx) updates(where string, args ...any) (list []*vedette.Update, err error) {
	err = t.Each(func(r *sql.Rows) error {
		u := &vedette.Update{}
		var mark vedette.Mark
		var marked vedette.UpdateState
		var body string
		if err := r.Scan(&u.Key, &u.ID, code.Update.Into(&u.State), &u.Status, &u.Number, code.Cancel.Into(&u.Cancels), &u.Alone, &body, ground.Time(&u.CreatedAt), ground.Time(&u.PublishedAt),
			&u.Situation.ID, &u.Situation.Title, &u.Corrects, code.Update.Into(&marked), &mark.OvertakenBy,
			ground.Time(&mark.OvertakenAt), ground.Time(&mark.StoppedAt), &mark.StopReason); err != nil {
			return err
		}
		var b updateBody
		if err := json.Unmarshal([]byte(body), &b); err != nil {
			return err
		}
		u.Clears, u.Asks, u.Assent, u.Flash, u.Tongues = b.Clears, b.Asks, b.Assent, b.Flash, b.Tongues
		u.Content, u.Shapes, u.AreaRisks, u.Reports, u.Accepted, u.Settled, u.Edits, u.Drill = b.Content, b.Shapes, b.AreaRisks, b.Reports, b.Accepted, b.Settled, b.Edits, b.Drill
		if u.Situation.ID == "" {
			u.Situation.Title = b.Situation
		}
		if marked != "" {
			u.State, u.Mark = marked, &mark
		}
		list = append(list, u)
		return nil
	}, updateSelect+where, args...)
	return list, err
}

func (t *tx) update(where string, args ...any) (*vedette.Update, error) {
	list, err := t.updates(where, args...)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, vedette.Errorf(vedette.CodeNotFound, "there is no such update")
	}
	return list[0], nil
}

// Update gives an update by id, with what befell it.
func (o *Org) Update(ctx context.Context, id vedette.ID) (u *vedette.Update, err error) {
	err = o.s.read(ctx, "reading an update", func(t *tx) error {
		u, err = t.update(`u.uuid = $2`, o.org, string(id))
		return err
	})
	return u, err
}

// UpdateByKey gives an update by key.
func (o *Org) UpdateByKey(ctx context.Context, key int64) (u *vedette.Update, err error) {
	err = o.s.read(ctx, "reading an update", func(t *tx) error {
		u, err = t.update(`u.id = $2`, o.org, key)
		return err
	})
	return u, err
}

// Updates lists published updates, newest first, whatever befell them since:
// those published before a time, or all when it is zero. limit 0 is no limit.
func (o *Org) Updates(ctx context.Context, limit int, before time.Time) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "listing updates", func(t *tx) error {
		list, err = t.updates(`u.published_at > 0 AND u.published_at < $2 AND u.drill < 2 ORDER BY u.published_at DESC, u.id DESC LIMIT $3`,
			o.org, orEver(before), ground.Most(limit))
		return err
	})
	return list, err
}

// UpdatesByKey gives updates by key, the newest first; what is not there is left out.
func (o *Org) UpdatesByKey(ctx context.Context, keys []int64) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "reading updates", func(t *tx) error {
		list, err = t.updates(byKeys, o.org, ground.List(keys))
		return err
	})
	return list, err
}

// Chain lists the published updates of a situation, newest first.
func (o *Org) Chain(ctx context.Context, situation vedette.ID) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "listing a situation", func(t *tx) error {
		list, err = t.updates(ofSituation,
			o.org, string(situation))
		return err
	})
	return list, err
}

// Thread lists the newest published updates of a situation, up to limit, the newest
// first; with them the last few up to the one of a number, and all that ended others. of
// is how many there are.
func (o *Org) Thread(ctx context.Context, situation vedette.ID, number, limit int) (list []*vedette.Update, of int, err error) {
	err = o.s.read(ctx, "listing the last of a situation", func(t *tx) error {
		var id, last int64
		found, err := t.Found([]any{&id, &of, &last}, `SELECT s.id, count(*), max(u.number) FROM situations s JOIN updates u ON u.situation_id = s.id
			WHERE s.org = $1 AND s.uuid = $2 AND u.number > 0 GROUP BY s.id`, o.org, string(situation))
		if err != nil || !found {
			return err
		}
		list, err = t.updates(ofThread,
			o.org, id, last-int64(limit), int64(number)-threadBefore, int64(number))
		return err
	})
	return list, of, err
}

// threadBefore is how many before an update are looked at for the one it goes on from.
const threadBefore = 10

// Standing lists what stands: of each situation its newest published update
// that is not stopped, unless that is a cancellation, an all-clear or the
// question of a roll-call; the newest first, of every status. A drill never
// stands.
func (o *Org) Standing(ctx context.Context) (list []*vedette.Update, err error) {
	err = o.s.read(ctx, "listing what stands", func(t *tx) error {
		keys, err := t.Keys(standingKeys, o.org)
		if err != nil || len(keys) == 0 {
			return err
		}
		list, err = t.updates(byKeys, o.org, ground.List(keys))
		return err
	})
	return list, err
}

// StandingKeys gives the keys of what stands, ascending. It is cheap: what is
// published never changes, so whoever keeps updates by key reads but the new
// ones.
func (o *Org) StandingKeys(ctx context.Context) (keys []int64, err error) {
	err = o.s.read(ctx, "listing what stands", func(t *tx) error {
		keys, err = t.Keys(standingKeys, o.org)
		return err
	})
	return keys, err
}

const standingKeys = `SELECT stands FROM situations s WHERE org = $1 AND stands > 0
	AND NOT EXISTS (SELECT 1 FROM all_clears a WHERE a.update_id = s.stands)
	AND NOT EXISTS (SELECT 1 FROM roll_questions q WHERE q.update_id = s.stands) ORDER BY stands`

// restand notes which update of a situation stands. What cancels one update
// alone is passed over. The situation's row is locked.
func (t *tx) restand(situation int64) error {
	_, err := t.Exec(`UPDATE situations SET stands = coalesce((SELECT CASE u.cancels WHEN 0 THEN u.id ELSE 0 END FROM updates u
			WHERE u.situation_id = $1 AND u.number > 0 AND u.alone = 0 AND u.drill = 0
			AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.update_id = u.id AND m.state = {update stopped})
			ORDER BY u.number DESC LIMIT 1), 0) WHERE id = $1`, situation)
	return err
}

func orEver(t time.Time) int64 {
	if t.IsZero() {
		return 1<<63 - 1
	}
	return ground.Micros(t)
}

// SaveDraft saves a draft, new or again, and sets Key, State and, where they
// are empty, ID and CreatedAt. Of its situation only one that is there is
// kept, and the title of one to be opened. What is published is a conflict,
// and so is another status than the draft was made with.
func (o *Org) SaveDraft(ctx context.Context, u *vedette.Update, now time.Time) error {
	return o.saveDraft(ctx, u, now, nil)
}

// SaveCopy keeps a draft that is the copy of an update of another organisation. A second
// copy of that is CodeConflict, and nothing is kept of it.
func (o *Org) SaveCopy(ctx context.Context, u *vedette.Update, publisher int64, source vedette.ID, now time.Time) error {
	return o.saveDraft(ctx, u, now, func(t *tx, key int64) error { return share.NoteCopy(t.Tx, o.org, key, publisher, source, now) })
}

func (o *Org) saveDraft(ctx context.Context, u *vedette.Update, now time.Time, also func(t *tx, key int64) error) error {
	if u.State != "" && u.State != vedette.UpdateDraft {
		return vedette.Errorf(vedette.CodeConflict, "the update is %s, no draft; write a correction", u.State)
	}
	d := *u
	if d.ID == "" {
		d.ID = vedette.NewID(now)
	}
	if d.CreatedAt.IsZero() {
		d.CreatedAt = now
	}
	d.CreatedAt = ground.Moment(ground.Micros(d.CreatedAt))
	body, err := bodyOf(&d)
	if err != nil {
		return err
	}
	err = o.s.write(ctx, "saving a draft", func(t *tx) error {
		situation, corrects, err := t.refs(o.org, d.Situation.ID, d.Corrects)
		if err != nil {
			return err
		}
		if err := t.putDraft(o.org, &d, body, situation, corrects); err != nil {
			return err
		}
		if also != nil {
			if err := also(t, d.Key); err != nil {
				return err
			}
		}
		return t.log(o.org, vedette.LogDraft, d.ID, "saved", now)
	})
	if err == nil {
		u.Key, u.ID, u.State, u.CreatedAt = d.Key, d.ID, vedette.UpdateDraft, d.CreatedAt
	}
	return err
}

// bodyOf writes what an update says.
func bodyOf(u *vedette.Update) (string, error) {
	b := updateBody{Content: u.Content, Clears: u.Clears, Asks: u.Asks, Shapes: u.Shapes, AreaRisks: u.AreaRisks, Reports: u.Reports, Accepted: u.Accepted, Settled: u.Settled, Edits: u.Edits, Flash: u.Flash, Tongues: u.Tongues, Drill: u.Drill, Assent: u.Assent}
	if u.Situation.ID == "" {
		b.Situation = u.Situation.Title
	}
	body, err := json.Marshal(b)
	return string(body), vedette.Wrap(err, vedette.CodeInternal, "the draft cannot be written as JSON")
}

// drilled is how a drill is kept in its update's row: a canary is no drill of
// people.
func drilled(d *vedette.Drill) int64 {
	switch {
	case d == nil:
		return 0
	case d.Canary:
		return canary
	}
	return 1
}

func (t *tx) putDraft(org int64, d *vedette.Update, body string, situation, corrects sql.NullInt64) error {
	var status, owner int64
	var state vedette.UpdateState
	there, err := t.Found([]any{&d.Key, &owner, code.Update.Into(&state), &status}, `SELECT id, org, state, status FROM updates WHERE uuid = $1 {lock}`, string(d.ID))
	switch {
	case err != nil:
		return err
	case !there:
		if d.Key, err = t.keys("update", 1); err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO updates (id, org, uuid, state, status, situation_id, corrects_id, created_at, body, cancels, drill)
			VALUES ($1, $2, $3, {update draft}, $4, $5, $6, $7, $8, $9, $10)`,
			d.Key, org, string(d.ID), int64(d.Status), situation, corrects, ground.Micros(d.CreatedAt), body, code.Cancel.Of(d.Cancels), drilled(d.Drill))
		if err != nil {
			return err
		}
		return t.uses(org, d)
	case owner != org:
		return vedette.Errorf(vedette.CodeNotFound, "there is no such draft")
	case state != vedette.UpdateDraft:
		return vedette.Errorf(vedette.CodeConflict, "the update is published and cannot be changed; write a correction")
	case status != int64(d.Status):
		return vedette.Errorf(vedette.CodeConflict, "the draft was made as %s and stays so; make a new one", vedette.Status(status))
	}
	_, err = t.Exec(`UPDATE updates SET situation_id = $2, corrects_id = $3, created_at = $4, body = $5, cancels = $6 WHERE id = $1 AND state IN ({update on publish})`,
		d.Key, situation, corrects, ground.Micros(d.CreatedAt), body, code.Cancel.Of(d.Cancels))
	if err != nil {
		return err
	}
	return t.uses(org, d)
}

// refs finds the keys of a situation and of the update to be corrected, which
// must be published; "" is none.
func (t *tx) refs(org int64, situation, corrects vedette.ID) (sit, cor sql.NullInt64, err error) {
	if situation != "" {
		found, err := t.Found([]any{&sit}, `SELECT id FROM situations WHERE org = $1 AND uuid = $2`, org, string(situation))
		if err == nil && !found {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no such situation")
		}
		if err != nil {
			return sit, cor, err
		}
	}
	if corrects == "" {
		return sit, cor, nil
	}
	var of sql.NullInt64
	var state vedette.UpdateState
	found, err := t.Found([]any{&cor, &of, code.Update.Into(&state)}, `SELECT id, situation_id, state FROM updates WHERE org = $1 AND uuid = $2`, org, string(corrects))
	switch {
	case err != nil:
		return sit, cor, err
	case !found:
		return sit, cor, vedette.Errorf(vedette.CodeNotFound, "there is no update %s to be corrected", corrects)
	case state != vedette.UpdatePublished:
		return sit, cor, vedette.Errorf(vedette.CodeConflict, "the update to be corrected is a draft; change it instead")
	case sit.Valid && sit != of:
		return sit, cor, vedette.Errorf(vedette.CodeConflict, "the update to be corrected belongs to another situation")
	}
	return of, cor, nil
}
