package match_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/match/index"
)

// world draws random places, presences and updates from a fixed seed.
type world struct {
	*rand.Rand
	g     *gazetteer.Gazetteer
	areas []vedette.AreaID
}

func newWorld(t testing.TB, g *gazetteer.Gazetteer, seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 1)), g: g}
	for _, c := range []struct {
		name    string
		country vedette.AreaID
	}{{"Tehran", "IR"}, {"Tel Aviv", "IL"}, {"Ashdod", "IL"}, {"Basra", "IQ"}, {"Baghdad", "IQ"}, {"Erbil", "IQ"}, {"Beirut", "LB"},
		{"Dubai", "AE"}, {"Casablanca", "MA"}, {"Paris", "FR"}, {"Jeddah", "SA"}, {"Tokyo", "JP"}} {
		id := city(t, g, c.name, c.country)
		w.areas = append(append(w.areas, id, c.country), g.Ancestors(id)...)
	}
	w.areas = append(w.areas, "red-sea", "persian-gulf", "US", "mena", "middle-east", "gulf-states", "", "no-such-area")
	return w
}

func (w *world) area() vedette.AreaID { return w.areas[w.IntN(len(w.areas))] }

func (w *world) time() time.Time {
	switch w.IntN(4) {
	case 0:
		return time.Time{}
	case 1:
		return now.Add(time.Duration(w.IntN(5)-2) * 300 * time.Nanosecond) // the edge
	}
	return now.Add(time.Duration(w.IntN(400)-200) * time.Hour)
}

func (w *world) presence(person int64) vedette.Presence {
	all := []vedette.Because{vedette.BecauseHome, vedette.BecauseSite, vedette.BecauseSite, vedette.BecauseTrip, vedette.BecauseTrip, vedette.BecauseLeg,
		vedette.BecauseCheckin, vedette.BecauseAnswer, vedette.BecauseDesk}
	p := vedette.Presence{Person: person, Area: w.area(), Because: all[w.IntN(len(all))], From: w.time(), To: w.time(), Trip: w.Int64N(3)}
	if w.IntN(2) == 0 {
		p.Recorded = now.AddDate(0, 0, -w.IntN(800))
	}
	if w.IntN(3) == 0 {
		at := w.point()
		p.Point, p.Spread = &at, float64(w.IntN(3)*w.IntN(30))
	}
	if p.Because == vedette.BecauseSite && w.IntN(4) > 0 {
		p.Site = "an office"
	}
	return p
}

// point is one around a place of the world, or across the antimeridian.
func (w *world) point() vedette.Point {
	a, ok := w.g.Area(w.area())
	if !ok {
		return vedette.Point{Lat: w.Float64()*4 - 18, Lon: []float64{-179.5, 179.5}[w.IntN(2)]}
	}
	return vedette.Point{Lat: a.Center.Lat + w.Float64()*3 - 1.5, Lon: a.Center.Lon + w.Float64()*3 - 1.5}
}

func (w *world) shape() vedette.Shape {
	c := w.point()
	s := vedette.Shape{Unsure: float64(w.IntN(2) * w.IntN(60))}
	if w.IntN(2) == 0 {
		s.Circle = &vedette.Circle{Center: c, KM: 1 + float64(w.IntN(300))}
		return s
	}
	for i := range 3 + w.IntN(20) {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 23)
		d := 0.5 + 2*w.Float64()
		s.Polygon = append(s.Polygon, vedette.Point{Lat: c.Lat + d*sin, Lon: math.Mod(c.Lon+d*cos+540, 360) - 180})
	}
	if s.Validate() != nil {
		return w.shape()
	}
	return s
}

func (w *world) watch(person int64) vedette.Watch {
	out := vedette.Watch{Person: person, Risk: vedette.Risk(w.IntN(5))}
	for range w.IntN(3) {
		out.Areas = append(out.Areas, w.area())
	}
	if w.IntN(4) == 0 {
		s := w.shape()
		out.Shape = &s
	}
	return out
}

