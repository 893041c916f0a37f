package engine

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// What was leased while the clock was hours ahead does not wait for hours
// once it is right again.
func TestAClockThatWasAheadLeavesNothingWaiting(t *testing.T) {
	n := newNight(t, 3)
	u := n.publish("", "")
	b := n.branch("ahead")
	n.jump(3 * time.Hour)
	if _, err := b.plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	claims, err := n.rows.Claim(t.Context(), "ahead", 10, n.clock(), sendLease, []vedette.Channel{vedette.ChannelEmail})
	if err != nil || len(claims) != 3 {
		t.Fatalf("claimed %d, %v; want 3", len(claims), err)
	}
	n.jump(-3 * time.Hour) // and whoever was ahead is killed
	n.engine("right")
	n.until(u, "all accepted", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryAccepted] == 3 })
}
