// Package draw makes maps as SVG: on the server, without script and without
// anything from outside, so that page, mail, print and PDF show the same
// picture.
//
// A map inlined in a page has no colours of its own: its parts carry classes,
// and CSS gives the rules for them, light and dark. Standalone bakes the light
// ones in, for mail and print.
package draw

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
)

// Map is what a map shows. The zero Map is one of the world.
type Map struct {
	Title  string          // read out by screen readers; not drawn
	Desc   string          // the same in a sentence or two
	Fills  []Fill          // affected areas
	Shapes []vedette.Shape // drawn by hand, hatched by their own risk
	Marks  []Mark          // cities and sites
	Pins   []Pin           // numbered, for a list beside the map
	Width  int             // in pixels; 0 is 960
	Height int             // in pixels; 0 is 640
	Least  float64         // degrees of latitude shown at least; 0 is 5
	Around *vedette.Point  // the view is about this, Least wide, whatever it holds; nil: it fits what is shown
	Whole  bool            // the view is the world, whatever is shown

	In Tongue // the language of names and legend

	NoLegend bool // whoever shows it says in words what the hatches are
}

// Fill is an area hatched by its risk. Of several fills that hold a country or
// sea the narrowest counts. An area the gazetteer does not know is left out.
type Fill struct {
	Area  vedette.AreaID
	Risk  vedette.Risk
	Label string // said in the legend; "" is the area's name
	Aside bool   // the view need not hold it, where other fills say what it is to hold
}

// Mark is a point with a name.
type Mark struct {
	At    vedette.Point
	Label string
	Kind  string // "city" is a dot, "site" a square, "alert" a ring; anything else a ring
}

const (
	defaultWidth  = 960
	defaultHeight = 640
	maxSide       = 4000 // pixels
	maxMarks      = 2000 // beyond, marks are left out
)

// SVG draws the map for a page that has the rules of CSS. The view fits fills
// and marks with a margin. The same Map gives the same bytes.
func (m Map) SVG(g *gazetteer.Gazetteer) []byte { return m.draw(g, false) }

// Standalone draws the map as a document of its own, with its size and the
// light colours in it.
func (m Map) Standalone(g *gazetteer.Gazetteer) []byte { return m.draw(g, true) }

// drawing is a map being drawn.
type drawing struct {
	Map
	g      *gazetteer.Gazetteer
	b      bytes.Buffer
	id     string // before every id, so that two maps on a page keep apart
	view   view
	fills  map[vedette.AreaID]vedette.Risk // countries and seas
	held   map[vedette.AreaID]bool         // those the view is to hold
	towns  []townFill
	rings  []ring // of the shapes
	boxes  boxes
	fine   bool
	levels []vedette.Risk // those present, strongest first
}

// townFill is a city that is itself an affected area.
type townFill struct {
	at   vedette.Point
	risk vedette.Risk
	name string
}

func (m Map) draw(g *gazetteer.Gazetteer, standalone bool) []byte {
	d := m.begun(g)
	d.fine = d.view.scale > finePixels
	d.id = d.name()
	d.open(standalone)
	d.ground()
	d.labels()
	d.legend()
	d.b.WriteString("</svg>\n")
	return d.b.Bytes()
}

// begun is a map of which the view is known.
func (m Map) begun(g *gazetteer.Gazetteer) *drawing {
	d := &drawing{Map: m, g: g, fills: map[vedette.AreaID]vedette.Risk{}, held: map[vedette.AreaID]bool{}}
	d.Width, d.Height = size(m.Width, defaultWidth), size(m.Height, defaultHeight)
	d.Marks = slices.DeleteFunc(slices.Clone(m.Marks), func(k Mark) bool { return k.At.Validate() != nil })
	d.Marks = d.Marks[:min(len(d.Marks), maxMarks)]
	d.resolve()
	d.view = d.fit()
	return d
}

// Frame is what the edges of a map lie at, in degrees; between them both go evenly. The
// east may be beyond 180.
type Frame struct{ West, South, East, North float64 }

// Frame is that of the map as SVG draws it.
func (m Map) Frame(g *gazetteer.Gazetteer) Frame {
	v := m.begun(g).view
	return Frame{West: v.west, North: v.north, East: v.west + v.width/v.scale/v.squeeze, South: v.north - v.height/v.scale}
}

func size(n, or int) int {
	if n <= 0 {
		return or
	}
	return min(max(n, 80), maxSide)
}

