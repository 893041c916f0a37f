package engine

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
)

// aShift is one with nobody at its other ends.
func aShift(flight int) (s *shift, lots chan []store.Outcome) {
	lots = make(chan []store.Outcome, 1)
	return &shift{branch: &branch{Engine: New(Config{Flight: flight, Now: time.Now})}, flight: flight, settles: &settler{lots: lots}, claims: &claimer{asks: make(chan ask, 1)},
		jobs: make(chan job, flight), results: make(chan store.Outcome), held: map[place]bool{}, lately: map[place]bool{}, given: map[place]bool{}, systems: map[int64]*line{}}, lots
}

// was is the outcome of a try for a recipient, which was held.
func (s *shift) was(recipient int64, event string) {
	o := store.Outcome{Update: 1, Recipient: recipient, Round: 1, Address: 1, Event: event}
	s.held[placeOfOutcome(o)] = true
	s.flying++
	s.take(o)
}

// What cannot be written down is kept, in its order, and tried again; meanwhile no
// more is begun than a kill may repeat, and none of it is let go to be sent twice.
func TestWhatCannotBeWrittenDownIsTriedAgain(t *testing.T) {
	now := time.Now()
	s, lots := aShift(4)
	sent := func(n int64) { s.was(n, "accept") }
	sent(1)
	s.flying = 1 // another is on its way
	if s.settle(now); s.saving != nil {
		t.Fatal("one was settled alone, at once")
	}
	sent(2)
	s.settle(now)
	if got := <-lots; len(got) != 2 {
		t.Fatalf("%d are written down, want 2", len(got))
	}
	sent(3)
	if s.settle(now.Add(time.Second)); len(s.unsaved) != 1 {
		t.Fatal("two lots are written at once")
	}
	s.ready = []job{{claim: store.Claimed{MadeAt: now}}}
	if s.begin(now); len(s.ready) != 1 {
		t.Error("more is begun than a kill may repeat")
	}
	if err := s.settled(errors.New("the disk is full")); err == nil || s.saving != nil || len(s.held) != 3 {
		t.Fatalf("after a failure: %v, %d held", err, len(s.held))
	}
	s.settle(now)
	got := <-lots
	for i, o := range got {
		if o.Recipient != int64(i+1) {
			t.Errorf("tried again: %v", got)
		}
	}
	if err := s.settled(nil); err != nil || len(got) != 3 || len(s.held) != 0 || s.Watch.Accepted.Load() != 3 {
		t.Errorf("%v: %d written, %d held, %d counted", err, len(got), len(s.held), s.Watch.Accepted.Load())
	}
	if s.begin(now); len(s.ready) != 0 {
		t.Error("nothing more is begun")
	}
}

// Of a run of the same error the first alone is news.
func TestTroubleIsSaidOnce(t *testing.T) {
	full, gone := errors.New("the disk is full"), errors.New("the server is gone")
	var tr trouble
	for i, step := range []struct {
		err  error
		news bool
	}{{nil, false}, {full, true}, {full, false}, {gone, true}, {nil, false}, {gone, true}} {
		if got := tr.news(step.err); got != step.news {
			t.Errorf("%d, %v: news %v", i, step.err, got)
		}
	}
}

// What is claimed while it was being written down is not sent for it, and not kept:
// it is given back once that is written, and nothing is claimed before.
func TestWhatIsClaimedWhileItIsWrittenDownIsGivenBack(t *testing.T) {
	claim := func(recipient int64) job {
		return job{claim: store.Claimed{Delivery: vedette.Delivery{Update: 1, Recipient: recipient, Round: 1, Address: 1}}}
	}
	for name, first := range map[string]bool{"the lot is here first": true, "what was written is": false} {
		t.Run(name, func(t *testing.T) {
			s, lots := aShift(4)
			s.look, s.claims.asked = true, true
			s.was(1, "retry")
			s.settle(time.Now())
			<-lots
			both := lot{jobs: []job{claim(1), claim(2)}}
			if first {
				_ = s.receive(both)
				if len(s.unsaved) > 0 {
					t.Fatal("given back with the lot that is being written")
				}
				_ = s.settled(nil)
			} else {
				_ = s.settled(nil)
				_ = s.receive(both)
			}
			if len(s.ready) != 1 || s.ready[0].claim.Recipient != 2 {
				t.Fatalf("ready are %v", s.ready)
			}
			s.look, s.ready = true, nil
			if s.ask(); s.claims.asked {
				t.Error("more was claimed before it was given back")
			}
			s.settle(time.Now())
			got := <-lots
			if len(got) != 1 || got[0].Recipient != 1 || got[0].Event != "retry" || !got[0].Untried {
				t.Fatalf("given back: %+v", got)
			}
			if again := (lot{jobs: []job{claim(1)}}); s.receive(again) != nil || len(s.ready) > 0 {
				t.Error("sent before it was given back")
			}
			_ = s.settled(nil)
			s.settle(time.Now()) // what the second lot had of it
			if len(lots) > 0 {
				<-lots
				_ = s.settled(nil)
			}
			s.look = true
			if s.ask(); !s.claims.asked || s.held[place{Update: 1, Recipient: 1, Round: 1, Address: 1}] {
				t.Error("it is held, or nothing is claimed any more")
			}
		})
	}
}

// A store that is slow is no reason to give up what is ready: that must be written, too.
func TestWhatIsReadyWaitsForASlowStore(t *testing.T) {
	now := time.Now()
	s, lots := aShift(4)
	s.was(1, "accept")
	s.settle(now)
	<-lots
	s.ready, s.waits = []job{{}}, now.Add(-time.Minute)
	if s.giveUp(now); len(s.ready) != 1 {
		t.Fatal("given up while the store was slow")
	}
	_ = s.settled(nil)
	if s.giveUp(now.Add(readyFor / 2)); len(s.ready) != 1 {
		t.Fatal("given up at once when the store was well")
	}
	if s.giveUp(now.Add(2 * readyFor)); len(s.ready) != 0 || len(s.unsaved) != 1 {
		t.Error("not given up though nothing of it goes on")
	}
}

// Who ends and could not write down what was sent says that all they held is in doubt.
func TestWhatCouldNotBeWrittenAtTheEndIsInDoubt(t *testing.T) {
	for _, unwritten := range []bool{false, true} {
		n := newNight(t, 1)
		n.box.answer = func(int, deliver.Message) deliver.Result { return deliver.Result{Kind: deliver.Retry} }
		n.publish("", "")
		stop := n.engine("plans")
		for n.box.count() == 0 {
			time.Sleep(time.Millisecond)
		}
		stop()
		n.jump(time.Hour)
		g := gazetteer.Default()
		orgs, err := n.store.Organisations(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b := New(Config{Store: n.store, Key: n.key, Gaz: g, Rosters: roster.New(n.store, n.key, g), Now: n.clock, Worker: store.Worker{ID: "ends"}, Log: slog.New(slog.DiscardHandler)}).branch(orgs[0])
		claim := func(who string) store.Claimed {
			got, err := n.rows.Claim(t.Context(), who, 9, n.clock(), time.Hour, []vedette.Channel{vedette.ChannelEmail})
			if err != nil || len(got) != 1 {
				t.Fatal(got, err)
			}
			return got[0]
		}
		claim("ends")
		b.unwritten.Store(unwritten)
		b.release(t.Context())
		if got := claim("next").Doubts > 0; got != unwritten {
			t.Errorf("unwritten %v: in doubt %v", unwritten, got)
		}
	}
}
