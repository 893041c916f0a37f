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

func TestTheHouseLeadsToItsPages(t *testing.T) {
	w := newWorld(t)
	page := w.get("/house")
	wants(t, page, "8 people", "1 without an address", "4 sites", "nobody is on duty", "0 are open")
	for _, m := range regexp.MustCompile(`<h2><a href="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		w.get(m[1])
	}
	w.user("ada", vedette.RoleAdministrator)
	w.user("ana", vedette.RoleAnalyst)
	seen := func(name string) string {
		return text(w.ask("GET", "/house", "", "Cookie", w.signs(name)).Body.String())
	}
	if ana := seen("ana"); !strings.Contains(ana, "Tasks What waits") || strings.Contains(ana, "Settings") || strings.Contains(ana, "Users Who may") {
		t.Error(ana)
	}
	if ada := seen("ada"); !strings.Contains(ada, "Settings") || !strings.Contains(ada, "Users Who may") || !strings.Contains(ada, "Record") {
		t.Error(ada)
	}
}

func TestSettingsSayWhoChangedThem(t *testing.T) {
	w := newWorld(t)
	page := w.get("/settings")
	wants(t, page, "An event concerns a site within, at extreme risk, km", "As it always was")
	form, stale := heldIn(page), heldIn(page)
	form.Set("arrival-days", "14")
	form.Set("discreet-in", "Tunisia; Tripoli, Libya")
	form.Set("by", "Ada <b>")
	if rec := w.ask("POST", "/settings", form.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	w.now = w.now.Add(time.Hour)
	page = w.get("/settings")
	if n := strings.Count(page, "Changed <time"); n != 2 || strings.Contains(page, "<b>") {
		t.Errorf("%d figures were changed", n)
	}
	wants(t, page, "by Ada <b>")
	set, err := w.desk.Settings(w.ctx)
	must(t, err)
	if set.ArrivalDays != 14 || len(set.DiscreetIn) != 2 {
		t.Errorf("%+v", set)
	}
	stale.Set("stale-days", "90")
	stale.Set("by", "Ben")
	page = w.posts("/settings", stale.Encode(), http.StatusConflict)
	wants(t, page, "somebody else changed the settings", "Holds now: 14")
	again := heldIn(page)
	again.Set("arrival-days", "14")
	again.Set("discreet-in", "Tunisia; Tripoli, Libya")
	again.Set("take-minutes", "300")
	again.Set("reach-low", "far")
	page = w.posts("/settings", again.Encode(), http.StatusBadRequest)
	wants(t, page, "300 minutes to take a call for help: give 1 to 30", "\"far\" is no number")
	again.Set("take-minutes", "3")
	again.Set("reach-low", "12.5")
	if rec := w.ask("POST", "/settings", again.Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	if set, err = w.desk.Settings(w.ctx); err != nil || set.StaleDays != 90 || set.TakeMinutes != 3 || set.Reach.Low != 12.5 || set.ArrivalDays != 14 || len(set.DiscreetIn) != 2 {
		t.Errorf("%+v %v", set, err)
	}
	wants(t, w.posts("/settings", filled("version", heldIn(w.get("/settings")).Get("version"), "count-above", "7").Encode(), http.StatusConflict), "Say who you are")
}

func TestPoliciesAreSet(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/policies"), "immediate any other")
	wants(t, w.posts("/policies", filled("do", "set", "urgency", "immediate", "words", "tell <i> often", "by", "Ada").Encode(), http.StatusBadRequest), "Nothing was saved", "tell <i> often")
	wants(t, w.posts("/policies", filled("do", "set", "urgency", "immediate", "words", "once", "by", "Ada").Encode(), http.StatusBadRequest), "has to come to the desk")
	if rec := w.ask("POST", "/policies", filled("do", "set", "urgency", "expected", "risk", "high", "words", "tell after 5m, 4 times, up to 20m; task after 10m", "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get("/policies"), "expected high told again after 5 min, 4 times, waiting longer each time, up to 20 min; the desk is asked to call after 10 min tell after 5m, 4 times, up to 20m; task after 10m")
	w.ask("POST", "/policies", filled("do", "default", "urgency", "expected", "risk", "high", "by", "Ada").Encode())
	if strings.Contains(text(w.get("/policies")), "expected high") {
		t.Error("it was not taken back")
	}
	w.posts("/policies", filled("do", "default", "urgency", "expected", "risk", "high", "by", "Ada").Encode(), http.StatusBadRequest)
}

func TestTheRotaOnItsPage(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/rota"), "Nobody is on duty:")
	wants(t, w.posts("/rota", filled("do", "add", "name", "Ben <i>", "zone", "Europe/Paris", "place", "1", "by", "Ada").Encode(), http.StatusBadRequest), "cannot be reached", "Nothing was saved")
	wants(t, w.posts("/rota", filled("do", "add", "name", "Ben", "mail", "ben@desk.example.org", "zone", "Europe/Paris", "place", "1", "from", "soon", "by", "Ada").Encode(), http.StatusBadRequest), "is no time")
	if rec := w.ask("POST", "/rota", filled("do", "add", "name", "Ben <i>", "mail", "ben@desk.example.org", "zone", "Europe/Paris", "place", "1", "from", "2026-03-01T08:00", "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	page := w.get("/rota")
	if wants(t, page, "On duty: Ben <i>", "from Sun 1 Mar 2026 08:00 Europe/Paris"); strings.Contains(page, "<i>") {
		t.Error("raw markup")
	}
	turn := regexp.MustCompile(`name="turn" value="([^"]+)"`).FindStringSubmatch(page)[1]
	wants(t, w.posts("/rota", filled("do", "remove", "turn", turn).Encode(), http.StatusOK), "Then nobody is on duty")
	if rec := w.ask("POST", "/rota", filled("do", "remove", "turn", turn, "sure", "1", "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get("/rota"), "Nobody is on duty:")
	w.posts("/rota", filled("do", "remove", "turn", turn).Encode(), http.StatusNotFound)
}

func TestTasksAreTakenAndDecided(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/tasks"), "Nothing waits to be decided.")
	must(t, w.rows.AddTask(w.ctx, vedette.Task{ID: vedette.NewID(w.now), Kind: vedette.TaskUnread, Question: "Read what <b>somebody</b> wrote", DueAt: w.now.Add(-time.Minute)}, w.now))
	page := w.get("/tasks")
	if wants(t, page, "Read what <b>somebody</b> wrote", "It is done"); strings.Contains(page, "<b>somebody") {
		t.Error("raw markup")
	}
	id := regexp.MustCompile(`name="task" value="([^"]+)"`).FindStringSubmatch(page)[1]
	wants(t, w.get("/house"), "1 is open", "1 past their time")
	wants(t, w.posts("/tasks", filled("do", "done", "task", id, "by", "Ada").Encode(), http.StatusConflict), "Nothing was done")
	wants(t, w.posts("/tasks", filled("do", "keep", "task", id, "by", "Ada", "reason", "so").Encode(), http.StatusConflict), "does not answer")
	if rec := w.ask("POST", "/tasks", filled("do", "take", "task", id, "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get("/tasks"), "taken by Ada")
	w.ask("POST", "/tasks", filled("do", "done", "task", id, "by", "Ada", "reason", "I read it").Encode())
	wants(t, w.get("/tasks"), "Nothing waits to be decided.")
	wants(t, w.get("/tasks?all=1"), "done , by Ada", "I read it")
	w.posts("/tasks", filled("do", "take", "task", id, "by", "Ben").Encode(), http.StatusConflict)

	// Travel advice falls by whoever may publish alone.
	w.user("ada", vedette.RoleAdministrator)
	w.user("ana", vedette.RoleAnalyst)
	if rec := w.ask("POST", "/tasks", filled("do", "lift", "task", id, "reason", "so").Encode(), "Cookie", w.signs("ana")); rec.Code != http.StatusForbidden {
		t.Errorf("an analyst lifts: %d", rec.Code)
	}
}

func TestChannelsOnTheirPage(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/channels"), "nobody is sending over it now", "text message not set up here", "No domain has a limit")
	page := w.posts("/channels", filled("do", "add", "url", "http://10.0.0.1/<i>").Encode(), http.StatusBadRequest)
	if wants(t, page, "is not https"); !strings.Contains(page, `value="http://10.0.0.1/&lt;i&gt;"`) {
		t.Error("what was typed is lost")
	}
	page = w.posts("/channels", filled("do", "add", "url", "https://hooks.example.org/vedette").Encode(), http.StatusOK)
	wants(t, page, "whsec_", "shown this once", "not tried yet")
	if strings.Contains(w.get("/channels"), "whsec_") {
		t.Error("the secret is shown again")
	}
	w.posts("/channels", filled("do", "add", "url", "https://hooks.slack.example.com/services/T0/secret", "chat", "slack").Encode(), http.StatusOK)
	page = w.get("/channels")
	if wants(t, page, "slack at hooks.slack.example.com"); strings.Contains(page, "T0/secret") {
		t.Error("a room's address is its secret, and shown")
	}
	ids := regexp.MustCompile(`name="hook" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
	wants(t, w.posts("/channels", filled("do", "replay", "hook", ids[0][1]).Encode(), http.StatusConflict), "there is nothing to tell it again")
	wants(t, w.posts("/channels", filled("do", "remove", "hook", ids[0][1]).Encode(), http.StatusOK), "told of no update any more")
	w.ask("POST", "/channels", filled("do", "remove", "hook", ids[0][1], "sure", "1").Encode())
	if page := w.get("/channels"); strings.Contains(page, "hooks.example.org") || !strings.Contains(page, "slack at") {
		t.Error("the wrong one was removed, or none")
	}
	w.posts("/channels", filled("do", "remove", "hook", ids[0][1]).Encode(), http.StatusNotFound)
}

// A test goes to one person, and the page says what became of it.
func TestATestOfTheChannels(t *testing.T) {
	w := newWorld(t)
	wants(t, w.posts("/channels", filled("do", "test", "person", "Dawit Bekele").Encode(), http.StatusBadRequest), "no channel sends to any address of theirs")
	wants(t, w.posts("/channels", filled("do", "test", "person", "Nobody Known").Encode(), http.StatusBadRequest), "Nobody here is called")
	rec := w.ask("POST", "/channels", filled("do", "test", "person", "bo@people.example.org").Encode())
	at := strings.TrimSuffix(rec.Header().Get("Location"), "#test")
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(at, "/channels?test=") {
		t.Fatalf("%d to %q", rec.Code, at)
	}
	page := w.get(at)
	if wants(t, page, "It waits to be planned"); !strings.Contains(page, `http-equiv="refresh"`) {
		t.Error("the page does not look again")
	}
	w.now = w.now.Add(2 * time.Minute)
	wants(t, w.get(at), "nobody who plans is running")
	u := w.publish(harbours())
	if rec := w.ask("GET", "/channels?test="+string(u.ID), ""); rec.Code != http.StatusNotFound {
		t.Errorf("an update that is no test: %d", rec.Code)
	}
	if c, err := w.desk.Canary(w.ctx); err != nil || len(c.Plan.Persons) != 0 {
		t.Errorf("a test changed whom canaries go to: %+v %v", c, err)
	}
}

// Markup in every field of people, sites, trips and watches is text on every page.
func TestPlantedMarkupStaysText(t *testing.T) {
	w := newWorld(t)
	bad := `<script>x</script>"'><img src=x onerror=alert(1)>`
	rec := w.ask("POST", "/people", filled("name", bad+"\u202eevil", "email", "evil@people.example.org", "id", bad, "manager", bad, "site", bad, "country", "Jordan", "city", "Amman", "duress word", "quiet"+bad[:20],
		"dependants", bad, "emergency contact", bad).Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	who := vedette.ID(strings.TrimSuffix(strings.TrimPrefix(rec.Header().Get("Location"), "/people/"), "?done=added"))
	rec = w.ask("POST", "/trips", filled("person", string(who), "trip", bad, "stay 1 stay place", "Amman, Jordan", "stay 1 stay from", "2026-03-20", "stay 1 stay until", "2026-03-21", "stay 1 hotel", bad).Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	trip := strings.TrimSuffix(rec.Header().Get("Location"), "?done=trip")
	watch, err := w.desk.AddWatch(w.ctx, string(who), vedette.Watch{Areas: []vedette.AreaID{"KE"}})
	must(t, err)
	sites, err := w.desk.FindSites(w.ctx, "script", nil)
	must(t, err)
	site := "/sites/" + string(sites.Found[0].ID)
	must(t, w.rows.AddTask(w.ctx, vedette.Task{ID: vedette.NewID(w.now), Kind: vedette.TaskUnread, Question: bad, Default: bad, DueAt: w.now}, w.now))
	_, err = w.desk.AddDuty(w.ctx, desk.DutyOrder{Name: bad, Mail: "duty@desk.example.org", Zone: "UTC", Place: 1, By: bad})
	must(t, err)
	q := "?q=" + "%3Cscript%3E%22%3E%3Cimg%20src%3Dx%3E"
	at := personAddress(who)
	for _, path := range []string{"/people", "/people" + q, "/people" + q + "&area=%3Cimg", "/people?site=" + q[3:], at, at + "/edit", at + "/erase", "/sites", "/sites" + q, site, site + "/edit", site + "/remove", "/trips", "/trips" + q, trip, trip + "/cancel", "/trips/add?person=" + string(who),
		"/watches", "/watches" + q, "/watches/" + string(watch.ID), "/watches?person=" + string(who), "/house", "/tasks", "/rota", "/people?sort=%3Cimg", "/people?only=%3Cimg", "/channels" + q} {
		page := w.ask("GET", path, "").Body.String()
		for _, raw := range []string{"<script", "<img", "\u202e", " onerror=alert(1)>\""} {
			if strings.Contains(page, raw) {
				t.Errorf("%s holds %q", path, raw)
			}
		}
	}
}
