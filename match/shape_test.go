package match_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/match/index"
)

func point(lat, lon float64) *vedette.Point { return &vedette.Point{Lat: lat, Lon: lon} }

func circle(lat, lon, km float64) vedette.Shape {
	return vedette.Shape{Circle: &vedette.Circle{Center: *point(lat, lon), KM: km}}
}

func unsure(km float64, s vedette.Shape) vedette.Shape { s.Unsure = km; return s }

func named(name string, s vedette.Shape) vedette.Shape { s.Name = name; return s }

// box is a rectangle on the map.
func box(south, west, north, east float64) vedette.Shape {
	return vedette.Shape{Polygon: []vedette.Point{*point(south, west), *point(south, east), *point(north, east), *point(north, west)}}
}

func drawn(shapes ...vedette.Shape) *vedette.Update { return &vedette.Update{Shapes: shapes} }

// home is somebody kept as living in an area.
func home(area vedette.AreaID) vedette.Presence {
	return vedette.Presence{Area: area, Because: vedette.BecauseHome}
}

// at gives a presence an exact point, and how far they may be from it.
func at(p vedette.Presence, lat, lon, spread float64) vedette.Presence {
	p.Point, p.Spread = point(lat, lon), spread
	return p
}

// expect holds an exposure against a relation and the words of its first
// reasons.
func expect(t *testing.T, e vedette.Exposure, want vedette.Relation, why ...string) {
	t.Helper()
	if e.Relation != want {
		t.Errorf("relation %q, want %q:\n%s", e.Relation, want, texts(e))
		return
	}
	if len(e.Reasons) < len(why) {
		t.Fatalf("reasons:\n%s\nwant:\n%s", texts(e), strings.Join(why, "\n"))
	}
	for i, w := range why {
		if !strings.Contains(e.Reasons[i].Says.String(), w) {
			t.Errorf("reason %q, want %q", e.Reasons[i].Says.String(), w)
		}
	}
}

func TestWhoIsInAShape(t *testing.T) {
	g := gazetteer.Default()
	basra, baghdad := city(t, g, "Basra", "IQ"), city(t, g, "Baghdad", "IQ")
	airfield := named("Airfield", circle(30.55, 47.66, 10)) // 13 km north-west of the middle of Basra
	south := named("the south", box(29, 46, 32, 49))
	fiji := box(-19.5, 176, -15, -178)
	for _, c := range []struct {
		who   string
		p     vedette.Presence
		shape vedette.Shape
		want  vedette.Relation
		why   string
	}{
		{"at a point inside", at(home(basra), 30.56, 47.7, 0), airfield, "in", "based in Basra, Iraq, inside the drawn shape “Airfield”"},
		{"at a point outside", at(home(basra), 30.5, 47.82, 0), airfield, "out", "not in the drawn shape “Airfield” (6.3 km off)"},
		{"outside, but the event may lie 8 km off", at(home(basra), 30.5, 47.82, 0), unsure(8, airfield), "may_be_in", "6.3 km outside the drawn shape “Airfield”; where it and they are is known only to within 8 km"},
		{"outside, but they may be 8 km off", at(home(basra), 30.5, 47.82, 8), airfield, "may_be_in", "6.3 km outside"},
		{"outside, event and person 4 km off each", at(home(basra), 30.5, 47.82, 4), unsure(4, airfield), "may_be_in", "known only to within 8 km"},
		{"inside by the edge as drawn, however unsure", at(home(basra), 30.56, 47.7, 30), unsure(30, airfield), "in", "inside the drawn shape"},
		{"no point, a city partly inside", home(basra), airfield, "may_be_in", "based in Basra, Iraq, which overlaps the drawn shape “Airfield”"},
		{"no point, a city wholly inside", home(basra), south, "in", "based in Basra, Iraq, all of which lies in the drawn shape “the south”"},
		{"no point, a city outside", home(baghdad), south, "out", "not in the drawn shape “the south”"},
		{"no point, a city that the unsure edge reaches", home(baghdad), unsure(190, south), "may_be_in", "which overlaps the drawn shape “the south” (known only to within 190 km)"},
		{"an airport inside", home("iata:BSR"), airfield, "in", "Basra International Airport (BSR), Iraq, all of which lies"},
		{"kept as a division, wholly inside", home("IQ-BA"), box(28, 45, 33, 50), "in", "all of which lies in the area drawn near"},
		{"kept as a division, partly", home("IQ-BA"), airfield, "may_be_in", "which overlaps"},
		{"kept as a division elsewhere", home("IQ-AR"), airfield, "out", "not in"},
		{"kept as a country", home("IQ"), airfield, "may_be_in", "kept as Iraq, which overlaps the drawn shape “Airfield”"},
		{"kept as the country next to it", home("IR"), airfield, "out", "not in the drawn shape"},
		{"kept as a small country in a large circle", home("KW"), circle(29.3, 47.6, 300), "in", "kept as Kuwait, all of which lies in the circle of 300 km drawn near"},
		{"kept as a region", home("gulf-states"), circle(29.3, 47.6, 300), "may_be_in", "kept as the Gulf states, which overlaps"},
		{"kept as the levant, all of it drawn round", home("levant"), box(28, 32, 38, 43), "in", "all of which lies in"},
		{"at sea, a circle off Hodeidah", home("red-sea"), circle(14.8, 42.7, 20), "may_be_in", "at sea in the Red Sea, which overlaps the circle of 20 km drawn near Hodeidah, Yemen"},
		{"at sea elsewhere", home("persian-gulf"), circle(14.8, 42.7, 20), "out", "not in the circle of 20 km"},
		{"in a strait drawn round", home("bab-el-mandeb"), circle(12.6, 43.4, 400), "in", "all of which lies"},
		{"a Kenyan county without an outline, its towns drawn round", home("KE-30"), circle(-1.29, 36.82, 60), "in", "all of which lies"},
		{"a Kenyan county far off", home("KE-28"), circle(-1.29, 36.82, 20), "out", "not in"},
		{"in Suva, a box across the antimeridian", home(city(t, g, "Suva", "FJ")), fiji, "in", "all of which lies"},
		{"on Taveuni, east of 180 degrees", at(home("FJ"), -16.85, -179.97, 0), fiji, "in", "inside"},
		{"in Apia, east of the box", home(city(t, g, "Apia", "WS")), fiji, "out", "not in"},
		{"at the pole in a circle around it", at(home("AQ"), -90, 0, 0), circle(-89, 60, 200), "in", "inside"},
		{"a place not recorded", home(""), south, "out", "a place not recorded: not in"},
		{"no area, but a point inside", at(home(""), 30.5, 47.8, 0), south, "in", "a point on the map, inside"},
		{"a place not known", home("no-such-area"), south, "out", ""},
	} {
		t.Run(c.who, func(t *testing.T) {
			if err := c.shape.Validate(); err != nil {
				t.Fatal(err)
			}
			expect(t, match.Relate(g, drawn(c.shape), house, []vedette.Presence{c.p}, nil, now), c.want, c.why)
		})
	}
}

