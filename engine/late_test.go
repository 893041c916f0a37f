package engine

import (
	"testing"
	"time"

	"vedette"
)

// What waited so long that its lease might lapse while it is sent is not
// sent: another worker may have it by then. It is due again, and no try of it
// counts.
func TestALateClaimIsNotSent(t *testing.T) {
	n := newNight(t, 1)
	n.publish("", "")
	b := n.branch("slow")
	if _, err := b.plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	claims, err := n.rows.Claim(t.Context(), "slow", 10, n.clock(), sendLease, []vedette.Channel{vedette.ChannelEmail})
	if err != nil || len(claims) != 1 {
		t.Fatalf("claimed %d, %v; want 1", len(claims), err)
	}
	n.jump(sendLease - sendLimit + time.Second)
	o := b.deliver(t.Context(), job{claim: claims[0]}) // it would panic if it sent: there is no sender
	if o.Event != "retry" || !o.Untried || o.DueAt.After(n.clock()) {
		t.Errorf("its outcome is %+v; want it due again at once, untried", o)
	}
}
