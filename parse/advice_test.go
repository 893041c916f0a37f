package parse

import (
	"fmt"
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// oneAdvice reads a sentence as a recommendation under a heading.
func oneAdvice(t *testing.T, heading, text string) (vedette.Advice, vedette.Reading) {
	t.Helper()
	r := Read(gazetteer.Default(), []byte("2 May 2026 06:00 UTC\nMENA ALERT: A test\nRecommendations:\n"+heading+":\n- "+text+"\n"), Options{})
	if len(r.Recommendations) != 1 || len(r.Recommendations[0].Advice) != 1 {
		t.Fatalf("%q: no advice read: %+v", text, r.Findings)
	}
	return r.Recommendations[0].Advice[0], r
}

func inWords(a vedette.Advice) string {
	var out []string
	for _, act := range a.Actions {
		s := string(act.Action)
		for _, p := range act.Targets {
			s += " " + string(p.Area)
		}
		if len(act.Kinds) > 0 {
			s += " " + strings.Join(act.Kinds, "+")
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestActionsWithTheirTargets(t *testing.T) {
	for _, c := range []struct{ heading, text, want string }{
		{"Iraq", "Avoid all travel to Basra and Mosul.", "avoid_all_travel gn:99532 gn:99072"},
		{"Iraq", "Avoid all travel at this time.", "avoid_all_travel IQ"},
		{"MENA", "Avoid all travel to Iraq, Syria, and Yemen, given attacks on US forces in Jordan.", "avoid_all_travel IQ SY YE"},
		{"MENA", "Reconsider non-essential travel to Egypt.", "reconsider_nonessential_travel EG"},
		{"MENA", "Avoid all but essential travel to Egypt.", "avoid_nonessential_travel EG"},
		{"Iraq", "Travel to Erbil may continue while adhering to security precautions.", "travel_with_caution gn:95446"},
		{"Iraq", "Avoid all travel to the vicinity of US military bases.", "avoid_places IQ military"},
		{"Iraq", "Avoid protests, government buildings, and the US embassy in Baghdad.", "avoid_places gn:98182 protest+government+embassy"},
		{"Iraq", "Due to the risk of protests, stay indoors.", "shelter IQ"},
		{"Iraq", "Evacuation plans should be reviewed and contingency plans updated.", "update_plans IQ"},
		{"Iraq", "Review evacuation plans.", "update_plans IQ"},
		{"Iraq", "Demonstrations and government buildings in Basra should likewise be avoided.", "avoid_places gn:99532 protest+government"},
		{"Iraq", "The area around the Green Zone in Baghdad is best avoided.", "avoid_places gn:98182"},
		{"Iraq", "Operations in Basra should be suspended.", "suspend_operations gn:99532"},
		{"Iraq", "Precautions must be taken by all staff; local media should be monitored.", "take_precautions IQ; monitor IQ"},
		{"Iraq", "Staff are to be kept indoors.", "shelter IQ"},
		{"Iraq", "Overland travel between Mosul and Basra is not advised.", "avoid_all_travel gn:99072 gn:99532"},
		{"Iraq", "Only essential travel to Mosul is recommended.", "avoid_nonessential_travel gn:99072"},
		{"Iraq", "Consider deferring travel to Mosul.", "reconsider_travel gn:99072"},
		{"Iraq", "Leave Basra.", "leave gn:99532"},
		{"Iraq", "Shelter in place, monitor local media, and register with your embassy.", "shelter IQ; monitor IQ; contact_embassy IQ"},
		{"Iraq", "The airport of Basra has closed.", ""},
		{"MENA", "Avoid all travel to Iraq. Those in the country should leave.", "avoid_all_travel IQ; leave IQ"},
		{"Iraq", "Vessels in the Persian Gulf should remain vigilant.", "take_precautions persian-gulf"},
		{"Lebanon & Jordan", "Avoid demonstrations.", "avoid_places LB JO protest"},
		{"Yemen", "Avoid transiting the Red Sea, the Gulf of Aden, and the Bab el-Mandeb Strait.", "avoid_places red-sea gulf-of-aden bab-el-mandeb"},
		{"Haiti", "Nationals of the United States and Canada in Port-au-Prince are urged to remain indoors.", "shelter gn:3718426"},
		{"Sudan", "Personnel in Port Sudan should relocate to Jeddah.", "relocate gn:377039"},
		{"Thailand", "Avoid the Cambodian border.", "avoid_places TH border"},
		{"Iraq", "Avoid travel along Highway 1 between Baghdad and Mosul.", "avoid_places gn:98182 gn:99072 route"},
		{"Iraq", "Avoid the blast site in Karrada, Baghdad.", "avoid_places gn:98182 other"},
		{"Iraq", "Dual nationals are strongly advised against traveling to Iraq.", "avoid_all_travel IQ"},
		{"Iraq", "Mariners should switch off their lights.", "other IQ"},
		{"Lebanon", "Avoid all travel to southern Lebanon and the southern suburbs of Beirut.", "avoid_all_travel LB gn:276781"},
	} {
		a, _ := oneAdvice(t, c.heading, c.text)
		if got := inWords(a); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.heading, c.text, got, c.want)
		}
	}
}

// An advice has one condition; what is told without one must not wait for
// that of a later remark. Where the later sentence tells something itself, or
// points back, the condition stands for the whole item: it is never dropped.
func TestARemarkIsNoCondition(t *testing.T) {
	for _, c := range []struct{ text, condition string }{
		{"Avoid all travel to Basra. If clashes resume, delays at the port are likely.", ""},
		{"Avoid all travel to Basra. Delays are likely.", ""},
		{"Avoid all travel to Basra. If clashes resume, shelter in place.", "If clashes resume"},
		{"Leave Basra. If the airport reopens, this advice holds for all staff.", "If the airport reopens"},
		{"Leave Basra if the airport reopens. If clashes resume, delays are likely.", "if the airport reopens"},
		{"If clashes resume, delays are likely. Avoid all travel to Basra.", "If clashes resume"},
	} {
		a, _ := oneAdvice(t, "Iraq", c.text)
		if a.Condition != c.condition || len(a.Actions) == 0 {
			t.Errorf("%s\n got %q, want %q", c.text, a.Condition, c.condition)
		}
	}
}

func TestConditionAndAudienceAreKeptWhole(t *testing.T) {
	for _, c := range []struct{ text, condition, audience, actions string }{
		{"In the event of strikes, shelter in place.", "In the event of strikes", "", "shelter IQ"},
		{"If sirens sound, rockets fall, or explosions are heard, take shelter.", "If sirens sound, rockets fall, or explosions are heard", "", "shelter IQ"},
		{"Shelter in place if sirens sound.", "if sirens sound", "", "shelter IQ"},
		{"Should protests occur, travelers in Basra should stay indoors.", "Should protests occur", "travelers in Basra", "shelter gn:99532"},
		{"Be ready to move, and leave the country, should fighting resume.", "should fighting resume", "", "leave IQ"},
		{"Foreign nationals are strongly advised to leave the country.", "", "Foreign nationals", "leave IQ"},
		{"Those who must remain in Basra should stock supplies.", "", "Those who must remain in Basra", "take_precautions gn:99532"},
		{"For those already in the country, shelter in place.", "", "those already in the country", "shelter IQ"},
		{"Advise staff in Basra to shelter in place.", "", "staff in Basra", "shelter gn:99532"},
		{"Monitor the situation if possible.", "", "", "monitor IQ"},
		{"Everyone but security teams should leave Basra.", "", "Everyone but security teams", "leave gn:99532"},
		{"In the unlikely event of a blockade, leave Basra.", "In the unlikely event of a blockade", "", "leave gn:99532"},
		{"Leave Basra at the first sign of a blockade.", "at the first sign of a blockade", "", "leave gn:99532"},
		{"The moment a blockade is declared, leave Basra.", "The moment a blockade is declared", "", "leave gn:99532"},
		{"Failing a ceasefire, leave Basra.", "Failing a ceasefire", "", "leave gn:99532"},
		{"If a blockade is declared leave Basra.", "If a blockade is declared", "", "leave gn:99532"},
		{"If a blockade is declared then leave Basra.", "If a blockade is declared", "", "leave gn:99532"},
		{"A blockade would make it necessary to leave Basra.", "", "", "other gn:99532"},
		{"Travelers should, in the event of a coup, remain indoors.", "in the event of a coup", "Travelers", "shelter IQ"},
		{"Staff should relocate to Jeddah should drone strikes intensify.", "should drone strikes intensify", "Staff", "relocate IQ"},
		{"As long as the airport is closed, leave by road via Jordan.", "As long as the airport is closed", "", "leave IQ"},
		{"Update plans, provided that roads are open, and shelter if sirens sound.", "provided that roads are open; if sirens sound", "", "update_plans IQ; shelter IQ"},
		{"If in Basra, stay indoors at night.", "If in Basra", "", "shelter gn:99532"},
		{"When sirens sound, enter a protected space.", "When sirens sound", "", "shelter IQ"},
		{"Unless travel is essential, avoid the highway to Basra.", "Unless travel is essential", "", "avoid_places gn:99532 route"},
		{"Wardens should check in with staff daily.", "", "Wardens", "check_in IQ"},
		{"Plants drawing more than 5 MW should suspend operations.", "", "Plants drawing more than 5 MW", "suspend_operations IQ"},
		{"Through May 10, shipping agents should allow for delays at Basra.", "", "shipping agents", "expect_disruption gn:99532"},
		{"It is recommended that clients postpone visits to Basra.", "", "clients", "suspend_operations gn:99532"},
		{"Staff movements should be suspended.", "", "", "suspend_operations IQ"},
		{"Journeys should avoid Highway 1.", "", "", "avoid_places IQ route"},
		{"During any protest, keep a low profile.", "During any protest", "", "low_profile IQ"},
		{"Travel to Mosul only if absolutely essential.", "", "", "avoid_nonessential_travel gn:99072"},
	} {
		a, _ := oneAdvice(t, "Iraq", c.text)
		if a.Condition != c.condition || a.Audience != c.audience || inWords(a) != c.actions {
			t.Errorf("%s\n got %q, %q, %s\nwant %q, %q, %s", c.text, a.Condition, a.Audience, inWords(a), c.condition, c.audience, c.actions)
		}
	}
}

func TestLimitsOfAnAdvice(t *testing.T) {
	a, _ := oneAdvice(t, "Iraq", "Avoid all travel to Iraq, except Erbil, until May 10.")
	if len(a.Except) != 1 || a.Except[0].Area != "gn:95446" || a.Until == nil || a.Until.Date != "2026-05-10" || inWords(a) != "avoid_all_travel IQ" {
		t.Errorf("except %v, until %v, %s", a.Except, a.Until, inWords(a))
	}
	a, _ = oneAdvice(t, "Israel", "Avoid all travel to areas within 10km of the border with Lebanon.")
	if a.Near == nil || a.Near.KM != 10 || a.Near.Of.Area != "LB" || a.Near.What != "border" || inWords(a) != "avoid_all_travel IL" {
		t.Errorf("near %+v, %s", a.Near, inWords(a))
	}
	_, r := oneAdvice(t, "Iraq", "Avoid all travel to Basra until 04/05/2026.")
	if !hasFinding(r, vedette.FindAmbiguousDate, true) {
		t.Errorf("a date that can be read two ways does not block: %+v", r.Findings)
	}
	_, r = oneAdvice(t, "Iraq", "Avoid all travel to Ruritania.")
	if !hasFinding(r, vedette.FindUnknownPlace, true) {
		t.Errorf("an unknown target does not block: %+v", r.Findings)
	}
}

func TestSourcesAndStances(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The Interior Ministry announced a curfew.", "The Interior Ministry=stated"},
		{"Ten people were killed, according to local media.", "local media=reported"},
		{"Per the governor, the road is closed.", "the governor=stated"},
		{"Unconfirmed reports indicate a blast.", "| reported"},
		{"Reports indicate that a blast hit Basra.", "| reported"},
		{"The group claimed responsibility for the attack.", "The group=claimed"},
		{"Iran’s Foreign Minister, Abbas Araghchi, said talks failed. He denied a leak.", "Iran’s Foreign Minister, Abbas Araghchi=stated Iran’s Foreign Minister, Abbas Araghchi=denied"},
		{"The army ordered the evacuation of Basra.", "| asserted"},
		{"The army has not confirmed the attack.", "| asserted"},
		{"Gunmen allegedly fired at a bus.", "| alleged"},
		{"An official reportedly said that the port is closed.", "An official=reported"},
		{"The deaths of two soldiers were confirmed by the Defense Ministry.", "the Defense Ministry=confirmed"},
		{"Iran said it would retaliate, while Israel denied the strike.", "Iran=stated Israel=denied"},
		{"Officials recorded 12 confirmed cases of cholera.", "| asserted"},
		{"Shelling resumed, said a police spokesman, who claimed that nine had died.", "a police spokesman=stated a police spokesman=claimed"},
		{"The army said that gunmen, who claimed to be police, fired.", "The army=stated"},
		{"Airports in Japan, Germany and Portugal have all reported delays.", "Airports in Japan, Germany and Portugal=reported"},
		{"Dockers in Durrës walked out at noon and said that they would return.", "Dockers in Durrës=stated"},
	} {
		r := Read(gazetteer.Default(), []byte("2 May 2026 06:00 UTC\nMENA ALERT: A test\nCurrent Situation:\n- "+c.text+"\n"), Options{})
		claim := r.Topics[0].Claims[0]
		var got []string
		for _, s := range claim.Sources {
			got = append(got, fmt.Sprintf("%s=%s", s.Text, s.Stance))
		}
		if len(got) == 0 {
			got = append(got, fmt.Sprintf("| %s", claim.Stances[0]))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

func TestLikelihoodsAndForecasts(t *testing.T) {
	for _, c := range []struct {
		text, want string
		scale      vedette.Scale
		forecast   bool
	}{
		{"Strikes are not likely to resume.", "likely icd203 0.20-0.45 negated", "", true},
		{"An attack is almost certain.", "almost certain icd203 0.95-0.99", "", true},
		{"It was highly unlikely.", "highly unlikely phia 0.10-0.20", "phia", false},
		{"There is a realistic possibility of unrest.", "realistic possibility phia 0.40-0.50", "phia", true},
		{"Unrest is more likely than calm.", "more likely than comparative", "", false},
		{"Prospects are slim and delays possible in remote areas.", "possible hedge", "", false},
		{"The ministry says that talks will resume.", "", "", false},
		{"Talks will resume.", "", "", true},
		{"If talks fail, the army will attack.", "", "", false},
		{"Attacks would follow on May 3.", "", "", false},
	} {
		r := Read(gazetteer.Default(), []byte("2 May 2026 06:00 UTC\nMENA ALERT: A test\nAssessments:\n- "+c.text+"\n"), Options{Scale: c.scale})
		j := r.Assessments[0]
		var got []string
		for _, l := range j.Likelihoods {
			s := l.Term
			switch {
			case l.Comparative:
				s += " comparative"
			case l.Hedge:
				s += " hedge"
			default:
				s += fmt.Sprintf(" %s %.2f-%.2f", l.Scale, l.Low, l.High)
			}
			if l.Negated {
				s += " negated"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "; "); s != c.want || j.Forecast != c.forecast {
			t.Errorf("%s\n got %q, forecast %v\nwant %q, %v", c.text, s, j.Forecast, c.want, c.forecast)
		}
	}
}

func TestCapitalsAndGovernments(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Washington rejected the offer of Tehran’s government.", "US* IR*"},
		{"Protests in Tehran spread to Washington.", "gn:112931 gn:4140963"},
		{"The rift between Moscow and Kyiv widened.", "RU* UA*"},
		{"Flights from Beirut airport stopped.", "iata:BEY"},
		{"Flights between Cairo and Beirut stopped; he left for Tehran.", "gn:360630 gn:276781 gn:112931"},
		{"Washington treats the matter as closed.", "US*"},
		{"Michael Jordan met Chad Smith.", ""},
	} {
		r := Read(gazetteer.Default(), []byte("2 May 2026 06:00 UTC\nWorld ALERT: A test\nCurrent Situation:\n- "+c.text+"\n"), Options{})
		var got []string
		for _, p := range r.Topics[0].Claims[0].Places {
			s := string(p.Area)
			if p.Metonym {
				s += "*"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

func TestAdviceInAScriptThatIsNotReadReachesItsGroup(t *testing.T) {
	rd := Read(gazetteer.Default(), []byte("05 Feb 2026\n11:56 UTC\nLebanon Alert: Roads closed in Beirut\nCurrent Situation:\n- On February 5, roads were closed.\n"+
		"Recommendations:\nLebanon:\n- تجنبوا وسط بيروت.\n- The situation is calm.\nAFFECTED AREA\nLebanon\nINCIDENT RISK LEVEL\nHigh\n"), Options{})
	if len(rd.Recommendations) != 1 || len(rd.Recommendations[0].Advice) != 2 {
		t.Fatalf("%+v", rd.Recommendations)
	}
	a := rd.Recommendations[0].Advice
	if len(a[0].Actions) != 1 || a[0].Actions[0].Action != vedette.OtherAction || a[0].Actions[0].Targets[0].Area != "LB" {
		t.Errorf("the Arabic line tells %+v; want other, in Lebanon", a[0].Actions)
	}
	if len(a[1].Actions) != 0 {
		t.Errorf("a remark tells %+v; want nothing", a[1].Actions)
	}
}

// What a heading of advice says besides a place holds for all that stands under
// it.
func TestAHeadingCanBeTheConditionOrTheAudience(t *testing.T) {
	for _, c := range []struct{ heading, text, condition, audience string }{
		{"In the event of strikes", "Shelter in place.", "In the event of strikes", ""},
		{"If sirens sound", "Take shelter until the all-clear.", "If sirens sound", ""},
		{"For US citizens in Iraq", "Leave the country.", "", "US citizens in Iraq"},
		{"In the event of strikes", "If at home, shelter in place.", "In the event of strikes; If at home", ""},
	} {
		a, _ := oneAdvice(t, c.heading, c.text)
		if a.Condition != c.condition || a.Audience != c.audience {
			t.Errorf("%s: %s\n got %q, %q", c.heading, c.text, a.Condition, a.Audience)
		}
	}
}

// Whose citizens a heading speaks to is not where its advice is for: "For US citizens" in
// a report of MENA is for those of them there.
func TestAHeadingForCitizensIsForWhereTheReportIs(t *testing.T) {
	for heading, want := range map[string]string{"For US citizens": "mena", "US citizens": "mena", "For US nationals": "mena", "For UK and US nationals": "mena", "For US staff": "mena", "For the UK": "GB", "For UK residents": "GB", "Travel to the US": "US", "For US citizens in Iran": "IR"} {
		a, _ := oneAdvice(t, heading, "Shelter in place.")
		if len(a.Actions) != 1 || len(a.Actions[0].Targets) != 1 || string(a.Actions[0].Targets[0].Area) != want {
			t.Errorf("under %q: %+v, want %s", heading, a.Actions, want)
		}
	}
}

// Whoever is in a place that a code names is not left out for a word that comes after it.
func TestAHeadingForThoseInAPlaceKeepsIt(t *testing.T) {
	for heading, want := range map[string]string{"Personnel in the UK and travelers to Iran": "GB IR", "In the UAE and Qatar, all staff": "AE QA", "In the UAE, travelers": "AE", "For the UK and travelers to Iran": "GB IR"} {
		a, _ := oneAdvice(t, heading, "Shelter in place.")
		var got []string
		for _, p := range a.Actions[0].Targets {
			got = append(got, string(p.Area))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("under %q: %v, want %s", heading, got, want)
		}
	}
}

// What is forbidden, needless or lifted is not told as an action.
func TestWhatIsDeniedIsNoAction(t *testing.T) {
	for text, want := range map[string]string{
		"Do not leave the country.":                      "other IQ",
		"There is no need to leave the country.":         "",
		"Employees should not evacuate Mosul.":           "other gn:99072",
		"The order to evacuate Mosul has been lifted.":   "",
		"Staff no longer need to shelter in place.":      "",
		"Shelter in place until the curfew is lifted.":   "shelter IQ",
		"Do not travel to Basra.":                        "avoid_all_travel gn:99532",
		"Travellers are advised not to travel to Basra.": "avoid_all_travel gn:99532",
		"Be ready to evacuate Mosul at short notice.":    "other gn:99072",
		"Evacuate Mosul before the order is lifted.":     "evacuate gn:99072",
	} {
		if a, _ := oneAdvice(t, "Iraq", text); inWords(a) != want {
			t.Errorf("%s\n got %q, want %q", text, inWords(a), want)
		}
	}
}

// A weekday until which an advice holds is still to come.
func TestALimitLiesAhead(t *testing.T) {
	a, _ := oneAdvice(t, "Iraq", "Avoid travel to Basra until Friday.")
	if a.Until == nil || a.Until.Date != "2026-05-08" {
		t.Errorf("until %+v", a.Until)
	}
}
