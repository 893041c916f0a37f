package parse

import (
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// advices gives what a report tells, an advice a line, and what was set aside.
func advices(text string) string {
	r := Read(gazetteer.Default(), []byte(text), Options{})
	var out []string
	for _, group := range r.Recommendations {
		for _, a := range group.Advice {
			out = append(out, said(a))
		}
	}
	for _, s := range r.SetAside {
		out = append(out, "aside: "+s.Reason)
	}
	return strings.Join(out, "\n")
}

func TestLinesOfAdviceStayApart(t *testing.T) {
	const head = "2 May 2026 06:00 UTC\nHAITI ALERT: A test\nCurrent Situation:\n- Gangs hold the roads.\n"
	for _, c := range []struct{ what, text, want string }{
		{"one a line, without a full stop", head + `Recommendations
Avoid all travel to Haiti because of the high risk of kidnapping
Shelter in place in Port-au-Prince, away from windows and balconies
Leave Jacmel by sea or air as soon as it is safe for you to do so
Affected Area: Haiti
`, "avoid_all_travel Haiti\nshelter Port-au-Prince\nleave Jacmel"},
		{"a heading with a small letter", head + `Recommendations:
Port-au-Prince:
- Avoid government sites.
the Artibonite department
- Shelter in place.
Affected Area: Haiti
`, "avoid_places Port-au-Prince\nshelter Artibonite"},
		{"a heading with a preposition", head + `Recommendations:
In Jacmel
- Stay indoors.
For Hinche:
- Leave.
Haiti (excluding Jacmel):
- Monitor media.
`, "shelter Jacmel\nleave Hinche\nmonitor Haiti; except Jacmel"},
		{"a lead inside a list", head + `Recommendations:
Haiti:
- Those in Jacmel should:
  • stay indoors
  • monitor local media
- Avoid:
  • the port of Gonaïves
- Register with your embassy.
`, "shelter Jacmel\nmonitor Jacmel\navoid_places Gonaïves\ncontact_embassy Haiti"},
		{"an embassy's number is no contact line", head + `Recommendations:
Haiti:
- Contact your embassy at +509 22 29 80 00 for evacuation details.
- Those whose permits expire should get in touch with their embassy.
- We urge our clients to stay indoors.
- For more information please contact our operations desk at desk@example.org.
`, "contact_embassy Haiti\ncontact_embassy Haiti\nshelter Haiti\naside: contact"},
		{"bare countries in a summary", `2 May 2026 06:00 UTC
AFRICA DAILY SUMMARY: Fighting in two countries
Mali
Current Situation – Fighting broke out near Gao.
Recommendations – Shelter in place.
Sudan
Current Situation – Shells fell on El Obeid.
Recommendations – Leave by air.
`, "shelter Mali\nleave Sudan"},
		{"headings of their own in a summary", `2 May 2026 06:00 UTC
AFRICA DAILY SUMMARY: Fighting in two countries
MALI: Fighting near Gao; stay indoors
Current Situation
- Fighting broke out near Gao.
Recommendations
- Shelter in place.
SUDAN: Shells fall on El Obeid; leave
Current Situation
- Shells fell on El Obeid.
Recommendations
- Leave by air.
`, "shelter Mali\nleave Sudan"},
	} {
		if got := advices(c.text); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.what, got, c.want)
		}
	}
}

// A paragraph wrapped beside lines that are longer is one, and a month is not
// parted from its day.
func TestWrappedParagraphsAreOne(t *testing.T) {
	r := Read(gazetteer.Default(), []byte(`24 June 2026 11:10 UTC
BANGLADESH ALERT: A test
Current Situation:
Roads
Indian meteorologists said that 150 to 200 mm of rain would fall on the hills each day until June
27. Water from there normally reaches Sylhet Division within twelve hours, and the rivers have not
fallen since the middle of the month.

The road from Dhaka is under water at several points, and trains stop at Akhaura, where they turn
back. Buses do not run, and boats leave only when the water is calm enough for them to cross to the
other side. The army has offered lorries.
Recommendations:
Avoid all travel to parts of Sylhet Division within 50 km of the border, and keep to the main roads everywhere else in the north of the country.
Heed all directives issued by local officials, and keep abreast of developments through the radio.
Register with your diplomatic mission.
`), Options{})
	claims := r.Topics[0].Claims
	if len(r.Topics) != 1 || r.Topics[0].Title != "Roads" || len(claims) != 2 || !strings.HasSuffix(claims[0].Text, "of the month.") {
		t.Errorf("topics: %+v", r.Topics)
	}
	if len(claims[0].When) == 0 || claims[0].When[0].Date != "2026-06-27" {
		t.Errorf("times: %+v", claims[0].When)
	}
	if n := len(r.Recommendations[0].Advice); n != 3 {
		t.Errorf("%d lines of advice, want 3", n)
	}
	if r.Content.Kind != vedette.KindAlert {
		t.Errorf("kind %s", r.Content.Kind)
	}
}
