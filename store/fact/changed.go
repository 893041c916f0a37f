package fact

import (
	"context"

	"vedette"
	"vedette/store/ground"
)

// Changed says that a log row changed a person: their record, addresses,
// presences, trips, watches, the place of their site, or that they are gone.
type Changed struct {
	Seq    int64
	Person int64
}

// ChangedPeople gives the changes of people after a place in the log: those
// of later rows than after and, where place is a person, before them what
// else the row after itself changed: persons beyond place. They are ordered by
// (Seq, Person), so that the last one given is the next place; limit 0 is no
// limit. It is CodeExpired where changes after that place are not kept any
// more: then all people are to be read again.
func (f *Facts) ChangedPeople(ctx context.Context, after, place int64, limit int) (list []Changed, err error) {
	err = f.read(ctx, "reading who changed", func(t *tx) error {
		var trimmed int64
		if _, err := t.Found([]any{&trimmed}, `SELECT trimmed FROM organisations WHERE id = $1`, t.org); err != nil {
			return err
		}
		// Past the last person a row is done with: nothing of it is asked for.
		if after < trimmed || after == trimmed && place != 0 && place != 1<<63-1 {
			return vedette.Errorf(vedette.CodeExpired, "who changed up to %d in the log is not kept any more; read all people again", trimmed)
		}
		beyond := place
		if place == 0 {
			beyond = 1<<63 - 1
		}
		list, err = ground.All(t.Tx, func(c *Changed) []any { return []any{&c.Seq, &c.Person} },
			`SELECT seq, person_id FROM changed WHERE org = $1 AND (seq, person_id) > ($2, $3) ORDER BY seq, person_id LIMIT $4`,
			t.org, after, beyond, ground.Most(limit))
		return err
	})
	return list, err
}

// TrimChanged forgets who changed before a place in the log. Whoever follows
// from an earlier one is told so.
func (f *Facts) TrimChanged(ctx context.Context, before int64) error {
	return f.write(ctx, "forgetting who changed", func(t *tx) error {
		n, err := t.Exec(`UPDATE organisations SET trimmed = $2 WHERE id = $1 AND trimmed < $2 AND seq >= $2`, t.org, before-1)
		if err != nil || n == 0 {
			return err
		}
		_, err = t.Exec(`DELETE FROM changed WHERE org = $1 AND seq <= $2`, t.org, before-1)
		return err
	})
}
