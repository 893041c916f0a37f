package advise_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
)

// say makes an advice in one line; more adds to it.
func say(text string, act vedette.Action, targets ...vedette.AreaID) vedette.Advice {
	a := vedette.Advice{Actions: []vedette.AdviceAction{{Action: act, Targets: places(targets)}}}
	a.Text = text
	return a
}

func only(audience string, a vedette.Advice) vedette.Advice { a.Audience = audience; return a }

func given(condition string, a vedette.Advice) vedette.Advice { a.Condition = condition; return a }

func but(except vedette.AreaID, a vedette.Advice) vedette.Advice {
	a.Except = places([]vedette.AreaID{except})
	return a
}

// Each advice is called by its first word, so that a case reads like the
// notice: "Leave? Stay Plans" is three lines, the first with its audience to
// be asked.
func invented(t testing.TB, g *gazetteer.Gazetteer) *vedette.Update {
	haifa, erbil := city(t, g, "Haifa", "IL"), city(t, g, "Erbil", "IQ")
	near := say("Border: avoid all travel within 5 km of the Lebanese border.", vedette.AvoidAllTravel, "IL")
	near.Near = &vedette.Near{KM: 5, What: "border", Of: vedette.Place{Text: "Lebanon", Area: "LB"}}
	return &vedette.Update{
		AreaRisks: []vedette.AreaRisk{{Area: "IQ", Risk: vedette.RiskExtreme}, {Area: haifa, Risk: vedette.RiskExtreme}, {Area: "IL", Risk: vedette.RiskModerate}},
		Content: vedette.Content{
			Risk: vedette.RiskHigh, Urgency: vedette.UrgencyExpected,
			Affected: places([]vedette.AreaID{"middle-east"}),
			Recommendations: []vedette.AdviceGroup{
				{Heading: "Middle East", Area: "middle-east", Advice: []vedette.Advice{
					say("Plans: update contingency plans.", vedette.UpdatePlans, "middle-east"),
					say("Gulf: reconsider nonessential travel to the Gulf states.", vedette.ReconsiderNonessentialTravel, "gulf-states"),
				}},
				{Heading: "Iraq", Area: "IQ", Advice: []vedette.Advice{
					but(erbil, say("Avoid: avoid all travel to Iraq, except Erbil.", vedette.AvoidAllTravel, "IQ")),
					only("Foreign nationals in Iraq", say("Leave: foreign nationals should leave Iraq.", vedette.Leave, "IQ")),
					only("Families", say("Families: avoid all travel to Iraq.", vedette.AvoidAllTravel, "IQ")),
					given("In the event of strikes", say("Strikes: shelter in place.", vedette.Shelter, "IQ")),
				}},
				{Heading: "Israel", Area: "IL", Advice: []vedette.Advice{
					say("Caution: travel may continue with caution.", vedette.TravelWithCaution, "IL"),
					near,
					say("Indoors: shelter in Haifa now; avoid nonessential travel there.", vedette.Shelter, haifa),
				}},
				{Heading: "At sea", Advice: []vedette.Advice{
					say("Ships: stay clear of the Red Sea lanes.", vedette.TakePrecautions, "red-sea"),
					given("Should the strait close", say("Strait: avoid all travel to Oman.", vedette.AvoidAllTravel, "OM")),
				}},
			},
		},
	}
}

