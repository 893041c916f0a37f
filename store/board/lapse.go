package board

import (
	"context"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Lapsed is a posture whose advice has ended, and the question about it.
type Lapsed struct {
	Posture int64 // key of the row the question is about
	Ended   time.Time
	Task    vedette.Task // About is the update that the row came from
}

// AskLapsed asks about postures whose advice has ended, and gives how many
// questions are new. One whose row does not stand any more is left out, and so
// is one about an area that is being asked about, or was asked or answered
// since the end: several workers ask once.
func (b *Board) AskLapsed(ctx context.Context, list []Lapsed, now time.Time) (asked int, err error) {
	err = b.write(ctx, "asking what to keep", func(t *tx) error {
		asked = 0
		// The organisation's row keeps others who ask out until this is in.
		if _, err := t.Keys(`SELECT id FROM organisations WHERE id = $1 {lock}`, t.org); err != nil {
			return err
		}
		for _, l := range list {
			var update int64
			stands, err := t.Found([]any{&update}, `SELECT update_id FROM postures WHERE org = $1 AND id = $2 AND recorded_to = 0 AND update_id IS NOT NULL`, t.org, l.Posture)
			if err != nil {
				return err
			}
			known, err := t.Exists(`SELECT 1 FROM tasks WHERE org = $1 AND kind = $2 AND area = $3
				AND (state = {task open} OR done_at >= $4 OR update_id = $5 AND created_at >= $4)`,
				t.org, code.TaskKind.Of(vedette.TaskKeepOrLift), string(l.Task.Area), ground.Micros(l.Ended), update)
			if err != nil {
				return err
			}
			if !stands || known {
				continue
			}
			if err := t.addTasks(update, []vedette.Task{l.Task}, now); err != nil {
				return err
			}
			asked++
		}
		return nil
	})
	return asked, err
}

// AskOnce asks the desk about an update, unless the same sort of task about it
// is open.
func AskOnce(t *ground.Tx, org, update int64, k vedette.Task, now time.Time) error {
	open, err := t.Exists(`SELECT 1 FROM tasks WHERE org = $1 AND kind = $2 AND update_id = $3 AND state = {task open}`, org, code.TaskKind.Of(k.Kind), update)
	if err != nil || open {
		return err
	}
	return (&tx{t, org}).addTasks(update, []vedette.Task{k}, now)
}
