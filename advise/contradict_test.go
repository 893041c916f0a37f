package advise_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
)

func TestContradictions(t *testing.T) {
	g := gazetteer.Default()
	basra, erbil := city(t, g, "Basra", "IQ"), city(t, g, "Erbil", "IQ")
	leave := say("Leave Iraq now.", vedette.Leave, "IQ")
	shelter := say("Shelter in place in Basra.", vedette.Shelter, basra)
	strikes := given("In the event of strikes", shelter)
	avoid, caution, free := say("Avoid all travel to Iraq.", vedette.AvoidAllTravel, "IQ"), say("Travel with caution.", vedette.TravelWithCaution, "IQ"), say("Normal precautions.", vedette.NoRestriction, "IQ")
	near := avoid
	near.Near = &vedette.Near{KM: 5, What: "border", Of: vedette.Place{Area: "IR"}}
	type us = []vedette.Advice
	for _, c := range []struct {
		what         string
		old, draft   us
		declared     []vedette.Declared
		at           []vedette.AreaID
		want, places string // kinds; areas
	}{
		{"leave beside shelter, for people in both", us{leave}, us{shelter}, nil, []vedette.AreaID{basra}, "stay_or_go", "Basra"},
		{"nobody is where both hold", us{leave}, us{shelter}, nil, []vedette.AreaID{erbil, "IR"}, "", ""},
		{"somebody kept as Iraq may be there", us{leave}, us{shelter}, nil, []vedette.AreaID{"IQ"}, "stay_or_go", "Basra"},
		{"in one and the same update", nil, us{leave, shelter}, nil, []vedette.AreaID{basra, erbil}, "stay_or_go", "Basra"},
		{"evacuate beside stay put", us{say("Evacuate Basra.", vedette.Evacuate, basra)}, us{say("Stay put.", vedette.StayPut, "IQ")}, nil, []vedette.AreaID{basra}, "stay_or_go", "Basra"},
		{"relocate beside shelter", us{say("Relocate.", vedette.Relocate, "IQ")}, us{say("Shelter.", vedette.Shelter, "IQ")}, nil, []vedette.AreaID{basra, erbil}, "stay_or_go", "Erbil Basra"},
		{"shelter and stay put agree", us{say("Stay put.", vedette.StayPut, basra)}, us{shelter}, nil, []vedette.AreaID{basra}, "", ""},
		{"a condition still awaited contradicts nothing", us{leave}, us{strikes}, nil, []vedette.AreaID{basra}, "", ""},
		{"one met suspends, and contradicts nothing", us{leave}, us{strikes}, []vedette.Declared{declare(2, 0, vedette.ConditionMet)}, []vedette.AreaID{basra}, "", ""},
		{"both met", us{given("If it falls", leave)}, us{strikes}, []vedette.Declared{declare(1, 0, vedette.ConditionMet), declare(2, 0, vedette.ConditionMet)}, []vedette.AreaID{basra}, "stay_or_go", "Basra"},
		{"one passed", us{leave}, us{strikes}, []vedette.Declared{declare(2, 0, vedette.ConditionPassed)}, []vedette.AreaID{basra}, "", ""},
		{"nobody is both Iraqi and foreign to Iraq", us{only("Foreign nationals", leave)}, us{only("Iraqi nationals", shelter)}, nil, []vedette.AreaID{basra}, "", ""},
		{"somebody may be American and a resident", us{only("US citizens", leave)}, us{only("Residents", shelter)}, nil, []vedette.AreaID{basra}, "stay_or_go", "Basra"},
		{"visitors and residents", us{only("Visitors", leave)}, us{only("Residents", shelter)}, nil, []vedette.AreaID{basra}, "", ""},
		{"an audience nobody understands", us{only("Journalists", leave)}, us{shelter}, nil, []vedette.AreaID{basra}, "stay_or_go", "Basra"},
		{"the part that is left out", us{but(basra, leave)}, us{shelter}, nil, []vedette.AreaID{basra, "IQ"}, "", ""},
		{"two postures for the very same area", us{avoid}, us{caution}, nil, []vedette.AreaID{basra}, "postures", "Basra"},
		{"in one update the analyst meant it", nil, us{avoid, caution}, nil, []vedette.AreaID{basra}, "", ""},
		{"a narrower one is an exception", us{avoid}, us{say("Travel with caution in Basra.", vedette.TravelWithCaution, basra)}, nil, []vedette.AreaID{basra}, "", ""},
		{"no restriction beside avoid, though narrower", us{avoid}, us{say("Normal precautions in Basra.", vedette.NoRestriction, basra)}, nil, []vedette.AreaID{basra, erbil}, "postures", "Basra"},
		{"no restriction for a city in the same update", nil, us{avoid, say("Normal precautions in Basra.", vedette.NoRestriction, basra)}, nil, []vedette.AreaID{basra}, "", ""},
		{"no restriction beside avoid in one update", nil, us{avoid, free}, nil, []vedette.AreaID{basra}, "postures", "Basra"},
		{"the same posture twice", us{avoid}, us{avoid}, nil, []vedette.AreaID{basra}, "", ""},
		{"within a distance it is an exception too", us{near}, us{caution}, nil, []vedette.AreaID{basra}, "", ""},
		{"a posture beside leave", us{avoid}, us{leave}, nil, []vedette.AreaID{basra}, "", ""},
		{"two at once", us{leave, avoid}, us{shelter, caution}, nil, []vedette.AreaID{basra, erbil}, "stay_or_go postures", "Basra; Erbil Basra"},
	} {
		t.Run(c.what, func(t *testing.T) {
			old, draft := issued(1, 5, 0, 0, c.old...), issued(2, 0, 0, 0, c.draft...)
			draft.State, draft.Number = vedette.UpdateDraft, 0
			var spots []advise.Spot
			var who advise.Person
			for _, a := range c.at {
				spots = append(spots, advise.Spot{Area: a})
				who.Presences = append(who.Presences, home(a))
			}
			ps := []*advise.Prepared{advise.Prepare(g, draft, c.declared), advise.Prepare(g, old, c.declared)}
			for what, found := range map[string][]advise.Contradiction{"all": advise.Contradictions(ps, spots), "one": advise.ContradictionsFor(ps, who, now)} {
				var kinds, places []string
				for _, f := range found {
					kinds = append(kinds, string(f.Kind))
					var names []string
					for _, a := range f.Areas {
						names = append(names, g.Name(a))
					}
					places = append(places, strings.Join(names, " "))
				}
				if k, p := strings.Join(kinds, " "), strings.Join(places, "; "); k != c.want || p != c.places {
					t.Errorf("for %s: %q in %q, want %q in %q", what, k, p, c.want, c.places)
				}
			}
		})
	}
}

