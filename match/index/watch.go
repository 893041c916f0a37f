package index

import (
	"encoding/json"
	"slices"

	"vedette"
	"vedette/match/index/cover"
	"vedette/match/index/set"
)

// watches holds what people asked to be told, the same of many once.
type watches struct {
	kinds []*watched
	no    map[string]int
	of    map[uint32][]watch // by person
	n     int
}

// watched is a watch as many may have it, and who does.
type watched struct {
	vedette.Watch // of none
	people        set.Set
	areas         []uint32
	cover         *cover.Cover // of the shape
}

// watch is one person's.
type watch struct {
	key  int64
	id   vedette.ID
	kind int
}

func newWatches() watches { return watches{no: map[string]int{}, of: map[uint32][]watch{}} }

// SetWatches replaces all watches of a person; none removes them.
func (x *Index) SetWatches(person int64, ws []vedette.Watch) {
	x.mu.Lock()
	defer x.mu.Unlock()
	n, have := x.number(person)
	switch {
	case have:
	case len(ws) == 0:
		return
	default:
		n = x.numbered(person)
	}
	for _, w := range x.watches.of[n] {
		x.watches.kinds[w.kind].people.Remove(n)
	}
	x.watches.n += len(ws) - len(x.watches.of[n])
	delete(x.watches.of, n)
	for i := range ws {
		k := x.kindOf(&ws[i])
		x.watches.kinds[k].people.Add(n)
		x.watches.of[n] = append(x.watches.of[n], watch{ws[i].Key, ws[i].ID, k})
	}
}

// kindOf gives the number of a watch of that kind.
func (x *Index) kindOf(w *vedette.Watch) int {
	w2 := *w
	w2.Key, w2.ID, w2.Person = 0, "", 0
	name, err := json.Marshal(w2)
	if no, ok := x.watches.no[string(name)]; ok && err == nil {
		return no
	}
	no := len(x.watches.kinds)
	w2.Areas, w2.Categories = slices.Clone(w.Areas), slices.Clone(w.Categories)
	k := &watched{Watch: w2}
	for _, id := range w.Areas {
		k.areas = append(k.areas, x.areas.of(id))
	}
	if w.Shape != nil {
		k.cover = cover.Drawn(w.Shape, w.Shape.Unsure)
	}
	x.watches.kinds = append(x.watches.kinds, k)
	if err == nil {
		x.watches.no[string(name)] = no
	}
	return no
}

// Watches gives all watches that are held of a person, in the order they were
// put in, after what is in the slice already. What they point to is shared.
func (x *Index) Watches(person int64, into []vedette.Watch) []vedette.Watch {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n, have := x.number(person)
	if !have {
		return into
	}
	for _, w := range x.watches.of[n] {
		one := x.watches.kinds[w.kind].Watch
		one.Key, one.ID, one.Person = w.key, w.id, person
		into = append(into, one)
	}
	return into
}

// Watching says whether a watch is held of a person.
func (x *Index) Watching(person int64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.watches.n == 0 {
		return false
	}
	n, have := x.number(person)
	return have && len(x.watches.of[n]) > 0
}

// watchers finds who asked to be told.
func (f *finding) watchers() {
	if f.q.Watch == nil {
		return
	}
	for _, k := range f.x.watches.kinds {
		if k.people.Len() > 0 && k.passes(f.q.Watch) && f.watches(k) {
			f.rest.addAll(&k.people)
		}
	}
}

func (k *watched) passes(facts *Facts) bool {
	return slices.ContainsFunc(facts.Risks, func(r vedette.Risk) bool { return k.Passes(facts.Content, r) })
}

// watches says whether a watch is about a place the query may be about.
func (f *finding) watches(k *watched) bool {
	if len(k.Areas) == 0 && k.Shape == nil {
		return true
	}
	g := f.x.areas.g
	for i := range f.subjects {
		s := &f.subjects[i]
		for _, at := range k.areas {
			if at != 0 && (s.have && f.x.areas.holds(s.no, at) || slices.Contains(s.up, at)) {
				return true
			}
		}
		if k.cover != nil && s.Area != "" && k.cover.Meets(cover.Land(g, s.Area)) {
			return true
		}
	}
	for _, c := range f.covers {
		if k.cover != nil && k.cover.Meets(c) {
			return true
		}
		for _, at := range k.areas {
			if slices.Contains(f.homes, at) || c.Meets(cover.Land(g, f.x.areas.nodes[at].id)) {
				return true
			}
		}
	}
	return false
}
