package match_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

// world draws random places, presences and updates from a fixed seed.
type world struct {
	*rand.Rand
	areas []vedette.AreaID
}

func newWorld(t testing.TB, g *gazetteer.Gazetteer, seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 1))}
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
	all := []vedette.Because{vedette.BecauseHome, vedette.BecauseSite, vedette.BecauseTrip, vedette.BecauseTrip, vedette.BecauseCheckin}
	return vedette.Presence{Person: person, Area: w.area(), Because: all[w.IntN(len(all))], From: w.time(), To: w.time()}
}

func (w *world) update() *vedette.Update {
	acts := []vedette.Action{vedette.AvoidAllTravel, vedette.NoRestriction, vedette.Monitor, vedette.Shelter, vedette.TravelWithCaution}
	u := &vedette.Update{}
	for range w.IntN(3) {
		u.Content.Affected = append(u.Content.Affected, vedette.Place{Area: w.area()})
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

// Everyone Relate calls concerned is among the candidates, and the count
// without reasons agrees with the decision that has them.
func TestIndexMissesNobody(t *testing.T) {
	g := gazetteer.Default()
	w := newWorld(t, g, 7)
	x := match.NewIndex(g)
	for range 600 {
		x.Add(w.presence(1 + w.Int64N(300)))
	}
	if x.Len() != 600 || x.Persons() == 0 || x.Persons() > 300 {
		t.Fatalf("index holds %d presences of %d people", x.Len(), x.Persons())
	}
	concerned := 0
	for range 400 {
		u := w.update()
		p := match.Prepare(g, u, house)
		got := x.Candidates(p, now)
		if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Fatal("candidates are not ascending, each once")
		}
		plain := !slices.ContainsFunc(u.Content.Recommendations, func(g vedette.AdviceGroup) bool {
			return slices.ContainsFunc(g.Advice, func(a vedette.Advice) bool { return len(a.Except) > 0 })
		})
		for person := int64(1); person <= 300; person++ {
			e := p.Relate(x.Presences(person), nil, now)
			if r := p.Relation(x.Presences(person), nil, now); r != e.Relation {
				t.Fatalf("person %d: %s without reasons, %s with", person, r, e.Relation)
			}
			checkReasons(t, e)
			_, found := slices.BinarySearch(got, person)
			switch {
			case e.Concerned() && !found:
				t.Fatalf("person %d is %s and no candidate\n%+v\n%+v", person, e.Relation, x.Presences(person), u.Content)
			case e.Concerned():
				concerned++
			}
		}
		if plain {
			tight(t, p, x, got)
		}
	}
	if concerned < 1000 {
		t.Errorf("only %d concerned: the test does not test", concerned)
	}
}

// tight says whether nearly every candidate is concerned: only times closer
// to now than a microsecond may tell index and rule apart.
func tight(t *testing.T, p *match.Prepared, x *match.Index, got []int64) {
	t.Helper()
	for _, person := range got {
		ps := x.Presences(person)
		edge := slices.ContainsFunc(ps, func(pr vedette.Presence) bool {
			return pr.From.Sub(now).Abs() < time.Millisecond || pr.To.Sub(now).Abs() < time.Millisecond
		})
		if !edge && p.Relation(ps, nil, now) == vedette.RelationOut {
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
		if r.Text == "" || (r.Relation == vedette.RelationOut) == e.Concerned() {
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

func BenchmarkBuild100k(b *testing.B) {
	g := gazetteer.Default()
	ps := crowd(newWorld(b, g, 3), 100_000)
	for b.Loop() {
		x := match.NewIndex(g)
		for i := range ps {
			x.Add(ps[i])
		}
	}
}

func BenchmarkCandidatesMENA100k(b *testing.B) {
	g := gazetteer.Default()
	x := match.NewIndex(g)
	for _, p := range crowd(newWorld(b, g, 3), 100_000) {
		x.Add(p)
	}
	u := gulfUpdate(b, g)
	u.Content.Affected = affected("mena")
	n := 0
	for b.Loop() {
		n = len(x.Candidates(match.Prepare(g, u, house), now))
	}
	b.ReportMetric(float64(n), "candidates")
}

func BenchmarkRelation(b *testing.B) {
	g := gazetteer.Default()
	p := match.Prepare(g, gulfUpdate(b, g), house)
	ps := crowd(newWorld(b, g, 3), 1000)
	i := 0
	for b.Loop() {
		p.Relation(ps[i%1000:i%1000+1], nil, now)
		i++
	}
}

func BenchmarkRelateWithReasons(b *testing.B) {
	g := gazetteer.Default()
	p := match.Prepare(g, gulfUpdate(b, g), house)
	ps := crowd(newWorld(b, g, 3), 1000)
	i := 0
	for b.Loop() {
		p.Relate(ps[i%1000:i%1000+1], nil, now)
		i++
	}
}
