package store_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// The file that a report came in stays as it is; only what its key is sealed with
// changes, by a rotation.
func TestTheFileOfAReportIsKept(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.installed()
		file := vedette.ReportFile{ID: vedette.NewID(t0), Name: "alert.pdf", Kind: "PDF", Size: 9, Digest: "sum of it", WrappedKey: sealedBy(1, "key"), Sealed: []byte("sealed")}
		r := vedette.Report{ID: vedette.NewID(t0), Digest: "d", ReceivedAt: t0, Text: []byte("x"), File: &file}
		w.ok(w.o.AddReport(w.ctx, r, nil))
		got, err := w.o.ReportFile(w.ctx, r.ID, true)
		if w.ok(err); got.Name != file.Name || got.Size != 9 || string(got.Sealed) != "sealed" || string(got.WrappedKey) != string(file.WrappedKey) || got.Altered {
			t.Errorf("%+v", got)
		}
		got, err = w.o.ReportFile(w.ctx, r.ID, false)
		if w.ok(err); got.Digest != file.Digest || got.Sealed != nil {
			t.Errorf("without its bytes: %+v", got)
		}
		log, err := w.o.Log(w.ctx, 0, 0)
		w.ok(err)
		if e := log[len(log)-1]; e.Kind != vedette.LogFile || e.Ref != string(r.ID) || e.Verb != "kept, SHA-256 sum of it" {
			t.Errorf("the record says %+v", e)
		}

		_, err = w.s.In(2).ReportFile(w.ctx, r.ID, true)
		w.code(err, vedette.CodeNotFound)
		pasted := vedette.Report{ID: vedette.NewID(t0), Digest: "d", ReceivedAt: t0, Text: []byte("x")}
		w.ok(w.o.AddReport(w.ctx, pasted, nil))
		_, err = w.o.ReportFile(w.ctx, pasted.ID, true)
		w.code(err, vedette.CodeNotFound)

		for _, text := range []string{`DELETE FROM report_files`, `UPDATE report_files SET digest = 'another'`, `UPDATE report_files SET sealed = wrapped_key`} {
			if w.sql(text) == nil {
				t.Errorf("%s: it was let", text)
			}
		}

		w.takeOver()
		list, err := w.s.SealedAfter(w.ctx, vedette.SealFile, store.Sealed{}, 10)
		if w.ok(err); len(list) != 1 || list[0].ID != file.ID {
			t.Fatalf("%+v", list)
		}
		w.ok(w.s.Reseal(w.ctx, list, [][]byte{sealedBy(2, "key")}))
		again := vedette.Report{ID: vedette.NewID(t0), Digest: "d", ReceivedAt: t0, Text: []byte("x"), File: &vedette.ReportFile{ID: vedette.NewID(t0), Kind: "PDF", Digest: "s", WrappedKey: sealedBy(1, "key"), Sealed: []byte("s")}}
		w.code(w.o.AddReport(w.ctx, again, nil), vedette.CodeConflict)
	})
}

// TestWhatCameInSaysWhatBecameOfIt: which draft or update a report is in, as long as it is.
func TestWhatCameInSaysWhatBecameOfIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var ids []vedette.ID
		for i := range 3 {
			r := vedette.Report{ID: vedette.NewID(t0), Origin: "paste", Digest: "d", ReceivedAt: t0.Add(time.Duration(i) * time.Minute), Text: []byte("x")}
			w.ok(w.o.AddReport(w.ctx, r, &vedette.Reading{Content: vedette.Content{Title: "Rockets hit", Risk: vedette.RiskHigh}, Findings: []vedette.Finding{{Code: vedette.FindMissingRisk}}}))
			ids = append(ids, r.ID)
		}
		u := &vedette.Update{ID: vedette.NewID(t0), Content: vedette.Content{Title: "Rockets"}, Reports: ids[:1]}
		w.ok(w.o.SaveDraft(w.ctx, u, t0))
		u.Reports = ids[:2]
		w.ok(w.o.EditDraft(w.ctx, u, 0, t0))
		in := func() (out []string) {
			list, err := w.o.CameIn(w.ctx, 10)
			w.ok(err)
			for _, c := range list {
				title := ""
				if c.Update != nil {
					title = string(c.Update.State)
				}
				if c.Unknown || c.Title != "Rockets hit" || c.Risk != vedette.RiskHigh || c.Doubts != 1 {
					t.Errorf("%+v", c)
				}
				out = append(out, title)
			}
			return out
		}
		equal(t, "the newest first", strings.Join(in(), ","), ",draft,draft")
		u.Reports = ids[1:2]
		w.ok(w.o.EditDraft(w.ctx, u, 0, t0))
		equal(t, "one was taken out", strings.Join(in(), ","), ",draft,")
		w.ok(w.o.RemoveDraft(w.ctx, u.ID, 0, "Ana", t0))
		equal(t, "the draft was removed", strings.Join(in(), ","), ",,")
	})
}