func (w *world) update() *vedette.Update {
	acts := []vedette.Action{vedette.AvoidAllTravel, vedette.NoRestriction, vedette.Monitor, vedette.Shelter, vedette.TravelWithCaution}
	u := &vedette.Update{}
	u.Content.Risk = vedette.Risk(w.IntN(5))
	for range w.IntN(3) {
		u.Content.Affected = append(u.Content.Affected, vedette.Place{Area: w.area()})
		u.AreaRisks = append(u.AreaRisks, vedette.AreaRisk{Area: w.area(), Risk: vedette.Risk(w.IntN(5))})
	}
	if w.IntN(3) == 0 {
		for range 1 + w.IntN(2) {
			u.Shapes = append(u.Shapes, w.shape())
		}
	}
	for range w.IntN(3) {
		g := vedette.AdviceGroup{Area: w.area()}
		for range w.IntN(4) {
			a := advice("Do as told.", acts[w.IntN(len(acts))])
			for range w.IntN(3) {
				a.Actions[0].Targets = append(a.Actions[0].Targets, vedette.Place{Area: w.area()})
			}
			if w.IntN(4) == 0 {
				a.Except = []vedette.Place{{Area: w.area()}}
			}
			g.Advice = append(g.Advice, a)
		}
		u.Content.Recommendations = append(u.Content.Recommendations, g)
	}
	return u
}

// Everyone Relate calls concerned or a watcher is among the candidates, and the
// count without reasons agrees with the decision that has them.
func TestIndexMissesNobody(t *testing.T) {
	g := gazetteer.Default()
	w := newWorld(t, g, 7)
	x := index.New(g)
	for range 600 {
		x.Add(w.presence(1 + w.Int64N(300)))
	}
	for person := range int64(60) {
		x.SetWatches(251+person, []vedette.Watch{w.watch(251 + person)})
	}
	if x.Len() != 600 || x.Persons() < 200 || x.Persons() > 310 {
		t.Fatalf("index holds %d presences of %d people", x.Len(), x.Persons())
	}
	seen := map[string]int{}
	for range 300 {
		u := w.update()
		p := match.Prepare(g, u, house)
		got := slices.Collect(x.Find(p.Query(now)).Persons())
		if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Fatal("candidates are not ascending, each once")
		}
		plain := len(u.Shapes) == 0 && !slices.ContainsFunc(u.Content.Recommendations, func(g vedette.AdviceGroup) bool {
			return slices.ContainsFunc(g.Advice, func(a vedette.Advice) bool { return len(a.Except) > 0 })
		})
		for person := int64(1); person <= 310; person++ {
			ps, ws := x.Presences(person, nil), x.Watches(person, nil)
			e := p.Relate(ps, ws, now)
			if r := p.Relation(ps, ws, now); r != e.Relation {
				t.Fatalf("person %d: %s without reasons, %s with", person, r, e.Relation)
			}
			checkReasons(t, e)
			if _, found := slices.BinarySearch(got, person); e.Relation != vedette.RelationOut && !found {
				t.Fatalf("person %d is %s and no candidate\n%+v\n%+v\n%+v", person, e.Relation, ps, u.Content, u.Shapes)
			}
			count(seen, e)
		}
		if plain {
			tight(t, p, x, got)
		}
	}
	for _, what := range []string{"in", "may_be_in", "watches", "distance", "drawn", "ahead", "doubt", "old"} {
		if least := map[bool]int{true: 20, false: 70}[what == "ahead"]; seen[what] < least {
			t.Errorf("only %d %s: the test does not test", seen[what], what)
		}
	}
}

// count notes how somebody came to be concerned.
func count(seen map[string]int, e vedette.Exposure) {
	seen[string(e.Relation)]++
	for _, r := range e.Reasons {
		for what, sign := range map[string]string{"distance": "(sites count within", "drawn": " drawn near ", "ahead": "trip to", "doubt": "so perhaps not", "old": "last confirmed"} {
			if e.Concerned() && strings.Contains(r.Says.String(), sign) && (what != "ahead" || strings.Contains(r.Says.String(), " drawn near ")) {
				seen[what]++
			}
		}
	}
}

