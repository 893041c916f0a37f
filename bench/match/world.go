package main

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
)

var now = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

// world is invented presences, drawn from a fixed seed.
type world struct {
	*rand.Rand
	g         *gazetteer.Gazetteer
	countries []country // by people, most first
	sums      []float64 // of the weights of countries
	largest   town
	sites     []site

	all    []vedette.Presence // by person
	size   int                // presences, as all is let go
	people int
	points int
	seen   map[vedette.AreaID]int
}

type country struct {
	id    vedette.AreaID
	towns []town
	sums  []float64
	size  int
}

type town struct {
	id     vedette.AreaID
	center vedette.Point
	km     float64
	people int
}

type site struct {
	name string
	town town
	at   vedette.Point
}

// townPeople is the least a town has.
const townPeople = 5000

func newWorld(n int) *world {
	w := &world{Rand: rand.New(rand.NewPCG(2026, 2)), g: gazetteer.Default(), seen: map[vedette.AreaID]int{}}
	w.settle()
	for i := range 2000 {
		t := w.town()
		w.sites = append(w.sites, site{fmt.Sprintf("Site %d", i), t, w.around(t)})
	}
	w.all = make([]vedette.Presence, 0, n)
	for person := int64(1); len(w.all) < n; person++ {
		w.person(person, n)
		w.people++
	}
	for i := range w.all {
		w.seen[w.all[i].Area]++
	}
	return w
}

// settle orders countries and towns by people, and weighs them by rank.
func (w *world) settle() {
	by := map[vedette.AreaID]*country{}
	w.g.Cities(-180, -90, 180, 90, townPeople, func(a vedette.Area) {
		c := by[a.Country]
		if c == nil {
			c = &country{id: a.Country}
			by[a.Country] = c
		}
		c.towns = append(c.towns, town{a.ID, a.Center, w.g.RadiusKM(a.ID), a.People})
		c.size += a.People
	})
	for _, c := range by {
		slices.SortFunc(c.towns, func(a, b town) int { return cmp.Or(b.people-a.people, cmp.Compare(a.id, b.id)) })
		c.sums = ranked(len(c.towns))
		w.countries = append(w.countries, *c)
	}
	slices.SortFunc(w.countries, func(a, b country) int { return cmp.Or(b.size-a.size, cmp.Compare(a.id, b.id)) })
	w.sums = ranked(len(w.countries))
	w.largest = w.countries[0].towns[0]
}

// ranked gives the sums of 1/rank.
func ranked(n int) []float64 {
	sums, sum := make([]float64, n), 0.0
	for i := range sums {
		sum += 1 / float64(i+1)
		sums[i] = sum
	}
	return sums
}

func (w *world) rank(sums []float64) int {
	i, _ := slices.BinarySearch(sums, w.Float64()*sums[len(sums)-1])
	return min(i, len(sums)-1)
}

// town draws one as people are spread: the largest has 2 % of them.
func (w *world) town() town {
	if w.Float64() < 0.02 {
		return w.largest
	}
	for {
		c := &w.countries[w.rank(w.sums)]
		if t := c.towns[w.rank(c.sums)]; t.id != w.largest.id {
			return t
		}
	}
}

// around draws a point in and about a town.
func (w *world) around(t town) vedette.Point {
	d, a := w.NormFloat64()*t.km/2/111.2, w.Float64()*2*math.Pi
	lat := min(max(t.center.Lat+d*math.Sin(a), -90), 90)
	return vedette.Point{Lat: lat, Lon: math.Remainder(t.center.Lon+d*math.Cos(a)/math.Cos(lat*math.Pi/180), 360)}
}

func (w *world) person(key int64, n int) {
	p := vedette.Presence{Person: key, Because: vedette.BecauseHome, Recorded: now.Add(-time.Duration(w.IntN(3e9)) * time.Microsecond * 10)}
	t := w.town()
	if w.Float64() < 0.3 {
		s := &w.sites[w.IntN(len(w.sites))]
		p.Because, p.Site, p.Area = vedette.BecauseSite, s.name, s.town.id
		if w.Float64() < 0.2 {
			p.Point, p.PointRef = &s.at, "site"
		}
	} else {
		p.Area = w.kept(t)
		if w.Float64() < 0.2 {
			at := w.around(t)
			p.Point, p.PointRef, p.Spread = &at, "home", []float64{0, 0, 0, 1}[w.IntN(4)]
		}
	}
	if w.IntN(2) == 0 {
		p.From = p.Recorded.Add(-time.Duration(w.IntN(1000)) * 24 * time.Hour).Truncate(24 * time.Hour)
	}
	w.add(p)
	if w.IntN(10) == 0 {
		w.trip(key, n)
	}
}

// kept is how closely someone's town is kept: some as division or country.
func (w *world) kept(t town) vedette.AreaID {
	up := w.g.Ancestors(t.id)
	switch r := w.Float64(); {
	case r < 0.05:
		return up[0]
	case r < 0.1:
		a, _ := w.g.Area(t.id)
		return a.Country
	}
	return t.id
}

// trip is a stay with the leg there, in the four months about now.
func (w *world) trip(person int64, n int) {
	t := w.town()
	from := now.Add(time.Duration(w.IntN(120*24*60)-60*24*60) * time.Minute)
	stay := vedette.Presence{Person: person, Area: t.id, Because: vedette.BecauseTrip, Trip: person, From: from, To: from.Add(time.Duration(1+w.IntN(20)) * 12 * time.Hour),
		Recorded: from.Add(-time.Duration(w.IntN(60*24*60)) * time.Minute)}
	if w.Float64() < 0.2 {
		at := w.around(t)
		stay.Point, stay.PointRef = &at, "hotel"
	}
	leg := stay
	leg.Because, leg.From, leg.To, leg.Point, leg.PointRef = vedette.BecauseLeg, from.Add(-2*time.Hour), from, nil, ""
	if len(w.all)+2 <= n {
		w.add(leg)
		w.add(stay)
	}
}

func (w *world) add(p vedette.Presence) {
	p.Key = int64(len(w.all) + 1)
	if p.Point != nil {
		w.points++
	}
	w.all = append(w.all, p)
}

// polygon draws one of 40 corners, 30 to 300 km across, about a crowded town.
func (w *world) polygon() *vedette.Shape {
	c := w.countries[w.IntN(12)]
	t := c.towns[w.IntN(min(4, len(c.towns)))]
	half := (30 + 270*w.Float64()) / 2 / 111.2
	for {
		s := &vedette.Shape{}
		for i := range 40 {
			a, r := 2*math.Pi*float64(i)/40, half*(0.6+0.4*w.Float64())
			s.Polygon = append(s.Polygon, vedette.Point{Lat: t.center.Lat + r*math.Sin(a), Lon: t.center.Lon + r*math.Cos(a)/math.Cos(t.center.Lat*math.Pi/180)})
		}
		if s.Validate() == nil {
			return s
		}
	}
}
