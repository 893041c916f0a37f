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
			a := arrivals{Arriving: by, likes: l, near: near, from: spell.Nanos(q.From, spell.Always), until: spell.Nanos(q.To, spell.Forever), there: make([]answer, len(l.list))}
			parts[i] = a.count(i, len(see))
		})
	}
	wg.Wait()
	for _, k := range parts {
		n += k
	}
	return n
}

// arrivals counts those with some goals.
type arrivals struct {
	*Arriving
	likes       *likes
	near        []bool // by goal: a trip there may be found
	from, until int64
	there       []answer // by kind, once asked
}

// answer is that to a question that is asked once.
type answer uint8

const (
	yes answer = 1 + iota
	not
)

// count goes through each so-manieth goal.
func (a *arrivals) count(first, step int) (n int) {
	for i := first; i < len(a.near); i += step {
		if to := &a.likes.goals.list[i]; a.near[i] && len(to.away) > 0 && a.To(to.area) {
			n += a.at(to.away)
		}
	}
	return n
}

// at counts who arrives at one.
func (a *arrivals) at(list []Booked) (n int) {
	for i := range list {
		b := &list[i]
		if k := a.likes.list[b.kind]; b.from > a.from && b.from < a.until && !(a.Drawn && k.Exact) && !a.kept(b.kind, k) {
			n++
		}
	}
	return n
}

// kept says whether a kind is there already.
func (a *arrivals) kept(no uint32, k *kind) bool {
	if a.there[no] == 0 {
		a.there[no] = not
		if a.There(&k.Like) {
			a.there[no] = yes
		}
	}
	return a.there[no] == yes
}