// resolve works out the risk of every country, sea and city: that of the
// narrowest area that holds it, and of equally narrow ones the highest.
func (d *drawing) resolve() {
	fills := slices.Clone(d.Fills)
	slices.SortStableFunc(fills, func(a, b Fill) int {
		return cmp.Or(
			cmp.Compare(len(d.g.Members(b.Area)), len(d.g.Members(a.Area))),
			cmp.Compare(a.Risk, b.Risk))
	})
	present := map[vedette.Risk]bool{}
	for _, f := range fills {
		a, ok := d.g.Area(f.Area)
		if !ok || f.Risk < vedette.RiskUnknown || f.Risk > vedette.RiskExtreme {
			continue
		}
		present[f.Risk] = true
		switch a.Kind {
		case vedette.AreaRegion:
			for _, id := range d.g.Members(a.ID) {
				d.fills[id] = f.Risk
				d.held[id] = d.held[id] || !f.Aside
			}
		case vedette.AreaCountry, vedette.AreaDivision, vedette.AreaSea:
			d.fills[a.ID] = f.Risk
			d.held[a.ID] = d.held[a.ID] || !f.Aside
		default:
			d.towns = append(d.towns, townFill{a.Center, f.Risk, d.called(a.ID)})
		}
	}
	for i := range d.Shapes {
		if r, ok := ringOf(&d.Shapes[i]); ok {
			d.rings, present[r.risk] = append(d.rings, r), true
		}
	}
	for r := vedette.RiskExtreme; r >= vedette.RiskUnknown; r-- {
		if present[r] {
			d.levels = append(d.levels, r)
		}
	}
}

// name makes the prefix of the map's ids from what it shows.
func (d *drawing) name() string {
	h := fnv.New32a()
	fmt.Fprintf(h, "%q %q %v %v %d %d", d.Title, d.Desc, d.Fills, d.Marks, d.Width, d.Height)
	if len(d.rings) > 0 {
		fmt.Fprintf(h, " %v", d.rings)
	}
	if len(d.Pins) > 0 || d.Whole {
		fmt.Fprintf(h, " %v %v", d.Pins, d.Whole)
	}
	return fmt.Sprintf("m%08x", h.Sum32())
}

// open writes the head: names for readers, patterns, and the rules when the
// map stands alone.
func (d *drawing) open(standalone bool) {
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" direction="ltr" viewBox="0 0 %d %d"`, d.Width, d.Height)
	if standalone {
		fmt.Fprintf(&d.b, ` width="%d" height="%d"`, d.Width, d.Height)
	}
	fmt.Fprintf(&d.b, ` aria-labelledby="%s-title %s-desc">`+"\n", d.id, d.id)
	fmt.Fprintf(&d.b, "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n", d.id, escape(cmp.Or(d.Title, d.In.Untitled, "Map")), d.id, escape(d.Desc))
	if standalone {
		fmt.Fprintf(&d.b, "<style>%s</style>\n", standaloneCSS())
	}
	d.defs()
}

// defs writes what is referred to by id: the edge of the picture, and the hatches.
func (d *drawing) defs() {
	d.b.WriteString("<defs>\n")
	fmt.Fprintf(&d.b, `<clipPath id="%s-view"><rect width="%d" height="%d"/></clipPath>`+"\n", d.id, d.Width, d.Height)
	for _, r := range d.levels {
		fmt.Fprintf(&d.b, `<pattern id="%s-%s" %s</pattern>`+"\n", d.id, r, hatches[r])
	}
	d.b.WriteString("</defs>\n")
}

// hatches are the patterns of the levels, no two alike without colour: none
// for low, wide, close, crossed; dots where the risk is not known.
var hatches = [...]string{
	vedette.RiskUnknown:  `class="hatch hatch-unknown" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="tint" width="8" height="8"/><circle class="dot" cx="4" cy="4" r="1"/>`,
	vedette.RiskLow:      `class="hatch hatch-low" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="tint" width="8" height="8"/>`,
	vedette.RiskModerate: `class="hatch hatch-moderate" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="tint" width="12" height="12"/><path class="line" d="M0 6H12"/>`,
	vedette.RiskHigh:     `class="hatch hatch-high" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="tint" width="6" height="6"/><path class="line" d="M0 3H6"/>`,
	vedette.RiskExtreme:  `class="hatch hatch-extreme" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="tint" width="8" height="8"/><path class="line" d="M0 4H8M4 0V8"/>`,
}

// escape makes any text safe inside an element or an attribute, and drops what
// XML does not allow.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&#34;")
		case r == '\'':
			b.WriteString("&#39;")
		case r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
