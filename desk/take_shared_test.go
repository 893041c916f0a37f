package desk

import (
	"context"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
	"vedette/store/storetest"
)

// two are an organisation that offers what it publishes, and one that takes it.
type two struct {
	*room
	ridge *Desk
	desks *Desks
	ctx   context.Context
}

func newTwo(t *testing.T, place string, mode vedette.CopyMode) *two {
	t.Helper()
	s, err := store.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r := &room{t: t, at: time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)}
	k, g := auth.NewKey(), gazetteer.Default()
	for _, name := range []string{"Harbour Relief", "Ridge Aid"} {
		if _, err := s.AddOrganisation(t.Context(), name, r.at); err != nil {
			t.Fatal(err)
		}
	}
	ds, err := NewDesks(t.Context(), Config{Store: s, Key: k, Gaz: g, Rosters: roster.New(s, k, g), Now: r.now})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ds.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Desk = list[0]
	w := &two{r, list[1], ds, vedette.Acting(t.Context(), vedette.Actor{Via: vedette.ViaProgram})}
	if err := w.ridge.Subscribe(w.ctx, "harbour-relief", mode, "Eve"); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("what is not offered is taken: %v", err)
	}
	_, err = r.Offer(w.ctx, true)
	w.ok(err)
	w.ok(w.ridge.Subscribe(w.ctx, "harbour-relief", mode, "Eve"))
	_, err = w.ridge.ImportPeople(w.ctx, strings.NewReader("name,email,country\nAli,ali@example.org,Iraq\n"), ImportOptions{})
	w.ok(err)
	w.bring("name,email,country\nMona,mona@example.org,Iraq\n", ImportOptions{})
	return w
}

func (w *two) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// takes has the other take what there is, twice: the second changes nothing.
func (w *two) takes() {
	w.t.Helper()
	for range 2 {
		more, err := w.ridge.TakeShared(w.ctx)
		if w.ok(err); more {
			w.t.Error("there is more")
		}
	}
}

// there are the updates of the other, newest first, and what waits for its desk.
func (w *two) there() (published, drafts []*vedette.Update, tasks string) {
	w.t.Helper()
	published, err := w.ridge.rows.Updates(w.ctx, 50, time.Time{})
	w.ok(err)
	drafts, err = w.ridge.Drafts(w.ctx)
	w.ok(err)
	list, err := w.ridge.Tasks(w.ctx, false)
	w.ok(err)
	for _, k := range list {
		if k.Kind == vedette.TaskCopied {
			tasks += k.Question + "\n"
		}
	}
	return published, drafts, tasks
}

// wants says what the other has: how many published, drafts, and what its desk is asked.
func (w *two) wants(what string, published, drafts int, asked ...string) []*vedette.Update {
	w.t.Helper()
	p, d, tasks := w.there()
	if len(p) != published || len(d) != drafts || len(asked) == 0 && tasks != "" {
		w.t.Errorf("%s: %d published, %d drafts, asked %q", what, len(p), len(d), tasks)
	}
	for _, words := range asked {
		if !strings.Contains(tasks, words) {
			w.t.Errorf("%s: the desk is not asked %q but %q", what, words, tasks)
		}
	}
	return p
}

func shared(t *testing.T, mode vedette.CopyMode, fn func(t *testing.T, w *two)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newTwo(t, t.TempDir(), mode)) })
	t.Run("postgres", func(t *testing.T) { fn(t, newTwo(t, storetest.Schema(t), mode)) })
}

const sirens = "- Those in Iraq should shelter in place if sirens sound.\n"

