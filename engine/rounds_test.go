package engine

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/store"
)

// TestIdentities holds the names that messages in flight go by: the first
// round's was made before there were others, and must stay.
func TestIdentities(t *testing.T) {
	key := auth.NewKey()
	p := &press{branch: &branch{Engine: &Engine{Config: Config{Key: key}}}}
	c := store.Claimed{Delivery: vedette.Delivery{Recipient: 7, Round: 1, Address: 2}, Fanout: "0190-fanout"}
	if got, want := p.identity(c), key.Identity("0190-fanout", "7", "2"); got != want {
		t.Errorf("the first round is %s, want %s as ever", got, want)
	}
	seen := map[string]int{}
	for round := 1; round <= 12; round++ {
		c.Round = round
		seen[p.identity(c)]++
	}
	if len(seen) != 12 {
		t.Errorf("12 rounds have %d identities", len(seen))
	}
}

func TestWhoeverIsToldAgainGetsASecondMessage(t *testing.T) {
	n := newNight(t, 3)
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "accepted", accepted(3))
	if _, err := n.rows.TellAgain(t.Context(), store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: n.clock()}); err != nil {
		t.Fatal(err)
	}
	n.until(u, "told again", func(store.Tally) bool { return len(n.box.sent()) == 6 })
	got := n.until(u, "accepted again", accepted(3))
	if got.Concerned != 3 {
		t.Errorf("%d are concerned, want 3: nobody is counted twice", got.Concerned)
	}
	for id, times := range n.box.sent() {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
}

// While the relay is down somebody is told again: when it is back, the newest
// goes out alone.
func TestAfterAnOutageOnlyTheNewestRoundIsSent(t *testing.T) {
	n := newNight(t, 3)
	n.box.set(func(int, deliver.Message) deliver.Result {
		return deliver.Result{Kind: deliver.Retry, Detail: "relay down"}
	})
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "a try each", func(store.Tally) bool { return n.box.count() >= 3 })
	if _, err := n.rows.TellAgain(t.Context(), store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: n.clock()}); err != nil {
		t.Fatal(err)
	}
	n.until(u, "tried again", func(store.Tally) bool { return n.box.count() >= 6 })
	time.Sleep(30 * time.Millisecond) // until it is settled
	n.box.set(nil)
	n.jump(time.Hour)
	n.until(u, "accepted", accepted(3))
	for _, key := range n.keys() {
		rounds, err := n.rows.Rounds(t.Context(), u.Key, key)
		if err != nil || len(rounds) != 2 {
			t.Fatal(rounds, err)
		}
		if d := rounds[0].Deliveries[0]; d.State != vedette.DeliveryWithheld || d.Detail != "told anew" {
			t.Errorf("the first round of %d is %s, %q; want withheld, for it was told anew", key, d.State, d.Detail)
		}
	}
	if len(n.box.sent()) != 3 {
		t.Errorf("%d messages for 3 people", len(n.box.sent()))
	}
}

// A cancellation reaches whoever was told anything in its situation, not only
// those of the update it names, and without naming an area.
func TestACancellationReachesAllWhoWereTold(t *testing.T) {
	n := newNight(t, 2)
	n.save([]store.PersonChange{n.person("jordan@example.org", vedette.Presence{Area: "JO", Because: vedette.BecauseHome}),
		n.person("france@example.org", vedette.Presence{Area: "FR", Because: vedette.BecauseHome})})
	n.engine("one")
	first := n.publish("", "")
	n.until(first, "first accepted", accepted(2))
	second := n.publishFor("JO", first.Situation.ID, "")
	// Jordan is new to it, and in Iraq they hear that it is not theirs any more.
	n.until(second, "second accepted", accepted(3))
	d := &vedette.Update{ID: vedette.NewID(n.clock()), Content: vedette.Content{Title: "Iraq: sent in error", Headline: "Sent in error"}}
	if err := n.rows.SaveDraft(t.Context(), d, n.clock()); err != nil {
		t.Fatal(err)
	}
	c, err := n.rows.Publish(t.Context(), store.PublishOrder{Update: d.ID, Corrects: second.ID, Cancels: vedette.CancelError, At: n.clock()})
	if err != nil {
		t.Fatal(err)
	}
	n.until(c, "all three told", accepted(3))
	n.until(c, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
	if len(n.box.sent()) != 8 {
		t.Errorf("%d messages, want 8: nobody in France was told", len(n.box.sent()))
	}
}

// A link is good from when its notice was made: somebody who arrives weeks
// after the publication can answer.
func TestALinkOfALaterRoundIsGood(t *testing.T) {
	n := newNight(t, 1)
	links := make(chan string, 9)
	n.box.set(func(_ int, m deliver.Message) deliver.Result {
		links <- m.Text
		return deliver.Result{Kind: deliver.Accepted}
	})
	n.engine("one") // its links are good for an hour
	u := n.publish("", "")
	n.until(u, "accepted", accepted(1))
	<-links
	n.jump(21 * 24 * time.Hour)
	if _, err := n.rows.TellAgain(t.Context(), store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: n.clock()}); err != nil {
		t.Fatal(err)
	}
	token := replyToken(t, <-links)
	if _, err := n.key.OpenLink(token, n.clock().Add(time.Minute)); err != nil {
		t.Errorf("the link of the second round: %v", err)
	}
}

// replyToken finds the token of the reply link in a message.
func replyToken(t *testing.T, text string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "/r/")
	if !found {
		t.Fatalf("no reply link in %q", text)
	}
	return strings.Fields(rest)[0]
}
