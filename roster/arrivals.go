package roster

import (
	"sync"

	"vedette"
	"vedette/match/index"
	"vedette/match/index/spell"
)

// Arriving says who arrives, by one presence at a time. Its functions are
// called by several at the same time.
type Arriving struct {
	Drawn bool                      // shapes are asked about: whoever is kept at a point of their own is looked at by themselves
	There func(*Like) bool          // whoever is kept so is there, or may be, already
	To    func(vedette.AreaID) bool // whoever travels there arrives
}

// Arrivals counts those who have one trip, which begins in the window of a
// query and brings them to what it asks about, while they are not kept there.
// Each of the functions see is called with some of all others whose presence
// may do so, as in Survey.
func (r *Roster) Arrivals(q index.Query, by *Arriving, see []func(*Seen)) (n int) {
	r.makeCells(q.From, q.From)
	defer r.mu.RUnlock()
	l := &r.cells.likes
	_, near := l.found([]index.Query{q})
	q.Begins = true
	found, parts := r.Index.Find(q), make([]int, len(see))
	var wg sync.WaitGroup
	for i := range see {
		wg.Go(func() {
			at := r.facts.reader()
			r.Index.See(found.Part(i, len(see)), func(key int64) bool {
				return !at.crowded(key) || by.Drawn && l.list[at.at(key).like&^more].Exact
			}, r.facts.seer(at, see[i]))
			a := arrivals{Arriving: by, likes: l, near: near, from: spell.Nanos(q.From, spell.Always), until: spell.Nanos(q.To, spell.Forever), to: make([]answer, len(near))}
			parts[i] = a.count(1+i, len(see))
		})
	}
	wg.Wait()
	for _, k := range parts {
		n += k
	}
	return n
}

// arrivals counts those of some kinds.
type arrivals struct {
	*Arriving
	likes       *likes
	near        []bool // by goal: a trip there may be found
	from, until int64
	to          []answer // by goal, once asked
}

// answer is that to a question that is asked once.
type answer uint8

const (
	yes answer = 1 + iota
	no
)

func (a *answer) is(ask func() bool) bool {
	if *a == 0 {
		*a = no
		if ask() {
			*a = yes
		}
	}
	return *a == yes
}

// count goes through each so-manieth kind.
func (a *arrivals) count(first, step int) (n int) {
	for i := first; i < len(a.likes.list); i += step {
		k := a.likes.list[i]
		if a.Drawn && k.Exact {
			continue
		}
		var there answer
		for j := range k.away {
			b := &k.away[j]
			if !a.near[b.Goal] || b.from <= a.from || b.from >= a.until {
				continue
			}
			arrives := a.to[b.Goal].is(func() bool { return a.To(a.likes.goals.list[b.Goal].area) })
			if arrives && !there.is(func() bool { return a.There(&k.Like) }) {
				n++
			}
		}
	}
	return n
}
