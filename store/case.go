package store

import (
	"context"
	"strings"
	"time"

	"vedette"
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

const caseSelect = `SELECT c.id, c.uuid, c.person_id, u.uuid, c.state, c.owner, c.opened_at, c.called_at, c.due_at, c.closed_at, c.duress, c.hidden
	FROM cases c JOIN updates u ON u.id = c.update_id WHERE c.org = $1`

func (t *tx) cases(where string, args ...any) ([]vedette.Case, error) {
	return ground.All(t.Tx, func(c *vedette.Case) []any {
		return []any{&c.Key, &c.ID, &c.Person, &c.Update, code.Case.Into(&c.State), &c.Owner,
			ground.Time(&c.OpenedAt), ground.Time(&c.CalledAt), ground.Time(&c.DueAt), ground.Time(&c.ClosedAt), &c.Duress, &c.Hidden}
	}, caseSelect+where, args...)
}

// Cases lists the cases that are not closed, those of duress first, then what is due first; with all, the
// closed ones after them.
func (o *Org) Cases(ctx context.Context, all bool) (list []vedette.Case, err error) {
	where := " AND c.state <> {case closed}"
	if all {
		where = ""
	}
	err = o.s.read(ctx, "listing the cases", func(t *tx) error {
		list, err = t.cases(where+" ORDER BY CASE c.state WHEN {case closed} THEN 1 ELSE 0 END, c.duress DESC, c.due_at, c.id", o.org)
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
		return []any{&e.No, ground.Time(&e.At), code.CaseEntry.Into(&e.Kind), &e.By, &e.Sealed, code.Belief.Into(&e.Belief), code.Way.Into(&e.Way), ground.Time(&e.Tapped)}
	}, `SELECT no, at, kind, by_whom, sealed, trust, way, tapped_at FROM case_entries WHERE case_id = $1 ORDER BY no`, key)
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
	Kind   vedette.CaseEntryKind // take, hand_over, note, write, place, close
	By     string
	Owner  string // who has it then; "" leaves that
	Duty   int64  // the turn on the rota by whose offer it is taken, 0 for none
	Next   time.Duration
	Sealed []byte
	Over   []vedette.Channel // over which the person is told who has it, or what was written; none: not at all
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
		no, err := t.enter(c.Key, vedette.CaseEntry{At: now, Kind: a.Kind, By: a.By}, a.Sealed)
		if err != nil {
			return err
		}
		if err := t.contacted(o.org, &c, a, now); err != nil {
			return err
		}
		if err := t.writeTo(o.org, &c, a, no, now); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogCase, c.ID, string(a.Kind), now)
	})
	return c, err
}

// writeTo queues what the person hears of an act of the desk.
func (t *tx) writeTo(org int64, c *vedette.Case, a CaseAct, no int, now time.Time) error {
	switch a.Kind {
	case vedette.CaseTake, vedette.CaseHandOver:
		shut, err := t.isShut(c.Person)
		if err != nil || shut || c.Hidden {
			return err
		}
		n, err := rota.PostToPerson(t.Tx, org, c, vedette.LetterTaken, 0, a.Over, now)
		if err == nil && n == 0 {
			err = t.askToTell(org, c, vedette.LetterTaken, 0, now)
		}
		return err
	case vedette.CaseWrite:
		shut, err := t.isShut(c.Person)
		if err != nil {
			return err
		}
		if shut {
			return vedette.Errorf(vedette.CodeConflict, "nothing is sent to them: they are held to be compromised, and whoever has their phone would read it; reach them another way, or say that it is over: vedette compromised PERSON --over")
		}
		n, err := rota.PostToPerson(t.Tx, org, c, vedette.LetterWritten, no, a.Over, now)
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeConflict, "not written: no channel reaches them that letters are sent over; ring them, and note it")
		}
		return err
	}
	return nil
}

// notNow says why an act is not possible in a case as it is.
func notNow(c *vedette.Case, k vedette.CaseEntryKind) error {
	switch {
	case c.State == vedette.CaseClosed && k == vedette.CaseWrite:
		return vedette.Errorf(vedette.CodeConflict, "the case is closed, so an answer would be noted nowhere; a new call for help opens it again, or account for them in a roll-call as needing help: vedette rollcall account")
	case c.State == vedette.CaseClosed:
		return vedette.Errorf(vedette.CodeConflict, "the case is closed; only a note can be added, and a new call opens it again")
	case k == vedette.CaseTake:
		return vedette.Errorf(vedette.CodeConflict, "%s has the case already; it can be handed over", c.Owner)
	}
	return vedette.Errorf(vedette.CodeConflict, "nobody has the case yet; take it first")
}

func (t *tx) keepCase(c *vedette.Case, event string) error {
	n, err := t.Exec(`UPDATE cases SET state = $2, owner = $3, called_at = $4, due_at = $5, closed_at = $6, duress = $7, hidden = $8 WHERE id = $1 AND state IN ({case on `+event+`})`,
		c.Key, code.Case.Of(c.State), c.Owner, ground.Micros(c.CalledAt), ground.Micros(c.DueAt), ground.Micros(c.ClosedAt), ground.Bit(c.Duress), ground.Bit(c.Hidden))
	if err == nil && n == 0 {
		err = vedette.Errorf(vedette.CodeConflict, "the case has changed meanwhile; look at it again")
	}
	return err
}

// OpenCasesOf gives whom of some people a case that is not closed is about.
func (o *Org) OpenCasesOf(ctx context.Context, persons []int64) (keys []int64, err error) {
	err = o.s.read(ctx, "looking for open cases", func(t *tx) error {
		keys, err = t.Keys(`SELECT DISTINCT person_id FROM cases WHERE org = $1 AND state <> {case closed} AND person_id {in $2} ORDER BY person_id`, o.org, ground.List(persons))
		return err
	})
	return keys, err
}
