package desk

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"vedette"
)

const secondReport = `Iraq Alert: Fire at the Basra refinery

AFFECTED AREA
Iraq, Jordan

RISK
Extreme

CURRENT SITUATION
- A strike hit the port of Basra on 4 February.
- Two officials said that the Basra refinery burns since the strike on 4 February.

RECOMMENDATIONS
Iraq
- Avoid all travel to Basra.
- Leave Tripoli.
`

const firstReport = `Iraq Alert: Strike on the port of Basra

AFFECTED AREA
Iraq

RISK
High

CURRENT SITUATION
- A strike hit the port of Basra on 4 February.
- Officials said that the Basra refinery burns after the strike on 4 February.

ASSESSMENT
- Further strikes are likely.

RECOMMENDATIONS
Iraq
- Avoid all travel to Basra.
`

func (r *room) draftOf(text string) *Draft {
	r.t.Helper()
	dr, err := r.NewDraft(r.t.Context(), KeepOrder{DraftOrder: DraftOrder{Text: []byte(text), Origin: "first.txt"}, By: "Ana"})
	if err != nil {
		r.t.Fatal(err)
	}
	return dr
}

func (r *room) fused() *Draft {
	r.t.Helper()
	dr := r.draftOf(firstReport)
	dr, err := r.FuseDraft(r.t.Context(), FuseOrder{Draft: dr.Update.ID, Text: []byte(secondReport), Origin: "second.txt", By: "Ben"})
	if err != nil {
		r.t.Fatal(err)
	}
	return dr
}

func claimsOf(u *vedette.Update) (out []string) {
	for _, s := range u.Content.Spots() {
		st := u.Content.Part(s).Said()
		n := 0
		for i, id := range u.Reports {
			if id == st.Report {
				n = i + 1
			}
		}
		out = append(out, strings.TrimSpace(string(rune('0'+n))+strings.Repeat("+", len(st.Also))+" "+st.Text))
	}
	return out
}

// Two reports in one draft: each statement keeps its report; what both say is there
// once, with both; what they nearly both say stands beside each other; what warns more
// counts. Taking one out again leaves what the other says.
func TestADraftFusesReports(t *testing.T) {
	r := newRoom(t)
	dr := r.fused()
	u := dr.Update
	want := []string{
		"1+ A strike hit the port of Basra on 4 February.",
		"1 Officials said that the Basra refinery burns after the strike on 4 February.",
		"2 Two officials said that the Basra refinery burns since the strike on 4 February.",
		"1 Further strikes are likely.",
		"1+ Avoid all travel to Basra.",
		"2 Leave Tripoli.",
	}
	if got := claimsOf(u); !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	if u.Content.Risk != vedette.RiskExtreme || len(u.Content.Affected) != 2 || len(dr.Sources) != 2 || u.Content.Headline != "Strike on the port of Basra" {
		t.Errorf("risk %s, %v", u.Content.Risk, u.Content.Affected)
	}
	if _, err := r.FuseDraft(t.Context(), FuseOrder{Draft: u.ID, Text: []byte(secondReport), Origin: "again.txt", By: "Ben"}); vedette.ErrorCode(err) != vedette.CodeConflict || !strings.Contains(err.Error(), "as report 2") {
		t.Errorf("the same once more: %v", err)
	}
	if _, err := r.FuseDraft(t.Context(), FuseOrder{Draft: u.ID, Text: []byte("Buy milk"), Origin: "milk.txt", By: "Ben"}); vedette.ErrorCode(err) != vedette.CodeNotReport {
		t.Errorf("no report: %v", err)
	}
	if !reflect.DeepEqual(claimsOf(u.Before(1)), []string{want[0][:1] + want[0][2:], want[1], want[3], "1 Avoid all travel to Basra."}) || len(u.Before(1).Reports) != 1 || u.Before(1).Content.Risk != vedette.RiskHigh {
		t.Errorf("as it was made: %q", claimsOf(u.Before(1)))
	}
	// The first is taken out: what both said stays as the second's.
	dr = r.edit(DraftEdit{Draft: u.ID, By: "Cleo", TakeOut: u.Reports[0]})
	want = []string{"1 A strike hit the port of Basra on 4 February.", "1 Two officials said that the Basra refinery burns since the strike on 4 February.", "1 Avoid all travel to Basra.", "1 Leave Tripoli."}
	if got := claimsOf(dr.Update); !reflect.DeepEqual(got, want) || len(dr.Update.Content.Affected) != 2 {
		t.Errorf("%q, %v", got, dr.Update.Content.Affected)
	}
	if got := claimsOf(dr.Update.Before(2)); len(got) != 6 {
		t.Errorf("before that: %q", got)
	}
	if _, err := r.EditDraft(t.Context(), DraftEdit{Draft: u.ID, By: "Cleo", TakeOut: dr.Update.Reports[0]}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("the only one: %v", err)
	}
}

