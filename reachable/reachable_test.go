package reachable

import (
	"strings"
	"testing"
	"time"

	"vedette"
)

var now = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return now.Add(-d) }

func heard(before, after time.Duration, drill bool) Way {
	return Way{Channel: vedette.ChannelEmail, Sends: true, Heard: Evidence{At: ago(before), After: after, By: "u", Drill: drill, State: vedette.DeliveryAnswered}}
}

func TestJudge(t *testing.T) {
	day := 24 * time.Hour
	never := Way{Channel: vedette.ChannelSMS, Sends: true}
	with := func(w Way, fn func(*Way)) Way { fn(&w); return w }
	drill := func(before time.Duration, st vedette.DeliveryState) Drill { return Drill{"d", ago(before), st} }
	for name, c := range map[string]struct {
		s    Subject
		want Standing
		says string
	}{
		"heard at once":                   {Subject{Ways: []Way{heard(day, time.Minute, true)}}, Within, "mail: answered 4 Feb 2026 by a drill, first word after 1 min"},
		"the better of two ways":          {Subject{Ways: []Way{heard(day, time.Hour, false), heard(2*day, time.Second, false)}}, Within, "first word after 1 s"},
		"heard, but late":                 {Subject{Ways: []Way{heard(day, 3*time.Hour, false)}}, Later, "by real traffic, first word after 3 h"},
		"the sooner of two that are late": {Subject{Ways: []Way{heard(day, 3*time.Hour, false), heard(2*day, time.Hour, false)}}, Later, "after 60 min"},
		"nobody spoke":                    {Subject{Ways: []Way{heard(day, 0, false)}}, Within, "not verified"},
		"no address":                      {Subject{}, Unproven, "no address"},
		"a number, and no gateway":        {Subject{Ways: []Way{with(heard(day, 0, false), func(w *Way) { w.Sends = false })}}, Unproven, "no address"},
		"never":                           {Subject{Ways: []Way{never}}, Unproven, "text message: never verified"},
		"stop":                            {Subject{Ways: []Way{with(heard(day, 0, false), func(w *Way) { w.Blocked = "STOP, 1 Feb 2026" })}}, Unproven, "mail: opted out (STOP, 1 Feb 2026)"},
		"dead":                            {Subject{Ways: []Way{with(heard(day, 0, false), func(w *Way) { w.Dead, w.DeadWhy = ago(time.Hour), "5.1.1" })}}, Unproven, "mail: dead since 5 Feb 2026 (5.1.1)"},
		"failed since":                    {Subject{Ways: []Way{with(heard(day, 0, false), func(w *Way) { w.Failed, w.Why = ago(time.Hour), "full" })}}, Unproven, "mail: failed 5 Feb 2026 (full)"},
		"heard since it failed":           {Subject{Ways: []Way{with(heard(day, 0, false), func(w *Way) { w.Failed = ago(2 * day) })}}, Within, ""},
		"quiet":                           {Subject{Ways: []Way{heard(200*day, 0, false)}}, Unproven, "mail: quiet since 20 Jul 2025"},
		"silent in the drill":             {Subject{Ways: []Way{heard(9*day, 0, false)}, Drill: drill(time.Hour, vedette.DeliveryAccepted)}, Unproven, "no word in the drill of 5 Feb 2026 11:00 UTC"},
		"heard since the drill":           {Subject{Ways: []Way{heard(time.Minute, 0, false)}, Drill: drill(time.Hour, vedette.DeliveryAccepted)}, Within, ""},
		"the drill never went out":        {Subject{Ways: []Way{heard(day, 0, false)}, Drill: drill(time.Hour, vedette.DeliveryQueued)}, Within, ""},
		"the drill is still out":          {Subject{Ways: []Way{heard(day, 0, false)}, Drill: drill(time.Minute, vedette.DeliveryAccepted)}, Within, ""},
		"nothing before, and it is out":   {Subject{Ways: []Way{never}, Drill: drill(time.Minute, vedette.DeliveryAccepted)}, Unproven, "never verified; a drill is out"},
		"the other way was heard in it":   {Subject{Ways: []Way{heard(time.Hour, 0, true), never}, Drill: drill(time.Hour, vedette.DeliveryAnswered)}, Within, ""},
		"one failed, one never was":       {Subject{Ways: []Way{with(heard(9*day, 0, false), func(w *Way) { w.Failed = ago(day) }), never}}, Unproven, "mail: failed 4 Feb 2026; text message: never verified"},
	} {
		v := Judge(&c.s, 5*time.Minute, now)
		if v.Standing != c.want || !strings.Contains(v.Words(), c.says) {
			t.Errorf("%s: %s, %q; want %s, %q", name, v.Standing, v.Words(), c.want, c.says)
		}
	}
}

func TestVerifiedIsOfAnAddressThatIsUsed(t *testing.T) {
	w := heard(time.Hour, 0, false)
	w.Verified = ago(time.Hour)
	if v := Judge(&Subject{Ways: []Way{w}}, time.Minute, now); !v.Verified {
		t.Error("not verified, though its owner spoke")
	}
	w.Sends = false
	if v := Judge(&Subject{Ways: []Way{w}}, time.Minute, now); v.Verified {
		t.Error("verified by an address that nothing is sent to")
	}
}
