package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// sends posts a form with a file, as a browser does.
func (w *world) sends(path, name, file string, pairs ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		must(w.t, m.WriteField(pairs[i], pairs[i+1]))
	}
	part, err := m.CreateFormFile("file", name)
	must(w.t, err)
	_, err = part.Write([]byte(file))
	must(w.t, err)
	must(w.t, m.Close())
	return w.ask("POST", path, b.String(), "Content-Type", m.FormDataContentType())
}

// phone is somebody's number.
func (w *world) phone(name string) string {
	p := w.person(name)
	return p.Record.Phone()
}

// keyIn is the secret of the file that a page looked at.
func keyIn(page string) string {
	m := regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	return m[1]
}

const moreFile = `name,email,mobile,country,city
Bo Lindqvist,bo@people.example.org,+46701234567,Tunisia,Tunis
New One,new@people.example.org,,Jordan,Amman
<b>Bad</b>,bad at people,,Jordan,
`

func TestAFileIsLookedAtBeforeItIsTakenIn(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/people/import"), "Take in people", "at most 16 MB")
	rec := w.sends("/people/import", `more"<i>.csv`, moreFile, "do", "look")
	page := rec.Body.String()
	if rec.Code != http.StatusOK || strings.Contains(page, "<b>Bad") || strings.Contains(page, "<i>") {
		t.Fatalf("%d %s", rec.Code, text(page))
	}
	wants(t, page, "Nothing is saved yet.", "1 new", "1 changed", "line 4", "column 2 email", "Is not an address", "Mobile number, for text messages: +46701234567", "Leave out 1 row")
	if strings.Contains(page, `value="save"`) {
		t.Error("a file with a bad row can be saved whole")
	}
	if w.phone("Bo") != "" {
		t.Error("it was saved by looking")
	}
	key := keyIn(page)
	page = w.posts("/people/import", filled("do", "save", "key", key).Encode(), http.StatusConflict)
	wants(t, page, "Nothing was saved: mend the rows")
	page = w.posts("/people/import", filled("do", "skip", "key", keyIn(page)).Encode(), http.StatusOK)
	wants(t, page, "1 row with a problem, left out", "Save this")
	wants(t, w.posts("/people/import", filled("do", "save", "key", keyIn(page)).Encode(), http.StatusOK), "Saved. Of 2 rows of people: 1 new, 1 changed.")
	wants(t, w.get("/people?q=new+one"), "New One", "Amman, Jordan")
	if w.phone("Bo") != "+46701234567" {
		t.Error("not saved")
	}
	// It is done once.
	wants(t, w.posts("/people/import", filled("do", "save", "key", keyIn(page)).Encode(), http.StatusBadRequest), "choose it once more")
}

// What was looked at is what is saved: where something changed since, it is shown anew.
func TestWhatWasLookedAtIsSaved(t *testing.T) {
	w := newWorld(t)
	file := "name,email,mobile,country,language\nBo Lindqvist,bo@people.example.org,+46701234567,TN,\n"
	page := w.sends("/people/import", "a.csv", file).Body.String()
	edit := heldIn(w.get(personAddress(w.person("Bo").ID) + "/edit"))
	edit.Set("language", "sv")
	w.ask("POST", personAddress(w.person("Bo").ID), edit.Encode())
	again := w.posts("/people/import", filled("do", "save", "key", keyIn(page)).Encode(), http.StatusConflict)
	wants(t, again, "changed since the file was looked at", "Nothing is saved yet", "Language: sv nothing")
	if w.phone("Bo") != "" {
		t.Fatal("saved though it was another thing than was looked at")
	}
	wants(t, w.posts("/people/import", filled("do", "save", "key", keyIn(again)).Encode(), http.StatusOK), "1 changed")
	if p := w.person("Bo"); w.phone("Bo") == "" || p.Record.Language != "" {
		t.Errorf("%+v", p.Record)
	}
}

