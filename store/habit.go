package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/store/ground"
)

// Receipts are people of one variant of an update who were told in the same
// minute and of whom word came equally soon.
type Receipts struct {
	Variant int
	Made    time.Time // the minute of their notices
	Within  int       // the first of the bounds that word came within; the number of bounds where it came later, -1 where none did
	Sent    int       // how many
	Last    time.Time // the last first word, zero for none
}

// Receipts counts the people to whom an update was sent, by variant, minute and
// how soon the first word came from their end. Whom no channel took a message
// for is not among them. Of several rounds the newest counts.
func (o *Org) Receipts(ctx context.Context, update int64, bounds []time.Duration) (list []Receipts, err error) {
	var within strings.Builder
	for i, b := range bounds {
		fmt.Fprintf(&within, " WHEN came - made <= %d THEN %d", b.Microseconds(), i)
	}
	err = o.s.read(ctx, "counting what was received", func(t *tx) error {
		list = nil
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		return t.Each(func(r *sql.Rows) error {
			var x Receipts
			var minute int64
			err := r.Scan(&x.Variant, &minute, &x.Within, &x.Sent, ground.Time(&x.Last))
			x.Made = ground.Moment(minute * time.Minute.Microseconds())
			list = append(list, x)
			return err
		}, `SELECT variant_no, minute, soon, count(*), max(came) FROM (
				SELECT variant_no, made / 60000000 AS minute, CASE came WHEN 0 THEN -1 ELSE CASE`+within.String()+fmt.Sprintf(` ELSE %d END END AS soon, came FROM (`, len(bounds))+`
					SELECT n.variant_no, n.made_at AS made, coalesce(min(CASE WHEN d.arrived_at > 0 THEN d.arrived_at END), 0) AS came
					FROM notices n JOIN persons p ON p.id = n.recipient_id JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round = n.round
					WHERE n.update_id = $1 AND d.state IN ({accepted}, {received}, {seen}, {answered}, {unknown}) AND `+newest+`
					GROUP BY n.recipient_id, n.variant_no, n.made_at) AS each_one) AS sorted
			GROUP BY variant_no, minute, soon ORDER BY variant_no, minute, soon`, update)
	})
	return list, err
}

// Habit is how an area answered an update of the past.
type Habit struct {
	Area    vedette.AreaID
	Sent    int
	Arrived []int // within each of the bounds it was counted by
}

// KeepHabits keeps how areas answered an update. Kept once, they stay.
func (o *Org) KeepHabits(ctx context.Context, update int64, list []Habit) error {
	return o.s.write(ctx, "keeping how areas answered", func(t *tx) error {
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		for _, h := range append([]Habit{{Arrived: []int{}}}, list...) {
			arrived, err := json.Marshal(h.Arrived)
			if err != nil {
				return err
			}
			if _, err := t.Exec(`INSERT INTO habits (update_id, area, sent, arrived) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
				update, string(h.Area), int64(h.Sent), string(arrived)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Habits gives how areas answered the updates that were published since a
// time, the newest first.
func (o *Org) Habits(ctx context.Context, since time.Time) (list []Habit, err error) {
	err = o.s.read(ctx, "reading how areas answered", func(t *tx) error {
		list = nil
		return t.Each(func(r *sql.Rows) error {
			var h Habit
			var arrived string
			if err := r.Scan(&h.Area, &h.Sent, &arrived); err != nil {
				return err
			}
			list = append(list, h)
			return json.Unmarshal([]byte(arrived), &list[len(list)-1].Arrived)
		}, `SELECT h.area, h.sent, h.arrived FROM updates u JOIN habits h ON h.update_id = u.id
			WHERE u.org = $1 AND u.published_at >= $2 AND h.area <> '' ORDER BY u.published_at DESC, u.id DESC, h.area`, o.org, ground.Micros(since))
	})
	return list, err
}

// Unmeasured gives updates that were published between two times and of which
// no habit is kept, the oldest first.
func (o *Org) Unmeasured(ctx context.Context, from, to time.Time, limit int) (keys []int64, err error) {
	err = o.s.read(ctx, "looking for what is not measured", func(t *tx) error {
		keys, err = t.Keys(`SELECT u.id FROM updates u WHERE u.org = $1 AND u.published_at >= $2 AND u.published_at < $3
			AND NOT EXISTS (SELECT 1 FROM habits h WHERE h.update_id = u.id) ORDER BY u.published_at LIMIT $4`, o.org, ground.Micros(from), ground.Micros(to), int64(limit))
		return err
	})
	return keys, err
}
