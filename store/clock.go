package store

import (
	"context"
	"time"

	"vedette/store/ground"
)

// Clock gives the time of the database server, zero where there is none.
func (s *Store) Clock(ctx context.Context) (at time.Time, err error) {
	err = s.read(ctx, "asking for the time", func(t *tx) error {
		return t.Row([]any{ground.Time(&at)}, `SELECT {clock}`)
	})
	return at, err
}

// longestWish is the longest that anybody's wish has a message wait: quiet hours
// end, and digests go out, within a day.
const longestWish = 25 * time.Hour

// Hasten makes due now what would wait for longer than most: it was put off,
// or leased, by a clock that has been set back since. What waits as somebody
// wishes goes on waiting, for a day. It gives the number of deliveries.
func (o *Org) Hasten(ctx context.Context, now time.Time, most time.Duration) (n int, err error) {
	beyond, wish := ground.Micros(now.Add(most)), ground.Micros(now.Add(longestWish))
	err = o.s.write(ctx, "hastening deliveries", func(t *tx) error {
		rows, err := t.Exec(`UPDATE deliveries SET due_at = $2 WHERE org = $1 AND state = {queued} AND due_at > $3 AND (due_at > meant_at OR due_at > $4)`, o.org, ground.Micros(now), beyond, wish)
		if err != nil {
			return err
		}
		n = int(rows)
		if _, err := t.Exec(`UPDATE fanouts SET lease_until = 0 WHERE org = $1 AND finished_at = 0 AND lease_until > $2`, o.org, beyond); err != nil {
			return err
		}
		_, err = t.Exec(`UPDATE lookouts SET lease_until = 0 WHERE org = $1 AND lease_until > $2`, o.org, beyond)
		return err
	})
	return n, err
}