// One more presence never takes somebody out, one more watch changes nothing
// for who is in, and a window of a moment is that moment.
func TestPresencesAdd(t *testing.T) {
	g := gazetteer.Default()
	w := newWorld(t, g, 17)
	demoted := 0
	for range 300 {
		u := w.update()
		u.Content.Recommendations = nil // no advice on travel: nothing ahead counts
		p := match.Prepare(g, u, house)
		for range 40 {
			var ps []vedette.Presence
			for range w.IntN(4) {
				ps = append(ps, w.presence(1))
			}
			was := p.Relation(ps, nil, now)
			more := p.Relation(append(slices.Clip(ps), w.presence(1)), nil, now)
			if was != vedette.RelationOut && more == vedette.RelationOut {
				t.Fatalf("%s, and with one more presence out: %+v", was, ps)
			}
			if was == vedette.RelationIn && more == vedette.RelationMayBe {
				demoted++
			}
			if watched := p.Relation(ps, []vedette.Watch{w.watch(1)}, now); watched != was && (was != vedette.RelationOut || watched != vedette.RelationWatches) {
				t.Fatalf("%s, and with a watch %s", was, watched)
			}
			if e := p.During(ps, now, now); e.Relation != was {
				t.Fatalf("%s now, %s in the window of now: %+v", was, e.Relation, ps)
			}
		}
	}
	if demoted < 25 {
		t.Errorf("only %d spoken against: the test does not test", demoted)
	}
}

// tight says whether nearly every candidate is concerned: only times closer
// to now than a microsecond may tell index and rule apart, and watches, which
// the index lets pass at the risk of any place.
func tight(t *testing.T, p *match.Prepared, x *index.Index, got []int64) {
	t.Helper()
	for _, person := range got {
		ps := x.Presences(person, nil)
		edge := slices.ContainsFunc(ps, func(pr vedette.Presence) bool {
			return pr.From.Sub(now).Abs() < time.Millisecond || pr.To.Sub(now).Abs() < time.Millisecond
		})
		if !edge && len(x.Watches(person, nil)) == 0 && p.Relation(ps, x.Watches(person, nil), now) == vedette.RelationOut {
			t.Fatalf("person %d is a candidate and out: %+v", person, ps)
		}
	}
}

// Every decision has its reasons: somebody concerned only such as concern
// them, the strongest first; somebody out at least one.
func checkReasons(t *testing.T, e vedette.Exposure) {
	t.Helper()
	if len(e.Reasons) == 0 || e.Reasons[0].Relation != e.Relation {
		t.Fatalf("%s for %+v", e.Relation, e.Reasons)
	}
	for _, r := range e.Reasons {
		if r.Says.String() == "" || (r.Relation == vedette.RelationOut || r.Relation == vedette.RelationWatches && !r.Watch) && e.Concerned() ||
			(r.Relation == vedette.RelationIn || r.Relation == vedette.RelationMayBe) && !e.Concerned() || r.Watch != (r.Relation == vedette.RelationWatches) {
			t.Fatalf("%s with reason %+v", e.Relation, r)
		}
	}
}

// crowd is people with a home each, every tenth with a trip ahead.
func crowd(w *world, presences int) []vedette.Presence {
	out := make([]vedette.Presence, 0, presences)
	for person := int64(1); len(out) < presences; person++ {
		out = append(out, vedette.Presence{Person: person, Area: w.area(), Because: vedette.BecauseHome})
		if person%10 == 0 && len(out) < presences {
			out = append(out, vedette.Presence{Person: person, Area: w.area(), Because: vedette.BecauseTrip,
				From: now.AddDate(0, 0, 5), To: now.AddDate(0, 0, 9)})
		}
	}
	return out
}

func BenchmarkCandidatesMENA100k(b *testing.B) {
	g := gazetteer.Default()
	x := index.New(g)
	for _, p := range crowd(newWorld(b, g, 3), 100_000) {
		x.Add(p)
	}
	u := gulfUpdate(b, g)
	u.Content.Affected = affected("mena")
	n := 0
	for b.Loop() {
		n = x.Find(match.Prepare(g, u, house).Query(now)).Count()
	}
	b.ReportMetric(float64(n), "candidates")
}
