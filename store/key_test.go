package store_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// sealedBy is something that a key of the installation sealed.
func sealedBy(no int, what string) []byte { return vedette.MarkSeal(no, []byte("twelve bytes "+what)) }

func (w *world) installed() {
	w.t.Helper()
	w.ok(w.s.SetInstallation(w.ctx, store.Installation{ID: vedette.NewID(t0), KeyCheck: []byte("check 1"), CreatedAt: t0}))
}

// nextKey notes key 2, and takeOver makes it the current one.
func (w *world) nextKey() {
	w.t.Helper()
	w.ok(w.s.PrepareKey(w.ctx, vedette.InstallationKey{No: 2, Check: []byte("check 2"), Heritage: []byte("heritage")}, t0))
}

func (w *world) takeOver() {
	w.t.Helper()
	w.nextKey()
	w.ok(w.s.TakeOver(w.ctx, []byte("check 2"), t0, t0.Add(time.Hour)))
}

// sealed adds somebody whose key a key of the installation wrapped.
func (w *world) sealed(no int, name string) (store.PersonChange, error) {
	c := []store.PersonChange{{SealedPerson: store.SealedPerson{External: []byte(name), WrappedKey: sealedBy(no, name), Record: []byte("record " + name)}}}
	_, err := w.o.SavePeople(w.ctx, c, t0)
	return c[0], err
}

// all gives everything that is sealed, by which key.
func (w *world) all() (out map[string]int) {
	w.t.Helper()
	out = map[string]int{}
	for _, kind := range vedette.SealKinds {
		var after store.Sealed
		for {
			list, err := w.s.SealedAfter(w.ctx, kind, after, 2)
			w.ok(err)
			if len(list) == 0 {
				break
			}
			for _, x := range list {
				no, _ := vedette.SealedBy(x.Bytes)
				out[fmt.Sprintf("%s %d", kind, no)]++
			}
			after = list[len(list)-1]
		}
	}
	return out
}

func TestKeysTakeOver(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.installed()
		w.code(w.s.EndKey(w.ctx, t0), vedette.CodeConflict)
		w.nextKey()
		w.ok(w.s.PrepareKey(w.ctx, vedette.InstallationKey{No: 2, Check: []byte("check 2b")}, t0)) // begun anew
		w.code(w.s.TakeOver(w.ctx, []byte("check 2"), t0, t0), vedette.CodeConflict)
		w.nextKey()

		// Whoever runs and does not hold it stops it.
		w.ok(w.s.Beat(w.ctx, store.Worker{ID: "w", Kind: "serve", StartedAt: t0, BeatAt: t0, KeyNo: 1}))
		w.code(w.s.TakeOver(w.ctx, []byte("check 2"), t0.Add(-time.Second), t0), vedette.CodeConflict)
		if keys, err := w.s.Keys(w.ctx); err != nil || keys[0].State != vedette.KeyCurrent || keys[1].State != vedette.KeyNext {
			t.Fatalf("a process does not hold the next key, and %+v, %v", keys, err)
		}
		w.ok(w.s.Beat(w.ctx, store.Worker{ID: "w", Kind: "serve", StartedAt: t0, BeatAt: t0, KeyNo: 2}))
		w.ok(w.s.TakeOver(w.ctx, []byte("check 2"), t0.Add(-time.Second), t0.Add(time.Hour)))
		keys, err := w.s.Keys(w.ctx)
		w.ok(err)
		if len(keys) != 2 || keys[0].State != vedette.KeyLeaving || !keys[0].Left.Equal(t0.Add(time.Hour)) || keys[1].State != vedette.KeyCurrent || string(keys[1].Heritage) != "heritage" {
			t.Fatalf("after the second took over: %+v", keys)
		}
		if in, _, err := w.s.Installation(w.ctx); err != nil || string(in.KeyCheck) != "check 2" {
			t.Errorf("the installation is known by %q, %v", in.KeyCheck, err)
		}
		w.code(w.s.PrepareKey(w.ctx, vedette.InstallationKey{No: 3, Check: []byte("check 3")}, t0), vedette.CodeConflict)
		w.ok(w.s.EndKey(w.ctx, t0))
		w.code(w.s.PrepareKey(w.ctx, vedette.InstallationKey{No: 2, Check: []byte("check 3")}, t0), vedette.CodeConflict)
		var said []string
		rows, err := w.o.Log(w.ctx, 0, 0)
		w.ok(err)
		for _, e := range rows {
			if e.Kind == vedette.LogKey {
				said = append(said, e.Verb)
			}
		}
		if fmt.Sprint(said) != "[another took over the one before ended]" {
			t.Errorf("the log says %v", said)
		}
	})
}

