package match_test

import (
	"math"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

// handful is what is held of somebody who travels: a home and an office with
// their points, a stay now, a check-in and two trips ahead.
func handful(w *world) []vedette.Presence {
	point := func(p vedette.Presence) vedette.Presence {
		at := w.point()
		p.Point, p.Recorded = &at, now.AddDate(0, 0, -30)
		return p
	}
	office := point(site("the office", w.area()))
	return []vedette.Presence{point(home(w.area())), office, stay(w.area(), -1, 2), point(said(vedette.BecauseCheckin, w.area(), 1)),
		stay(w.area(), 10, 12), stay(w.area(), 20, 22)}
}

// forty is a polygon of so many corners between Basra and Kuwait.
func forty() vedette.Shape {
	var s vedette.Shape
	for i := range 40 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 40)
		d := 0.8 + 0.4*float64(i%2)
		s.Polygon = append(s.Polygon, vedette.Point{Lat: 30 + d*sin, Lon: 47.8 + d*cos})
	}
	return s
}

func relations(b *testing.B, u *vedette.Update, decide func(*match.Prepared, []vedette.Presence)) {
	g := gazetteer.Default()
	w := newWorld(b, g, 3)
	var all [][]vedette.Presence
	for range 500 {
		all = append(all, handful(w))
	}
	p := match.Prepare(g, u, house)
	for _, ps := range all {
		decide(p, ps) // warm
	}
	i := 0
	for b.Loop() {
		decide(p, all[i%len(all)])
		i++
	}
}

func relation(p *match.Prepared, ps []vedette.Presence) { p.Relation(ps, nil, now) }

func BenchmarkRelationAreas(b *testing.B) {
	relations(b, gulfUpdate(b, gazetteer.Default()), relation)
}

func BenchmarkRelationCitiesBySites(b *testing.B) {
	g := gazetteer.Default()
	u := gulfUpdate(b, g)
	u.Content.Affected = affected(city(b, g, "Basra", "IQ"), city(b, g, "Ashdod", "IL"), "IQ-BA")
	relations(b, u, relation)
}

func BenchmarkRelationPolygon40(b *testing.B) {
	u := gulfUpdate(b, gazetteer.Default())
	u.Shapes = []vedette.Shape{forty()}
	relations(b, u, relation)
}

// Somebody all of whose points lie by the polygon: no shortcut helps.
func BenchmarkRelationPolygon40Near(b *testing.B) {
	g := gazetteer.Default()
	p := match.Prepare(g, drawn(unsure(5, forty())), house)
	ps := []vedette.Presence{at(home("KW"), 30.863, 48.663, 0), at(home("KW"), 30.863, 46.937, 0), at(home("KW"), 29.137, 46.937, 1), at(home("KW"), 29.137, 48.663, 1)}
	if r := p.Relation(ps, nil, now); r != vedette.RelationMayBe {
		b.Fatal(r)
	}
	for b.Loop() {
		p.Relation(ps, nil, now)
	}
}

func BenchmarkRelate(b *testing.B) {
	u := gulfUpdate(b, gazetteer.Default())
	u.Shapes = []vedette.Shape{forty()}
	relations(b, u, func(p *match.Prepared, ps []vedette.Presence) { p.Relate(ps, nil, now) })
}

// What the first person of each area costs: 400 areas against one polygon.
func BenchmarkColdPolygon40(b *testing.B) {
	g := gazetteer.Default()
	var ps []vedette.Presence
	for _, c := range g.Countries() {
		ps = append(ps, home(c.ID))
	}
	u := drawn(forty())
	for b.Loop() {
		p := match.Prepare(g, u, house)
		for i := range ps {
			p.Relation(ps[i:i+1], nil, now)
		}
	}
}
