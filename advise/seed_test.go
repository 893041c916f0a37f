package advise_test

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
)

var now = time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)

// goldReport is the seed report's reading in its short form, as far as
// advice hangs on it: places are area ids.
type goldReport struct {
	Risk            vedette.Risk     `json:"risk"`
	CountryRisk     vedette.Risk     `json:"country_risk"`
	Affected        []vedette.AreaID `json:"affected"`
	Recommendations []struct {
		Heading string         `json:"heading"`
		Area    vedette.AreaID `json:"area"`
		Advice  []struct {
			Text    string        `json:"text"`
			Lines   vedette.Lines `json:"lines"`
			Actions []struct {
				Action  vedette.Action   `json:"action"`
				Targets []vedette.AreaID `json:"targets"`
			} `json:"actions"`
			Audience  string `json:"audience"`
			Condition string `json:"condition"`
		} `json:"advice"`
	} `json:"recommendations"`
}

func (r *goldReport) update() *vedette.Update {
	c := vedette.Content{Risk: r.Risk, CountryRisk: r.CountryRisk, Affected: places(r.Affected), Urgency: vedette.UrgencyExpected}
	for _, rg := range r.Recommendations {
		g := vedette.AdviceGroup{Heading: rg.Heading, Area: rg.Area}
		for _, ra := range rg.Advice {
			a := vedette.Advice{Audience: ra.Audience, Condition: ra.Condition}
			a.Text, a.Lines = ra.Text, ra.Lines
			for _, act := range ra.Actions {
				a.Actions = append(a.Actions, vedette.AdviceAction{Action: act.Action, Targets: places(act.Targets)})
			}
			g.Advice = append(g.Advice, a)
		}
		c.Recommendations = append(c.Recommendations, g)
	}
	return &vedette.Update{Content: c}
}

func places(ids []vedette.AreaID) []vedette.Place {
	var out []vedette.Place
	for _, id := range ids {
		out = append(out, vedette.Place{Text: string(id), Area: id})
	}
	return out
}

type goldPerson struct {
	Who     string         `json:"who"`
	Here    []int          `json:"here"`
	Trip    []int          `json:"trip"`
	Posture vedette.Action `json:"posture"`
	Risk    vedette.Risk   `json:"risk"`
}

// city finds a city by its name and country.
func city(t testing.TB, g *gazetteer.Gazetteer, name string, country vedette.AreaID) vedette.AreaID {
	t.Helper()
	for _, a := range g.Lookup(name) {
		if a.Kind == vedette.AreaCity && a.Country == country {
			return a.ID
		}
	}
	t.Fatalf("the gazetteer has no city %s in %s", name, country)
	return ""
}

func home(id vedette.AreaID) vedette.Presence {
	return vedette.Presence{Area: id, Because: vedette.BecauseHome}
}

func shared(t *testing.T, name string, into any) {
	t.Helper()
	dir := os.Getenv("VEDETTE_SHARED")
	if dir == "" {
		t.Skip("VEDETTE_SHARED is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, "data", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

// TestSeedAdvice holds the seed's table of advice, person by person: the
// lines in their order, those of trips apart, headline and risk.
func TestSeedAdvice(t *testing.T) {
	var report goldReport
	var gold struct{ People []goldPerson }
	shared(t, "seed-report.gold.json", &report)
	shared(t, "seed-advice.gold.json", &gold)
	g := gazetteer.Default()
	in := func(name string, country vedette.AreaID) vedette.Presence { return home(city(t, g, name, country)) }
	trip := in("Baghdad", "IQ")
	trip.Because, trip.From = vedette.BecauseTrip, time.Date(2026, 2, 10, 0, 0, 0, 0, time.UTC)
	people := []advise.Person{ // in the order of the table
		{Presences: []vedette.Presence{in("Tehran", "IR")}},
		{Presences: []vedette.Presence{in("Tehran", "IR")}, Citizenship: []vedette.AreaID{"IR"}},
		{Presences: []vedette.Presence{in("Tel Aviv", "IL")}},
		{Presences: []vedette.Presence{in("Basra", "IQ")}},
		{Presences: []vedette.Presence{in("Beirut", "LB")}},
		{Presences: []vedette.Presence{in("Dubai", "AE")}},
		{Presences: []vedette.Presence{home("red-sea")}},
		{Presences: []vedette.Presence{in("Casablanca", "MA")}},
		{Presences: []vedette.Presence{in("Paris", "FR")}},
		{Presences: []vedette.Presence{in("Paris", "FR"), trip}},
		{Presences: []vedette.Presence{home("IL")}},
	}
	if len(gold.People) != len(people) {
		t.Fatalf("the table has %d people, the test knows %d", len(gold.People), len(people))
	}
	u := report.update()
	p := advise.Prepare(g, u, nil)
	for i, want := range gold.People {
		t.Run(want.Who, func(t *testing.T) {
			got := p.For(people[i], now)
			here, trip := seedLines(u, got.Variant)
			if !slices.Equal(here, want.Here) || !slices.Equal(trip, want.Trip) {
				t.Errorf("lines %v, by trip %v; want %v and %v", here, trip, want.Here, want.Trip)
			}
			if got.Variant.Posture != want.Posture || got.Variant.Risk != want.Risk {
				t.Errorf("posture %q, risk %s; want %q, %s", got.Variant.Posture, got.Variant.Risk, want.Posture, want.Risk)
			}
			for _, l := range got.Variant.Lines {
				asks := adviceOf(u, l).Audience != ""
				if l.Asks != asks || l.MayBe {
					t.Errorf("line %+v: asks should be %t, may be false", l, asks)
				}
			}
		})
	}
	iranian := p.For(people[1], now)
	want := "for foreign nationals operating in Iran; their citizenship on file: Iran"
	if len(iranian.Withheld) != 1 || iranian.Withheld[0].Reason.String() != want {
		t.Errorf("withheld %+v, want the reason %q", iranian.Withheld, want)
	}
}

func seedLines(u *vedette.Update, v vedette.Variant) (here, trip []int) {
	for _, l := range v.Lines {
		at := &here
		if l.Trip {
			at = &trip
		}
		*at = append(*at, adviceOf(u, l).Lines[0])
	}
	return here, trip
}

func adviceOf(u *vedette.Update, l vedette.NoticeLine) *vedette.Advice {
	return &u.Content.Recommendations[l.Group].Advice[l.Item]
}

// A region within another comes before it: what holds for the Gulf states
// before what holds for all of MENA, and the report's order settles the rest.
func TestSeedOrderIsStable(t *testing.T) {
	var report goldReport
	shared(t, "seed-report.gold.json", &report)
	g, u := gazetteer.Default(), report.update()
	v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home("AE"), home("IR"), home("IL")}}, now).Variant
	sorted := slices.IsSortedFunc(v.Lines, func(a, b vedette.NoticeLine) int {
		wide := func(l vedette.NoticeLine) int {
			return slices.Index([]vedette.AreaID{"gulf-states", "mena"}, l.Area) // countries first
		}
		return cmp.Or(wide(a)-wide(b), a.Group-b.Group, a.Item-b.Item)
	})
	if !sorted || len(v.Lines) != 13 {
		t.Errorf("%d lines: %+v", len(v.Lines), v.Lines)
	}
	if want := []vedette.AreaID{"AE", "IL", "IR"}; !slices.Equal(v.Areas, want) {
		t.Errorf("areas %v, want %v", v.Areas, want)
	}
}
