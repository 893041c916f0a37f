package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/demo/mailbox"
	"vedette/desk"
	"vedette/testdata/reports"
)

// TestDemo runs the whole chain on the sample, and on the seed report where
// it is at hand: everyone concerned is told, and every mail holds exactly the
// advice that the rules give its reader.
func TestDemo(t *testing.T) {
	t.Run("sample", func(t *testing.T) { demo(t, []byte(reports.Gulf)) })
	t.Run("seed", func(t *testing.T) {
		shared := os.Getenv("VEDETTE_SHARED")
		if shared == "" {
			t.Skip("VEDETTE_SHARED is not set")
		}
		text, err := os.ReadFile(filepath.Join(shared, "data", "seed-report.txt"))
		if err != nil {
			t.Fatal(err)
		}
		demo(t, text)
	})
}

func demo(t *testing.T, report []byte) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	a, err := Open(ctx, Config{Data: t.TempDir(), Now: time.Now, Log: slog.New(slog.DiscardHandler), Org: "Example Relief"})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	ran := false
	err = a.demo(ctx, DemoConfig{Report: report, Origin: "test", Listen: "127.0.0.1:0", People: 1000, Once: true,
		Progress: func(string) {}, Summary: func(s DemoSummary) {
			ran = true
			checkSummary(t, s, box)
			checkMails(ctx, t, a, s.Update, box)
		}}, box)
	if err != nil || !ran {
		t.Fatalf("the demo did not run to its end: %v", err)
	}
}

func checkSummary(t *testing.T, s DemoSummary, box *mailbox.Mailbox) {
	t.Helper()
	if s.People != 1000 || s.Concerned == 0 || s.Concerned == s.People {
		t.Errorf("%d of %d people are concerned; want some, not all", s.Concerned, s.People)
	}
	mails, words := sorted(box)
	if s.Notices != s.Concerned || s.Accepted != s.Notices || s.Failed != 0 || len(mails) != s.Accepted+s.Managers {
		t.Errorf("concerned %d, notices %d, accepted %d, failed %d, managers %d, mails %d; want a mail each and none failed",
			s.Concerned, s.Notices, s.Accepted, s.Failed, s.Managers, len(mails))
	}
	if words > s.Answers.Help {
		t.Errorf("%d words on a call for help, to %d who called", words, s.Answers.Help)
	}
	if a := s.Answers; a.Safe == 0 || a.Help == 0 || a.NotThere == 0 {
		t.Errorf("answers %+v; want some of each", a)
	}
}

// sorted gives the mails of the update, and counts those to whoever called for
// help: how many of these have gone out by then depends on the machine.
func sorted(box *mailbox.Mailbox) (mails []mailbox.Message, words int) {
	for _, m := range box.Messages(box.Count()) {
		if strings.Contains(m.Header.Get("List-Id"), "<cases.") {
			words++
			continue
		}
		mails = append(mails, m)
	}
	return mails, words
}

func checkMails(ctx context.Context, t *testing.T, a *App, update vedette.ID, box *mailbox.Mailbox) {
	t.Helper()
	managers, err := a.Desk.ToldManagers(ctx, update)
	if err != nil {
		t.Fatal(err)
	}
	trips := map[string]int{}
	for _, m := range managers {
		if m.State != "" {
			trips[m.Traveller.Record.Name]++
		}
	}
	seen := map[string]bool{}
	mails, _ := sorted(box)
	for _, m := range mails {
		if about, is := strings.CutPrefix(m.Subject, "Trip clash, "); is { // to a manager, one for each traveller
			who, _, _ := strings.Cut(about, ":")
			if trips[who]--; trips[who] < 0 || strings.Contains(m.HTML, "/r/") {
				t.Errorf("a mail on %s's trip to %s, once too often or with a reply link", who, m.Rcpt)
			}
			continue
		}
		if seen[m.Rcpt] {
			t.Errorf("%s was told twice", m.Rcpt)
		}
		seen[m.Rcpt] = true
		w, err := a.Desk.Why(ctx, desk.WhyQuestion{Person: m.Rcpt, Update: update})
		if err != nil {
			t.Fatal(err)
		}
		n := deliver.Notice{Update: w.Update, Variant: w.Advised.Variant, AreaName: a.Gaz.NameIn, Language: w.Person.Record.Language}
		var want []string
		for _, l := range w.Advised.Variant.Lines {
			text, err := n.AdviceText(l)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, text)
		}
		if d := cmp.Diff(want, delivertest.AdviceIn(m.Text)); d != "" {
			t.Errorf("the mail to %s does not hold its advice (- wanted, + there):\n%s", m.Rcpt, d)
		}
		if !strings.Contains(m.HTML, "/r/") || !strings.Contains(m.Text, "/r/") {
			t.Errorf("the mail to %s has no reply link", m.Rcpt)
		}
	}
	for who, n := range trips {
		if n != 0 {
			t.Errorf("the manager of %s got %d mails too few", who, n)
		}
	}
}
