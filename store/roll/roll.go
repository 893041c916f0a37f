// Package roll keeps an organisation's roll-calls: who is a member, when they
// were asked, what was said of them, who calls whom and how that went. It is
// a part of the store. Nothing in it is overwritten: the newest row counts,
// and a roll-call that is closed takes no more.
//
// What is private of a member is sealed under that member's key; this package
// keeps the bytes.
package roll

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// Rolls are one organisation's. They are safe for concurrent use.
type Rolls struct {
	db  *ground.DB
	org int64
}

// Of gives an organisation's roll-calls.
func Of(db *ground.DB, org int64) *Rolls { return &Rolls{db, org} }

// tx is a running transaction of an organisation.
type tx struct {
	*ground.Tx
	org int64
}

func (r *Rolls) write(ctx context.Context, doing string, fn func(*tx) error) error {
	return r.db.Write(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, r.org}) })
}

func (r *Rolls) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return r.db.Read(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, r.org}) })
}

func (t *tx) log(id vedette.ID, verb string, now time.Time) (int64, error) {
	return book.Log(t.Tx, t.org, vedette.LogRollcall, id, verb, now)
}

// places are what a roll-call is about, as one JSON text.
type places struct {
	Areas  []vedette.AreaID `json:"areas,omitempty"`
	Shapes []vedette.Shape  `json:"shapes,omitempty"`
}

const rollSelect = `SELECT c.id, c.uuid, c.state, c.status, c.title, c.body, coalesce(u.uuid, ''), c.opened_at, c.opened_by, c.closed_at, c.closed_by, c.reason,
	(SELECT count(*) FROM roll_members m WHERE m.rollcall_id = c.id)
	FROM rollcalls c LEFT JOIN updates u ON u.id = c.update_id WHERE c.org = $1 AND `

func (t *tx) rollcalls(where string, args ...any) (list []vedette.Rollcall, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var c vedette.Rollcall
		var body string
		var p places
		if err := r.Scan(&c.Key, &c.ID, code.Rollcall.Into(&c.State), &c.Status, &c.Title, &body, &c.Update, ground.Time(&c.OpenedAt), &c.OpenedBy,
			ground.Time(&c.ClosedAt), &c.ClosedBy, &c.Reason, &c.Members); err != nil {
			return err
		}
		err := json.Unmarshal([]byte(body), &p)
		c.Areas, c.Shapes = p.Areas, p.Shapes
		list = append(list, c)
		return err
	}, rollSelect+where, append([]any{t.org}, args...)...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Callers, err = t.callers(list[i].Key); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// callers are those of the last division.
func (t *tx) callers(rollcall int64) ([]string, error) {
	return ground.All(t.Tx, func(s *string) []any { return []any{s} }, `SELECT name FROM roll_callers WHERE rollcall_id = $1
		AND seq = (SELECT max(seq) FROM roll_callers WHERE rollcall_id = $1) ORDER BY no`, rollcall)
}

// Rollcalls lists them, the newest first; with all, those closed too.
func (r *Rolls) Rollcalls(ctx context.Context, all bool) (list []vedette.Rollcall, err error) {
	where := `c.state = {rollcall open}`
	if all {
		where = `c.state > 0`
	}
	err = r.read(ctx, "listing the roll-calls", func(t *tx) error {
		list, err = t.rollcalls(where + ` ORDER BY c.id DESC`)
		return err
	})
	return list, err
}

// Rollcall gives one.
func (r *Rolls) Rollcall(ctx context.Context, id vedette.ID) (c vedette.Rollcall, err error) {
	err = r.read(ctx, "reading a roll-call", func(t *tx) error {
		c, err = t.rollcall(id)
		return err
	})
	return c, err
}

func (t *tx) rollcall(id vedette.ID) (vedette.Rollcall, error) {
	list, err := t.rollcalls(`c.uuid = $2`, string(id))
	if err != nil || len(list) == 0 {
		if err == nil {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no such roll-call")
		}
		return vedette.Rollcall{}, err
	}
	return list[0], nil
}

// take locks a roll-call for an event that its machine allows.
func (t *tx) take(id vedette.ID, event string) (vedette.Rollcall, error) {
	if _, err := t.Keys(`SELECT id FROM rollcalls WHERE org = $1 AND uuid = $2 {lock}`, t.org, string(id)); err != nil {
		return vedette.Rollcall{}, err
	}
	c, err := t.rollcall(id)
	if err != nil {
		return c, err
	}
	if _, ok := vedette.Rollcalls.Next(c.State, event); !ok {
		return c, vedette.Errorf(vedette.CodeConflict, "the roll-call was closed by %s (%s); open a new one", c.ClosedBy, c.Reason)
	}
	return c, nil
}

