package draw

import (
	"fmt"

	"vedette"
)

// leastShape is the size in pixels below which an affected area gets a circle
// so that it is seen.
const leastShape = 14.0

// ground draws sea, affected seas, land, affected countries, affected
// divisions, disputed land and affected cities, in this order: land covers the coarse edges of the seas.
func (d *drawing) ground() {
	fmt.Fprintf(&d.b, `<g clip-path="url(#%s-view)">`+"\n", d.id)
	fmt.Fprintf(&d.b, `<rect class="sea" width="%d" height="%d"/>`+"\n", d.Width, d.Height)
	var small []townFill
	for _, id := range d.filled() {
		if a, _ := d.g.Area(id); a.Kind == vedette.AreaSea {
			small = append(small, d.fill(a)...)
		}
	}
	d.land()
	for _, id := range d.filled() {
		if a, _ := d.g.Area(id); a.Kind == vedette.AreaCountry {
			small = append(small, d.fill(a)...)
		}
	}
	for _, id := range d.filled() { // over the country they lie in
		if a, _ := d.g.Area(id); a.Kind == vedette.AreaDivision {
			small = append(small, d.fill(a)...)
		}
	}
	d.disputes()
	for _, t := range append(small, d.towns...) {
		if p, ok := d.view.place(t.at); ok {
			fmt.Fprintf(&d.b, `<circle class="fill-%s" fill="url(#%s-%s)" cx="%.1f" cy="%.1f" r="9"/>`+"\n", t.risk, d.id, t.risk, p.x, p.y)
		}
	}
	d.drawn()
	d.b.WriteString("</g>\n")
}

// land draws all countries as one path.
func (d *drawing) land() {
	var path []byte
	for _, c := range d.g.Countries() {
		path, _ = d.view.paths(path, d.g.Outline(c.ID, d.fine), speck)
	}
	if len(path) > 0 {
		fmt.Fprintf(&d.b, `<path class="land border" fill-rule="evenodd" d="%s"/>`+"\n", path)
	}
}

// fill draws an affected country, division or sea; it gives a circle to draw where the
// area is too small to be seen, or a canal that land covers.
func (d *drawing) fill(a vedette.Area) []townFill {
	risk := d.fills[a.ID]
	path, extent := d.view.paths(nil, d.g.Outline(a.ID, d.fine), speck)
	if len(path) > 0 {
		fmt.Fprintf(&d.b, `<path class="fill-%s" fill="url(#%s-%s)" fill-rule="evenodd" d="%s"/>`+"\n", risk, d.id, risk, path)
	}
	if extent.x1-extent.x0 < leastShape && extent.y1-extent.y0 < leastShape || a.Kind == vedette.AreaSea && d.dry(a) {
		return []townFill{{a.Center, risk, d.called(a.ID)}}
	}
	return nil
}

// disputes draws disputed land with a dashed border.
func (d *drawing) disputes() {
	var path []byte
	for _, dispute := range d.g.Disputes() {
		path, _ = d.view.paths(path, dispute.Outline, speck*10)
	}
	if len(path) > 0 {
		fmt.Fprintf(&d.b, `<path class="disputed" d="%s"/>`+"\n", path)
	}
}
