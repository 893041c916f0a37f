package store

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// enter writes an entry of a case's log, and gives its number.
func (t *tx) enter(key int64, e vedette.CaseEntry, sealed []byte) (no int, err error) {
	var bytes any
	if len(sealed) > 0 {
		bytes = sealed
	}
	err = t.Row([]any{&no}, `INSERT INTO case_entries (case_id, no, at, kind, by_whom, sealed, trust, way, tapped_at)
		SELECT $1, coalesce(max(no), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM case_entries WHERE case_id = $1 RETURNING no`,
		key, ground.Micros(e.At), code.CaseEntry.Of(e.Kind), ground.Plain(e.By, 0), bytes, code.Belief.Of(e.Belief), code.Way.Of(e.Way), ground.Micros(e.Tapped))
	return no, err
}

// answered notes an answer in the person's case. A call for help opens one
// where there is none, or opens again that of the same update; so does whatever
// is not believed. It gives the case, "" for none: whoever is no person here has
// none.
func (t *tx) answered(org int64, r vedette.Reply, sealed []byte) (vedette.ID, error) {
	person, err := t.Exists(`SELECT 1 FROM persons WHERE org = $1 AND id = $2 {lock}`, org, r.Recipient)
	if err != nil || !person {
		return "", err
	}
	c, err := t.call(org, &r)
	if err != nil || c == nil {
		return "", err
	}
	_, err = t.enter(c.Key, vedette.CaseEntry{At: r.At, Kind: vedette.CaseEntryOf(r.Kind), Belief: r.Belief, Way: r.Way, Tapped: r.Tapped}, sealed)
	return c.ID, err
}

// opens says whether an answer opens a case.
func opens(r *vedette.Reply) bool { return r.Kind == vedette.ReplyHelp || r.Belief != "" }

// call moves the case of whoever answered, opening it where the answer opens
// one; nil for none.
func (t *tx) call(org int64, r *vedette.Reply) (*vedette.Case, error) {
	c, err := t.caseFor(org, r)
	if err != nil || c == nil {
		return nil, err
	}
	event, called := "answer", r.Kind == vedette.ReplyHelp && r.Belief != vedette.Untrusted
	if called || c.State == vedette.CaseClosed {
		event = "call"
		c.CalledAt = r.At
	}
	if c.State == vedette.CaseClosed {
		c.ClosedAt, c.Owner, c.Duress, c.Hidden = time.Time{}, "", false, true
		if c.DueAt, err = t.callOut(org, c.Key, r.At); err != nil {
			return nil, err
		}
	}
	c.Duress, c.Hidden = c.Duress || r.Belief == vedette.UnderDuress, c.Hidden && !called
	next, ok := vedette.Cases.Next(c.State, event)
	if !ok {
		return nil, fmt.Errorf("a case that is %s takes no %s", c.State, event)
	}
	c.State = next
	return c, t.keepCase(c, event)
}

// caseFor finds the case an answer is noted in, nil for none. A new one is
// hidden until the person calls.
func (t *tx) caseFor(org int64, r *vedette.Reply) (*vedette.Case, error) {
	list, err := t.cases(` AND c.person_id = $2 AND c.state <> {case closed}`, org, r.Recipient)
	if err == nil && len(list) == 0 && opens(r) {
		list, err = t.cases(` AND c.person_id = $2 AND c.update_id = $3 ORDER BY c.id DESC LIMIT 1`, org, r.Recipient, r.Update)
	}
	switch {
	case err != nil:
		return nil, err
	case len(list) > 0:
		return &list[0], nil
	case !opens(r):
		return nil, nil
	}
	c := vedette.Case{ID: vedette.NewID(r.At), Person: r.Recipient, State: vedette.CaseOpen, OpenedAt: r.At, CalledAt: r.At, Hidden: true}
	if c.Key, err = book.Keys(t.Tx, "case", 1); err != nil {
		return nil, err
	}
	if _, err = t.Exec(`INSERT INTO cases (id, org, uuid, person_id, update_id, state, opened_at, called_at, due_at, hidden) VALUES ($1, $2, $3, $4, $5, {case open}, $6, $6, $6, 1)`,
		c.Key, org, string(c.ID), r.Recipient, r.Update, ground.Micros(r.At)); err != nil {
		return nil, err
	}
	c.DueAt, err = t.callOut(org, c.Key, r.At)
	return &c, err
}

// SaidInCase notes in the open case of a person what they wrote that is none of the
// answers. False: they have none. hidden says that they do not know of it.
func (o *Org) SaidInCase(ctx context.Context, person int64, way vedette.Way, sealed []byte, now time.Time) (noted, hidden bool, err error) {
	err = o.s.write(ctx, "noting what somebody wrote", func(t *tx) error {
		noted = false
		if _, err := t.Exists(`SELECT 1 FROM persons WHERE org = $1 AND id = $2 {lock}`, o.org, person); err != nil {
			return err
		}
		list, err := t.cases(` AND c.person_id = $2 AND c.state <> {case closed}`, o.org, person)
		if err != nil || len(list) == 0 {
			return err
		}
		noted, hidden = true, list[0].Hidden
		e := vedette.CaseEntry{At: now, Kind: vedette.CaseSay, Way: way}
		if shut, err := t.isShut(person); err != nil {
			return err
		} else if shut {
			e.Belief = vedette.Untrusted
		}
		if _, err := t.enter(list[0].Key, e, sealed); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogCase, list[0].ID, "say", now)
	})
	return noted, hidden, err
}
