package deliver_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/deliver"
)

// Nobody who is told to shelter by another warning may take an all-clear for
// theirs, by mail or by text message.
func TestAnAllClearSaysWhatStillHolds(t *testing.T) {
	flood := coast()
	flood.ID = "0195f000-0000-7000-8000-000000000002"
	flood.Content.Recommendations[1].Advice[1].Actions = []vedette.AdviceAction{{Action: vedette.Evacuate}}
	n := deliver.Notice{Update: &vedette.Update{ID: "0195f000-0000-7000-8000-000000000003", Number: 1, Clears: &vedette.AllClear{Area: "gn:1", By: "Ada", Basis: "The storm has passed."},
		Content: vedette.Content{Title: "All-clear for Port Alba", Headline: "The storm has passed.", Affected: []vedette.Place{{Area: "gn:1"}}}},
		Variant: vedette.Variant{Areas: []vedette.AreaID{"XF"}}, AreaName: areaName, Others: []*vedette.Update{flood}}
	both := n
	both.Variant.Others = []vedette.NoticeLine{{Update: flood.ID, Group: 1, Item: 1, Area: "gn:1"}}
	waits := n
	waits.Variant.Others = []vedette.NoticeLine{{Update: flood.ID, Group: 1, Item: 0, Area: "gn:1"}}
	gone := n
	gone.Variant, gone.Gone = vedette.Variant{}, true
	hidden := n
	hidden.Discreet = true
	for what, c := range map[string]struct {
		n          deliver.Notice
		line, mail string
	}{
		"alone":              {n, "All-clear, Port Alba: no need any more to shelter, stay put or evacuate there. All else we told you still stands.", "Everything else we told you still stands"},
		"elsewhere by now":   {gone, "All-clear, Port Alba: no need any more to shelter", "Everything else we told you still stands"},
		"beside a warning":   {both, "All-clear, Port Alba: but another warning still holds where you are. Read this:", "NOT everything is clear for you"},
		"beside what awaits": {waits, "All-clear, Port Alba: no need any more to shelter", "Everything else we told you still stands"},
		"discreet":           {hidden, "What we told you to do at once to protect yourself is no longer needed.", "What we told you to do at once"},
	} {
		line, err := deliver.Line(c.n, "https://example.org/r/abc", 3)
		if err != nil || !strings.HasPrefix(line, c.line) {
			t.Errorf("%s: %q, %v", what, line, err)
		}
		r, err := deliver.Render(c.n)
		if err != nil {
			t.Fatal(err)
		}
		if m := deliver.Mailed(t, r, anna); !strings.Contains(m.Text, c.mail) || what != "discreet" && !strings.HasPrefix(m.Subject, "All-clear, Port Alba: ") {
			t.Errorf("%s: %s\n%s", what, m.Subject, m.Text)
		}
	}
}

// What protects in an advice is not its short form any more once it is ended.
func TestALineThatAnAllClearEndedInPart(t *testing.T) {
	n := notice(coast())
	n.Update.Content.Recommendations[1].Advice[1].Text = "Shelter in place and keep away from the sea wall."
	n.Variant.Lines = []vedette.NoticeLine{{Group: 1, Item: 1, Area: "gn:1", Cleared: true}}
	text, err := n.AdviceText(n.Variant.Lines[0])
	if err != nil || !strings.HasPrefix(text, "All-clear: no need any more to shelter, stay put or evacuate. The rest still holds: ") {
		t.Errorf("%q, %v", text, err)
	}
	line, err := deliver.Line(n, "https://example.org/r/abc", 3)
	if err != nil || strings.Contains(line, "helter in place") {
		t.Errorf("%q, %v", line, err)
	}
}