func TestAContradictionInWords(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	old := issued(1, 5, 0, 0, say("Leave Iraq while airports are open, by commercial flights where there are any, and by road to Kuwait otherwise.", vedette.Leave, "IQ"))
	old.Number, old.Situation.Title = 2, "Iran crisis"
	draft := issued(2, 0, 0, 0, say("Shelter in place.", vedette.Shelter, basra))
	draft.State = vedette.UpdateDraft
	found := advise.Contradictions([]*advise.Prepared{advise.Prepare(g, draft, nil), advise.Prepare(g, old, nil)}, []advise.Spot{{Area: basra}})
	want := "“Leave Iraq while airports are open, by commercial flights where there …” (update 2 of Iran crisis) beside “Shelter in place.” (this draft), for people in Basra"
	if len(found) != 1 || found[0].Says.String() != want || found[0].A != (advise.Ref{Update: "u1"}) || found[0].B != (advise.Ref{Update: "u2"}) {
		t.Errorf("%+v", found)
	}
}

// One person's contradictions are those of what they are told: not of advice
// that is known not to be for them, nor of a trip ahead.
func TestContradictionsForOnePerson(t *testing.T) {
	g := gazetteer.Default()
	ps := []*advise.Prepared{
		advise.Prepare(g, issued(1, 5, 0, 0, only("Foreign nationals", say("Leave.", vedette.Leave, "IQ"))), nil),
		advise.Prepare(g, issued(2, 0, 0, 0, say("Shelter.", vedette.Shelter, "IQ"), say("Avoid.", vedette.AvoidAllTravel, "IQ")), nil),
		advise.Prepare(g, issued(3, 0, 0, 0, say("Reconsider.", vedette.ReconsiderTravel, "IQ")), nil)}
	trip := home("IQ")
	trip.Because, trip.From = vedette.BecauseTrip, now.AddDate(0, 0, 3)
	for _, c := range []struct {
		what string
		who  advise.Person
		want string
	}{
		{"an American in Iraq", advise.Person{Citizenship: []vedette.AreaID{"US"}, Presences: []vedette.Presence{home("IQ")}}, "[stay_or_go postures]"},
		{"citizenship not known", advise.Person{Presences: []vedette.Presence{home("IQ")}}, "[stay_or_go postures]"},
		{"an Iraqi", advise.Person{Citizenship: []vedette.AreaID{"IQ"}, Presences: []vedette.Presence{home("IQ")}}, "[postures]"},
		{"an American on the way", advise.Person{Citizenship: []vedette.AreaID{"US"}, Presences: []vedette.Presence{trip}}, "[postures]"},
		{"elsewhere", advise.Person{Presences: []vedette.Presence{home("FR")}}, "[]"},
	} {
		var kinds []advise.ContradictionKind
		for _, f := range advise.ContradictionsFor(ps, c.who, now) {
			kinds = append(kinds, f.Kind)
		}
		if got := fmt.Sprint(kinds); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if advise.ContradictionsFor(nil, advise.Person{}, now) != nil {
		t.Error("nothing stands, and it contradicts itself")
	}
}

// busy is a draft among twenty updates that stand over the whole region.
func busy(t testing.TB, g *gazetteer.Gazetteer) (*advise.Prepared, []*advise.Prepared) {
	var others []*advise.Prepared
	for k := range 20 {
		u := invented(t, g)
		u.Key, u.ID = int64(k+2), vedette.ID(fmt.Sprint("b", k))
		u.Situation.ID = u.ID
		for gi := range u.Content.Recommendations {
			for ai := range u.Content.Recommendations[gi].Advice {
				u.Content.Recommendations[gi].Advice[ai].Text += fmt.Sprint(" No. ", k) // or it is told once
			}
		}
		others = append(others, advise.Prepare(g, u, nil))
	}
	own := invented(t, g)
	own.ID, own.Situation.ID, own.State = "own", "own", vedette.UpdateDraft
	return advise.Prepare(g, own, nil), others
}

// All that stands is shared between planners as one update is.
func TestStandingIsShared(t *testing.T) {
	g := gazetteer.Default()
	own, others := busy(t, g)
	board := []vedette.Posture{{Area: "middle-east", Action: vedette.AvoidNonessentialTravel, Since: now}}
	s := advise.Over(own, others, board)
	people := crowd(t, g, 300)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, who := range people {
				s.For(who, now)
			}
		})
	}
	wg.Wait()
	for _, who := range people {
		got, want := s.For(who, now), advise.Over(own, others, board).For(who, now)
		if advise.Key(got.Variant) != advise.Key(want.Variant) {
			t.Fatalf("%+v\ngot  %+v\nwant %+v", who, got, want)
		}
		alone := own.For(who, now)
		if len(alone.Variant.Lines) != len(got.Variant.Lines) || len(alone.Variant.Areas) != len(got.Variant.Areas) {
			t.Fatalf("among others the own lines are others: %+v, alone %+v", got.Variant, alone.Variant)
		}
	}
}

