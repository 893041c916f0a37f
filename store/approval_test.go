package store_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// asks asks for approval of a new draft at t0.
func (w *world) asks(title string) (vedette.Approval, *vedette.Update) {
	w.t.Helper()
	d := w.draft(title)
	u, err := w.o.Update(w.ctx, d.ID)
	w.ok(err)
	a, err := w.o.Ask(w.ctx, vedette.Approval{ID: vedette.NewID(t0), Draft: u.ID, Sum: u.Sum(), AskedBy: "Ana", Asker: "ana", EndsAt: t0.Add(vedette.ApprovalLife),
		Wish: vedette.Wish{Accept: []vedette.FindingCode{"x"}, Reason: "why"}}, len(u.Edits), t0)
	w.ok(err)
	return a, u
}

// furnishApproval asks for approval, and rings somebody about it.
func (w *world) furnishApproval(ada *vedette.User) {
	w.t.Helper()
	a, _ := w.asks("For two")
	where := []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: "x"}}
	if took, err := w.o.StepApproval(w.ctx, &a, []store.Ringing{{User: *ada, Where: where}}, t0.Add(time.Minute), t0); err != nil || !took {
		w.t.Fatal(took, err)
	}
	w.ok(w.o.SetReach(w.ctx, ada, vedette.NewID(t0), []byte("key"), []byte("sealed"), "Ada", t0))
	w.ok(w.o.SetPIN(w.ctx, ada, "hash", t0))
}

func (w *world) approval(a *vedette.Approval) vedette.Approval {
	w.t.Helper()
	got, err := w.o.Approval(w.ctx, a.ID, 0)
	w.ok(err)
	return got
}

func TestAnAskingIsAboutOneText(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a, u := w.asks("Rockets")
		got := w.approval(&a)
		equal(t, "kept", fmt.Sprint(got.State, got.AskedBy, got.Wish, got.Sum == u.Sum(), got.DueAt.Equal(t0)), fmt.Sprint(vedette.ApprovalAsked, "Ana", a.Wish, true, true))
		_, err := w.o.Ask(w.ctx, vedette.Approval{ID: vedette.NewID(t0), Draft: u.ID, Sum: u.Sum(), AskedBy: "Ben"}, len(u.Edits), t0)
		w.code(err, vedette.CodeConflict)
		_, err = w.o.Ask(w.ctx, vedette.Approval{ID: vedette.NewID(t0), Draft: w.draft("x").ID, Sum: u.Sum(), AskedBy: "Ben"}, 0, t0)
		w.code(err, vedette.CodeConflict)

		// What is made ready to be published is still asked about; published it must be what was asked.
		other := *u
		other.Accepted = []vedette.Finding{{Code: "x", Message: "taken on"}}
		w.ok(w.o.ReadyDraft(w.ctx, &other, len(u.Edits), t0))
		equal(t, "after it was made ready", w.approval(&a).State, vedette.ApprovalAsked)
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, Approval: a.Key, Said: store.Decided{By: "Ben"}, At: t0})
		w.code(err, vedette.CodeConflict)
		w.ok(w.o.ReadyDraft(w.ctx, u, len(u.Edits), t0))
		w.ok(w.o.EditDraft(w.ctx, u, len(u.Edits), t0.Add(time.Second)))
		equal(t, "after an edit", w.approval(&a).State, vedette.ApprovalChanged)
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, Approval: a.Key, Said: store.Decided{By: "Ben"}, At: t0})
		w.code(err, vedette.CodeConflict)

		// Published without it, or removed, it is over.
		a, u = w.asks("Floods")
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, At: t0})
		w.ok(err)
		equal(t, "published otherwise", w.approval(&a).State, vedette.ApprovalOvertaken)
		a, u = w.asks("Fires")
		w.ok(w.o.RemoveDraft(w.ctx, u.ID, len(u.Edits), "Ana", t0))
		equal(t, "removed", w.approval(&a).State, vedette.ApprovalChanged)
		a, _ = w.asks("Storms")
		n, err := w.o.LapseApprovals(w.ctx, t0.Add(vedette.ApprovalLife-1))
		w.ok(err)
		equal(t, "lapsed too soon", n, 0)
		n, err = w.o.LapseApprovals(w.ctx, t0.Add(vedette.ApprovalLife))
		w.ok(err)
		equal(t, "lapsed", n, 1)
		equal(t, "late", w.approval(&a).State, vedette.ApprovalLapsed)
	})
}

