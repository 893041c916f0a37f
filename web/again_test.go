package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth/rights"
)

var hiddenFields = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// hidden are the fields that a page's form says without being asked.
func hidden(page string) (pairs []string) {
	for _, m := range hiddenFields.FindAllStringSubmatch(page[strings.Index(page, "<main"):], -1) {
		pairs = append(pairs, m[1], html.UnescapeString(m[2]))
	}
	return pairs
}

// Publishing what is extreme takes a second factor of this shift. Nothing that was typed
// is lost on the way, and nothing goes out before whoever publishes presses again.
func TestPublishingExtremeAsksForASecondFactor(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	base, dr := w.drafted()
	d := w.device(w.signs("ada"))
	high := w.as(d.session, "GET", base, http.StatusOK)
	if !strings.Contains(high, "Publish, and tell them now") {
		t.Fatal(text(high))
	}
	w.as(d.session, "POST", base, http.StatusSeeOther, "seen", "1", "risk", "extreme")
	publish := []string{"seen", "2", "reason", `so it "is"`, "count", "5", "again", "1"}
	state := func() vedette.UpdateState {
		t.Helper()
		u, err := w.desk.Update(w.ctx, dr.Update.ID)
		must(t, err)
		return u.State
	}

	// Whoever has none is told how to get one, and goes on here then.
	page := w.as(d.session, "POST", base+"/publish", http.StatusForbidden, publish...)
	wants(t, page, "This says extreme", "you have none yet", "Go on")
	if !strings.Contains(page, `href="/account#second"`) || state() != vedette.UpdateDraft {
		t.Error("no way to add one, or it was published")
	}
	before := hidden(page)
	if got, want := strings.Join(before[:len(publish)], "|"), `seen|2|reason|so it "is"|again|1|count|5`; got != want {
		t.Errorf("kept is %s, want %s", got, want)
	}
	wants(t, w.as(d.session, "POST", base+"/publish", http.StatusForbidden, before...), "Nothing was shown yet")
	secret := d.codes()
	page = w.as(d.session, "POST", base+"/publish", http.StatusOK, before...)
	wants(t, page, "Nothing was published yet", "look once more")
	if state() != vedette.UpdateDraft {
		t.Fatal("it was published without a press")
	}

	// Another browser, and 13 hours later this one too, is asked for it.
	d = w.device(w.signs("ada"))
	page = w.as(d.session, "POST", base+"/publish", http.StatusForbidden, publish...)
	wants(t, page, "The code that your program shows")
	w.now = w.now.Add(time.Minute)
	page = w.as(d.session, "POST", base+"/publish", http.StatusForbidden, append(hidden(page), "code", "12345")...)
	wants(t, page, "That code is not good")
	form := append(hidden(page), "code", secret.Code(w.now))
	wants(t, w.as(d.session, "POST", base+"/publish", http.StatusOK, form...), "Nothing was published yet")
	if state() != vedette.UpdateDraft {
		t.Fatal("it was published without a press")
	}
	for range 13 { // at work all the while
		w.now = w.now.Add(time.Hour)
		w.as(d.session, "GET", "/", http.StatusOK)
	}
	wants(t, w.as(d.session, "POST", base+"/publish", http.StatusForbidden, publish...), "This says extreme")
	w.as(d.session, "POST", "/account/again", http.StatusSeeOther, "show", "code", "code", secret.Code(w.now), "to", base)
	w.as(d.session, "POST", base+"/publish", http.StatusSeeOther, "seen", "2")
	if state() != vedette.UpdatePublished {
		t.Error("it is not published")
	}
}

