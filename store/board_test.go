package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// ladder writes postures as "area provider action (by: reason)".
func ladder(list []vedette.Posture) string {
	var out []string
	for _, p := range list {
		s := strings.TrimSpace(fmt.Sprintf("%s %s", p.Area, p.Provider)) + " " + string(p.Action)
		if p.By != "" {
			s += " (" + p.By + ": " + p.Reason + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func (w *world) board() string {
	w.t.Helper()
	list, err := w.o.Postures(w.ctx)
	w.ok(err)
	return ladder(list)
}

// bring publishes an update that brings postures, and gives those it did not
// write.
func (w *world) bring(at time.Time, postures ...vedette.Posture) []vedette.Posture {
	w.t.Helper()
	weaker := []vedette.Posture{{Area: "unset"}}
	_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("Rockets").ID, At: at, Postures: postures, Weaker: &weaker})
	w.ok(err)
	return weaker
}

func TestAPostureRisesByPublishingAndFallsOnlyByAPerson(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		iraq := func(a vedette.Action) vedette.Posture { return vedette.Posture{Area: "IQ", Action: a} }
		set := func(a vedette.Action, by, reason string) error {
			_, err := w.o.SetPosture(w.ctx, vedette.Posture{Area: "IQ", Action: a, By: by, Reason: reason}, "set", t0.Add(3*hour))
			return err
		}
		equal(t, "weaker", ladder(w.bring(t0, iraq(vedette.ReconsiderTravel), vedette.Posture{Area: "JO", Action: vedette.TravelWithCaution})), "")
		equal(t, "board", w.board(), "IQ reconsider_travel; JO travel_with_caution")
		equal(t, "risen", ladder(w.bring(t0.Add(hour), iraq(vedette.AvoidAllTravel))), "")
		seq := w.seq()
		equal(t, "not lowered", ladder(w.bring(t0.Add(2*hour), iraq(vedette.NoRestriction))), "IQ no_restriction")
		equal(t, "board", w.board(), "IQ avoid_all_travel; JO travel_with_caution")
		equal(t, "no row of a posture", strings.Contains(w.log(seq), "posture"), false)
		equal(t, "beside it", ladder(w.bring(t0.Add(2*hour), vedette.Posture{Area: "IQ", Provider: "GOV", Action: vedette.TravelWithCaution})), "")
		equal(t, "board", w.board(), "IQ avoid_all_travel; IQ GOV travel_with_caution; JO travel_with_caution")

		w.code(set(vedette.TravelWithCaution, "Ada", " "), vedette.CodeInvalid)
		w.code(set(vedette.TravelWithCaution, "", "quiet for a month"), vedette.CodeInvalid)
		w.code(set(vedette.Shelter, "Ada", "quiet for a month"), vedette.CodeInvalid)
		w.ok(set(vedette.TravelWithCaution, "Ada", "quiet for a month"))
		equal(t, "log", strings.HasSuffix(w.log(0), "posture set"), true)
		equal(t, "board", w.board(), "IQ travel_with_caution (Ada: quiet for a month); IQ GOV travel_with_caution; JO travel_with_caution")
		history, err := w.o.PostureHistory(w.ctx, "IQ", "")
		w.ok(err)
		equal(t, "history", ladder(history), "IQ travel_with_caution (Ada: quiet for a month); IQ avoid_all_travel; IQ reconsider_travel")
		if history[1].Update == "" || !history[1].Since.Equal(t0.Add(hour)) || history[0].Update != "" {
			t.Errorf("history %+v", history)
		}
		then, err := w.o.PosturesAt(w.ctx, t0.Add(90*time.Minute))
		w.ok(err)
		equal(t, "as recorded then", ladder(then), "IQ avoid_all_travel; JO travel_with_caution")

		// Whoever decides by what is no longer so is told.
		seen := history[1]
		seen.By, seen.Reason, seen.Action = "Bo", "lower it", vedette.NoRestriction
		_, err = w.o.SetPosture(w.ctx, seen, "set", t0)
		w.code(err, vedette.CodeConflict)
		seen.Key, seen.Update = history[0].Key, vedette.NewID(t0)
		_, err = w.o.SetPosture(w.ctx, seen, "set", t0)
		w.code(err, vedette.CodeNotFound)
		if w.sql(`DELETE FROM postures`) == nil {
			t.Error("a posture was deleted")
		}
	})
}