func TestOneOfManyApproves(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a, u := w.asks("Rockets")
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for i := range 6 {
			wg.Go(func() {
				said := store.Decided{By: fmt.Sprint("B", i)}
				var err error
				if i%2 == 0 {
					_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, Approval: a.Key, Said: said, Assent: &vedette.Assent{By: said.By}, At: t0})
				} else {
					err = w.o.DecideApproval(w.ctx, &a, "refuse", said, t0)
				}
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if vedette.ErrorCode(err) != vedette.CodeConflict {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		equal(t, "who won", won, 1)
		got, err := w.o.Update(w.ctx, u.ID)
		w.ok(err)
		if x := w.approval(&a); (x.State == vedette.ApprovalApproved) != (got.State == vedette.UpdatePublished) || got.Assent != nil && got.Assent.By != x.By {
			t.Errorf("%s by %s, and the update is %s: %+v", x.State, x.By, got.State, got.Assent)
		}
	})
}

// What rings approvers is taken once, and withheld when somebody decided.
func TestRingingApprovers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ben, err := w.user("ben", vedette.RoleApprover, 1, false)
		w.ok(err)
		a, _ := w.asks("Rockets")
		due, err := w.o.ApprovalsDue(w.ctx, t0)
		w.ok(err)
		equal(t, "due", len(due), 1)
		ring := []store.Ringing{{User: ben, Where: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail}, {No: 2, Channel: vedette.ChannelSMS}}}}
		for _, want := range []bool{true, false} { // as two processes would
			took, err := w.o.StepApproval(w.ctx, &due[0], ring, t0.Add(time.Minute), t0)
			w.ok(err)
			equal(t, "taken", took, want)
		}
		got, err := w.o.ClaimLetters(w.ctx, "one", vedette.ChannelEmail, 9, t0, ttl)
		w.ok(err)
		equal(t, "claimed", fmt.Sprint(len(got), got[0].Kind, got[0].Approval == a.Key, got[0].Over), fmt.Sprint(1, vedette.LetterApprove, true, false))
		w.ok(w.o.DecideApproval(w.ctx, &a, "withdraw", store.Decided{By: "Ana"}, t0))
		got, err = w.o.ClaimLetters(w.ctx, "one", vedette.ChannelEmail, 9, t0.Add(2*ttl), ttl)
		w.ok(err)
		equal(t, "claimed again", fmt.Sprint(len(got), got[0].Over), "1 true")
		list, err := w.o.LettersAsking(w.ctx, a.Key)
		w.ok(err)
		equal(t, "letters", lines(list, func(l vedette.Letter) string { return fmt.Sprint(l.Channel, " ", l.State, " ", l.Detail) }), "email queued\nsms withheld withdrawn")
		due, err = w.o.ApprovalsDue(w.ctx, t0.Add(time.Hour))
		w.ok(err)
		equal(t, "due afterwards", len(due), 0)
	})
}

func TestAPINIsTriedSoOften(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ben, err := w.user("ben", vedette.RoleApprover, 1, false)
		w.ok(err)
		try := func(want string) {
			t.Helper()
			got, err := w.o.TryPIN(w.ctx, ben.Key)
			w.ok(err)
			equal(t, "hash", got, want)
		}
		try("")
		w.ok(w.o.SetPIN(w.ctx, &ben, "hash", t0))
		try("hash")
		w.ok(w.o.RightPIN(w.ctx, ben.Key))
		for range store.MaxWrongPINs {
			try("hash")
		}
		try("")
		w.ok(w.o.SetPIN(w.ctx, &ben, "other", t0))
		try("other")
		_, err = w.o.ResetUser(w.ctx, ben.Login, []byte{9}, t0, t0)
		w.ok(err)
		try("")
	})
}

// After a restore nobody is asked anew about what may have been answered since.
func TestARestoredAskingIsOver(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.ok(w.s.SetInstallation(w.ctx, store.Installation{ID: vedette.NewID(t0), KeyCheck: []byte("check"), CreatedAt: t0}))
		a, _ := w.asks("Rockets")
		s, _, err := store.Restore(w.ctx, place(t, w.s.Engine()), bytes.NewReader(w.backup()), anyKey)
		w.ok(err)
		defer s.Close()
		got, err := s.In(w.org).Approval(w.ctx, a.ID, 0)
		w.ok(err)
		equal(t, "state", got.State, vedette.ApprovalLapsed)
	})
}