// told writes a variant as a duty officer would jot it down: "?" the
// audience must be asked, "~" they may be there, ">" by a trip ahead.
func told(u *vedette.Update, v vedette.Variant) string {
	var out []string
	for _, l := range v.Lines {
		w, _, _ := strings.Cut(adviceOf(u, l).Text, ":")
		for _, m := range []struct {
			set  bool
			sign string
		}{{l.Asks, "?"}, {l.MayBe, "~"}, {l.Trip, ">"}} {
			if m.set {
				w = m.sign + w
			}
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

func TestWhatApplies(t *testing.T) {
	g := gazetteer.Default()
	in := func(name string, country vedette.AreaID) vedette.Presence { return home(city(t, g, name, country)) }
	trip := func(p vedette.Presence, from, to int) vedette.Presence {
		p.Because, p.From, p.To = vedette.BecauseTrip, now.AddDate(0, 0, from), now.AddDate(0, 0, to)
		return p
	}
	french, iraqi := []vedette.AreaID{"FR"}, []vedette.AreaID{"IQ"}
	paris := in("Paris", "FR")

	for _, c := range []struct {
		who       string
		citizen   []vedette.AreaID
		ps        []vedette.Presence
		expected  string // lines when nothing is immediate
		immediate string // lines when something is
		posture   string // with its area
		risk      vedette.Risk
		areas     string
		withheld  string
	}{
		{"in Basra, citizenship not known", nil, []vedette.Presence{in("Basra", "IQ")},
			"Avoid ?Leave ?Families Strikes Plans", "Avoid ?Leave ?Families Strikes Plans",
			"avoid_all_travel IQ", vedette.RiskExtreme, "IQ", ""},
		{"in Basra, French", french, []vedette.Presence{in("Basra", "IQ")},
			"Avoid Leave ?Families Strikes Plans", "Leave Avoid ?Families Strikes Plans",
			"avoid_all_travel IQ", vedette.RiskExtreme, "IQ", ""},
		{"in Basra, Iraqi", iraqi, []vedette.Presence{in("Basra", "IQ")},
			"Avoid ?Families Strikes Plans", "Avoid ?Families Strikes Plans",
			"avoid_all_travel IQ", vedette.RiskExtreme, "IQ", "for foreign nationals in Iraq; their citizenship on file: Iraq"},
		{"in Erbil, which the posture leaves out", iraqi, []vedette.Presence{in("Erbil", "IQ")},
			"?Families Strikes Plans", "Strikes ?Families Plans",
			"", vedette.RiskExtreme, "IQ", "Erbil is left out of it; for foreign nationals in Iraq; their citizenship on file: Iraq"},
		{"in Haifa", nil, []vedette.Presence{in("Haifa", "IL")},
			"Indoors Caution Border Plans", "Indoors Caution Border Plans",
			"travel_with_caution IL", vedette.RiskExtreme, "IL", ""},
		{"kept as Israel: may be in Haifa", nil, []vedette.Presence{home("IL")},
			"~Indoors Caution Border Plans", "~Indoors Caution Border Plans",
			"travel_with_caution IL", vedette.RiskExtreme, "IL", ""},
		{"in Tel Aviv", nil, []vedette.Presence{in("Tel Aviv", "IL")},
			"Caution Border Plans", "Caution Border Plans",
			"travel_with_caution IL", vedette.RiskModerate, "IL", ""},
		{"in Dubai, an office ashore", nil, []vedette.Presence{in("Dubai", "AE")},
			"Gulf Plans", "Gulf Plans", "reconsider_nonessential_travel gulf-states", vedette.RiskHigh, "AE", ""},
		{"in Muscat: a condition awaited sets no posture", nil, []vedette.Presence{in("Muscat", "OM")},
			"Strait Gulf Plans", "Gulf Strait Plans", "reconsider_nonessential_travel gulf-states", vedette.RiskHigh, "OM", ""},
		{"on a ship in the Red Sea", nil, []vedette.Presence{home("red-sea")},
			"Ships Plans", "Ships Plans", "", vedette.RiskHigh, "red-sea", ""},
		{"in Jeddah, ashore", nil, []vedette.Presence{in("Jeddah", "SA")},
			"Gulf Plans", "Gulf Plans", "reconsider_nonessential_travel gulf-states", vedette.RiskHigh, "SA", ""},
		{"Paris", nil, []vedette.Presence{paris}, "", "", "", vedette.RiskUnknown, "", ""},
		{"Paris, trip to Baghdad ahead", french, []vedette.Presence{paris, trip(in("Baghdad", "IQ"), 5, 9)},
			">Avoid >?Families", ">Avoid >?Families", "avoid_all_travel IQ", vedette.RiskExtreme, "IQ", ""},
		{"Paris, in Baghdad on a trip now", french, []vedette.Presence{paris, trip(in("Baghdad", "IQ"), -1, 2)},
			"Avoid Leave ?Families Strikes Plans", "Leave Avoid ?Families Strikes Plans",
			"avoid_all_travel IQ", vedette.RiskExtreme, "IQ", ""},
		{"Paris, back from Baghdad", french, []vedette.Presence{paris, trip(in("Baghdad", "IQ"), -9, -1)},
			"", "", "", vedette.RiskUnknown, "", ""},
		{"Paris, trip to Beirut, where no travel is warned of", nil, []vedette.Presence{paris, trip(in("Beirut", "LB"), 5, 9)},
			"", "", "", vedette.RiskUnknown, "", ""},
		{"Dubai, trip to Baghdad: both, nothing twice", french, []vedette.Presence{in("Dubai", "AE"), trip(in("Baghdad", "IQ"), 5, 9), home("AE")},
			">Avoid >?Families Gulf Plans", ">Avoid >?Families Gulf Plans", "avoid_all_travel IQ", vedette.RiskExtreme, "AE IQ", ""},
		{"Tehran and a trip to Basra and Erbil", french, []vedette.Presence{in("Tehran", "IR"), trip(in("Erbil", "IQ"), 2, 3), trip(in("Basra", "IQ"), 3, 5)},
			">Avoid >?Families Plans", ">Avoid >?Families Plans", "avoid_all_travel IQ", vedette.RiskExtreme, "IQ IR", ""},
		{"no place recorded", nil, []vedette.Presence{home("")}, "", "", "", vedette.RiskUnknown, "", ""},
	} {
		t.Run(c.who, func(t *testing.T) {
			for urgency, want := range map[vedette.Urgency]string{vedette.UrgencyExpected: c.expected, vedette.UrgencyImmediate: c.immediate} {
				u := invented(t, g)
				u.Content.Urgency = urgency
				got := advise.For(g, u, nil, advise.Person{Citizenship: c.citizen, Presences: c.ps}, now)
				v := got.Variant
				if lines := told(u, v); lines != want {
					t.Errorf("%s: told %q, want %q", urgency, lines, want)
				}
				if p := strings.TrimSpace(string(v.Posture) + " " + string(v.Area)); p != c.posture || v.Risk != c.risk {
					t.Errorf("posture %q, risk %s; want %q, %s", p, v.Risk, c.posture, c.risk)
				}
				if a := strings.Trim(fmt.Sprint(v.Areas), "[]"); a != c.areas {
					t.Errorf("areas %q, want %q", a, c.areas)
				}
				var reasons []string
				for _, w := range got.Withheld {
					reasons = append(reasons, w.Reason.String())
				}
				if r := strings.Join(reasons, "; "); r != c.withheld {
					t.Errorf("withheld %q, want %q", r, c.withheld)
				}
			}
		})
	}
}

// An advice has several actions: the one whose target meets them counts, and
// the strongest posture among them is the headline, with its own area.
func TestSeveralActions(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	a := say("Reconsider travel to Iraq; avoid all travel to Basra.", vedette.ReconsiderTravel, "IQ")
	a.Actions = append(a.Actions, vedette.AdviceAction{Action: vedette.AvoidAllTravel, Targets: places([]vedette.AreaID{basra})})
	u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{a}}}}}
	for at, want := range map[vedette.AreaID]struct {
		posture vedette.Action
		area    vedette.AreaID
	}{basra: {vedette.AvoidAllTravel, basra}, "IQ": {vedette.ReconsiderTravel, "IQ"}} {
		v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home(at)}}, now).Variant
		if len(v.Lines) != 1 || v.Lines[0].Area != want.area || v.Lines[0].MayBe || v.Posture != want.posture || v.Area != want.area {
			t.Errorf("at %s: %+v", at, v)
		}
	}
}

