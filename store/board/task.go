package board

import (
	"context"
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
	"vedette/store/rota"
)

// addTasks adds the tasks an update brings, or that are of none (0).
func (t *tx) addTasks(update int64, tasks []vedette.Task, now time.Time) error {
	if len(tasks) == 0 {
		return nil
	}
	var about any // 0 is of none
	if update != 0 {
		about = update
	}
	first, err := book.Keys(t.Tx, "task", len(tasks))
	if err != nil {
		return err
	}
	for i, k := range tasks {
		if k.ID == "" {
			k.ID = vedette.NewID(now)
		}
		if k.CreatedAt.IsZero() {
			k.CreatedAt = now
		}
		if k.Question == "" || k.DueAt.IsZero() {
			return vedette.Errorf(vedette.CodeInvalid, "task %d has no question or is due at no time; give both", i+1)
		}
		if _, err := t.Exec(`INSERT INTO tasks (id, org, uuid, kind, state, update_id, created_at, due_at, area, question, default_outcome, owner)
			VALUES ($1, $2, $3, $4, {task open}, $5, $6, $7, $8, $9, $10, $11)`, first+int64(i), t.org, string(k.ID), code.TaskKind.Of(k.Kind),
			about, ground.Micros(k.CreatedAt), ground.Micros(k.DueAt), string(k.Area), ground.Plain(k.Question, 0), ground.Plain(k.Default, 0), ground.Plain(k.Owner, 0)); err != nil {
			return err
		}
		tasks[i].ID = k.ID
	}
	ref, verb := tasks[0].ID, "made"
	if len(tasks) > 1 {
		ref, verb = "", fmt.Sprintf("made %d", len(tasks))
	}
	_, err = book.Log(t.Tx, t.org, vedette.LogTask, ref, verb, now)
	return err
}

// Ask makes a task of an update within a transaction.
func Ask(g *ground.Tx, org, update int64, k vedette.Task, now time.Time) error {
	return (&tx{g, org}).addTasks(update, []vedette.Task{k}, now)
}

// AddTask makes a task that is of no update.
func (b *Board) AddTask(ctx context.Context, k vedette.Task, now time.Time) error {
	return b.write(ctx, "making a task", func(t *tx) error { return t.addTasks(0, []vedette.Task{k}, now) })
}

// AddTaskAbout makes a task that is of an update, by its key.
func (b *Board) AddTaskAbout(ctx context.Context, update int64, k vedette.Task, now time.Time) error {
	return b.write(ctx, "making a task", func(t *tx) error { return t.addTasks(update, []vedette.Task{k}, now) })
}

// TaskFilter narrows a list of tasks; a zero field does not.
type TaskFilter struct {
	State     vedette.TaskState
	Kind      vedette.TaskKind
	Area      vedette.AreaID
	About     vedette.ID // an update
	Owner     string
	DueBefore time.Time
	Limit     int
}

const taskSelect = `SELECT t.id, t.uuid, t.kind, t.state, coalesce(u.uuid, ''), t.area, t.question, t.default_outcome, t.owner,
	t.created_at, t.due_at, t.done_at, t.done_by, t.outcome, t.reason FROM tasks t LEFT JOIN updates u ON u.id = t.update_id WHERE t.org = $1`

func (t *tx) tasks(where string, args ...any) ([]vedette.Task, error) {
	return ground.All(t.Tx, func(k *vedette.Task) []any {
		return []any{&k.Key, &k.ID, code.TaskKind.Into(&k.Kind), code.Task.Into(&k.State), &k.About, &k.Area, &k.Question, &k.Default, &k.Owner,
			ground.Time(&k.CreatedAt), ground.Time(&k.DueAt), ground.Time(&k.DoneAt), &k.DoneBy, &k.Outcome, &k.Reason}
	}, taskSelect+where, append([]any{t.org}, args...)...)
}

// Tasks lists the tasks of a filter, what is due first.
func (b *Board) Tasks(ctx context.Context, f TaskFilter) (list []vedette.Task, err error) {
	where, args := "", []any{}
	narrow := func(on bool, cond string, arg any) {
		if on {
			args = append(args, arg)
			where += fmt.Sprintf(" AND "+cond+" $%d", len(args)+1)
		}
	}
	narrow(f.State != "", "t.state =", code.Task.Of(f.State))
	narrow(f.Kind != "", "t.kind =", code.TaskKind.Of(f.Kind))
	narrow(f.Area != "", "t.area =", string(f.Area))
	narrow(f.About != "", "u.uuid =", string(f.About))
	narrow(f.Owner != "", "t.owner =", f.Owner)
	narrow(!f.DueBefore.IsZero(), "t.due_at <", ground.Micros(f.DueBefore))
	args = append(args, ground.Most(f.Limit))
	err = b.read(ctx, "listing the tasks", func(t *tx) error {
		list, err = t.tasks(where+fmt.Sprintf(" ORDER BY t.due_at, t.id LIMIT $%d", len(args)+1), args...)
		return err
	})
	return list, err
}

