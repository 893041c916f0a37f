package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

func TestAnEmptyWorldTeaches(t *testing.T) {
	w := newWorld(t)
	page := w.get("/world")
	wants(t, page, "Nothing yet: publishing an update puts its situation here", "No situation is open.", "No posture stands anywhere yet", "a border that is disputed")
	if !strings.Contains(page, `href="/world" aria-current="page"`) {
		t.Error("the navigation does not say where one is")
	}
	if strings.Contains(page, "<table") || strings.Contains(page, `class="pin"`) {
		t.Error("an empty world has no table and no pins")
	}
}

func TestTheWorldSaysWhatStandsAndWhatIsOpen(t *testing.T) {
	w := newWorld(t)
	w.stand()
	hot := harbours()
	hot.Content.Headline, hot.Content.Risk, hot.Content.Affected, hot.Content.Recommendations = "Shelling in Benghazi", vedette.RiskExtreme, []vedette.Place{place("Benghazi", "gn:88319")}, nil
	w.publish(hot)
	drill := harbours()
	drill.Status = vedette.StatusExercise
	w.publish(drill)
	page := w.get("/world")
	wants(t, page, "1 extreme Shelling in Benghazi", "2 high Dock walk-out closes Tunisian ports from 12 March", "1 exercise or test stands besides",
		// the worst advice is first; what is set for a part is said with its country; people are linked
		"Country or sea Ours Since Open People Libya avoid all travel Tripoli : travel with caution", "2 open 2 in Tunisia avoid non-essential travel", "1 open 5 in Algeria reconsider non-essential travel",
		"avoid all travel: 1 country or sea", "travel with caution: 1 part of a country")
	for _, want := range []string{`href="/who/people?where=LY&amp;stand=in"`, `href="/world/LY#open"`, `<li id="s1">`, `href="#s1"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(text(page), "EXERCISE Dock") {
		t.Error("an exercise is among what is open")
	}
}

var groundAt = regexp.MustCompile(`/world-map/[0-9a-f]+\.(?:light|dark)\.svg`)

// The ground of the map is kept by its digest, another once the advice is another, and
// drawn in both themes.
func TestTheGroundOfTheMapIsKept(t *testing.T) {
	w := newWorld(t)
	w.stand()
	was := groundAt.FindAllString(w.get("/world"), -1)
	if len(was) != 2 {
		t.Fatalf("the page has the grounds %v", was)
	}
	fills := map[string]string{}
	for _, at := range was {
		rec := w.ask("GET", at, "")
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(rec.Header().Get("Cache-Control"), "private, max-age=31536000, immutable") {
			t.Errorf("%s: %d, %v", at, rec.Code, rec.Header())
		}
		fills[rec.Body.String()] = at
	}
	if len(fills) != 2 {
		t.Error("light and dark are one")
	}
	w.set("Libya", vedette.ReconsiderTravel, "", "the front has moved")
	if is := groundAt.FindAllString(w.get("/world"), -1); is[0] == was[0] {
		t.Error("the advice is another, and the map the same")
	}
	if rec := w.ask("GET", was[0], ""); rec.Code != http.StatusOK || rec.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("the old address: %d, %v", rec.Code, rec.Header())
	}
	if rec := w.ask("GET", "/world-map/x.png", ""); rec.Code != http.StatusNotFound {
		t.Errorf("no such file: %d", rec.Code)
	}
}

// What is over, or stopped, is open no more, and whoever comes is counted at once.
func TestTheWorldFollowsWhatHappens(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	wants(t, w.get("/world"), "Open situations 1", "5 in")
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country\nHana Sato,hana@people.example.org,Sfax,TN\n"), desk.ImportOptions{})
	must(t, err)
	wants(t, w.get("/world"), "6 in")
	w.now = w.now.Add(time.Hour)
	_, err = w.desk.Cancel(w.ctx, desk.CancelOrder{Update: u.ID, Why: vedette.CancelOver, Reason: "the ports work again"})
	must(t, err)
	wants(t, w.get("/world"), "No situation is open.", "avoid all travel") // posture falls only by a person
}

// Whoever may not see people sees the world without them.
func TestAMachineSeesTheWorldWithoutPeople(t *testing.T) {
	w := newWorld(t)
	w.stand()
	w.user("ada", vedette.RoleAdministrator)
	page := w.ask("GET", "/world", "", "Authorization", w.machine("board", "look"))
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "avoid all travel") || strings.Contains(page.Body.String(), "/who/people") || strings.Contains(text(page.Body.String()), "2 in") {
		t.Errorf("%d: %s", page.Code, text(page.Body.String()))
	}
}
