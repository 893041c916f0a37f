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

// ChangedPeople gives the changes of people after a place in the log: of the
// row after, those of persons beyond place, then those of later rows. They
// are ordered by (Seq, Person), so that the last of them is the next place;
// limit 0 is no limit. It is CodeExpired where changes after that place are
// not kept any more: then all people are to be read again.
func (f *Facts) ChangedPeople(ctx context.Context, after, place int64, limit int) (list []Changed, err error) {
	err = f.read(ctx, "reading who changed", func(t *tx) error {
		var trimmed int64
		if _, err := t.Found([]any{&trimmed}, `SELECT trimmed FROM organisations WHERE id = $1`, t.org); err != nil {
			return err
		}
		if after < trimmed {
			return vedette.Errorf(vedette.CodeExpired, "who changed up to %d in the log is not kept any more; read all people again", trimmed)
		}
		list, err = ground.All(t.Tx, func(c *Changed) []any { return []any{&c.Seq, &c.Person} },
			`SELECT seq, person_id FROM changed WHERE org = $1 AND (seq, person_id) > ($2, $3) ORDER BY seq, person_id LIMIT $4`,
			t.org, after, place, ground.Most(limit))
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
