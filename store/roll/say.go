package roll

import (
	"context"
	"fmt"
	"slices"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Sealed are the words about a member, under that member's key; nil for none.
type Sealed struct {
	Person int64
	Words  []byte
}

// AccountFor keeps one act of accounting for members, each with their own
// sealed words. Somebody who is no member is a conflict, and nobody is
// accounted for.
func (r *Rolls) AccountFor(ctx context.Context, id vedette.ID, a vedette.Account, list []Sealed) error {
	return r.write(ctx, "accounting for people", func(t *tx) error { return Account(t.Tx, r.org, id, a, list) })
}

// Account is AccountFor in a transaction of the store.
func Account(g *ground.Tx, org int64, id vedette.ID, a vedette.Account, list []Sealed) error {
	t := &tx{g, org}
	c, err := t.take(id, "account")
	if err != nil {
		return err
	}
	if err := t.mustBeMembers(c.Key, list); err != nil {
		return err
	}
	seq, err := t.log(id, fmt.Sprintf("accounted for %d: %s", len(list), a.Kind), a.At)
	if err != nil {
		return err
	}
	for _, s := range list {
		if _, err := t.Exec(`INSERT INTO roll_accounts (rollcall_id, person_id, seq, at, kind, verified, role, said_by, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			c.Key, s.Person, seq, ground.Micros(a.At), code.Account.Of(a.Kind), code.Verified.Of(a.How), code.Role.Of(a.As), ground.Plain(a.By, 0), orNull(s.Words)); err != nil {
			return err
		}
	}
	return nil
}

// KeepTry keeps how a try to reach a member went.
func (r *Rolls) KeepTry(ctx context.Context, id vedette.ID, y vedette.Try, sealed []byte) error {
	return r.write(ctx, "keeping a try", func(t *tx) error {
		c, err := t.take(id, "call")
		if err != nil {
			return err
		}
		if err := t.mustBeMembers(c.Key, []Sealed{{Person: y.Person}}); err != nil {
			return err
		}
		seq, err := t.log(id, "tried: "+string(y.Outcome), y.At)
		if err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO roll_tries (rollcall_id, person_id, seq, at, line, nth, outcome, tried_by, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			c.Key, y.Person, seq, ground.Micros(y.At), code.Line.Of(y.Kind), int64(y.Nth), code.Try.Of(y.Outcome), ground.Plain(y.By, 0), orNull(sealed))
		return err
	})
}

func (t *tx) mustBeMembers(rollcall int64, list []Sealed) error {
	keys := make([]int64, len(list))
	for i, s := range list {
		keys[i] = s.Person
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	// Their rows are locked, so that an erasure comes before or after.
	alive, err := t.Keys(`SELECT p.id FROM persons p WHERE p.org = $1 AND p.erased_at = 0 AND p.id {in $2} ORDER BY p.id {lock}`, t.org, ground.List(keys))
	if err != nil {
		return err
	}
	if len(alive) < len(keys) || len(keys) < len(list) {
		return vedette.Errorf(vedette.CodeConflict, "one of them was erased meanwhile, or is named twice; look at the roll-call again")
	}
	var n int
	if err := t.Row([]any{&n}, `SELECT count(*) FROM roll_members WHERE rollcall_id = $1 AND person_id {in $2}`, rollcall, ground.List(keys)); err != nil {
		return err
	}
	if n < len(keys) {
		return vedette.Errorf(vedette.CodeConflict, "one of them is no member of this roll-call; add them first")
	}
	return nil
}

func orNull(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}
