package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// With nothing open the night board says what to do; then it has a block of each
// situation, calls for help of all of them first, and its counts lead to the people.
func TestTheNightBoard(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		wants(t, w.get("/night"), "No situation is open", "warn people now", "Nobody’s call for help is open")
		u := w.publish(harbours())
		other := harbours()
		other.Content.Headline = "Roads of the south are shut"
		second := w.publish(other)
		w.answer(u, "Esra", "1", "")
		w.answer(second, "Bo", "2", "hurt")
		w.now = w.now.Add(time.Minute)
		page := w.get("/night")
		wants(t, page, "Calls for help 1", "Bo Lindqvist", "next contact due", "Roads of the south are shut", "1 need help", "1 safe", "6 silent", "Tunisia", "Libya",
			"nothing since 19:20 CET", "next update due", "counted just now", "Published update 1")
		if strings.Count(page, `class="situation"`) != 2 || !strings.Contains(page, "<svg class=\"map") {
			t.Error("not two blocks, or no map")
		}
		for _, c := range []string{"answer=help", "silent=1", "told=1", "relation=in"} {
			if !strings.Contains(page, c) {
				t.Errorf("no count leads to %s", c)
			}
		}
		wants(t, w.get("/updates/"+string(u.ID)+"/people?told=1"), "Told: it was received, or more", "Esra Kaya")
		if people := w.get("/updates/" + string(u.ID) + "/people?told=1"); strings.Contains(people, "Chiara") {
			t.Error("who did nothing counts as told")
		}
		w.answer(second, "Chiara", "2", "") // counted anew, though it was looked at before
		wants(t, w.get("/night"), "Calls for help 2", "2 need help")
		w.now = w.now.Add(time.Hour)
		wants(t, w.get("/night"), "late:")
	})
}

// Roll-calls that run stand there with their numbers, and tasks with when they are due.
func TestTheNightBoardHasRollcallsAndTasks(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	_, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Update: u.ID, Title: "Tunis tonight", By: "Ada"})
	must(t, err)
	w.answer(u, "Esra", "1", "")
	wants(t, w.get("/night"), "Tunis tonight", "left to call", "1 safe")
}

// A drill is marked, and stands after what is meant.
func TestTheNightBoardMarksExercises(t *testing.T) {
	w := newWorld(t)
	drill := harbours()
	drill.Status = vedette.StatusExercise
	w.publish(drill)
	w.now = w.now.Add(time.Minute)
	w.publish(harbours())
	page := w.get("/night")
	if !strings.Contains(page, `<span class="mark">EXERCISE</span>`) || strings.Index(page, `class="situation"`) > strings.Index(page, `class="situation drilled"`) {
		t.Error("the exercise is not marked, or stands first")
	}
}

// What was decided is written down in a line, stays as it is, and is corrected by a
// further one; it stands on the night board, on the update's board and in the report.
func TestWhatWasDecidedIsWrittenDown(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		board := updatePath + string(u.ID) + "/board"
		say := func(want int, pairs ...string) string {
			t.Helper()
			rec := w.ask("POST", "/log", filled(append(pairs, "update", string(u.ID), "back", board)...).Encode())
			if rec.Code != want {
				t.Fatalf("%v: %d %s", pairs, rec.Code, text(rec.Body.String()))
			}
			return rec.Body.String()
		}
		first := string(vedette.NewID(w.now))
		say(http.StatusSeeOther, "id", first, "line", "Keep the <b>convoy</b> in Sfax because the \u202ebridge is shut", "by", "Ada")
		say(http.StatusSeeOther, "id", first, "line", "Keep the <b>convoy</b> in Sfax because the \u202ebridge is shut", "by", "Ada") // pressed twice
		w.now = w.now.Add(time.Minute)
		say(http.StatusSeeOther, "line", "It is the road that is shut", "corrects", "1", "by", "Ben")
		for _, path := range []string{"/night", board, updatePath + string(u.ID) + "/sitrep"} {
			page := w.get(path)
			wants(t, page, "Keep the <b>convoy</b> in Sfax by Ada: the bridge is shut", "corrected by line 2", "It is the road that is shut by Ben", "corrects line 1", "Published update 1")
			if strings.Contains(page, "<b>convoy") || strings.Contains(page, "\u202e") {
				t.Errorf("%s: what was typed is no text", path)
			}
			if strings.Index(page, "It is the road") > strings.Index(page, "Keep the ") {
				t.Errorf("%s: the newest is not first", path)
			}
			if strings.Count(page, "Keep the ") != 1 {
				t.Errorf("%s: written twice", path)
			}
		}
		wants(t, w.get(board+"?corrects=1"), "Corrects line 1")
		wants(t, say(http.StatusConflict, "line", " ", "by", "Ada"), "Nothing was written down: say what was decided")
		wants(t, say(http.StatusConflict, "line", strings.Repeat("x", vedette.MaxDecision+1), "by", "Ada"), "501 characters")
		wants(t, say(http.StatusConflict, "line", "x", "corrects", "9", "by", "Ada"), "no line 9")
		wants(t, say(http.StatusConflict, "line", "x"), "Say who you are")
		wants(t, say(http.StatusConflict, "id", first, "line", "another", "by", "Ada"), "another line already")
		if rec := w.ask("POST", "/log", url.Values{"update": {string(u.ID)}, "line": {"y"}, "by": {"Ada"}, "back": {"//evil.example"}}.Encode()); rec.Header().Get("Location") != "/#say" {
			t.Errorf("it leads to %q", rec.Header().Get("Location"))
		}
		wants(t, w.get("/audit"), "decision written")
	})
}

// How it goes with the manifests stands on the board: when the last was, and in red that
// one is not written, or was not for too long.
func TestTheNightBoardSaysHowManifestsGo(t *testing.T) {
	w := newWorld(t)
	state := ManifestState{At: w.now.Add(-5 * time.Minute)}
	w.serveWith(func(c *Config) { c.Manifest = func(string) (ManifestState, bool) { return state, true } })
	wants(t, w.get("/night"), "The last manifest, for when this server is gone: 11 Mar 2026 18:15 UTC , 5 min ago")
	w.now = w.now.Add(2 * liveLoad) // what is drawn for one is shown to others meanwhile
	state.Problem = errors.New("the manifest was not written: no space left on device")
	wants(t, w.get("/night"), "The last manifest is of 11 Mar 2026 18:15 UTC", "no space left on device", "nobody can read who is where")
	w.now = w.now.Add(2 * liveLoad)
	state = ManifestState{At: w.now.Add(-3 * time.Hour)}
	wants(t, w.get("/night"), "None was written for longer")
	w.now = w.now.Add(2 * liveLoad)
	state = ManifestState{Problem: errors.New("x")}
	wants(t, w.get("/night"), "There is no manifest")
	w.serveWith(func(*Config) {})
	if strings.Contains(w.get("/night"), "anifest") {
		t.Error("none are written, and the board speaks of them")
	}
}
