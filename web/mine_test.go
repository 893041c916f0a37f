package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/words"
	"vedette/desk"
	"vedette/httpd"
	"vedette/store"
)

// page is what the link to somebody's own page ends with, made now.
func (w *world) page(who string) string {
	w.t.Helper()
	l, err := w.desk.MakePage(vedette.Acting(w.ctx, vedette.Actor{Via: vedette.ViaCommand}), string(w.person(who).ID))
	must(w.t, err)
	return l.Token
}

// tapped is what a phone sends of an answer that waited on it.
func tapped(u *vedette.Update, answer, tap string, waited time.Duration, text string) string {
	return url.Values{"notice": {string(u.ID)}, "answer": {answer}, "tap": {tap}, "waited": {strconv.Itoa(int(waited / time.Second))}, "text": {text}}.Encode()
}

const aTap = "01234567-89ab-4def-8123-456789abcdef"

// record changes what is kept of somebody, as the desk does.
func (w *world) record(who string, columns string) {
	w.t.Helper()
	p := w.person(who)
	form, err := w.desk.PersonForm(w.ctx, p.ID)
	must(w.t, err)
	typed := map[string]string{}
	for k, v := range form.Held {
		typed[k] = v
	}
	for _, c := range strings.Split(columns, "; ") {
		k, v, _ := strings.Cut(c, ": ")
		typed[k] = v
	}
	_, wrong, err := w.desk.EditPerson(w.ctx, desk.PersonEdit{Person: p.ID, Version: form.Version, Typed: typed})
	must(w.t, err)
	if len(wrong) > 0 {
		w.t.Fatal(wrong)
	}
}

func TestMyPageSaysWhatConcernsMe(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		before, err := w.rows.Seq(w.ctx)
		must(t, err)
		token := w.page("Chiara")
		rec := w.ask("GET", "/r/me/"+token, "")
		page := rec.Body.String()
		if rec.Code != http.StatusOK {
			t.Fatalf("%d %s", rec.Code, text(page))
		}
		for h, want := range map[string]string{"Content-Security-Policy": httpd.AppPolicy, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"} {
			if got := rec.Header().Get(h); got != want {
				t.Errorf("%s is %q", h, got)
			}
		}
		wants(t, page, u.Content.Headline, "High risk", "Tunisia: avoid non-essential travel", "If roads to the capital are cut, stay where you are", "1 I am safe", "2 I need help", "3 I am not there",
			"Emergency numbers in Tunisia: 190", "libphonenumber, 2026-07", "not verified", "E-mail c…@p….org : no word from there yet", "None of this holds back a warning")
		for _, other := range []string{"Bo ", "Chiara", "Fonti", "chiara@", "Tunis office", "/updates", "<script>"} {
			if strings.Contains(page, other) {
				t.Errorf("the page shows %q", other)
			}
		}
		if after, err := w.rows.Seq(w.ctx); err != nil || after != before {
			t.Errorf("opening it wrote into the log: %d, %d %v", before, after, err)
		}
		rec = w.ask("POST", "/r/me/"+token+"/answer", url.Values{"notice": {string(u.ID)}, "answer": {"1"}}.Encode())
		if to := rec.Header().Get("Location"); rec.Code != http.StatusSeeOther || to != "/r/me/"+token+"?said=safe" {
			t.Errorf("%d to %q", rec.Code, to)
		}
		wants(t, w.get("/r/me/"+token+"?said=safe"), "You told us: I am safe.", "Your last answer: I am safe")
		wants(t, w.get("/updates/"+string(u.ID)+"/people?answer=safe"), "Chiara")
	})
}

