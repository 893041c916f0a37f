package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/posture"
)

// quieter is the next update on the harbours: less for Libya, nothing of
// Algeria.
func quieter() *vedette.Update {
	u := harbours()
	u.Content.Recommendations = []vedette.AdviceGroup{{Heading: "Maghreb", Area: "maghreb", Advice: []vedette.Advice{
		{Statement: says("Reconsider travel to Libya."), Actions: []vedette.AdviceAction{act(vedette.ReconsiderTravel, place("Libya", "LY"))}},
		{Statement: says("Avoid nonessential travel to Tunisia."), Actions: []vedette.AdviceAction{act(vedette.AvoidNonessentialTravel, place("Tunisia", "TN"))}},
	}}}
	return u
}

// stand publishes both updates, the second into the first's situation, and
// sets by hand what else a board may have.
func (w *world) stand() (first, second *vedette.Update) {
	w.t.Helper()
	first = w.publish(harbours())
	w.now = w.now.Add(26 * time.Hour)
	u := quieter()
	u.ID, u.State, u.CreatedAt, u.Situation = vedette.NewID(w.now), vedette.UpdateDraft, w.now, first.Situation
	must(w.t, w.rows.SaveDraft(w.ctx, u, w.now))
	second, err := w.desk.Publish(w.ctx, desk.PublishOrder{Draft: u.ID, Situation: first.Situation.ID})
	must(w.t, err)
	w.plan(second)
	w.set("Tripoli, Libya", vedette.TravelWithCaution, "", "الميناء مفتوح والطريق آمن")
	w.set("Tunisia", vedette.ReconsiderTravel, "FCDO", "their page of 12 March")
	w.set("Tunisia", vedette.TravelWithCaution, "وزارة الخارجية", "their page of 12 March")
	w.set("Malta", vedette.NoRestriction, "US", "their page of 12 March")
	return first, second
}

func (w *world) set(area string, a vedette.Action, provider, reason string) {
	w.t.Helper()
	at, err := w.gaz.Find(area)
	must(w.t, err)
	_, err = w.desk.SetPosture(w.ctx, desk.PostureOrder{Area: at.ID, Action: a, Provider: provider, By: "ليلى حداد", Reason: reason})
	must(w.t, err)
}

func TestAnEmptyBoardTeaches(t *testing.T) {
	w := newWorld(t)
	page := w.get("/posture")
	wants(t, page, "No posture stands anywhere yet", "vedette posture set AREA STEP")
	if !strings.Contains(page, `href="/posture" aria-current`) {
		t.Error("the navigation does not say where one is")
	}
	if strings.Contains(page, "<table") || strings.Contains(page, "Keep or lift?") {
		t.Error("an empty board has no table and asks nothing")
	}
	wants(t, w.get("/posture/TN"), "no posture stands here", "Nothing was ever set for this area itself", "No provider or government is noted")
}

