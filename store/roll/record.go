package roll

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Scope says how far back a record goes.
type Scope struct {
	Since     time.Time // answers, check-ins
	Published time.Time // of the updates that may still be answered
}

// Answer is a member's reply to an update of the roll-call's status.
type Answer struct {
	Person int64
	Update int64
	Kind   vedette.ReplyKind
	At     time.Time
	Words  []byte // sealed
	Duress bool   // it says nothing: they were made to say so
}

// Told is when a member was last told of an update.
type Told struct {
	Person int64
	Update int64
	Cause  vedette.Cause
	At     time.Time
}

// Checkin is when and where a member last said they are.
type Checkin struct {
	Person int64
	Area   vedette.AreaID
	At     time.Time
}

// Record is all that is known of a roll-call as of one moment.
type Record struct {
	vedette.Rollcall
	People   []vedette.RollMember
	Rounds   []vedette.RollRound // the first first
	Answers  []Answer
	Checkins []Checkin
	Told     []Told
	Accounts []vedette.Account // without their words: see Words
	Tries    []vedette.Try
	sealed   map[said][]byte
}

// said names what was said of one person in one act.
type said struct{ seq, person int64 }

// Words gives what was sealed about a person in an act.
func (r *Record) Words(seq, person int64) []byte { return r.sealed[said{seq, person}] }

// RollRecord reads all of a roll-call.
func (r *Rolls) RollRecord(ctx context.Context, id vedette.ID, scope func(*vedette.Rollcall, []vedette.RollRound) Scope) (rec *Record, err error) {
	err = r.read(ctx, "reading a roll-call", func(t *tx) error {
		rec = &Record{sealed: map[said][]byte{}}
		if rec.Rollcall, err = t.rollcall(id); err != nil {
			return err
		}
		if rec.People, err = t.members(rec.Key); err != nil {
			return err
		}
		if rec.Rounds, err = ground.All(t.Tx, roundInto, roundSelect+`WHERE rollcall_id = $1 ORDER BY no`, rec.Key); err != nil {
			return err
		}
		if err := t.heard(rec, scope(&rec.Rollcall, rec.Rounds)); err != nil {
			return err
		}
		return t.said(rec)
	})
	return rec, err
}

// heard reads what came from the members themselves, and what they were told.
func (t *tx) heard(rec *Record, s Scope) (err error) {
	rec.Answers, err = ground.All(t.Tx, func(a *Answer) []any {
		return []any{&a.Person, &a.Update, code.Reply.Into(&a.Kind), ground.Time(&a.At), &a.Words, &a.Duress}
	}, `SELECT r.recipient_id, r.update_id, r.kind, r.at, r.sealed, CASE r.trust WHEN 0 THEN 0 ELSE 1 END FROM updates u JOIN replies r ON r.update_id = u.id
		JOIN roll_members m ON m.rollcall_id = $2 AND m.person_id = r.recipient_id
		WHERE u.org = $1 AND u.status = $3 AND u.published_at >= $4 AND r.at >= $5 AND r.trust <> {trust none} ORDER BY r.seq`,
		t.org, rec.Key, int64(rec.Status), ground.Micros(s.Published), ground.Micros(s.Since))
	if err != nil {
		return err
	}
	rec.Told, err = ground.All(t.Tx, func(n *Told) []any {
		return []any{&n.Person, &n.Update, code.Cause.Into(&n.Cause), ground.Time(&n.At)}
	}, `SELECT n.recipient_id, n.update_id, n.cause, max(n.made_at) FROM updates u JOIN notices n ON n.update_id = u.id
		JOIN roll_members m ON m.rollcall_id = $2 AND m.person_id = n.recipient_id
		WHERE u.org = $1 AND u.status = $3 AND u.published_at >= $4 AND u.cancels = 0
		AND NOT EXISTS (SELECT 1 FROM marks k WHERE k.update_id = u.id AND k.state = {update stopped})
		GROUP BY n.recipient_id, n.update_id, n.cause`,
		t.org, rec.Key, int64(rec.Status), ground.Micros(s.Published))
	if err != nil {
		return err
	}
	// A check-in that is ended is written anew: it was said when it began.
	rec.Checkins, err = ground.All(t.Tx, func(c *Checkin) []any { return []any{&c.Person, &c.Area, ground.Time(&c.At)} },
		`SELECT p.person_id, p.area, p.from_us FROM roll_members m JOIN presences p ON p.person_id = m.person_id
		WHERE m.rollcall_id = $1 AND p.because = {because checkin} AND p.from_us >= $2 ORDER BY p.from_us, p.id`, rec.Key, ground.Micros(s.Since))
	return err
}

// said reads what others said of the members, and the tries to reach them.
func (t *tx) said(rec *Record) (err error) {
	words := make([][]byte, 0)
	rec.Accounts, err = ground.All(t.Tx, func(a *vedette.Account) []any {
		words = append(words, nil)
		return []any{&a.Person, &a.Seq, ground.Time(&a.At), code.Account.Into(&a.Kind), code.Verified.Into(&a.How), code.Role.Into(&a.As), &a.By, &words[len(words)-1]}
	}, `SELECT person_id, seq, at, kind, verified, role, said_by, sealed FROM roll_accounts WHERE rollcall_id = $1 ORDER BY seq, person_id`, rec.Key)
	if err != nil {
		return err
	}
	for i := range rec.Accounts {
		rec.sealed[said{rec.Accounts[i].Seq, rec.Accounts[i].Person}] = words[i]
	}
	words = words[:0]
	rec.Tries, err = ground.All(t.Tx, func(y *vedette.Try) []any {
		words = append(words, nil)
		return []any{&y.Person, &y.Seq, ground.Time(&y.At), code.Line.Into(&y.Kind), &y.Nth, code.Try.Into(&y.Outcome), &y.By, &words[len(words)-1]}
	}, `SELECT person_id, seq, at, line, nth, outcome, tried_by, sealed FROM roll_tries WHERE rollcall_id = $1 ORDER BY seq`, rec.Key)
	for i := range rec.Tries {
		rec.sealed[said{rec.Tries[i].Seq, rec.Tries[i].Person}] = words[i]
	}
	return err
}
