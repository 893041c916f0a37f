package draw

import (
	"maps"
	"math"
	"slices"

	"vedette"
)

const (
	margin     = 0.07 // of the fitted box, on each side
	leastSpan  = 5.0  // degrees of latitude shown at least
	finePixels = 45.0 // pixels per degree from which the fine coastline shows
	smallPiece = 0.08 // of an area's largest piece; smaller ones do not widen the view
	farNorth   = 84.0 // nothing is fitted beyond
	farSouth   = -60.0
)

// view is the projection: equirectangular, with degrees of longitude as long
// as they are in the middle of the view.
type view struct {
	west, north float64 // degrees at the left upper corner
	scale       float64 // pixels per degree of latitude
	squeeze     float64 // cosine of the middle latitude
	width       float64 // pixels
	height      float64
}

// xy is a point on the picture, in pixels from the left upper corner.
type xy struct{ x, y float64 }

// at projects a point; turn is 0, 360 or -360.
func (v view) at(p vedette.Point, turn float64) xy {
	return xy{(p.Lon + turn - v.west) * v.scale * v.squeeze, (v.north - p.Lat) * v.scale}
}

// place projects a point to where it lies in the view, if it does.
func (v view) place(p vedette.Point) (xy, bool) {
	for _, turn := range turns {
		q := v.at(p, turn)
		if q.x >= 0 && q.x <= v.width && q.y >= 0 && q.y <= v.height {
			return q, true
		}
	}
	return xy{}, false
}

// turns are where a shape may lie from its own longitudes.
var turns = []float64{0, 360, -360}

// span is a stretch of longitudes, from < to, and of latitudes.
type span struct{ from, to, south, north float64 }

// fit chooses the view that holds all fills and marks. Round the globe it
// begins after the widest stretch without any.
func (d *drawing) fit() view {
	spans := d.spans()
	if len(spans) == 0 || d.Whole {
		spans = []span{{-169, 190, farSouth, farNorth}}
	}
	south, north := 90.0, -90.0
	for _, s := range spans {
		south, north = min(south, s.south), max(north, s.north)
	}
	south, north = max(south, -89), min(north, 89)
	west, east := around(spans)
	v := view{width: float64(d.Width), height: float64(d.Height)}
	v.squeeze = math.Max(math.Cos((south+north)/2*math.Pi/180), 0.2)
	least := d.Least
	if !(least > 0) {
		least = leastSpan
	}
	high := max(north-south, least) * (1 + 2*margin)
	wide := max(east-west, least) * (1 + 2*margin)
	v.scale = min(v.height/high, v.width/(wide*v.squeeze))
	v.scale = max(v.scale, v.width/(360*v.squeeze)) // never round the globe twice
	v.west = (west+east)/2 - v.width/v.scale/v.squeeze/2
	v.north = (south+north)/2 + v.height/v.scale/2
	return v
}

// spans gives the boxes of what the view is to hold, with longitudes running
// on beyond 180 where a piece does.
func (d *drawing) spans() []span {
	var out []span
	if a := d.Around; a != nil && a.Validate() == nil {
		return []span{{a.Lon, a.Lon, a.Lat, a.Lat}}
	}
	for _, id := range d.toHold() {
		out = append(out, mainPieces(d.g.Outline(id, false))...)
	}
	for _, t := range d.towns {
		out = append(out, span{t.at.Lon, t.at.Lon, t.at.Lat, t.at.Lat})
	}
	for _, r := range d.rings {
		out = append(out, spanOf(r.points))
	}
	for _, p := range d.Pins {
		if p.At.Validate() == nil && len(d.Fills) == 0 {
			out = append(out, span{p.At.Lon, p.At.Lon, p.At.Lat, p.At.Lat})
		}
	}
	for _, m := range d.Marks {
		out = append(out, span{m.At.Lon, m.At.Lon, m.At.Lat, m.At.Lat})
	}
	return out
}

// filled gives the filled countries and seas in a fixed order.
func (d *drawing) filled() []vedette.AreaID { return slices.Sorted(maps.Keys(d.fills)) }

// toHold gives those the view is to hold: all where every fill stands aside.
func (d *drawing) toHold() []vedette.AreaID {
	ids := slices.DeleteFunc(d.filled(), func(id vedette.AreaID) bool { return !d.held[id] })
	if len(ids) == 0 && len(d.towns) == 0 && len(d.Marks) == 0 && len(d.rings) == 0 {
		return d.filled()
	}
	return ids
}

// mainPieces gives the boxes of an area's larger pieces, so that far islets do
// not widen the view.
func mainPieces(polygons [][][]vedette.Point) []span {
	var all []span
	largest := 0.0
	for _, rings := range polygons {
		s := spanOf(rings[0])
		all = append(all, s)
		largest = max(largest, s.size())
	}
	return slices.DeleteFunc(all, func(s span) bool { return s.size() < smallPiece*largest })
}

func (s span) size() float64 { return (s.to - s.from) * (s.north - s.south) }

func spanOf(ring []vedette.Point) span {
	s := span{math.Inf(1), math.Inf(-1), 90, -90}
	for _, p := range ring {
		s.from, s.to = min(s.from, p.Lon), max(s.to, p.Lon)
		s.south, s.north = min(s.south, p.Lat), max(s.north, p.Lat)
	}
	return s
}

// around gives the shortest stretch of longitudes that holds all spans.
func around(spans []span) (west, east float64) {
	sorted := slices.Clone(spans)
	for i := range sorted { // begin within -180 to 180
		turn := 360 * math.Floor((sorted[i].from+180)/360)
		sorted[i].from -= turn
		sorted[i].to -= turn
	}
	slices.SortFunc(sorted, func(a, b span) int {
		if a.from < b.from {
			return -1
		}
		return 1
	})
	reach, gap := math.Inf(-1), math.Inf(-1)
	for _, s := range sorted {
		reach = max(reach, s.to)
	}
	reach -= 360 // where the one before the first ends
	for _, s := range sorted {
		if s.from-reach > gap {
			gap, west = s.from-reach, s.from
		}
		reach = max(reach, s.to)
	}
	return west, west + min(360-max(gap, 0), 360)
}
