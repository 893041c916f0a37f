package advise

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
		a := readAudience(g, c.phrase)
		for want, whos := range map[verdict]string{yes: c.yes, ask: c.ask, not: c.no} {
			for _, who := range strings.Fields(whos) {
				var nations []vedette.AreaID
				for _, n := range strings.Split(strings.Trim(who, "-"), "+") {
					nations = append(nations, vedette.AreaID(n))
				}
				nations = slices.DeleteFunc(nations, func(n vedette.AreaID) bool { return n == "" })
				if got := a.admits(nations, "IR"); got != want {
					t.Errorf("%q of %s: %s, want %s (%+v)", c.phrase, who, word(got), word(want), a)
				}
			}
		}
	}
}

func word(v verdict) string { return [...]string{"not", "ask", "yes"}[v] }

// At sea nobody is foreign to anything that we know of: it is asked.
func TestForeignAtSea(t *testing.T) {
	a := readAudience(gazetteer.Default(), "Foreign nationals")
	if got := a.admits([]vedette.AreaID{"US"}, ""); got != ask {
		t.Errorf("%s, want ask", word(got))
	}
}

// Phrases come from foreign bytes: whatever they hold, there is an answer.
func FuzzAudience(f *testing.F) {
	g := gazetteer.Default()
	for _, s := range []string{"Foreign nationals operating in Iran", "non-", "US-Iranian dual nationals", "citizens of", "of of of and", "\xff citizens"} {
		f.Add(s)
	}
	p := &Prepared{g: g}
	f.Fuzz(func(t *testing.T, phrase string) {
		it := item{audience: readAudience(g, phrase)}
		it.audience.admits([]vedette.AreaID{"IR"}, "IR")
		if v := it.audience.admits(nil, "IR"); v == not {
			t.Errorf("%q keeps away somebody of whom nothing is known", phrase)
		}
		if r := p.notFor(&it, []vedette.AreaID{"IR"}); !strings.Contains(r, "citizenship: ") {
			t.Errorf("reason %q", r)
		}
	})
}
