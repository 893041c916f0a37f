package app

import (
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/gazetteer"
)

// PlaceCard is what is known of a place.
type PlaceCard struct {
	vedette.Area
	Zone     string    `json:"zone,omitempty"`
	Holders  []Holder  `json:"in"` // what contains it, nearest first
	Disputed []Dispute `json:"disputed,omitempty"`
	Outline  *Outline  `json:"outline,omitempty"` // of a country, a division or a sea that has one
}

// Outline tells how a place is drawn: in how many polygons and points, and
// between which degrees. One on both sides of the antimeridian spans them all.
type Outline struct {
	Polygons int     `json:"polygons"`
	Points   int     `json:"points"`
	South    float64 `json:"south"`
	West     float64 `json:"west"`
	North    float64 `json:"north"`
	East     float64 `json:"east"`
}

// Holder is an area that contains another.
type Holder struct {
	ID   vedette.AreaID   `json:"area"`
	Kind vedette.AreaKind `json:"kind"`
	Name string           `json:"name"`
}

// Dispute is disputed land that a place lies in or holds.
type Dispute struct {
	Name      string   `json:"name"`
	Claimants []string `json:"claimants"`
	Note      string   `json:"note"`
}

// mostCards is the most places shown of one name.
const mostCards = 20

// Places gives all places of a name or adjective ("Emirati"), an id or a point
// "LAT,LON": of a point the nearest town, the division and country it lies in, or
// the seas. None is
// CodeInvalid with the nearest spellings. It needs no database.
func Places(what string) ([]PlaceCard, error) {
	g := gazetteer.Default()
	if p, ok := pointOf(what); ok {
		return placesAt(g, p)
	}
	found := g.Named(what)
	if a, ok := g.Area(vedette.AreaID(what)); ok {
		found = []vedette.Area{a}
	}
	if len(found) == 0 {
		found = adjective(g, what)
	}
	if len(found) == 0 {
		_, err := g.Find(what) // says what is spelled like it
		return nil, err
	}
	var out []PlaceCard
	for _, a := range found[:min(len(found), mostCards)] {
		out = append(out, card(g, a))
	}
	return out, nil
}

// adjective gives the areas that a word such as "Burkinabè" is the adjective of.
func adjective(g *gazetteer.Gazetteer, word string) (out []vedette.Area) {
	for _, m := range g.Mentions(word) {
		if m.Form != gazetteer.FormAdjective || m.Span != [2]int{0, len(word)} {
			continue
		}
		for _, id := range m.Areas {
			a, _ := g.Area(id)
			out = append(out, a)
		}
	}
	return out
}

// PlaceName gives the usual English name of an area, its id where it is not
// known.
func PlaceName(id vedette.AreaID) string { return gazetteer.Default().Name(id) }

// pointOf reads "LAT,LON".
func pointOf(s string) (vedette.Point, bool) {
	a, b, ok := strings.Cut(s, ",")
	lat, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	lon, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	return vedette.Point{Lat: lat, Lon: lon}, ok && err1 == nil && err2 == nil
}

// nearKM is how far a town may be from a point to be named with it.
const nearKM = 50

func placesAt(g *gazetteer.Gazetteer, p vedette.Point) ([]PlaceCard, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	var out []PlaceCard
	add := func(id vedette.AreaID) {
		if a, ok := g.Area(id); ok {
			c := card(g, a)
			for _, d := range g.DisputesAt(p) {
				c.note(g, d)
			}
			out = append(out, c)
		}
	}
	country, land := g.At(p)
	if town, _, ok := g.NearestCity(p, nearKM); ok && land && town.Country == country {
		add(town.ID)
	}
	if d, ok := g.DivisionAt(p); ok {
		add(d)
	}
	if land {
		add(country)
	}
	for _, s := range g.SeasAt(p) {
		add(s)
	}
	if out == nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%s lies in no country and no sea that is known", p)
	}
	return out, nil
}

func card(g *gazetteer.Gazetteer, a vedette.Area) PlaceCard {
	c := PlaceCard{Area: a, Zone: g.Zone(a.ID), Outline: drawn(g, a)}
	for _, id := range g.Ancestors(a.ID) {
		up, _ := g.Area(id)
		c.Holders = append(c.Holders, Holder{id, up.Kind, up.Name})
	}
	for _, d := range g.DisputesOf(a.ID) {
		c.note(g, d)
	}
	return c
}

// drawn measures the outline of a country, a division or a sea, nil where there is
// none. A region is drawn by its members.
func drawn(g *gazetteer.Gazetteer, a vedette.Area) *Outline {
	if a.Kind == vedette.AreaRegion {
		return nil
	}
	polygons := g.Outline(a.ID, true)
	if len(polygons) == 0 {
		return nil
	}
	o := &Outline{Polygons: len(polygons), South: 90, West: 360, North: -90, East: -360}
	for _, rings := range polygons {
		for _, ring := range rings {
			o.Points += len(ring)
			for _, p := range ring {
				o.South, o.North = min(o.South, p.Lat), max(o.North, p.Lat)
				o.West, o.East = min(o.West, p.Lon), max(o.East, p.Lon)
			}
		}
	}
	return o
}

// note adds a dispute, once.
func (c *PlaceCard) note(g *gazetteer.Gazetteer, d gazetteer.Dispute) {
	if slices.ContainsFunc(c.Disputed, func(o Dispute) bool { return o.Name == d.Name }) {
		return
	}
	var who []string
	for _, id := range d.Claimants {
		who = append(who, g.Name(id))
	}
	c.Disputed = append(c.Disputed, Dispute{d.Name, who, d.Note})
}
