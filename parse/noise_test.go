package parse

import (
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// What others do and say is no promotion of the provider's, though the words are
// those it sells with: a claim that is set aside is lost.
func TestClaimsAreNoPromotion(t *testing.T) {
	for _, text := range []string{
		"Hospitals in Goma are powered by generators.",
		"Aid groups could not get access to Goma.",
		"The M23 is a leading rebel group in North Kivu.",
		"Investigators hope to learn more about the attack.",
		"Relatives were unable to get in touch with those detained.",
		"Officials will contact US envoys in Kinshasa.",
		"Allies are expected to follow US sanctions on Rwanda.",
		"Militias call US forces a target.",
		"Vaccines are now available to all residents of Goma.",
		"Passengers who log in to the airline's site can change flights.",
		"The ministry set up a hotline for questions about missing persons.",
		"The World Food Programme provides monitoring services in Goma.",
		"The army said that our team was not in Goma.",
		"Protesters want to join our strike, a union leader said.",
		"Traders said that they can subscribe to alerts of the police.",
		"Clients can withdraw cash again in Goma.",
		"Full service on the line is unlikely to return before Monday.",
		"We judge that pumps powered by diesel will stop.",
	} {
		for _, section := range []string{"Current Situation", "Assessments"} {
			r := Read(gazetteer.Default(), []byte("21 Aug 2026, 17:05 UTC\nDR CONGO ALERT: A test\n"+section+":\n- "+text+"\n- Roads are closed.\n"), Options{})
			if len(r.SetAside) != 0 {
				t.Errorf("%s: %q is set aside: %+v", section, text, r.SetAside)
			}
		}
	}
	for text, reason := range map[string]string{
		"Our consultants can walk your drivers through safe routing; ask for a quote.": vedette.AsidePromotion,
		"Want this in your inbox every morning? Subscribe to the daily edition.":       vedette.AsidePromotion,
		"Start your free trial of the tracking map.":                                   vedette.AsidePromotion,
		"Contact us for a tailored briefing.":                                          vedette.AsideContact,
		"Security escorts: call the Southern Africa desk on +27 11 555 0142":           vedette.AsideContact,
	} {
		r := Read(gazetteer.Default(), []byte("21 Aug 2026, 17:05 UTC\nDR CONGO ALERT: A test\nCurrent Situation:\n- Roads are closed.\n- "+text+"\n"), Options{})
		if len(r.SetAside) != 1 || r.SetAside[0].Reason != reason {
			t.Errorf("%q: set aside %+v, want it as %s", text, r.SetAside, reason)
		}
	}
}
