package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

// drafted keeps a draft of the sample report, by Ana.
func (w *world) drafted() (base string, d *desk.Draft) {
	w.t.Helper()
	d, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(reportText), Origin: "test"}, By: "Ana"})
	must(w.t, err)
	return "/drafts/" + string(d.Update.ID), d
}

func form(seen int, by string, fields ...string) string {
	f := url.Values{"seen": {strconv.Itoa(seen)}, "by": {by}}
	for i := 0; i < len(fields); i += 2 {
		f.Add(fields[i], fields[i+1])
	}
	return f.Encode()
}

func (w *world) posts(path, body string, want int) string {
	w.t.Helper()
	rec := w.ask("POST", path, body)
	if rec.Code != want {
		w.t.Fatalf("POST %s %s: %d, want %d\n%s", path, body, rec.Code, want, text(rec.Body.String()))
	}
	return rec.Body.String()
}

func TestDraftIsChangedOnItsPage(t *testing.T) {
	w := newWorld(t)
	base, d := w.drafted()
	wants(t, w.get("/drafts"), "made", "by Ana", "Dock walk-out closes")
	wants(t, w.get(base), "Whom it would tell", "without an address that a channel sends to", "Risk and areas are as they were read")

	// A name that is not plain offers what it may mean; nothing is changed.
	page := w.posts(base, form(1, "Ben", "add", "Tripoli"), http.StatusBadRequest)
	wants(t, page, "Several places are called", "Which one is meant?", "Tripoli, Lebanon (city)")
	tripoli, err := w.gaz.Find("Tripoli, Libya")
	must(t, err)
	wants(t, w.posts(base, form(1, "Ben", "add", "Xyzzyville"), http.StatusBadRequest), "No place is known as")
	rec := w.ask("POST", base, form(1, "Ben", "add", "Tripoli; Kenya", "place", string(tripoli.ID), "risk", "extreme"))
	if rec.Code != http.StatusSeeOther || !strings.Contains(rec.Header().Get("Set-Cookie"), "desk-name=Ben") {
		t.Fatalf("%d %s", rec.Code, rec.Header())
	}
	page = w.get(base)
	wants(t, page, "Tripoli, Libya", "Kenya", "→ extreme", "Ben : risk: high → extreme", "As it was read:", "told besides")

	// Whoever saw an older state is told who changed it, and nothing is lost.
	page = w.posts(base, form(1, "Cleo", "risk", "low"), http.StatusConflict)
	wants(t, page, "Nothing was changed: the draft was changed by Ben at")

	// Taking an area away says who falls out.
	w.posts(base, form(2, "Cleo", "remove", "KE"), http.StatusSeeOther)
	wants(t, w.get(base), "1 person told no more than before the last change", "1 person: nothing of it concerns them")

	w.posts(base, form(3, "Cleo", "circle", "-1.29,36.82,30,high,the <b>city"), http.StatusSeeOther)
	page = w.get(base)
	wants(t, page, "the <b>city")
	if strings.Contains(page, "<b>city") || !strings.Contains(page, `class="fill-high drawn"`) {
		t.Error("the shape is not drawn, or its name is markup")
	}
	wants(t, w.posts(base, form(4, "Cleo", "circle", "1,2"), http.StatusBadRequest), "write latitude,longitude,kilometres")
	w.posts(base, form(4, "Cleo", "erase", "the <b>city"), http.StatusSeeOther)
	wants(t, w.posts(base, form(5, "", "risk", "low"), http.StatusBadRequest), "Say who you are")
	if got, err := w.desk.Draft(w.ctx, d.Update.ID); err != nil || len(got.Update.Edits) != 5 {
		t.Errorf("%d edits, %v", len(got.Update.Edits), err)
	}
}

func TestDraftTakesAFileOfShapes(t *testing.T) {
	w := newWorld(t)
	base, _ := w.drafted()
	send := func(file string) (int, string) {
		body := strings.NewReplacer("\n", "\r\n").Replace("--x\nContent-Disposition: form-data; name=\"seen\"\n\n1\n--x\nContent-Disposition: form-data; name=\"by\"\n\nBen\n--x\n" +
			"Content-Disposition: form-data; name=\"shapes\"; filename=\"a.geojson\"\nContent-Type: application/json\n\n" + file + "\n--x--\n")
		rec := w.ask("POST", base, body, "Content-Type", "multipart/form-data; boundary=x")
		return rec.Code, rec.Body.String()
	}
	code, page := send(`{"type":"Polygon","coordinates":[[[10,36],[11,37],[11,36],[10,37],[10,36]]]}`)
	if code != http.StatusBadRequest {
		t.Fatalf("a polygon that crosses itself: %d", code)
	}
	wants(t, page, "crosses itself")
	if code, page = send(`{"type":"Polygon","coordinates":[[[10,36],[11,36],[11,37],[10,37],[10,36]]]}`); code != http.StatusSeeOther {
		t.Fatalf("%d: %s", code, text(page))
	}
	wants(t, w.get(base), "area near")
}

