package fact

import (
	"context"
	"time"

	"vedette"
	"vedette/store/ground"
)

// ErasePerson erases what is private of a person: the key and all sealed
// records, of them and of their trips, the hashes of what they and their trips
// are called outside, the names of their points, why presences ended, their
// watches, what channels answered about them, what their managers were told,
// and the words of calls to them, of their replies, of their calls for help, of accounts of them
// and of tries to reach them.
// Addresses, presences and trips are closed. The rows that counts rest on
// stay. Erasing an erased person changes nothing.
func (f *Facts) ErasePerson(ctx context.Context, id vedette.ID, now time.Time) error {
	return f.EraseFor(ctx, id, "", now)
}

// EraseFor is ErasePerson for a reason, which the log keeps.
func (f *Facts) EraseFor(ctx context.Context, id vedette.ID, why vedette.EraseWhy, now time.Time) error {
	verb := "erased"
	if m := why.Means(); m != "" {
		verb += ": " + m
	}
	err := f.write(ctx, "erasing a person", func(t *tx) error {
		var key, erased int64
		found, err := t.Found([]any{&key, &erased}, `SELECT p.id, p.erased_at FROM persons p JOIN recipients r ON r.id = p.id
			WHERE p.org = $1 AND r.uuid = $2`, t.org, string(id))
		if err != nil {
			return err
		}
		if !found {
			return noPerson()
		}
		if erased != 0 {
			return nil
		}
		at := ground.Micros(now)
		for _, step := range []struct {
			text string
			args []any
		}{
			{`UPDATE persons SET erased_at = $2, external = NULL WHERE id = $1`, []any{key, at}},
			{`DELETE FROM person_records WHERE person_id = $1`, []any{key}},
			{`DELETE FROM numbers WHERE person_id = $1`, []any{key}},
			{`DELETE FROM watches WHERE person_id = $1`, []any{key}},
			{`DELETE FROM dead_addresses WHERE person_id = $1`, []any{key}},
			{`DELETE FROM reach WHERE person_id = $1`, []any{key}},
			{`UPDATE addresses SET recorded_to = $2 WHERE person_id = $1 AND recorded_to = 0`, []any{key, at}},
			{`UPDATE addresses SET hash = NULL WHERE person_id = $1`, []any{key}},
			{`UPDATE presences SET recorded_to = CASE recorded_to WHEN 0 THEN $2 ELSE recorded_to END, point_ref = '', ended = '' WHERE person_id = $1`, []any{key, at}},
			{`UPDATE trip_records SET recorded_to = CASE recorded_to WHEN 0 THEN $2 ELSE recorded_to END, external = NULL, sealed = NULL
				WHERE person_id = $1`, []any{key, at}},
			{`UPDATE deliveries SET detail = NULL WHERE org = $1 AND recipient_id = $2`, []any{t.org, key}},
			{`UPDATE clashes SET sealed = NULL WHERE recipient_id IN (SELECT id FROM superiors WHERE person_id = $1)`, []any{key}},
			{`UPDATE deliveries SET detail = NULL WHERE org = $1 AND recipient_id IN (SELECT id FROM superiors WHERE person_id = $2)`, []any{t.org, key}},
			{`UPDATE superiors SET hash = NULL, sealed = NULL WHERE person_id = $1`, []any{key}},
			{`UPDATE case_entries SET sealed = NULL WHERE case_id IN (SELECT id FROM cases WHERE person_id = $1)`, []any{key}},
			{`UPDATE compromises SET sealed = NULL, sealed_end = NULL WHERE person_id = $1`, []any{key}},
			{`DELETE FROM compromised_addresses WHERE compromise_id IN (SELECT id FROM compromises WHERE person_id = $1)`, []any{key}},
			{`UPDATE replies SET sealed = NULL WHERE org = $1 AND recipient_id = $2`, []any{t.org, key}},
			{`UPDATE rings SET sealed = NULL WHERE recipient_id = $1`, []any{key}},
			{`UPDATE roll_accounts SET sealed = NULL WHERE person_id = $1`, []any{key}},
			{`UPDATE roll_tries SET sealed = NULL WHERE person_id = $1`, []any{key}},
		} {
			if _, err := t.Exec(step.text, step.args...); err != nil {
				return err
			}
		}
		return t.log(id, verb, []int64{key}, now)
	})
	if err != nil {
		return err
	}
	return f.db.Forget(ctx)
}
