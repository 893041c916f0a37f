package engine

import (
	"context"
	"time"

	"vedette"
	"vedette/posture"
	"vedette/store"
)

// lapseEvery is how often ended advice is looked for.
const lapseEvery = time.Minute

// lapse asks the desk about postures whose advice has ended. Nothing falls by
// that, and nobody is told: it is a task.
func (b *branch) lapse(ctx context.Context) error {
	now := b.Now()
	if since := now.Sub(b.lapsed); since >= 0 && since < lapseEvery {
		return nil
	}
	in, err := b.lapses(ctx)
	if err != nil {
		return err
	}
	var list []store.Lapsed
	for _, e := range posture.Over(b.Gaz, in, now) {
		list = append(list, store.Lapsed{Posture: e.Row.Key, Ended: e.At, Task: e.Task})
	}
	if len(list) > 0 {
		n, err := b.rows.AskLapsed(ctx, list, now)
		if err != nil {
			return err
		}
		if n > 0 {
			b.Log.Info("advice has ended: the desk is asked whether its postures are kept", "tasks", n)
		}
	}
	b.lapsed = now
	return nil
}

// lapses reads the board, and what its rows came from where that may end.
func (b *branch) lapses(ctx context.Context) (in posture.Lapse, err error) {
	if in.Board, err = b.rows.Postures(ctx); err != nil {
		return in, err
	}
	seen := map[vedette.ID]bool{}
	for _, p := range in.Board {
		if p.Update == "" || p.By != "" || p.Provider != "" || seen[p.Update] {
			continue
		}
		seen[p.Update] = true
		u, err := b.rows.Update(ctx, p.Update)
		if err != nil {
			return in, err
		}
		in.From = append(in.From, u)
	}
	if len(in.From) == 0 {
		return in, nil
	}
	if in.Standing, err = b.rows.Standing(ctx); err != nil {
		return in, err
	}
	declared, err := b.rows.DeclaredOf(ctx, in.Standing)
	if err != nil {
		return in, err
	}
	for _, u := range in.Standing {
		in.Declared = append(in.Declared, declared[u.Key]...)
	}
	in.Tasks, err = b.rows.Tasks(ctx, store.TaskFilter{Kind: vedette.TaskKeepOrLift})
	return in, err
}
