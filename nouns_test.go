package vedette_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
)

func TestScalesAreOrderedAndReadBack(t *testing.T) {
	if !(vedette.RiskUnknown < vedette.RiskLow && vedette.RiskLow < vedette.RiskModerate && vedette.RiskModerate < vedette.RiskHigh && vedette.RiskHigh < vedette.RiskExtreme) {
		t.Error("risks are not in order")
	}
	for _, w := range []string{"low", "moderate", "high", "extreme"} {
		r, err := vedette.ParseRisk(w)
		if err != nil || r.String() != w {
			t.Errorf("risk %q: %v, %v", w, r, err)
		}
	}
	for _, bad := range []string{"medium", "Extreme", "unknown"} {
		if _, err := vedette.ParseRisk(bad); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("risk %q was taken", bad)
		}
	}
	if vedette.UrgencyUnknown.Effective() != vedette.UrgencyExpected {
		t.Error("an unknown urgency counts as expected")
	}
	type all struct {
		R vedette.Risk
		U vedette.Urgency
		S vedette.SourceStrength
		T vedette.Status
	}
	for _, v := range []all{{}, {vedette.RiskExtreme, vedette.UrgencyImmediate, vedette.SourceConfirmed, vedette.StatusExercise}} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var back all
		if err := json.Unmarshal(b, &back); err != nil || back != v {
			t.Errorf("%s read back as %+v, %v", b, back, err)
		}
	}
	if b, _ := json.Marshal(all{}); string(b) != `{"R":null,"U":"unknown","S":"unknown","T":"actual"}` {
		t.Errorf("nothing given is written as %s", b)
	}
}

// TestReadingJSON holds the shapes of the contract.
func TestReadingJSON(t *testing.T) {
	at := time.Date(2026, 2, 6, 6, 0, 0, 0, time.UTC)
	for want, v := range map[string]any{
		`{"text":"MENA","area":"mena"}`:                                                             vedette.Place{Text: "MENA", Area: "mena"},
		`{"text":"","area":"IR"}`:                                                                   vedette.Place{Area: "IR"},
		`{"text":"Shangri-La","area":null}`:                                                         vedette.Place{Text: "Shangri-La"},
		`{"text":"Tehran","area":"IR","span":[0,6],"metonym":true}`:                                 vedette.Place{Text: "Tehran", Area: "IR", Span: vedette.Span{0, 6}, Metonym: true},
		`{"text":"Muscat","area":"gn:287286","span":[3,9],"metonym":false}`:                         vedette.Place{Text: "Muscat", Area: "gn:287286", Span: vedette.Span{3, 9}},
		`{"term":"unlikely","span":[1,9],"scale":"icd203","low":0.2,"high":0.45,"negated":false}`:   vedette.Likelihood{Term: "unlikely", Span: vedette.Span{1, 9}, Scale: vedette.ScaleICD203, Low: .2, High: .45},
		`{"term":"remote chance","span":[0,13],"scale":"phia","low":0,"high":0.05,"negated":false}`: vedette.Likelihood{Term: "remote chance", Span: vedette.Span{0, 13}, Scale: vedette.ScalePHIA, High: .05},
		`{"term":"more plausible","span":[0,14],"comparative":true}`:                                vedette.Likelihood{Term: "more plausible", Span: vedette.Span{0, 14}, Comparative: true},
		`{"term":"could","span":[0,5],"hedge":true}`:                                                vedette.Likelihood{Term: "could", Span: vedette.Span{0, 5}, Hedge: true},
		`{"text":"10:00","at":"2026-02-06T06:00:00Z","zone":"Asia/Muscat","scheduled":true}`:        vedette.When{Text: "10:00", At: &at, Zone: "Asia/Muscat", Scheduled: true},
	} {
		b, err := json.Marshal(v)
		if err != nil || string(b) != want {
			t.Errorf("%+v is written as\n%s, want\n%s (%v)", v, b, want, err)
		}
	}
	for _, in := range []string{`{"text":"Tehran","area":"IR","span":[0,6],"metonym":true}`, `{"text":"x","area":null}`} {
		var p vedette.Place
		if err := json.Unmarshal([]byte(in), &p); err != nil {
			t.Fatal(err)
		}
		if out, _ := json.Marshal(p); string(out) != in {
			t.Errorf("%s read back as %s", in, out)
		}
	}
	j := vedette.Judgement{Confidence: `low"`}
	if b, err := json.Marshal(j); err != nil || !json.Valid(b) {
		t.Errorf("a stray confidence is written as %s, %v", b, err)
	}
}

