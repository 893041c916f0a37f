package parse

import (
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// A line that its bullets finish is read with each of them: it tells what to do
// or for whom, and the paragraph after the list is for all again.
func TestAListIsReadWithTheLineThatLeadsIt(t *testing.T) {
	r := Read(gazetteer.Default(), []byte(`2 May 2026 06:00 UTC
Pakistan Alert: A test
Advice:
The ministry advises against all travel to:
- Balochistan province
- areas within 10 km of the border with Afghanistan
- the districts of Ruritania and Gilgit
Staff in Lahore should:
- Stay indoors until May 5
- Avoid government buildings
Allow extra time.
`), Options{})
	type line struct{ heading, audience, actions string }
	var got []line
	for _, g := range r.Recommendations {
		for _, a := range g.Advice {
			got = append(got, line{g.Heading, a.Audience, inWords(a)})
			for _, act := range a.Actions {
				for _, p := range act.Targets {
					if p.Text != "" && a.Text[p.Span[0]:p.Span[1]] != p.Text {
						t.Errorf("%q: a target's span %v is not %q", a.Text, p.Span, p.Text)
					}
				}
			}
		}
	}
	ministry, staff := "The ministry advises against all travel to", "Staff in Lahore should"
	want := []line{
		{ministry, "", "avoid_all_travel PK-BA"},
		{ministry, "", "avoid_all_travel PK"},
		{ministry, "", "avoid_all_travel gn:1178338 "},
		{staff, "Staff in Lahore", "shelter gn:1172451"},
		{staff, "Staff in Lahore", "avoid_places gn:1172451 government"},
		{"", "", "expect_disruption PK"},
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("got %q\nwant %q", got, want)
			break
		}
	}
	if !hasFinding(r, vedette.FindUnknownPlace, true) {
		t.Error("a place of the list that is not known does not block")
	}
}
