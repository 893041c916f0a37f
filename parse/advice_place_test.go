package parse

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// said writes an advice with names for areas: "leave El Fasher", "except Goma",
// "near 30 Goma".
func said(a vedette.Advice) string {
	g := gazetteer.Default()
	var out []string
	for _, act := range a.Actions {
		s := string(act.Action)
		for _, p := range act.Targets {
			s += " " + cmp.Or(g.Name(p.Area), "?")
		}
		out = append(out, s)
	}
	for _, p := range a.Except {
		out = append(out, "except "+g.Name(p.Area))
	}
	return strings.Join(out, "; ")
}

// Who is told what hangs on which places of a sentence an action is about.
func TestWhichPlacesAnActionIsAbout(t *testing.T) {
	for _, c := range []struct{ heading, text, want string }{
		// What a relative clause says of a thing takes nothing from the advice.
		{"Sudan", "Foreign nationals in El Fasher, which is besieged, should leave.", "leave El Fasher"},
		{"Nigeria", "Any staff in Kano, which remains under curfew, and in Jos should shelter in place.", "shelter Kano Jos"},
		{"DR Congo", "Avoid travel to North Kivu, which is under siege, except Goma.", "avoid_all_travel North Kivu; except Goma"},
		{"DR Congo", "Avoid travel to Goma, which is under siege, and Bukavu.", "avoid_all_travel Goma Bukavu"},
		{"Russia", "Refrain from filming the damage at Novorossiysk, which is an offense in Ukraine.", "low_profile Novorossiysk"},
		// Exceptions.
		{"Taiwan", "Avoid all travel to Taiwan, Taipei excepted.", "avoid_all_travel Taiwan; except Taipei"},
		{"Nigeria", "Leave Kano (diplomats excepted).", "leave Kano"},
		{"Nigeria", "Stay indoors with essential workers excepted.", "shelter Nigeria"},
		{"DR Congo", "Avoid all travel to North Kivu. Goma is not excepted.", "avoid_all_travel North Kivu"},
		{"Haiti", "Avoid all travel to Haiti apart from Cap-Haïtien and Ouanaminthe.", "avoid_all_travel Haiti; except Cap-Haïtien; except Ouanaminthe"},
		{"DR Congo", "Avoid all travel to Ituri, with Bunia the only exception.", "avoid_all_travel Ituri; except Bunia"},
		{"DR Congo", "Avoid all travel to Ituri, Bunia being the only exception.", "avoid_all_travel Ituri; except Bunia"},
		{"DR Congo", "Defer all travel to Ituri, Bunia aside.", "avoid_all_travel Ituri; except Bunia"},
		{"DR Congo", "Avoid all travel to Ituri outside Bunia.", "avoid_all_travel Ituri; except Bunia"},
		{"DR Congo", "Limit movement outside Goma and Bukavu to essential trips.", "avoid_nonessential_travel Democratic Republic of the Congo; except Goma; except Bukavu"},
		{"DR Congo", "Avoid the area outside Goma airport.", "avoid_places Goma International Airport"},
		{"DR Congo", "Avoid all travel to Ituri and, unless it is essential, to Goma.", "avoid_all_travel Ituri Goma"},
		{"DR Congo", "Avoid travel anywhere but Kinshasa.", "avoid_all_travel Democratic Republic of the Congo; except Kinshasa"},
		{"DR Congo", "Apart from Kinshasa, all provinces should be avoided.", "avoid_places Democratic Republic of the Congo; except Kinshasa"},
		{"DR Congo", "Those not in Goma should stay away.", "other Democratic Republic of the Congo"},
		{"DR Congo", "Anyone still in Goma should leave today.", "leave Goma"},
		{"DR Congo", "Do not shelter in place in Goma; leave at once.", "leave Goma"},
		{"Sudan", "Avoid El Obeid if at all possible, and Kosti altogether.", "avoid_places El Obeid Kosti"},
		{"Sudan", "Staff in Port Sudan but not in Kassala should check in daily.", "check_in Port Sudan; except Kassala"},
		{"Sudan", "As in Khartoum, residents of Omdurman should stay indoors.", "shelter Omdurman"},
		{"Sudan", "No movement outside Port Sudan after 18:00.", "avoid_all_travel Sudan; except Port Sudan"},
		{"Sudan", "No staff should enter Darfur.", "avoid_places Darfur"},
		{"Sudan", "Under no circumstances travel to El Geneina.", "avoid_all_travel Geneina"},
		{"Sudan", "Return to Khartoum is not advised.", "avoid_all_travel Khartoum"},
		{"Sudan", "Only travel to Port Sudan by air.", "other Port Sudan"},
		// Where those live whom it is for; where they go is for nobody there.
		{"DR Congo", "Goma and Bukavu residents should evacuate; Uvira residents should prepare to do so.", "evacuate Goma Bukavu Uvira"},
		{"DR Congo", "Goma-based staff should move to Bukavu.", "other Goma"},
		{"DR Congo", "Staff in Goma who hold valid visas should cross to Gisenyi.", "other Goma"},
		{"DR Congo", "Security teams should remain in Goma; everyone else should leave.", "stay_put Goma; leave Goma"},
		{"DR Congo", "Offices in Bukavu may remain open, while those in Goma should close.", "suspend_operations Goma"},
		{"DR Congo", "Avoid leaving Goma after dark.", "other Goma"},
		{"DR Congo", "Avoid all travel to Goma (30 km from Sake).", "avoid_all_travel Goma"},
		{"Yemen", "Leave for Djibouti.", "leave Yemen"},
		{"Yemen", "If staff are in Sanaa, shelter; if in Aden, prepare to leave by sea.", "shelter Sanaa; leave Aden"},
		// Whose citizens people are tells nothing of where they are.
		{"Yemen", "Foreign nationals, particularly those from the US, UK and Israel, should leave.", "leave Yemen"},
		{"Yemen", "Foreign nationals, particularly in Sanaa, should leave.", "leave Yemen Sanaa"},
		{"Yemen", "Expect US strikes near Hodeidah.", "expect_disruption Hodeidah"},
		{"Yemen", "Ships with links to Israel, the US or the UK should avoid the southern Red Sea and the Gulf of Aden.", "avoid_places Red Sea Gulf of Aden"},
		{"Yemen", "Overflight of Yemen should be avoided; reroute via Saudi Arabia or Oman.", "avoid_places Yemen"},
		{"Yemen", "In the event of strikes on Hodeidah, stay away from the port there.", "avoid_places Hodeidah"},
		{"Kenya", "Nobody should leave Kisumu before the curfew ends.", "other Kisumu"},
		{"Kenya", "Avoid Kisumu airport, using Eldoret instead.", "avoid_places Kisumu Airport"},
		{"Kenya", "Avoid downtown Nairobi on Wednesday and Thursday, and Mombasa on Friday.", "avoid_places Nairobi Mombasa"},
		{"Kenya", "Guests should stay indoors (Lamu, Malindi).", "shelter Lamu Malindi"},
		{"Kenya", "Stay indoors: Lamu, Malindi.", "shelter Lamu Malindi"},
		{"Kenya", "Avoid travel to the capital until protests end.", "avoid_all_travel Nairobi"},
		{"Sudan", "Staff in the Riyadh district of Khartoum should leave.", "leave Khartoum"},
		{"Ukraine", "Aid workers in Pokrovsk, Myrnohrad and other towns within 20 km of the front should evacuate to Dnipro.", "evacuate Pokrovsk Myrnohrad"},
		{"Ukraine", "All sites in Dnipro should test generators and those in Zaporizhzhia should close.", "suspend_operations Zaporizhzhia"},
		{"Ukraine", "As Kharkiv is under fire, do not go there.", "avoid_all_travel Kharkiv"},
		{"Ukraine", "Kharkiv and Sumy remain under threat; stay away from windows.", "other Ukraine"},
		{"Ukraine", "Kyiv office staff should report in by noon on Monday.", "check_in Kyiv"},
		{"Ukraine", "Offices in Kyiv should open late on Monday.", "other Kyiv"},
		{"Kenya", "Should protests form in Kisumu, keep a low profile.", "low_profile Kisumu"},
		{"Kenya", "Should protests in Kisumu spread, keep a low profile.", "low_profile Kenya"},
		{"Kenya", "If fighting breaks out in Kisumu, leave the country.", "leave Kenya"},
		{"Iraq", "Staff in Basra should leave but those in Mosul should stay indoors.", "leave Basra; shelter Mosul"},
		{"Iraq", "Staff in Basra should leave, with those in Mosul to shelter.", "leave Basra; shelter Mosul"},
		{"Iraq", "Avoid not only Basra but also Mosul.", "avoid_places Basra Mosul"},
		{"Iraq", "Visitors should postpone trips to Basra, and residents of Basra should stock food.", "suspend_operations Basra; take_precautions Basra"},
		{"Lebanon", "It is too late to leave Tyre by road; shelter.", "shelter Tyre"},
		{"Lebanon", "It is not safe to leave Tyre.", "other Tyre"},
		{"Lebanon", "Staff unable to leave Tyre should shelter away from windows.", "shelter Tyre"},
		{"Lebanon", "Those who left Tyre should stay indoors.", "shelter Lebanon"},
		{"Lebanon", "Unless already in Tyre, avoid the city.", "avoid_places Tyre"},
		{"Lebanon", "Arrive at Beirut airport four hours early.", "expect_disruption Beirut Rafic Hariri International Airport"},
		{"Ecuador", "Leaving Guayaquil is not necessary.", ""},
		{"Ecuador", "Leaving Esmeraldas is not advised.", "other Esmeraldas"},
		{"Ecuador", "Leaving Esmeraldas is strongly advised.", "leave Esmeraldas"},
		{"Ecuador", "Do not wait to leave Esmeraldas.", "leave Esmeraldas"},
		{"Ecuador", "We advise against all travel to Esmeraldas and all but essential travel to Guayaquil.", "avoid_all_travel Esmeraldas; avoid_nonessential_travel Guayaquil"},
		{"Ecuador", "Resume travel to Guayaquil but not to Esmeraldas.", "travel_with_caution Guayaquil; except Esmeraldas"},
		// What is weighed, planned for or may be ordered is not told.
		{"Bangladesh", "Decide now whether to leave Dhaka.", "other Dhaka"},
		{"Bangladesh", "Whether you stay in Dhaka or leave, tell your embassy.", "other Bangladesh"},
		{"Bangladesh", "Review plans to leave Dhaka.", "update_plans Bangladesh"},
		{"Bangladesh", "Expect a curfew in Dhaka and orders to stay indoors.", "expect_disruption Dhaka"},
		{"Bangladesh", "Authorities may order people to leave Khulna.", "other Khulna"},
		{"Bangladesh", "Heed orders to leave Khulna.", "follow_authorities Bangladesh; leave Khulna"},
		{"Bangladesh", "If a rally forms, leave the area.", "avoid_places Bangladesh"},
		// Each is told what is said to them.
		{"Pakistan", "Tell staff in Bannu to leave and staff in Peshawar to stay indoors.", "leave Bannu; shelter Peshawar"},
		{"Pakistan", "Staff in Bannu should leave and those in Peshawar stay indoors.", "leave Bannu; shelter Peshawar"},
		{"Pakistan", "Ask teams in Bannu to shelter, those in Tank to leave, and those in Peshawar to wait.", "shelter Bannu; leave Tank"},
		{"Pakistan", "Tell staff to avoid Bannu and to stay in Peshawar.", "avoid_places Bannu; stay_put Peshawar"},
		{"Pakistan", "Travel between Islamabad and Peshawar should be by motorway only.", "other Islamabad Peshawar"},
		{"Pakistan", "Avoid central Lahore (Friday) and Rawalpindi (Saturday).", "avoid_places Lahore Rawalpindi"},
		// Each clause has its own place.
		{"Kenya", "In Nairobi avoid protests; in Mombasa avoid the port.", "avoid_places Nairobi Mombasa"},
		{"DR Congo", "In Goma, shelter in place; in Bukavu, leave; elsewhere, monitor media.", "shelter Goma; leave Bukavu; monitor Democratic Republic of the Congo"},
		{"DR Congo", "If you are in Goma, shelter in place; if you are in Bukavu, leave.", "shelter Goma; leave Bukavu"},
		{"DR Congo", "Goma: shelter in place. Bukavu and Beni: leave.", "shelter Goma; leave Bukavu Beni"},
		{"DR Congo", "There are no restrictions on travel to Kinshasa, but Goma should be avoided.", "no_restriction Kinshasa; avoid_places Goma"},
		{"DR Congo", "Avoid Goma in favor of Bukavu.", "avoid_places Goma"},
		{"DR Congo", "Avoid all travel to Goma, from where people flee to Bukavu.", "avoid_all_travel Goma"},
		{"DR Congo", "Those in Goma should shelter; all others should leave the province.", "shelter Goma; leave Democratic Republic of the Congo"},
		{"DR Congo", "In Kinshasa and Goma, avoid protests, and in Bukavu, stay indoors.", "avoid_places Kinshasa Goma; shelter Bukavu"},
		{"DR Congo", "Kinshasa - exercise caution. Goma - avoid all travel.", "take_precautions Kinshasa; avoid_all_travel Goma"},
		{"DR Congo", "Do not visit Goma or Bukavu.", "avoid_places Goma Bukavu"},
		// Passives.
		{"DR Congo", "Both Goma and Bukavu should be avoided.", "avoid_places Goma Bukavu"},
		{"DR Congo", "Travel should be avoided to Goma, Bukavu, and Beni.", "avoid_all_travel Goma Bukavu Beni"},
		{"Mozambique", "Nonessential travel to Pemba should be avoided, and flights into Nampula are preferable.", "avoid_nonessential_travel Pemba"},
		// Distances.
		{"DR Congo", "Avoid travel within 30 km of Goma and Bukavu.", "avoid_all_travel Goma Bukavu"},
		{"DR Congo", "Avoid travel to Butembo and within 30 km of Goma.", "avoid_all_travel Butembo Goma"},
		{"Nigeria", "Residents within 10 km of Jos should evacuate, and those in Bauchi should shelter.", "evacuate Jos; shelter Bauchi"},
		{"DR Congo", "Relocate staff to premises within 10 km of Entebbe.", "relocate Democratic Republic of the Congo"},
		{"DR Congo", "Avoid nonessential travel; within 5 km of Goma, stay indoors.", "avoid_nonessential_travel Democratic Republic of the Congo; shelter Goma"},
		{"Benin", "Avoid all travel to areas within 10 km of the border with Niger.", "avoid_all_travel Benin"},
		// Where people come from or go to is not where they are.
		{"Nigeria", "Monitor media; citizens from Ghana should leave.", "monitor Nigeria; leave Nigeria"},
		{"Nigeria", "Shelter in place; staff waiting for flights to Accra should stay at home.", "shelter Nigeria; stay_put Nigeria"},
		{"Israel", "Vessel operators with links to Iran should suspend transits.", "suspend_operations Israel"},
		{"Lebanon", "Foreign nationals should leave by commercial flight from Beirut.", "leave Lebanon"},
		{"Mali", "Avoid all travel to Mali, including transit from Senegal, Ivory Coast and Guinea.", "avoid_all_travel Mali"},
		{"Sudan", "Avoid travel from Kosti to Rabak and from Sennar to Rabak.", "avoid_all_travel Kosti Rabak Sinnar"},
		{"Argentina", "Steer clear of the march in Córdoba; travelers bound for EZE should allow for delays.", "avoid_places Córdoba; expect_disruption Minister Pistarini International Airport"},
		{"Georgia", "Steer clear of demonstrations in Tbilisi and expect road closures there.", "avoid_places Tbilisi; expect_disruption Tbilisi"},
		// What is beyond a border is not meant.
		{"DR Congo", "Avoid Goma, the border crossings with Rwanda and Uganda.", "avoid_places Goma"},
		// Lists of divisions.
		{"Cameroon", "Avoid travel to the Northwest and Southwest regions and the East region.", "avoid_all_travel North-West South-West East"},
		{"Ethiopia", "Avoid travel to the Amhara, Oromia and Somali regions, Harar and Dire Dawa.", "avoid_all_travel Amhara Oromia Somali Harar Dire Dawa"},
		{"Ireland", "Those in counties Mayo and Clare should shelter indoors.", "shelter Mayo Clare"},
		// An exception or a condition between commas ends where somebody is told.
		{"Ukraine", "Foreign nationals in Sumy, except journalists, are advised to leave.", "leave Sumy"},
		{"Ukraine", "Residents of Kherson, unless told otherwise, must stay indoors.", "shelter Kherson"},
		{"Ukraine", "Travelers in Lviv can move freely, but those in Odesa must shelter in place.", "shelter Odesa"},
		{"Ukraine", "Leave Kherson now; if you cannot, shelter in place.", "leave Kherson; shelter Kherson"},
		// Nobody is dropped for a place that is singled out.
		{"Ukraine", "Avoid large gatherings, particularly in Kyiv.", "avoid_places Ukraine Kyiv"},
		// What no table knows is told where it is told.
		{"Ukraine", "Those in Kharkiv should descend to the metro.", "other Kharkiv"},
		// What others do is no advice.
		{"Nigeria", "Expect police to close sites.", "expect_disruption Nigeria"},
		{"Nigeria", "Monitor rebel movements, which may resume.", "monitor Nigeria"},
		{"Nigeria", "Avoid places where gunmen hide in Kano.", "avoid_places Nigeria"},
	} {
		a, _ := oneAdvice(t, c.heading, c.text)
		if got := said(a); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.heading, c.text, got, c.want)
		}
	}
}