func TestIDsSortByTime(t *testing.T) {
	at := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	a, b := vedette.NewID(at), vedette.NewID(at.Add(time.Millisecond))
	if !a.Valid() || !b.Valid() || a >= b || a[14] != '7' {
		t.Errorf("%s, %s", a, b)
	}
	for _, bad := range []vedette.ID{"", "x", a[:35], a + "0", vedette.ID(strings.ToUpper(string(a[:35])) + "G"), "../../../../../../../../../etc/passwd"} {
		if bad.Valid() {
			t.Errorf("%q is no id", bad)
		}
	}
}

func TestErrorsHaveCodeSentenceAndCause(t *testing.T) {
	err := vedette.Wrap(fs.ErrNotExist, vedette.CodeInvalid, "cannot read %s", "x")
	if err.Error() != "cannot read x: file does not exist" || !errors.Is(err, fs.ErrNotExist) || vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("%v", err)
	}
	if vedette.Wrap(nil, vedette.CodeInvalid, "x") != nil || vedette.ErrorCode(nil) != "" || vedette.ErrorCode(fs.ErrNotExist) != vedette.CodeInternal {
		t.Error("no cause is no error, and one without a code is ours")
	}
}

func TestRiskOfAnArea(t *testing.T) {
	u := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskExtreme, CountryRisk: vedette.RiskHigh,
		Affected: []vedette.Place{{Area: "IQ"}}}, AreaRisks: []vedette.AreaRisk{{Area: "gn:99532", Risk: vedette.RiskModerate}}}
	for _, c := range []struct {
		within []vedette.AreaID
		want   vedette.Risk
		why    string
	}{
		{[]vedette.AreaID{"gn:99532", "IQ", "mena"}, vedette.RiskModerate, "what the analyst set for the narrowest area"},
		{[]vedette.AreaID{"gn:98182", "IQ", "mena"}, vedette.RiskHigh, "the country risk of the one country"},
		{[]vedette.AreaID{"gn:281184", "IL", "mena"}, vedette.RiskExtreme, "else the update's"},
	} {
		if got := u.RiskAt(c.within); got != c.want {
			t.Errorf("%v: %v, want %v: %s", c.within, got, c.want, c.why)
		}
	}
	u.Content.Affected = append(u.Content.Affected, vedette.Place{Area: "SY"})
	if got := u.RiskAt([]vedette.AreaID{"IQ"}); got != vedette.RiskExtreme {
		t.Errorf("a report of two countries has no one country risk: %v", got)
	}
}

func TestLanesPutTheUrgentFirstAndDrillsLast(t *testing.T) {
	order := []vedette.Lane{
		vedette.FirstLane(vedette.StatusActual),
		vedette.LaneFor(vedette.StatusActual, vedette.UrgencyImmediate, vedette.RiskExtreme),
		vedette.LaneFor(vedette.StatusActual, vedette.UrgencyImmediate, vedette.RiskLow),
		vedette.LaneFor(vedette.StatusActual, vedette.UrgencyExpected, vedette.RiskExtreme),
		vedette.LaneFor(vedette.StatusActual, vedette.UrgencyFuture, vedette.RiskHigh),
		vedette.LaneFor(vedette.StatusActual, vedette.UrgencyPast, vedette.RiskLow),
		vedette.FirstLane(vedette.StatusExercise),
		vedette.LaneFor(vedette.StatusExercise, vedette.UrgencyImmediate, vedette.RiskExtreme),
		vedette.LaneFor(vedette.StatusExercise, vedette.UrgencyPast, vedette.RiskLow),
		vedette.FirstLane(vedette.StatusTest),
		vedette.LaneFor(vedette.StatusTest, vedette.UrgencyImmediate, vedette.RiskExtreme),
	}
	for i := 1; i < len(order); i++ {
		if order[i-1] >= order[i] {
			t.Errorf("lane %d (%d) does not come before lane %d (%d)", i-1, order[i-1], i, order[i])
		}
	}
	if vedette.LaneFor(vedette.StatusActual, vedette.UrgencyUnknown, vedette.RiskUnknown) != vedette.LaneFor(vedette.StatusActual, vedette.UrgencyExpected, vedette.RiskExtreme) {
		t.Error("what is not known goes as expected and extreme")
	}
}

