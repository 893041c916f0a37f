package advise_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/match"
)

// Who is concerned and what applies are decided by two rules that may not
// part: whoever is concerned is shown where, whoever is out is shown nothing,
// and no advice is shown twice.
func TestAgreesWithMatch(t *testing.T) {
	g := gazetteer.Default()
	w := &world{rand.New(rand.NewPCG(11, 1)), []vedette.AreaID{"IR", "IQ", "IL", "LB", "AE", "FR", "US", "red-sea", "mena", "middle-east",
		"gulf-states", "asia", "no-such-area", "", city(t, g, "Basra", "IQ"), city(t, g, "Erbil", "IQ"), city(t, g, "Ashdod", "IL")}}
	concerned := 0
	for range 300 {
		u := w.update()
		m, a := match.Prepare(g, u, vedette.DefaultSettings()), advise.Prepare(g, u, nil)
		for range 50 {
			who := advise.Person{Citizenship: w.nations()}
			for range w.IntN(4) {
				who.Presences = append(who.Presences, w.presence())
			}
			rel, got := m.Relation(who.Presences, nil, now), a.For(who, now)
			in := rel != vedette.RelationOut
			if in {
				concerned++
			}
			if in != (len(got.Variant.Areas) > 0) || !in && len(got.Variant.Lines) > 0 {
				t.Fatalf("%s, yet %+v\nat %+v\nby %+v", rel, got.Variant, who.Presences, u.Content)
			}
			once(t, got)
		}
	}
	if concerned < 1000 {
		t.Errorf("only %d concerned: the test does not test", concerned)
	}
}

func once(t *testing.T, a advise.Advised) {
	t.Helper()
	seen := map[[2]int]bool{}
	for _, l := range a.Variant.Lines {
		if seen[[2]int{l.Group, l.Item}] {
			t.Fatalf("told twice: %+v", a.Variant.Lines)
		}
		seen[[2]int{l.Group, l.Item}] = true
	}
	for _, w := range a.Withheld {
		if seen[[2]int{w.Group, w.Item}] || w.Reason.Nothing() {
			t.Fatalf("told and withheld, or without a reason: %+v", a)
		}
	}
}

type world struct {
	*rand.Rand
	areas []vedette.AreaID
}

func (w *world) area() vedette.AreaID { return w.areas[w.IntN(len(w.areas))] }

func (w *world) nations() []vedette.AreaID {
	return [][]vedette.AreaID{nil, {"IR"}, {"US"}, {"US", "IQ"}}[w.IntN(4)]
}

func (w *world) presence() vedette.Presence {
	p := vedette.Presence{Area: w.area(), Because: vedette.BecauseHome}
	if w.IntN(2) == 0 {
		p.Because, p.From = vedette.BecauseTrip, now.Add(time.Duration(w.IntN(200)-100)*time.Hour)
		p.To = p.From.Add(50 * time.Hour)
		if w.IntN(3) == 0 {
			p.Because = vedette.BecauseLeg
		}
	}
	return p
}

func (w *world) update() *vedette.Update {
	acts := []vedette.Action{vedette.AvoidAllTravel, vedette.NoRestriction, vedette.Monitor, vedette.Shelter, vedette.Leave}
	audiences := []string{"", "", "", "Foreign nationals", "US citizens", "Residents"}
	u := &vedette.Update{}
	u.Content.Urgency = vedette.Urgency(w.IntN(5))
	for range w.IntN(2) {
		u.Content.Affected = append(u.Content.Affected, vedette.Place{Area: w.area()})
	}
	g := vedette.AdviceGroup{Area: w.area()}
	for range w.IntN(4) {
		a := only(audiences[w.IntN(len(audiences))], say("Do as told.", acts[w.IntN(len(acts))], w.area(), w.area()))
		if w.IntN(4) == 0 {
			a = but(w.area(), a)
		}
		g.Advice = append(g.Advice, a)
	}
	u.Content.Recommendations = []vedette.AdviceGroup{g}
	return u
}