func BenchmarkStanding(b *testing.B) {
	g := gazetteer.Default()
	own, others := busy(b, g)
	s := advise.Over(own, others, []vedette.Posture{{Area: "middle-east", Action: vedette.AvoidNonessentialTravel, Since: now}})
	people := crowd(b, g, 10_000)
	i := 0
	for b.Loop() {
		s.For(people[i%len(people)], now)
		i++
	}
}

// towns are the distinct places of a preview: every bigger town of the region.
func towns(g *gazetteer.Gazetteer) (out []advise.Spot) {
	g.Cities(20, 10, 70, 45, 10_000, func(a vedette.Area) { out = append(out, advise.Spot{Area: a.ID}) })
	return out
}

func BenchmarkContradictions(b *testing.B) {
	g := gazetteer.Default()
	own, others := busy(b, g)
	spots := towns(g)
	all := append([]*advise.Prepared{own}, others...)
	for b.Loop() {
		advise.Contradictions(all, spots)
	}
	b.ReportMetric(float64(len(spots)), "places")
}

// The first time for each distinct place, as in a preview of people all over.
func BenchmarkStandingEveryPlaceOnce(b *testing.B) {
	g := gazetteer.Default()
	own, others := busy(b, g)
	spots := towns(g)
	for b.Loop() {
		s := advise.Over(own, others, nil)
		for _, sp := range spots {
			s.For(advise.Person{Presences: []vedette.Presence{home(sp.Area)}}, now)
		}
	}
	b.ReportMetric(float64(len(spots)), "places")
}
