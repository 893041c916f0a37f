package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
)

// flashed sends the form of a flash and gives the address of what it leads to.
func (w *world) flashed(cookie string, f ...string) string {
	w.t.Helper()
	rec := w.ask("POST", "/flash", filled(f...).Encode(), "Cookie", cookie)
	if rec.Code != http.StatusSeeOther {
		w.t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	return rec.Header().Get("Location")
}

var flashID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// From the form to the update: what, where, one line; whom it warns and what they are told;
// one press, which twice is one.
func TestAFlashIsSent(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.user("admin", vedette.RoleAdministrator)
		w.user("approver", vedette.RoleApprover)
		cookie := w.signs("approver")
		page := w.ask("GET", "/flash", "", "Cookie", cookie).Body.String()
		wants(t, page, "Strike", "Earthquake", "Unrest", "Airport closed", "Attack", "See whom it warns")
		if home := w.ask("GET", "/", "", "Cookie", cookie).Body.String(); !strings.Contains(home, `href="/flash">Flash: warn people now`) || strings.Index(home, `href="/flash"`) > strings.Index(home, `href="/drafts"`) {
			t.Error("it is not first in the navigation, or not on the home page")
		}
		id := flashID.FindStringSubmatch(page)[1]
		form := []string{"id", id, "template", "unrest", "where", "Tunis", "line", "Crowd at the gate, seen by <b>our driver</b>", "status", "actual"}
		to := w.flashed(cookie, form...)
		if again := w.flashed(cookie, form...); again != to || to != "/drafts/"+id {
			t.Errorf("twice is two: %s, %s", to, again)
		}
		page = w.ask("GET", to, "", "Cookie", cookie).Body.String()
		wants(t, page, "Violent unrest: Tunis, Tunisia", "Crowd at the gate, seen by <b>our driver</b>", "Warn 4 people in 1 country", "English: 4 people", "Stay indoors.")
		if strings.Contains(page, "<script") || strings.Contains(page, "<b>our driver") || !strings.Contains(page, `href="/who/people?where=`) {
			t.Error("the page has a script, markup, or no way to the people")
		}
		rec := w.ask("POST", to+"/publish", filled("seen", "1").Encode(), "Cookie", cookie)
		twice := w.ask("POST", to+"/publish", filled("seen", "1").Encode(), "Cookie", cookie)
		if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/updates/"+id || twice.Header().Get("Location") != "/updates/"+id {
			t.Fatalf("%d %s; then %d %s", rec.Code, text(rec.Body.String()), twice.Code, twice.Header().Get("Location"))
		}
		us, err := w.rows.Updates(w.ctx, 10, time.Time{})
		must(t, err)
		if len(us) != 1 || us[0].Number != 1 || us[0].Flash != "unrest" {
			t.Errorf("%+v", us)
		}
		wants(t, w.ask("GET", "/updates/"+id, "", "Cookie", cookie).Body.String(), "Violent unrest: Tunis, Tunisia", "Stay indoors.")
		// Another of the desk who flashes the same a moment later is told so.
		to = w.flashed(cookie, "id", string(vedette.NewID(w.now)), "template", "unrest", "where", "Tunis")
		wants(t, w.ask("GET", to, "", "Cookie", cookie).Body.String(), "The same flash was sent already", "Tell everyone once more")
		if rec := w.ask("POST", to+"/publish", filled("seen", "1").Encode(), "Cookie", cookie); rec.Code != http.StatusConflict {
			t.Errorf("%d", rec.Code)
		}
	})
}

