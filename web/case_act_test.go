package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

func TestTheDeskWritesToWhoeverCalled(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.ask("POST", "/r/"+w.token(u, "Chiara"), "answer=2&text=on+the+roof")
	list, err := w.desk.Cases(w.ctx, false)
	must(t, err)
	page := "/cases/" + string(list[0].ID)
	send := func(form string) string {
		t.Helper()
		rec := w.ask("POST", page, form)
		if rec.Code != 303 && rec.Code != 409 {
			t.Fatalf("%q was answered %d", form, rec.Code)
		}
		return rec.Body.String()
	}
	wants(t, send("do=write&text=Where%3F&by="), "say who you are")
	wants(t, send("do=write&text=+&by=Ada"), "need words")
	wants(t, send("do=else&by=Ada"), "Press one of the buttons")
	wants(t, send("do=write&by=Ada&text="+strings.Repeat("x", vedette.MaxCaseWords+1)), "at most 500 are sent")
	send("do=write&by=Ada&text=" + url.QueryEscape("Which <b>roof</b>?\u202e"))
	got := w.get(page)
	wants(t, got, "Ada writes to them", "Which <b>roof</b>?", "email: queued", "Chiara", "on the roof")
	if strings.Contains(got, "<b>roof") || strings.Contains(got, "\u202e") {
		t.Error("what was written came out as markup, or turns what follows")
	}
	if rec := w.ask("POST", page, "do=write&by=Ada&text=x", "Sec-Fetch-Site", "cross-site"); rec.Code != 403 {
		t.Errorf("a form of another site was answered %d", rec.Code)
	}

	// One press: nothing more is sent, and their link is dead.
	wants(t, send("do=shut&by=Ada&reason="), "Say why")
	send("do=shut&by=Ada&reason=detained")
	wants(t, w.get(page), "COMPROMISED", "detained", "email: withheld", "Reach them another way")
	wants(t, send("do=write&by=Ada&text=x"), "held to be compromised")
	wants(t, w.get("/updates/"+string(u.ID)+"/board"), "Not told:", "Chiara")
	rec := w.ask("GET", "/r/"+w.token(u, "Chiara"), "")
	dead := text(rec.Body.String())
	if rec.Code != 403 || !strings.Contains(dead, "This link is no longer valid") || strings.Contains(dead, "detained") || strings.Contains(dead, "ompromised") {
		t.Errorf("the link of somebody compromised: %d %s", rec.Code, dead)
	}
	if rec := w.ask("POST", "/r/"+w.token(u, "Chiara"), "answer=1&text=all+well"); rec.Code != 403 {
		t.Errorf("an answer of somebody compromised: %d", rec.Code)
	}
	wants(t, w.get(page), "answers: safe by page, UNTRUSTED", "all well")
	send("do=trust&by=Ada&reason=home")
	wants(t, w.get("/r/"+w.token(u, "Chiara")), "safe")
}

// mineLink is a link to somebody's own page.
var mineLink = regexp.MustCompile(`/r/me/[A-Za-z0-9_-]{20,}`)

// What whoever is made to answer sees is, byte for byte, what whoever says the
// same and is safe sees.
func TestDuressLooksLikeSafe(t *testing.T) {
	answer := func(digit int, text string) (shown []string) {
		w := newWorld(t)
		set := vedette.DefaultSettings()
		set.DuressDigit = digit
		must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
		u := w.publish(harbours())
		link, mine := "/r/"+w.token(u, "Chiara"), "/r/me/"+w.page("Chiara")
		for _, kind := range []string{"1", "3"} {
			shown = append(shown, w.ask("POST", link, "answer="+kind+"&text="+url.QueryEscape(text)).Body.String(), w.get(link))
			answer := url.Values{"notice": {string(u.ID)}, "answer": {kind}, "text": {text}}
			if rec := w.ask("POST", mine+"/answer", answer.Encode()); rec.Code != http.StatusSeeOther {
				t.Errorf("by their own page: %d %s", rec.Code, rec.Body)
			}
			shown = append(shown, w.get(mine), w.get(mine+"?said="+kind))
		}
		list, err := w.desk.Cases(w.ctx, false)
		must(t, err)
		if got := len(list) == 1 && list[0].Duress; got != (digit == 7) {
			t.Errorf("with the digit %d the cases are %+v", digit, list)
		}
		if digit == 7 {
			_, err := w.desk.ActOnCase(w.ctx, desk.CaseOrder{Case: list[0].ID, Kind: vedette.CaseTake, By: "Ada"})
			must(t, err)
			wants(t, w.get("/cases/"+string(list[0].ID)), "Duress:", "UNDER DURESS")
			wants(t, w.get("/updates/"+string(u.ID)+"/people?silent=1"), "DURESS, do not ring")
		}
		shown = append(shown, w.get(link), w.get(mine))
		for i := range shown { // another key signs other links, and an update has another id
			shown[i] = strings.NewReplacer(mine, "MINE", string(u.ID), "UPDATE").Replace(shown[i])
			shown[i] = mineLink.ReplaceAllString(shown[i], "MINE")
		}
		return shown
	}
	safe, forced := answer(0, "7"), answer(7, "7")
	for i := range safe {
		if safe[i] != forced[i] {
			t.Errorf("page %d differs:\n%s\n---\n%s", i, safe[i], forced[i])
		}
	}
}

