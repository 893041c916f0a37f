package phrase_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"vedette/deliver/phrase"
)

func TestForm(t *testing.T) {
	for _, c := range []struct {
		action, text, place string
		want                bool
	}{
		{"leave", "Leave the country.", "", true},
		{"leave", "are advised to leave the country at this time due to the risks.", "", true},
		{"leave", "Leave Basra immediately. Carry water.", "Basra", true},
		{"leave", "Leave your vehicle.", "", false},
		{"leave", "Leave the north of the country.", "", false},
		{"leave", "Leave Basra by the northern road.", "Basra", false},
		{"leave", "Leave Basra; do not use the airport road.", "Basra", false},
		{"leave", "Leave Basra or shelter in place.", "Basra", false},
		{"leave", "Do not leave Basra.", "Basra", false},
		{"leave", "Leave Basra before February 6.", "Basra", false},
		{"evacuate", "Evacuate ground floors.", "", false},
		{"evacuate", "Evacuate the old town of Basra.", "Basra", false},
		{"avoid_all_travel", "Avoid all travel to Iran at the current juncture, given the economic and political crises.", "Iran", true},
		{"avoid_all_travel", "Avoid all travel to the Gaza Strip until further notice.", "Gaza Strip", true},
		{"avoid_all_travel", "Avoid all travel to Gaza until February 9.", "Gaza", false},
		{"avoid_all_travel", "Avoid all travel to Iran except Kish.", "Iran", false},
		{"avoid_all_travel", "Avoid all travel to northern Iraq.", "Iraq", false},
		{"avoid_all_travel", "Avoid all travel to Iraq’s border with Syria.", "Iraq", false},
		{"avoid_all_travel", "Avoid all travel to Iraq and Syria near the border.", "Iraq", false},
		{"avoid_all_travel", "Avoid all travel to hotspots of protest.", "", false},
		{"shelter", ", shelter in place and avoid the vicinity of military installations.", "", true},
		{"shelter", "Shelter in the basement.", "", false},
		{"shelter", "Shelter in place in Isfahan.", "Isfahan", true},
		{"shelter", "Shelter in place. If you cannot, leave.", "", false},
		{"monitor", "Monitor the situation and update contingency plans.", "", true},
		{"monitor", "Monitor the border.", "", false},
		{"nothing", "Leave the country.", "", false},
	} {
		if got := phrase.Form(c.action, c.text, c.place); (got == c.action) != c.want {
			t.Errorf("%s says %q: %q", c.action, c.text, got)
		}
	}
}

func TestKinds(t *testing.T) {
	for text, want := range map[string]string{
		"Avoid travel to military installations in the region, especially those hosting forces.":            "kind.military",
		"Avoid the vicinity of government, law enforcement, and military installations.":                    "kind.government kind.law_enforcement kind.military",
		"Stay clear of all demonstrations and the vicinity of police stations nationwide.":                  "kind.protest kind.law_enforcement",
		"Avoid all travel to hotspots of protest activity due to the risk, and refrain from discussing it.": "kind.protest",
		"Avoid the vicinity of embassies at night.":                                                         "",
		"Avoid protests. Do not use the coast road.":                                                        "",
		"Avoid the Ruhwa and Kavimvira crossings.":                                                          "",
		"Avoid the vicinity of the airport and of the US Consulate General.":                                "",
		"Steer clear of KFOR and police convoys.":                                                           "",
		"Military bases should be avoided.":                                                                 "",
	} {
		kinds, ok := phrase.Kinds("avoid_places", text)
		if got := strings.Join(kinds, " "); got != want || ok != (want != "") {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestIndoorsIsNotAShelter(t *testing.T) {
	if got := phrase.Form("shelter", "Stay indoors and monitor local media.", ""); got != "indoors" {
		t.Errorf("%q", got)
	}
}

// Somebody answers for every wording, and none stands there twice.
func TestWordings(t *testing.T) {
	f, err := os.Open("wordings.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rows[1:] {
		if r[0] == "" || r[1] == "" || r[3] == "" || r[2] != strings.ToLower(strings.TrimSpace(r[2])) || seen[r[2]] {
			t.Errorf("row %q", r)
		}
		seen[r[2]] = true
	}
}

func FuzzForm(f *testing.F) {
	f.Add("leave", "Leave the country.", "")
	f.Add("shelter", ", should \xff shelter in place", "İ")
	f.Fuzz(func(t *testing.T, action, text, place string) {
		if phrase.Form(action, "Do not "+text, place) != "" {
			t.Fatalf("%q says what %q forbids", action, text)
		}
	})
}
