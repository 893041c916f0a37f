package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/rota"
)

// SealedCompromise is a compromise as the store holds it.
type SealedCompromise struct {
	vedette.Compromise
	ID        vedette.ID // of the person
	Sealed    []byte     // why, under the person's key
	SealedEnd []byte     // why it is over
}

const compromiseSelect = `SELECT x.id, x.person_id, r.uuid, x.from_us, x.to_us, x.recorded_from, x.recorded_to, x.by_whom, x.ended_by, x.sealed, x.sealed_end
	FROM compromises x JOIN recipients r ON r.id = x.person_id WHERE x.org = $1`

func (t *tx) compromises(where string, args ...any) ([]SealedCompromise, error) {
	return ground.All(t.Tx, func(c *SealedCompromise) []any {
		return []any{&c.Key, &c.Person, &c.ID, ground.Time(&c.From), ground.Time(&c.To), ground.Time(&c.Recorded), ground.Time(&c.Ended), &c.By, &c.EndedBy, &c.Sealed, &c.SealedEnd}
	}, compromiseSelect+where+` ORDER BY x.id`, args...)
}

// isShut says whether somebody is held to be compromised now.
func (t *tx) isShut(person int64) (bool, error) {
	return t.Exists(`SELECT 1 FROM compromises WHERE person_id = $1 AND recorded_to = 0`, person)
}

// IsShut says whether somebody is held to be compromised now.
func (o *Org) IsShut(ctx context.Context, person int64) (shut bool, err error) {
	err = o.s.read(ctx, "looking who is compromised", func(t *tx) error {
		shut, err = t.isShut(person)
		return err
	})
	return shut, err
}

// Compromised lists who is held to be compromised now.
func (o *Org) Compromised(ctx context.Context) (list []SealedCompromise, err error) {
	err = o.s.read(ctx, "listing who is compromised", func(t *tx) error {
		list, err = t.compromises(` AND x.recorded_to = 0`, o.org)
		return err
	})
	return list, err
}

// CompromisesOf lists when somebody was, the first first.
func (o *Org) CompromisesOf(ctx context.Context, person int64) (list []SealedCompromise, err error) {
	err = o.s.read(ctx, "reading when somebody was compromised", func(t *tx) error {
		list, err = t.compromises(` AND x.person_id = $2`, o.org, person)
		return err
	})
	return list, err
}

// Shut is to whom, and to which addresses, nothing is sent now.
type Shut struct {
	Recipients map[int64]bool  // those compromised, and their managers as far as they hear of them
	Addresses  map[string]bool // keyed hashes
}

// Shut gives it. It is cheap.
func (o *Org) Shut(ctx context.Context) (s Shut, err error) {
	err = o.s.read(ctx, "looking who is compromised", func(t *tx) error {
		s = Shut{map[int64]bool{}, map[string]bool{}}
		keys, err := t.shut(o.org)
		for _, key := range keys {
			s.Recipients[key] = true
		}
		if err != nil || len(keys) == 0 {
			return err
		}
		return t.Each(func(r *sql.Rows) error {
			var hash []byte
			err := r.Scan(&hash)
			s.Addresses[string(hash)] = true
			return err
		}, `SELECT a.hash FROM compromised_addresses a JOIN compromises x ON x.id = a.compromise_id WHERE x.org = $1 AND x.recorded_to = 0`, o.org)
	})
	return s, err
}

// shut gives those compromised, and the recipients that are their managers.
func (t *tx) shut(org int64) ([]int64, error) {
	return t.Keys(`SELECT x.person_id FROM compromises x WHERE x.org = $1 AND x.recorded_to = 0
		UNION SELECT s.id FROM superiors s JOIN compromises x ON x.person_id = s.person_id WHERE x.org = $1 AND x.recorded_to = 0`, org)
}

// CompromiseOrder says that somebody is compromised, or is not any more.
type CompromiseOrder struct {
	Person int64
	By     string
	From   time.Time // since when, or when it was over; not later than now
	Sealed []byte    // why, for its own record
	Noted  []byte    // the same for their case
	Hashes [][]byte  // of their addresses
	Task   vedette.Task
}

// withheldShut is why what waits is not sent.
const withheldShut = "compromised"

