package index

import (
	"slices"
	"sync/atomic"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index/cover"
	"vedette/match/index/grid"
	"vedette/match/index/set"
	"vedette/match/index/spell"
)

// areas numbers the areas that somebody is kept at, and all that contain
// them. Number 0 is the empty area, which nothing contains.
type areas struct {
	g     *gazetteer.Gazetteer
	nodes []*node
	no    map[vedette.AreaID]uint32
	wide  []uint32  // countries, divisions, regions and seas
	towns grid.Grid // cities and airports, by their centres, as far as they go
	byRow atomic.Pointer[byRow]
}

// byRow is the wide areas by the rows that they cover.
type byRow struct {
	of   int // so many wide areas
	rows [cover.Height][]wide
}

// wide is a country, division, region or sea, with what it covers.
type wide struct {
	no   uint32
	land *cover.Cover
}

// rows gives the wide areas by row. They are worked out when a shape is first
// asked about, and again when there are more.
func (a *areas) rows() *[cover.Height][]wide {
	if r := a.byRow.Load(); r != nil && r.of == len(a.wide) {
		return &r.rows
	}
	r := &byRow{of: len(a.wide)}
	for _, no := range a.wide {
		w := wide{no, cover.Land(a.g, a.nodes[no].id)}
		for row := range w.land.Rows() {
			r.rows[row] = append(r.rows[row], w)
		}
	}
	a.byRow.Store(r)
	return &r.rows
}

// node is an area with those who are kept there from some time on, without
// an end, by how they are found; and those within it.
type node struct {
	id     vedette.AreaID
	up     []uint32 // what contains it, nearest first
	exact  [kinds]set.Set
	within set.Set    // at any area that it contains, itself not
	group  uint32     // the area under which spells at it are kept: its division, else its country, else itself
	groups []uint32   // those of itself and of all it contains
	spells spell.List // of its group, where that is itself
}

// kind is how a presence at an area is found by where it is.
type kind uint8

const (
	pointed   kind = iota // by its point
	placed                // by its area
	siteThere             // by its area, and because of a site there
	kinds
	inside kind = kinds // as a number of a mark only: in an area that contains it
)

func (a *areas) begin(g *gazetteer.Gazetteer) {
	a.g, a.no, a.towns = g, map[vedette.AreaID]uint32{}, grid.New()
	a.of("")
}

// of gives the number of an area, a new one to an area that is new.
func (a *areas) of(id vedette.AreaID) uint32 {
	if no, ok := a.no[id]; ok {
		return no
	}
	no := uint32(len(a.nodes))
	n := &node{id: id, group: no}
	a.nodes, a.no[id] = append(a.nodes, n), no
	place, known := a.g.Shared(id)
	if !known {
		n.groups = []uint32{no}
		return no
	}
	for _, up := range a.g.Ancestors(id) {
		if u := a.of(up); !slices.Contains(n.up, u) {
			n.up = append(n.up, u)
		}
	}
	switch place.Kind {
	case vedette.AreaCity, vedette.AreaAirport:
		a.towns.Add(grid.At(place.Center, a.g.RadiusKM(id), no))
		n.group = a.home(n, no)
	default:
		a.wide = append(a.wide, no)
	}
	for _, u := range append([]uint32{no}, n.up...) {
		if o := a.nodes[u]; !slices.Contains(o.groups, n.group) {
			o.groups = append(o.groups, n.group)
		}
	}
	return no
}

// home gives the division or country of a city or airport. Whatever holds
// that holds the city too, or it is its own.
func (a *areas) home(n *node, no uint32) uint32 {
	for _, u := range n.up {
		place, _ := a.g.Shared(a.nodes[u].id)
		if place == nil || place.Kind != vedette.AreaDivision && place.Kind != vedette.AreaCountry {
			continue
		}
		for _, over := range a.nodes[u].up {
			if !slices.Contains(n.up, over) {
				return no
			}
		}
		return u
	}
	return no
}

// holds says whether an area is another or contains it.
func (a *areas) holds(outer, inner uint32) bool {
	return outer == inner || slices.Contains(a.nodes[inner].up, outer)
}

// find gives the number of an area that is asked about, and of all that
// contain it, of those that somebody is kept at or in.
func (a *areas) find(id vedette.AreaID) (no uint32, have bool, up []uint32) {
	if id == "" {
		return 0, false, nil
	}
	if no, ok := a.no[id]; ok {
		return no, true, a.nodes[no].up
	}
	for _, u := range a.g.Ancestors(id) {
		if no, ok := a.no[u]; ok {
			up = append(up, no)
		}
	}
	return 0, false, up
}
