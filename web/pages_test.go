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

func TestTheUpdatePageAnswersWhatAReaderAsks(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	page := w.get("/updates/" + string(u.ID))
	wants(t, page,
		"high Maghreb situation update 1", "11 Mar 2026 17:05 UTC , 1 h ago", "source: credible",
		"Dock walk-out closes Tunisian ports from 12 March", "→ move freight and people early",
		"Libya: avoid all travel", "Tunisia: avoid non-essential travel until 15 Mar", "Algeria: reconsider non-essential travel",
		"10 Mar the dockers’ union stated set for 12 Mar, 06:00 CET (05:00 UTC)",
		"a port official (unnamed) denied the report reported", "the report asserted",
		"likely (55–80 %)", "unlikely (20–45 %)", "FORECAST Après l’échec", "Confidence: moderate",
		"the report says Severe", "labor action, civil unrest", "expected: within two days",
		"Written at the desk")
	for _, markup := range []string{`<em class="condition">If roads to the capital are cut</em>`, `<span class="audience">Swedish nationals</span>`,
		`<span class="odds" title="55–80 %">likely</span>`, `<span class="weighs"`, `<svg`} {
		if !strings.Contains(page, markup) {
			t.Errorf("the page has no %s", markup)
		}
	}
	read := text(page)
	if i, j := strings.Index(read, "Avoid nonessential travel to Tunisia until"), strings.Index(read, "Keep away from ports"); i < 0 || j < i {
		t.Error("the narrower area does not come first")
	}
}

func TestTheListLeadsToTheUpdates(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/"), "Nothing has been published yet", "vedette publish FILE")
	u := w.publish(harbours())
	page := w.get("/")
	wants(t, page, "high Maghreb situation update 1", "source: credible", "7 concerned, 7 silent", "1 h ago")
	if !strings.Contains(page, `href="/updates/`+string(u.ID)+`"`) {
		t.Error("no link to the update")
	}
	for range updatesPerPage {
		w.now = w.now.Add(1000)
		w.publish(harbours())
	}
	page = w.get("/")
	if !strings.Contains(page, `<a href="/?page=2" rel="next">`) || strings.Count(page, "<article>") != updatesPerPage {
		t.Fatalf("no next page, or %d on this", strings.Count(page, "<article>"))
	}
	if last := w.get("/?page=2"); strings.Count(last, "<article>") != 1 || !strings.Contains(last, string(u.ID)) {
		t.Errorf("the next page should hold the first update alone:\n%s", text(last))
	}
}

func TestTheBoardCountsAndEveryCountLeadsToPeople(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.answer(u, "Esra", "2", "the bridge is cut <b>here</b>")
	w.answer(u, "Amal", "1", "")
	base := "/updates/" + string(u.ID)
	page := w.get(base + "/board")
	wants(t, page, "1 need help", "1 safe", "5 silent", "1 of them no way to reach", "7 concerned",
		"Tunisia 5", "Libya 2", "answered 2 2", "accepted 4 6", "queued 0", "Notices: all planned", "Nothing is being sent")
	if at := strings.Index(page, "need help"); at < 0 || at > strings.Index(page, "silent") {
		t.Error("help does not come first")
	}
	for query, who := range map[string]string{
		"answer=help": "Esra Kaya", "answer=safe": "Amal Haddad", "unreachable=1": "Dawit Bekele", "area=LY": "Farid Naser",
		"state=answered": "Esra Kaya", "silent=1&area=TN": "Chiara Fonti",
	} {
		list := w.get(base + "/people?" + query)
		if wants(t, list, who); strings.Contains(list, "Grace") {
			t.Errorf("?%s lists somebody who is not concerned", query)
		}
	}
	if list := w.get(base + "/people?answer=help"); !strings.Contains(list, "the bridge is cut &lt;b&gt;here&lt;/b&gt;") || strings.Contains(list, "Amal") {
		t.Errorf("who needs help, and what they wrote:\n%s", text(list))
	}
	for _, bad := range []string{"state=lost", "answer=maybe", "relation=x", "after=-1"} {
		if rec := w.ask("GET", base+"/people?"+bad, ""); rec.Code != http.StatusBadRequest {
			t.Errorf("?%s: %d", bad, rec.Code)
		}
	}
	if live := w.get(base + "/board?live=1"); !strings.Contains(live, `http-equiv="refresh"`) || strings.Contains(page, `http-equiv="refresh"`) {
		t.Error("the board reloads itself when followed live, and only then")
	}
}

