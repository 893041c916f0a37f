package parse

import (
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// A heading tells whom its advice is for: a word of it that is lost tells too
// many, or the wrong ones.
func TestWhomAHeadingIsFor(t *testing.T) {
	for _, c := range []struct {
		heading, want string
		doubt         vedette.FindingCode
	}{
		{"Haiti (excluding Jacmel)", "avoid_all_travel Haiti; except Jacmel", ""},
		{"Haiti, except for Jacmel and Hinche", "avoid_all_travel Haiti; except Jacmel; except Hinche", ""},
		{"Mali outside Bamako", "avoid_all_travel Mali; except Bamako", ""},
		{"Haiti (excluding Jacmel) and Mali", "avoid_all_travel Haiti Mali; except Jacmel", ""},
		{"Haiti (excluding Xanadu)", "avoid_all_travel Haiti", vedette.FindUnknownPlace},
		{"Haiti (including Jacmel)", "avoid_all_travel Haiti", ""},
		{"Western Ukraine, including Lviv, and Moldova", "avoid_all_travel Ukraine", vedette.FindAmbiguousPlace},
		{"Travelers to Niger", "avoid_all_travel Niger", ""},
		{"Operations in Togo and Benin", "avoid_all_travel Togo Benin", ""},
		{"Companies with ties to Niger", "avoid_all_travel MENA", vedette.FindAmbiguousPlace},
		{"Visitors to northern Niger", "avoid_all_travel Niger", ""},
		{"Firms partly owned by Niger", "avoid_all_travel MENA", vedette.FindAmbiguousPlace},
		{"US citizens", "avoid_all_travel MENA", ""},
		{"Iranian interests", "avoid_all_travel MENA", ""},
		{"If fighting spreads to Goma", "avoid_all_travel MENA", ""},
		{"If you are in Goma", "avoid_all_travel Goma", ""},
		{"For those in Goma", "avoid_all_travel Goma", ""},
		{"Those outside Goma", "avoid_all_travel MENA; except Goma", ""},
		{"Benin & Niger", "avoid_all_travel Benin Niger", ""},
		{"Goma residents", "avoid_all_travel Goma", ""},
		{"Residents of Goma and Bukavu", "avoid_all_travel Goma Bukavu", ""},
		{"Goma and surrounding areas", "avoid_all_travel Goma", ""},
		{"Red Sea shipping", "avoid_all_travel Red Sea", ""},
		{"Nonessential staff", "avoid_all_travel MENA", ""},
	} {
		a, r := oneAdvice(t, c.heading, "Avoid all travel.")
		got := vedette.FindingCode("")
		for _, f := range r.Findings {
			if f.Blocks {
				got = f.Code
			}
		}
		if said(a) != c.want || got != c.doubt {
			t.Errorf("%s:\n got %s, doubt %q\nwant %s, doubt %q", c.heading, said(a), got, c.want, c.doubt)
		}
	}
}

// What a heading says holds for what a lead below it lists, too.
func TestALeadKeepsTheHeadingItStandsUnder(t *testing.T) {
	r := Read(gazetteer.Default(), []byte(`2 May 2026 06:00 UTC
HAITI ALERT: A test
Recommendations:
In the event of strikes:
Staff in Jacmel should:
- stay indoors
- stock food
Haiti (excluding Hinche):
Staff should:
- leave
`), Options{})
	var got []string
	for _, g := range r.Recommendations {
		for _, a := range g.Advice {
			got = append(got, said(a)+"; if "+a.Condition)
		}
	}
	want := []string{"shelter Jacmel; if In the event of strikes", "take_precautions Jacmel; if In the event of strikes", "leave Haiti; except Hinche; if "}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
}
