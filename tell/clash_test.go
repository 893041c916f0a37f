package tell_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/tell"
)

func TestWhatAManagerHears(t *testing.T) {
	basra := vedette.Clash{Area: "IQ", From: now.AddDate(0, 0, 5), To: now.AddDate(0, 0, 9), Action: vedette.AvoidAllTravel, Target: "IQ"}
	later, softer, past, otherLine, drawn := basra, basra, basra, basra, basra
	drawn.Shape = "Port fire"
	later.From = later.From.AddDate(0, 0, 1)
	softer.Action = vedette.AvoidNonessentialTravel
	past.From, past.To = now.AddDate(0, 0, -9), now.Add(-time.Hour)
	otherLine.Item = 4
	one := []vedette.Clash{basra}
	told := func(s vedette.DeliveryState, list ...vedette.Clash) *tell.ToldClashes {
		return &tell.ToldClashes{Clashes: list, State: s}
	}
	const accepted, failed = vedette.DeliveryAccepted, vedette.DeliveryFailed
	for _, c := range []struct {
		what    string
		last    *tell.ToldClashes
		now     []vedette.Clash
		mode    tell.Mode
		ends    bool // it corrects
		looking bool
		want    bool
	}{
		{"a clash, for the first time", nil, one, tell.Published, false, false, true},
		{"and by the way back", nil, one, tell.Published, false, true, true},
		{"none", nil, nil, tell.Published, true, false, false},
		{"the same again", told(accepted, basra), one, tell.Published, false, false, false},
		{"the same in another line", told(accepted, basra), []vedette.Clash{otherLine}, tell.Published, false, false, false},
		{"other dates", told(accepted, basra), []vedette.Clash{later}, tell.Published, false, true, true},
		{"another posture", told(accepted, basra), []vedette.Clash{softer}, tell.Published, false, false, true},
		{"into what is drawn instead", told(accepted, basra), []vedette.Clash{drawn}, tell.Published, false, false, true},
		{"into what is drawn, the same", told(accepted, drawn), []vedette.Clash{drawn}, tell.Published, false, false, false},
		{"one of two is left", told(accepted, basra, later), one, tell.Published, false, false, false},
		{"one more", told(accepted, basra), []vedette.Clash{basra, later}, tell.Published, false, true, true},
		{"the mail failed", told(failed, basra), one, tell.Published, false, false, true},
		{"the mail failed, and they changed", told(failed, basra), one, tell.Published, false, true, true},
		{"nobody knows whether it arrived", told(vedette.DeliveryUnknown, basra), one, tell.Published, false, false, true},
		{"it waits", told(vedette.DeliveryQueued, basra), one, tell.Published, false, false, false},
		{"it was withheld", told(vedette.DeliveryWithheld, basra), one, tell.Published, false, false, true},
		{"no address, looking", told("", basra), one, tell.Published, false, true, false},
		{"gone by the desk's word", told(accepted, basra), nil, tell.Published, false, false, true},
		{"gone by the traveller's", told(accepted, basra), nil, tell.Published, false, true, false},
		{"gone, as they were told", told(accepted), nil, tell.Published, false, false, false},
		{"gone, as the trip is over", told(accepted, past), nil, tell.Published, false, false, false},
		{"gone, and they never heard of it", told(failed, basra), nil, tell.Published, false, false, false},
		{"a correction, the same", told(accepted, basra), one, tell.Published, true, false, true},
		{"a correction, none left", told(failed, basra), nil, tell.Published, true, false, true},
		{"a correction of what was withheld", told(vedette.DeliveryWithheld, basra), nil, tell.Published, true, false, false},
		{"told again by hand", told(accepted, basra), one, tell.Again, false, false, true},
		{"a condition, no change", told(accepted, basra), one, tell.Changed, false, false, false},
		{"a condition passed", told(accepted, basra), nil, tell.Changed, false, false, true},
	} {
		u := &vedette.Update{}
		if c.ends {
			u.Corrects = "an update"
		}
		p := tell.Prepare(gazetteer.Default(), tell.Given{Update: u, Mode: c.mode, Now: now})
		if got := p.Superior(c.last, c.now, c.looking); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
