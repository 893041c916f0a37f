package index_test

import (
	"slices"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index"
)

func named(t *testing.T, name string, country vedette.AreaID) vedette.AreaID {
	t.Helper()
	for _, a := range gazetteer.Default().Lookup(name) {
		if a.Kind == vedette.AreaCity && a.Country == country {
			return a.ID
		}
	}
	t.Fatalf("the gazetteer has no city %s in %s", name, country)
	return ""
}

func circle(lat, lon, km float64) *vedette.Shape {
	return &vedette.Shape{Circle: &vedette.Circle{Center: vedette.Point{Lat: lat, Lon: lon}, KM: km}}
}

func drawn(points ...float64) *vedette.Shape {
	s := &vedette.Shape{}
	for i := 0; i < len(points); i += 2 {
		s.Polygon = append(s.Polygon, vedette.Point{Lat: points[i], Lon: points[i+1]})
	}
	return s
}

// Who is found at the ends of the earth, of areas and of time.
func TestEdges(t *testing.T) {
	g := gazetteer.Default()
	basra, dubai := named(t, "Basra", "IQ"), named(t, "Dubai", "AE")
	at := func(lat, lon float64) *vedette.Point { return &vedette.Point{Lat: lat, Lon: lon} }
	home := func(p vedette.Presence) vedette.Presence { p.Because = vedette.BecauseHome; return p }
	area := func(ids ...vedette.AreaID) index.Query {
		q := index.Query{From: now, To: now}
		for _, id := range ids {
			q.Areas = append(q.Areas, index.Subject{Area: id})
		}
		return q
	}
	shape := func(s *vedette.Shape) index.Query {
		return index.Query{From: now, To: now, Shapes: []index.Reach{{Shape: s, KM: s.Unsure}}}
	}
	trip := vedette.Presence{Area: basra, Because: vedette.BecauseTrip, From: now.AddDate(0, 0, 5), To: now.AddDate(0, 0, 9)}
	travel := area("IQ")
	travel.Areas[0].Travel = true
	soon := travel
	soon.Until = now.AddDate(0, 0, 5)
	arrives := area("IQ")
	arrives.To, arrives.Begins = now.AddDate(0, 0, 7), true
	for _, c := range []struct {
		what  string
		p     vedette.Presence
		q     index.Query
		found bool
	}{
		{"in a town of the region", home(vedette.Presence{Area: basra}), area("mena"), true},
		{"in regions that overlap", home(vedette.Presence{Area: basra}), area("mena", "middle-east"), true},
		{"kept as the country of the town", home(vedette.Presence{Area: "IQ"}), area(basra), true},
		{"kept as the region of the town", home(vedette.Presence{Area: "mena"}), area(basra), true},
		{"in another town of the region", home(vedette.Presence{Area: dubai}), area(basra), false},
		{"at the airport of the town", home(vedette.Presence{Area: "iata:DXB"}), area(dubai), true},
		{"in the town of the airport", home(vedette.Presence{Area: dubai}), area("iata:DXB"), true},
		{"at sea", home(vedette.Presence{Area: "red-sea"}), area("red-sea"), true},
		{"ashore, and the sea is asked for", home(vedette.Presence{Area: "EG"}), area("red-sea"), false},
		{"in an area nobody knows", home(vedette.Presence{Area: "atlantis"}), area("atlantis"), true},
		{"in another that nobody knows", home(vedette.Presence{Area: "atlantis"}), area("lemuria"), false},
		{"in no area", home(vedette.Presence{}), area(""), false},
		{"in no area, at a point in the circle", home(vedette.Presence{Point: at(30, 47)}), shape(circle(30, 47.1, 20)), true},
		{"at a point in the country, the circle is beside it", home(vedette.Presence{Area: "IQ", Point: at(36, 44)}), shape(circle(30, 47.1, 20)), false},
		{"in the country without a point", home(vedette.Presence{Area: "IQ"}), shape(circle(30, 47.1, 20)), true},
		{"on the antimeridian, written east", home(vedette.Presence{Point: at(0, 180)}), shape(circle(0, -179.9, 15)), true},
		{"on the antimeridian, written west", home(vedette.Presence{Point: at(0, -180)}), shape(circle(0, 179.9, 15)), true},
		{"east of a polygon's edge on the antimeridian", home(vedette.Presence{Point: at(0.5, -179.5)}), shape(drawn(-1, 179, -1, -179, 1, -179, 1, 179)), true},
		{"off that polygon", home(vedette.Presence{Point: at(0.5, -178.5)}), shape(drawn(-1, 179, -1, -179, 1, -179, 1, 179)), false},
		{"at the pole", home(vedette.Presence{Point: at(90, 12)}), shape(circle(89.9, -100, 15)), true},
		{"across the pole", home(vedette.Presence{Point: at(-89.9, 10)}), shape(circle(-89.9, -170, 25)), true},
		{"at the pole, the circle is not", home(vedette.Presence{Point: at(90, 0)}), shape(circle(89, 0, 100)), false},
		{"near the circle by their spread", home(vedette.Presence{Point: at(30.5, 47), Spread: 50}), shape(circle(30, 47, 10)), true},
		{"on a corner", home(vedette.Presence{Point: at(1, 1)}), shape(drawn(0, 0, 0, 1, 1, 1, 1, 0)), true},
		{"at no point of the earth: the rule decides", home(vedette.Presence{Point: at(123, 456)}), shape(circle(0, 0, 10)), true},
		{"from this moment on", home(vedette.Presence{Area: basra, From: now}), area("IQ"), true},
		{"from the next moment on", home(vedette.Presence{Area: basra, From: now.Add(1)}), area("IQ"), false},
		{"until this moment", home(vedette.Presence{Area: basra, To: now}), area("IQ"), false},
		{"until the next moment", home(vedette.Presence{Area: basra, To: now.Add(1)}), area("IQ"), true},
		{"since the year 1000", home(vedette.Presence{Area: basra, From: now.AddDate(-1026, 0, 0)}), area("IQ"), true},
		{"until the year 3000", home(vedette.Presence{Area: basra, To: now.AddDate(974, 0, 0)}), area("IQ"), true},
		{"on a trip to come", trip, area("IQ"), false},
		{"on a trip to come, and travel is asked for", trip, travel, true},
		{"on a trip to come, sooner ones are asked for", trip, soon, false},
		{"on a trip to come, who arrives is asked for", trip, arrives, true},
		{"lives there, who arrives is asked for", home(vedette.Presence{Area: basra}), arrives, false},
	} {
		x := index.New(g)
		c.p.Person = 7
		x.Set(3, []vedette.Presence{home(vedette.Presence{Area: "FR"})})
		x.Set(7, []vedette.Presence{c.p})
		if got := found(x, c.q); (len(got) == 1 && got[0] == 7) != c.found || len(got) > 1 {
			t.Errorf("%s: found %v, want %v", c.what, got, c.found)
		}
	}
}