// A tap is kept once, however often it comes; one that waited says so to the desk, and is
// not the last word where they answered otherwise meanwhile.
func TestATapCountsOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		to := "/r/me/" + w.page("Chiara") + "/answer"
		people := "/updates/" + string(u.ID) + "/people"
		w.now = w.now.Add(40 * time.Minute)
		for range 3 {
			if rec := w.ask("POST", to, tapped(u, "2", aTap, 29*time.Minute, "stuck")); rec.Code != http.StatusNoContent {
				t.Fatalf("%d %s", rec.Code, rec.Body)
			}
			w.now = w.now.Add(time.Minute)
		}
		cases, err := w.desk.Cases(w.ctx, true)
		must(t, err)
		if len(cases) != 1 {
			t.Fatalf("%d cases", len(cases))
		}
		page := w.get("/cases/" + string(cases[0].ID))
		card, err := w.desk.CaseOf(w.ctx, cases[0].ID)
		must(t, err)
		if len(card.Log) != 1 {
			t.Errorf("it is noted %d times", len(card.Log))
		}
		late := "(tapped 11 Mar 2026 18:31 UTC, arrived 11 Mar 2026 19:00 UTC)"
		wants(t, page, late)
		wants(t, w.get(people+"?answer=help"), "Chiara", late)
		// What was tapped before they answered otherwise is not their last word.
		if rec := w.ask("POST", to, tapped(u, "1", strings.Replace(aTap, "0", "1", 1), time.Hour, "")); rec.Code != http.StatusNoContent {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
		wants(t, w.get(people+"?answer=help"), "Chiara")
		if strings.Contains(w.get(people+"?answer=safe"), "Chiara") {
			t.Error("an answer from before they called for help says that they are safe")
		}
		// What was tapped after it is.
		w.now = w.now.Add(time.Hour)
		w.ask("POST", to, tapped(u, "1", strings.Replace(aTap, "0", "2", 1), 5*time.Minute, ""))
		wants(t, w.get(people+"?answer=safe"), "Chiara")
		// A call for help counts, however old.
		w.ask("POST", to, tapped(u, "2", strings.Replace(aTap, "0", "3", 1), 90*time.Minute, ""))
		wants(t, w.get(people+"?answer=help"), "Chiara")
		// Nobody else's tap is taken for it.
		bo := "/r/me/" + w.page("Bo") + "/answer"
		if rec := w.ask("POST", bo, tapped(u, "1", aTap, 0, "")); rec.Code != http.StatusNoContent {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
		wants(t, w.get(people+"?answer=safe"), "Bo")
	})
}

// What was tapped before they were told once more is no answer to that.
func TestATapAnswersWhatTheyHadBeenTold(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		to := "/r/me/" + w.page("Chiara") + "/answer"
		w.now = w.now.Add(time.Hour)
		must(t, w.desk.TellAgain(w.ctx, desk.AgainOrder{Update: u.ID}))
		w.plan(u)
		w.now = w.now.Add(time.Minute)
		w.ask("POST", to, tapped(u, "1", aTap, 30*time.Minute, ""))
		silent := "/updates/" + string(u.ID) + "/people?silent=1"
		wants(t, w.get(silent), "Chiara")
		w.now = w.now.Add(5 * time.Minute)
		w.ask("POST", to, tapped(u, "1", strings.Replace(aTap, "0", "1", 1), 2*time.Minute, ""))
		if strings.Contains(w.get(silent), "Chiara") {
			t.Error("an answer to what they were told last leaves them silent")
		}
	})
}

func TestWhenATapWas(t *testing.T) {
	told, now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 11, 18, 0, 0, 0, time.UTC)
	for waited, want := range map[time.Duration]time.Time{
		0: {}, 59 * time.Second: {}, time.Hour: now.Add(-time.Hour), 1000 * time.Hour: now.Add(-vedette.TapLife), -time.Hour: {},
	} {
		if got := vedette.TappedAt(waited, told, now); !got.Equal(want) {
			t.Errorf("waited %s: %s, want %s", waited, got, want)
		}
	}
	if got := vedette.TappedAt(20*time.Hour, now.Add(-time.Hour), now); !got.Equal(now.Add(-time.Hour)) {
		t.Errorf("before they were told: %s", got)
	}
}