// What a person set around an area is kept for it by an update, as it was seen
// before it was published. Whoever set something for that very area since is not
// overruled by that.
func TestWhatIsKeptForAnAreaOverrulesNobody(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		kept := vedette.Posture{Area: "IQ-AR", Action: vedette.TravelWithCaution, By: "Ada", Reason: "quiet"}
		equal(t, "written", ladder(w.bring(t0, kept)), "")
		equal(t, "board", w.board(), "IQ-AR travel_with_caution (Ada: quiet)")
		_, err := w.o.SetPosture(w.ctx, vedette.Posture{Area: "IQ-AR", Action: vedette.AvoidAllTravel, By: "Bo", Reason: "shelling"}, "set", t0.Add(hour))
		w.ok(err)
		equal(t, "not written", ladder(w.bring(t0.Add(2*hour), kept)), "IQ-AR travel_with_caution (Ada: quiet)")
		equal(t, "board", w.board(), "IQ-AR avoid_all_travel (Bo: shelling)")
	})
}

// Whoever lifts what held for an area by a wider one's posture is told where
// somebody set either meanwhile.
func TestLiftingNoticesWhatChangedMeanwhile(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		set := func(p vedette.Posture) error {
			p.By, p.Reason = "Bo", "roads"
			_, err := w.o.SetPosture(w.ctx, p, "set", t0)
			return err
		}
		key := func(area vedette.AreaID) int64 {
			all, err := w.o.Postures(w.ctx)
			w.ok(err)
			for _, p := range all {
				if p.Area == area {
					return p.Key
				}
			}
			return 0
		}
		w.ok(set(vedette.Posture{Area: "IQ", Action: vedette.AvoidAllTravel}))
		lifts := vedette.Posture{Area: "IQ-BA", Action: vedette.ReconsiderTravel, Key: vedette.NoPosture, Around: key("IQ")}
		w.ok(set(vedette.Posture{Area: "IQ", Action: vedette.AvoidNonessentialTravel}))
		w.code(set(lifts), vedette.CodeConflict) // the wider one is another by now
		lifts.Around = key("IQ")
		w.ok(set(lifts))
		w.code(set(lifts), vedette.CodeConflict) // the area has one of its own by now
		lifts.Key = key("IQ-BA")
		w.ok(set(lifts))
	})
}

func TestAnExerciseSetsNoPosture(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		d := &vedette.Update{Status: vedette.StatusExercise, Content: vedette.Content{Title: "Drill"}}
		w.ok(w.o.SaveDraft(w.ctx, d, t0))
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, At: t0, Postures: []vedette.Posture{{Area: "IQ", Action: vedette.AvoidAllTravel}}})
		w.code(err, vedette.CodeInvalid)
		equal(t, "board", w.board(), "")
		u, err := w.o.Update(w.ctx, d.ID)
		w.ok(err)
		equal(t, "all or nothing", u.State, vedette.UpdateDraft)
	})
}

func TestTwoWhoPublishAtOnceNeverLowerAPosture(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		strong, weak := w.draft("strong"), w.draft("weak")
		for round := range 5 {
			area := vedette.AreaID(fmt.Sprintf("A%d", round))
			var wg sync.WaitGroup
			for _, p := range []struct {
				u *vedette.Update
				a vedette.Action
			}{{strong, vedette.AvoidAllTravel}, {weak, vedette.ReconsiderTravel}} {
				u := &vedette.Update{Content: p.u.Content}
				w.ok(w.o.SaveDraft(w.ctx, u, t0))
				wg.Go(func() {
					_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, At: t0, Postures: []vedette.Posture{{Area: area, Action: p.a}}})
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if !strings.Contains(w.board(), string(area)+" avoid_all_travel") {
				t.Errorf("board: %s", w.board())
			}
		}
	})
}

func TestTasksAreDecidedOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.bring(t0, vedette.Posture{Area: "IQ", Action: vedette.AvoidAllTravel})
		task := func(area vedette.AreaID, due time.Duration) vedette.Task {
			return vedette.Task{Kind: vedette.TaskKeepOrLift, Area: area, Question: "Keep or lift “avoid all travel” for " + string(area) + "?", Default: "keep", DueAt: t0.Add(due)}
		}
		u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("Next").ID, At: t0, Tasks: []vedette.Task{task("JO", 2*day), task("IQ", day)}})
		w.ok(err)
		list, err := w.o.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskKeepOrLift, About: u.ID})
		w.ok(err)
		if len(list) != 2 || list[0].Area != "IQ" || list[0].About != u.ID || list[0].State != vedette.TaskOpen || list[0].Default != "keep" || !list[0].CreatedAt.Equal(t0) {
			t.Fatalf("tasks: %+v", list)
		}
		for _, f := range []struct {
			filter store.TaskFilter
			want   int
		}{{store.TaskFilter{Area: "JO"}, 1}, {store.TaskFilter{DueBefore: t0.Add(2 * day)}, 1}, {store.TaskFilter{Limit: 1}, 1},
			{store.TaskFilter{State: vedette.TaskDone}, 0}, {store.TaskFilter{Owner: "Ada"}, 0}, {store.TaskFilter{}, 2}} {
			got, err := w.o.Tasks(w.ctx, f.filter)
			w.ok(err)
			equal(t, fmt.Sprintf("tasks of %+v", f.filter), len(got), f.want)
		}

		id := list[0].ID
		_, err = w.o.DecideTask(w.ctx, id, "lift", "Ada", "", nil, t0)
		w.code(err, vedette.CodeInvalid)
		lower := &vedette.Posture{Area: "IQ", Action: vedette.Shelter}
		_, err = w.o.DecideTask(w.ctx, id, "lift", "Ada", "quiet", lower, t0.Add(hour))
		w.code(err, vedette.CodeInvalid) // no posture: then nothing is decided
		lower.Action = vedette.TravelWithCaution
		done, err := w.o.DecideTask(w.ctx, id, "lift", "Ada", "quiet", lower, t0.Add(hour))
		w.ok(err)
		equal(t, "state", done.State, vedette.TaskDone)
		equal(t, "board", w.board(), "IQ travel_with_caution (Ada: quiet)")
		_, err = w.o.DecideTask(w.ctx, id, "keep", "Bo", "no", nil, t0.Add(hour))
		w.code(err, vedette.CodeConflict)
		_, err = w.o.DecideTask(w.ctx, list[1].ID, "keep", "Bo", "still shelled", nil, t0.Add(hour))
		w.ok(err)
		_, err = w.o.DecideTask(w.ctx, vedette.NewID(t0), "keep", "Bo", "no", nil, t0)
		w.code(err, vedette.CodeNotFound)
		got, err := w.o.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskDone})
		w.ok(err)
		if len(got) != 2 || got[0].DoneBy != "Ada" || got[0].Outcome != "lift" || got[0].Reason != "quiet" || !got[0].DoneAt.Equal(t0.Add(hour)) {
			t.Errorf("decided: %+v", got)
		}
		if w.sql(`UPDATE tasks SET outcome = 'other'`) == nil {
			t.Error("a decided task was changed")
		}
	})
}

// A posture set by hand leaves nothing to ask about its area.
func TestAPostureSetByHandAnswersWhatIsAskedOfIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ask := func(area vedette.AreaID) vedette.Task {
			return vedette.Task{Kind: vedette.TaskKeepOrLift, Area: area, Question: "Keep or lift it for " + string(area) + "?", Default: "keep", DueAt: t0.Add(day)}
		}
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("Rockets").ID, At: t0, Tasks: []vedette.Task{ask("IQ"), ask("JO")},
			Postures: []vedette.Posture{{Area: "IQ", Action: vedette.AvoidAllTravel}}})
		w.ok(err)
		set := func(p vedette.Posture) []vedette.Task {
			t.Helper()
			p.By, p.Reason = "Ada", "quiet for a month"
			done, err := w.o.SetPosture(w.ctx, p, "set by hand", t0.Add(hour))
			w.ok(err)
			return done
		}
		equal(t, "another provider's word", len(set(vedette.Posture{Area: "IQ", Provider: "GOV", Action: vedette.NoRestriction})), 0)
		equal(t, "another area", len(set(vedette.Posture{Area: "IQ-BA", Action: vedette.AvoidAllTravel})), 0)
		done := set(vedette.Posture{Area: "IQ", Action: vedette.TravelWithCaution})
		if len(done) != 1 || done[0].Area != "IQ" || done[0].State != vedette.TaskDone {
			t.Errorf("answered: %+v", done)
		}
		equal(t, "logged", strings.HasSuffix(w.log(0), "posture set\ntask decided"), true)
		list, err := w.o.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskDone})
		w.ok(err)
		if len(list) != 1 || list[0].Outcome != "set by hand" || list[0].DoneBy != "Ada" || list[0].Reason != "quiet for a month" || !list[0].DoneAt.Equal(t0.Add(hour)) {
			t.Errorf("as it is kept: %+v", list)
		}
		equal(t, "once more", len(set(vedette.Posture{Area: "IQ", Action: vedette.NoRestriction})), 0)
	})
}

