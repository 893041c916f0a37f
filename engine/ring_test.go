package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
)

// callBox is a far end of calls.
type callBox struct{ textBox }

func (callBox) Channel() vedette.Channel { return vedette.ChannelVoice }

// called is somebody with a number to call and, maybe, a mail address.
func (n *night) called(i int, language string, mailed bool) store.PersonChange {
	c := n.person(fmt.Sprintf("c%d@example.org", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	pk, err := n.key.Unwrap(c.ID, c.WrappedKey)
	if err != nil {
		n.t.Fatal(err)
	}
	rec := vedette.PersonRecord{Name: "Called", Language: language, Addresses: []vedette.Address{{No: vedette.AddressVoice, Channel: vedette.ChannelVoice, Value: fmt.Sprintf("+4416329%05d", i)}}}
	c.Slots = []store.Slot{{No: vedette.AddressVoice, Channel: vedette.ChannelVoice}}
	if mailed {
		rec.Addresses = append(rec.Addresses, vedette.Address{No: 1, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("c%d@example.org", i)})
		c.Slots = append(c.Slots, store.Slot{No: 1, Channel: vedette.ChannelEmail})
	}
	if c.Record, err = pk.SealRecord(&rec); err != nil {
		n.t.Fatal(err)
	}
	return c
}

// calling runs an engine that calls too, and speaks no Persian.
func (n *night) calling() callBox {
	calls := callBox{textBox{&box{taken: map[string]int{}}, make(chan deliver.Message, 20)}}
	g := gazetteer.Default()
	ctx, cancel := context.WithCancel(context.Background())
	e := New(Config{Store: n.store, Key: n.key, Gaz: g, Senders: []deliver.Sender{n.box, calls}, Now: n.clock,
		Rosters: roster.New(n.store, n.key, g, vedette.ChannelEmail, vedette.ChannelVoice), Log: slog.New(slog.DiscardHandler),
		Speaks: func(l ...string) string { return map[string]string{"fr": "fr"}[l[0]] },
		Worker: store.Worker{ID: "w", Kind: "test", StartedAt: n.clock()}, BaseURL: "https://x.example", LinkLife: time.Hour, Poll: 5 * time.Millisecond})
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := e.Run(ctx); err != nil {
			n.t.Errorf("engine: %v", err)
		}
	}()
	n.t.Cleanup(func() { cancel(); <-done })
	return calls
}

// said opens what a call to somebody says.
func (n *night) said(u *vedette.Update, key int64) (s deliver.Spoken) {
	n.t.Helper()
	r, err := n.rows.Ring(n.t.Context(), u.Key, key, 1, vedette.AddressVoice)
	if err != nil {
		n.t.Fatal(err)
	}
	if strings.Contains(string(r.Sealed), "Iraq") {
		n.t.Error("what a call says lies open in the store")
	}
	p, err := n.rows.PersonByKey(n.t.Context(), key)
	if err != nil {
		n.t.Fatal(err)
	}
	pk, err := n.key.Unwrap(p.ID, p.WrappedKey)
	if err != nil {
		n.t.Fatal(err)
	}
	plain, err := pk.Open(deliver.SpokenPurpose, r.Sealed)
	if err != nil {
		n.t.Fatal(err)
	}
	if err := json.Unmarshal(plain, &s); err != nil {
		n.t.Fatal(err)
	}
	return s
}

// What a call says is kept sealed and does not go with it; a phone that is rung
// again is a call of its own.
func TestWhatACallSaysStaysHere(t *testing.T) {
	n := newNight(t, 0)
	n.urgency = vedette.UrgencyImmediate
	keys := n.save([]store.PersonChange{n.called(1, "fr", false), n.called(2, "fa", false)})
	calls := n.calling()
	u := n.publish("", "")
	n.until(u, "both are called", accepted(2))
	first := map[string]deliver.Message{}
	for range 2 {
		m := <-calls.said
		if first[m.To] = m; m.Text != "" || m.HTML != "" || m.Subject != "" || m.Return == "" {
			t.Errorf("with the call went %+v", m)
		}
	}
	if s := n.said(u, keys[0]); s.Language != "fr" || !strings.Contains(s.Text, "Iraq") || strings.Contains(s.Text, "http") {
		t.Errorf("%+v", s)
	}
	if s := n.said(u, keys[1]); s.Language != "en" {
		t.Errorf("a language without a voice is spoken: %+v", s)
	}
	moved, err := n.rows.RingAgain(t.Context(), store.Rung{Update: u.Key, Recipient: keys[0], Round: 1, Address: vedette.AddressVoice, Detail: "engaged", Again: n.clock(), At: n.clock()})
	if err != nil || !moved {
		t.Fatal(moved, err)
	}
	again := <-calls.said
	if was := first[again.To]; again.ID != was.ID+"-1" || again.Return != was.Return {
		t.Errorf("the second call is %q of %q", again.ID, was.ID)
	}
}

// Whoever is written to is called about what cannot wait, and about nothing
// else; who has but a phone is called about all.
func TestWhoIsCalledAboutWhat(t *testing.T) {
	n := newNight(t, 0)
	n.save([]store.PersonChange{n.called(1, "", true), n.called(2, "", false)})
	calls := n.calling()
	for urgency, want := range map[vedette.Urgency]int{vedette.UrgencyImmediate: 3, vedette.UrgencyExpected: 2} {
		n.urgency = urgency
		u := n.publish("", "")
		n.until(u, "all is accepted", func(t store.Tally) bool {
			return t.Fanout.State == vedette.FanoutPlanned && t.Deliveries[vedette.DeliveryQueued] == 0
		})
		rows, err := n.rows.Rows(t.Context(), u.Key, store.RowFilter{})
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, r := range rows {
			for _, no := range []int{1, vedette.AddressVoice} {
				if _, found, err := n.rows.Delivery(t.Context(), u.Key, r.Recipient, no); err != nil {
					t.Fatal(err)
				} else if found {
					got++
				}
			}
		}
		if got != want {
			t.Errorf("%s: %d deliveries, want %d", urgency, got, want)
		}
	}
	if len(calls.sent()) == 0 {
		t.Error("nobody was called")
	}
}

func TestWhatPeopleAreCalledAbout(t *testing.T) {
	slots := []store.Slot{{No: 1, Channel: vedette.ChannelEmail}, {No: vedette.AddressVoice, Channel: vedette.ChannelVoice}}
	urgent := vedette.Content{Urgency: vedette.UrgencyImmediate}
	met := vedette.Variant{Lines: []vedette.NoticeLine{{Met: true}}}
	for name, c := range map[string]struct {
		u    vedette.Update
		v    vedette.Variant
		want int
	}{
		"immediate":                     {vedette.Update{Content: urgent}, vedette.Variant{}, 2},
		"its condition is met":          {vedette.Update{Content: vedette.Content{Urgency: vedette.UrgencyFuture}}, met, 2},
		"expected":                      {vedette.Update{Content: vedette.Content{Urgency: vedette.UrgencyExpected}}, vedette.Variant{}, 1},
		"a drill":                       {vedette.Update{Drill: &vedette.Drill{All: true}}, vedette.Variant{}, 2},
		"a roll-call":                   {vedette.Update{Asks: "x"}, vedette.Variant{}, 2},
		"it was wrong":                  {vedette.Update{Cancels: vedette.CancelError}, vedette.Variant{}, 2},
		"it is over":                    {vedette.Update{Content: urgent, Cancels: vedette.CancelOver}, vedette.Variant{}, 1},
		"an all-clear is never so loud": {vedette.Update{Content: urgent, Clears: &vedette.AllClear{}}, vedette.Variant{}, 1},
	} {
		if got := rung(&c.u, &c.v, slots); len(got) != c.want {
			t.Errorf("%s: over %v", name, got)
		}
		if got := rung(&c.u, &c.v, slots[1:]); len(got) != 1 {
			t.Errorf("%s: who has but a phone is told over %v", name, got)
		}
	}
}