// What was ticked is ticked still, but of a draft that somebody changed meanwhile.
func TestWhatWasTickedIsKept(t *testing.T) {
	w := newWorld(t)
	telling := func(a vedette.Action) *vedette.Update {
		u := harbours()
		u.Content.Recommendations[1].Advice[2] = vedette.Advice{Statement: vedette.Statement{Text: "In Tunisia."}, Actions: []vedette.AdviceAction{act(a, place("Tunisia", "TN"))}}
		return u
	}
	w.publish(telling(vedette.Shelter))
	w.user("ada", vedette.RoleAdministrator)
	u := telling(vedette.Leave)
	u.Content.Risk = vedette.RiskExtreme
	u.ID, u.State, u.CreatedAt = vedette.NewID(w.now), vedette.UpdateDraft, w.now
	must(t, w.rows.SaveDraft(w.ctx, u, w.now))
	base := "/drafts/" + string(u.ID)
	d := w.device(w.signs("ada"))
	page := w.as(d.session, "GET", base, http.StatusOK)
	if !strings.Contains(page, `id="odds"`) {
		t.Fatalf("nothing is at odds: %s", text(page))
	}
	page = w.as(d.session, "POST", base+"/publish", http.StatusForbidden, "seen", "0", "accept", "contradiction", "reason", "a decision of the board", "break", "1")
	fields := hidden(page)
	d.codes()
	page = w.as(d.session, "POST", base+"/publish", http.StatusOK, fields...)
	for _, kept := range []string{`value="contradiction" checked`, `name="reason" value="a decision of the board"`, `<details class="press" open><summary>Publish it`} {
		if !strings.Contains(page, kept) {
			t.Errorf("lost: %s", kept)
		}
	}
	w.as(d.session, "POST", base, http.StatusSeeOther, "seen", "0", "risk:TN", "extreme")
	page = w.as(d.session, "POST", base+"/publish", http.StatusOK, fields...)
	wants(t, page, "The draft was changed meanwhile")
	if strings.Contains(page, `value="contradiction" checked`) {
		t.Error("what is at odds now was ticked by nobody")
	}
}

// Whatever takes people away asks for it, and goes on to what was asked for.
func TestTakingPeopleAwayAsksForASecondFactor(t *testing.T) {
	w := newWorld(t)
	w.serves(localBase)
	roll := w.openRoll("area", "Tunisia")
	w.user("ada", vedette.RoleAdministrator)
	d := w.device(w.signs("ada"))
	table := roll + "/calls.csv?sheet=1"
	wants(t, w.as(d.session, "GET", table, http.StatusForbidden), "Who takes a list of people away", "you have none yet")
	d.add("phone")
	d = &device{Device: d.Device, w: w, session: w.signs("ada")}
	page := w.as(d.session, "GET", table, http.StatusForbidden)
	wants(t, page, "Use my passkey")
	if strings.Contains(page, "Dawit") {
		t.Error("the page holds whom it asks about")
	}
	rec := d.send("/account/again", append(hidden(page), "credential", string(d.Show(t, d.options("/account/show"))))...)
	if to := rec.Header().Get("Location"); to != table {
		t.Fatalf("%d to %q", rec.Code, to)
	}
	if page := w.as(d.session, "GET", table, http.StatusOK); !strings.Contains(page, "Dawit") {
		t.Error("the table is empty")
	}
	// Signing in with a passkey counts.
	d.session = ""
	w.as(cookieOf(d.signsIn("/")), "GET", table, http.StatusOK)

	// Who goes to another site is not sent there.
	d.session = w.signs("ada")
	rec = d.send("/account/again", "to", "https://evil.example", "credential", string(d.Show(t, d.options("/account/show"))))
	if to := rec.Header().Get("Location"); to != "/" {
		t.Errorf("to %q", to)
	}
}

// A table is an export, whoever adds one, and so is the file of somebody; but for what
// they have of it themselves, by a link of the last hour (TestTheFileOfMyPage).
func TestEveryTableIsAnExport(t *testing.T) {
	seen := 0
	for _, rt := range (&portal{}).routes() {
		if rt.pattern == "GET "+MinePath+"{token}/file.json" && rt.open == byLink {
			continue
		}
		if table := strings.HasSuffix(rt.pattern, ".csv") || strings.Contains(rt.pattern, "/file."); table != rt.export {
			t.Errorf("%s: an export %v", rt.pattern, rt.export)
		} else if table {
			seen++
		}
		if rt.export && rt.act != rights.Export {
			t.Errorf("%s is for those who may %q", rt.pattern, rt.act)
		}
	}
	if seen == 0 {
		t.Error("there is no table")
	}
}
