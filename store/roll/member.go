package roll

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// AddMembers adds those who are no members yet, and gives their keys.
// division gives everyone a caller then, those who are members already being
// given with the caller they have; nil leaves them without.
func (r *Rolls) AddMembers(ctx context.Context, id vedette.ID, members []vedette.RollMember, now time.Time, division func(callers []string, all []vedette.RollMember) map[int64]string) (added []int64, err error) {
	err = r.write(ctx, "adding to a roll-call", func(t *tx) error {
		c, err := t.take(id, "refresh")
		if err != nil {
			return err
		}
		if added, err = t.add(c.Key, members, now); err != nil || len(added) == 0 {
			return err
		}
		seq, err := t.log(id, fmt.Sprintf("refreshed %d", len(added)), now)
		if err != nil || len(c.Callers) == 0 {
			return err
		}
		all, err := t.members(c.Key)
		if err != nil {
			return err
		}
		return t.give(c.Key, seq, all, division(c.Callers, all))
	})
	return added, err
}

// add adds members of this organisation who are none yet.
func (t *tx) add(rollcall int64, members []vedette.RollMember, now time.Time) (added []int64, err error) {
	keys := make([]int64, len(members))
	for i, m := range members {
		keys[i] = m.Person
	}
	fresh, err := t.Keys(`SELECT p.id FROM persons p WHERE p.org = $1 AND p.erased_at = 0 AND p.id {in $2}
		AND NOT EXISTS (SELECT 1 FROM roll_members m WHERE m.rollcall_id = $3 AND m.person_id = p.id) ORDER BY p.id`, t.org, ground.List(keys), rollcall)
	if err != nil {
		return nil, err
	}
	as := map[int64]vedette.Relation{}
	for _, m := range members {
		as[m.Person] = m.Relation
	}
	row := []any{rollcall, nil, ground.Micros(now), nil}
	return fresh, t.Bulk("roll_members", []string{"rollcall_id", "person_id", "added_at", "relation"}, len(fresh), func(i int) []any {
		row[1], row[3] = fresh[i], code.Relation.Of(as[fresh[i]])
		return row
	})
}

// members lists the members with their callers, ascending.
func (t *tx) members(rollcall int64) ([]vedette.RollMember, error) {
	return ground.All(t.Tx, func(m *vedette.RollMember) []any {
		return []any{&m.Person, ground.Time(&m.Since), code.Relation.Into(&m.Relation), &m.Caller}
	}, `SELECT m.person_id, m.added_at, m.relation, coalesce(s.caller, '') FROM roll_members m
		LEFT JOIN roll_sheets s ON s.rollcall_id = m.rollcall_id AND s.person_id = m.person_id AND s.seq =
			(SELECT max(l.seq) FROM roll_sheets l WHERE l.rollcall_id = m.rollcall_id AND l.person_id = m.person_id)
		WHERE m.rollcall_id = $1 ORDER BY m.person_id`, rollcall)
}

// DivideRollcall names the callers of a roll-call and gives every member one
// of them, by division.
func (r *Rolls) DivideRollcall(ctx context.Context, id vedette.ID, callers []string, now time.Time, division func(callers []string, all []vedette.RollMember) map[int64]string) error {
	return r.write(ctx, "dividing a call sheet", func(t *tx) error {
		c, err := t.take(id, "call")
		if err != nil {
			return err
		}
		seq, err := t.log(id, "divided", now)
		if err != nil {
			return err
		}
		for i, name := range callers {
			if _, err := t.Exec(`INSERT INTO roll_callers (rollcall_id, seq, no, name) VALUES ($1, $2, $3, $4)`, c.Key, seq, int64(i+1), ground.Plain(name, 0)); err != nil {
				return err
			}
		}
		all, err := t.members(c.Key)
		if err != nil {
			return err
		}
		return t.give(c.Key, seq, all, division(callers, all))
	})
}

// give writes the callers of members that have another than they had.
func (t *tx) give(rollcall, seq int64, all []vedette.RollMember, to map[int64]string) error {
	var moved []int64
	for _, m := range all {
		if to[m.Person] != m.Caller {
			moved = append(moved, m.Person)
		}
	}
	row := []any{rollcall, nil, seq, nil}
	return t.Bulk("roll_sheets", []string{"rollcall_id", "person_id", "seq", "caller"}, len(moved), func(i int) []any {
		row[1], row[3] = moved[i], ground.Plain(to[moved[i]], 0)
		return row
	})
}

// RollMembers gives the keys of the members of a roll-call who are not erased,
// ascending.
func (r *Rolls) RollMembers(ctx context.Context, id vedette.ID) (keys []int64, err error) {
	err = r.read(ctx, "reading the members of a roll-call", func(t *tx) error {
		keys, err = t.Keys(`SELECT m.person_id FROM rollcalls c JOIN roll_members m ON m.rollcall_id = c.id JOIN persons p ON p.id = m.person_id AND p.erased_at = 0
			WHERE c.org = $1 AND c.uuid = $2 ORDER BY m.person_id`, t.org, string(id))
		return err
	})
	return keys, err
}

// OpenRollcallsOf gives the open roll-calls that have somebody in them, oldest first.
func (r *Rolls) OpenRollcallsOf(ctx context.Context, person int64) (list []vedette.ID, err error) {
	err = r.read(ctx, "looking for roll-calls", func(t *tx) error {
		list, err = ground.All(t.Tx, func(id *vedette.ID) []any { return []any{id} }, `SELECT c.uuid FROM rollcalls c JOIN roll_members m ON m.rollcall_id = c.id
			WHERE c.org = $1 AND m.person_id = $2 AND c.state = {rollcall open} ORDER BY c.id`, t.org, person)
		return err
	})
	return list, err
}
