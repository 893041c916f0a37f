package excerpt_test

import (
	"slices"
	"strings"
	"testing"

	"vedette/deliver/excerpt"
)

func TestBeginnings(t *testing.T) {
	for text, want := range map[string][]string{
		"Leave Basra now.":                                               nil,
		"Leave Basra now. Carry water. Report in.":                       {"Leave Basra now. Carry water.", "Leave Basra now."},
		"Leave Basra now; carry water.":                                  nil, // a clause may lean on the other
		"Leave Basra now! Carry water":                                   {"Leave Basra now!"},
		"Shelter in place. If you cannot, leave.":                        nil,
		"Shelter in place. Carry water. This does not hold for drivers.": nil,
		"Shelter in place. Do not go near windows. Carry water.":         {"Shelter in place. Do not go near windows."},
		"Stay indoors. Crews are exempt from this.":                      nil,
		"Stay indoors. It ends at 18:00.":                                nil,
		"Avoid St. Helens and Ft. Worth.":                                nil,
		"Avoid travel to the U.S. Consulate in Basra.":                   nil,
		"Follow Gen. Rossi on the radio.":                                nil,
		"غادروا البصرة. احملوا الماء.":                                   {"غادروا البصرة."},
	} {
		if got := excerpt.Beginnings(text); !slices.Equal(got, want) {
			t.Errorf("%q may be cut to %q, want %q", text, got, want)
		}
	}
}

func TestTurns(t *testing.T) {
	for text, want := range map[string]bool{
		"Avoid all travel to Iran at the current juncture, given the crises": false,
		"Do not go":               true,
		"Don’t go":                true,
		"Leave by land":           true,
		"Leave for good":          false,
		"Stay 10 km away":         true,
		"Shelter, unless at work": true,
		"Avoid bases, especially those of foreign forces at night.": false,
		"Avoid bases, including all ports except that of Basra.":    true,
		"due to arrests by Iranian authorities":                     false,
		"Leave by the road":                                         true,
		"":                                                          false,
	} {
		if got := excerpt.Turns(text); got != want {
			t.Errorf("Turns(%q) is %v", text, got)
		}
	}
}

// Whatever is cut is a beginning, and what is left out turns nothing.
func FuzzBeginnings(f *testing.F) {
	f.Add("Leave Basra now. Carry water. If you cannot, shelter.")
	f.Add("A.B. C! ? D\xff. E")
	f.Fuzz(func(t *testing.T, text string) {
		for _, b := range excerpt.Beginnings(text) {
			rest, ok := strings.CutPrefix(strings.TrimSpace(text), b)
			if !ok || b == "" || rest == "" || excerpt.Turns(rest) {
				t.Fatalf("%q was cut to %q", text, b)
			}
		}
	})
}
