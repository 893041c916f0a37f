package draw

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"vedette"
)

// Pin is a numbered mark: what it stands for is said by that number in a list.
type Pin struct {
	At     vedette.Point
	Number int
	Risk   vedette.Risk
	Title  string // read when pointed at; "" for none
	Link   string // where pressing it leads; "" for nowhere. Keys go by the list, not by the map
}

// Measures of pins in pixels.
const (
	pinRadius = 9.0
	pinApart  = 2*pinRadius + 2 // between the middles of two
	pinRings  = 12              // of places about its own that are tried
	pinTurns  = 16              // places on each ring
)

// set is a pin with where it stands: at its place, or beside where another is.
type set struct {
	Pin
	true, at xy
}

// pins draws the numbered marks, the first where they belong, the others where there is
// room, with a line to where they belong. A number that is there already close by is
// not said again. They keep off the marks.
func (d *drawing) pins(marks []xy) {
	var all []set
	for _, p := range d.Pins[:min(len(d.Pins), maxMarks)] {
		if p.At.Validate() != nil || p.Risk < vedette.RiskUnknown || p.Risk > vedette.RiskExtreme {
			continue
		}
		at, ok := d.view.place(p.At)
		if !ok {
			continue
		}
		if spot, free := d.spot(all, marks, p.Number, at); free {
			all = append(all, set{p, at, spot})
			d.boxes = append(d.boxes, box{spot.x - pinRadius, spot.y - pinRadius, spot.x + pinRadius, spot.y + pinRadius})
		}
	}
	for _, s := range all {
		if s.at != s.true {
			fmt.Fprintf(&d.b, `<path class="lead" d="M%.1f %.1fL%.1f %.1f"/><circle class="city" cx="%.1f" cy="%.1f" r="2"/>`+"\n", s.true.x, s.true.y, s.at.x, s.at.y, s.true.x, s.true.y)
		}
	}
	for _, s := range all {
		s.draw(d)
	}
}

// spot finds where a pin may stand, nearest first; false where its number stands close by
// already, or everything about is taken.
func (d *drawing) spot(all []set, marks []xy, number int, at xy) (xy, bool) {
	free := func(p xy) bool {
		if p.x < pinRadius || p.y < pinRadius || p.x > d.view.width-pinRadius || p.y > d.view.height-pinRadius {
			return false
		}
		for _, s := range all {
			if distance(s.at, p) < pinApart {
				return false
			}
		}
		return !slices.ContainsFunc(marks, func(m xy) bool { return distance(m, p) < pinRadius+6 })
	}
	for _, s := range all {
		if s.Number == number && distance(s.true, at) < pinApart {
			return xy{}, false
		}
	}
	if free(at) {
		return at, true
	}
	for ring := 1; ring <= pinRings; ring++ {
		far := float64(ring) * pinApart * .75
		for turn := range pinTurns {
			sin, cos := math.Sincos(2 * math.Pi * float64(turn) / pinTurns)
			if p := (xy{at.x + far*cos, at.y + far*sin}); free(p) {
				return p, true
			}
		}
	}
	return xy{}, false
}

func (s *set) draw(d *drawing) {
	fmt.Fprintf(&d.b, `<g class="pin" transform="translate(%.1f %.1f)">`, s.at.x, s.at.y)
	if s.Link != "" {
		fmt.Fprintf(&d.b, `<a href="%s" tabindex="-1">`, escape(s.Link))
	}
	d.b.WriteString(`<g>`)
	if s.Title != "" {
		fmt.Fprintf(&d.b, `<title>%s</title>`, escape(s.Title))
	}
	fmt.Fprintf(&d.b, `<circle class="pin-%s" r="%.0f"/><text class="pin-no" y="4" text-anchor="middle">%s</text></g>`, s.Risk, pinRadius, strconv.Itoa(s.Number))
	if s.Link != "" {
		d.b.WriteString(`</a>`)
	}
	d.b.WriteString("</g>\n")
}
