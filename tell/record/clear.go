package record

import (
	"context"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/store"
)

// openClear reads what people were told in the situations that an all-clear is
// of, and which of them had an immediate warning for its area.
func (r *Record) openClear(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer) error {
	at := map[time.Time][]int64{} // whom to look for in its area, as it was recorded when they were told
	for _, id := range r.Update.Clears.Of {
		w := warnings{g: g, rows: rows, area: r.Update.Clears.Area, updates: map[int64]*vedette.Update{}, variants: map[variant]vedette.Variant{}}
		if err := w.read(ctx, id); err != nil {
			return err
		}
		for person, warned := range w.people {
			h, known := r.of(person), r.Holds(person) > 0
			h.warned, h.digest = h.warned || warned, (h.digest || !known) && !w.plain[person]
			r.keep(person, h)
		}
		for made, people := range w.ask {
			at[made] = append(at[made], people...)
		}
	}
	for made, people := range at {
		ps, err := rows.PresencesAt(ctx, people, made)
		if err != nil {
			return err
		}
		for _, person := range people {
			for _, p := range ps[person] {
				if p.Covers(made) && meets(g, r.Update.Clears.Area, p.Area) {
					r.keep(person, held{warned: true})
				}
			}
		}
	}
	return nil
}

// warnings are the immediate notices of a situation.
type warnings struct {
	g        *gazetteer.Gazetteer
	rows     *store.Org
	area     vedette.AreaID
	updates  map[int64]*vedette.Update
	variants map[variant]vedette.Variant

	people map[int64]bool        // everyone told; true: of an immediate warning that was for the area by its own words
	plain  map[int64]bool        // who was told of any of it otherwise than by a digest
	ask    map[time.Time][]int64 // of the other immediate ones, by when they were made: who was there?
}

func (w *warnings) read(ctx context.Context, situation vedette.ID) error {
	w.people, w.plain, w.ask = map[int64]bool{}, map[int64]bool{}, map[time.Time][]int64{}
	var list []store.LastTold
	if err := w.rows.Warned(ctx, situation, func(l store.LastTold) { list = append(list, l) }); err != nil {
		return err
	}
	for i := range list {
		l := &list[i]
		w.plain[l.Recipient] = w.plain[l.Recipient] || !l.Gathered
		if w.people[l.Recipient] {
			continue
		}
		w.people[l.Recipient] = false
		u, v, err := w.notice(ctx, l)
		if err != nil {
			return err
		}
		switch {
		case !immediate(u, &v):
		case w.inside(u, &v) || l.Relation == vedette.RelationWatches && w.about(u):
			w.people[l.Recipient] = true
		default:
			w.ask[l.MadeAt] = append(w.ask[l.MadeAt], l.Recipient)
		}
	}
	return nil
}

// notice gives what a notice is of, reading each update once.
func (w *warnings) notice(ctx context.Context, l *store.LastTold) (*vedette.Update, vedette.Variant, error) {
	u, ok := w.updates[l.Update]
	if !ok {
		var err error
		if u, err = w.rows.UpdateByKey(ctx, l.Update); err != nil {
			return nil, vedette.Variant{}, err
		}
		vs, err := w.rows.Variants(ctx, l.Update)
		if err != nil {
			return nil, vedette.Variant{}, err
		}
		for _, v := range vs {
			w.variants[variant{l.Update, v.No}] = v
		}
		w.updates[l.Update] = u
	}
	return u, w.variants[variant{l.Update, l.Variant}], nil
}

// immediate says whether a notice was a warning: its update is immediate, or a
// condition of it was met.
func immediate(u *vedette.Update, v *vedette.Variant) bool {
	if u.Cancels != "" {
		return false
	}
	met := false
	for _, l := range v.Lines {
		met = met || l.Met
	}
	return met || u.Content.Urgency == vedette.UrgencyImmediate
}

// inside says whether something in a notice is for a place inside the area.
func (w *warnings) inside(u *vedette.Update, v *vedette.Variant) bool {
	in := func(id vedette.AreaID) bool { return id != "" && (id == w.area || w.g.Contains(w.area, id)) }
	for _, l := range v.Lines {
		if l.Update == "" && in(l.Area) {
			return true
		}
	}
	for _, a := range v.Areas {
		if in(a) {
			return true
		}
	}
	return len(v.Areas) > 0 && len(u.Content.Affected) == 1 && in(u.Content.Affected[0].Area)
}

// about says whether an update is about the area, or somewhere in it or around.
func (w *warnings) about(u *vedette.Update) bool {
	for _, id := range u.Areas() {
		if meets(w.g, w.area, id) {
			return true
		}
	}
	return false
}

func meets(g *gazetteer.Gazetteer, area, at vedette.AreaID) bool {
	return area == at || g.Contains(area, at) || g.Contains(at, area)
}
