package shape

import (
	"math"

	"vedette"
)

// EarthKM is the mean radius of the earth in kilometres (IUGG).
const EarthKM = 6371.0088

// KMPerDegree is the length of a degree of latitude on that sphere.
const KMPerDegree = EarthKM * math.Pi / 180

func radians(deg float64) float64 { return deg * math.Pi / 180 }

// Box is west, south, east, north in degrees.
type Box struct{ West, South, East, North float64 }

// Nowhere is the box that holds nothing, to be widened.
var Nowhere = Box{180, 90, -180, -90}

// Include widens the box to hold the point.
func (b *Box) Include(p vedette.Point) {
	b.West, b.East = min(b.West, p.Lon), max(b.East, p.Lon)
	b.South, b.North = min(b.South, p.Lat), max(b.North, p.Lat)
}

func (b *Box) join(c Box) {
	b.West, b.East = min(b.West, c.West), max(b.East, c.East)
	b.South, b.North = min(b.South, c.South), max(b.North, c.North)
}

// Holds says whether the point lies in the box.
func (b Box) Holds(p vedette.Point) bool {
	return p.Lon >= b.West && p.Lon <= b.East && p.Lat >= b.South && p.Lat <= b.North
}

// near says whether the point may lie within so many kilometres of the box.
func (b Box) near(p vedette.Point, km float64) bool { return b.wider(p, km).Holds(p) }

// wider is the box with so many kilometres around it, at a point's latitude.
func (b Box) wider(p vedette.Point, km float64) Box {
	dLat := km / KMPerDegree
	dLon := dLat / math.Max(math.Cos(radians(p.Lat)), 0.01)
	return Box{b.West - dLon, b.South - dLat, b.East + dLon, b.North + dLat}
}
