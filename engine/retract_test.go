package engine

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// retract says that an update was sent in error.
func (n *night) retract(u *vedette.Update) *vedette.Update {
	n.t.Helper()
	now := n.clock()
	d := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, Content: vedette.Content{Title: "Power station hit"}}
	if err := n.rows.SaveDraft(n.t.Context(), d, now); err != nil {
		n.t.Fatal(err)
	}
	c, err := n.rows.Publish(n.t.Context(), store.PublishOrder{Update: d.ID, Corrects: u.ID, Cancels: vedette.CancelError, Alone: true, Reason: "a drill", At: now})
	if err != nil {
		n.t.Fatal(err)
	}
	return c
}

// Of four, one got it, of one nobody knows, one waits, and one is on its way
// when it is said to be sent in error, and accepted after that: three hear of
// it, the last as soon as that is known.
func TestSentInErrorReachesExactlyThoseWhoMayHaveGotIt(t *testing.T) {
	n := newNight(t, 4)
	late := make(chan struct{})
	told := make(chan string, 9)
	n.box.answer = func(_ int, m deliver.Message) deliver.Result {
		if strings.HasPrefix(m.Subject, "Sent in error") {
			told <- m.To
			return deliver.Result{Kind: deliver.Accepted}
		}
		switch m.To {
		case "p1@example.org":
			return deliver.Result{Kind: deliver.Doubt, Detail: "answer lost"}
		case "p2@example.org":
			return deliver.Result{Kind: deliver.Retry, Detail: "451 later"}
		case "p3@example.org":
			<-late // the last dot is out: no call brings it back
		}
		return deliver.Result{Kind: deliver.Accepted}
	}
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "sent to all", func(s store.Tally) bool { return n.box.count() == 4 && s.Deliveries[vedette.DeliveryAccepted] == 1 })
	time.Sleep(50 * time.Millisecond)
	c := n.retract(u)
	n.until(c, "two know", accepted(2))
	n.jump(settledAfter + time.Second)
	time.Sleep(100 * time.Millisecond)
	if s := n.until(c, "a look", func(store.Tally) bool { return true }); s.Fanout.State == vedette.FanoutPlanned {
		t.Fatal("the list is closed while one is on its way")
	}
	close(late)
	n.until(u, "settled", func(s store.Tally) bool {
		return s.Deliveries[vedette.DeliveryQueued] == 0 && s.Deliveries[vedette.DeliveryWithheld] == 1
	})
	n.jump(time.Second)
	s := n.until(c, "three know", func(s store.Tally) bool {
		return s.Deliveries[vedette.DeliveryAccepted] == 3 && s.Fanout.State == vedette.FanoutPlanned
	})
	if s.Fanout.Notices != 3 {
		t.Errorf("%d notices", s.Fanout.Notices)
	}
	got := map[string]bool{}
	for range 3 {
		got[<-told] = true
	}
	if got["p2@example.org"] || len(got) != 3 {
		t.Errorf("told %v", got)
	}
}

// What was made ready is what is sent, whatever would be rendered on the day.
func TestSentInErrorSaysWhatWasMadeReady(t *testing.T) {
	n := newNight(t, 1)
	said := make(chan deliver.Message, 2)
	n.box.answer = func(_ int, m deliver.Message) deliver.Result {
		said <- m
		return deliver.Result{Kind: deliver.Accepted}
	}
	n.engine("one")
	d := &vedette.Update{ID: vedette.NewID(n.clock()), State: vedette.UpdateDraft, Content: vedette.Content{Title: "Power station hit", Affected: []vedette.Place{{Text: "Iraq", Area: "IQ"}}}}
	if err := n.rows.SaveDraft(t.Context(), d, n.clock()); err != nil {
		t.Fatal(err)
	}
	ready := ""
	u, err := n.rows.Publish(t.Context(), store.PublishOrder{Update: d.ID, At: n.clock(), Freeze: func(u *vedette.Update) ([]byte, error) {
		r, err := deliver.Retract(u, "A name that changed since", func(vedette.AreaID, string) string { return "Iraq" })
		if err != nil {
			return nil, err
		}
		ready = r.Mail("en", false).Message(deliver.Personal{}).Subject
		return r.Freeze()
	}})
	if err != nil {
		t.Fatal(err)
	}
	n.until(u, "told", accepted(1))
	n.until(n.retract(u), "told that it was wrong", accepted(1))
	<-said
	if m := <-said; m.Subject != ready || m.Subject == "" || !strings.Contains(m.Text, "A name that changed since") {
		t.Errorf("%q, made ready was %q\n%s", m.Subject, ready, m.Text)
	}
}

// A stop halts within a second what no channel has accepted, in the middle of
// sending to many.
func TestNothingIsAcceptedASecondAfterAStop(t *testing.T) {
	n := newNight(t, 3000)
	n.live = time.Now()
	n.box.answer = func(int, deliver.Message) deliver.Result {
		time.Sleep(10 * time.Millisecond)
		return deliver.Result{Kind: deliver.Accepted}
	}
	n.poll = 100 * time.Millisecond // as it is served
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "sending", func(s store.Tally) bool { return s.Deliveries[vedette.DeliveryAccepted] >= 200 })
	at := n.clock()
	if _, err := n.rows.Stop(t.Context(), u.ID, "wrong area", at); err != nil {
		t.Fatal(err)
	}
	s := n.until(u, "nothing queued", func(s store.Tally) bool { return s.Deliveries[vedette.DeliveryQueued] == 0 })
	if s.Deliveries[vedette.DeliveryWithheld] == 0 {
		t.Fatal("all were sent before the stop")
	}
	var last time.Time
	for after := int64(0); ; {
		list, err := n.rows.Ledger(t.Context(), u.Key, after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			break
		}
		for _, e := range list {
			for _, d := range e.Deliveries {
				if d.State == vedette.DeliveryAccepted && d.AcceptedAt.After(last) {
					last = d.AcceptedAt
				}
			}
		}
		after = list[len(list)-1].Recipient
	}
	if d := last.Sub(at); d > time.Second {
		t.Errorf("one was accepted %v after the stop", d)
	} else {
		t.Logf("the last was accepted %v after the stop; %d withheld", cmp.Or(d, 0), s.Deliveries[vedette.DeliveryWithheld])
	}
}