// What is not plain is asked, and what was typed stays.
func TestAFlashAsksWhatIsNotPlain(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		form []string
		code int
		want []string
	}{
		{[]string{"template", "strike", "where", "Tripoli", "line", "two blasts"}, 400, []string{"Several places are called", "Which one is meant?", "Tripoli, Lebanon", "two blasts"}},
		{[]string{"where", "Tunis"}, 400, []string{"Choose what happened"}},
		{[]string{"template", "strike"}, 400, []string{"Say where"}},
		{[]string{"template", "strike", "where", "Atlantisqq"}, 400, []string{"No place is known"}},
		{[]string{"template", "strike", "where", "36.8, 10.18"}, 400, []string{"how far around it"}},
		{[]string{"template", "nothing", "where", "Tunis"}, 400, []string{"there is no template"}},
		{[]string{"template", "strike", "where", "Tunis", "risk", "deadly"}, 400, []string{"Flash: warn people now"}},
		{[]string{"template", "strike", "where", "Tunis", "line", strings.Repeat("x", 301)}, 400, []string{"longer than 300"}},
		{[]string{"template", "strike", "where", "Tunis", "id", "x"}, 400, []string{"no id"}},
	} {
		rec := w.ask("POST", "/flash", filled(append(c.form, "by", "Ada")...).Encode())
		read := text(rec.Body.String()) + rec.Body.String()
		for _, want := range c.want {
			if rec.Code != c.code || !strings.Contains(read, want) {
				t.Errorf("%q: %d, want %d with %q:\n%s", c.form, rec.Code, c.code, want, text(rec.Body.String()))
			}
		}
	}
	rec := w.ask("POST", "/flash", filled("by", "Ada", "id", string(vedette.NewID(w.now)), "template", "strike", "where", "Tripoli", "place", "LY").Encode())
	wants(t, w.get(rec.Header().Get("Location")), "Air or missile strike: Libya", "Warn 2 people in 1 country")
	// It is changed on its form, and is the same draft then.
	to := rec.Header().Get("Location")
	change := w.get("/flash?draft=" + strings.TrimPrefix(to, "/drafts/"))
	if !strings.Contains(change, `value="Libya"`) || !strings.Contains(change, `value="strike" required checked`) {
		t.Errorf("the form does not say what it was: %s", text(change))
	}
	rec = w.ask("POST", "/flash", filled("by", "Ben", "id", strings.TrimPrefix(to, "/drafts/"), "seen", "1", "fixed", "actual", "template", "strike", "where", "36.8, 10.18, 30").Encode())
	if rec.Header().Get("Location") != to {
		t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get(to), "circle of 30 km near Tunis", "Warn 5 people in 1 country", "Ben")
}

