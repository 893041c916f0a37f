package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette"
)

func TestTheShiftIsHandedOverOnThePage(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/handover"), "No shift was handed over yet", "Calls for help (0) None is open.", "What stands (0)", "The first one is given above")
	u := w.publish(harbours())
	w.answer(u, "Chiara", "2", "on the roof")
	roll := w.openRoll("update", string(u.ID))
	page := w.get("/handover")
	wants(t, page, "Calls for help (1) Chiara Fonti : nobody has taken it, called 11 Mar 2026 18:20 UTC", "6 of 7 not accounted for, 1 need help", "Not accounted for: Amal Haddad",
		"12 March , update 1, expected", "7 concerned, 6 silent, 1 need help", "Not known told: 0 queued, 0 failed, 0 in doubt, 1 without an address", "awaited: If roads to the capital", "Libya : avoid all travel, was none of ours by an update")
	if strings.Contains(page, "the roof") {
		t.Error("the hand-over shows what somebody wrote")
	}
	_, page = w.press("/handover", filled("do", "give", "by", "Ada"), http.StatusConflict)
	wants(t, page, "from somebody to somebody")
	to, _ := w.press("/handover", filled("do", "give", "by", "Ada", "to", "Ben <b>"), http.StatusSeeOther)
	page = w.get(to)
	wants(t, page, "Hand-over 1", "From Ada to Ben <b> . Nobody has taken over yet.", "Kept and signed:")
	if strings.Contains(page, "Ben <b>") {
		t.Error("a name came out as markup")
	}
	wants(t, w.get("/handover"), "Nobody has taken over what Ada gave to Ben <b>", "not yet")

	w.now = w.now.Add(time.Hour)
	id := strings.TrimPrefix(to, "/handover/")
	w.press("/handover", filled("do", "take", "by", "Ben", "id", id), http.StatusSeeOther)
	wants(t, w.get(to), "Taken over by Ben , 11 Mar 2026 19:20 UTC")
	_, page = w.press("/handover", filled("do", "take", "by", "Cem", "id", id), http.StatusConflict)
	wants(t, page, "Ben")
	w.press(roll, filled("do", "close", "by", "Ben", "reason", "over"), http.StatusSeeOther)
	wants(t, w.get("/handover"), "The shift is with Ben", "Changed since the one before, 11 Mar 2026 18:20 UTC", "the roll-call “", "was closed")
	to, _ = w.press("/handover", filled("do", "give", "by", "Ben", "to", "Cem", "taken", "1"), http.StatusSeeOther)
	wants(t, w.get(to), "Hand-over 2", "Taken over by Cem")
	for _, bad := range []string{"/handover/7", "/handover/" + string(vedette.NewID(w.now))} {
		if rec := w.ask("GET", bad, ""); rec.Code != http.StatusBadRequest && rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, rec.Code)
		}
	}
}
