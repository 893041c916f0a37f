package roster

import (
	"cmp"
	"slices"
	"sync"
)

// Holders are people who hold something, and the number of what each of them
// holds: those of one number are alike by it. The lists must not be changed.
type Holders struct {
	Keys []int64 // ascending
	Nos  []int32 // above 0, beside them

	mu   sync.Mutex
	kept *sorted // as last asked for
}

// sorted is how holders are alike while nothing changes of any people: most
// looks come one after the other while an update is edited, and nobody moves.
type sorted struct {
	of    *Roster
	turn  int64
	stay  []staying // who has no trip
	away  []awaying // who has one, in the order of their kinds
	alone []int64   // alike to nobody, ascending
	kinds []holding // by number of a kind
}

// staying is those of a kind who hold the same and have no trip.
type staying struct {
	kind uint32
	no   int32
	keys []int64 // ascending
}

// awaying is somebody who holds something and has a trip.
type awaying struct {
	Booked
	no int32
}

// holding is what of a kind's people without a trip hold something.
type holding struct {
	n    int
	free []int64 // the first few who hold nothing, where somebody does
}

// sort gives how holders are alike; the roster is locked for reading.
func (r *Roster) sort(h *Holders) *sorted {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.kept == nil || h.kept.of != r || h.kept.turn != r.turn {
		h.kept = r.sorted(h)
	}
	return h.kept
}

func (r *Roster) sorted(h *Holders) *sorted {
	list := r.cells.likes.list
	s := &sorted{of: r, turn: r.turn, kinds: make([]holding, len(list))}
	at, where := r.facts.reader(), map[staysAs]int{}
	for i, key := range h.Keys {
		kind, no := at.at(key).like, h.Nos[i]
		switch trips := kind&more != 0; {
		case !at.crowded(key):
			s.alone = append(s.alone, key)
		case trips:
			b, one := slices.BinarySearchFunc(list[kind&^more].away, key, Booked.order)
			if !one {
				s.alone = append(s.alone, key)
				continue
			}
			s.away = append(s.away, awaying{list[kind&^more].away[b], no})
		default:
			s.stays(where, staysAs{kind, no}, key)
		}
	}
	slices.SortFunc(s.away, func(a, b awaying) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.no, b.no), cmp.Compare(a.Key, b.Key))
	})
	for no, k := range list {
		if s.kinds[no].n > 0 {
			s.kinds[no].free = h.without(k.stay, someOf)
		}
	}
	return s
}

// staysAs tells apart those of a kind who hold the same.
type staysAs struct {
	kind uint32
	no   int32
}

func (s *sorted) stays(where map[staysAs]int, as staysAs, key int64) {
	i, known := where[as]
	if !known {
		i = len(s.stay)
		where[as] = i
		s.stay = append(s.stay, staying{kind: as.kind, no: as.no})
	}
	s.stay[i].keys = append(s.stay[i].keys, key)
	s.kinds[as.kind].n++
}

// without gives the first few of a list, ascending, who hold nothing.
func (h *Holders) without(list []int64, most int) (out []int64) {
	held := h.Keys
	for _, key := range list {
		i, holds := slices.BinarySearch(held, key)
		held = held[i:]
		if !holds {
			if out = append(out, key); len(out) == most {
				break
			}
		}
	}
	return out
}