// A trip ahead into a shape counts where advice restricts travel there: advice
// without a place, or for the single affected area, which the shape draws.
func TestATripAheadIntoAShape(t *testing.T) {
	g := gazetteer.Default()
	basra, baghdad := city(t, g, "Basra", "IQ"), city(t, g, "Baghdad", "IQ")
	trip := vedette.Presence{Area: basra, Because: vedette.BecauseTrip, From: now.AddDate(0, 0, 2), To: now.AddDate(0, 0, 4)}
	hotel := at(trip, 33.3, 44.4, 0) // a point that is not of the area: the area counts
	say := func(a vedette.Action, targets ...vedette.AreaID) *vedette.Update {
		u := drawn(named("the south", box(29, 46, 32, 49)))
		u.Content.Recommendations = []vedette.AdviceGroup{{Advice: []vedette.Advice{advice("Do it.", a, targets...)}}}
		return u
	}
	one := say(vedette.AvoidAllTravel, baghdad)
	one.Content.Affected = affected(baghdad)
	two := say(vedette.AvoidAllTravel, baghdad)
	two.Content.Affected = affected(baghdad, "LB")
	for _, c := range []struct {
		what string
		u    *vedette.Update
		p    vedette.Presence
		want vedette.Relation
		why  string
	}{
		{"avoid travel, no place named", say(vedette.AvoidAllTravel), trip, "in", "trip to Basra, Iraq, arriving 7 Feb 2026, all of which lies in the drawn shape “the south”"},
		{"the same with a hotel", say(vedette.AvoidAllTravel), hotel, "in", "all of which lies in the drawn shape"},
		{"avoid travel to the area that is drawn", one, trip, "in", "all of which lies in the drawn shape"},
		{"to one of two, and nobody knows which is drawn", two, trip, "out", "nothing in this update concerns travel there"},
		{"shelter restricts no travel", say(vedette.Shelter), trip, "out", "nothing in this update concerns travel there"},
		{"travel elsewhere", say(vedette.AvoidAllTravel, "LB"), trip, "out", "nothing in this update concerns travel there"},
	} {
		ps := []vedette.Presence{c.p, home("FR")}
		ps[0].Person, ps[1].Person = 7, 7
		e := match.Relate(g, c.u, house, ps, nil, now)
		if t.Run(c.what, func(t *testing.T) { expect(t, e, c.want, c.why) }); c.want == "out" {
			continue
		}
		x := index.New(g)
		for _, p := range ps {
			x.Add(p)
		}
		if got := slices.Collect(x.Find(match.Prepare(g, c.u, house).Query(now)).Persons()); !slices.Equal(got, []int64{7}) {
			t.Errorf("%s: the index finds %v", c.what, got)
		}
	}
}

