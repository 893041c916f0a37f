package draw

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"unicode"

	"vedette"
)

// Sizes of text in pixels.
const (
	citySize    = 13.0
	seaSize     = 13.0
	countrySize = 11.0
	markSize    = 13.0
)

// cityRoom is how many square pixels of map there are for one city's name.
const cityRoom = 14_000

// leastCity is the least population of a named city that is no capital, for
// each square degree of longitude shown.
const leastCity = 250.0

// box is a rectangle in pixels.
type box struct{ x0, y0, x1, y1 float64 }

var emptyBox = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}

func (b *box) include(p xy) {
	b.x0, b.x1 = min(b.x0, p.x), max(b.x1, p.x)
	b.y0, b.y1 = min(b.y0, p.y), max(b.y1, p.y)
}

// boxes are the places taken by labels and marks.
type boxes []box

// free says whether nothing stands there yet.
func (t boxes) free(b box) bool {
	return !slices.ContainsFunc(t, func(o box) bool {
		return b.x0 < o.x1 && b.x1 > o.x0 && b.y0 < o.y1 && b.y1 > o.y0
	})
}

// take takes the place if it is free and within the picture.
func (d *drawing) take(b box) bool {
	if b.x0 < 3 || b.y0 < 3 || b.x1 > float64(d.Width)-3 || b.y1 > float64(d.Height)-3 || !d.boxes.free(b) {
		return false
	}
	d.boxes = append(d.boxes, b)
	return true
}

// labels draws marks, pins and names: marks and pins first, then affected seas, cities by
// weight, other seas, and countries where there is room.
func (d *drawing) labels() {
	d.reserveLegend()
	d.b.WriteString(`<g class="labels">` + "\n")
	marked := d.marks()
	d.pins(marked)
	d.markNames(marked)
	d.seas(true)
	d.cities()
	d.seas(false)
	d.countries()
	d.b.WriteString("</g>\n")
}

// textWidth estimates how wide a text runs.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			w += 1
		case r == 'i' || r == 'l' || r == 'j' || r == ' ' || r == '.' || r == ',' || r == '\'' || r == '’' || r == '-':
			w += 0.33
		case r == 'm' || r == 'w' || r == 'M' || r == 'W':
			w += 0.88
		case unicode.IsUpper(r):
			w += 0.68
		default:
			w += 0.57
		}
	}
	return w * size
}

// beside writes a name right, left, above or below of a point, where there is
// room; false where there is none.
func (d *drawing) beside(p xy, name, class string, size, gap float64) bool {
	w, h := textWidth(name, size), size
	for _, side := range []struct {
		anchor string
		x, y   float64 // of the anchor on the base line
		left   float64 // of the box
	}{
		{"start", p.x + gap, p.y + h*.35, p.x + gap},
		{"end", p.x - gap, p.y + h*.35, p.x - gap - w},
		{"middle", p.x, p.y - gap, p.x - w/2},
		{"middle", p.x, p.y + gap + h*.75, p.x - w/2},
	} {
		if d.take(box{side.left - 1, side.y - h*.85, side.left + w + 2, side.y + h*.25}) {
			d.text(class, side.x, side.y, side.anchor, name, rightward(name))
			d.b.WriteByte('\n')
			return true
		}
	}
	return false
}

// centred writes a name about a point if there is room.
func (d *drawing) centred(p xy, name, class string, size float64) {
	w := textWidth(name, size)
	if d.take(box{p.x - w/2 - 2, p.y - size*.6, p.x + w/2 + 2, p.y + size*.6}) {
		d.text(class, p.x, p.y+size*.35, "middle", name, rightward(name))
		d.b.WriteByte('\n')
	}
}

// marks draws the marks, all of them, and gives where.
func (d *drawing) marks() (shown []xy) {
	for _, m := range d.Marks {
		p, _ := d.view.place(m.At)
		shown = append(shown, p)
		d.boxes = append(d.boxes, box{p.x - 6, p.y - 6, p.x + 6, p.y + 6})
		switch m.Kind {
		case "city":
			fmt.Fprintf(&d.b, `<circle class="mark mark-city" cx="%.1f" cy="%.1f" r="3.5"/>`+"\n", p.x, p.y)
		case "site":
			fmt.Fprintf(&d.b, `<rect class="mark mark-site" x="%.1f" y="%.1f" width="9" height="9"/>`+"\n", p.x-4.5, p.y-4.5)
		default:
			fmt.Fprintf(&d.b, `<circle class="mark mark-alert" cx="%.1f" cy="%.1f" r="6"/><circle class="mark mark-city" cx="%.1f" cy="%.1f" r="2"/>`+"\n", p.x, p.y, p.x, p.y)
		}
	}
	return shown
}