// OpenRollcall opens a roll-call with its members and its first round.
func (r *Rolls) OpenRollcall(ctx context.Context, c vedette.Rollcall, members []vedette.RollMember, first vedette.RollRound) error {
	return r.write(ctx, "opening a roll-call", func(t *tx) error {
		var update sql.NullInt64
		if c.Update != "" {
			found, err := t.Found([]any{&update}, `SELECT id FROM updates WHERE org = $1 AND uuid = $2`, t.org, string(c.Update))
			if err == nil && !found {
				err = vedette.Errorf(vedette.CodeNotFound, "there is no update %s for the roll-call to be about", c.Update)
			}
			if err != nil {
				return err
			}
		}
		body, err := json.Marshal(places{c.Areas, c.Shapes})
		if err != nil {
			return err
		}
		key, err := book.Keys(t.Tx, "rollcall", 1)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`INSERT INTO rollcalls (id, org, uuid, state, status, update_id, opened_at, title, body, opened_by)
			VALUES ($1, $2, $3, {rollcall open}, $4, $5, $6, $7, $8, $9)`, key, t.org, string(c.ID), int64(c.Status), update,
			ground.Micros(c.OpenedAt), ground.Plain(c.Title, 0), ground.Plain(string(body), 0), ground.Plain(c.OpenedBy, 0)); err != nil {
			return err
		}
		if _, err := t.add(key, members, c.OpenedAt); err != nil {
			return err
		}
		if err := t.round(key, first); err != nil {
			return err
		}
		_, err = t.log(c.ID, "opened", c.OpenedAt)
		return err
	})
}

func (t *tx) round(rollcall int64, r vedette.RollRound) error {
	_, err := t.Exec(`INSERT INTO roll_rounds (rollcall_id, no, at, asked_at, told, asked_by) VALUES ($1, $2, $3, $4, $5, $6)`,
		rollcall, int64(r.No), ground.Micros(r.At), ground.Micros(r.Asked), ground.Bit(r.Told), ground.Plain(r.By, 0))
	return err
}

// AskRound notes that a roll-call asks once more, and gives the round.
func (r *Rolls) AskRound(ctx context.Context, id vedette.ID, told bool, by string, now time.Time) (round vedette.RollRound, err error) {
	err = r.write(ctx, "asking a roll-call again", func(t *tx) error {
		round, err = Ask(t.Tx, r.org, id, told, by, now)
		return err
	})
	return round, err
}

// Lock locks a roll-call, in a transaction of the store, for an event that its
// machine allows.
func Lock(g *ground.Tx, org int64, id vedette.ID, event string) (vedette.Rollcall, error) {
	return (&tx{g, org}).take(id, event)
}

// Newest gives the newest round of a roll-call, in a transaction of the store.
func Newest(g *ground.Tx, rollcall int64) (o vedette.RollRound, err error) {
	err = g.Row(roundInto(&o), roundSelect+`WHERE rollcall_id = $1 ORDER BY no DESC LIMIT 1`, rollcall)
	return o, err
}

const roundSelect = `SELECT no, at, asked_at, told, asked_by FROM roll_rounds `

func roundInto(o *vedette.RollRound) []any {
	return []any{&o.No, ground.Time(&o.At), ground.Time(&o.Asked), &o.Told, &o.By}
}

// Ask is AskRound in a transaction of the store.
func Ask(g *ground.Tx, org int64, id vedette.ID, told bool, by string, now time.Time) (vedette.RollRound, error) {
	t, round := &tx{g, org}, vedette.RollRound{At: now, Asked: now, By: by, Told: told}
	c, err := t.take(id, "ask")
	if err != nil {
		return round, err
	}
	if err := t.Row([]any{&round.No}, `SELECT max(no) + 1 FROM roll_rounds WHERE rollcall_id = $1`, c.Key); err != nil {
		return round, err
	}
	if err := t.round(c.Key, round); err != nil {
		return round, err
	}
	_, err = t.log(id, "asked", now)
	return round, err
}

// CloseRollcall closes a roll-call by a person, with a reason.
func (r *Rolls) CloseRollcall(ctx context.Context, id vedette.ID, by, reason string, now time.Time) (c vedette.Rollcall, err error) {
	by, reason = ground.Plain(strings.TrimSpace(by), 0), ground.Plain(strings.TrimSpace(reason), 1000)
	if by == "" || reason == "" {
		return c, vedette.Errorf(vedette.CodeInvalid, "a roll-call is closed by a person, with a reason; say who and why")
	}
	err = r.write(ctx, "closing a roll-call", func(t *tx) error {
		if c, err = t.take(id, "close"); err != nil {
			return err
		}
		if _, err := t.Exec(`UPDATE rollcalls SET state = {rollcall closed}, closed_at = $2, closed_by = $3, reason = $4 WHERE id = $1`,
			c.Key, ground.Micros(now), by, reason); err != nil {
			return err
		}
		if _, err := t.log(id, "closed", now); err != nil {
			return err
		}
		c, err = t.rollcall(id)
		return err
	})
	return c, err
}
