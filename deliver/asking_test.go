package deliver

import (
	"strings"
	"testing"
	"time"

	"vedette"
)

// What an approver is sent says what is wanted of them first, marks a drill in each line,
// and carries no line break of a headline into the subject.
func TestWhatAnApproverIsSent(t *testing.T) {
	at := time.Date(2026, 2, 5, 2, 40, 0, 0, time.UTC)
	o := Asking{Org: "Example Relief", Headline: "Rockets\r\nBcc: eve@example.org", Risk: vedette.RiskExtreme, Urgency: vedette.UrgencyImmediate, By: "Ana", At: at, Ends: at.Add(8 * time.Hour), Link: "https://x.example/r/approve/abc"}
	m := o.Message(false)
	if strings.ContainsAny(m.Subject, "\r\n") || !strings.HasPrefix(m.Subject, "APPROVE? Rockets") {
		t.Errorf("%q", m.Subject)
	}
	for _, s := range []string{"Ana asks for your word; nobody was told yet.", "Risk extreme, immediate.", "ends at 10:40 UTC, 5 Feb", "\nhttps://x.example/r/approve/abc\n"} {
		if !strings.Contains(m.Text, s) {
			t.Errorf("it does not say %q:\n%s", s, m.Text)
		}
	}
	o.Headline, o.Reason, o.Status = strings.Repeat("Rockets ", 40), "nobody answers", vedette.StatusExercise
	m = o.Message(false)
	for l := range strings.SplitSeq(strings.TrimSpace(m.Text), "\n") {
		if l != "" && !strings.HasPrefix(l, "EXERCISE") && !strings.HasPrefix(l, "https://") {
			t.Errorf("not marked: %q", l)
		}
	}
	if !strings.Contains(m.Text, "Why: nobody answers") || !strings.HasPrefix(m.Subject, "EXERCISE PUBLISHED ALONE: ") {
		t.Errorf("%s\n%s", m.Subject, m.Text)
	}
	if short := o.Message(true).Text; len(short) > 320 || !strings.HasSuffix(short, o.Link) {
		t.Errorf("%d: %s", len(short), short)
	}
}