// markNames writes the names of marks and of filled towns, where there is room.
func (d *drawing) markNames(shown []xy) {
	for i, m := range d.Marks {
		if m.Label != "" {
			d.beside(shown[i], short(m.Label), "label mark-label", markSize, 9)
		}
	}
	for _, t := range d.towns {
		if p, ok := d.view.place(t.at); ok {
			d.boxes = append(d.boxes, box{p.x - 9, p.y - 9, p.x + 9, p.y + 9})
			d.beside(p, t.name, "label mark-label", markSize, 12)
		}
	}
}

// maxLabel is the most letters of a label.
const maxLabel = 48

// short cuts a label that is too long.
func short(s string) string {
	if runes := []rune(s); len(runes) > maxLabel {
		return string(runes[:maxLabel-1]) + "…"
	}
	return s
}

// seas writes the names of seas large enough for them.
func (d *drawing) seas(affected bool) {
	for _, s := range d.g.Seas() {
		if _, is := d.fills[s.ID]; is != affected || !is && d.dry(s) {
			continue
		}
		p, ok := d.view.place(s.Center)
		if !ok {
			continue
		}
		_, extent := d.view.paths(nil, d.g.Outline(s.ID, false), speck)
		name := d.called(s.ID)
		w := textWidth(name, seaSize)
		if span := math.Hypot(extent.x1-extent.x0, extent.y1-extent.y0); span > w*1.15 {
			d.centred(p, name, "sea-label", seaSize)
		}
	}
}

// dry says whether the coastline is too coarse to show the water: a canal.
func (d *drawing) dry(s vedette.Area) bool {
	return !slices.Contains(d.g.SeasAt(s.Center), s.ID)
}

// cities draws the larger cities: of affected countries first, capitals before
// others, then by population, as many as there is room for.
func (d *drawing) cities() {
	left := int(d.view.width * d.view.height / cityRoom)
	for _, c := range d.candidates() {
		if left == 0 {
			return
		}
		p, ok := d.view.place(c.Center)
		if !ok || !d.boxes.free(box{p.x - 3, p.y - 3, p.x + 3, p.y + 3}) {
			continue
		}
		n := len(d.boxes)
		d.boxes = append(d.boxes, box{p.x - 3, p.y - 3, p.x + 3, p.y + 3})
		if !d.beside(p, d.called(c.ID), "label", citySize, 6) {
			d.boxes = d.boxes[:n]
			continue
		}
		fmt.Fprintf(&d.b, `<circle class="city" cx="%.1f" cy="%.1f" r="2"/>`+"\n", p.x, p.y)
		left--
	}
}

// candidates gives the cities in view that may be named, weightiest first.
func (d *drawing) candidates() []vedette.Area {
	wide := d.view.width / d.view.scale / d.view.squeeze
	east := d.view.west + wide
	south := d.view.north - d.view.height/d.view.scale
	west := around180(d.view.west)
	east = around180(east)
	if wide >= 359 {
		west, east = -180, 180
	}
	people := int(min(leastCity*wide*wide, 1_500_000))
	var out []vedette.Area
	d.g.Cities(west, south, east, d.view.north, 0, func(a vedette.Area) {
		if _, capital := d.g.IsCapital(a.ID); a.People >= people || capital {
			out = append(out, a)
		}
	})
	slices.SortStableFunc(out, func(a, b vedette.Area) int {
		return cmp.Or(cmp.Compare(d.weight(b), d.weight(a)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func around180(lon float64) float64 { return lon - 360*math.Floor((lon+180)/360) }

// weight says how soon a city is named.
func (d *drawing) weight(a vedette.Area) int {
	w := a.People
	if _, capital := d.g.IsCapital(a.ID); capital {
		w = w*3 + 2_000_000
	}
	if _, affected := d.fills[a.Country]; affected {
		w *= 2
	}
	return w
}

// countries writes the names of countries that have the room, the largest
// first.
func (d *drawing) countries() {
	type named struct {
		at   vedette.Point
		name string
		room float64
	}
	var all []named
	for _, c := range d.g.Countries() {
		if _, ok := d.view.place(c.Center); !ok {
			continue
		}
		_, extent := d.view.paths(nil, largest(d.g.Outline(c.ID, false)), speck)
		name := d.called(c.ID)
		if extent.x1-extent.x0 > textWidth(name, countrySize)*1.5 && extent.y1-extent.y0 > countrySize*2 {
			all = append(all, named{c.Center, name, (extent.x1 - extent.x0) * (extent.y1 - extent.y0)})
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return cmp.Compare(b.room, a.room) })
	for _, c := range all {
		p, _ := d.view.place(c.at)
		d.centred(p, c.name, "country-label", countrySize)
	}
}

// largest gives the piece with the largest box.
func largest(polygons [][][]vedette.Point) [][][]vedette.Point {
	best, size := 0, 0.0
	for i, rings := range polygons {
		if s := spanOf(rings[0]).size(); s > size {
			best, size = i, s
		}
	}
	if len(polygons) == 0 {
		return nil
	}
	return polygons[best : best+1]
}