func TestAcceptedMeansAcceptedOrBeyond(t *testing.T) {
	n := map[vedette.DeliveryState]int{vedette.DeliveryQueued: 1, vedette.DeliveryAccepted: 2, vedette.DeliveryReceived: 4, vedette.DeliveryAnswered: 8, vedette.DeliveryFailed: 16}
	got := map[vedette.DeliveryState]int{}
	for _, s := range vedette.DeliveryStates {
		got[s] = vedette.Beyond(n, s)
	}
	want := map[vedette.DeliveryState]int{vedette.DeliveryQueued: 1, vedette.DeliveryAccepted: 14, vedette.DeliveryReceived: 12, vedette.DeliverySeen: 8,
		vedette.DeliveryAnswered: 8, vedette.DeliveryFailed: 16, vedette.DeliveryWithheld: 0, vedette.DeliveryUnknown: 0}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestReplies(t *testing.T) {
	for in, want := range map[string]vedette.ReplyKind{"1": vedette.ReplySafe, " 2 ": vedette.ReplyHelp, "3": vedette.ReplyNotThere, "help": vedette.ReplyHelp} {
		if got, err := vedette.ParseReplyKind(in); err != nil || got != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, r := range []vedette.Reply{{Kind: "maybe"}, {Kind: vedette.ReplySafe, Text: strings.Repeat("é", vedette.MaxReplyText+1)}, {Kind: vedette.ReplySafe, Text: "\xff"}} {
		if vedette.ErrorCode(r.Validate()) != vedette.CodeInvalid {
			t.Errorf("%q was taken", r.Kind)
		}
	}
	ok := vedette.Reply{Kind: vedette.ReplySafe, Text: strings.Repeat("é", vedette.MaxReplyText)}
	if err := ok.Validate(); err != nil {
		t.Error(err)
	}
}

func TestAnUpdateThatConcernsNowhereIsNotPublished(t *testing.T) {
	u := &vedette.Update{Content: vedette.Content{Title: "Alert"}}
	if vedette.ErrorCode(u.Validate()) != vedette.CodeInvalid {
		t.Error("an update without any area was taken")
	}
	u.Content.Recommendations = []vedette.AdviceGroup{{Area: "IR", Advice: []vedette.Advice{{Actions: []vedette.AdviceAction{{Action: vedette.Leave, Targets: []vedette.Place{{Area: "IR"}, {Area: "IR"}}}}}}}}
	if err := u.Validate(); err != nil || len(u.Areas()) != 1 {
		t.Errorf("an advice's target is an area too: %v, %v", u.Areas(), err)
	}
}

func TestWhatNamesAPlaceBeforeAConditionHolds(t *testing.T) {
	basra := vedette.Place{Text: "Basra", Area: "gn:99532", Span: vedette.Span{6, 11}}
	a := &vedette.Advice{Condition: "if you cannot", Actions: []vedette.AdviceAction{{Action: vedette.Leave, Targets: []vedette.Place{basra}}, {Action: vedette.Shelter, Targets: []vedette.Place{basra}}}}
	a.Text = "Leave Basra now; if you cannot, shelter in place."
	if a.Awaits(vedette.Leave) || !a.Awaits(vedette.Shelter) {
		t.Errorf("%q: leave awaits %v, shelter awaits %v", a.Text, a.Awaits(vedette.Leave), a.Awaits(vedette.Shelter))
	}
	a.Text, a.Condition = "Basra is calm. If clashes resume, shelter and leave.", "If clashes resume"
	a.Actions = []vedette.AdviceAction{{Action: vedette.Shelter}, {Action: vedette.Leave}}
	if !a.Awaits(vedette.Shelter) || !a.Awaits(vedette.Leave) {
		t.Errorf("%q does not wait", a.Text)
	}
}

func TestAPostureSaidBeforeAConditionHolds(t *testing.T) {
	two := []vedette.AdviceAction{{Action: vedette.AvoidAllTravel}, {Action: vedette.Shelter}}
	for _, c := range []struct {
		text, condition string
		actions         []vedette.AdviceAction
		want            bool
	}{
		{"Avoid all travel to Basra. If clashes resume, shelter in place.", "If clashes resume", two, false},
		{"Avoid all travel to Basra if clashes resume, and shelter.", "if clashes resume", two, true},
		{"If clashes resume, avoid all travel to Basra and shelter.", "If clashes resume", two, true},
		{"It is calm. If clashes resume, avoid all travel to Basra.", "If clashes resume", two[:1], true},
		{"Avoid all travel to Basra. Shelter.", "", two, false},
	} {
		a := &vedette.Advice{Statement: vedette.Statement{Text: c.text}, Condition: c.condition, Actions: c.actions}
		if got := a.Awaits(vedette.AvoidAllTravel); got != c.want {
			t.Errorf("%q: awaits %v, want %v", c.text, got, c.want)
		}
		if c.condition != "" && len(c.actions) > 1 && !a.Awaits(vedette.Shelter) {
			t.Errorf("%q: shelter does not wait", c.text)
		}
	}
}
