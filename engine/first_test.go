package engine

import (
	"testing"

	"vedette"
	"vedette/store"
	"vedette/store/storetest"
)

// onBoth runs a test on a fresh store of each engine.
func onBoth(t *testing.T, people int, fn func(t *testing.T, n *night)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newNight(t, people)) })
	t.Run("postgres", func(t *testing.T) { fn(t, newNightAt(t, storetest.Schema(t), people)) })
}

// While many are being planned, a warning is published that is more urgent.
func TestAWarningIsPlannedBeforeARunningFanOut(t *testing.T) {
	many := 50_000
	if raced { // it is looked again and again how far it is, which takes long there
		many = 20_000
	}
	onBoth(t, many, func(t *testing.T, n *night) {
		n.save([]store.PersonChange{n.person("jordan@example.org", vedette.Presence{Area: "JO", Because: vedette.BecauseHome})})
		n.risk, n.urgency = vedette.RiskLow, vedette.UrgencyFuture
		stop := n.engine("one")
		first := n.publish("", "")
		n.until(first, "being planned", func(t store.Tally) bool { return t.Fanout.Notices >= 2*chunkSize })

		n.risk, n.urgency = vedette.RiskExtreme, vedette.UrgencyImmediate
		second := n.publishFor("JO", "", "")
		n.until(second, "accepted", accepted(1))
		got := n.until(first, "a tally", func(store.Tally) bool { return true })
		if got.Fanout.State != vedette.FanoutPlanning || got.Fanout.Notices >= many {
			t.Errorf("the warning was accepted when the other was planned: %s, %d notices", got.Fanout.State, got.Fanout.Notices)
		}
		got = n.until(first, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
		if got.Fanout.Notices != many || got.Fanout.Deliveries != many || got.Concerned != many {
			t.Errorf("the other has %d notices, %d deliveries, %d concerned; want %d", got.Fanout.Notices, got.Fanout.Deliveries, got.Concerned, many)
		}
		stop() // sending them all takes long, and shows no more
		for id, times := range n.box.sent() {
			if times != 1 {
				t.Errorf("%s was sent %d times", id, times)
			}
		}
	})
}
