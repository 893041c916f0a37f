package desk

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"vedette"
)

const headedReport = `Iraq Alert: Strike on the port of Basra

AFFECTED AREA
Iraq, Jordan

RISK
High

CURRENT SITUATION
The port
- A strike hit the port of Basra on 4 February.
The airport
- Officials said that the airport is closed.

RECOMMENDATIONS
Iraq
- Avoid all travel.
- If there are strikes, shelter in place.
In the event of strikes
- Stay away from windows.
`

func (r *room) headed() *Draft {
	r.t.Helper()
	return r.draftOf(headedReport)
}

func headingsOf(u *vedette.Update) (out []string) {
	for _, t := range u.Content.Topics {
		out = append(out, t.Title)
	}
	for _, g := range u.Content.Recommendations {
		out = append(out, g.Heading)
	}
	return out
}

func renaming(dr *Draft, section vedette.Section, group int, was, text string) DraftEdit {
	return DraftEdit{Draft: dr.Update.ID, By: "Ben", Head: &Head{section, group, Words{was, text}}}
}

// A topic and a heading of advice are renamed; the record says who did, and every state
// before can be had.
func TestHeadingsAreRenamed(t *testing.T) {
	r := newRoom(t)
	dr := r.headed()
	made := dr.Update.Content
	if got := headingsOf(dr.Update); !reflect.DeepEqual(got, []string{"The port", "The airport", "Iraq", "In the event of strikes"}) {
		t.Fatalf("%q", got)
	}
	dr = r.edit(renaming(dr, vedette.SectionSituation, 0, "The port", "The  port of Basra"))
	dr = r.edit(renaming(dr, vedette.SectionAdvice, 0, "Iraq", "Everybody there"))
	if got := headingsOf(dr.Update); !reflect.DeepEqual(got, []string{"The port of Basra", "The airport", "Everybody there", "In the event of strikes"}) {
		t.Errorf("%q", got)
	}
	if g := dr.Update.Content.Recommendations[0]; g.Area != "IQ" || !reflect.DeepEqual(g.Advice, made.Recommendations[0].Advice) {
		t.Errorf("the heading names no place, and the advice is for another: %+v", g)
	}
	if last := dr.Update.Edits[2]; last.By != "Ben" || last.Changes[0].Words() != "heading of advice: Iraq → Everybody there" {
		t.Errorf("%+v", last)
	}
	if got := dr.Update.Before(1).Content; !reflect.DeepEqual(got, made) {
		t.Errorf("as it was made: %+v", got)
	}
	if got := headingsOf(dr.Update.Before(2)); got[0] != "The port of Basra" || got[2] != "Iraq" {
		t.Errorf("before the last: %q", got)
	}
}

// Where the new heading of advice names a place its advice is for there, and whoever falls
// out of it is counted; undone it is as it was.
func TestAHeadingThatNamesAPlaceMovesItsAdvice(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,city,country\nOmar Example,omar@example.org,Basra,Iraq\nJana Example,jana@example.org,Amman,Jordan\n", ImportOptions{})
	dr := r.headed()
	made := dr.Update.Content
	for _, to := range []struct {
		heading string
		areas   []vedette.AreaID
	}{{"Jordan", []vedette.AreaID{"JO"}}, {"Iraq and Jordan", []vedette.AreaID{"IQ", "JO"}}, {"For US citizens", []vedette.AreaID{"IQ", "JO"}}, {"Iraq", []vedette.AreaID{"IQ"}}} {
		dr = r.edit(renaming(dr, vedette.SectionAdvice, 0, dr.Update.Content.Recommendations[0].Heading, to.heading))
		g := dr.Update.Content.Recommendations[0]
		for i := range g.Advice {
			for _, a := range g.Advice[i].Actions {
				if got := a.Areas(g.Area); !reflect.DeepEqual(got, to.areas) {
					t.Errorf("under %q %s is for %v", to.heading, a.Action, got)
				}
			}
		}
		if want := map[string]string{"For US citizens": "US citizens"}[to.heading]; g.Advice[0].Audience != want {
			t.Errorf("under %q it is for %q", to.heading, g.Advice[0].Audience)
		}
	}
	dr = r.edit(renaming(dr, vedette.SectionAdvice, 1, "In the event of strikes", "In the event of floods"))
	if c := dr.Update.Content.Recommendations[1].Advice[0].Condition; c != "In the event of floods" {
		t.Errorf("its condition is %q", c)
	}
	dr = r.edit(renaming(dr, vedette.SectionAdvice, 0, "Iraq", "Basra"))
	if n := len(dr.Update.Edits); dr.Update.Edits[n-1].Changes[0].Words() != "heading of advice: Iraq → Basra (for Basra, Iraq)" {
		t.Errorf("the record does not say where it goes: %+v", dr.Update.Edits[n-1].Changes)
	}
	pv, err := r.Preview(t.Context(), dr, PublishOrder{}, dr.Update.Before(1))
	if err != nil || len(pv.Shifts) != 1 {
		t.Fatalf("%+v, %v", pv.Shifts, err)
	}
	if got := dr.Update.Before(1).Content; !reflect.DeepEqual(got, made) {
		t.Errorf("as it was made: %+v", got.Recommendations)
	}
}

