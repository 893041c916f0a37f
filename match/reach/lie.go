package reach

import "vedette"

// Lie is how an area lies to another.
type Lie int8

// The ways to lie.
const (
	Apart   Lie = iota
	Touches     // they have something in common, or are nearer than the edge is sure
	Inside      // wholly inside
)

// Lie says how another area lies to this one, whose edge may be so many
// kilometres off where it is drawn. What is not surely wholly inside one part
// of the figure only touches it.
func (f *Figure) Lie(o *Figure, unsure float64) Lie {
	all, any := true, false
	for i := range o.parts {
		best := Apart
		for k := range f.parts {
			best = max(best, f.parts[k].lie(&o.parts[i], unsure))
		}
		all, any = all && best == Inside, any || best != Apart
		if any && !all {
			return Touches
		}
	}
	if any {
		return Inside
	}
	return Apart
}

func (p *part) lie(o *part, unsure float64) Lie {
	switch {
	case km(p.on.chord2(o.on))-p.km-o.km > unsure:
		return Apart
	case o.rings == nil:
		return lieOf(p.off(Spot{o.center, o.on}, o.km+unsure), o.km, unsure)
	case p.rings == nil:
		if p.holdsAll(o) {
			return Inside
		}
		return min(lieOf(o.off(Spot{p.center, p.on}, p.km+unsure), p.km, unsure), Touches)
	}
	return p.liePolygon(o, unsure)
}

// lieOf says how a disc lies to an edge that its centre is so far outside of.
func lieOf(off, radius, unsure float64) Lie {
	switch {
	case off <= -radius:
		return Inside
	case off <= radius+unsure:
		return Touches
	}
	return Apart
}

// holdsAll says whether a disc holds a polygon.
func (p *part) holdsAll(o *part) bool {
	for _, v := range o.rings()[0].on {
		if km(p.on.chord2(v)) > p.km {
			return false
		}
	}
	return true
}

// liePolygon says how a polygon lies to this one.
func (p *part) liePolygon(o *part, unsure float64) Lie {
	inside, near := true, false
	for _, r := range o.rings() {
		for k := range r.flat {
			if !p.holds(r.flat[k]) {
				d := p.off(Spot{r.flat[k], r.on[k]}, unsure)
				inside, near = inside && d <= 0, near || d <= unsure
			} else {
				near = true
			}
			if near && !inside {
				return Touches
			}
		}
	}
	switch {
	case inside && !p.crosses(o):
		return Inside
	case near, o.nears(p, unsure), p.crosses(o):
		return Touches
	}
	return Apart
}

// nears says whether a corner of another polygon lies in this one or near it.
func (p *part) nears(o *part, unsure float64) bool {
	for _, r := range o.rings() {
		for k := range r.flat {
			if p.holds(r.flat[k]) || unsure > 0 && p.off(Spot{r.flat[k], r.on[k]}, unsure) <= unsure {
				return true
			}
		}
	}
	return false
}

// crosses says whether sides of two polygons cross, on a map of degrees.
func (p *part) crosses(o *part) bool {
	for _, turn := range [...]float64{0, 360, -360} {
		b := o.box
		if b.West+turn > p.box.East || b.East+turn < p.box.West || b.South > p.box.North || b.North < p.box.South {
			continue
		}
		for _, r := range o.rings() {
			flat := r.flat
			for k := 1; k < len(flat); k++ {
				a, c := flat[k-1], flat[k]
				a.Lon, c.Lon = a.Lon+turn, c.Lon+turn
				if p.crossed(a, c) {
					return true
				}
			}
		}
	}
	return false
}

// crossed says whether the line from a to b crosses a side.
func (p *part) crossed(a, b vedette.Point) bool {
	if max(a.Lon, b.Lon) < p.box.West || min(a.Lon, b.Lon) > p.box.East || max(a.Lat, b.Lat) < p.box.South || min(a.Lat, b.Lat) > p.box.North {
		return false
	}
	for _, r := range p.rings() {
		flat := r.flat
		for k := 1; k < len(flat); k++ {
			c, d := flat[k-1], flat[k]
			if turn(a, b, c)*turn(a, b, d) < 0 && turn(c, d, a)*turn(c, d, b) < 0 {
				return true
			}
		}
	}
	return false
}

// turn is above 0 where the way from a over b to c turns left, below 0 where it
// turns right.
func turn(a, b, c vedette.Point) float64 {
	return (b.Lon-a.Lon)*(c.Lat-a.Lat) - (b.Lat-a.Lat)*(c.Lon-a.Lon)
}