func TestSettings(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		got, err := w.o.Settings(w.ctx)
		w.ok(err)
		same(t, "none set", got, vedette.DefaultSettings())
		want := vedette.DefaultSettings()
		want.ArrivalDays, want.Reach.High, want.DiscreetIn = 3, 150, []vedette.AreaID{"IQ-BA", "SY"}
		w.ok(w.o.SaveSettings(w.ctx, vedette.Settings{ArrivalDays: 3, Reach: vedette.ByRisk{High: 150}, DiscreetIn: []vedette.AreaID{"IQ-BA", "SY"}}, "Ada", t0))
		got, err = w.o.Settings(w.ctx)
		w.ok(err)
		same(t, "two figures set", got, want)
		w.ok(w.o.SaveSettings(w.ctx, vedette.Settings{ArrivalDays: 5}, "Bo", t0.Add(hour)))
		got, err = w.o.SettingsAt(w.ctx, t0.Add(time.Minute))
		w.ok(err)
		same(t, "as recorded before", got, want)
		got, err = w.o.SettingsAt(w.ctx, t0.Add(-time.Minute))
		w.ok(err)
		same(t, "before any", got, vedette.DefaultSettings())
		w.code(w.o.SaveSettings(w.ctx, vedette.Settings{DiscreetIn: make([]vedette.AreaID, 401)}, "Bo", t0), vedette.CodeInvalid)
		w.code(w.o.SaveSettings(w.ctx, vedette.Settings{ArrivalDays: 900}, "Bo", t0), vedette.CodeInvalid)
		equal(t, "log", w.log(0), "settings saved\nsettings saved")
	})
}

// A posture whose advice has ended is asked about once, whoever asks.
func TestWhatHasEndedIsAskedOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		d := w.draft("Strikes")
		u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, At: t0, Postures: []vedette.Posture{{Area: "IQ", Action: vedette.AvoidAllTravel, Update: d.ID}}})
		w.ok(err)
		ps, err := w.o.Postures(w.ctx)
		w.ok(err)
		end, now := t0.Add(time.Hour), t0.Add(2*time.Hour)
		ask := []store.Lapsed{{Posture: ps[0].Key, Ended: end, Task: vedette.Task{Kind: vedette.TaskKeepOrLift, Area: "IQ", About: u.ID, Question: "Keep or lift?", Default: "keep", DueAt: now.Add(time.Hour)}}}
		var wg sync.WaitGroup
		asked := make([]int, 4)
		for i := range asked {
			wg.Go(func() {
				n, err := w.o.AskLapsed(w.ctx, ask, now)
				if err != nil {
					t.Error(err)
				}
				asked[i] = n
			})
		}
		wg.Wait()
		equal(t, "asked", asked[0]+asked[1]+asked[2]+asked[3], 1)
		tasks, err := w.o.Tasks(w.ctx, store.TaskFilter{})
		w.ok(err)
		equal(t, "tasks", len(tasks), 1)
		equal(t, "about", tasks[0].About, u.ID)

		// Answered, it is not asked again; nor of a posture that is gone.
		_, err = w.o.DecideTask(w.ctx, tasks[0].ID, "keep", "Ada", "not yet", nil, now)
		w.ok(err)
		n, err := w.o.AskLapsed(w.ctx, ask, now.Add(time.Hour))
		w.ok(err)
		equal(t, "asked again", n, 0)
		_, err = w.o.SetPosture(w.ctx, vedette.Posture{Area: "IQ", Action: vedette.TravelWithCaution, By: "Ada", Reason: "quiet"}, "", now)
		w.ok(err)
		ask[0].Ended = now.Add(2 * time.Hour)
		n, err = w.o.AskLapsed(w.ctx, ask, now.Add(3*time.Hour))
		w.ok(err)
		equal(t, "of one that is gone", n, 0)
		if got := w.board(); !strings.Contains(got, "IQ") {
			t.Errorf("the board lost it: %s", got)
		}
	})
}