// What is published, corrected, declared, stopped, sent in error and over with one is so
// with the other: its own people are told, its own record says by whom.
func TestWhatIsTakenIsPublishedAndFollows(t *testing.T) {
	shared(t, vedette.CopyPublish, func(t *testing.T, w *two) {
		text := strings.Replace(alert, "AFFECTED AREA", sirens+"AFFECTED AREA", 1)
		u := w.publish(text)
		w.takes()
		list := w.wants("published", 1, 0)
		if len(list) != 1 {
			t.FailNow()
		}
		ours := list[0]
		if ours.ID == u.ID || ours.Situation.ID == u.Situation.ID || ours.Content.Headline != u.Content.Headline || len(ours.Reports) != 0 || len(ours.Content.Recommendations) != len(u.Content.Recommendations) {
			t.Errorf("the copy is %+v", ours)
		}
		for _, c := range ours.Content.Recommendations[0].Advice {
			if c.Report != "" || c.Lines != (vedette.Lines{}) {
				t.Errorf("it points into a report that is another's: %+v", c.Statement)
			}
		}
		if c, err := w.ridge.CopiedFrom(w.ctx, ours.ID); err != nil || c == nil || c.Publisher != "Harbour Relief" || c.Source != u.ID {
			t.Errorf("it is said to be of %+v, %v", c, err)
		}
		tally, err := w.ridge.Tally(w.ctx, ours)
		w.ok(err)
		if tally.Fanout.State != vedette.FanoutQueued {
			t.Errorf("its people are not told: %+v", tally.Fanout)
		}
		log, err := w.ridge.rows.Log(w.ctx, 0, 0)
		w.ok(err)
		if by := log[len(log)-1].By.Name; by != "Harbour Relief" {
			t.Errorf("the record says it was %q", by)
		}

		w.jump(time.Minute)
		w.ok(w.DeclareCondition(w.ctx, ConditionOrder{Update: u.ID, No: 1, State: vedette.ConditionMet, By: "Ada", Reason: "sirens at 12:31"}))
		w.takes()
		if list, err := w.ridge.Conditions(w.ctx, ours.ID); err != nil || len(list) != 1 || list[0].State != vedette.ConditionMet || list[0].By != "Harbour Relief" || list[0].Reason != "sirens at 12:31" {
			t.Errorf("the condition is %+v, %v", list, err)
		}

		w.jump(time.Minute)
		d, err := w.Compose(DraftOrder{Text: []byte(strings.Replace(text, "power station", "refinery", -1)), Origin: "test"})
		w.ok(err)
		second, err := w.PublishDraft(w.ctx, d, PublishOrder{Corrects: u.ID})
		w.ok(err)
		w.takes()
		list = w.wants("corrected", 2, 0)
		if list[0].Corrects != ours.ID || list[0].Situation.ID != ours.Situation.ID || list[0].Number != 2 {
			t.Errorf("the correction is %+v", list[0])
		}

		w.jump(time.Minute)
		_, err = w.Stop(w.ctx, second.ID, "the wrong refinery")
		w.ok(err)
		w.takes()
		stopped, err := w.ridge.Update(w.ctx, list[0].ID)
		w.ok(err)
		if stopped.State != vedette.UpdateStopped || !strings.Contains(stopped.Mark.StopReason, "Harbour Relief") || !strings.Contains(stopped.Mark.StopReason, "the wrong refinery") {
			t.Errorf("stopped there, here it is %+v", stopped.Mark)
		}

		w.jump(time.Minute)
		third := w.publish(strings.Replace(strings.Replace(alert, "Iraq", "Jordan", -1), "Basra", "Amman", -1))
		w.takes()
		w.wants("another", 3, 0)
		w.jump(time.Minute)
		_, err = w.Retract(w.ctx, RetractOrder{Update: third.ID, Reason: "it was an exercise"})
		w.ok(err)
		w.takes()
		list = w.wants("sent in error", 4, 0)
		if !list[0].Alone || list[0].Cancels != vedette.CancelError || list[0].Corrects != list[1].ID {
			t.Errorf("said to be sent in error there, here: %+v", list[0])
		}
		w.jump(time.Minute)
		_, err = w.Cancel(w.ctx, CancelOrder{Update: u.ID, Why: vedette.CancelOver, Reason: "Power is back."})
		w.ok(err)
		w.takes()
		list = w.wants("over", 5, 0)
		if list[0].Cancels != vedette.CancelOver || said(list[0]) != "Power is back." || list[0].Situation.ID != ours.Situation.ID {
			t.Errorf("over there, here: %+v", list[0])
		}
	})
}

// Where drafts are wanted nobody is told by itself; the desk is asked.
func TestWhatIsTakenLiesBeforeTheDesk(t *testing.T) {
	shared(t, vedette.CopyDraft, func(t *testing.T, w *two) {
		u := w.publish(alert)
		w.takes()
		w.wants("published", 0, 1, "Harbour Relief published “Strike on a power station reported near Basra”: it lies before you as a draft")
		_, err := w.Stop(w.ctx, u.ID, "wrong")
		w.ok(err)
		w.takes()
		w.wants("stopped before anybody looked", 0, 0, "published")
		w.jump(time.Minute)
		u = w.publish(strings.Replace(alert, "Basra", "Mosul", -1))
		w.takes()
		_, drafts, _ := w.there()
		if len(drafts) != 1 {
			t.Fatal(len(drafts))
		}
		dr, err := w.ridge.Draft(w.ctx, drafts[0].ID)
		w.ok(err)
		_, err = w.ridge.PublishDraft(w.ctx, dr, PublishOrder{By: "Eve"})
		w.ok(err)
		w.jump(time.Minute)
		_, err = w.Stop(w.ctx, u.ID, "the wrong town")
		w.ok(err)
		w.takes()
		list := w.wants("stopped", 1, 0, "stopped “Strike on a power station reported near Mosul”: the wrong town. You published it, too")
		if list[0].State != vedette.UpdatePublished {
			t.Error("it was stopped by itself")
		}
	})
}