// Nothing that the key before sealed comes in once another took over, and what is there
// and is said again goes on under the key that it was brought over to.
func TestWhatAnOldKeySealsIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.installed()
		old, err := w.sealed(1, "Ali")
		w.ok(err)
		w.takeOver()
		_, err = w.sealed(1, "Mona")
		w.code(err, vedette.CodeConflict)
		_, err = w.o.AddHook(w.ctx, store.SealedHook{Sealed: sealedBy(1, "hook")}, t0)
		w.code(err, vedette.CodeConflict)
		_, err = w.sealed(2, "Mona")
		w.ok(err)

		list, err := w.s.SealedAfter(w.ctx, vedette.SealPerson, store.Sealed{}, 1)
		w.ok(err)
		w.ok(w.s.Reseal(w.ctx, list, [][]byte{sealedBy(2, "Ali")}))
		// It was read before, and is saved after.
		old.Record = []byte("record Ali, changed")
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{old}, t0)
		w.ok(err)
		if got := w.all(); fmt.Sprint(got) != "map[person 2:3]" {
			t.Errorf("sealed by: %v; want all records under the new key", got)
		}
		p, err := w.o.Person(w.ctx, old.ID)
		w.ok(err)
		if !bytes.Equal(p.WrappedKey, sealedBy(2, "Ali")) {
			t.Errorf("the record is under %q", p.WrappedKey)
		}
	})
}

// What was erased while it was sealed anew stays erased.
func TestErasedWhileSealedAnew(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.installed()
		p, err := w.sealed(1, "Ali")
		w.ok(err)
		w.takeOver()
		list, err := w.s.SealedAfter(w.ctx, vedette.SealPerson, store.Sealed{}, 10)
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		w.ok(w.s.Reseal(w.ctx, list, [][]byte{sealedBy(2, "Ali")}))
		if got := w.all(); len(got) != 0 {
			t.Errorf("somebody who was erased has a key: %v", got)
		}
	})
}

// Many save while a key takes over: each is refused, or was there before, so that a look
// through everything afterwards finds all that the old one sealed.
func TestManySaveWhileAKeyTakesOver(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.installed()
		ctx, end := context.WithCancel(w.ctx)
		var wg sync.WaitGroup
		var mu sync.Mutex
		late := 0
		over := time.Time{}
		for n := range 4 {
			wg.Go(func() {
				for i := 0; ctx.Err() == nil; i++ {
					mu.Lock()
					after := !over.IsZero()
					mu.Unlock()
					_, err := w.sealed(1, fmt.Sprintf("%d %d", n, i))
					if err == nil && after {
						mu.Lock()
						late++
						mu.Unlock()
					}
				}
			})
		}
		time.Sleep(50 * time.Millisecond)
		w.takeOver()
		mu.Lock()
		over = time.Now()
		mu.Unlock()
		found := w.all()["person 1"]
		time.Sleep(100 * time.Millisecond)
		end()
		wg.Wait()
		if late > 0 || w.all()["person 1"] != found || found == 0 {
			t.Errorf("%d were saved under the old key after another took over; %d were found then, %d later", late, found, w.all()["person 1"])
		}
	})
}

// A take-over waits for whoever has looked which key is current and has not saved yet:
// else they would save, behind whoever looks for what is to be sealed anew.
func TestATakeOverWaitsForWhatIsBeingSaved(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.installed()
		w.nextKey()
		db, err := ground.Open(w.ctx, w.place, code.States())
		w.ok(err)
		defer db.Close()
		looked, saved := make(chan struct{}), make(chan error, 1)
		var ended time.Time
		go func() {
			saved <- db.WriteOnce(w.ctx, "saving", func(t *ground.Tx) error {
				if err := book.SealedNow(t, sealedBy(1, "x")); err != nil {
					return err
				}
				close(looked)
				time.Sleep(300 * time.Millisecond)
				ended = time.Now()
				return nil
			})
		}()
		<-looked
		w.ok(w.s.TakeOver(w.ctx, []byte("check 2"), t0, t0))
		over := time.Now()
		w.ok(<-saved)
		if over.Before(ended) {
			t.Errorf("a key took over %s before what was being saved under the one before was", ended.Sub(over))
		}
	})
}

// A backup of before keys had numbers has a first key once it is restored.
func TestRestoredBackupHasAKey(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		s, _, err := store.Restore(w.ctx, place(t, "sqlite"), bytes.NewReader(schema1(t)), func(store.Installation) error { return nil })
		w.ok(err)
		defer s.Close()
		keys, err := s.Keys(w.ctx)
		in, _, err2 := s.Installation(w.ctx)
		if err != nil || err2 != nil || len(keys) != 1 || keys[0].No != 1 || keys[0].State != vedette.KeyCurrent || !bytes.Equal(keys[0].Check, in.KeyCheck) {
			t.Errorf("keys %+v, %v %v", keys, err, err2)
		}
	})
}