// Somebody removed is gone, somebody who comes again is there once, and the
// order is that of keys, whenever they came.
func TestComingAndGoing(t *testing.T) {
	x := index.New(gazetteer.Default())
	mena := index.Query{From: now, To: now, Areas: []index.Subject{{Area: "mena"}}}
	in := func(area vedette.AreaID) vedette.Presence {
		return vedette.Presence{Area: area, Because: vedette.BecauseHome}
	}
	for _, person := range []int64{5, 9, 2, 7, -3} {
		x.Set(person, []vedette.Presence{in("IQ"), in("IQ"), in("AE")})
	}
	if got := found(x, mena); !slices.Equal(got, []int64{-3, 2, 5, 7, 9}) {
		t.Errorf("found %v", got)
	}
	before := x.Find(mena)
	x.Set(5, nil)
	x.Set(2, []vedette.Presence{in("FR")})
	x.Set(9, []vedette.Presence{in("AE")})
	if got := found(x, mena); !slices.Equal(got, []int64{-3, 7, 9}) {
		t.Errorf("found %v", got)
	}
	if got := slices.Collect(before.Persons()); !slices.Equal(got, []int64{-3, 2, 5, 7, 9}) {
		t.Errorf("what was found before has become %v", got)
	}
	x.Set(5, []vedette.Presence{in("iata:BGW")})
	if got := found(x, mena); !slices.Equal(got, []int64{-3, 5, 7, 9}) {
		t.Errorf("found %v", got)
	}
}

