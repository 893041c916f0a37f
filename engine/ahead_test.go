package engine

import (
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// What is claimed ahead of what is sent does not wait behind a relay that hangs:
// another gets it, and nobody is told twice.
func TestWhatIsClaimedAheadDoesNotWaitBehindAHang(t *testing.T) {
	const people, before = 1200, 600
	n := newNight(t, people)
	free := make(chan struct{})
	n.box.answer = func(try int, _ deliver.Message) deliver.Result {
		if try > before {
			<-free
		}
		return deliver.Result{Kind: deliver.Accepted}
	}
	u := n.publish("", "")
	n.engine("hangs")
	n.until(u, "a hang", func(store.Tally) bool { return n.box.count() > before })
	other := &night{t: t, store: n.store, rows: n.rows, key: n.key, now: n.now, box: &box{taken: map[string]int{}}}
	other.engine("goes on")
	n.until(u, "all told but what had begun", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryAccepted] >= people-64 })
	close(free)
	n.until(u, "all told", accepted(people))
	all := n.box.sent()
	for id, times := range other.box.sent() {
		all[id] += times
	}
	if len(all) != people {
		t.Errorf("%d people were told, want %d", len(all), people)
	}
	for id, times := range all {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
}

// As much is claimed ahead as goes within the pace, never more than the most, and
// nothing where nothing goes.
func TestThePaceFollowsWhatIsSent(t *testing.T) {
	at := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	p := pace{ahead: mostAhead, within: paced, since: at}
	for _, step := range []struct {
		sent  int
		after time.Duration
		want  int
	}{
		{40, paced, 40},
		{500, paced, mostAhead},
		{100, 10 * time.Millisecond, mostAhead}, // too early to say
		{0, paced, 83},                          // the 100 of before, within 60 ms
		{1, time.Second, 0},
		{0, time.Second, 0},
	} {
		at, p.sent = at.Add(step.after), p.sent+step.sent
		if got := p.of(at); got != step.want {
			t.Errorf("after %d more within %v: %d ahead, want %d", step.sent, step.after, got, step.want)
		}
	}
	for _, c := range []vedette.Channel{vedette.ChannelSMS, vedette.ChannelVoice, vedette.ChannelPush} {
		if paceOver([]vedette.Channel{c}).ahead != 0 {
			t.Errorf("%s is claimed ahead", c)
		}
	}
}
