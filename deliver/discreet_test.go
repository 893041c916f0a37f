package deliver_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
)

// Whoever reads over a shoulder learns what to do and no more: not who says it,
// why, how bad it is, nor of whom.
func TestDiscreet(t *testing.T) {
	n := told("Leave the country.", vedette.Leave, nil)
	n.Org, n.Discreet, n.PageURL = "Acme Shipping", true, "https://desk.example.org/updates/3"
	group := &n.Update.Content.Recommendations[0]
	more := func(text, condition string, act vedette.Action) {
		group.Advice = append(group.Advice, vedette.Advice{Statement: vedette.Statement{Text: text}, Condition: condition,
			Actions: []vedette.AdviceAction{{Action: act, Targets: []vedette.Place{{Area: "XF"}}}}})
		n.Variant.Lines = append(n.Variant.Lines, vedette.NoticeLine{Item: len(group.Advice) - 1, Area: "XF"})
	}
	more("In the event of military strikes, shelter in place.", "In the event of military strikes", vedette.Shelter)
	more("Hide the papers of the Freedonia Front.", "", vedette.OtherAction)
	n.Update.Status = vedette.StatusExercise
	r, err := deliver.Render(n)
	if err != nil {
		t.Fatal(err)
	}
	m := deliver.Mailed(t, r, anna)
	golden(t, "discreet.txt", "Subject: "+m.Subject+"\n\n"+m.Text)
	golden(t, "discreet.html", m.HTML)
	line, err := deliver.Line(n, replyLink, 1)
	if err != nil || line != "EXERCISE Leave Freedonia. "+replyLink {
		t.Errorf("the line is %q, %v", line, err)
	}
	for _, word := range []string{"Acme", "Storm", "risk", "Anna", "Berg", "strikes", "papers", "Port Alba", "updates/3"} {
		if strings.Contains(m.Subject+m.Text+m.HTML+m.ToName+m.ListName+line, word) {
			t.Errorf("it tells %q", word)
		}
	}
	if !m.Discreet {
		t.Error("the channel is not told to keep who sends it to itself")
	}
}

// What may not be said is behind the link; what ends an earlier word says so.
func TestDiscreetLine(t *testing.T) {
	at := time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC)
	for want, n := range map[string]deliver.Notice{
		"Please read this:": told("Hide the papers.", vedette.OtherAction, nil),
		"Sent in error: Disregard it and what it told you to do.": told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
			n.Correction = &deliver.Correction{Number: 2, At: at, Cancels: vedette.CancelError}
		}),
		"Correction: Leave Freedonia.": told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
			n.Correction = &deliver.Correction{Number: 2, At: at}
		}),
		"What we told you to do no longer stands where you are now.": told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
			n.Gone, n.Variant = true, vedette.Variant{}
		}),
	} {
		n.Discreet = true
		if got, err := deliver.Line(n, replyLink, 1); err != nil || got != want+" "+replyLink {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
		r, err := deliver.Render(n)
		if err != nil {
			t.Fatal(err)
		}
		if m := deliver.Mailed(t, r, deliver.Personal{To: "x@example.org"}); strings.TrimSpace(m.Text) == "" {
			t.Errorf("without a link the mail for %q is empty", want)
		}
	}
}
