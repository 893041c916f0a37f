package desk

import (
	"os"
	"strings"
	"testing"

	"vedette"
)

func quake(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../feed/cap/testdata/quake.cap")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestADraftIsMadeOfAnAlert: as bad, as urgent and as sure as it says, with what it draws, its
// words as a report that is read, and the alert itself kept beside it.
func TestADraftIsMadeOfAnAlert(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		s, fresh, err := r.Receive(t.Context(), quake(t))
		if err != nil || !fresh {
			t.Fatal(fresh, err)
		}
		if _, fresh, err = r.Receive(t.Context(), quake(t)); err != nil || fresh {
			t.Fatalf("sent twice: fresh %v, %v", fresh, err)
		}
		in, err := r.Inbox(t.Context())
		if err != nil || len(in.Waiting) != 1 || in.Waiting[0].ID != s.ID {
			t.Fatalf("%+v, %v", in, err)
		}
		dr, err := r.TakeSignal(t.Context(), SignalOrder{Signal: s.ID, By: "Ana"})
		if err != nil {
			t.Fatal(err)
		}
		dr, err = r.Draft(t.Context(), dr.Update.ID)
		if err != nil {
			t.Fatal(err)
		}
		c := &dr.Update.Content
		if c.Risk != vedette.RiskHigh || c.Urgency != vedette.UrgencyImmediate || c.SourceStrength != vedette.SourceConfirmed || c.Kind != vedette.KindAlert || c.IssuedAt == nil || !c.IssuedAt.Equal(s.Sent) {
			t.Errorf("risk %s, urgency %s, source %s, %s, issued %v", c.Risk, c.Urgency, c.SourceStrength, c.Kind, c.IssuedAt)
		}
		if len(dr.Update.Shapes) != 2 || !strings.Contains(c.Headline, "Strong earthquake off Sfax") {
			t.Errorf("%d shapes, headline %q", len(dr.Update.Shapes), c.Headline)
		}
		told := ""
		for _, g := range c.Recommendations {
			for _, a := range g.Advice {
				told += a.Text + "|"
			}
		}
		if !strings.Contains(told, "Leave damaged buildings.") || len(c.Topics) != 1 || !strings.Contains(c.Topics[0].Claims[0].Text, "magnitude 6.1") {
			t.Errorf("advice %q, topics %+v", told, c.Topics)
		}
		f, b, err := r.OpenReportFile(t.Context(), dr.Report.ID)
		if err != nil || string(b) != string(quake(t)) || f.Kind != "CAP" {
			t.Errorf("the alert is kept as %+v: %v", f, err)
		}
		if _, err := r.TakeSignal(t.Context(), SignalOrder{Signal: s.ID, By: "Ben"}); vedette.ErrorCode(err) != vedette.CodeConflict || !strings.Contains(err.Error(), "Ana") {
			t.Errorf("taken twice: %v", err)
		}
		in, err = r.Inbox(t.Context())
		if err != nil || len(in.Waiting) != 0 || len(in.Signals) != 1 || in.Signals[0].Draft != dr.Update.ID || len(in.Reports) != 1 {
			t.Errorf("%+v, %v", in, err)
		}

		// Its draft is thrown away: the report waits again, and is not lost.
		if err := r.RemoveDraft(t.Context(), dr.Update.ID, 1, "Ana"); err != nil {
			t.Fatal(err)
		}
		in, err = r.Inbox(t.Context())
		if err != nil || len(in.Loose) != 1 {
			t.Fatalf("%+v, %v", in, err)
		}
		again, err := r.DraftAgain(t.Context(), in.Loose[0].ID, vedette.StatusExercise, "Ben")
		if err != nil || again.Update.Status != vedette.StatusExercise || !strings.Contains(again.Update.Content.Headline, "Strong earthquake") {
			t.Errorf("%+v, %v", again, err)
		}
		if _, err := r.DraftAgain(t.Context(), in.Loose[0].ID, vedette.StatusActual, "Cleo"); vedette.ErrorCode(err) != vedette.CodeConflict {
			t.Errorf("pressed twice: %v", err)
		}
	})
}

// TestAnAlertThatIsNoRealOne: makes a draft that is none either.
func TestAnAlertThatIsNoRealOne(t *testing.T) {
	r := newRoom(t)
	s, _, err := r.Receive(t.Context(), []byte(strings.Replace(string(quake(t)), "<status>Actual", "<status>Exercise", 1)))
	if err != nil {
		t.Fatal(err)
	}
	dr, err := r.TakeSignal(t.Context(), SignalOrder{Signal: s.ID, By: "Ana"})
	if err != nil || dr.Update.Status != vedette.StatusExercise {
		t.Errorf("%v, %v", dr, err)
	}
}

// TestASignalIsSetAside: with a reason, and may be looked at again; one that takes back
// another makes no draft.
func TestASignalIsSetAside(t *testing.T) {
	r := newRoom(t)
	s, _, err := r.Receive(t.Context(), quake(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.SetSignalAside(t.Context(), SignalOrder{Signal: s.ID, By: "Ana"}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("set aside without a reason: %v", err)
	}
	if err := r.SetSignalAside(t.Context(), SignalOrder{Signal: s.ID, By: "Ana", Why: "nobody of ours is there"}); err != nil {
		t.Fatal(err)
	}
	if err := r.ReopenSignal(t.Context(), SignalOrder{Signal: s.ID, By: "Ben"}); err != nil {
		t.Fatal(err)
	}
	cancel := strings.NewReplacer("<msgType>Update", "<msgType>Cancel", "TN-2026-0311-6", "TN-2026-0311-7", "18:31:00", "18:40:00", "<identifier>TN-2026-0311-7", "<identifier>TN-2026-0311-8").Replace(string(quake(t)))
	c, _, err := r.Receive(t.Context(), []byte(cancel))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.TakeSignal(t.Context(), SignalOrder{Signal: c.ID, By: "Ana"}); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("a cancellation became a draft: %v", err)
	}
	card, err := r.Signal(t.Context(), s.ID)
	if err != nil || card.State != vedette.SignalOvertaken || len(card.Others) != 1 || card.Others[0].Kind != vedette.SignalCancel {
		t.Errorf("%+v, %v", card, err)
	}
}
