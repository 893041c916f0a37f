package reachable_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/reachable"
)

// Spans are of those that came so far, by nearest rank; what a clock that went
// back says is no time at all.
func TestHowFastAChannelIs(t *testing.T) {
	at := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	var list []reachable.Probe
	for i := range 100 {
		p := reachable.Probe{Channel: vedette.ChannelEmail, Published: at, Accepted: at.Add(time.Duration(100-i) * time.Second)}
		if i < 3 {
			p.Received = at.Add(time.Minute)
		}
		list = append(list, p)
	}
	list = append(list, reachable.Probe{Channel: vedette.ChannelSMS, Published: at}, reachable.Probe{Channel: vedette.ChannelSMS, Published: at, Accepted: at.Add(-time.Second)})
	got := reachable.Paces(list)
	want := []reachable.Pace{
		{Channel: vedette.ChannelEmail, Sent: 100, Accepted: reachable.Spans{N: 100, P50: 50 * time.Second, P95: 95 * time.Second, P99: 99 * time.Second},
			Received: reachable.Spans{N: 3, P50: time.Minute, P95: time.Minute, P99: time.Minute}},
		{Channel: vedette.ChannelSMS, Sent: 2, Accepted: reachable.Spans{N: 1}},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%+v", got)
	}
	if len(reachable.Paces(nil)) != 0 {
		t.Error("nothing was sent, and something is measured")
	}
}