func TestDraftIsPublishedFromItsPage(t *testing.T) {
	w := newWorld(t)
	base, d := w.drafted()
	if len(d.Reading.Findings) > 0 {
		t.Log(d.Reading.Findings)
	}
	wants(t, w.posts(base+"/publish", form(1, ""), http.StatusConflict), "say who you are")
	w.posts(base, form(1, "Ben", "risk", "extreme"), http.StatusSeeOther)
	wants(t, w.posts(base+"/publish", form(1, "Cleo"), http.StatusConflict), "The draft was changed by Ben")
	w.posts(base+"/publish", form(2, "Cleo"), http.StatusSeeOther)
	u, err := w.desk.Update(w.ctx, d.Update.ID)
	must(t, err)
	if u.State != vedette.UpdatePublished || u.Content.Risk != vedette.RiskExtreme {
		t.Errorf("published as %s at risk %s", u.State, u.Content.Risk)
	}
	wants(t, w.get("/updates/"+string(u.ID)), "Made and changed before it was published", "Cleo : sent to be published", "Ben : risk: high → extreme")
	if rec := w.ask("GET", base, ""); rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/updates/"+string(u.ID) {
		t.Errorf("the draft's page leads to %q", rec.Header().Get("Location"))
	}
	wants(t, w.get("/drafts"), "There is no draft.")

	// The very same text again asks; what is removed is gone.
	base, _ = w.drafted()
	wants(t, w.get(base), "The very same text was published already")
	wants(t, w.posts(base+"/publish", form(1, "Cleo"), http.StatusConflict), "the very same text was published")
	w.posts(base+"/remove", form(1, "Cleo"), http.StatusSeeOther)
	if rec := w.ask("GET", base, ""); rec.Code != http.StatusNotFound {
		t.Errorf("a removed draft: %d", rec.Code)
	}
}

func TestDraftIsMadeOfAPastedReport(t *testing.T) {
	w := newWorld(t)
	wants(t, w.posts("/drafts", url.Values{"text": {"Buy milk"}, "by": {"Ana"}}.Encode(), http.StatusBadRequest), "Buy milk")
	rec := w.ask("POST", "/drafts", url.Values{"text": {reportText}, "by": {"Ana"}, "status": {"exercise"}}.Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", rec.Code, text(rec.Body.String()))
	}
	page := w.get(rec.Header().Get("Location"))
	wants(t, page, "This is a drill.")
	if rec := w.ask("POST", "/drafts", url.Values{"text": {reportText}, "by": {"Eve"}}.Encode(), "Sec-Fetch-Site", "cross-site"); rec.Code != http.StatusForbidden {
		t.Errorf("another site's form: %d", rec.Code)
	}
}

func TestHostileTextOfADraftStaysText(t *testing.T) {
	w := newWorld(t)
	u := harbours()
	u.Edits = []vedette.Edit{{By: hostile, Changes: []vedette.Change{{What: hostile, Before: hostile, After: hostile}}}}
	u.Shapes = []vedette.Shape{{Name: hostile, Risk: vedette.RiskHigh, Circle: &vedette.Circle{Center: vedette.Point{Lat: 36, Lon: 10}, KM: 50}}}
	u.Content.Affected = append(u.Content.Affected, vedette.Place{Text: hostile})
	u.Content.Headline = hostile
	must(t, w.rows.SaveDraft(w.ctx, u, w.now))
	base := "/drafts/" + string(u.ID)
	pages := map[string]string{"/drafts": w.get("/drafts"), base: w.get(base), base + "/reading": w.get(base + "/reading"), "as it reads": w.get("/updates/" + string(u.ID)),
		"what was typed": w.posts(base, form(1, hostile, "add", hostile, "circle", hostile), http.StatusBadRequest)}
	for what, page := range pages {
		for _, bad := range []string{"<script>", "<img", "\u202e", "\u2066", "\x00", "\x1b"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", what, bad)
			}
		}
		if !strings.Contains(page, "esrever") {
			t.Errorf("%s lost the words themselves", what)
		}
	}
	w.posts(base, form(1, "Ben", "remove", "#"+strconv.Itoa(len(u.Content.Affected))), http.StatusSeeOther)
}

