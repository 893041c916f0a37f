package tell_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/tell"
	"vedette/wording"
)

// grounds are updates whose places lie in each other in every way.
func grounds(t *testing.T) map[string]tell.Given {
	g := gazetteer.Default()
	advice := func(a vedette.Action, text string, at ...vedette.AreaID) vedette.Advice {
		return vedette.Advice{Statement: vedette.Statement{Text: text}, Actions: []vedette.AdviceAction{{Action: a, Targets: place(at...)}}}
	}
	update := func(id string, risk vedette.Risk, affected []vedette.AreaID, list ...vedette.Advice) *vedette.Update {
		return &vedette.Update{ID: vedette.ID(id), Situation: vedette.Situation{ID: vedette.ID("s-" + id)}, Content: vedette.Content{Title: id, Risk: risk, Urgency: vedette.UrgencyExpected,
			Affected: place(affected...), Recommendations: []vedette.AdviceGroup{{Area: affected[0], Advice: list}}}}
	}
	punjab := city(t, "Punjab, India")
	mumbai := city(t, "Mumbai")
	except := advice(vedette.AvoidAllTravel, "Avoid India but for Punjab.", "IN")
	except.Except = place(punjab)
	near := advice(vedette.AvoidAllTravel, "Avoid travel within 100 km of Mumbai.", mumbai)
	near.Near = &vedette.Near{KM: 100, Of: vedette.Place{Text: "Mumbai", Area: mumbai}}
	foreign := advice(vedette.Leave, "Foreign nationals should leave.", "PK")
	foreign.Audience = "foreign nationals"
	risky := update("risky", vedette.RiskLow, []vedette.AreaID{"IN"}, advice(vedette.Shelter, "Shelter.", "IN"))
	risky.AreaRisks = []vedette.AreaRisk{{Area: punjab, Risk: vedette.RiskExtreme}}
	drawn := update("drawn", vedette.RiskHigh, []vedette.AreaID{"IN"}, advice(vedette.AvoidAllTravel, "Avoid travel there."))
	drawn.Shapes = []vedette.Shape{{Name: "coast", Circle: &vedette.Circle{Center: vedette.Point{Lat: 19, Lon: 73}, KM: 80}}}
	other := update("other", vedette.RiskHigh, []vedette.AreaID{"PK"}, advice(vedette.ReconsiderTravel, "Reconsider travel to Lahore.", city(t, "Lahore")))
	out := map[string]tell.Given{}
	for _, u := range []*vedette.Update{
		update("country", vedette.RiskHigh, []vedette.AreaID{"IN"}, advice(vedette.AvoidAllTravel, "Avoid India.", "IN")),
		update("division", vedette.RiskLow, []vedette.AreaID{punjab}, advice(vedette.Shelter, "Shelter in Punjab.", punjab)),
		update("city", vedette.RiskExtreme, []vedette.AreaID{mumbai}, advice(vedette.Shelter, "Shelter in Mumbai.", mumbai)),
		update("region", vedette.RiskHigh, []vedette.AreaID{"south-asia"}, advice(vedette.AvoidNonessentialTravel, "Avoid South Asia.", "south-asia")),
		update("except", vedette.RiskHigh, []vedette.AreaID{"IN"}, except),
		update("near", vedette.RiskHigh, []vedette.AreaID{"IN"}, near),
		update("foreign", vedette.RiskHigh, []vedette.AreaID{"PK"}, foreign),
		risky, drawn,
	} {
		in := tell.Given{Update: u, Settings: vedette.DefaultSettings(), Now: now}
		out[string(u.ID)] = in
		in.Others, in.Board = []*advise.Prepared{advise.Prepare(g, other, nil)}, []vedette.Posture{{Area: punjab, Action: vedette.AvoidAllTravel}}
		out[string(u.ID)+" beside others"] = in
	}
	return out
}

// Everywhere on one ground an update comes to the same: that is what it is for.
func TestAGroundIsAlikeEverywhere(t *testing.T) {
	g := gazetteer.Default()
	var at []vedette.AreaID
	for _, box := range [][4]float64{{60, 5, 100, 38}, {-10, 35, 30, 60}} {
		g.Cities(box[0], box[1], box[2], box[3], 20_000, func(c vedette.Area) { at = append(at, c.ID) })
	}
	r := rand.New(rand.NewPCG(1, 1))
	r.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
	at = at[:min(len(at), 1500)]
	for _, id := range at[:300] {
		at = append(at, g.Ancestors(id)...)
	}
	people := []advise.Person{{}, {Citizenship: []vedette.AreaID{"GB"}, Standing: vedette.StandingResident}, {Citizenship: []vedette.AreaID{"PK", "IN"}, Dependants: true}}
	for name, in := range grounds(t) {
		tl := tell.Prepare(g, in)
		type sort struct {
			ground tell.Ground
			who    int
			trip   bool
		}
		first, from := map[sort]tell.Outcome{}, map[sort]vedette.AreaID{}
		alike := 0
		for i, id := range at {
			for _, trip := range []bool{false, true} {
				who := people[i%len(people)]
				pr := vedette.Presence{Area: id, Because: vedette.BecauseHome, Recorded: now}
				if trip {
					pr = vedette.Presence{Area: id, Because: vedette.BecauseTrip, From: now.Add(time.Hour), To: now.Add(99 * time.Hour)}
				}
				who.Presences = []vedette.Presence{pr}
				o := tl.Of(who, nil, nil)
				for k := range o.Clashes {
					o.Clashes[k].Area = ""
				}
				o.Advised.Withheld = slices.Clone(o.Advised.Withheld) // shared
				for k := range o.Advised.Withheld {
					if w := &o.Advised.Withheld[k]; strings.HasSuffix(w.Reason.String(), " is left out of it") {
						w.Reason = wording.AsItIs("left out") // it names the place
					}
				}
				k := sort{tl.Ground(id), i % len(people), trip}
				was, seen := first[k]
				if !seen {
					first[k], from[k] = o, id
					continue
				}
				alike++
				if d := cmp.Diff(was, o, cmp.Comparer(func(a, b wording.Said) bool { return a.String() == b.String() })); d != "" {
					t.Fatalf("%s: %s (-) and %s (+) are on %v\n%s", name, from[k], id, k, d)
				}
				if trip && o.Relation != vedette.RelationOut && !tl.Bears(id) {
					t.Fatalf("%s: a trip to %s counts, and bears nothing", name, id)
				}
			}
		}
		if alike < len(at) {
			t.Errorf("%s: only %d of %d are on the ground of another", name, alike, 2*len(at))
		}
	}
}
