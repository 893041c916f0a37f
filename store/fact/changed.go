package fact

import (
	"context"
	"time"

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

// TrimChanged forgets who changed in rows of the log older than a time, at
// most so many at once, and none that the lookout has yet to look at. Whoever
// follows from an earlier place is told so. more says that there are more to
// forget.
func (f *Facts) TrimChanged(ctx context.Context, older time.Time, limit int) (more bool, err error) {
	err = f.write(ctx, "forgetting who changed", func(t *tx) error {
		to, err := t.trimTo(older)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`UPDATE organisations SET trimmed = $2 WHERE id = $1 AND trimmed < $2`, t.org, to); err != nil {
			return err
		}
		var seq, person int64
		more, err = t.Found([]any{&seq, &person}, `SELECT c.seq, c.person_id FROM changed c JOIN organisations o ON o.id = c.org
			WHERE c.org = $1 AND c.seq <= o.trimmed ORDER BY c.seq, c.person_id LIMIT 1 OFFSET $2`, t.org, int64(limit)-1)
		switch {
		case err != nil:
			return err
		case more:
			_, err = t.Exec(`DELETE FROM changed WHERE org = $1 AND (seq, person_id) <= ($2, $3)`, t.org, seq, person)
		default:
			_, err = t.Exec(`DELETE FROM changed WHERE org = $1 AND seq <= (SELECT trimmed FROM organisations WHERE id = $1)`, t.org)
		}
		return err
	})
	return more, err
}

// trimTo gives the last row of people that may be forgotten, 0 for none.
func (t *tx) trimTo(older time.Time) (to int64, err error) {
	if _, err := t.Found([]any{&to}, `SELECT seq FROM log WHERE org = $1 AND kind = {log people} AND at < $2 ORDER BY seq DESC LIMIT 1`, t.org, ground.Micros(older)); err != nil {
		return 0, err
	}
	var looked int64
	behind, err := t.Found([]any{&looked}, `SELECT seq FROM lookouts WHERE org = $1 AND seq <= $2`, t.org, to)
	if behind {
		to = max(looked-1, 0) // it may be in the midst of that row
	}
	return to, err
}
