package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// gathering is somebody in Iraq who wishes what informs in one mail at seven.
func (n *night) gathering(mail string) store.PersonChange {
	n.t.Helper()
	c := n.person(mail, vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	pk, wrapped := n.key.NewPersonKey(c.ID)
	sealed, err := pk.SealRecord(&vedette.PersonRecord{Name: "Person", Wishes: vedette.Wishes{Digest: vedette.DailyAt(7 * 60)},
		Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: mail}}})
	if err != nil {
		n.t.Fatal(err)
	}
	c.WrappedKey, c.Record = wrapped, sealed
	return c
}

// A digest whose answer is lost is sent again under the same name, though one of
// its updates was stopped meanwhile; each of its notices ends with it.
func TestADigestIsTriedAgainUnderTheSameName(t *testing.T) {
	n := newNight(t, 0)
	var people []store.PersonChange
	for i := range 20 {
		people = append(people, n.gathering(fmt.Sprintf("p%d@example.org", i)))
	}
	n.save(people)
	n.risk, n.urgency = vedette.RiskModerate, vedette.UrgencyExpected
	last := make(chan string, 100)
	n.box.set(func(tries int, m deliver.Message) deliver.Result {
		if tries <= 20 {
			return deliver.Result{Kind: deliver.Doubt, Detail: "the answer was lost"}
		}
		last <- m.Text
		return deliver.Result{Kind: deliver.Accepted}
	})
	n.engine("one")
	first, second := n.publish("", ""), n.publish("", "")
	for _, u := range []*vedette.Update{first, second} {
		n.until(u, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
	}
	time.Sleep(50 * time.Millisecond)
	if n.box.count() > 0 {
		t.Fatal("a digest was sent before its time")
	}
	n.jump(16 * time.Hour) // 04:30 UTC: seven in Baghdad has been
	n.until(first, "tried", func(store.Tally) bool { return n.box.count() == 20 })
	if _, err := n.rows.Stop(t.Context(), second.ID, "wrong", n.clock()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	n.jump(time.Hour)
	n.until(first, "accepted", accepted(20))
	n.until(second, "ended", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	got := n.box.sent()
	if len(got) != 20 {
		t.Errorf("%d names of 20 digests", len(got))
	}
	for id, times := range got {
		if times != 2 {
			t.Errorf("%s was sent %d times, want the doubtful one and the other", id, times)
		}
	}
	if text := <-last; strings.Count(text, "http://127.0.0.1/r/") != 1 {
		t.Errorf("what was stopped is in it:\n%s", text)
	}
}
