package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

func TestWhoIsReachedAndWhyNot(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/reach"), "a server took a message proves nothing", "Who is reached?")
	u := w.publish(harbours())
	w.now = w.now.Add(2 * time.Minute)
	w.answer(u, "Amal", "1", "")
	w.now = w.now.Add(time.Hour)
	w.answer(u, "Bo", "1", "")
	page := w.get("/reach?area=Tunisia")
	wants(t, page, "Of 5 in Tunisia 1 is reached within 5 min", "1 reached, but later", "3 nothing proves it", "by drills 0 , by real traffic 2", "none of them was ever part of a drill",
		"Chiara Fonti mail", "never verified", "O'Neil \"<b>Rory</b>\"", "Reached, but later Name Why Bo Lindqvist mail: answered 11 Mar 2026 by real traffic, first word after 62 min")
	if strings.Contains(page, "<b>Rory") {
		t.Error("a name came out as markup")
	}
	wants(t, w.get("/reach?area=Tunisia&within=90"), "2 are reached within 90 min", "0 reached, but later")
	wants(t, w.get("/reach?all=1"), "Of 8 1 is reached")
	wants(t, w.get("/reach?person="+string(w.person("Bo").ID)), "Bo Lindqvist : reached, but not within 5 min", "bo@people.example.org mail 11 Mar 2026 19:22 UTC", "answered by real traffic, after 62 min")
	for _, bad := range []string{"area=Nowhereshire", "area=Tunisia&within=x", "area=Tunisia&within=0", "person=nobody"} {
		if rec := w.ask("GET", "/reach?"+bad, ""); rec.Code != http.StatusBadRequest && rec.Code != http.StatusNotFound {
			t.Errorf("?%s: %d", bad, rec.Code)
		}
	}
}

func TestADrillIsHeldOnThePage(t *testing.T) {
	w := newWorld(t)
	set := vedette.DefaultSettings()
	set.CountAbove = 3
	must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	wants(t, w.get("/drills"), "No drill was held yet. Hold one above")
	_, page := w.press("/drills", filled(), http.StatusBadRequest)
	wants(t, page, "Say whom to drill")
	_, page = w.press("/drills", filled("area", "Norway"), http.StatusBadRequest)
	wants(t, page, "there is nobody to drill; see Who is where")
	_, page = w.press("/drills", filled("area", "Tunisia"), http.StatusOK)
	wants(t, page, "A drill of 5 people", "It sends 4 mails, last of all that waits", "1 person cannot be reached", "This tells 5 people. Type their number", "Send it to 5 people")
	wants(t, w.get("/drills"), "No drill was held yet")
	wants(t, page, "Everyone in Tunisia, or who may be there", "Who: Amal Haddad , Bo Lindqvist , Chiara Fonti , Dawit Bekele , O'Neil \"<b>Rory</b>\" .")
	holds := page
	_, page = w.press("/drills", filled("area", "Tunisia", "sure", "1", "count", "5"), http.StatusConflict)
	wants(t, page, "does not say what was to be seen")
	_, page = w.once(holds, http.StatusConflict, "count", "4")
	wants(t, page, "4 was typed, and it tells 5")
	if strings.Contains(page, "--") {
		t.Error("the page speaks of a flag")
	}
	_, page = w.once(holds, http.StatusConflict, "count", "five")
	wants(t, page, "in digits", "A drill of 5 people")
	to, _ := w.once(holds, http.StatusSeeOther, "count", "5")
	wants(t, w.get(to), "TEST", "Drill: Tunisia")
	wants(t, w.get("/drills"), "Drill: Tunisia 11 Mar 2026 18:20 UTC")
	// The same page again: a second click, or somebody else who had it open.
	_, page = w.once(holds, http.StatusConflict, "count", "5")
	wants(t, page, "Nothing was sent: “Drill: Tunisia” was sent already, 11 Mar 2026 18:20 UTC, after you looked", "The last drill before it, “Drill: Tunisia”, was sent 11 Mar 2026 18:20 UTC")
	if n := strings.Count(text(w.get("/drills")), "Drill: Tunisia 11 Mar"); n != 1 {
		t.Errorf("the drill was held %d times", n)
	}
	if drafts, err := w.desk.Drafts(w.ctx); err != nil || len(drafts) > 0 {
		t.Error("a drill that was not held is left as a draft:", len(drafts), err)
	}

	// Not beside a warning in earnest, unless somebody decides so.
	u := harbours()
	u.Content.Urgency = vedette.UrgencyImmediate
	u.ID, u.State, u.CreatedAt = vedette.NewID(w.now), vedette.UpdateDraft, w.now
	must(t, w.rows.SaveDraft(w.ctx, u, w.now))
	w.press("/drafts/"+string(u.ID)+"/publish", filled("by", "Ada", "seen", "0", "count", "7"), http.StatusSeeOther)
	_, page = w.press("/drills", filled("people", "Bo Lindqvist\nChiara Fonti\nbo@people.example.org"), http.StatusOK)
	wants(t, page, "A drill of 2 people", "People by name", "Bo Lindqvist , Chiara Fonti .", "2 people of them had a warning in earnest within a day", "It goes out anyway")
	holds = page
	_, page = w.once(holds, http.StatusConflict)
	wants(t, page, "wait, or tick that it goes out anyway")
	w.once(holds, http.StatusSeeOther, "anyway", "1")
	wants(t, w.get("/drills"), "Drill: some people by name")
}

// What a drill is of is said as it was understood, and many are not named.
func TestADrillSaysOfWhomItIs(t *testing.T) {
	w := newWorld(t)
	var file strings.Builder
	file.WriteString("name,email,city,country\n")
	for i := range 60 {
		fmt.Fprintf(&file, "Person %03d,p%d@people.example.org,Tripoli,LY\n", i, i)
	}
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader(file.String()), desk.ImportOptions{})
	must(t, err)
	_, page := w.press("/drills", filled("area", "Tripoli, Libya; sfax"), http.StatusOK)
	wants(t, page, "Everyone in Tripoli, Libya; Sfax, Tunisia, or who may be there", "A drill of 63 people")
	if strings.Contains(text(page), "Person 0") {
		t.Error("many are named one by one")
	}
	_, page = w.press("/drills", filled("all", "1"), http.StatusOK)
	wants(t, page, "Everyone, wherever they are", "A drill of 68 people")
	var names []string
	for i := range 55 {
		names = append(names, fmt.Sprintf("Person %03d", i))
	}
	_, page = w.press("/drills", filled("people", strings.Join(names, "\n")), http.StatusOK)
	wants(t, page, "People by name", "Person 000 , Person 001", "Person 049 and 5 more")
}
