package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
)

func signal(id string, kind vedette.SignalKind, refers ...string) vedette.Signal {
	s := vedette.Signal{ID: vedette.NewID(t0), ReceivedAt: t0, Digest: "of " + id, SignalWords: vedette.SignalWords{
		SignalName: vedette.SignalName{Sender: "warnings@example.org", Identifier: id, Sent: t0.Add(-time.Minute)}, Kind: kind, Event: "Earthquake", Headline: "Strong earthquake off Sfax",
		Risk: vedette.RiskHigh, Areas: []string{"Sfax"}, Shapes: []vedette.Shape{{Name: "Sfax", Circle: &vedette.Circle{Center: vedette.Point{Lat: 34.74, Lon: 10.98}, KM: 60}}}}}
	for _, r := range refers {
		s.Refers = append(s.Refers, vedette.SignalName{Sender: s.Sender, Identifier: r, Sent: s.Sent})
	}
	return s
}

// TestASignalIsKeptOnce: sent twice it is one; another text by its name is a conflict; and
// what came is given back byte for byte.
func TestASignalIsKeptOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		seq := w.seq()
		s := signal("1", vedette.SignalAlert)
		first, fresh, err := w.o.AddSignal(w.ctx, s, []byte("<alert/>\x00"))
		w.ok(err)
		equal(t, "fresh", fresh, true)
		equal(t, "log", w.log(seq), "signal received")
		s.ID = vedette.NewID(t0)
		again, fresh, err := w.o.AddSignal(w.ctx, s, []byte("<alert/>\x00"))
		w.ok(err)
		equal(t, "fresh", fresh, false)
		equal(t, "the one that is kept", again.ID, first.ID)
		s.Digest = "of another"
		_, _, err = w.o.AddSignal(w.ctx, s, []byte("<alert>2</alert>"))
		w.code(err, vedette.CodeConflict)
		list, err := w.o.Signals(w.ctx, true, 10)
		w.ok(err)
		if d := cmp.Diff([]vedette.Signal{first}, list); d != "" {
			t.Error(d)
		}
		_, body, _, err := w.o.Signal(w.ctx, first.ID)
		w.ok(err)
		equal(t, "as it came", string(body), "<alert/>\x00")
		_, _, _, err = w.o.Signal(w.ctx, vedette.NewID(t0))
		w.code(err, vedette.CodeNotFound)
	})
}

// TestASignalOvertakes: whichever of the two comes first, and only where nobody has looked.
func TestASignalOvertakes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		add := func(s vedette.Signal) vedette.Signal {
			kept, _, err := w.o.AddSignal(w.ctx, s, []byte("x"))
			w.ok(err)
			return kept
		}
		state := func(s vedette.Signal) vedette.SignalState {
			got, _, _, err := w.o.Signal(w.ctx, s.ID)
			w.ok(err)
			return got.State
		}
		one := add(signal("1", vedette.SignalAlert))
		two := add(signal("2", vedette.SignalUpdate, "1", "3"))
		three := add(signal("3", vedette.SignalAlert)) // late
		equal(t, "the first", state(one), vedette.SignalOvertaken)
		equal(t, "the newer", state(two), vedette.SignalOpen)
		equal(t, "the late one", three.State, vedette.SignalOvertaken)
		_, _, others, err := w.o.Signal(w.ctx, one.ID)
		w.ok(err)
		if len(others) != 1 || others[0].ID != two.ID {
			t.Errorf("what overtakes it: %+v", others)
		}

		w.ok(w.o.DecideSignal(w.ctx, two.ID, "set_aside", "Ana", "nobody is there", t0.Add(time.Minute)))
		add(signal("4", vedette.SignalCancel, "2"))
		equal(t, "what somebody has decided", state(two), vedette.SignalAside)
		err = w.o.DecideSignal(w.ctx, two.ID, "set_aside", "Ben", "so it is", t0)
		w.code(err, vedette.CodeConflict)
		if !strings.Contains(err.Error(), "Ana set it aside") || !strings.Contains(err.Error(), "nobody is there") {
			t.Errorf("it does not say by whom and why: %v", err)
		}
		w.ok(w.o.DecideSignal(w.ctx, two.ID, "reopen", "Ben", "", t0))
		equal(t, "opened again", state(two), vedette.SignalOpen)
	})
}

// TestOneDraftIsMadeOfASignal: of many who make one at once one does, and nothing is kept
// of the others'.
func TestOneDraftIsMadeOfASignal(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		s, _, err := w.o.AddSignal(w.ctx, signal("1", vedette.SignalAlert), []byte("x"))
		w.ok(err)
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				u := &vedette.Update{ID: vedette.NewID(t0), Content: vedette.Content{Title: "Earthquake"}}
				errs[i] = w.o.TakeSignal(w.ctx, s.ID, u, "Ana", t0)
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			w.code(err, vedette.CodeConflict)
		}
		drafts, err := w.o.Drafts(w.ctx, 10)
		w.ok(err)
		got, _, _, err := w.o.Signal(w.ctx, s.ID)
		w.ok(err)
		if won != 1 || len(drafts) != 1 || got.State != vedette.SignalTaken || got.Draft != drafts[0].ID || got.By != "Ana" {
			t.Errorf("%d won, %d drafts, %+v", won, len(drafts), got)
		}
	})
}