// What is no link, is somebody else's, or is over opens nothing, and keeps nothing.
func TestAttacksOnMyPage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	good := w.page("Chiara")
	chiara := w.person("Chiara")
	flipped := []byte(good)
	flipped[5] ^= 1
	other := auth.NewKey().SignPage(auth.Page{Org: w.org.Key, Person: chiara.Key, Expires: w.now.Add(time.Hour)})
	for name, c := range map[string]struct {
		token  string
		status int
	}{
		"altered":           {string(flipped), 403},
		"of another key":    {other, 403},
		"a reply link":      {w.token(u, "Chiara"), 403},
		"of another number": {w.key.SignPage(auth.Page{Org: w.org.Key, Person: chiara.Key, No: 7, Expires: w.now.Add(time.Hour)}), 403},
		"of another house":  {w.key.SignPage(auth.Page{Org: w.org.Key + 9, Person: chiara.Key, Expires: w.now.Add(time.Hour)}), 403},
		"of nobody":         {w.key.SignPage(auth.Page{Org: w.org.Key, Person: 999999, Expires: w.now.Add(time.Hour)}), 403},
		"expired":           {w.key.SignPage(auth.Page{Org: w.org.Key, Person: chiara.Key, Expires: w.now.Add(-time.Second)}), 410},
		"long":              {strings.Repeat("A", 5000), 403},
	} {
		for _, ask := range []struct{ method, end, body string }{
			{"GET", "", ""}, {"GET", "/app.webmanifest", ""}, {"POST", "/answer", tapped(u, "2", aTap, 0, "")}, {"POST", "/here", "place=Tunis"}, {"POST", "/wishes", "language=fr"},
		} {
			rec := w.ask(ask.method, "/r/me/"+c.token+ask.end, ask.body)
			if rec.Code != c.status {
				t.Errorf("%s: %s %s: %d, want %d", name, ask.method, ask.end, rec.Code, c.status)
			}
			if strings.Contains(rec.Body.String(), "Tunisia") || strings.Contains(rec.Body.String(), "Chiara") {
				t.Errorf("%s: %s %s tells of them", name, ask.method, ask.end)
			}
		}
	}
	if rec := w.ask("GET", "/r/"+good, ""); rec.Code != http.StatusForbidden {
		t.Errorf("as a reply link: %d", rec.Code)
	}
	// What is not theirs is not answered, and not told of.
	rows, err := w.rows.Rows(w.ctx, u.Key, store.RowFilter{})
	must(t, err)
	var out string
	must(t, w.desk.EachPerson(w.ctx, func(p vedette.Person) error {
		told := false
		for _, r := range rows {
			told = told || r.Recipient == p.Key
		}
		if !told {
			out = p.Record.Name
		}
		return nil
	}))
	if out == "" {
		t.Fatal("everybody was told")
	}
	stranger := "/r/me/" + w.page(out)
	if page := w.get(stranger); strings.Contains(page, "walk-out") {
		t.Error("whoever was not told reads it")
	}
	for name, body := range map[string]string{
		"not told": tapped(u, "1", aTap, 0, ""), "no update": tapped(&vedette.Update{ID: vedette.NewID(w.now)}, "1", "", 0, ""), "no id": "answer=1&notice=x",
	} {
		if rec := w.ask("POST", stranger+"/answer", body); rec.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, rec.Code)
		}
	}
	for name, c := range map[string]struct {
		body   string
		status int
		header []string
	}{
		"a huge body":        {"answer=1&text=" + strings.Repeat("x", 20<<10), 413, nil},
		"a long text":        {tapped(u, "1", aTap, 0, strings.Repeat("x", vedette.MaxReplyText+1)), 400, nil},
		"no answer":          {tapped(u, "7", aTap, 0, ""), 400, nil},
		"a tap with no name": {tapped(u, "1", "' OR 1=1 --", 0, ""), 400, nil},
		"another site":       {tapped(u, "1", aTap, 0, ""), 403, []string{"Sec-Fetch-Site", "cross-site"}},
	} {
		if rec := w.ask("POST", "/r/me/"+good+"/answer", c.body, c.header...); rec.Code != c.status {
			t.Errorf("%s: %d, want %d", name, rec.Code, c.status)
		}
	}
	if tally, err := w.rows.Tally(w.ctx, u.Key); err != nil || len(tally.Answers) > 0 {
		t.Errorf("something was kept: %+v %v", tally.Answers, err)
	}
}