// An hour of every night is no end; one that is past today is tomorrow's.
func TestWhenAnHourEndsAnAdvice(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Stay indoors from 22:00 until 05:00 nightly.", ""},
		{"Observe the curfew from 19:00 till 05:00 daily.", ""},
		{"Stay indoors between 22:00 and 05:00.", ""},
		{"Shelter until midnight.", "2026-05-02T21:00Z"},
		{"Shelter until 08:00.", "2026-05-03T05:00Z"},
		{"Shelter until 08:00 on May 4.", "2026-05-04T05:00Z"},
		// No part of it lapses before the last.
		{"Avoid Kisumu until 08:00 on May 4 and Nairobi until 20:00 on May 6.", "2026-05-06T17:00Z"},
		{"Avoid Kisumu until 08:00 on May 4. Avoid Nairobi until further notice.", ""},
	} {
		a, _ := oneAdvice(t, "Kenya", c.text)
		got := ""
		if a.Until != nil && a.Until.At != nil {
			got = a.Until.At.Format("2006-01-02T15:04Z")
		}
		if got != c.want {
			t.Errorf("%s\n got until %q, want %q", c.text, got, c.want)
		}
	}
}

// A place that the report has nothing to do with, and a name that is no known
// place, are asked about before anybody is told.
func TestDoubtsAboutWhereBlock(t *testing.T) {
	for _, c := range []struct {
		heading, text string
		want          vedette.FindingCode
	}{
		{"Mozambique", "Avoid all travel to Salamanca.", vedette.FindAmbiguousPlace},
		{"France", "Do not enter Montmartre.", vedette.FindUnknownPlace},
		{"France", "Avoid all travel to Lyon.", ""},
		{"Red Sea", "Avoid calls at Jeddah.", ""},
		{"Russia", "Avoid all travel to Kharkiv.", ""},
		{"Kosovo", "Steer clear of KFOR and police convoys.", ""},
	} {
		_, r := oneAdvice(t, c.heading, c.text)
		got := vedette.FindingCode("")
		for _, f := range r.Findings {
			if f.Blocks {
				got = f.Code
			}
		}
		if got != c.want {
			t.Errorf("%s: %s: blocks with %q, want %q", c.heading, c.text, got, c.want)
		}
	}
}

