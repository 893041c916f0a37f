package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Omission is somebody who was left out of an update, and why.
type Omission struct {
	Recipient int64
	News      vedette.News
	Reason    string    // a sentence, at most 500 bytes; the same for many is kept once
	At        time.Time // when it was decided; set by the store
	Fanout    int       // number of the fan-out it was decided by, 0 for the lookout; set by the store
}

// maxReason bounds a reason, in bytes.
const maxReason = 500

// omit keeps who is left out, and gives the number of those it wrote: whoever
// has a notice of this fan-out is none of them. What the planners of a
// fan-out decide first is kept; of the lookout, which looks again and again,
// what it decided last. An omission of somebody who is told after all, by
// another planner of the same fan-out, goes.
func (t *tx) omit(b *telling) (int, error) {
	if len(b.seats) == 0 {
		return 0, nil
	}
	where, args := b.among()
	there, err := t.Keys(`SELECT recipient_id FROM omissions WHERE update_id = $1 AND `+where+fmt.Sprintf(` AND fanout_no = %d`, b.no), append([]any{b.update}, args...)...)
	if err != nil {
		return 0, err
	}
	omitted := map[int64]*Omission{}
	for i := range b.omissions {
		o := &b.omissions[i]
		if s := b.seats[o.Recipient]; s.place() == 0 && omitted[o.Recipient] == nil {
			omitted[o.Recipient] = o
		}
	}
	var over []int64
	for _, key := range there {
		switch s := b.seats[key]; {
		case s == nil:
		case s.place() > 0, b.no == 0 && omitted[key] != nil:
			over = append(over, key)
		default:
			delete(omitted, key)
		}
	}
	if len(over) > 0 {
		if _, err := t.Exec(`DELETE FROM omissions WHERE update_id = $1 AND fanout_no = $2 AND recipient_id {in $3}`, b.update, int64(b.no), ground.List(over)); err != nil {
			return 0, err
		}
	}
	return len(omitted), t.addOmissions(b, omitted)
}

func (t *tx) addOmissions(b *telling, omitted map[int64]*Omission) error {
	if len(omitted) == 0 {
		return nil
	}
	var rows []*Omission
	reasons, seen := [][]string{}, map[string]bool{}
	for i := range b.omissions { // in the order they came, not the map's
		o := &b.omissions[i]
		if omitted[o.Recipient] != o {
			continue
		}
		rows = append(rows, o)
		if text := ground.Plain(o.Reason, maxReason); !seen[text] {
			seen[text], reasons = true, append(reasons, []string{text})
		}
	}
	numbers, err := t.reasonNumbers(b.update, reasons)
	if err != nil {
		return err
	}
	return t.Bulk("omissions", []string{"update_id", "recipient_id", "at", "reason_no", "fanout_no", "news"}, len(rows), func(i int) []any {
		o := rows[i]
		return []any{b.update, o.Recipient, ground.Micros(b.at), numbers[ground.Plain(o.Reason, maxReason)], int64(b.no), code.News.Of(o.News)}
	})
}

// reasonNumbers gives the numbers of reasons within the update, and keeps
// those that are new.
func (t *tx) reasonNumbers(update int64, reasons [][]string) (map[string]int64, error) {
	numbers := make(map[string]int64, len(reasons))
	err := t.Each(func(r *sql.Rows) error {
		var reason string
		var no int64
		err := r.Scan(&reason, &no)
		numbers[reason] = no
		return err
	}, `SELECT reason, no FROM omission_reasons WHERE update_id = $1 AND reason IN ({rows $2 reason:text})`, update, ground.List(reasons))
	if err != nil || len(numbers) == len(reasons) {
		return numbers, err
	}
	var last int64
	if err := t.Row([]any{&last}, `SELECT coalesce(max(no), 0) FROM omission_reasons WHERE update_id = $1`, update); err != nil {
		return nil, err
	}
	var fresh []string
	for _, r := range reasons {
		if numbers[r[0]] == 0 {
			last++
			numbers[r[0]], fresh = last, append(fresh, r[0])
		}
	}
	return numbers, t.Bulk("omission_reasons", []string{"update_id", "no", "reason"}, len(fresh), func(i int) []any {
		return []any{update, numbers[fresh[i]], fresh[i]}
	})
}

// lastOmission is the condition that o is the recipient's latest omission of
// the update.
const lastOmission = `NOT EXISTS (SELECT 1 FROM omissions l WHERE l.update_id = o.update_id AND l.recipient_id = o.recipient_id
	AND (l.at > o.at OR l.at = o.at AND l.fanout_no > o.fanout_no))`

const omissionSelect = `SELECT o.recipient_id, o.news, r.reason, o.at, o.fanout_no FROM omissions o
	JOIN omission_reasons r ON r.update_id = o.update_id AND r.no = o.reason_no WHERE o.update_id = $1 AND ` + lastOmission

func omissionInto(o *Omission) []any {
	return []any{&o.Recipient, code.News.Into(&o.News), &o.Reason, ground.Time(&o.At), &o.Fanout}
}

// Omission gives why somebody was left out of an update, the last time they
// were, and false where they never were. Whether they were told before or
// since is in their notices.
func (o *Org) Omission(ctx context.Context, update, recipient int64) (out Omission, found bool, err error) {
	err = o.s.read(ctx, "reading an omission", func(t *tx) error {
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		found, err = t.Found(omissionInto(&out), omissionSelect+` AND o.recipient_id = $2`, update, recipient)
		return err
	})
	return out, found, err
}

// Omissions lists who was left out of an update, ascending by key after one,
// each by the last time they were; news "" is all, limit 0 is no limit.
func (o *Org) Omissions(ctx context.Context, update int64, news vedette.News, after int64, limit int) (list []Omission, err error) {
	err = o.s.read(ctx, "listing who was left out", func(t *tx) error {
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		where, args := "", []any{update, after, ground.Most(limit)}
		if news != "" {
			where, args = ` AND o.news = $4`, append(args, code.News.Of(news))
		}
		list, err = ground.All(t.Tx, omissionInto, omissionSelect+` AND o.recipient_id > $2`+where+` ORDER BY o.recipient_id LIMIT $3`, args...)
		return err
	})
	return list, err
}

// OmissionCounts counts who was left out of an update, each by the last time
// they were.
func (o *Org) OmissionCounts(ctx context.Context, update int64) (counts map[vedette.News]int, err error) {
	err = o.s.read(ctx, "counting who was left out", func(t *tx) error {
		counts = map[vedette.News]int{}
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		return t.Each(func(r *sql.Rows) error {
			var news vedette.News
			var n int
			err := r.Scan(code.News.Into(&news), &n)
			counts[news] = n
			return err
		}, `SELECT o.news, count(*) FROM omissions o WHERE o.update_id = $1 AND `+lastOmission+` GROUP BY o.news`, update)
	})
	return counts, err
}