// A finding is settled by saying which place is meant: everything that was in doubt is
// for there, and it blocks no more. That nobody falls out unseen holds for it, too.
func TestAFindingIsSettled(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,city,country\nOmar Example,omar@example.org,Basra,Iraq\nLena Example,lena@example.org,Tripoli,Lebanon\n", ImportOptions{})
	dr := r.fused()
	id := dr.Update.ID
	if _, err := r.PublishDraft(t.Context(), dr, PublishOrder{By: "Dan"}); vedette.ErrorCode(err) != vedette.CodeBlocked {
		t.Fatalf("with a doubt: %v", err)
	}
	tripoli, err := r.Gaz.Find("Tripoli, Lebanon")
	if err != nil {
		t.Fatal(err)
	}
	no := -1
	for i, f := range dr.Sources[1].Reading.Findings {
		if f.Blocks {
			no = i
		}
	}
	if _, err := r.EditDraft(t.Context(), DraftEdit{Draft: id, By: "Cleo", Settle: &Settle{Report: dr.Update.Reports[1], No: no}}); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("without a word: %v", err)
	}
	r.edit(DraftEdit{Draft: id, By: "Cleo", Settle: &Settle{Report: dr.Update.Reports[1], No: no, Area: tripoli.ID}})
	dr, err = r.Draft(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	u := dr.Update
	pv, err := r.Preview(t.Context(), dr, PublishOrder{}, u.Before(2))
	if err != nil {
		t.Fatal(err)
	}
	if len(pv.Blocking) != 0 || pv.In != 2 || pv.Shifts[0].Gained != 1 {
		t.Errorf("%v, %d in, %+v", pv.Blocking, pv.In, pv.Shifts)
	}
	if len(u.Settled) != 1 || u.Settled[0].By != "Cleo" || !strings.Contains(u.Settled[0].How, "Tripoli") {
		t.Errorf("%+v", u.Settled)
	}
	if u.Sum() == u.Before(2).Sum() {
		t.Error("an approver's word holds for what was settled after it")
	}
	if _, err := r.PublishDraft(t.Context(), dr, PublishOrder{By: "Dan"}); err != nil {
		t.Error(err)
	}
}

// Every word of a draft is the desk's to change. What it types is read as the report is;
// where it is from, and what stood there, is kept.
func TestTheWordsOfADraftAreChanged(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,city,country\nOmar Example,omar@example.org,Basra,Iraq\n", ImportOptions{})
	u := r.draftOf(firstReport).Update
	advice := vedette.Spot{Section: vedette.SectionAdvice}
	change := func(say Say) error {
		_, err := r.EditDraft(t.Context(), DraftEdit{Draft: u.ID, By: "Ben", Say: &say})
		return err
	}
	for _, err := range []error{
		change(Say{Spot: advice, Words: Words{"Avoid all travel to Basra.", "Avoid all travel to Mosul until 9 February."}}),
		change(Say{Spot: vedette.Spot{Section: vedette.SectionSituation, At: 0}, Words: Words{Was: "A strike hit the port of Basra on 4 February."}}),
		change(Say{Spot: vedette.Spot{Section: vedette.SectionSituation}, Words: Words{Text: "Our driver reported that the road to Umm Qasr is open."}}),
		change(Say{Spot: advice, Area: "JO", Words: Words{Text: "Avoid all travel to Amman."}}),
		change(Say{Spot: vedette.Spot{Section: vedette.SectionAssessment}, Words: Words{Text: "It is unlikely that the port opens this week."}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	dr, err := r.EditDraft(t.Context(), DraftEdit{Draft: u.ID, By: "Ben", Headline: &Words{"Strike on the port of Basra", "Port of  Basra struck"}, Call: &Words{"", "Stay away from it"}})
	if err != nil {
		t.Fatal(err)
	}
	c := dr.Update.Content
	a := c.Recommendations[0].Advice[0]
	if a.Actions[0].Action != vedette.AvoidAllTravel || a.Actions[0].Targets[0].Text != "Mosul" || a.Until == nil || !a.Edited || a.Report != u.Reports[0] || a.Lines[0] != 18 {
		t.Errorf("%+v", a)
	}
	own := c.Topics[0].Claims[1]
	if len(c.Topics[0].Claims) != 2 || own.Report != "" || own.Edited || len(own.Places) != 1 || c.Recommendations[1].Area != "JO" || c.Headline != "Port of Basra struck" || c.CallToAction != "Stay away from it" || len(c.Assessments[1].Likelihoods) != 1 {
		t.Errorf("%+v", c)
	}
	// Everything is as it was before each edit.
	if d := dr.Update.Before(1).Content; !reflect.DeepEqual(d.Recommendations[0], u.Content.Recommendations[0]) || !reflect.DeepEqual(d.Topics, u.Content.Topics) || d.Headline != u.Content.Headline || len(d.Assessments) != 1 {
		t.Errorf("as it was made: %+v", d)
	}

	// Whoever saw other words is told what stands there now; a place in doubt, and what
	// is no statement, is refused.
	err = change(Say{Spot: advice, Words: Words{"Avoid all travel to Basra.", "Shelter in place."}})
	var m *Meanwhile
	if !errors.As(err, &m) || m.Now != "Avoid all travel to Mosul until 9 February." || vedette.ErrorCode(err) != vedette.CodeConflict || !strings.Contains(err.Error(), "Ben") {
		t.Errorf("over other words: %v", err)
	}
	if err := change(Say{Spot: vedette.Spot{Section: vedette.SectionAdvice, At: 7}, Words: Words{"x", "y"}}); !errors.As(err, &m) {
		t.Errorf("what is gone: %v", err)
	}
	for say, want := range map[Say]string{
		{Spot: advice, Words: Words{"Avoid all travel to Mosul until 9 February.", "Leave Tripoli."}}: "could be",
		{Spot: advice, Area: "XX", Words: Words{Text: "Leave."}}:                                      "no place is known",
		{Spot: vedette.Spot{Section: "x"}, Words: Words{Text: "Leave."}}:                              "no section",
		{Spot: advice}: "type what it is to say",
		{Spot: advice, Words: Words{Text: strings.Repeat("leave ", 4000)}}: "longer than",
	} {
		if err := change(say); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40v: %v, want %q", say, err, want)
		}
	}
	for _, e := range []DraftEdit{{Headline: &Words{Was: "Port of Basra struck"}}, {Headline: &Words{"Port of Basra struck", strings.Repeat("x", 301)}}} {
		e.Draft, e.By = u.ID, "Ben"
		if _, err := r.EditDraft(t.Context(), e); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%v: %v", e.Headline, err)
		}
	}
}