// A case is taken, noted and closed on its page; what is refused is still typed there, and
// nobody is written to.
func TestACaseIsTakenAndClosed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		w.ask("POST", "/r/"+w.token(u, "Chiara"), "answer=2&text=on+the+roof")
		list, err := w.desk.Cases(w.ctx, false)
		must(t, err)
		page := "/cases/" + string(list[0].ID)
		wants(t, w.get(page), "not taken yet", "I take it", "Note what is known", "It can be closed once somebody has taken it.")
		if strings.Contains(w.get(page), `value="close"`) {
			t.Error("what nobody has is to be closed")
		}
		send := func(want int, pairs ...string) string {
			t.Helper()
			rec := w.ask("POST", page, filled(pairs...).Encode())
			if rec.Code != want {
				t.Fatalf("%v: %d %s", pairs, rec.Code, text(rec.Body.String()))
			}
			return rec.Body.String()
		}
		wants(t, send(409, "do", "take", "by", " "), "say who you are")
		send(303, "do", "take", "by", "Ada")
		taken := w.get(page)
		wants(t, taken, "Ada", "Close it")
		if strings.Contains(taken, `value="take"`) {
			t.Error("it is to be taken once more")
		}
		wants(t, send(409, "do", "note", "by", "Ada", "text", " "), "need words")
		send(303, "do", "note", "by", "Ada", "text", "the fire service is <b>there")
		if got := w.get(page); strings.Contains(got, "<b>there") || !strings.Contains(text(got), "the fire service is <b>there") {
			t.Error("the note is not there, or is markup")
		}
		again := send(409, "do", "close", "by", "", "text", "brought <i>home")
		wants(t, again, "say who you are")
		if !strings.Contains(again, `value="brought &lt;i&gt;home"`) {
			t.Error("what was typed is gone")
		}
		send(303, "do", "close", "by", "Ada", "text", "brought <i>home")
		closed := w.get(page)
		wants(t, closed, "The case is closed", "brought <i>home")
		if strings.Contains(closed, `value="close"`) || strings.Contains(closed, "I take it") {
			t.Error("a closed case is to be closed once more")
		}
		send(409, "do", "close", "by", "Ada", "text", "twice")
		card, err := w.desk.CaseOf(w.ctx, list[0].ID)
		must(t, err)
		for _, l := range card.Sent {
			if l.Kind == vedette.LetterWritten {
				t.Error("they were written to")
			}
		}
	})
}

// TestACaseIsHandedOverOnItsPage: to somebody by name, with what they are to know; and where
// whoever called is is noted. What was typed is kept where a press does nothing.
func TestACaseIsHandedOverOnItsPage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.ask("POST", "/r/"+w.token(u, "Chiara"), "answer=2")
	list, err := w.desk.Cases(w.ctx, false)
	must(t, err)
	page := "/cases/" + string(list[0].ID)
	if strings.Contains(w.get(page), `value="hand_over"`) {
		t.Error("a case that nobody has can be handed over")
	}
	w.ask("POST", page, "do=take&by=Ada")
	rec := w.ask("POST", page, filled("do", "hand_over", "by", "Ada", "text", "she has no water").Encode())
	if rec.Code != http.StatusConflict || !strings.Contains(rec.Body.String(), `value="she has no water"`) {
		t.Error("to nobody:", rec.Code, text(rec.Body.String()))
	}
	wants(t, rec.Body.String(), "Say to whom the case is handed over")
	if rec := w.ask("POST", page, filled("do", "hand_over", "to", "Ben", "by", "Ada", "text", "she has no water").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	if rec := w.ask("POST", page, filled("do", "place", "by", "Ben", "text", "the roof of the customs house").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get(page), "Ben has it", "hands it over", "she has no water", "the roof of the customs house")
}