// The links die when somebody is compromised, for good, when the desk ends them, and with
// whoever is erased.
func TestLinksToMyPageDie(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		id := string(w.person("Chiara").ID)
		dead := func(token string) {
			t.Helper()
			rec := w.ask("GET", "/r/me/"+token, "")
			page := text(rec.Body.String())
			if rec.Code != http.StatusForbidden || !strings.Contains(page, "no longer valid") || strings.Contains(page, "ompromised") || strings.Contains(page, "Tunisia") {
				t.Errorf("%d %s", rec.Code, page)
			}
		}
		first := w.page("Chiara")
		w.now = w.now.Add(time.Minute)
		_, err := w.desk.EndPages(w.ctx, id)
		must(t, err)
		dead(first)
		if link := mineLink.FindString(w.get("/r/" + w.token(u, "Chiara"))); link != "" {
			t.Error("an old message gives a new link in the place of those that were ended")
		}
		second := w.page("Chiara")
		w.get("/r/me/" + second)
		_, err = w.desk.Compromise(w.ctx, desk.CompromiseOrder{Person: id, Reason: "detained", By: "Ada"})
		must(t, err)
		dead(second)
		if _, err := w.desk.MakePage(w.ctx, id); vedette.ErrorCode(err) != vedette.CodeConflict {
			t.Errorf("a link is made for somebody compromised: %v", err)
		}
		// What is said by it is kept, not believed, and the page does not tell.
		if rec := w.ask("POST", "/r/me/"+second+"/answer", tapped(u, "1", aTap, 0, "all well")); rec.Code != http.StatusForbidden {
			t.Errorf("%d", rec.Code)
		}
		cases, err := w.desk.Cases(w.ctx, true)
		must(t, err)
		if len(cases) != 1 {
			t.Fatalf("%d cases", len(cases))
		}
		wants(t, w.get("/cases/"+string(cases[0].ID)), "answers: safe by page, UNTRUSTED")
		_, err = w.desk.Compromise(w.ctx, desk.CompromiseOrder{Person: id, Reason: "home", By: "Ada", Over: true})
		must(t, err)
		dead(second)
		if link := mineLink.FindString(w.get("/r/" + w.token(u, "Chiara"))); link != "" {
			t.Error("an old message gives a new link to whoever had the phone")
		}
		third := w.page("Chiara")
		w.get("/r/me/" + third)
		_, err = w.desk.Erase(w.ctx, desk.EraseOrder{Person: id, Why: vedette.EraseAsked, Anyway: true})
		must(t, err)
		dead(third)
	})
}

// A discreet page says what to do and nothing else, whether by their record or for where
// they are; nothing more is set by it.
func TestMyPageIsDiscreet(t *testing.T) {
	for how, set := range map[string]func(w *world){
		"by their record": func(w *world) { w.record("Chiara", "discreet: yes") },
		"for where they are": func(w *world) {
			s := vedette.DefaultSettings()
			s.DiscreetIn = []vedette.AreaID{"TN"}
			must(w.t, w.desk.SaveSettings(w.ctx, s, "Ada"))
		},
	} {
		w := newWorld(t)
		set(w)
		u := w.publish(harbours())
		here := "/r/me/" + w.page("Chiara")
		page := w.get(here)
		wants(t, page, "A message for you", "1 I am safe")
		for _, told := range []string{"Tunis", "Harbour", "Dock", "risk", "trip", "E-mail", "Emergency", "<svg class=\"map"} {
			if strings.Contains(page, told) {
				t.Errorf("%s: the page says %q", how, told)
			}
		}
		if m := w.get(here + "/app.webmanifest"); strings.Contains(m, "Harbour") || !strings.Contains(m, `"My page"`) {
			t.Errorf("%s: on the home screen: %s", how, m)
		}
		if rec := w.ask("POST", here+"/wishes", "language=fr"); rec.Code != http.StatusForbidden {
			t.Errorf("%s: wishes: %d", how, rec.Code)
		}
		if rec := w.ask("POST", here+"/answer", tapped(u, "1", aTap, 0, "")); rec.Code != http.StatusNoContent {
			t.Errorf("%s: an answer: %d", how, rec.Code)
		}
	}
}

// Whoever is restricted reads their page as others do; nobody learns there that they are.
func TestMyPageOfSomebodyRestricted(t *testing.T) {
	w := newWorld(t)
	w.record("Chiara", "restricted: yes; check-ins: yes")
	w.publish(harbours())
	here := "/r/me/" + w.page("Chiara")
	page := w.get(here)
	wants(t, page, "Dock walk-out")
	for _, told := range []string{"estricted", "Chiara", "c…@"} {
		if strings.Contains(page, told) {
			t.Errorf("the page says %q", told)
		}
	}
	if to := w.ask("POST", here+"/here", "place=Sousse").Header().Get("Location"); to != here+"?said=here" {
		t.Errorf("they check in: to %q", to)
	}
}