func TestTheListOfEverybody(t *testing.T) {
	w := newWorld(t)
	file := strings.Join(strings.Split(peopleFile, "\n")[:4], "\n") + "\n"
	page := w.sends("/people/import", "all.csv", file, "all", "1").Body.String()
	wants(t, page, "5 not in the file, who leave", "Grace Odhiambo grace@people.example.org", "leaves", "more than a fifth of all people")
	key := keyIn(page)
	wants(t, w.posts("/people/import", filled("do", "save", "key", key).Encode(), http.StatusConflict), "5 people leave by it; type their number")
	w.posts("/people/import", filled("do", "save", "key", key).Encode(), http.StatusBadRequest) // another look took its place
	page = w.sends("/people/import", "all.csv", file, "all", "1").Body.String()
	page = w.posts("/people/import", filled("do", "save", "key", keyIn(page), "count", "5").Encode(), http.StatusConflict)
	wants(t, page, "tick that it is right")
	wants(t, w.posts("/people/import", filled("do", "save", "key", keyIn(page), "count", "5", "many", "1").Encode(), http.StatusOK), "5 not in the file, who leave")
	if got := names(w.get("/people")); len(got) != 3 {
		t.Errorf("%v", got)
	}
}

func TestFilesThatAreNone(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/people/import", "/sites/import", "/trips/import"} {
		for file, want := range map[string]string{"": "choose a file", "PK\x03\x04zip": "spreadsheet", "\x00\x01\x02": "binary", "a,b\n1,2\n": "column"} {
			if rec := w.sends(path, "x.csv", file); rec.Code != http.StatusBadRequest || !strings.Contains(strings.ToLower(text(rec.Body.String())), want) {
				t.Errorf("%s, %q: %d, want %q\n%s", path, file, rec.Code, want, text(rec.Body.String()))
			}
		}
	}
	big := "name,email,country\n" + strings.Repeat("x", maxImport+2<<20)
	if rec := w.sends("/people/import", "x.csv", big); rec.Code != http.StatusBadRequest && rec.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", rec.Code)
	}
	// Pasted, too; and what others looked at is not to be had.
	page := w.posts("/people/import", filled("text", "name\temail\tcountry\nNew One\tnew@people.example.org\tJO\n").Encode(), http.StatusOK)
	wants(t, page, "1 new")
	wants(t, w.posts("/sites/import", filled("do", "save", "key", keyIn(page)).Encode(), http.StatusBadRequest), "kept here no more")
	w.now = w.now.Add(keptFor + time.Minute)
	wants(t, w.posts("/people/import", filled("do", "save", "key", keyIn(page)).Encode(), http.StatusBadRequest), "kept here no more")
}

func TestFilesLookedAtDoNotPileUp(t *testing.T) {
	var l lookedAt
	now := time.Date(2026, 3, 11, 18, 0, 0, 0, time.UTC)
	var keys []string
	for i := range 3 * keptFiles {
		keys = append(keys, l.keep(&looked{at: now.Add(time.Duration(i) * time.Second), path: "/p", body: make([]byte, 10)}))
	}
	if len(l.of) > keptFiles {
		t.Errorf("%d files are kept", len(l.of))
	}
	if _, err := l.get(keys[len(keys)-1], "/p", "", now); err != nil {
		t.Error("the newest is gone")
	}
	for i := range 5 {
		l.keep(&looked{at: now.Add(time.Hour + time.Duration(i)*time.Second), path: "/p", body: make([]byte, maxImport)})
	}
	size := 0
	for _, f := range l.of {
		size += len(f.body)
	}
	if size > keptBytes {
		t.Errorf("%d bytes are kept", size)
	}
}