// Two people at one heading: the second sees what the first wrote. What is in doubt, or
// there already, is refused with the mend.
func TestARenamingThatCannotBe(t *testing.T) {
	r := newRoom(t)
	dr := r.headed()
	r.edit(renaming(dr, vedette.SectionSituation, 0, "The port", "The harbour"))
	r.edit(renaming(dr, vedette.SectionSituation, 1, "The airport", "Flights")) // another field is no conflict
	_, err := r.EditDraft(t.Context(), renaming(dr, vedette.SectionSituation, 0, "The port", "The docks"))
	var m *Meanwhile
	if !errors.As(err, &m) || m.Now != "The harbour" || !strings.Contains(err.Error(), "changed meanwhile; the draft was changed last by Ben") {
		t.Errorf("%v", err)
	}
	for _, no := range []struct {
		e    DraftEdit
		says string
	}{
		{renaming(dr, vedette.SectionSituation, 0, "The harbour", "flights"), `there is a topic "flights" already`},
		{renaming(dr, vedette.SectionAdvice, 0, "Iraq", "Tripoli"), "Name the place with its country"},
		{renaming(dr, vedette.SectionAdvice, 0, "Iraq", strings.Repeat("x", 301)), "longer than 300 characters"},
		{renaming(dr, vedette.SectionAdvice, 7, "Iraq", "Iran"), "were taken out or moved meanwhile"},
		{renaming(dr, vedette.SectionSummary, 0, "", "Short"), "has no headings"},
		{renaming(dr, vedette.SectionAdvice, 0, "Iraq", " Iraq "), "is so already"},
	} {
		if _, err := r.EditDraft(t.Context(), no.e); err == nil || !strings.Contains(err.Error(), no.says) {
			t.Errorf("%+v: %v", no.e.Head, err)
		}
	}
}

// All that an advice takes from its heading goes with it to another place: the capital, the
// clock of its hour. What its own words say stays its own.
func TestUnderAnotherHeadingAdviceIsReadAgain(t *testing.T) {
	r := newRoom(t)
	dr := r.draftOf(strings.Replace(headedReport, "- Avoid all travel.\n", "- Avoid the capital.\n- Shelter in place until 18:00 on 6 February 2026.\n- Shelter in place.\n", 1))
	group := func() *vedette.AdviceGroup { return &dr.Update.Content.Recommendations[0] }
	if got := group().Advice[0].Actions[0].Targets; len(got) != 1 || got[0].Area == "IQ" {
		t.Fatalf("the capital of Iraq: %+v", got)
	}
	before := group().Advice[1].Until
	dr = r.edit(renaming(dr, vedette.SectionAdvice, 0, "Iraq", "United Kingdom"))
	if got := r.Gaz.Name(group().Advice[0].Actions[0].Targets[0].Area); !strings.HasPrefix(got, "London") {
		t.Errorf("the capital of the United Kingdom is %s", got)
	}
	if after := group().Advice[1].Until; before == nil || after == nil || reflect.DeepEqual(before, after) {
		t.Errorf("six o'clock there: %+v, was %+v", after, before)
	}
	if got := group().Advice[2].Actions[0].Areas(group().Area); !reflect.DeepEqual(got, []vedette.AreaID{"GB"}) {
		t.Errorf("%v", got)
	}
	own := r.draftOf(strings.Replace(headedReport, "Iraq\n- Avoid all travel.\n", "For US citizens\n- US citizens should shelter in place.\n", 1))
	if got := own.Update.Content.Recommendations[0].Advice[0].Audience; got == "" {
		t.Fatal("no audience")
	}
	own = r.edit(renaming(own, vedette.SectionAdvice, 0, "For US citizens", "Iraq"))
	if got := own.Update.Content.Recommendations[0].Advice[0].Audience; got == "" {
		t.Error("what its own words say of whom it is for is gone")
	}
}

// Advice of several places is not renamed to be of none: it would be for all.
func TestAdviceOfSeveralPlacesKeepsThem(t *testing.T) {
	r := newRoom(t)
	dr := r.draftOf(strings.Replace(headedReport, "Iraq\n- Avoid", "Basra and Erbil\n- Avoid", 1))
	_, err := r.EditDraft(t.Context(), renaming(dr, vedette.SectionAdvice, 0, "Basra and Erbil", "Everybody there"))
	if err == nil || !strings.Contains(err.Error(), "for several places") {
		t.Fatalf("%v", err)
	}
	dr = r.edit(renaming(dr, vedette.SectionAdvice, 0, "Basra and Erbil", "Mosul, Iraq"))
	g := dr.Update.Content.Recommendations[0]
	for _, a := range g.Advice {
		for _, act := range a.Actions {
			if got := act.Areas(g.Area); len(got) != 1 || got[0] != g.Area {
				t.Errorf("%s is for %v under %s", act.Action, got, g.Area)
			}
		}
	}
}
