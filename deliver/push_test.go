package deliver_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/push"
)

func TestPush(t *testing.T) {
	long := strings.Repeat("The road is bad and the rain is hard. ", 12)
	at := time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		n           deliver.Notice
		title, body string
	}{
		"what it is and where, and what to do": {told("Shelter in place.", vedette.Shelter, nil), "Extreme risk, Port Alba", "Take shelter where you are."},
		"an exercise says so first": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) { n.Update.Status = vedette.StatusExercise }),
			"EXERCISE Extreme risk, Port Alba", "Leave Freedonia."},
		"the condition is kept": {told("In the event of strikes, shelter in place.", vedette.Shelter, func(_ *deliver.Notice, a *vedette.Advice) { a.Condition = "In the event of strikes" }),
			"Extreme risk, Port Alba", "In the event of strikes: Take shelter where you are."},
		"what would mislead when cut is not said": {told(long+"This does not hold for crews.", vedette.OtherAction, nil), "Extreme risk, Port Alba", "Open this to see what to do."},
		"a reminder": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) { n.Cause = vedette.CauseReminder }),
			"Reminder: Extreme risk, Port Alba", "Leave Freedonia."},
		"a correction": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) { n.Correction = &deliver.Correction{Number: 2, At: at} }),
			"Correction: Extreme risk, Port Alba", "Leave Freedonia."},
		"what is over says so": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
			n.Correction = &deliver.Correction{Number: 2, At: at, Cancels: vedette.CancelError}
		}), "Sent in error, Port Alba", "Disregard our update of 9 Mar 2026 09:30 UTC and what it told you to do."},
		"discreetly no place, no risk, no name": {told("Shelter in place.", vedette.Shelter, func(n *deliver.Notice, _ *vedette.Advice) { n.Discreet, n.Org = true, "Example Relief" }),
			"A message for you", "Take shelter where you are."},
		"discreetly not what has no short form": {told("Avoid Harbour Street, where Anna lives.", vedette.OtherAction, func(n *deliver.Notice, _ *vedette.Advice) { n.Discreet = true }),
			"A message for you", "Open this to see what to do."},
		"discreetly not where, not by its kinds of place either": {told("Avoid travel to military installations in the region.", vedette.AvoidPlaces, func(n *deliver.Notice, a *vedette.Advice) {
			n.Discreet, a.Actions[0].Kinds = true, []string{"military"}
		}), "A message for you", "Open this to see what to do."},
		"discreetly a reminder is one": {told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) { n.Discreet, n.Cause = true, vedette.CauseReminder }),
			"Reminder: A message for you", "Open this to see what to do."},
		"in Arabic the report's English keeps its direction": {told("Keep away from the old town.", vedette.OtherAction, func(n *deliver.Notice, _ *vedette.Advice) { n.Language = "ar" }),
			"خطر شديد، \u2068Port Alba\u2069", "\u2068Keep away from the old town.\u2069"},
	} {
		p, err := deliver.RenderPush(c.n)
		if err != nil {
			t.Fatal(err)
		}
		if p.Title != c.title || p.Body != c.body {
			t.Errorf("%s:\n%q\n%q, want\n%q\n%q", name, p.Title, p.Body, c.title, c.body)
		}
	}
}

// Late it is told as of then.
func TestPushTellsWhatIsPastAsPast(t *testing.T) {
	p, err := deliver.RenderPush(told("Leave the country.", vedette.Leave, func(n *deliver.Notice, _ *vedette.Advice) {
		n.Late = &deliver.Late{Meant: time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC)}
	}))
	if err != nil || !strings.Contains(p.Body, "9 Mar 2026 09:30 UTC") || !strings.HasSuffix(p.Body, "Leave Freedonia.") {
		t.Errorf("%+v %v", p, err)
	}
}

// The longest push there can be is one that push services take.
func TestPayloadIsBounded(t *testing.T) {
	n := told(strings.Repeat("\u0001\U0001F30A", 115)+".", vedette.OtherAction, func(n *deliver.Notice, _ *vedette.Advice) {
		n.AreaName = func(vedette.AreaID, string) string { return strings.Repeat("\U0001F30A", 300) }
		n.Language = "ar"
	})
	p, err := deliver.RenderPush(n)
	if err != nil {
		t.Fatal(err)
	}
	b := p.Payload(deliver.PushPersonal{ID: strings.Repeat("x", 40), Path: "/r/" + strings.Repeat("x", 150), Receipt: strings.Repeat("x", 60), Tag: strings.Repeat("x", 32), At: time.Now()})
	var said struct{ Title, Body, Lang, Dir, Path string }
	if err := json.Unmarshal(b, &said); err != nil || len(b) > push.MaxPayload || said.Dir != "rtl" || said.Lang != "ar" || said.Title != p.Title {
		t.Errorf("%d bytes: %s %v", len(b), b, err)
	}
	if utf8.RuneCountInString(said.Title) > 80 || utf8.RuneCountInString(said.Body) > 240 {
		t.Errorf("longer than a phone shows: %q %q", said.Title, said.Body)
	}
}
