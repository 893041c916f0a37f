package engine

import (
	"context"
	"time"

	"vedette"
	"vedette/reachable/listen"
	"vedette/store"
)

const (
	listenEvery = time.Minute
	listenTo    = 50        // updates, the newest
	silenceDue  = time.Hour // by when somebody is to have found another way to them
)

// listen keeps how areas answered what is past, and makes a task of an area
// whose word of a new update falls under that: once for each.
func (b *branch) listen(ctx context.Context) error {
	now := b.Now()
	if since := now.Sub(b.listened); since >= 0 && since < listenEvery {
		return nil
	}
	for more := true; more; {
		var err error
		if more, err = listen.Measure(ctx, b.rows, b.Gaz, now); err != nil {
			return err
		}
	}
	list, err := b.rows.Updates(ctx, listenTo, time.Time{})
	if err != nil {
		return err
	}
	for _, u := range list {
		if now.Sub(u.PublishedAt) > listen.Settled {
			break
		}
		if u.Mark != nil {
			continue // stopped, or a newer one is asked about
		}
		if err := b.silences(ctx, u, now); err != nil {
			return err
		}
	}
	b.listened = now
	return nil
}

func (b *branch) silences(ctx context.Context, u *vedette.Update, now time.Time) error {
	list, err := listen.Silences(ctx, b.rows, b.Gaz, u, now)
	if err != nil || len(list) == 0 {
		return err
	}
	asked, err := b.rows.Tasks(ctx, store.TaskFilter{Kind: vedette.TaskSilence, About: u.ID})
	if err != nil {
		return err
	}
	known := map[vedette.AreaID]bool{}
	for _, k := range asked {
		known[k.Area] = true
	}
	for _, s := range list {
		if known[s.Area] {
			continue
		}
		question := u.Status.Mark()
		if question != "" {
			question += " "
		}
		question += "Find another way to the people in " + b.Gaz.Name(s.Area) + ": " + s.Words(b.Gaz.Name(s.Area), now)
		k := vedette.Task{Kind: vedette.TaskSilence, Area: s.Area, Question: question, Default: "they are held not to know", DueAt: now.Add(silenceDue)}
		if err := b.rows.AddTaskAbout(ctx, u.Key, k, now); err != nil {
			return err
		}
		b.Log.Warn("an area is silent that by habit is not", "update", u.Key, "area", s.Area)
	}
	return nil
}