// What is between them and their own people stays so, what comes late is not told as if
// it were new, and nothing old comes when it is offered again.
func TestWhatIsNotTaken(t *testing.T) {
	shared(t, vedette.CopyPublish, func(t *testing.T, w *two) {
		d, err := w.Compose(DraftOrder{Text: []byte(alert), Origin: "test", Status: vedette.StatusExercise})
		w.ok(err)
		_, err = w.PublishDraft(w.ctx, d, PublishOrder{})
		w.ok(err)
		w.takes()
		w.wants("an exercise", 0, 0)

		w.publish(alert)
		w.jump(25 * time.Hour)
		w.takes()
		w.wants("late", 0, 1, "it came late")

		_, err = w.Offer(w.ctx, false)
		w.ok(err)
		w.publish(strings.Replace(alert, "Basra", "Mosul", -1))
		w.takes()
		_, err = w.Offer(w.ctx, true)
		w.ok(err)
		w.takes()
		w.wants("not offered meanwhile", 0, 1, "late")

		w.ok(w.Dismiss(w.ctx, "ridge-aid"))
		w.publish(strings.Replace(alert, "Basra", "Kirkuk", -1))
		w.takes()
		w.wants("dismissed", 0, 1, "late")
		if list, err := w.rows.Subscribers(w.ctx); err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// What cannot be published by itself is asked of the desk, with the reason.
func TestWhatIsAtOddsIsAskedOfTheDesk(t *testing.T) {
	shared(t, vedette.CopyPublish, func(t *testing.T, w *two) {
		d, err := w.ridge.Compose(DraftOrder{Text: []byte(strings.Replace(alert, "Avoid all travel to Iraq until further notice.", "Evacuate Iraq immediately.", 1)), Origin: "test"})
		w.ok(err)
		_, err = w.ridge.PublishDraft(w.ctx, d, PublishOrder{})
		w.ok(err)
		w.jump(time.Minute)
		w.publish(strings.Replace(alert, "Avoid all travel to Iraq until further notice.", "Those in Iraq should shelter in place.", 1))
		w.takes()
		w.wants("at odds", 1, 1, "could not be published by itself", "at odds")
	})
}

// Where a second person's word is wanted it is asked for; what is immediate goes out at
// once, and somebody is to look.
func TestWhatIsTakenWaitsForASecondPerson(t *testing.T) {
	shared(t, vedette.CopyPublish, func(t *testing.T, w *two) {
		set, err := w.ridge.Settings(w.ctx)
		w.ok(err)
		set.Approval = vedette.ApproveAll
		w.ok(w.ridge.SaveSettings(w.ctx, set, "Eve"))
		_, _, err = w.ridge.AddUser(w.ctx, UserOrder{Name: "Eve", Login: "eve", Role: vedette.RoleAdministrator, By: "Eve"})
		w.ok(err)
		w.publish(alert)
		w.takes()
		w.wants("asked", 0, 1)
		if list, err := w.ridge.Approvals(w.ctx); err != nil || len(list) != 1 || list[0].AskedBy != "Harbour Relief" {
			t.Fatalf("%+v, %v", list, err)
		}
		w.jump(time.Minute)
		d, err := w.Compose(DraftOrder{Text: []byte(strings.Replace(alert, "Basra", "Mosul", -1)), Origin: "test"})
		w.ok(err)
		d.Update.Content.Urgency = vedette.UrgencyImmediate
		_, err = w.PublishDraft(w.ctx, d, PublishOrder{})
		w.ok(err)
		w.takes()
		list := w.wants("immediate", 1, 1)
		if len(list) == 1 && (list[0].Assent == nil || !strings.Contains(list[0].Assent.Alone, "Harbour Relief published it")) {
			t.Errorf("%+v", list[0].Assent)
		}
	})
}