func TestThePostureBoard(t *testing.T) {
	w := newWorld(t)
	first, second := w.stand()
	page := w.get("/posture")
	wants(t, page, "As of 12 Mar 2026, 20:20 UTC",
		"Libya avoid all travel 11 Mar 2026 18:20 UTC , 26 h ago update 1 of Dock walk-out closes Tunisian ports from 12 March", "Tunisia avoid non-essential travel", "Algeria reconsider non-essential travel",
		"Tripoli, Libya travel with caution", "set by ليلى حداد : الميناء مفتوح والطريق آمن",
		"FCDO : reconsider travel", "وزارة الخارجية : travel with caution", "Malta none of ours", "US : no travel restriction",
		"The board says avoid all travel to Libya since 11 Mar (update 1); update 2 says reconsider travel: keep or lift?",
		"update 2 no longer names it: keep or lift?", "Until somebody decides: keep",
		// the key of the map speaks of travel advice
		"avoid all travel: Libya", "reconsider non-essential travel: Algeria · travel with caution: Tripoli, Libya")
	for _, want := range []string{`href="/updates/` + string(first.ID) + `"`, `href="/updates/` + string(second.ID) + `"`, `href="/posture/LY"`, `class="map`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(text(page), "none of ours: Malta") {
		t.Error("the map shows what only others say")
	}
}

func TestThePostureOfAnArea(t *testing.T) {
	w := newWorld(t)
	w.stand()
	wants(t, w.get("/posture/LY"), "avoid all travel", "since 11 Mar 2026 18:20 UTC", "Avoid all travel to Libya.", "update 2 says reconsider travel",
		"Within it", "Tripoli, Libya : travel with caution")
	tripoli, err := w.gaz.Find("Tripoli, Libya")
	must(t, err)
	page := w.get("/posture/" + string(tripoli.ID))
	wants(t, page, "Tripoli, Libya", "travel with caution", "set by ليلى حداد")
	if !strings.Contains(page, `href="/who?area=gn%3A`) {
		t.Error("no way leads to who is there")
	}
	sfax, err := w.gaz.Find("Sfax")
	must(t, err)
	wants(t, w.get("/posture/"+string(sfax.ID)), "Sfax, Tunisia", "avoid non-essential travel", "set for Tunisia", "FCDO : reconsider travel",
		"Nothing was ever set for this area itself")

	// What was asked is answered, and the history says it.
	tasks, err := w.desk.Tasks(w.ctx, false)
	must(t, err)
	for _, task := range tasks {
		if task.Area == "LY" {
			_, err := w.desk.DecideTask(w.ctx, desk.Decision{Task: task.ID, Outcome: posture.Lift, By: "Ada", Reason: "the port is open"})
			must(t, err)
		}
	}
	w.set("Algeria", "", "", "all quiet")
	page = w.get("/posture/LY")
	wants(t, page, "reconsider travel", "set by Ada : the port is open (as update 2 of Dock walk-out", "update 1 of Dock walk-out", "avoid all travel 11 Mar 2026")
	if strings.Contains(page, "Keep or lift?") {
		t.Error("it still asks what was decided")
	}
	wants(t, w.get("/posture/DZ"), "no posture stands here", "lifted", "all quiet", "reconsider non-essential travel")
	if board := text(w.get("/posture")); strings.Contains(board, "Algeria reconsider") {
		t.Error("the board still shows what was lifted")
	}
	if rec := w.ask(http.MethodGet, "/posture/atlantis", ""); rec.Code != http.StatusNotFound {
		t.Errorf("an area nobody knows: %d", rec.Code)
	}
}

func TestAPartLeftOutIsSaid(t *testing.T) {
	w := newWorld(t)
	u := harbours()
	sfax, err := w.gaz.Find("Sfax")
	must(t, err)
	u.Content.Recommendations = []vedette.AdviceGroup{{Area: "TN", Advice: []vedette.Advice{
		{Statement: says("Avoid all travel to Tunisia but Sfax."), Except: []vedette.Place{place("Sfax", sfax.ID)}, Actions: []vedette.AdviceAction{act(vedette.AvoidAllTravel, place("Tunisia", "TN"))}}}}}
	w.publish(u)
	wants(t, w.get("/posture"), "Tunisia avoid all travel", "Sfax, Tunisia left out, no posture")
	wants(t, w.get("/posture/"+string(sfax.ID)), "no posture stands: left out of what stands around it")
}

func TestHostileWordsStayWordsOnThePosturePages(t *testing.T) {
	w := newWorld(t)
	w.set("Tunisia", vedette.AvoidAllTravel, hostile, hostile)
	w.set("Tunisia", vedette.AvoidAllTravel, "", hostile)
	for _, path := range []string{"/posture", "/posture/TN"} {
		page := w.get(path)
		for _, bad := range []string{"<script", "<img", "\u202e", "\u2066", "\x00", "\x1b"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
		if strings.Count(page, "esrever") < 2 {
			t.Errorf("%s lost the words themselves", path)
		}
	}
}
