package desk

import (
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/tell"
	"vedette/tell/record"
)

// mostStates is how many states of an update are looked at together.
const mostStates = 4

// alike numbers what comes to the same in every state of an update: where
// people are kept, and where their trips go. It is safe for concurrent use.
type alike struct {
	gaz    *gazetteer.Gazetteer
	states []*record.Record

	mu    sync.Mutex
	likes map[*roster.Like]int
	areas map[vedette.AreaID]goal
	homes map[home]int
	trips map[trip]int
}

// home is all that counts of where somebody is kept, and who they are; of
// whoever lives far from it all only the latter.
type home struct {
	kind    int
	because vedette.Because
	old     bool
	exact   bool
	at      [mostStates]base
	pointed bool
	point   vedette.Point
	spread  float64
}

// base is what a place is to a state of the update.
type base struct {
	ground tell.Ground
	near   vedette.Relation // of a site, by how far off it is
}

// trip is all that counts of where a trip goes, by state.
type trip [mostStates]tell.Ground

// goal is its number, and whether it counts before it has begun.
type goal struct {
	no    int
	ahead bool
}

func newAlike(g *gazetteer.Gazetteer, states []*record.Record) *alike {
	return &alike{gaz: g, states: states, likes: map[*roster.Like]int{}, areas: map[vedette.AreaID]goal{}, homes: map[home]int{}, trips: map[trip]int{}}
}

// home numbers where people are kept. Where in a place they live or work counts
// for nothing unless something is drawn; how far off a site is may.
func (a *alike) home(l *roster.Like) int {
	return numbered(&a.mu, a.likes, l, func() int { return number(a.homes, a.homeOf(l)) })
}

func (a *alike) homeOf(l *roster.Like) home {
	h := home{kind: l.Kind, because: l.At.Because, old: l.Old, exact: l.Exact}
	far := true
	for i, st := range a.states {
		near := st.Rule.Near(&l.At)
		if near == vedette.RelationOut && st.Far(l.Land) {
			continue
		}
		far = false
		h.at[i] = base{st.Ground(l.At.Area), near}
		if st.Draws() && l.At.Point != nil {
			h.at[i].ground.Area, h.pointed, h.point, h.spread = l.At.Area, true, *l.At.Point, l.At.Spread
		}
	}
	if far {
		return home{kind: l.Kind}
	}
	return h
}

// far says whether a land is far from all of it.
func (a *alike) far(land vedette.AreaID) bool {
	return !slices.ContainsFunc(a.states, func(st *record.Record) bool { return !st.Far(land) })
}

// trip numbers where trips go, 0 apart for far from it all; ahead says whether
// any state asks about one that has not begun.
func (a *alike) trip(area vedette.AreaID) (no int, ahead bool) {
	t := numbered(&a.mu, a.areas, area, func() goal {
		var grounds trip
		land := a.gaz.Land(area)
		for i, st := range a.states {
			if !st.Far(land) {
				grounds[i] = st.Ground(area)
			}
		}
		ahead := slices.ContainsFunc(a.states, func(st *record.Record) bool { return st.Bears(area) })
		return goal{1 + number(a.trips, grounds), ahead}
	})
	return t.no, t.ahead
}

// numbered looks a number up; each is worked out once.
func numbered[K comparable, N any](mu *sync.Mutex, of map[K]N, k K, work func() N) N {
	mu.Lock()
	defer mu.Unlock()
	n, have := of[k]
	if !have {
		n = work()
		of[k] = n
	}
	return n
}

// number gives each thing one.
func number[K comparable](of map[K]int, k K) int {
	n, have := of[k]
	if !have {
		n = len(of)
		of[k] = n
	}
	return n
}