// A trip into what is drawn clashes where advice for it says not to go: advice
// without a place, or for the single area that is affected and so drawn.
func TestTripsThatClashWithWhatIsDrawn(t *testing.T) {
	g := gazetteer.Default()
	basra, baghdad, abadan := city(t, g, "Basra", "IQ"), city(t, g, "Baghdad", "IQ"), city(t, g, "Abadan", "IR")
	say := func(a vedette.Advice, areas ...vedette.AreaID) *vedette.Update {
		u := drawn(named("the north", box(35, 40, 37, 44)), named("the south", box(29, 46, 32, 49)))
		u.Content.Affected = affected(areas...)
		u.Content.Recommendations = []vedette.AdviceGroup{{Advice: []vedette.Advice{advice("Follow the news.", vedette.Monitor), a}}}
		return u
	}
	nowhere, toBasra := advice("Avoid all travel there.", vedette.AvoidAllTravel), advice("Avoid nonessential travel to Basra.", vedette.AvoidNonessentialTravel, basra)
	not := nowhere
	not.Except = affected(basra)
	waits := advice("If strikes resume, avoid all travel there.", vedette.AvoidAllTravel)
	waits.Condition = "If strikes resume"
	within := func(p vedette.Presence, lat, lon float64) vedette.Presence { return at(p, lat, lon, 0) }
	for _, c := range []struct {
		what string
		u    *vedette.Update
		pr   vedette.Presence
		want string // action, area, shape, relation
	}{
		{"into a shape, advice without a place", say(nowhere), stay(basra, 5, 9), "avoid_all_travel  the south in"},
		{"in a year", say(nowhere), stay(basra, 365, 370), "avoid_all_travel  the south in"},
		{"there now", say(nowhere), stay(basra, -1, 3), "avoid_all_travel  the south in"},
		{"there now, the hotel outside of it", say(nowhere), within(stay(basra, -1, 3), 33.3, 44.4), ""},
		{"on the way, whatever the hotel", say(nowhere), within(stay(basra, 5, 9), 33.3, 44.4), "avoid_all_travel  the south in"},
		{"to a land that it overlaps", say(nowhere), stay("KW", 5, 9), "avoid_all_travel  the south may_be_in"},
		{"elsewhere", say(nowhere), stay(baghdad, 5, 9), ""},
		{"over", say(nowhere), stay(basra, -9, -5), ""},
		{"across the border, into what is drawn for Basra", say(toBasra, basra), stay(abadan, 5, 9), "avoid_nonessential_travel " + string(basra) + " the south in"},
		{"to Basra itself", say(toBasra, basra), stay(basra, 5, 9), "avoid_nonessential_travel " + string(basra) + "  in"},
		{"of two affected areas nobody knows which is drawn", say(toBasra, basra, "LB"), stay(abadan, 5, 9), ""},
		{"left out", say(not), stay(basra, 5, 9), ""},
		{"for a condition", say(waits), stay(basra, 5, 9), "avoid_all_travel  the south in waits"},
		{"nothing on travel", say(advice("Shelter.", vedette.Shelter)), stay(basra, 5, 9), ""},
		{"somebody who lives there", say(nowhere), home(basra), ""},
	} {
		var got []string
		for _, k := range match.Prepare(g, c.u, house).Clashes([]vedette.Presence{c.pr, home("FR")}, now) {
			shape, waits := "", ""
			if k.Shape != nil {
				shape = k.Shape.Name
			}
			if k.Waits {
				waits = " waits"
			}
			got = append(got, string(k.Action)+" "+string(k.Area)+" "+shape+" "+string(k.Relation)+waits)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, want %q", c.what, s, c.want)
		}
	}
}

// A shape is an affected area: without advice on travel it concerns no trip
// still ahead, and is no reason less than the areas that the update names.
func TestAShapeBesideAreas(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	trip := vedette.Presence{Area: basra, Because: vedette.BecauseTrip, From: now.AddDate(0, 0, 2)}
	u := drawn(named("Airfield", circle(30.55, 47.66, 10)))
	expect(t, match.Relate(g, u, house, []vedette.Presence{trip}, nil, now), "out", "nothing in this update concerns travel there")
	u.Content.Affected = affected("IQ")
	expect(t, match.Relate(g, u, house, []vedette.Presence{home(basra)}, nil, now), "in",
		"which lies in Iraq (affected area)", "which overlaps the drawn shape “Airfield”")
}

// Several planners ask the same prepared update at once, and all get the
// same answers.
func TestManyAskAtOnce(t *testing.T) {
	g := gazetteer.Default()
	w := newWorld(t, g, 23)
	u := w.update()
	u.Shapes = []vedette.Shape{box(25, 40, 36, 50)}
	u.Content.Affected = affected("IQ-BA")
	var ps [][]vedette.Presence
	for range 60 {
		ps = append(ps, []vedette.Presence{w.presence(1), w.presence(1)})
	}
	ws := []vedette.Watch{w.watch(1), w.watch(1)}
	p, alone := match.Prepare(g, u, house), match.Prepare(g, u, house)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range ps {
				if got, want := p.Relate(ps[i], ws, now), alone.Relation(ps[i], ws, now); got.Relation != want {
					t.Errorf("%s beside others, %s alone", got.Relation, want)
				}
			}
		})
	}
	all.Wait()
}