func (w *world) answer(u *vedette.Update, name, digit, text string) {
	w.t.Helper()
	rec := w.ask("POST", "/r/"+w.token(u, name), "answer="+digit+"&text="+strings.ReplaceAll(text, " ", "+"))
	if rec.Code != http.StatusOK {
		w.t.Fatalf("answer of %s: %d %s", name, rec.Code, text)
	}
}

func TestWhySaysWhatAppliesAndWhatIsKeptBack(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	why := func(name string) string {
		return w.get("/updates/" + string(u.ID) + "/why/" + string(w.person(name).ID))
	}
	wants(t, why("Bo"), "Bo Lindqvist : in", "a notice was made", "Tunis", "Swedish nationals should register", "e-mail accepted", "250 2.0.0 queued")
	wants(t, why("Chiara"), "Advice kept from them, and why", "Swedish nationals")
	wants(t, why("Dawit"), "There is a phone number: call them")
	wants(t, why("Grace"), "Grace Odhiambo : not concerned", "no notice was made")
	if rec := w.ask("GET", "/updates/"+string(u.ID)+"/why/"+string(u.ID), ""); rec.Code != http.StatusNotFound {
		t.Errorf("an id that is nobody's: %d", rec.Code)
	}
	if page := why("Bo"); strings.Contains(page, "discreetly") {
		t.Error("somebody who is told plainly is said to be told discreetly")
	}
	set := vedette.DefaultSettings()
	set.DiscreetIn = []vedette.AreaID{"TN"}
	w.now = w.now.Add(time.Minute)
	must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	wants(t, why("Bo"), "Told discreetly from now on: they are, or may be, in Tunisia.")
}

const reportText = `MAGHREB SITUATION UPDATE: Dock walk-out closes Tunisian ports; move freight early
10 Mar 2026 08:00 UTC
Executive Summary:
- Dockers in Tunisia are likely to stop work.` + "\u202e" + `
Recommendations:
- Avoid nonessential travel to Tunisia.
AFFECTED AREA
Tunisia
INCIDENT RISK LEVEL
High
`

func TestAReportIsShownLineByLine(t *testing.T) {
	w := newWorld(t)
	d, err := w.desk.Compose(desk.DraftOrder{Text: []byte(reportText), Origin: `walk"out<i>.txt`})
	must(t, err)
	must(t, w.desk.Save(w.ctx, d))
	id := string(d.Update.Reports[0])
	page := w.get("/reports/" + id)
	wants(t, page, "10 lines", "1 title MAGHREB SITUATION UPDATE", "heading", "‹U+202E›", "SHA-256")
	if !strings.Contains(page, `id="L10"`) || strings.Contains(page, "<i>") || strings.Contains(page, "\u202e") {
		t.Error("the last line is missing, or the text reached the page raw")
	}
	draft := w.get("/updates/" + string(d.Update.ID))
	wants(t, draft, "Draft. Nobody has been told.", "Sources and record")
	if !strings.Contains(draft, `href="/reports/`+id+`#L6"`) {
		t.Error("the advice does not lead to its line")
	}
	if rec := w.ask("GET", "/updates/"+string(d.Update.ID)+"/board", ""); rec.Code != http.StatusConflict {
		t.Errorf("the board of a draft: %d", rec.Code)
	}
}

// A name in its own direction never turns its cell: it stays on the edge that
// its column has, in a portal from the right as in one from the left.
func TestNamesDoNotTurnTheirColumn(t *testing.T) {
	files, err := templateFS.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := templateFS.ReadFile("templates/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if m := regexp.MustCompile(`<th[^>]* dir=`).Find(b); m != nil {
			t.Errorf("%s has a cell %s: put the name into <bdi> instead", f.Name(), m)
		}
	}
}
