package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/store/board"
	"vedette/store/ground"
	"vedette/store/rota"
)

// callOut begins to ask the rota to take a case, and says until when it is to
// be taken.
func (t *tx) callOut(org, key int64, at time.Time) (time.Time, error) {
	set, err := board.SettingsIn(t.Tx, org, time.Time{})
	if err != nil {
		return at, err
	}
	return at.Add(set.TakeWithin()), rota.BeginCase(t.Tx, org, key, at)
}

// answeredFor ends what the rota is asked about a case, once somebody has it,
// and notes that whoever took it has had the offer.
func (t *tx) answeredFor(c *vedette.Case, a CaseAct, now time.Time) error {
	if a.Duty != 0 {
		if err := rota.Heard(t.Tx, c.Key, a.Duty, now); err != nil {
			return err
		}
	}
	switch a.Kind {
	case vedette.CaseClose:
		return rota.EndCase(t.Tx, c.Key, true, "closed", now)
	case vedette.CaseTake:
		if err := rota.EndCase(t.Tx, c.Key, false, ground.Plain(a.Owner, 0)+" has it", now); err != nil {
			return err
		}
	}
	return nil
}

// contacted decides the tasks to be in contact, once the next contact is due
// later than now, or the case is closed.
func (t *tx) contacted(org int64, c *vedette.Case, a CaseAct, now time.Time) error {
	if a.Kind != vedette.CaseClose && !c.DueAt.After(now) {
		return nil
	}
	tasks, err := rota.TasksOf(t.Tx, c.Key)
	if err != nil {
		return err
	}
	more, err := t.unheardTasks(org, c)
	if tasks = append(tasks, more...); err != nil || len(tasks) == 0 {
		return err
	}
	return board.DecideIn(t.Tx, org, tasks, "done", a.By, "done in the case: "+string(a.Kind), now)
}

// CallLate makes a task of each contact that is late, of whoever has the case,
// and begins to ask the rota about it and about every other task that lapsed.
// It gives how many are new.
func (o *Org) CallLate(ctx context.Context, now time.Time) (n int, err error) {
	const late = ` AND c.state = {case taken} AND c.due_at < $2 AND NOT EXISTS (SELECT 1 FROM callouts x WHERE x.case_id = c.id AND x.task_id IS NOT NULL AND x.ended_at = 0)`
	any := false
	err = o.s.read(ctx, "looking what is late", func(t *tx) error {
		cases, err := t.cases(late, o.org, ground.Micros(now))
		if err != nil {
			return err
		}
		tasks, err := rota.Lapsed(t.Tx, o.org, now)
		any = len(cases)+len(tasks) > 0
		return err
	})
	if err != nil || !any {
		return 0, err
	}
	err = o.s.write(ctx, "calling out for what is late", func(t *tx) error {
		n = 0
		// The organisation's row keeps others who ask out until this is in.
		if _, err := t.Keys(`SELECT id FROM organisations WHERE id = $1 {lock}`, o.org); err != nil {
			return err
		}
		cases, err := t.cases(late, o.org, ground.Micros(now))
		if err != nil {
			return err
		}
		for _, c := range cases {
			k := vedette.Task{Kind: vedette.TaskContact, Owner: c.Owner, DueAt: c.DueAt, Default: "nothing is done",
				Question: fmt.Sprintf("Be in contact with whoever called in case %d, and note it there: it was due %s", c.Key, c.DueAt.UTC().Format("2 Jan 2006 15:04 UTC"))}
			if c.Duress {
				k.Question = fmt.Sprintf("Note what is done in case %d, which is of DURESS (do not ring them): it was due %s", c.Key, c.DueAt.UTC().Format("2 Jan 2006 15:04 UTC"))
			}
			key, err := board.AddTaskIn(t.Tx, o.org, k, now)
			if err != nil {
				return err
			}
			if err := rota.BeginTask(t.Tx, o.org, key, c.Key, now); err != nil {
				return err
			}
		}
		tasks, err := rota.Lapsed(t.Tx, o.org, now)
		if err != nil {
			return err
		}
		for _, key := range tasks {
			if err := rota.BeginTask(t.Tx, o.org, key, 0, now); err != nil {
				return err
			}
		}
		n = len(cases) + len(tasks)
		return nil
	})
	return n, err
}

// CaseByKey gives a case.
func (o *Org) CaseByKey(ctx context.Context, key int64) (c vedette.Case, err error) {
	err = o.s.read(ctx, "reading a case", func(t *tx) error {
		list, err := t.cases(` AND c.id = $2`, o.org, key)
		if err == nil && len(list) == 0 {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no case %d; `vedette case list --all` lists them", key)
		}
		if err != nil {
			return err
		}
		c = list[0]
		return nil
	})
	return c, err
}

// StepCallout takes one step of a call-out: its letters are queued, the time
// of the next step is kept, and the case's log says who was asked, in one
// transaction. False: it ended meanwhile, or another process took the step.
//
// over are the channels by which the person is told that nobody has their call
// yet, where the step says so; whom none reaches the desk is asked to tell.
func (o *Org) StepCallout(ctx context.Context, c vedette.Callout, s Step, names []string, over []vedette.Channel, now time.Time) (taken bool, err error) {
	err = o.s.write(ctx, "calling out", func(t *tx) error {
		if c.Case != 0 { // locked before its call-out, as whoever takes it does
			if _, err := t.Exists(`SELECT 1 FROM cases WHERE id = $1 {lock}`, c.Case); err != nil {
				return err
			}
		}
		if taken, err = rota.Take(t.Tx, o.org, s, now); err != nil || !taken || c.Case == 0 {
			return err
		}
		if s.Tells {
			list, err := t.cases(` AND c.id = $2`, o.org, c.Case)
			if err != nil {
				return err
			}
			shut, err := t.isShut(list[0].Person)
			if err != nil {
				return err
			}
			if !shut && !list[0].Hidden {
				n, err := rota.PostToPerson(t.Tx, o.org, &list[0], vedette.LetterUntaken, 0, over, now)
				if err == nil && n == 0 {
					err = t.askToTell(o.org, &list[0], vedette.LetterUntaken, 0, now)
				}
				if err != nil {
					return err
				}
			}
		}
		if len(names) == 0 {
			return nil
		}
		if _, err := t.enter(c.Case, vedette.CaseEntry{At: now, Kind: vedette.CaseOffer, By: ground.Plain(strings.Join(names, ", "), 500)}, nil); err != nil {
			return err
		}
		var id vedette.ID
		if err := t.Row([]any{&id}, `SELECT uuid FROM cases WHERE id = $1`, c.Case); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogCase, id, "offer", now)
	})
	return taken, err
}
