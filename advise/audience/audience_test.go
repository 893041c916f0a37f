package audience

import (
	"slices"
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// The advice of these phrases is for Iran. "-" is somebody whose citizenship
// is not known.
func TestAudience(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range []struct{ phrase, yes, ask, no string }{
		{"", "- IR US IR+US", "", ""},
		{"Foreign nationals operating in Iran", "US GB+US", "- IR+US", "IR"},
		{"Foreigners", "US", "- IR+US", "IR"},
		{"US and other foreign nationals", "US DE", "- IR+US", "IR"},
		{"Nonessential foreign nationals", "", "- US", "IR"},
		{"Foreign nationals and their local staff", "US", "- IR", ""},
		{"Companies and foreign nationals", "US", "- IR", ""},
		{"Foreign and dual nationals", "US", "- IR IR+US", ""},
		{"Foreign nationals, particularly Westerners,", "", "US -", "IR"},
		{"non-Iranian nationals", "US", "- IR+US", "IR"},
		{"Non-US and non-UK citizens", "IR", "- US+IR", "US GB US+GB"},
		{"those without Iranian citizenship", "US", "- IR+US", "IR"},
		{"US and non-Iranian nationals", "", "US IR -", ""},
		{"US citizens", "US IR+US", "-", "IR GB"},
		{"American citizens in Tehran", "US", "-", "IR"},
		{"US, UK and German nationals", "US GB DE", "-", "IR"},
		{"Nationals of the United States or Germany", "US DE", "-", "IR"},
		{"Saudi Arabian passport holders", "SA", "-", "IR"},
		{"Holders of US passports", "US", "-", "IR"},
		{"Persons with German citizenship", "DE", "-", "IR"},
		{"US citizens and their families", "US", "- IR", ""},
		{"US citizens and residents", "US", "- IR", ""},
		{"US citizens who are journalists", "", "US -", "IR"},
		{"Jewish US citizens", "", "US - IR", ""},
		{"Western nationals", "", "US - IR", ""},
		{"Israelis", "IL", "-", "IR"},
		{"Americans traveling to Iran", "US", "-", "IR"},
		{"Israeli companies", "", "IL - IR", ""},
		{"US-Iranian dual nationals", "IR+US", "- US IR", "DE"},
		{"Dual nationals", "IR+US", "- IR", ""},
		{"Local nationals", "IR IR+US", "-", "US"},
		{"Travelers", "- IR US", "", ""},
		{"All personnel and business travellers", "- IR US", "", ""},
		{"Organizations operating in Iran", "- IR", "", ""},
		{"Those planning travel to Iran", "- IR", "", ""},
		{"Residents", "", "- IR US", ""},
		{"Non-essential personnel", "", "- IR US", ""},
		{"Travelers with medical conditions", "", "- IR", ""},
		{"Foreign companies", "", "- IR US", ""},
		{"Journalists", "", "- IR", ""},
		{"«»—", "", "- IR", ""},
	} {
		a := Read(g, c.phrase)
		for want, whos := range map[Verdict]string{Yes: c.yes, Ask: c.ask, No: c.no} {
			for _, who := range strings.Fields(whos) {
				var nations []vedette.AreaID
				for _, n := range strings.Split(strings.Trim(who, "-"), "+") {
					nations = append(nations, vedette.AreaID(n))
				}
				nations = slices.DeleteFunc(nations, func(n vedette.AreaID) bool { return n == "" })
				if got := a.Admits(Who{Citizenship: nations}, "IR"); got != want {
					t.Errorf("%q of %s: %s, want %s (%+v)", c.phrase, who, word(got), word(want), a)
				}
			}
		}
	}
}

func word(v Verdict) string { return [...]string{"not", "ask", "yes"}[v] }

// At sea nobody is foreign to anything that we know of: it is asked.
func TestForeignAtSea(t *testing.T) {
	a := Read(gazetteer.Default(), "Foreign nationals")
	if got := a.Admits(Who{Citizenship: []vedette.AreaID{"US"}}, ""); got != Ask {
		t.Errorf("%s, want ask", word(got))
	}
}

// Phrases come from foreign bytes: whatever they hold, there is an answer.
func FuzzAudience(f *testing.F) {
	g := gazetteer.Default()
	for _, s := range []string{"Foreign nationals operating in Iran", "non-", "US-Iranian dual nationals", "citizens of", "of of of and", "\xff citizens"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, phrase string) {
		a := Read(g, phrase)
		who := Who{Citizenship: []vedette.AreaID{"IR"}, Standing: vedette.StandingResident, Dependants: true}
		if v := a.Admits(Who{}, "IR"); v == No {
			t.Errorf("%q keeps away somebody of whom nothing is known", phrase)
		}
		if a.Admits(who, "IR") == No && !strings.Contains(a.Not(g, who).String(), "; their ") {
			t.Errorf("reason %q", a.Not(g, who))
		}
	})
}