func TestSitesOnTheirPages(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/sites"), "1 to 4 of 4", "Tunis office", "Tunis, Tunisia")
	if page := w.get("/sites?q=tunis&area=Libya"); !strings.Contains(text(page), "No site of 4 is so") {
		t.Error(text(page))
	}
	if got := regexp.MustCompile(`<bdi>([^<]+)</bdi></a></th>|<bdi>([^<]+)</bdi></a>`).FindStringSubmatch(w.get("/sites?sort=people"))[1]; got != "Tunis office" {
		t.Errorf("most people are at %q", got)
	}
	rec := w.ask("POST", "/sites", filled("name", "Amman <i>house", "code", "AMM-1", "country", "Jordan", "city", "Amman", "phone", "+962 6 500 0000").Encode())
	at := strings.TrimSuffix(rec.Header().Get("Location"), "?done=saved")
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	page := w.get(at)
	if wants(t, page, "Amman, Jordan", "+96265000000", "AMM-1", "nobody"); strings.Contains(page, "<i>house") {
		t.Error("raw markup")
	}
	form, stale := heldIn(w.get(at+"/edit")), heldIn(w.get(at+"/edit"))
	form.Set("coordinates", "31.95, 35.93")
	if rec := w.ask("POST", at, form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	stale.Set("name", "Amman house")
	page = w.posts(at, stale.Encode(), http.StatusConflict)
	wants(t, page, "Somebody else changed this site", "Held now: 31.95000, 35.93000")
	if rec := w.ask("POST", at, heldIn(page).Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.posts("/sites", filled("name", "Tunis office", "country", "TN").Encode(), http.StatusBadRequest), "Is the name of another site")
	wants(t, w.posts("/sites", filled("name", "Nowhere").Encode(), http.StatusBadRequest), "Where is this site?")
	wants(t, w.get(at+"/remove"), "Nobody can be kept there any more")
	form = heldIn(w.get(at + "/remove"))
	if rec := w.ask("POST", at+"/remove", form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	sites, err := w.desk.FindSites(w.ctx, "tunis office", nil)
	must(t, err)
	tunis := sitesPath + "/" + string(sites.Found[0].ID)
	wants(t, w.posts(tunis+"/remove", heldIn(w.get(tunis+"/remove")).Encode(), http.StatusConflict), "4 people are kept there", "move them first")
	rec = w.sends("/sites/import", "s.csv", "name,country,city\nTunis office,TN,Sfax\nNew hut,XX,\nCairo,EG,Cairo\n")
	wants(t, rec.Body.String(), "1 new", "1 changed", "Tunis office moves from Tunis, Tunisia to Sfax, Tunisia, and 4 people with it", "line 3")
}

func TestTripsOnTheirPages(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/trips"), "No trip is kept.")
	bo := w.person("Bo")
	page := w.get("/trips/add?person=" + string(bo.ID))
	wants(t, page, "Add a trip of Bo Lindqvist")
	rec := w.ask("POST", "/trips", filled("person", string(bo.ID), "trip", "ABC123", "stay 1 stay place", "Amman, Jordan", "stay 1 stay from", "2026-03-20", "stay 1 stay until", "2026-03-25", "stay 1 hotel", "Hotel <u>Petra",
		"leg 1 mode", "air", "leg 1 from", "TUN", "leg 1 to", "AMM", "leg 1 departs", "2026-03-20 08:00", "leg 1 arrives", "2026-03-20 13:30", "leg 1 flight or train number", "RJ 502").Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	at := strings.TrimSuffix(rec.Header().Get("Location"), "?done=trip")
	page = w.get(at)
	form := heldIn(page)
	for k, want := range map[string]string{"trip": "ABC123", "stay 1 stay place": "Amman, Jordan", "stay 1 stay until": "2026-03-25", "leg 1 departs": "2026-03-20 08:00", "leg 1 from": "TUN"} {
		if form.Get(k) != want {
			t.Errorf("%s is %q, want %q", k, form.Get(k), want)
		}
	}
	wants(t, w.get("/trips"), "Bo Lindqvist", "ABC123", "ahead", "1 to 1 of 1")
	for query, n := range map[string]int{"q=bo": 1, "q=amal": 0, "area=Jordan": 1, "area=Libya": 0, "when=now": 0, "when=ahead": 1, "when=over": 0} {
		if got := strings.Count(w.get("/trips?"+query), `<th scope="row">`); got != n {
			t.Errorf("?%s: %d trips, want %d", query, got, n)
		}
	}
	stale := heldIn(page)
	form.Set("stay 1 stay until", "2026-03-27")
	if rec := w.ask("POST", at, form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	stale.Set("trip", "XYZ")
	wants(t, w.posts(at, stale.Encode(), http.StatusConflict), "Somebody else changed this trip", "Until 2026-03-27")
	form = heldIn(w.get(at))
	form.Set("stay 1 stay from", "someday")
	wants(t, w.posts(at, form.Encode(), http.StatusBadRequest), "mend what is marked below", "“someday”")
	wants(t, w.posts("/trips", filled("person", "Nobody", "stay 1 stay place", "Amman, Jordan", "stay 1 stay from", "2026-03-20").Encode(), http.StatusBadRequest), "Nobody here is called")
	wants(t, w.posts("/trips", filled("person", "Amal Haddad").Encode(), http.StatusBadRequest), "neither a leg nor a stay")
	wants(t, w.get(at+"/cancel"), "puts them nowhere any more")
	if rec := w.ask("POST", at+"/cancel", heldIn(w.get(at+"/cancel")).Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d", rec.Code)
	}
	wants(t, w.get(at), "cancelled", "Hotel <u>Petra")
	wants(t, w.get("/trips"), "No trip is kept.")
	rec = w.sends("/trips/import", "t.csv", "email,trip number,city,country,stay from,stay until\nbo@people.example.org,T9,Cairo,EG,2026-04-01,2026-04-03\nnobody@people.example.org,T8,Cairo,EG,2026-04-01,2026-04-03\n")
	wants(t, rec.Body.String(), "1 new", "Is nobody here")
}

// How one travels is chosen; what is left open is read from the rest, and what was typed
// elsewhere is not lost.
func TestHowOneTravelsIsChosen(t *testing.T) {
	w := newWorld(t)
	bo := string(w.person("Bo").ID)
	page := w.get("/trips/add?person=" + bo)
	wants(t, page, "as what follows says by air by rail by road by sea otherwise")
	if !strings.Contains(page, `<select id="leg-1-mode" name="leg 1 mode">`) || strings.Contains(page, `<input id="leg-1-mode"`) {
		t.Error("it is typed")
	}
	form := filled("person", bo, "leg 1 mode", "sea", "leg 1 from", "TUN", "leg 1 to", "AMM", "leg 1 departs", "2026-03-20 08:00", "leg 1 arrives", "2026-03-20 13:30",
		"leg 2 mode", "", "leg 2 from", "AMM", "leg 2 to", "TUN", "leg 2 departs", "2026-03-22 08:00", "leg 2 arrives", "2026-03-22 13:30")
	rec := w.ask("POST", "/trips", form.Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	held := heldIn(w.get(strings.TrimSuffix(rec.Header().Get("Location"), "?done=trip")))
	for k, want := range map[string]string{"leg 1 mode": "sea", "leg 2 mode": "air", "leg 3 mode": ""} {
		if got := held.Get(k); got != want {
			t.Errorf("%s is %q, want %q", k, got, want)
		}
	}
	form.Set("leg 1 mode", "by <b>broom")
	page = w.posts("/trips", form.Encode(), http.StatusBadRequest)
	wants(t, page, "is no mode of travel we know", "by <b>broom")
	if !strings.Contains(page, `<select id="leg-1-mode" name="leg 1 mode" aria-describedby="leg-1-mode-help" aria-invalid="true">`) || heldIn(page).Get("leg 1 mode") != "by <b>broom" {
		t.Error("what was typed is lost, or not said to be wrong to who hears the page")
	}
}

func TestWatchesOnTheirPages(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/watches"), "Nobody asked to be told of anything besides.")
	bo := w.person("Bo")
	rec := w.ask("POST", "/watches", filled("person", string(bo.ID), "area", "Japan; Kenya", "risk", "high", "urgency", "unknown", "source", "unknown").Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	at := strings.TrimSuffix(rec.Header().Get("Location"), "?done=watch")
	wants(t, w.get(at), "Watch of Bo Lindqvist", "Japan; Kenya; risk high or more")
	wants(t, w.get("/watches?q=bo&area=Kenya"), "1 to 1 of 1")
	wants(t, w.get("/watches?q=amal"), "No watch of 1 is so")
	form, stale := heldIn(w.get(at)), heldIn(w.get(at))
	form.Set("area", "Japan")
	form.Add("category", "maritime")
	if vedette.IsCategory("maritime") == false {
		form.Set("category", vedette.Categories[0])
	}
	if rec := w.ask("POST", at, form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	list, err := w.desk.Watches(w.ctx, string(bo.ID))
	must(t, err)
	stale.Set("area", "Kenya")
	page := w.posts(at, stale.Encode(), http.StatusConflict)
	if wants(t, page, "Somebody else changed this watch", "Japan; risk high"); heldIn(page).Get("area") != "Kenya" {
		t.Error("what was typed is lost")
	}
	if len(list) != 1 || len(list[0].Areas) != 1 || len(list[0].Categories) != 1 || "/watches/"+string(list[0].ID) != at {
		t.Errorf("%+v", list)
	}
	wants(t, w.posts(at, filled("area", "Atlantis city").Encode(), http.StatusBadRequest), "Nothing was saved")
	wants(t, w.posts("/watches", filled("area", "Japan").Encode(), http.StatusBadRequest), "whose watch it is")
	wants(t, w.posts(at, filled("do", "remove").Encode(), http.StatusOK), "of this no more")
	if rec := w.ask("POST", at, filled("do", "remove", "sure", "1").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d", rec.Code)
	}
	if rec := w.ask("GET", at, ""); rec.Code != http.StatusNotFound {
		t.Errorf("%d", rec.Code)
	}
}

// Ids of another organisation are nobody's here.
func TestAnotherOrganisationsThingsAreNotFound(t *testing.T) {
	w := newWorld(t)
	other, err := w.store.AddOrganisation(w.ctx, "Another", w.now)
	must(t, err)
	c := desk.Config{}
	c = w.desk.Config
	c.Org = other
	d := desk.New(c)
	_, err = d.ImportPeople(w.ctx, strings.NewReader("name,email,site,city,country\nOther One,other@other.example.org,Other office,Amman,JO\n"), desk.ImportOptions{})
	must(t, err)
	var who vedette.Person
	must(t, d.EachPerson(w.ctx, func(p vedette.Person) error { who = p; return nil }))
	trip, err := d.AddTrip(w.ctx, string(who.ID), []vedette.Stay{{Area: "KE", From: w.now, To: w.now.Add(time.Hour)}})
	must(t, err)
	watch, err := d.AddWatch(w.ctx, string(who.ID), vedette.Watch{Areas: []vedette.AreaID{"KE"}})
	must(t, err)
	sites, err := d.Sites(w.ctx)
	must(t, err)
	for _, x := range []struct{ method, path string }{
		{"GET", "/people/" + string(who.ID)}, {"GET", "/people/" + string(who.ID) + "/edit"}, {"GET", "/people/" + string(who.ID) + "/erase"}, {"POST", "/people/" + string(who.ID)}, {"POST", "/people/" + string(who.ID) + "/erase"},
		{"GET", "/trips/" + string(trip.ID)}, {"POST", "/trips/" + string(trip.ID)}, {"GET", "/trips/" + string(trip.ID) + "/cancel"}, {"POST", "/trips/" + string(trip.ID) + "/cancel"}, {"GET", "/trips/add?person=" + string(who.ID)}, {"POST", "/trips"},
		{"GET", "/watches/" + string(watch.ID)}, {"POST", "/watches/" + string(watch.ID)}, {"GET", "/watches?person=" + string(who.ID)}, {"POST", "/watches"},
		{"GET", "/sites/" + string(sites[0].ID)}, {"GET", "/sites/" + string(sites[0].ID) + "/edit"}, {"GET", "/sites/" + string(sites[0].ID) + "/remove"}, {"POST", "/sites/" + string(sites[0].ID)}, {"POST", "/sites/" + string(sites[0].ID) + "/remove"},
	} {
		body := url.Values{"sure": {"1"}, "mean": {"1"}, "person": {string(who.ID)}, "stay 1 stay place": {"Kenya"}, "stay 1 stay from": {"2026-04-01"}, "area": {"Kenya"}}.Encode()
		if x.method == "GET" {
			body = ""
		}
		if rec := w.ask(x.method, x.path, body); rec.Code != http.StatusNotFound {
			t.Errorf("%s %s: %d %s", x.method, x.path, rec.Code, text(rec.Body.String()))
		}
	}
	if strings.Contains(w.get("/people")+w.get("/trips")+w.get("/watches")+w.get("/sites"), "Other") {
		t.Error("a list has what is another's")
	}
}
