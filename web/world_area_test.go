package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"vedette"
	"vedette/desk"
)

func TestThePageOfACountry(t *testing.T) {
	w := newWorld(t)
	w.stand()
	w.now = w.now.Add(73 * time.Hour)
	w.set("Libya", vedette.ReconsiderTravel, "", "the front has moved")
	_, err := w.desk.AddTrip(w.ctx, "Bo Lindqvist", []vedette.Stay{{Area: "LY", From: w.now.Add(30 * time.Hour), To: w.now.Add(50 * time.Hour)}})
	must(t, err)
	page := w.get("/world/LY")
	wants(t, page, "Libya reconsider travel", "set by ليلى حداد : the front has moved", "country As of 15 Mar 2026, 23:20 EET (21:20 UTC)",
		"Open situations 1 1 high Dock walk-out closes Tunisian ports from 12 March update 2", "2 in 0 may be in 1 arriving within 7 days", "Trips to come 1", "Bo Lindqvist , Libya",
		// from when until when, by whom, why, by which update
		"reconsider travel from 15 Mar 2026 21:20 UTC , just now set by ليلى حداد : the front has moved",
		"avoid all travel from 11 Mar 2026 18:20 UTC , 4 days ago until 15 Mar 2026 21:20 UTC (4 days) update 1 of Dock walk-out",
		"No provider’s or government’s advice is noted for Libya", "Tripoli, Libya : travel with caution", "Sites 1 Tripoli house", "Other updates 1", "All updates that concern Libya")
	for _, want := range []string{`href="/who/people?where=LY&amp;stand=in"`, `href="/trips?area=LY"`, `href="/?area=LY"`, `href="/posture/LY"`, `href="/world/maghreb"`, `class="mark mark-site"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	wants(t, w.get("/world/TN"), "FCDO : reconsider travel", "وزارة الخارجية : travel with caution")
	// What is set for a wider place holds in a city, and its history is there.
	wants(t, w.get("/world/gn:88319"), "Benghazi, Libya reconsider travel set for Libya", "Nothing was ever set for Benghazi, Libya itself. What stands is set for Libya", "city")
	wants(t, w.get("/world/red-sea"), "Red Sea no posture stands here", "no posture of ours stands", "No situation is open here.", "Nothing was ever set for Red Sea itself.")
}

// An area nobody knows is said to be unknown; nothing is shown of it.
func TestAnUnknownAreaIsSaidSo(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/world/ATLANTIS", "/world/%3Cscript%3E", "/world/ATLANTIS/calendar.ics"} {
		if rec := w.ask("GET", path, ""); rec.Code != http.StatusNotFound || !strings.Contains(text(rec.Body.String()), "No area is known as") {
			t.Errorf("%s: %d %s", path, rec.Code, text(rec.Body.String()))
		}
	}
}

// What is announced is there in the clock of the place and as a calendar, and goes when it
// is over.
func TestWhatIsToComeInACountry(t *testing.T) {
	w := newWorld(t)
	w.publish(harbours())
	wants(t, w.get("/world/TN"), "To come 1 12 Mar 2026 06:00 CET (05:00 UTC) in 10 h On 10 March the dockers’ union said that all shifts stop at 06:00 on 12 March. the dockers’ union : stated · update 1 of Dock walk-out")
	rec := w.ask("GET", "/world/TN/calendar.ics", "")
	cal, err := ics.ParseCalendar(strings.NewReader(rec.Body.String()))
	must(t, err)
	if got := rec.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/calendar") || len(cal.Events()) != 1 {
		t.Fatalf("%s, %d events:\n%s", got, len(cal.Events()), rec.Body.String())
	}
	if at, err := cal.Events()[0].GetStartAt(); err != nil || !at.Equal(time.Date(2026, 3, 12, 5, 0, 0, 0, time.UTC)) {
		t.Errorf("it begins %v, %v", at, err)
	}
	wants(t, w.get("/world/EG"), "No update that stands says that anything is scheduled here.")
	w.now = w.now.Add(24 * time.Hour)
	wants(t, w.get("/world/TN"), "No update that stands says that anything is scheduled here.")
}

// A restricted person is counted, and named to nobody who may not know them; a machine
// that may not see people sees the page without them.
func TestACountryNamesNobodyRestricted(t *testing.T) {
	w := newWorld(t)
	w.publish(harbours())
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country,restricted\nXenia Quorvale,xq@people.example.org,Tunis,TN,yes\n"), desk.ImportOptions{})
	must(t, err)
	_, err = w.desk.AddTrip(w.ctx, "xq@people.example.org", []vedette.Stay{{Area: "LY", From: w.now.Add(30 * time.Hour), To: w.now.Add(50 * time.Hour), Name: "Hotel Quorvale"}})
	must(t, err)
	w.user("ada", vedette.RoleAdministrator)
	w.user("ben", vedette.RoleAnalyst)
	ben := w.signs("ben")
	page := w.ask("GET", "/world/LY", "", "Cookie", ben).Body.String()
	wants(t, page, "1 arriving within 7 days", "Trips to come 1", "(restricted person)")
	if strings.Contains(page, "Quorvale") || strings.Contains(page, "xq@") {
		t.Error("a restricted person is named")
	}
	if page := w.ask("GET", "/world", "", "Cookie", ben).Body.String(); strings.Contains(page, "Quorvale") {
		t.Error("a restricted person is named")
	}
	page = w.ask("GET", "/world/LY", "", "Authorization", w.machine("board", "look")).Body.String()
	wants(t, page, "Libya avoid all travel", "Tripoli house")
	for _, never := range []string{"Our people", "Trips to come", "/who/people", "/who?area", "restricted person", `href="/sites/`} {
		if strings.Contains(page, never) {
			t.Errorf("a machine that may not see people sees %q", never)
		}
	}
}

// What somebody wrote is shown as text, whatever it is.
func TestHostileTextStaysTextOnTheMap(t *testing.T) {
	w := newWorld(t)
	u := harbours()
	u.Content.Headline, u.Content.Title, u.Content.Topics[0].Claims[0].Text = hostile, hostile, hostile
	w.publish(u)
	w.set("Libya", vedette.ReconsiderTravel, hostile, hostile)
	for _, path := range []string{"/world", "/world/LY", "/world/TN"} {
		for _, bad := range []string{"<script>", "<img src=x", "\u202e", "\u2066", "\x00", "\x1b"} {
			if strings.Contains(w.get(path), bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
	}
}
