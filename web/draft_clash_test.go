package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

const noTravelText = `Tunisia Alert: Fighting at the ports; stay away
11 Mar 2026 12:00 UTC
Current Situation:
- Officials said on 11 March that there is fighting in the ports.
Recommendations:
- Avoid all travel to Tunisia.
AFFECTED AREA
Tunisia
INCIDENT RISK LEVEL
High
`

var (
	clashPlaceAt  = regexp.MustCompile(`<li id="to(\d+)"><span class="pinno" aria-hidden="true">\d+</span> <span>[\x{2068}]?([^<\x{2069}]+)[\x{2069}]?: (\d+) trips?</span>`)
	clashGroundAt = regexp.MustCompile(`/drafts/[0-9A-Za-z-]+/clashes/[0-9a-f]+\.(?:light|dark)\.svg\?[^" ]+`)
	clashOver     = regexp.MustCompile(`(?s)<svg [^>]*class="map over".*?</svg>`)
)

// at is the area of a name.
func (w *world) at(name string) vedette.AreaID {
	w.t.Helper()
	a, err := w.gaz.Find(name)
	must(w.t, err)
	return a.ID
}

// noTravel keeps a draft that advises against all travel to Tunisia, where four of ours
// go to two cities; kim is more of the row of one of them: columns, and what is in them.
func (w *world) noTravel(kim string) (page string) {
	w.t.Helper()
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader(travellersFile+"Xenia Quorvale,xq@people.example.org,,FR\n"), desk.ImportOptions{})
	must(w.t, err)
	_, err = w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,country,restricted\nXenia Quorvale,xq@people.example.org,FR,yes\n"), desk.ImportOptions{})
	must(w.t, err)
	tunis, sfax := w.at("Tunis"), w.at("Sfax")
	for name, area := range map[string]vedette.AreaID{"Hanna Weiss": tunis, "Ivo Marin": tunis, "Kim Berg": tunis, "Xenia Quorvale": sfax} {
		w.travels(name, area)
	}
	columns, fields, _ := strings.Cut(kim, "=")
	_, err = w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country"+columns+"\nKim Berg,kim@people.example.org,Tunis,TN"+fields+"\n"), desk.ImportOptions{})
	must(w.t, err)
	d, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(noTravelText), Origin: "alert.txt"}, By: "Ana"})
	must(w.t, err)
	return draftAddress(d.Update.ID)
}

// The trips that a draft advises against are on a map, by where they go, and in a list
// that says the same; each name has the number of its place.
func TestTripsADraftAdvisesAgainstAreOnAMap(t *testing.T) {
	w := newWorld(t)
	at := w.noTravel("")
	page := w.get(at)
	wants(t, page, "Trips into a place it advises to avoid: 4", "1 Tunis, Tunisia: 3 trips", "2 Sfax, Tunisia: 1 trip", "2 (restricted person): Sfax, Tunisia from 14 Mar 2026", "Map: where trips go that it advises against",
		"By number: 1: Tunis, Tunisia; 2: Sfax, Tunisia.")
	if got := clashPlaceAt.FindAllStringSubmatch(page, -1); len(got) != 2 || got[0][1] != "1" || got[1][2] != "Sfax, Tunisia" {
		t.Errorf("the list has %q", got)
	}
	over := clashOver.FindString(page)
	if strings.Count(over, `class="pin"`) != 2 || !strings.Contains(over, `href="#to2"`) {
		t.Errorf("the map has not a number for each place: %s", over)
	}
	for _, beside := range []string{"/reading", "/tells"} {
		wants(t, w.get(at+beside), "1 Tunis, Tunisia: 3 trips")
	}
	if strings.Contains(page, "Xenia") {
		t.Error("a restricted person is named")
	}
	// The ground is a file, kept by its digest: it has what is advised, and nobody.
	files := clashGroundAt.FindAllString(strings.ReplaceAll(page, "&amp;", "&"), -1)
	if len(files) != 2 {
		t.Fatalf("the page has the grounds %v", files)
	}
	for _, file := range files {
		rec := w.ask("GET", file, "")
		if rec.Code != http.StatusOK || !strings.Contains(rec.Header().Get("Cache-Control"), "immutable") || !strings.Contains(rec.Body.String(), "url(#") || strings.Contains(rec.Body.String(), "<text") {
			t.Errorf("%s: %d %v", file, rec.Code, rec.Header())
		}
	}
	w.posts(at, form(1, "Ben", "circle", "36.8,10.18,30,extreme,the port"), http.StatusSeeOther)
	if rec := w.ask("GET", files[0], ""); rec.Code != http.StatusOK || rec.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("the map of a draft that is another now: %d %v", rec.Code, rec.Header())
	}
	if again := clashGroundAt.FindString(strings.ReplaceAll(w.get(at), "&amp;", "&")); again == files[0] {
		t.Error("something is drawn, and the ground is the same")
	}
	for _, file := range []string{at + "/clashes/x.png", at + "/clashes/x.light.svg?at=999,1&span=5"} {
		if rec := w.ask("GET", file, ""); rec.Code != http.StatusNotFound && rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", file, rec.Code)
		}
	}
}

// Where somebody is is never on the map, even where the exact point is known.
func TestTheMapOfTripsHasNobodysPoint(t *testing.T) {
	without, with := newWorld(t), newWorld(t)
	plain := clashOver.FindString(without.get(without.noTravel("")))
	exact := clashOver.FindString(with.get(with.noTravel(",latitude,longitude=,36.95,10.42")))
	if plain == "" || plain != exact {
		t.Errorf("the map goes by somebody's point:\n%s\n%s", plain, exact)
	}
}

// A draft that no trip clashes with has no such map.
func TestADraftWithoutClashesHasNoMapOfTrips(t *testing.T) {
	w := newWorld(t)
	base, _ := w.drafted()
	if page := w.get(base); strings.Contains(page, "/clashes/") {
		t.Error("there is a map of no trips")
	}
}