// Only what may hold is better than no headline at all.
func TestPostureThatMayHold(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Area: basra, Advice: []vedette.Advice{
		say("Avoid all travel to Basra.", vedette.AvoidAllTravel)}}}}}
	v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home("IQ")}}, now).Variant
	if v.Posture != vedette.AvoidAllTravel || v.Area != basra || !v.Lines[0].MayBe {
		t.Errorf("%+v", v)
	}
}

func TestKeyTellsVariantsApart(t *testing.T) {
	base := func() vedette.Variant {
		return vedette.Variant{Lines: []vedette.NoticeLine{{Group: 1, Item: 2, Area: "IQ"}}, Posture: vedette.AvoidAllTravel, Area: "IQ",
			Risk: vedette.RiskHigh, Areas: []vedette.AreaID{"IQ"}}
	}
	keys := map[string]int{}
	for i, change := range []func(*vedette.Variant){
		func(v *vedette.Variant) {},
		func(v *vedette.Variant) { v.Lines[0].Group = 0 },
		func(v *vedette.Variant) { v.Lines[0].Item = 1 },
		func(v *vedette.Variant) { v.Lines[0].Trip = true },
		func(v *vedette.Variant) { v.Lines[0].MayBe = true },
		func(v *vedette.Variant) { v.Lines[0].Asks = true },
		func(v *vedette.Variant) { v.Lines[0].Area = "IR" },
		func(v *vedette.Variant) { v.Lines = append(v.Lines, v.Lines[0]) },
		func(v *vedette.Variant) { v.Posture = vedette.ReconsiderTravel },
		func(v *vedette.Variant) { v.Area = "IR" },
		func(v *vedette.Variant) { v.Risk = vedette.RiskExtreme },
		func(v *vedette.Variant) { v.Areas = []vedette.AreaID{"IQ", "IR"} },
	} {
		v := base()
		change(&v)
		k := advise.Key(v)
		if was, twice := keys[k]; twice {
			t.Errorf("changes %d and %d have one key", was, i)
		}
		keys[k] = i
	}
	same := base()
	same.No = 9
	if advise.Key(same) != advise.Key(base()) {
		t.Error("the number of a variant is in its key")
	}
}