// What a sentence tells beyond what is read of it lends its places to nothing
// before it, and a person is asked.
func TestTheLastActionReadTakesNoPlaceOfTheNext(t *testing.T) {
	a, r := oneAdvice(t, "Haiti", strings.Repeat("Shelter in Jacmel, ", 64)+"evacuate from Hinche.")
	if got, want := said(a), "shelter Jacmel"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !slices.ContainsFunc(r.Findings, func(f vedette.Finding) bool { return f.Code == vedette.FindTooLong && f.Blocks }) {
		t.Errorf("no finding that blocks: %+v", r.Findings)
	}
}

// Those in a town that is not known are not the whole country: a finding asks.
func TestWhomAnAdviceIsForInAPlaceThatIsNotKnown(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Residents of Ruritania should evacuate.", "evacuate ?"},
		{"Residents of Ruritania and Kassala should evacuate.", "evacuate Kassala ?"},
		{"People living in the Jebel Aulia area south of Khartoum should evacuate.", "evacuate ?"},
		{"Staff in the Riyadh district of Khartoum should leave.", "leave Khartoum"},
		{"Anyone in Kassala should check in; anyone in Ruritania should leave.", "check_in Kassala; leave ?"},
		{"Staff in KFOR camps should stay indoors.", "shelter Sudan"},
		{"Members of Parliament should stay indoors.", "shelter Sudan"},
		{"Staff around Rama Road should stay indoors.", "shelter Sudan"},
	} {
		a, r := oneAdvice(t, "Sudan", c.text)
		if got := said(a); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
		asks := slices.ContainsFunc(r.Findings, func(f vedette.Finding) bool { return f.Code == vedette.FindUnknownPlace && f.Blocks })
		if asks != strings.Contains(c.want, "?") {
			t.Errorf("%q: findings %v", c.text, r.Findings)
		}
	}
}
