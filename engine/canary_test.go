package engine

import (
	"testing"
	"time"

	"vedette"
)

// However many processes plan, one canary is sent when one is due.
func TestACanaryIsSentOnce(t *testing.T) {
	onBoth(t, 2, func(t *testing.T, n *night) {
		p, err := n.rows.PersonByKey(t.Context(), n.keys()[0])
		if err != nil {
			t.Fatal(err)
		}
		set := vedette.DefaultSettings()
		set.Canary = vedette.CanaryPlan{Minutes: 5, Within: 2, Persons: []vedette.ID{p.ID}}
		if err := n.rows.SaveSettings(t.Context(), set, "Ana", n.clock()); err != nil {
			t.Fatal(err)
		}
		n.engine("one")
		n.engine("two")
		sent := func(want int) {
			t.Helper()
			for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
				list, err := n.rows.Canaries(t.Context(), n.clock().Add(-time.Hour))
				if err == nil && len(list) == want && list[want-1].State == vedette.DeliveryAccepted {
					return
				}
				if time.Now().After(deadline) || len(list) > want {
					t.Fatalf("%d messages of canaries, want %d: %+v, %v", len(list), want, list, err)
				}
			}
		}
		sent(1)
		n.jump(6 * time.Minute)
		sent(2)
		n.jump(6 * time.Minute)
		sent(3)
		us, err := n.rows.Updates(t.Context(), 10, time.Time{})
		if err != nil || len(us) != 0 {
			t.Errorf("a canary is listed among the updates: %d, %v", len(us), err)
		}
	})
}