func TestIAmHere(t *testing.T) {
	w := newWorld(t)
	here := "/r/me/" + w.page("Chiara")
	if rec := w.ask("POST", here+"/here", "place=Sousse"); rec.Code != http.StatusForbidden {
		t.Errorf("without having agreed: %d", rec.Code)
	}
	w.record("Chiara", "check-ins: yes")
	wants(t, w.get(here), "I am here", "A town, or coordinates")
	for place, said := range map[string]string{"Sousse": "here", "35.83,10.64": "here", "Nowhere at all": "unknown", "999,999": "unknown", "": "unknown"} {
		if to := w.ask("POST", here+"/here", url.Values{"place": {place}}.Encode()).Header().Get("Location"); to != here+"?said="+said {
			t.Errorf("%q: to %q", place, to)
		}
	}
	wants(t, w.get("/people/"+string(w.person("Chiara").ID)), "Sousse", "check-in")
}

// Somebody sets how they are told what merely informs, and nothing else.
func TestWishesOfMyPage(t *testing.T) {
	w := newWorld(t)
	here := "/r/me/" + w.page("Chiara")
	rec := w.ask("POST", here+"/wishes", url.Values{"language": {"fr"}, "quiet-of": {"22:00"}, "quiet-to": {"07:00"}, "digest": {"07:30"}, "first": {"email"}, "discreet": {"yes"}, "name": {"Eve"}}.Encode())
	if rec.Header().Get("Location") != here+"?said=saved" {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	r := w.person("Chiara").Record
	if r.Language != "fr" || r.Wishes.Quiet.String() != "22:00–07:00" || r.Wishes.Digest.String() != "07:30" || r.Wishes.Order != "email" || r.Discreet {
		t.Errorf("%+v", r)
	}
	page := w.get(here + "?said=saved")
	wants(t, page, "Votre page", "Enregistré.", "Rien de cela ne retient un avertissement")
	for _, kept := range []string{`value="22:00"`, `value="07:00"`, `value="07:30"`, `<html lang="fr">`} {
		if !strings.Contains(page, kept) {
			t.Errorf("the page lacks %s", kept)
		}
	}
	for _, wrong := range []string{"language=tlh", "quiet-of=22:00", "digest=25:00", "first=pigeon", "quiet-of=x&quiet-to=y"} {
		if rec := w.ask("POST", here+"/wishes", wrong); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", wrong, rec.Code)
		}
	}
	if got := w.person("Chiara").Record; got.Wishes != r.Wishes || got.Language != "fr" {
		t.Errorf("what was refused was kept: %+v", got.Wishes)
	}
}

// The page speaks each language, in its direction; none of ours stands there in English.
func TestMyPageSpeaks(t *testing.T) {
	w := newWorld(t)
	w.publish(harbours())
	here := "/r/me/" + w.page("Chiara")
	for _, tag := range words.Languages() {
		w.record("Chiara", "language: "+tag)
		page, says := w.get(here), words.In(tag)
		dir := `<html lang="` + tag + `">`
		if says.Right {
			dir = `<html lang="` + tag + `" dir="rtl">`
		}
		if !strings.Contains(page, dir) {
			t.Errorf("%s: the page does not say so", tag)
		}
		wants(t, page, says.Say("my.title"), says.Say("my.told.never"), says.Say("risk.high"))
		for _, english := range []string{"Your page", "Emergency numbers", "High risk", "Save", "I am safe", "ago"} {
			if tag != "en" && strings.Contains(text(page), english) {
				t.Errorf("%s: the page says %q", tag, english)
			}
		}
	}
}

// A reply page leads to the page for three days, and by an old message to no fresh link.
func TestAReplyPageLeadsToMyPage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	link := mineLink.FindString(w.get("/r/" + w.token(u, "Chiara")))
	if link == "" {
		t.Fatal("there is no link")
	}
	wants(t, w.get(link), "Dock walk-out")
	w.now = w.now.Add(desk.DevicesWithin - time.Minute)
	if again := mineLink.FindString(w.get("/r/" + w.token(u, "Chiara"))); again != link {
		t.Errorf("another link: %s, %s", link, again)
	}
	w.now = w.now.Add(time.Hour)
	if old := mineLink.FindString(w.get("/r/" + w.token(u, "Chiara"))); old != "" {
		t.Error("an old message still leads there")
	}
	w.now = u.PublishedAt.Add(desk.PageLife + time.Minute)
	if rec := w.ask("GET", link, ""); rec.Code != http.StatusGone {
		t.Errorf("an old link: %d", rec.Code)
	}
}

