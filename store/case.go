package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/rota"
)

// SealedEntry is an entry of a case's log as the store holds it: what a person
// answered is sealed as their reply is, all else as "case".
type SealedEntry struct {
	vedette.CaseEntry
	Sealed []byte
}

const caseSelect = `SELECT c.id, c.uuid, c.person_id, u.uuid, c.state, c.owner, c.opened_at, c.called_at, c.due_at, c.closed_at
	FROM cases c JOIN updates u ON u.id = c.update_id WHERE c.org = $1`

func (t *tx) cases(where string, args ...any) ([]vedette.Case, error) {
	return ground.All(t.Tx, func(c *vedette.Case) []any {
		return []any{&c.Key, &c.ID, &c.Person, &c.Update, code.Case.Into(&c.State), &c.Owner,
			ground.Time(&c.OpenedAt), ground.Time(&c.CalledAt), ground.Time(&c.DueAt), ground.Time(&c.ClosedAt)}
	}, caseSelect+where, args...)
}

// Cases lists the cases that are not closed, what is due first; with all, the
// closed ones after them.
func (o *Org) Cases(ctx context.Context, all bool) (list []vedette.Case, err error) {
	where := " AND c.state <> {case closed}"
	if all {
		where = ""
	}
	err = o.s.read(ctx, "listing the cases", func(t *tx) error {
		list, err = t.cases(where+" ORDER BY CASE c.state WHEN {case closed} THEN 1 ELSE 0 END, c.due_at, c.id", o.org)
		return err
	})
	return list, err
}

// Case gives a case with its log.
func (o *Org) Case(ctx context.Context, id vedette.ID) (c vedette.Case, entries []SealedEntry, err error) {
	err = o.s.read(ctx, "reading a case", func(t *tx) error {
		if c, err = t.caseByID(o.org, id, ""); err != nil {
			return err
		}
		entries, err = t.entriesOf(c.Key)
		return err
	})
	return c, entries, err
}

// CaseOfPerson gives the case of a person that is not closed, with its log.
func (o *Org) CaseOfPerson(ctx context.Context, person int64) (c vedette.Case, entries []SealedEntry, ok bool, err error) {
	err = o.s.read(ctx, "reading a case", func(t *tx) error {
		list, err := t.cases(` AND c.person_id = $2 AND c.state <> {case closed}`, o.org, person)
		if ok = err == nil && len(list) > 0; !ok {
			return err
		}
		c = list[0]
		entries, err = t.entriesOf(c.Key)
		return err
	})
	return c, entries, ok, err
}

func (t *tx) entriesOf(key int64) ([]SealedEntry, error) {
	return ground.All(t.Tx, func(e *SealedEntry) []any {
		return []any{&e.No, ground.Time(&e.At), code.CaseEntry.Into(&e.Kind), &e.By, &e.Sealed}
	}, `SELECT no, at, kind, by_whom, sealed FROM case_entries WHERE case_id = $1 ORDER BY no`, key)
}

func (t *tx) caseByID(org int64, id vedette.ID, lock string) (vedette.Case, error) {
	list, err := t.cases(` AND c.uuid = $2`+lock, org, string(id))
	if err == nil && len(list) == 0 {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no case %s; `vedette case list --all` lists them", id)
	}
	if err != nil {
		return vedette.Case{}, err
	}
	return list[0], nil
}

// CaseAct is something the desk does in a case.
type CaseAct struct {
	Case   vedette.ID
	Kind   vedette.CaseEntryKind // take, hand_over, note, place, close
	By     string
	Owner  string // who has it then; "" leaves that
	Duty   int64  // the turn on the rota by whose offer it is taken, 0 for none
	Next   time.Duration
	Sealed []byte
	Over   []vedette.Channel // over which the person is told who has it; none: not at all
}

// ActOnCase keeps what the desk did in a case and moves it by its machine.
func (o *Org) ActOnCase(ctx context.Context, a CaseAct, now time.Time) (c vedette.Case, err error) {
	if strings.TrimSpace(a.By) == "" {
		return c, vedette.Errorf(vedette.CodeInvalid, "say who does it")
	}
	err = o.s.write(ctx, "keeping what was done in a case", func(t *tx) error {
		// The row is locked alone: the other engine refuses to lock a join.
		if _, err := t.Exists(`SELECT 1 FROM cases WHERE org = $1 AND uuid = $2 {lock}`, o.org, string(a.Case)); err != nil {
			return err
		}
		if c, err = t.caseByID(o.org, a.Case, ""); err != nil {
			return err
		}
		next, ok := vedette.Cases.Next(c.State, string(a.Kind))
		if !ok {
			return notNow(&c, a.Kind)
		}
		if err := t.answeredFor(&c, a, now); err != nil {
			return err
		}
		if c.DueAt, err = c.NextContact(a.Kind, a.Next, now); err != nil {
			return err
		}
		c.State = next
		if a.Owner != "" {
			c.Owner = ground.Plain(a.Owner, 0)
		}
		if a.Kind == vedette.CaseClose {
			c.ClosedAt = ground.Moment(ground.Micros(now))
		}
		if err := t.keepCase(&c, string(a.Kind)); err != nil {
			return err
		}
		if err := t.enter(c.Key, a.Kind, ground.Plain(a.By, 0), a.Sealed, now); err != nil {
			return err
		}
		if err := t.contacted(o.org, &c, a, now); err != nil {
			return err
		}
		if a.Kind == vedette.CaseTake || a.Kind == vedette.CaseHandOver {
			if err := rota.PostToPerson(t.Tx, o.org, &c, vedette.LetterTaken, a.Over, now); err != nil {
				return err
			}
		}
		return t.log(o.org, vedette.LogCase, c.ID, string(a.Kind), now)
	})
	return c, err
}