// What the page's script asks for: how the place was read, who is there, a map.
func TestWhoIsThereWhileItIsTyped(t *testing.T) {
	w := newWorld(t)
	for ask, want := range map[string][]string{
		"":              {`data-west="`, "<svg"},
		"where=Tunis":   {"Tunis, Tunisia", `<span class="big">4</span>`, "/who/people?where=gn", `<svg`},
		"where=Tripoli": {"Several places are called", `data-place="`, "<svg"},
		"where=" + url.QueryEscape("36.8, 10.18, 30"): {"circle of 30 km near Tunis", "drawn"},
		"where=x%3Cscript%3E":                         {"No place is known", "&lt;script&gt;"},
		"at=36.8,10.18&span=2":                        {`data-north="37.`},
	} {
		page := w.get("/flash/look?" + ask)
		for _, s := range want {
			if !strings.Contains(page, s) {
				t.Errorf("%s: no %q\n%.600s", ask, s, page)
			}
		}
		if strings.Contains(page, "<html") || strings.Contains(page, "<script") {
			t.Errorf("%s: more than a part of a page", ask)
		}
	}
	for _, bad := range []string{"at=91,0&span=2", "at=x&span=2", "at=1,1&span=0", "at=1,1&span=NaN", "at=NaN,1&span=2"} {
		if rec := w.ask("GET", "/flash/look?"+bad, ""); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}

// A count leads to the people behind it, each with why; nobody restricted is named to who
// may not know them.
func TestWhoIsThereByName(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/who/people?where=Tunis&stand=in"), "Amal Haddad", "Tunis office")
	page := w.get("/who/people?where=Tunisia&stand=unreached")
	wants(t, page, "Dawit Bekele", "no address that a channel sends to")
	if strings.Contains(page, "Amal") {
		t.Error("who is reached is in the list of those who are not")
	}
	wants(t, w.get("/who/people?where="+url.QueryEscape("36.8, 10.18, 30")), "Amal Haddad")
	for _, bad := range []string{"where=Tunis&stand=all", "where=", "where=Atlantisqq"} {
		if rec := w.ask("GET", "/who/people?"+bad, ""); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}

// Where two are wanted it is said up front, and asked for in the place of sending.
func TestAFlashWhereTwoAreWanted(t *testing.T) {
	w := newWorld(t)
	set, err := w.desk.Settings(w.ctx)
	must(t, err)
	set.Approval = vedette.ApproveAll
	must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	w.user("admin", vedette.RoleAdministrator)
	w.user("analyst", vedette.RoleAnalyst)
	w.user("approver", vedette.RoleApprover)
	cookie := w.signs("analyst")
	wants(t, w.ask("GET", "/flash", "", "Cookie", cookie).Body.String(), "on the word of a second person")
	to := w.flashed(cookie, "id", string(vedette.NewID(w.now)), "template", "unrest", "where", "Tunis")
	page := w.ask("GET", to, "", "Cookie", cookie).Body.String()
	wants(t, page, "Ask for approval, to warn 4 people in 1 country", "break the glass", "Why it cannot wait for a second person")
	rec := w.ask("POST", to+"/break", filled("seen", "1", "reason", "nobody answers").Encode(), "Cookie", cookie)
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(rec.Header().Get("Location"), "/updates/") {
		t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
	}
	// Without that rule an analyst's flash waits for somebody who may send it.
	set.Approval = vedette.ApproveNone
	must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	to = w.flashed(cookie, "id", string(vedette.NewID(w.now)), "template", "attack", "where", "Tunis")
	wants(t, w.ask("GET", to, "", "Cookie", cookie).Body.String(), "You may not send it: an approver does")
}

// What says extreme asks for the second factor on the way, and comes back to the flash.
func TestAFlashThatSaysExtreme(t *testing.T) {
	w := newWorld(t)
	w.user("admin", vedette.RoleAdministrator)
	w.user("approver", vedette.RoleApprover)
	cookie := w.signs("approver")
	to := w.flashed(cookie, "id", string(vedette.NewID(w.now)), "template", "strike", "where", "Tunis")
	rec := w.ask("POST", to+"/publish", filled("seen", "1").Encode(), "Cookie", cookie)
	if rec.Code != http.StatusForbidden || !strings.Contains(text(rec.Body.String()), "second factor") {
		t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
	}
	w.device(cookie).codes()
	if rec := w.ask("POST", to+"/publish", filled("seen", "1").Encode(), "Cookie", cookie); rec.Code != http.StatusSeeOther {
		t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
	}
}

// The templates: read, changed, written anew, restored; what is wrong keeps what was typed.
func TestTemplatesOfFlashes(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/flash/templates"), "Strike", "built in", "Air or missile strike: {place}", "Nobody who speaks it has read it yet: Arabic")
	page := w.get("/flash/templates/strike")
	wants(t, page, "Headline in Hebrew", "Somebody who speaks English has read this ( the makers of Vedette )")
	if !strings.Contains(page, `dir="rtl"`) {
		t.Error("Arabic is not written from the right")
	}
	rec := w.ask("GET", "/flash/write?key=gas-leak&name=Gas+leak&as=strike", "")
	page = w.get(rec.Header().Get("Location"))
	wants(t, page, "gas-leak", "new")
	own := []string{"by", "Ada", "do", "save", "name", "Gas leak", "risk", "high", "urgency", "immediate", "language", "en", "do-1", "evacuate", "headline-en", "Gas leak: {place}", "advice-en", "Go outside now.", "error-en", "There was no gas leak ({place}).", "read-en", "1",
		"headline-fr", "Fuite de gaz : {place}", "advice-fr", "Sortez maintenant.", "error-fr", "Pas de fuite ({place})."}
	rec = w.ask("POST", "/flash/templates/gas-leak", filled(own...).Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get("/flash/templates"), "Gas leak", "yours", "Says nothing in Arabic, Spanish, Persian, Hebrew, Russian", "read it yet: French")
	wants(t, w.get("/flash"), "Gas leak", "not in Arabic")
	got, err := w.desk.FlashOf(w.ctx, "gas-leak")
	must(t, err)
	if en := got.In("en"); en.ReadBy != "Ada" || got.In("fr").ReadBy != "" {
		t.Errorf("%+v", got)
	}
	rec = w.ask("POST", "/flash/templates/gas-leak", filled(append(own, "name", "Other")...).Encode())
	if rec.Code != http.StatusConflict || !strings.Contains(text(rec.Body.String()), "somebody else changed") {
		t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
	}
	bad := filled(append(own, "version", got.Version)...)
	bad.Set("headline-en", "Gas leak")
	rec = w.ask("POST", "/flash/templates/gas-leak", bad.Encode())
	if rec.Code != http.StatusBadRequest || !strings.Contains(rec.Body.String(), `value="Gas leak"`) || !strings.Contains(text(rec.Body.String()), "does not say where it is") {
		t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
	}
	rec = w.ask("POST", "/flash/templates/gas-leak", filled("by", "Ben", "do", "restore", "version", got.Version).Encode())
	if _, err := w.desk.FlashOf(w.ctx, "gas-leak"); rec.Code != http.StatusSeeOther || err == nil {
		t.Errorf("%d %v", rec.Code, err)
	}
	if rec := w.ask("GET", "/flash/templates/gas-leak", ""); rec.Code != http.StatusNotFound {
		t.Errorf("%d", rec.Code)
	}
}
