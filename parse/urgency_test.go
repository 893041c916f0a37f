package parse

import (
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// When the danger is decides how fast a warning goes out, and whether "shelter"
// stands first in it.
func TestUrgency(t *testing.T) {
	for name, c := range map[string]struct {
		kind, situation, advice string
		want                    vedette.Urgency
	}{
		"fighting since this morning": {
			"TACTICAL", "Gunmen entered Djibo at 05:40 on May 12. The market is burning and the road south remains cut.",
			"Shelter in place in Djibo.\n- Stay away from windows.", vedette.UrgencyImmediate,
		},
		"an attack of yesterday": {
			"SITUATION UPDATE", "Gunmen attacked a police post in Djibo on May 11 and left after an hour.",
			"Avoid nonessential travel to Djibo.", vedette.UrgencyExpected,
		},
		"a storm that comes tonight, though people shelter already": {
			"ALERT", "A tropical cyclone is forecast to make landfall near Beira at 22:00 on May 12. Winds ahead of the cyclone continue to rise.",
			"Shelter in place in Beira.\n- Stay indoors in Dondo.", vedette.UrgencyExpected,
		},
		"a strike called for next week": {
			"ALERT", "Unions called a general strike in Ouagadougou on May 20.",
			"Allow for delays in Ouagadougou.", vedette.UrgencyFuture,
		},
		"an analysis of a war that goes on": {
			"ANALYSIS", "Clashes were reported near Djibo on May 8, and talks in Bamako are stalled.",
			"Review contingency plans.", vedette.UrgencyExpected,
		},
	} {
		text := strings.Join([]string{"12 May 2026 | 08:10 UTC", "BURKINA FASO " + c.kind + ": News", "Current Situation:", "- " + c.situation, "Recommendations:", "- " + c.advice}, "\n")
		if got := Read(gazetteer.Default(), []byte(text), Options{}).Urgency; got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
