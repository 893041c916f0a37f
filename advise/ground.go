package advise

import (
	"sync"

	"vedette"
)

// ground knows the places of all that stands: inside an area that holds none
// of them, nor a part that one of them holds, everywhere is alike.
type ground struct {
	places map[vedette.AreaID]bool // that something which stands names
	hold   map[vedette.AreaID]bool // that contain one of them

	mu sync.Mutex
	of map[vedette.AreaID]vedette.AreaID // the ground of divisions and countries
}

func (s *Standing) groundOf() *ground {
	gr := &ground{places: map[vedette.AreaID]bool{}, hold: map[vedette.AreaID]bool{}, of: map[vedette.AreaID]vedette.AreaID{}}
	for _, p := range s.all {
		gr.note(p.affected...)
		for _, ar := range p.update.AreaRisks {
			gr.note(ar.Area)
		}
		for i := range p.clears {
			gr.note(p.clears[i].area)
		}
		for i := range p.items {
			gr.note(p.items[i].except...)
			gr.note(p.items[i].of)
			for _, t := range p.items[i].targets {
				gr.note(t.area, t.of)
			}
		}
	}
	for i := range s.board {
		gr.note(s.board[i].Area)
	}
	for id := range gr.places {
		for _, up := range s.g.Ancestors(id) {
			gr.hold[up] = true
		}
	}
	return gr
}

func (gr *ground) note(ids ...vedette.AreaID) {
	for _, id := range ids {
		if id != "" {
			gr.places[id] = true
		}
	}
}

// Ground gives the division or country around an area everywhere in which, as
// far as it is alike to the area, what stands comes to the same: for as many
// towns as there are, it is worked out once. It is the area itself where that
// is a place of its own to what stands.
func (s *Standing) Ground(area vedette.AreaID) vedette.AreaID {
	gr := s.ground()
	if gr.places[area] || gr.hold[area] {
		return area
	}
	around, town := s.g.Holder(area)
	if around == "" || gr.hold[around] || !town && (s.g.Land(area) == area || s.parts(gr, area, around)) {
		return area
	}
	gr.mu.Lock()
	up, ok := gr.of[around]
	gr.mu.Unlock()
	if !ok {
		up = s.Ground(around)
		gr.mu.Lock()
		gr.of[around] = up
		gr.mu.Unlock()
	}
	return up
}

// Far says whether nothing that stands has to do with a country or sea.
func (s *Standing) Far(land vedette.AreaID) bool { return s.touch(land) == touch{} }

// parts says whether something that stands names one of the areas that hold a
// place, and not all that is around it. None does of a town: it is in what its
// division is in.
func (s *Standing) parts(gr *ground, area, around vedette.AreaID) bool {
	for _, id := range s.g.Ancestors(area) {
		if id != around && gr.places[id] && !s.g.Contains(id, around) {
			return true
		}
	}
	return false
}
