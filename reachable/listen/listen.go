// Package listen reads what came back of an update from each country or sea,
// and holds it against how that area answered before.
package listen

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/reachable"
	"vedette/store"
)

// How far the past counts, after how long an update belongs to it, and how many
// of an area count at most.
const (
	Past    = 90 * 24 * time.Hour
	Settled = 24 * time.Hour
	most    = 20
)

// Silences finds the areas whose word of an update falls under their habit. An
// update older than [Settled] is of the past: of it nothing is said.
func Silences(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, u *vedette.Update, now time.Time) (out []reachable.Silence, err error) {
	if u.PublishedAt.IsZero() || now.Sub(u.PublishedAt) > Settled {
		return nil, nil
	}
	kept, err := rows.Habits(ctx, now.Add(-Past))
	if err != nil || len(kept) < reachable.HabitSends {
		return nil, err
	}
	habits := map[vedette.AreaID][]reachable.Answered{}
	for _, h := range kept {
		if list := habits[h.Area]; len(list) < most {
			habits[h.Area] = append(list, reachable.Answered{Sent: h.Sent, Arrived: h.Arrived})
		}
	}
	came, err := byLand(ctx, rows, g, u.Key)
	if err != nil {
		return nil, err
	}
	for area, list := range came {
		if s, silent := reachable.Hears(habits[area], batches(list), now); silent {
			s.Area = area
			out = append(out, s)
		}
	}
	if err := sinceBefore(ctx, rows, g, u, out, now); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b reachable.Silence) int {
		return cmp.Or(cmp.Compare(b.Sent-b.Arrived, a.Sent-a.Arrived), cmp.Compare(a.Area, b.Area))
	})
	return out, nil
}

// sinceBefore says of areas from which nothing came of an update when the last
// word came of those before it in its situation: they were silent already when
// it was sent.
func sinceBefore(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, u *vedette.Update, silent []reachable.Silence, now time.Time) error {
	if !slices.ContainsFunc(silent, unheard) || u.Number < 2 {
		return nil
	}
	chain, err := rows.Chain(ctx, u.Situation.ID)
	if err != nil {
		return err
	}
	last := map[vedette.AreaID]time.Time{}
	for _, v := range chain {
		if v.Number >= u.Number || v.PublishedAt.IsZero() || now.Sub(v.PublishedAt) > Settled {
			continue
		}
		came, err := byLand(ctx, rows, g, v.Key)
		if err != nil {
			return err
		}
		for area, list := range came {
			for _, r := range list {
				if r.Last.After(last[area]) {
					last[area] = r.Last
				}
			}
		}
	}
	for i := range silent {
		if at := last[silent[i].Area]; unheard(silent[i]) && !at.IsZero() {
			silent[i].Since = at
		}
	}
	return nil
}

// unheard says that of an update nothing came from an area at all.
func unheard(s reachable.Silence) bool { return s.Nothing && s.Arrived == 0 }

// Measure keeps how the areas answered updates that belong to the past, a few
// at a time, and says whether there may be more.
func Measure(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, now time.Time) (more bool, err error) {
	const few = 5
	keys, err := rows.Unmeasured(ctx, now.Add(-Past), now.Add(-Settled), few)
	if err != nil {
		return false, err
	}
	for _, key := range keys {
		came, err := byLand(ctx, rows, g, key)
		if err != nil {
			return false, err
		}
		var list []store.Habit
		for area, rs := range came {
			list = append(list, habit(area, rs))
		}
		if err := rows.KeepHabits(ctx, key, list); err != nil {
			return false, err
		}
	}
	return len(keys) == few, nil
}

// byLand counts what came back by the country or sea where people were told
// they are. Somebody in two is counted in both.
func byLand(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, update int64) (map[vedette.AreaID][]store.Receipts, error) {
	list, err := rows.Receipts(ctx, update, reachable.Bounds)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	vs, err := rows.Variants(ctx, update)
	if err != nil {
		return nil, err
	}
	lands := map[int][]vedette.AreaID{}
	for _, v := range vs {
		for _, id := range v.Areas {
			if a, ok := g.Area(id); ok && a.Country != "" {
				id = a.Country
			}
			if !slices.Contains(lands[v.No], id) {
				lands[v.No] = append(lands[v.No], id)
			}
		}
	}
	out := map[vedette.AreaID][]store.Receipts{}
	for _, r := range list {
		for _, land := range lands[r.Variant] {
			out[land] = append(out[land], r)
		}
	}
	return out, nil
}

// batches puts those together who were told in the same minute.
func batches(list []store.Receipts) (out []reachable.Batch) {
	at := map[time.Time]int{}
	for _, r := range list {
		i, known := at[r.Made]
		if !known {
			i, at[r.Made] = len(out), len(out)
			out = append(out, reachable.Batch{Made: r.Made})
		}
		b := &out[i]
		if b.Sent += r.Sent; r.Within < 0 {
			continue
		}
		if b.Arrived += r.Sent; r.Last.After(b.Last) {
			b.Last = r.Last
		}
	}
	return out
}

// habit adds up how an area answered.
func habit(area vedette.AreaID, list []store.Receipts) store.Habit {
	h := store.Habit{Area: area, Arrived: make([]int, len(reachable.Bounds))}
	for _, r := range list {
		h.Sent += r.Sent
		for i := range h.Arrived {
			if r.Within >= 0 && r.Within <= i {
				h.Arrived[i] += r.Sent
			}
		}
	}
	return h
}
