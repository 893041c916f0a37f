package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/store"
)

// edited gives a draft with one more edit, of its risk.
func edited(u *vedette.Update, by string, risk vedette.Risk) *vedette.Update {
	e := *u
	was := u.Content.Risk
	e.Content.Risk = risk
	e.Edits = append(e.Edits[:len(e.Edits):len(e.Edits)], vedette.Edit{At: t0, By: by,
		Changes: []vedette.Change{{What: "risk", Before: was.String(), After: risk.String()}}, Was: vedette.Basis{Risk: &was}})
	return &e
}

func TestDraftIsEditedByOneAtATime(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := &vedette.Update{Content: vedette.Content{Title: "Rockets", Risk: vedette.RiskHigh}, Edits: []vedette.Edit{{At: t0, By: "Ana"}}}
		w.ok(w.o.SaveDraft(w.ctx, u, t0))
		seq := w.seq()
		first, second := edited(u, "Ben", vedette.RiskExtreme), edited(u, "Cleo", vedette.RiskLow)
		w.ok(w.o.EditDraft(w.ctx, first, 1, t0))
		equal(t, "log", w.log(seq), "draft edited")
		err := w.o.EditDraft(w.ctx, second, 1, t0)
		w.code(err, vedette.CodeConflict)
		if !strings.Contains(err.Error(), "changed by Ben at") || !strings.Contains(err.Error(), "risk: high → extreme") {
			t.Errorf("the conflict does not say who changed what when: %v", err)
		}
		got, err := w.o.Update(w.ctx, u.ID)
		w.ok(err)
		if d := cmp.Diff(first, got); d != "" {
			t.Error(d)
		}
		equal(t, "risk as it was made", got.Before(1).Content.Risk, vedette.RiskHigh)
		equal(t, "edits then", len(got.Before(1).Edits), 1)

		// Whoever publishes publishes what they saw.
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, Edits: 1, At: t0})
		w.code(err, vedette.CodeConflict)
		w.code(w.o.RemoveDraft(w.ctx, u.ID, 1, "Cleo", t0), vedette.CodeConflict)
		published, err := w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, Edits: 2, At: t0})
		w.ok(err)
		equal(t, "edits of the published", len(published.Edits), 2)
		w.code(w.o.EditDraft(w.ctx, second, 2, t0), vedette.CodeConflict)
		w.code(w.o.RemoveDraft(w.ctx, u.ID, 2, "Cleo", t0), vedette.CodeConflict)
	})
}

func TestOfManyEditsOneWins(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := &vedette.Update{Content: vedette.Content{Title: "Rockets", Risk: vedette.RiskHigh}, Edits: []vedette.Edit{{At: t0, By: "Ana"}}}
		w.ok(w.o.SaveDraft(w.ctx, u, t0))
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { errs[i] = w.o.EditDraft(w.ctx, edited(u, "Ben", vedette.RiskLow), 1, t0) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if vedette.ErrorCode(err) != vedette.CodeConflict {
				t.Error(err)
			}
		}
		equal(t, "edits that went through", won, 1)
	})
}

func TestDraftsAreListedAndRemoved(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var ids []vedette.ID
		for i, title := range []string{"One", "Two"} {
			u := &vedette.Update{Content: vedette.Content{Title: title}, Edits: []vedette.Edit{{At: t0, By: "Ana"}}, CreatedAt: t0.Add(time.Duration(i) * time.Minute)}
			w.ok(w.o.SaveDraft(w.ctx, u, t0))
			ids = append(ids, u.ID)
		}
		seq := w.seq()
		w.ok(w.o.RemoveDraft(w.ctx, ids[0], 1, "Ben", t0))
		equal(t, "log", w.log(seq), "draft removed by Ben")
		w.code(w.o.RemoveDraft(w.ctx, ids[0], 1, "Ben", t0), vedette.CodeNotFound)
		list, err := w.o.Drafts(w.ctx, 0)
		w.ok(err)
		equal(t, "drafts", len(list), 1)
		equal(t, "the one left", list[0].ID, ids[1])
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: ids[1], Edits: 1, At: t0})
		w.ok(err)
		list, err = w.o.Drafts(w.ctx, 0)
		w.ok(err)
		equal(t, "drafts once it is published", len(list), 0)
	})
}