// Whoever tells many types how many they are; the page says it beforehand.
func TestMoreThanManyAreCountedByWhoPublishes(t *testing.T) {
	w := newWorld(t)
	base, d := w.drafted()
	pv, err := w.desk.Preview(w.ctx, d, desk.PublishOrder{})
	must(t, err)
	if pv.Count < 2 {
		t.Fatalf("it tells %d", pv.Count)
	}
	set, err := w.desk.Settings(w.ctx)
	must(t, err)
	set.CountAbove = pv.Count - 1
	must(t, w.desk.SaveSettings(w.ctx, set, "Ana"))
	n := strconv.Itoa(pv.Count)
	wants(t, w.get(base), "This tells "+n+" people. Type their number")
	wants(t, w.posts(base+"/publish", form(1, "Cleo"), http.StatusConflict), "their number is to be typed")
	wants(t, w.posts(base+"/publish", form(1, "Cleo", "count", "1"), http.StatusConflict), "1 was typed, and it tells "+n)
	wants(t, w.posts(base+"/publish", form(1, "Cleo", "count", "all"), http.StatusConflict), "in digits")
	w.posts(base+"/publish", form(1, "Cleo", "count", n), http.StatusSeeOther)
}

// A draft's head is set by its form; a moment that is none is refused, and what was
// pasted stays in its field.
func TestADraftsHeadAndPastedShapes(t *testing.T) {
	w := newWorld(t)
	base, d := w.drafted()
	form := func(pairs ...string) string {
		f := filled("seen", strconv.Itoa(len(d.Update.Edits)), "by", "Ada")
		for i := 0; i+1 < len(pairs); i += 2 {
			f.Set(pairs[i], pairs[i+1])
		}
		return f.Encode()
	}
	page := w.posts(base, form("issued", "soon", "geojson", `{"type":"Pol`), http.StatusBadRequest)
	wants(t, page, "is no day and time", `{"type":"Pol`)
	page = w.posts(base, form("geojson", `{"type":"Point","coordinates":[1,2]}`), http.StatusBadRequest)
	wants(t, page, `{"type":"Point"`)
	w.posts(base, form("kind", "analysis", "urgency", "immediate", "source", "confirmed", "issued", "2026-03-11 09:15",
		"geojson", `{"type":"Feature","properties":{"name":"Harbour"},"geometry":{"type":"Polygon","coordinates":[[[10,36],[11,36],[11,37],[10,36]]]}}`), http.StatusSeeOther)
	page = w.get(base)
	wants(t, page, "Harbour", "urgency: expected → immediate", "strength of source: unknown → confirmed", "kind: situation update → analysis", "issued: ")
	if !strings.Contains(page, `value="2026-03-11 09:15"`) {
		t.Error("the time that was set is not in its field")
	}
}

// What is drawn, or typed where one draws, goes into the draft under its name and with
// its risk; a name that is not plain is asked back.
func TestADraftIsDrawnOn(t *testing.T) {
	w := newWorld(t)
	base, d := w.drafted()
	wants(t, w.get(base), "Draw it on a map")
	page := w.get(base + "/draw")
	wants(t, page, "Draw where it is", "Put it into the draft")
	if !strings.Contains(page, `data-look="/flash/look"`) || !strings.Contains(page, `data-draw="shape"`) {
		t.Error("it cannot be drawn on")
	}
	form := func(pairs ...string) string {
		return filled(append([]string{"seen", strconv.Itoa(len(d.Update.Edits)), "by", "Ada"}, pairs...)...).Encode()
	}
	page = w.posts(base, form("where", "Tripoli", "called", "The market", "there-risk", "extreme"), http.StatusBadRequest)
	wants(t, page, "Draw where it is", "Which one is meant?", "Tripoli, Lebanon")
	if !strings.Contains(page, `value="The market"`) || !strings.Contains(page, `<option value="extreme" selected>`) {
		t.Error("what was typed is lost")
	}
	w.posts(base, form("where", "36.8, 10.18, 25", "called", "The market", "there-risk", "extreme"), http.StatusSeeOther)
	page = w.get(base)
	wants(t, page, "The market extreme", "drawn: added The market")
	d, err := w.desk.Draft(w.ctx, d.Update.ID)
	must(t, err)
	w.posts(base, form("where", "36 10 37 10", "called", ""), http.StatusBadRequest)
	w.posts(base, form("where", "Algeria", "there-risk", "low"), http.StatusSeeOther)
	d, err = w.desk.Draft(w.ctx, d.Update.ID)
	must(t, err)
	if c := d.Update; !slices.ContainsFunc(c.Content.Affected, func(p vedette.Place) bool { return p.Area == "DZ" }) || len(c.AreaRisks) != 1 || c.AreaRisks[0] != (vedette.AreaRisk{Area: "DZ", Risk: vedette.RiskLow}) || len(c.Shapes) != 1 {
		t.Errorf("%+v %+v", c.AreaRisks, c.Shapes)
	}
}
