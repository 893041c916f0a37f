package gazetteer

import (
	_ "embed"
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer/shape"
)

//go:embed data/outline-10m.bin.gz
var packedFine []byte

//go:embed data/outline-50m.bin.gz
var packedCoarse []byte

var (
	fineOutlines   = sync.OnceValue(func() *shape.Outlines { return mustDecode(packedFine) })
	coarseOutlines = sync.OnceValue(func() *shape.Outlines { return mustDecode(packedCoarse) })
)

// Warm reads what is otherwise read when first asked for: the outlines and
// the grid of towns, half a second's work that a question in the night should
// not wait for.
func (g *Gazetteer) Warm() {
	fineOutlines()
	coarseOutlines()
	divisionOutlines()
	g.grid()
}

// mustDecode reads embedded outlines; a test holds that they can be read.
func mustDecode(packed []byte) *shape.Outlines {
	b, err := unpack(packed)
	if err != nil {
		panic("gazetteer: embedded outlines do not load: " + err.Error())
	}
	o, err := shape.Decode(b)
	if err != nil {
		panic("gazetteer: embedded outlines do not load: " + err.Error())
	}
	return o
}

// Outline gives an area's polygons, each as rings, the outer one first, each
// ring as points in degrees with the first repeated at the end. A country's
// come from Natural Earth at 1:10m when fine, else at 1:50m (the other where one
// lacks it); a division's from its map of divisions, in one grain, and some of
// the youngest have none; a sea's is drawn by hand; a region gives its members'
// together. A ring across the antimeridian goes on beyond 180 degrees east or
// west, so that it stays whole. Cities, airports and unknown areas
// have none: nil.
func (g *Gazetteer) Outline(id vedette.AreaID, fine bool) [][][]vedette.Point {
	i, ok := g.index[id]
	if !ok {
		return nil
	}
	switch g.core[i].Kind {
	case vedette.AreaCountry:
		return polygonsOf(string(id), fine)
	case vedette.AreaDivision:
		return divisionOutlines().Polygons(string(id))
	case vedette.AreaSea:
		for _, s := range g.seas {
			if s.id == id {
				return [][][]vedette.Point{{slices.Clone(s.ring)}}
			}
		}
	case vedette.AreaRegion:
		var out [][][]vedette.Point
		for _, m := range g.members[id] {
			out = append(out, g.Outline(m, fine)...)
		}
		return out
	}
	return nil
}

// Pieces gives the polygons of Outline, fine, which are made when they are
// asked for. A region has none of its own: its members have.
func (g *Gazetteer) Pieces(id vedette.AreaID) []shape.Piece {
	i, ok := g.index[id]
	if !ok {
		return nil
	}
	switch g.core[i].Kind {
	case vedette.AreaCountry:
		if pieces := fineOutlines().Pieces(string(id)); pieces != nil {
			return pieces
		}
		return coarseOutlines().Pieces(string(id))
	case vedette.AreaDivision:
		return divisionOutlines().Pieces(string(id))
	case vedette.AreaSea:
		for k := range g.seas {
			if s := &g.seas[k]; s.id == id {
				return []shape.Piece{{Box: s.Box, Rings: func() [][]vedette.Point { return [][]vedette.Point{s.ring} }}}
			}
		}
	}
	return nil
}

// BorderKM gives how many kilometres off the border of a country a point lies, at
// 1:50m, where that is below the limit; the limit otherwise, and for what has no
// such outline.
func (g *Gazetteer) BorderKM(country vedette.AreaID, p vedette.Point, limit float64) float64 {
	return coarseOutlines().Near(string(country), p, limit)
}

// polygonsOf gives a country's or, after "!", a dispute's polygons.
func polygonsOf(key string, fine bool) [][][]vedette.Point {
	o, other := coarseOutlines, fineOutlines
	if fine {
		o, other = other, o
	}
	if polygons := o().Polygons(key); polygons != nil {
		return polygons
	}
	return other().Polygons(key) // too small for the first
}
