package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// shelter is a warning that protects people in Tunisia, and waits for a
// condition.
func shelter() *vedette.Update {
	u := harbours()
	u.Content.Urgency = vedette.UrgencyImmediate
	u.Content.Recommendations[1].Advice = append(u.Content.Recommendations[1].Advice,
		vedette.Advice{Statement: says("Shelter where you are."), Actions: []vedette.AdviceAction{act(vedette.Shelter, vedette.Place{Area: "TN"})}})
	return u
}

// counts makes the number wanted above some people.
func (w *world) counts(above int) {
	set := vedette.DefaultSettings()
	set.CountAbove = above
	must(w.t, w.desk.SaveSettings(w.ctx, set, "Ada"))
}

// once sends what a page that says what it would do holds, with more besides.
func (w *world) once(page string, want int, pairs ...string) (to, after string) {
	w.t.Helper()
	f := filled(pairs...)
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(page, -1) {
		f.Add(m[1], html.UnescapeString(m[2]))
	}
	m := regexp.MustCompile(`<form class="ask" method="post" action="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		w.t.Fatalf("the page has no form:\n%s", text(page))
	}
	return w.press(m[1], f, want)
}

func TestAConditionIsDeclaredOnThePage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	page, acts := "/updates/"+string(u.ID), "/updates/"+string(u.ID)+"/acts"
	wants(t, w.get(page), "Condition 1, awaited: If roads to the capital are cut", "It is met")
	_, got := w.press(acts, filled("do", "condition", "no", "1", "to", "met", "by", "Ada"), http.StatusConflict)
	wants(t, got, "declared by a person, with a reason")
	if !strings.Contains(got, `<details class="press" open><summary>Condition 1`) {
		t.Error("the form that was refused is not open")
	}
	w.counts(4)
	_, got = w.press(acts, filled("do", "condition", "no", "1", "to", "met", "by", "Ada", "reason", "cut <b>now</b>"), http.StatusOK)
	wants(t, got, "Declare a condition met", "If roads to the capital are cut, stay where you are", "holds now and is immediate", "It is awaited now. 5 people for whom that changes something are told", "This tells 5 people. Type their number")
	wants(t, w.get(page), "Condition 1, awaited")
	if _, got := w.once(got, http.StatusConflict, "by", "Ada"); !strings.Contains(text(got), "their number is to be typed: 5") {
		t.Error("the number is not wanted:", text(got))
	}
	to, _ := w.once(got, http.StatusSeeOther, "by", "Ada", "count", "5")
	got = w.get(to)
	wants(t, got, "Met: If roads to the capital are cut , declared 11 Mar 2026", "cut <b>now</b>", "Condition 1, met")
	if strings.Contains(got, "<b>now") {
		t.Error("a reason came out as markup")
	}
}

func TestAnAllClearIsGivenOnThePage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(shelter())
	page, acts := "/updates/"+string(u.ID), "/updates/"+string(u.ID)+"/acts"
	_, got := w.press(acts, filled("do", "clear", "area", "Tunisia", "by", "Ada"), http.StatusConflict)
	wants(t, got, "given on a basis")
	w.now = w.now.Add(time.Hour)
	_, got = w.press(acts, filled("do", "clear", "area", "Tunisia", "basis", "The harbour master says so", "by", "Ada"), http.StatusOK)
	wants(t, got, "All-clear for Tunisia", "people are told", "Ends there: Shelter where you are.", "Postures and all other advice go on", "The harbour master says so")
	to, _ := w.once(got, http.StatusSeeOther, "by", "Ada")
	if to == page {
		t.Error("an all-clear is an update of its own")
	}
	wants(t, w.get(to), "All-clear for Tunisia", "by Ada : The harbour master says so")
	wants(t, w.get(page), "All-clear given for Tunisia", "by Ada : The harbour master says so")
	_, got = w.press(acts, filled("do", "clear", "area", "Tunisia", "basis", "again", "by", "Ada"), http.StatusConflict)
	wants(t, got, "given already")
}

func TestAnAllClearBesideAWarningIsDecided(t *testing.T) {
	w := newWorld(t)
	u := w.publish(shelter())
	other := shelter()
	other.Content.Headline, other.Content.Title = "A second warning", "Second"
	w.publish(other)
	acts := "/updates/" + string(u.ID) + "/acts"
	_, got := w.press(acts, filled("do", "clear", "area", "Tunisia", "basis", "calm", "by", "Ada"), http.StatusOK)
	wants(t, got, "Against it: “", "stands there and is immediate", "It is given all the same", "Give the all-clear for “")
	_, refused := w.once(got, http.StatusConflict, "by", "Ada")
	wants(t, refused, "Tick its situation too")
	_, both := w.once(got, http.StatusOK, "by", "Ada", "also-"+string(other.ID), "1")
	if strings.Contains(text(both), "Against it") || strings.Count(text(both), "Of “") != 2 {
		t.Error("the second situation is not in it:", text(both))
	}
	w.once(both, http.StatusSeeOther, "by", "Ada")

	// Or it is given though that stands there.
	w = newWorld(t)
	u = w.publish(shelter())
	w.publish(shelter())
	_, got = w.press("/updates/"+string(u.ID)+"/acts", filled("do", "clear", "area", "Tunisia", "basis", "calm", "by", "Ada"), http.StatusOK)
	to, _ := w.once(got, http.StatusSeeOther, "by", "Ada", "accept", "1", "despite", "it is the same one")
	wants(t, w.get(to), "Given though something immediate stood there: it is the same one")

	// But not over what was published since, unseen.
	w = newWorld(t)
	u = w.publish(shelter())
	w.publish(shelter())
	_, got = w.press("/updates/"+string(u.ID)+"/acts", filled("do", "clear", "area", "Tunisia", "basis", "calm", "by", "Ada"), http.StatusOK)
	w.publish(shelter())
	_, got = w.once(got, http.StatusConflict, "by", "Ada", "accept", "1", "despite", "it is the same one")
	wants(t, got, "was not seen yet", "Against it")
	w.once(got, http.StatusSeeOther, "by", "Ada", "accept", "1", "despite", "that one too")
}

func TestAnUpdateIsEndedOnThePage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	page, acts := "/updates/"+string(u.ID), "/updates/"+string(u.ID)+"/acts"
	w.counts(6)
	_, got := w.press(acts, filled("do", "cancel", "why", "over"), http.StatusConflict)
	wants(t, got, "Say in a sentence")
	_, got = w.press(acts, filled("do", "cancel", "why", "over", "reason", "The ports are open."), http.StatusOK)
	wants(t, got, "Cancel this situation: over", "7 people are told, wherever they are now", "The ports are open.", "This tells 7 people. Type their number", "Cancel it, and tell 7 people")
	if state := w.get(page); strings.Contains(state, "Overtaken") {
		t.Error("looking cancelled it")
	}
	if _, got := w.once(got, http.StatusConflict, "count", "seven"); !strings.Contains(text(got), "in digits") || !strings.Contains(got, `name="count"`) {
		t.Error("whoever types no digits loses the page:", text(got))
	}
	to, _ := w.once(got, http.StatusSeeOther, "count", "7")
	wants(t, w.get(to), "Over.", "This ends an earlier update")
	if strings.Contains(w.get(to), "Cancel its situation") {
		t.Error("a cancellation offers to be cancelled")
	}
	_, got = w.press(acts, filled("do", "cancel", "why", "over", "reason", "x"), http.StatusConflict)
	wants(t, got, "cancelled already")

	w = newWorld(t)
	u = w.publish(harbours())
	acts = "/updates/" + string(u.ID) + "/acts"
	_, got = w.press(acts, filled("do", "error", "reason", "wrong <i>port"), http.StatusOK)
	wants(t, got, "It was meant for 7 people", "6 people may have got it", "Sent in error")
	to, _ = w.once(got, http.StatusSeeOther)
	wants(t, w.get(to), "Sent in error.")
	wants(t, w.get("/updates/"+string(u.ID)), "Stopped")
}

// toldAgainOnce presses once more on the page that told again: a second click,
// or the page in front of somebody else.
func (w *world) toldAgainOnce(u *vedette.Update, page string) {
	w.t.Helper()
	times := func() int {
		fs, err := w.rows.Fanouts(w.ctx, u.Key)
		must(w.t, err)
		return len(fs)
	}
	was := times()
	w.now = w.now.Add(time.Minute)
	_, after := w.once(page, http.StatusConflict)
	for _, says := range []string{"Nothing was sent: it was told again already, 11 Mar 2026 18:20 UTC, after you looked", "It was told again already, last 11 Mar 2026 18:20 UTC (1 min ago)"} {
		if !strings.Contains(text(after), says) {
			w.t.Errorf("the page does not say %q: %s", says, text(after))
		}
	}
	_, unseen := w.press("/updates/"+string(u.ID)+"/acts", filled("do", "again", "sure", "1"), http.StatusConflict)
	if !strings.Contains(text(unseen), "does not say what was to be seen") {
		w.t.Error("a form that saw nothing:", text(unseen))
	}
	if times() != was {
		w.t.Fatalf("it was told %d times, then %d", was, times())
	}
	w.once(after, http.StatusSeeOther) // who has seen that may
	if times() != was+1 {
		w.t.Error("whoever saw it could not tell it again")
	}
}

// Who stops an update is told which one stands again by that.
func TestAStopSaysWhatStandsAgain(t *testing.T) {
	w := newWorld(t)
	first := w.publish(harbours())
	stop := func(u *vedette.Update) string {
		_, page := w.press("/updates/"+string(u.ID)+"/acts", filled("do", "stop", "reason", "wrong"), http.StatusOK)
		return page
	}
	wants(t, stop(first), "Nothing of its situation stands then.")
	next := harbours()
	next.Content.Headline, next.Situation.ID = "The bridges, too", first.Situation.ID
	w.publish(next)
	got := stop(next)
	wants(t, got, "An earlier update of its situation stands again then", "Stands again: update 1, “Dock walk-out closes", "published 11 Mar 2026 18:20 UTC (just now)")
	if strings.Contains(text(got), "Not everyone was told") {
		t.Error("everyone was told of the first:", text(got))
	}
	if page := text(stop(first)); strings.Contains(page, "stands again") || strings.Contains(page, "Nothing of its situation") {
		t.Error("the first does not stand: stopping it changes nothing:", page)
	}

	// A cancellation that is stopped gives the word back; what it halted stays so.
	w.now = w.now.Add(time.Minute)
	must(t, w.rows.SaveDraft(w.ctx, func() *vedette.Update {
		next = harbours()
		next.ID, next.State, next.Content.Headline, next.Situation.ID = vedette.NewID(w.now), vedette.UpdateDraft, "The third", first.Situation.ID
		return next
	}(), w.now))
	_, err := w.desk.Publish(w.ctx, desk.PublishOrder{Draft: next.ID}) // and it is not planned yet
	must(t, err)
	over, err := w.desk.Cancel(w.ctx, desk.CancelOrder{Update: next.ID, Why: vedette.CancelOver, Reason: "It is over."})
	must(t, err)
	got = stop(over)
	wants(t, got, "Stands again: update 3, “The third”", "Not everyone was told of that one")
	w.once(got, http.StatusSeeOther)
	standing, err := w.rows.Standing(w.ctx)
	must(t, err)
	if len(standing) != 1 || standing[0].ID != next.ID {
		t.Errorf("what the page said does not stand: %+v", standing)
	}
	wants(t, stop(next), "Stands again: update 2, “The bridges, too”")
}

func TestAnUpdateIsToldAgainStoppedAndCorrected(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	page, acts := "/updates/"+string(u.ID), "/updates/"+string(u.ID)+"/acts"
	_, got := w.press(acts, filled("do", "again"), http.StatusOK)
	wants(t, got, "7 people concerned by it now are told once more", "Tell 7 people again")
	to, _ := w.once(got, http.StatusSeeOther)
	if to != page+"/board" {
		t.Errorf("after telling again one comes to %s", to)
	}
	w.toldAgainOnce(u, got)
	form := w.get("/drafts?corrects=" + string(u.ID))
	wants(t, form, "Write a correction", "everyone who was told what it corrects hears it")
	to, _ = w.press("/drafts", filled("text", reportText, "status", "actual", "by", "Ada", "corrects", string(u.ID)), http.StatusSeeOther)
	wants(t, w.get(to), "Correction of an earlier update")
	to, _ = w.press("/drafts", filled("text", reportText, "status", "actual", "by", "Ada", "situation", string(u.ID)), http.StatusSeeOther)
	w.get(to)

	_, got = w.press(acts, filled("do", "stop"), http.StatusConflict)
	wants(t, got, "Say why it is stopped")
	_, got = w.press(acts, filled("do", "stop", "reason", "wrong list"), http.StatusOK)
	wants(t, got, "nothing more of it is sent", "Stop it now")
	to, _ = w.once(got, http.StatusSeeOther)
	wants(t, w.get(to), "Stopped", "wrong list")
	_, got = w.press(acts, filled("do", "else"), http.StatusConflict)
	wants(t, got, "Press one of the buttons")
	if rec := w.ask("POST", acts, "do=stop&reason=x&sure=1", "Sec-Fetch-Site", "cross-site"); rec.Code != http.StatusForbidden {
		t.Errorf("a form of another site was answered %d", rec.Code)
	}
}
