package rota

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// BeginCase begins a call-out for a case, unless one is under way. It runs in
// the transaction that opens the case.
func BeginCase(t *ground.Tx, org, key int64, now time.Time) error {
	return begin(t, org, key, nil, `case_id = $1 AND task_id IS NULL`, key, now)
}

// BeginTask begins a call-out for a task that lapsed, of a case or of none (0),
// unless one was begun for it.
func BeginTask(t *ground.Tx, org, task, ofCase int64, now time.Time) error {
	var about any
	if ofCase != 0 {
		about = ofCase
	}
	return begin(t, org, about, task, `task_id = $1`, task, now)
}

func begin(t *ground.Tx, org int64, ofCase, task any, same string, key int64, now time.Time) error {
	under, err := t.Exists(`SELECT 1 FROM callouts WHERE ended_at = 0 AND `+same, key)
	if err != nil || under {
		return err
	}
	k, err := book.Keys(t, "callout", 1)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO callouts (id, org, case_id, task_id, begun_at, due_at) VALUES ($1, $2, $3, $4, $5, $5)`, k, org, ofCase, task, ground.Micros(now))
	return err
}

// Lapsed gives the tasks, by key, that lapsed and that nobody is asked to do yet.
func Lapsed(t *ground.Tx, org int64, now time.Time) ([]int64, error) {
	return t.Keys(`SELECT k.id FROM tasks k WHERE k.org = $1 AND k.state = {task open} AND k.due_at <= $2
		AND NOT EXISTS (SELECT 1 FROM callouts c WHERE c.task_id = k.id AND c.ended_at = 0) ORDER BY k.due_at LIMIT 100`, org, ground.Micros(now))
}

// TasksOf gives the tasks of a case, by key, that somebody is asked to do.
func TasksOf(t *ground.Tx, ofCase int64) ([]int64, error) {
	return t.Keys(`SELECT task_id FROM callouts WHERE case_id = $1 AND task_id IS NOT NULL ORDER BY task_id`, ofCase)
}

// EndCase ends the call-out for a case: what of it was not sent is withheld,
// and why. With all, those for its tasks end too.
func EndCase(t *ground.Tx, key int64, all bool, why string, now time.Time) error {
	which := `case_id = $1 AND task_id IS NULL`
	if all {
		which = `case_id = $1`
	}
	return end(t, which, key, why, now)
}

// EndTask ends the call-out for a task.
func EndTask(t *ground.Tx, key int64, why string, now time.Time) error {
	return end(t, `task_id = $1`, key, why, now)
}

func end(t *ground.Tx, which string, key int64, why string, now time.Time) error {
	ended, err := t.Keys(`UPDATE callouts SET ended_at = $2 WHERE `+which+` AND ended_at = 0 RETURNING id`, key, ground.Micros(now))
	if err != nil {
		return err
	}
	for _, k := range ended {
		if err := withhold(t, `callout_id = $1`, k, why); err != nil {
			return err
		}
	}
	return nil
}

// Step is one step of a call-out.
type Step struct {
	Callout int64
	Was     int // the step it was at
	All     bool
	Idle    bool      // nobody could be asked: it stays where it is
	Tells   bool      // the person is told that nobody has their call yet
	Due     time.Time // of the next; zero is never
	Letters []vedette.Letter
}

// Take moves a call-out on and queues its letters. False: it ended meanwhile,
// or another process took the step, and nothing was written.
func Take(t *ground.Tx, org int64, s Step, now time.Time) (bool, error) {
	n, err := t.Exec(`UPDATE callouts SET step = step + $6, alls = alls + $4, due_at = $5 WHERE org = $1 AND id = $2 AND step = $3 AND ended_at = 0`,
		org, s.Callout, int64(s.Was), ground.Bit(s.All && !s.Idle), ground.Micros(s.Due), ground.Bit(!s.Idle))
	if err != nil || n == 0 {
		return false, err
	}
	return true, Post(t, org, s.Letters, now)
}

// Callouts lists those that are under way and whose next step is due, the
// oldest first.
func (r *Rota) Callouts(ctx context.Context, now time.Time) (list []vedette.Callout, err error) {
	err = r.read(ctx, "looking whom to call out", func(t *tx) error {
		list, err = ground.All(t.Tx, calloutInto, calloutSelect+`c.ended_at = 0 AND c.due_at <> 0 AND c.due_at <= $2 ORDER BY c.begun_at, c.id LIMIT 100`, t.org, ground.Micros(now))
		if err != nil {
			return err
		}
		return t.asked(list)
	})
	return list, err
}

// CalloutOf gives the call-out for a case that is under way.
func (r *Rota) CalloutOf(ctx context.Context, ofCase int64) (c vedette.Callout, ok bool, err error) {
	err = r.read(ctx, "looking who was called out", func(t *tx) error {
		list, err := ground.All(t.Tx, calloutInto, calloutSelect+`c.ended_at = 0 AND c.case_id = $2 AND c.task_id IS NULL`, t.org, ofCase)
		if err != nil || len(list) == 0 {
			return err
		}
		ok, c = true, list[0]
		err = t.asked(list)
		c = list[0]
		return err
	})
	return c, ok, err
}

const calloutSelect = `SELECT c.id, coalesce(c.case_id, 0), coalesce(c.task_id, 0), c.begun_at, c.step, c.alls, c.due_at,
	CASE WHEN EXISTS (SELECT 1 FROM letters u WHERE u.case_id = c.case_id AND u.kind = {letter untaken} AND u.made_at >= c.begun_at) THEN 1 ELSE 0 END FROM callouts c WHERE c.org = $1 AND `

func calloutInto(c *vedette.Callout) []any {
	return []any{&c.Key, &c.Case, &c.Task, ground.Time(&c.Begun), &c.Step, &c.Alls, ground.Time(&c.DueAt), &c.Told}
}

// asked adds who was asked.
func (t *tx) asked(list []vedette.Callout) error {
	at, keys := map[int64]*vedette.Callout{}, make([]int64, len(list))
	for i := range list {
		at[list[i].Key], keys[i] = &list[i], list[i].Key
	}
	return t.Each(func(r *sql.Rows) error {
		var key int64
		var name string
		err := r.Scan(&key, &name)
		at[key].Asked = append(at[key].Asked, name)
		return err
	}, `SELECT DISTINCT l.callout_id, d.name FROM letters l JOIN duties d ON d.id = l.recipient_id WHERE l.callout_id {in $1} ORDER BY 1, 2`, ground.List(keys))
}