// The file about somebody is given by a link of the last hour alone; it tells nothing of
// what is believed of them. A new link goes to their addresses, once an hour.
func TestTheFileOfMyPage(t *testing.T) {
	w := newWorld(t)
	set := vedette.DefaultSettings()
	set.DuressDigit = 7
	must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	u := w.publish(harbours())
	here := "/r/me/" + w.page("Chiara")
	w.ask("POST", here+"/answer", tapped(u, "1", aTap, 0, "7"))
	if cases, err := w.desk.Cases(w.ctx, true); err != nil || len(cases) != 1 || !cases[0].Duress {
		t.Fatalf("%+v %v", cases, err)
	}
	wants(t, w.get(here), "All that is kept about you, as a file")
	rec := w.ask("GET", here+"/file.json", "")
	file := rec.Body.String()
	if rec.Code != http.StatusOK || !strings.Contains(file, "chiara@people.example.org") || !strings.Contains(file, "Dock walk-out") {
		t.Errorf("%d %s", rec.Code, file)
	}
	for _, told := range []string{"under_duress", `"trust"`, "UNDER DURESS"} {
		if strings.Contains(file, told) {
			t.Errorf("the file says %s", told)
		}
	}
	for _, h := range strings.Split(file, `"table":`)[1:] {
		if strings.Contains(h, `"rows"`) && (strings.HasPrefix(strings.TrimSpace(h), `"cases"`) || strings.HasPrefix(strings.TrimSpace(h), `"tasks"`) || strings.HasPrefix(strings.TrimSpace(h), `"presences"`)) {
			t.Errorf("the file holds %.40s", h)
		}
	}
	w.now = w.now.Add(time.Hour)
	if rec := w.ask("GET", here+"/file.json", ""); rec.Code != http.StatusForbidden {
		t.Errorf("an hour later: %d", rec.Code)
	}
	if strings.Contains(w.get(here), "file.json") {
		t.Error("it is still offered")
	}
	for _, said := range []string{"sent", "often"} {
		if to := w.ask("POST", here+"/ask", "for=link").Header().Get("Location"); to != here+"?said="+said {
			t.Errorf("to %q, want %s", to, said)
		}
	}
	letters, err := w.rows.ClaimLetters(w.ctx, "test", vedette.ChannelEmail, 10, w.now, time.Minute)
	must(t, err)
	pages := 0
	for _, l := range letters {
		if l.Kind == vedette.LetterPage && l.Recipient == w.person("Chiara").Key {
			pages++
		}
	}
	if pages != 1 {
		t.Errorf("%d letters with a link", pages)
	}
}

// To be erased is asked of the desk, once; nobody is erased by a link.
func TestAskingToBeErased(t *testing.T) {
	w := newWorld(t)
	here := "/r/me/" + w.page("Chiara")
	for range 2 {
		if to := w.ask("POST", here+"/ask", "for=erase").Header().Get("Location"); to != here+"?said=asked" {
			t.Errorf("to %q", to)
		}
	}
	tasks, err := w.rows.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskOpen})
	must(t, err)
	if len(tasks) != 1 || !strings.Contains(tasks[0].Question, "asks on their own page to be erased") || strings.Contains(tasks[0].Question, "Chiara") {
		t.Errorf("%+v", tasks)
	}
	if w.person("Chiara").Erased {
		t.Error("they are erased")
	}
}

// The desk gives somebody a link, sends one, and ends those there are.
func TestTheDeskGivesAPage(t *testing.T) {
	w := newWorld(t)
	w.serveWith(func(c *Config) { c.BaseURL = "http://localhost" })
	at := "/people/" + string(w.person("Chiara").ID)
	wants(t, w.get(at), "Send them their page", "End all links to their page")
	link := mineLink.FindString(w.ask("POST", at+"/page", "do=show").Body.String())
	wants(t, w.get(link), "Your page")
	if strings.Contains(w.get(at), "/r/me/") {
		t.Error("the link is shown again")
	}
	wants(t, w.get(w.ask("POST", at+"/page", "do=mail").Header().Get("Location")), "on its way to them")
	wants(t, w.get(w.ask("POST", at+"/page", "do=end").Header().Get("Location")), "No link to their page")
	if rec := w.ask("GET", link, ""); rec.Code != http.StatusForbidden {
		t.Errorf("an ended link: %d", rec.Code)
	}
}