// "resident" and so on is the standing on file, "-" none; "+" has dependants.
func TestStandingAndFamilies(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range []struct{ phrase, yes, ask, no string }{
		{"Residents", "resident local", "- away", "visitor"},
		{"All residents in Iran", "resident local", "- away", "visitor"},
		{"Local residents", "resident local", "- away", "visitor"},
		{"Foreign residents", "resident", "- away", "local visitor"},
		{"Residents of Iran", "resident local", "- away", "visitor"},
		{"Residents of the United States", "", "- resident visitor local away", ""},
		{"Residents of Tehran", "", "- resident visitor local", ""},
		{"Permanent residents", "", "- resident visitor", ""},
		{"Visitors", "visitor away", "-", "resident local"},
		{"Short-term travellers", "visitor away", "-", "resident local"},
		{"short term visitors to Iran", "visitor away", "-", "resident local"},
		{"Tourists", "", "- visitor away", "resident local"},
		{"Non-residents", "visitor away", "-", "resident local"},
		{"Local staff", "local", "- away", "resident visitor"},
		{"Locally employed staff", "local", "- away", "resident visitor"},
		{"International personnel", "resident visitor away", "-", "local"},
		{"Local businesses", "", "- local visitor", ""},
		{"Residents and visitors", "resident visitor local away", "-", ""},
		{"Residents and journalists", "resident local", "- visitor", ""},
		{"Staff and visitors", "- resident visitor", "", ""},
		{"Travelers and residents", "- visitor local", "", ""},
		{"Families", "+", "- resident visitor", ""},
		{"Dependants", "+", "-", ""},
		{"Family members", "+", "-", ""},
		{"Families with children", "", "- +", ""},
		{"Travelers with children", "+", "-", ""},
		{"Families of staff", "+", "-", ""},
		{"Personnel and their families", "- + resident", "", ""},
		{"Local staff and their dependants", "local +", "- resident visitor", ""},
		{"Non-essential staff and dependants", "+", "-", ""},
		{"Visitors who are journalists", "", "- visitor resident", ""},
	} {
		a := Read(g, c.phrase)
		for want, whos := range map[Verdict]string{Yes: c.yes, Ask: c.ask, No: c.no} {
			for _, s := range strings.Fields(whos) {
				who := Who{Standing: vedette.Standing(strings.Trim(s, "-+")), Dependants: s == "+"}
				if got := a.Admits(who, "IR"); got != want {
					t.Errorf("%q, %s: %s, want %s (%+v)", c.phrase, s, word(got), word(want), a)
				}
			}
		}
	}
}

func TestDisjoint(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", false},
		{"Foreign nationals", "Iranian nationals", true},
		{"Foreign nationals", "Local nationals", true},
		{"Foreign nationals", "US citizens", false},
		{"US citizens", "British citizens", false}, // somebody may be both
		{"Iranian nationals", "Non-Iranian nationals", true},
		{"Residents", "Short-term travellers", true},
		{"Residents", "Local staff", false},
		{"Residents", "Families", false},
		{"Journalists", "Iranian nationals", false},
		{"Dual nationals", "Iranian nationals", false},
		{"Travelers", "Residents", false},
	} {
		a, b := Read(g, c.a), Read(g, c.b)
		if got := Disjoint(&a, &b, "IR"); got != c.want || got != Disjoint(&b, &a, "IR") {
			t.Errorf("%q and %q: %t", c.a, c.b, got)
		}
	}
}