// Compromise stops all that goes to somebody, in one transaction: what is
// queued to them, and to their managers about them, is withheld; policies that
// would tell them again end; their open case says so, and the desk has a task.
// What is on its way is called back by whoever sends. It is a conflict where
// they are compromised already.
func (o *Org) Compromise(ctx context.Context, c CompromiseOrder, now time.Time) error {
	return o.s.write(ctx, "noting that somebody is compromised", func(t *tx) error {
		shut, err := t.lockShut(o.org, c.Person)
		if err != nil {
			return err
		}
		if shut {
			return vedette.Errorf(vedette.CodeConflict, "they are held to be compromised already; what else is known is noted in their case")
		}
		key, err := t.keys("compromise", 1)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`INSERT INTO compromises (id, org, person_id, from_us, recorded_from, by_whom, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			key, o.org, c.Person, ground.Micros(c.From), ground.Micros(now), ground.Plain(c.By, 0), c.Sealed); err != nil {
			return err
		}
		for _, h := range c.Hashes {
			if _, err := t.Exec(`INSERT INTO compromised_addresses (compromise_id, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING`, key, h); err != nil {
				return err
			}
		}
		if err := t.withholdShut(o.org, c.Person, now); err != nil {
			return err
		}
		if err := t.endPages(c.Person, now); err != nil { // for good: whoever has the phone has the link
			return err
		}
		return t.noteShut(o.org, &c, vedette.CaseShut, now)
	})
}

// TrustAgain ends a compromise. Nothing that was withheld is sent by it: whoever is
// newly concerned is told, as everybody is of whom something changed.
func (o *Org) TrustAgain(ctx context.Context, c CompromiseOrder, now time.Time) error {
	return o.s.write(ctx, "noting that somebody is trusted again", func(t *tx) error {
		if shut, err := t.lockShut(o.org, c.Person); err != nil {
			return err
		} else if !shut {
			return vedette.Errorf(vedette.CodeConflict, "they are not held to be compromised")
		}
		if _, err := t.Exec(`UPDATE compromises SET to_us = $2, recorded_to = $3, ended_by = $4, sealed_end = $5 WHERE person_id = $1 AND recorded_to = 0`,
			c.Person, ground.Micros(c.From), ground.Micros(now), ground.Plain(c.By, 0), c.Sealed); err != nil {
			return err
		}
		if err := t.noteShut(o.org, &c, vedette.CaseTrust, now); err != nil {
			return err
		}
		id, err := t.personID(c.Person)
		if err != nil {
			return err
		}
		seq, err := t.logged(o.org, vedette.LogPeople, id, "trusted again", now)
		if err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO changed (org, seq, person_id) VALUES ($1, $2, $3)`, o.org, seq, c.Person)
		return err
	})
}

// lockShut locks a person, and says whether they are held to be compromised.
func (t *tx) lockShut(org, person int64) (bool, error) {
	here, err := t.Exists(`SELECT 1 FROM persons WHERE org = $1 AND id = $2 AND erased_at = 0 {lock}`, org, person)
	if err == nil && !here {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such person, or they were erased")
	}
	if err != nil {
		return false, err
	}
	return t.isShut(person)
}

func (t *tx) personID(person int64) (id vedette.ID, err error) {
	return id, t.Row([]any{&id}, `SELECT uuid FROM recipients WHERE id = $1`, person)
}

// withholdShut withholds what is queued to somebody and not on its way.
func (t *tx) withholdShut(org, person int64, now time.Time) error {
	whom, err := t.Keys(`SELECT id FROM superiors WHERE person_id = $1`, person)
	if err != nil {
		return err
	}
	whom = append(whom, person)
	segments, err := t.segments(org)
	if err != nil {
		return err
	}
	var updates, touched []int64
	for _, s := range segments {
		updates = append(updates, s.update)
	}
	slices.Sort(updates)
	for _, u := range slices.Compact(updates) {
		n, err := t.Exec(`UPDATE deliveries SET leased_by = NULL, state = CASE WHEN doubts > 0 OR leased_by IS NOT NULL THEN {unknown} ELSE {withheld} END,
			detail = CASE WHEN doubts > 0 OR leased_by IS NOT NULL THEN $5 ELSE $4 END
			WHERE update_id = $1 AND recipient_id {in $2} AND state = {queued} AND state IN ({on withhold}) AND (leased_by IS NULL OR due_at <= $3)`,
			u, ground.List(whom), ground.Micros(now), withheldShut, withheldShut+inDoubt)
		if err != nil {
			return err
		}
		if n > 0 {
			touched = append(touched, u)
		}
	}
	if err := rota.Shut(t.Tx, person, withheldShut); err != nil {
		return err
	}
	if _, err := t.Exec(`UPDATE escalations SET state = {escalation over}, due_at = 0, detail = $3 WHERE org = $1 AND recipient_id = $2 AND state = {escalation running}`,
		org, person, withheldShut); err != nil {
		return err
	}
	return t.logUpdates(org, touched, vedette.LogDelivery, "withheld", now)
}