// One prepared update serves many planners at once, and remembers nothing
// wrong: every answer is that of a fresh one.
func TestPreparedIsShared(t *testing.T) {
	g := gazetteer.Default()
	u := invented(t, g)
	people := crowd(t, g, 300)
	p := advise.Prepare(g, u, nil)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, who := range people {
				p.For(who, now)
			}
		})
	}
	wg.Wait()
	for _, who := range people {
		got, want := p.For(who, now), advise.For(g, u, nil, who, now)
		if advise.Key(got.Variant) != advise.Key(want.Variant) || !reflect.DeepEqual(got.Withheld, want.Withheld) {
			t.Fatalf("%+v\ngot  %+v\nwant %+v", who, got, want)
		}
	}
}

func crowd(t testing.TB, g *gazetteer.Gazetteer, n int) []advise.Person {
	cities := []vedette.AreaID{city(t, g, "Basra", "IQ"), city(t, g, "Erbil", "IQ"), city(t, g, "Haifa", "IL"), city(t, g, "Tel Aviv", "IL"),
		city(t, g, "Dubai", "AE"), city(t, g, "Paris", "FR"), city(t, g, "Muscat", "OM"), "IL", "IQ", "red-sea", "middle-east", "asia"}
	nations := [][]vedette.AreaID{nil, {"IQ"}, {"FR"}, {"FR", "IQ"}, {"IQ", "FR"}}
	out := make([]advise.Person, n)
	for i := range out {
		out[i].Citizenship = nations[i%len(nations)]
		out[i].Presences = []vedette.Presence{home(cities[i%len(cities)])}
		if i%3 == 0 {
			out[i].Presences = append(out[i].Presences, vedette.Presence{Area: cities[i/3%len(cities)], Because: vedette.BecauseTrip, From: now.Add(time.Hour)})
		}
	}
	return out
}

func BenchmarkFor(b *testing.B) {
	g := gazetteer.Default()
	a := say("Leave.", vedette.Leave, "IQ")
	a.Audience = "Foreign nationals"
	u := &vedette.Update{Content: vedette.Content{Affected: places([]vedette.AreaID{"mena"}), Recommendations: []vedette.AdviceGroup{
		{Advice: []vedette.Advice{a, say("Avoid all travel to Iraq.", vedette.AvoidAllTravel, "IQ")}}}}}
	p := advise.Prepare(g, u, nil)
	people := crowd(b, g, 10_000)
	i := 0
	for b.Loop() {
		p.For(people[i%len(people)], now)
		i++
	}
}