// Watches find those who asked, as far as risk, categories and places pass.
func TestWatchesFindThoseWhoAsked(t *testing.T) {
	x := index.New(gazetteer.Default())
	basra := named(t, "Basra", "IQ")
	watches := map[int64]vedette.Watch{
		1: {},
		2: {Areas: []vedette.AreaID{"IQ"}},
		3: {Areas: []vedette.AreaID{basra}},
		4: {Areas: []vedette.AreaID{"FR"}},
		5: {Areas: []vedette.AreaID{"mena"}, Risk: vedette.RiskExtreme},
		6: {Areas: []vedette.AreaID{"mena"}, Categories: []string{"flood"}},
		7: {Shape: circle(30.5, 47.8, 50)},
		8: {Shape: circle(48.8, 2.3, 50)},
	}
	for person, w := range watches {
		w.Key, w.Person = 100+person, person
		x.SetWatches(person, []vedette.Watch{w})
	}
	facts := &index.Facts{Content: &vedette.Content{Categories: []string{"protest"}}, Risks: []vedette.Risk{vedette.RiskHigh}}
	for _, c := range []struct {
		about string
		q     index.Query
		want  []int64
	}{
		{"Iraq", index.Query{Areas: []index.Subject{{Area: "IQ"}}, Watch: facts}, []int64{1, 2, 3, 7}},
		{"Basra", index.Query{Areas: []index.Subject{{Area: basra}}, Watch: facts}, []int64{1, 2, 3, 7}},
		{"a circle about Basra", index.Query{Shapes: []index.Reach{{Shape: circle(30.5, 47.8, 5)}}, Watch: facts}, []int64{1, 2, 3, 7}},
		{"Iraq, watches not asked for", index.Query{Areas: []index.Subject{{Area: "IQ"}}}, nil},
	} {
		c.q.From, c.q.To = now, now
		if got := found(x, c.q); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.about, got, c.want)
		}
	}
	if got := x.Watches(5, nil); len(got) != 1 || got[0].Key != 105 || got[0].Person != 5 || got[0].Risk != vedette.RiskExtreme {
		t.Errorf("watches of 5: %+v", got)
	}
	x.SetWatches(1, nil)
	x.SetWatches(2, []vedette.Watch{watches[4]})
	if got := found(x, index.Query{From: now, To: now, Areas: []index.Subject{{Area: "IQ"}}, Watch: facts}); !slices.Equal(got, []int64{3, 7}) {
		t.Errorf("after changes: %v", got)
	}
}

// What the index says it holds is about what it takes.
func TestBytesGrowAndShrink(t *testing.T) {
	w := newWorld(5)
	x := index.New(w.g)
	empty := x.Bytes()
	for person := range int64(2000) {
		x.Set(person, []vedette.Presence{w.presence(person), w.presence(person)})
	}
	full := x.Bytes()
	if full < empty+2*2000*20 {
		t.Errorf("%d bytes when empty, %d with 4,000 presences", empty, full)
	}
	for person := range int64(2000) {
		x.Set(person, nil)
	}
	if left := x.Bytes(); left > full*3/4 {
		t.Errorf("%d bytes with 4,000 presences, %d when they are gone", full, left)
	}
}