// DecideTask decides a task: by whom, how, and why. A posture that is set by
// the decision is written with it, as [Board.SetPosture] does, by the same
// person for the same reason. A task that is decided already is a conflict.
func (b *Board) DecideTask(ctx context.Context, id vedette.ID, outcome, by, reason string, p *vedette.Posture, now time.Time) (k vedette.Task, err error) {
	if strings.TrimSpace(outcome) == "" || strings.TrimSpace(by) == "" || strings.TrimSpace(reason) == "" {
		return k, vedette.Errorf(vedette.CodeInvalid, "a task is decided by a person, with a reason; say how, who and why")
	}
	err = b.write(ctx, "deciding a task", func(t *tx) error {
		found, err := t.task(` AND t.uuid = $2`, string(id))
		if err != nil {
			return err
		}
		if k, err = t.decide(found, outcome, by, reason, now); err != nil {
			return err
		}
		if _, err := book.Log(t.Tx, t.org, vedette.LogTask, id, "decided", now); err != nil || p == nil {
			return err
		}
		set := *p
		set.By, set.Reason = by, reason
		return t.set(set, now)
	})
	return k, err
}

func (t *tx) decide(k vedette.Task, outcome, by, reason string, now time.Time) (vedette.Task, error) {
	next, ok := vedette.Tasks.Next(k.State, "decide")
	if !ok {
		return k, decidedAlready(&k)
	}
	k.State, k.DoneAt, k.DoneBy = next, ground.Moment(ground.Micros(now)), ground.Plain(by, 0)
	k.Outcome, k.Reason = ground.Plain(outcome, 0), ground.Plain(reason, 1000)
	n, err := t.Exec(`UPDATE tasks SET state = $2, done_at = $3, done_by = $4, outcome = $5, reason = $6 WHERE id = $1 AND state IN ({task on decide})`,
		k.Key, code.Task.Of(next), ground.Micros(now), k.DoneBy, k.Outcome, k.Reason)
	if err == nil && n == 0 {
		err = decidedAlready(&k)
	}
	if err != nil {
		return k, err
	}
	return k, rota.EndTask(t.Tx, k.Key, "decided by "+k.DoneBy, now)
}

// TakeTask gives a task to somebody, who is to have done it by a time: whoever
// was asked to do it meanwhile is asked no more.
func (b *Board) TakeTask(ctx context.Context, id vedette.ID, owner string, due, now time.Time) (k vedette.Task, err error) {
	err = b.write(ctx, "giving a task to somebody", func(t *tx) error {
		n, err := t.Exec(`UPDATE tasks SET owner = $3, due_at = $4 WHERE org = $1 AND uuid = $2 AND state IN ({task on take})`, t.org, string(id), ground.Plain(owner, 0), ground.Micros(due))
		if err != nil {
			return err
		}
		if k, err = t.task(` AND t.uuid = $2`, string(id)); err != nil {
			return err
		}
		if n == 0 {
			return decidedAlready(&k)
		}
		if err := rota.EndTask(t.Tx, k.Key, k.Owner+" has it", now); err != nil {
			return err
		}
		_, err = book.Log(t.Tx, t.org, vedette.LogTask, id, "taken", now)
		return err
	})
	return k, err
}

// TaskByKey gives a task.
func (b *Board) TaskByKey(ctx context.Context, key int64) (k vedette.Task, err error) {
	err = b.read(ctx, "reading a task", func(t *tx) error {
		k, err = t.task(` AND t.id = $2`, key)
		return err
	})
	return k, err
}

func (t *tx) task(which string, what any) (k vedette.Task, err error) {
	list, err := t.tasks(which, what)
	if err == nil && len(list) == 0 {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such task")
	}
	if err != nil {
		return k, err
	}
	return list[0], nil
}

// AddTaskIn is AddTask within a transaction; it gives the task's key.
func AddTaskIn(t *ground.Tx, org int64, k vedette.Task, now time.Time) (key int64, err error) {
	list := []vedette.Task{k}
	if err := (&tx{t, org}).addTasks(0, list, now); err != nil {
		return 0, err
	}
	err = t.Row([]any{&key}, `SELECT id FROM tasks WHERE uuid = $1`, string(list[0].ID))
	return key, err
}

// DecideIn decides tasks by their keys within a transaction; what is decided
// already stays as it is.
func DecideIn(t *ground.Tx, org int64, keys []int64, outcome, by, reason string, now time.Time) error {
	x := &tx{t, org}
	list, err := x.tasks(` AND t.state = {task open} AND t.id {in $2}`, ground.List(keys))
	for _, k := range list {
		if _, err := x.decide(k, outcome, by, reason, now); err != nil {
			return err
		}
		if _, err := book.Log(t, org, vedette.LogTask, k.ID, "decided", now); err != nil {
			return err
		}
	}
	return err
}

func decidedAlready(k *vedette.Task) error {
	return vedette.Errorf(vedette.CodeConflict, "the task is decided already (%q)", k.Question)
}