// notNow says why an act is not possible in a case as it is.
func notNow(c *vedette.Case, k vedette.CaseEntryKind) error {
	switch {
	case c.State == vedette.CaseClosed:
		return vedette.Errorf(vedette.CodeConflict, "the case is closed; only a note can be added, and a new call opens it again")
	case k == vedette.CaseTake:
		return vedette.Errorf(vedette.CodeConflict, "%s has the case already; it can be handed over", c.Owner)
	}
	return vedette.Errorf(vedette.CodeConflict, "nobody has the case yet; take it first")
}

func (t *tx) keepCase(c *vedette.Case, event string) error {
	n, err := t.Exec(`UPDATE cases SET state = $2, owner = $3, called_at = $4, due_at = $5, closed_at = $6 WHERE id = $1 AND state IN ({case on `+event+`})`,
		c.Key, code.Case.Of(c.State), c.Owner, ground.Micros(c.CalledAt), ground.Micros(c.DueAt), ground.Micros(c.ClosedAt))
	if err == nil && n == 0 {
		err = vedette.Errorf(vedette.CodeConflict, "the case has changed meanwhile; look at it again")
	}
	return err
}

func (t *tx) enter(key int64, k vedette.CaseEntryKind, by string, sealed []byte, at time.Time) error {
	var bytes any
	if len(sealed) > 0 {
		bytes = sealed
	}
	_, err := t.Exec(`INSERT INTO case_entries (case_id, no, at, kind, by_whom, sealed)
		SELECT $1, coalesce(max(no), 0) + 1, $2, $3, $4, $5 FROM case_entries WHERE case_id = $1`, key, ground.Micros(at), code.CaseEntry.Of(k), by, bytes)
	return err
}

// answered notes an answer in the person's case. A call for help opens one
// where there is none, or opens again that of the same update. It gives the
// case, "" for none: whoever is no person here has none.
func (t *tx) answered(org int64, r vedette.Reply, sealed []byte) (vedette.ID, error) {
	person, err := t.Exists(`SELECT 1 FROM persons WHERE org = $1 AND id = $2 {lock}`, org, r.Recipient)
	if err != nil || !person {
		return "", err
	}
	c, err := t.call(org, &r)
	if err != nil || c == nil {
		return "", err
	}
	return c.ID, t.enter(c.Key, vedette.CaseEntryOf(r.Kind), "", sealed, r.At)
}

// call moves the case of whoever answered, opening it where it calls for help;
// nil for none.
func (t *tx) call(org int64, r *vedette.Reply) (*vedette.Case, error) {
	c, err := t.caseFor(org, r)
	if err != nil || c == nil {
		return nil, err
	}
	event := "answer"
	if r.Kind == vedette.ReplyHelp {
		event = "call"
		c.CalledAt = r.At
	}
	if c.State == vedette.CaseClosed {
		c.ClosedAt, c.Owner = time.Time{}, ""
		if c.DueAt, err = t.callOut(org, c.Key, r.At); err != nil {
			return nil, err
		}
	}
	next, ok := vedette.Cases.Next(c.State, event)
	if !ok {
		return nil, fmt.Errorf("a case that is %s takes no %s", c.State, event)
	}
	c.State = next
	return c, t.keepCase(c, event)
}

// caseFor finds the case an answer is noted in, nil for none.
func (t *tx) caseFor(org int64, r *vedette.Reply) (*vedette.Case, error) {
	list, err := t.cases(` AND c.person_id = $2 AND c.state <> {case closed}`, org, r.Recipient)
	if err == nil && len(list) == 0 && r.Kind == vedette.ReplyHelp {
		list, err = t.cases(` AND c.person_id = $2 AND c.update_id = $3 ORDER BY c.id DESC LIMIT 1`, org, r.Recipient, r.Update)
	}
	switch {
	case err != nil:
		return nil, err
	case len(list) > 0:
		return &list[0], nil
	case r.Kind != vedette.ReplyHelp:
		return nil, nil
	}
	c := vedette.Case{ID: vedette.NewID(r.At), Person: r.Recipient, State: vedette.CaseOpen, OpenedAt: r.At, CalledAt: r.At}
	if c.Key, err = book.Keys(t.Tx, "case", 1); err != nil {
		return nil, err
	}
	if _, err = t.Exec(`INSERT INTO cases (id, org, uuid, person_id, update_id, state, opened_at, called_at, due_at) VALUES ($1, $2, $3, $4, $5, {case open}, $6, $6, $6)`,
		c.Key, org, string(c.ID), r.Recipient, r.Update, ground.Micros(r.At)); err != nil {
		return nil, err
	}
	c.DueAt, err = t.callOut(org, c.Key, r.At)
	return &c, err
}
