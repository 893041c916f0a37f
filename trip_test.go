package vedette_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
)

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// seen writes presences as a duty officer would jot them down.
func seen(ps []vedette.Presence) string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%s %s %s–%s", p.Because, p.Area, p.From.Format("02T15:04"), p.To.Format("02T15:04")))
	}
	return strings.Join(out, "; ")
}

func air(from, to vedette.AreaID, departs, arrives string) vedette.Leg {
	return vedette.Leg{Mode: vedette.ModeAir, From: from, To: to, Departs: at(departs), Arrives: at(arrives)}
}

// Where a trip puts its person, the transit airports and the way out too.
func TestWhereATripPutsSomeone(t *testing.T) {
	out1 := air("iata:CDG", "iata:DOH", "2026-02-10 08:00", "2026-02-10 15:00")
	out2 := air("iata:DOH", "iata:BGW", "2026-02-10 18:00", "2026-02-10 20:30")
	back := air("iata:BGW", "iata:CDG", "2026-02-14 09:00", "2026-02-14 14:00")
	stay := vedette.Stay{Area: "gn:98182", From: at("2026-02-10 00:00"), To: at("2026-02-15 00:00")}
	ship := vedette.Leg{Mode: vedette.ModeSea, From: "EG", To: "SA", Departs: at("2026-02-10 08:00"), Arrives: at("2026-02-11 08:00"), Through: []vedette.AreaID{"red-sea"}}
	for _, c := range []struct {
		name string
		trip vedette.Trip
		want string
	}{
		{"a stay alone", vedette.Trip{Stays: []vedette.Stay{stay}}, "trip gn:98182 10T00:00–15T00:00"},
		{"legs alone: the long wait is a stay", vedette.Trip{Legs: []vedette.Leg{out1, out2, back}},
			"leg iata:CDG 10T05:00–10T08:00; leg iata:DOH 10T15:00–10T18:00; trip iata:BGW 10T20:30–14T09:00; leg iata:CDG 14T14:00–14T16:00"},
		{"legs and a stay", vedette.Trip{Legs: []vedette.Leg{out2, back}, Stays: []vedette.Stay{stay}},
			"trip gn:98182 10T00:00–15T00:00; leg iata:DOH 10T15:00–10T18:00; leg iata:BGW 10T20:30–10T22:30; leg iata:BGW 14T06:00–14T09:00; leg iata:CDG 14T14:00–14T16:00"},
		{"a transit ends when the next leg departs, whatever stay follows", vedette.Trip{Legs: []vedette.Leg{out1, out2}, Stays: []vedette.Stay{stay}},
			"trip gn:98182 10T00:00–15T00:00; leg iata:CDG 10T05:00–10T08:00; leg iata:DOH 10T15:00–10T18:00; leg iata:BGW 10T20:30–10T22:30"},
		{"by ship", vedette.Trip{Legs: []vedette.Leg{ship}}, "leg EG 10T05:00–10T08:00; leg red-sea 10T08:00–11T08:00; leg SA 11T08:00–11T10:00"},
		{"cancelled", vedette.Trip{Cancelled: true, Stays: []vedette.Stay{stay}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := seen(c.trip.Presences()); got != c.want {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestTripsThatCannotBe(t *testing.T) {
	leg := air("iata:CDG", "iata:DOH", "2026-02-10 08:00", "2026-02-10 15:00")
	early := air("iata:DOH", "iata:BGW", "2026-02-10 14:00", "2026-02-10 16:00")
	back := air("iata:DOH", "iata:BGW", "2026-02-10 18:00", "2026-02-10 17:00")
	for want, trip := range map[string]vedette.Trip{
		"neither a leg nor a stay":                                      {},
		"leg 2 departs 10 Feb 2026 14:00 UTC, before leg 1 has arrived": {Legs: []vedette.Leg{leg, early}},
		"leg 2 arrives 10 Feb 2026 17:00 UTC, before it departs":        {Legs: []vedette.Leg{leg, back}},
		"leg 1 has no place":                                            {Legs: []vedette.Leg{{Departs: leg.Departs, Arrives: leg.Arrives}}},
		"stay 1 ends before it begins":                                  {Stays: []vedette.Stay{{Area: "IQ", From: at("2026-02-10 00:00"), To: at("2026-02-09 00:00")}}},
	} {
		if err := trip.Validate(); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q in it", err, want)
		}
	}
}