// noteShut notes it in the person's open case, makes the desk's task and logs it.
func (t *tx) noteShut(org int64, c *CompromiseOrder, kind vedette.CaseEntryKind, now time.Time) error {
	open, err := t.cases(` AND c.person_id = $2 AND c.state <> {case closed}`, org, c.Person)
	if err != nil {
		return err
	}
	if len(open) > 0 {
		if _, err := t.enter(open[0].Key, vedette.CaseEntry{At: now, Kind: kind, By: c.By}, c.Noted); err != nil {
			return err
		}
	}
	if _, err := board.AddTaskIn(t.Tx, org, c.Task, now); err != nil {
		return err
	}
	id, err := t.personID(c.Person)
	if err != nil {
		return err
	}
	return t.log(org, vedette.LogShut, id, string(kind), now)
}

// leaveOut takes out of a telling whom nothing is sent to, and their managers:
// each is left out with the reason, and the desk has a task to reach them
// another way.
func (t *tx) leaveOut(b *telling) error {
	shut, err := t.shut(b.org)
	if err != nil || len(shut) == 0 {
		return err
	}
	out := func(key int64) bool { return slices.Contains(shut, key) }
	reminds := map[int64]bool{}
	told := map[int64]bool{}
	b.notices = slices.DeleteFunc(b.notices, func(n vedette.Notice) bool {
		if out(n.Recipient) {
			told[n.Recipient], reminds[n.Recipient] = true, n.Cause == vedette.CauseReminder
		}
		return out(n.Recipient)
	})
	if len(told) == 0 {
		return nil
	}
	b.deliveries = slices.DeleteFunc(b.deliveries, func(d vedette.Delivery) bool { return out(d.Recipient) })
	b.clashes = slices.DeleteFunc(b.clashes, func(c ClashNote) bool { return out(c.Recipient) })
	b.escalations = slices.DeleteFunc(b.escalations, func(e vedette.Escalation) bool { return out(e.Recipient) })
	list, err := t.compromises(` AND x.recorded_to = 0`, b.org)
	for i := range list {
		if c := &list[i]; told[c.Person] && !reminds[c.Person] {
			b.omissions = append(b.omissions, Omission{Recipient: c.Person, News: vedette.NewsShut, Reason: "not told: " + c.Words()})
			b.shut = append(b.shut, *c)
		}
	}
	return err
}

// Words say since when somebody is compromised, and by whose word.
func (c *SealedCompromise) Words() string {
	return fmt.Sprintf("compromised since %s, by %s", c.From.UTC().Format("2 Jan 2006 15:04 UTC"), strings.TrimSpace(c.By))
}

// askShut makes the desk's tasks for whom a telling left out.
func (t *tx) askShut(b *telling) error {
	for _, c := range b.shut {
		question := fmt.Sprintf("Reach person %s another way than by their own phone and mail: they are %s, and were not told of this update", c.ID, c.Words())
		made, err := t.Exists(`SELECT 1 FROM tasks WHERE org = $1 AND update_id = $2 AND kind = $3 AND question = $4`, b.org, b.update, code.TaskKind.Of(vedette.TaskShut), question)
		if err != nil {
			return err
		}
		if made {
			continue
		}
		k := vedette.Task{Kind: vedette.TaskShut, Question: question, Default: "they are not told", DueAt: b.at.Add(shutDue)}
		if err := board.Ask(t.Tx, b.org, b.update, k, b.at); err != nil {
			return err
		}
	}
	return nil
}

// shutDue is how long the desk is given to reach somebody another way, before
// the rota is asked.
const shutDue = 10 * time.Minute

// ShutOf lists, by key, the people of an update who are or were left out of it,
// or whose messages were withheld, for they are compromised.
func (o *Org) ShutOf(ctx context.Context, update int64) (list []int64, err error) {
	err = o.s.read(ctx, "listing who was compromised", func(t *tx) error {
		list, err = t.Keys(`SELECT x.person_id FROM compromises x WHERE x.org = $1 AND (
				EXISTS (SELECT 1 FROM omissions o WHERE o.update_id = $2 AND o.recipient_id = x.person_id AND o.news = {news shut})
				OR x.recorded_to = 0 AND EXISTS (SELECT 1 FROM notices n WHERE n.update_id = $2 AND n.recipient_id = x.person_id))
			GROUP BY x.person_id ORDER BY x.person_id`, o.org, update)
		return err
	})
	return list, err
}
