package gazetteer

import (
	"sync/atomic"

	"vedette"
	"vedette/gazetteer/words"
)

// kept is what was worked out for a number, of a name or a town, and kept:
// report after report names the same places. There is one place for each of the
// last bits of a number, so that no text makes it grow.
type kept[T any] [1 << 11]atomic.Pointer[keptValue[T]]

type keptValue[T any] struct {
	number int
	value  T
}

// get gives what is kept for a number, made first where it is not.
func (k *kept[T]) get(number int, work func(int) T) T {
	at := &k[uint(number)%uint(len(k))]
	if v := at.Load(); v != nil && v.number == number {
		return v.value
	}
	v := &keptValue[T]{number, work(number)}
	at.Store(v)
	return v.value
}

// Shared gives the area of an id as Area does, but one that is shared: it and
// its slices are not to be changed.
func (g *Gazetteer) Shared(id vedette.AreaID) (*vedette.Area, bool) {
	if i, ok := g.index[id]; ok {
		return &g.core[i], true
	}
	if i, ok := g.towns.find(id); ok {
		return g.keptTowns.get(i, g.town), true
	}
	return nil, false
}

func (g *Gazetteer) town(i int) *vedette.Area {
	a := g.towns.area(i)
	return &a
}

// Bearers gives the areas of Namesakes, shared.
func (g *Gazetteer) Bearers(name string) []*vedette.Area {
	if len(name) > maxNameBytes {
		return nil
	}
	key := g.names.lookup(words.Fold(name))
	if key < 0 {
		return nil
	}
	return g.keptBearers.get(key, func(key int) []*vedette.Area {
		var out []*vedette.Area
		for _, id := range g.namesakes(key) {
			if a, ok := g.Shared(id); ok {
				out = append(out, a)
			}
		}
		return out
	})
}
