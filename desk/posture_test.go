package desk

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/posture"
)

// advising is the alert with other advice, published into a situation or as a
// new one.
func (r *room) advising(situation vedette.ID, advice string) *vedette.Update {
	r.t.Helper()
	text := strings.Replace(alert, "Avoid all travel to Iraq until further notice.", advice, 1)
	d, err := r.Compose(r.t.Context(), DraftOrder{Text: []byte(text), Origin: "test"})
	if err != nil {
		r.t.Fatal(err)
	}
	u, err := r.PublishDraft(r.t.Context(), d, PublishOrder{Situation: situation, Again: true})
	if err != nil {
		r.t.Fatal(err)
	}
	return u
}

func (r *room) stands(name string) string {
	r.t.Helper()
	a, err := r.Gaz.Find(name)
	if err != nil {
		r.t.Fatal(err)
	}
	c, err := r.PostureOf(r.t.Context(), a.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(c.Stands.Action)
}

func (r *room) asked() []vedette.Task {
	r.t.Helper()
	list, err := r.Tasks(r.t.Context(), false)
	if err != nil {
		r.t.Fatal(err)
	}
	return list
}

func (r *room) decide(id vedette.ID, outcome string) error {
	_, err := r.DecideTask(r.t.Context(), Decision{Task: id, Outcome: outcome, By: "Ada", Reason: "as agreed"})
	return err
}

func TestPublishingRaisesThePostureAndAsksWhereItWouldFall(t *testing.T) {
	r := newRoom(t)
	first := r.advising("", "Avoid all travel to Iraq until further notice.")
	did, err := r.Adopted(t.Context(), first)
	if err != nil || len(did.Rises) != 1 || did.Rises[0] != (Rise{"IQ", "Iraq", vedette.AvoidAllTravel, ""}) || len(did.Tasks) != 0 {
		t.Fatalf("the first update did %+v, %v", did, err)
	}
	r.jump(time.Hour)
	second := r.advising(first.Situation.ID, "Reconsider travel to Iraq.")
	if r.stands("Iraq") != "avoid_all_travel" {
		t.Errorf("it fell by publishing: %s", r.stands("Iraq"))
	}
	tasks := r.asked()
	if len(tasks) != 1 || tasks[0].About != second.ID || !strings.Contains(tasks[0].Question, "(update 1); update 2 says reconsider travel") {
		t.Fatalf("asked: %+v", tasks)
	}
	if err := r.decide(tasks[0].ID, posture.Keep); err != nil {
		t.Fatal(err)
	}
	r.jump(time.Hour)
	if r.advising(first.Situation.ID, "Reconsider travel to Iraq."); len(r.asked()) != 0 {
		t.Errorf("asked again what was kept: %+v", r.asked())
	}
	r.jump(time.Hour)
	r.advising(first.Situation.ID, "Travel with caution in Iraq.")
	if tasks = r.asked(); len(tasks) != 1 {
		t.Fatalf("something else is said, but it is not asked: %+v", tasks)
	}
	if err := r.decide(tasks[0].ID, posture.Lift); err != nil || r.stands("Iraq") != "travel_with_caution" {
		t.Errorf("lifted: %s, %v", r.stands("Iraq"), err)
	}
	if err := r.decide(tasks[0].ID, posture.Lift); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("decided twice: %v", err)
	}
	// Another situation that says nothing of it asks nothing.
	r.advising("", "Reconsider travel to Jordan.")
	if len(r.asked()) != 0 {
		t.Errorf("another situation asks: %+v", r.asked())
	}
}

// A posture set by hand leaves nothing to ask: the question is closed, its
// history says by whom, to what and why, and nothing can be lifted by it any
// more.
func TestAQuestionClosesWhenThePostureIsSetByHand(t *testing.T) {
	r := newRoom(t)
	u := r.advising("", "Avoid all travel to Iraq until further notice.")
	r.jump(time.Hour)
	r.advising(u.Situation.ID, "Reconsider travel to Iraq.")
	asked := r.asked()
	if len(asked) != 1 {
		t.Fatalf("asked: %+v", asked)
	}
	r.jump(time.Hour)
	if _, err := r.SetPosture(t.Context(), PostureOrder{Area: "IQ", Action: vedette.NoRestriction, Provider: "FCDO", By: "Ada", Reason: "their page"}); err != nil || len(r.asked()) != 1 {
		t.Errorf("another's word beside ours: asked %+v, %v", r.asked(), err)
	}
	c, err := r.SetPosture(t.Context(), PostureOrder{Area: "IQ", Action: vedette.TravelWithCaution, By: "Ada", Reason: "quiet"})
	if err != nil || len(c.Answered) != 1 || c.Answered[0].ID != asked[0].ID || len(c.Tasks) != 0 || len(r.asked()) != 0 {
		t.Fatalf("%+v, %v; asked %+v", c, err, r.asked())
	}
	all, err := r.Tasks(t.Context(), true)
	if err != nil || len(all) != 1 || all[0].Outcome != "set by hand to travel with caution" || all[0].DoneBy != "Ada" || all[0].Reason != "quiet" {
		t.Errorf("its history: %+v, %v", all, err)
	}
	if err := r.decide(asked[0].ID, posture.Lift); vedette.ErrorCode(err) != vedette.CodeConflict || r.stands("Iraq") != "travel_with_caution" {
		t.Errorf("decided after it: %v; %s stands", err, r.stands("Iraq"))
	}
}

func TestAPostureSetByHand(t *testing.T) {
	r := newRoom(t)
	for _, c := range []struct {
		what string
		o    PostureOrder
		code vedette.Code
		says string
	}{
		{"no reason", PostureOrder{Area: "IQ", Action: vedette.AvoidAllTravel, By: "Ada"}, vedette.CodeInvalid, "reason"},
		{"nobody", PostureOrder{Area: "IQ", Action: vedette.AvoidAllTravel, Reason: "rockets"}, vedette.CodeInvalid, "say who"},
		{"no such area", PostureOrder{Area: "atlantis", Action: vedette.AvoidAllTravel, By: "Ada", Reason: "waves"}, vedette.CodeInvalid, "no area"},
		{"no travel advice", PostureOrder{Area: "IQ", Action: vedette.Shelter, By: "Ada", Reason: "rockets"}, vedette.CodeInvalid, "no travel advice"},
		{"nothing to lift", PostureOrder{Area: "IQ", By: "Ada", Reason: "quiet"}, vedette.CodeConflict, "none to lift"},
		{"nothing of theirs", PostureOrder{Area: "IQ", Provider: "FCDO", By: "Ada", Reason: "quiet"}, vedette.CodeConflict, "no posture of FCDO"},
		{"up", PostureOrder{Area: "IQ", Action: vedette.AvoidAllTravel, By: "Ada", Reason: "rockets"}, "", ""},
		{"down", PostureOrder{Area: "IQ", Action: vedette.TravelWithCaution, By: "Ada", Reason: "quiet"}, "", ""},
		{"theirs", PostureOrder{Area: "IQ", Action: vedette.NoRestriction, Provider: "FCDO", By: "Ada", Reason: "their page"}, "", ""},
		{"lifted", PostureOrder{Area: "IQ", By: "Ada", Reason: "over"}, "", ""},
		{"lifted twice", PostureOrder{Area: "IQ", By: "Ada", Reason: "over"}, vedette.CodeConflict, "none to lift"},
	} {
		_, err := r.SetPosture(t.Context(), c.o)
		if vedette.ErrorCode(err) != c.code && (err != nil || c.code != "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	b, err := r.PostureBoard(t.Context())
	if err != nil || len(b.Rows) != 1 || b.Rows[0].Own.Action != "" || len(b.Rows[0].Beside) != 1 {
		t.Errorf("the board: %+v, %v", b, err)
	}
}

func TestADrillLeavesTheBoardAlone(t *testing.T) {
	r := newRoom(t)
	d, err := r.Compose(t.Context(), DraftOrder{Text: []byte(alert), Origin: "test", Status: vedette.StatusExercise})
	if err != nil {
		t.Fatal(err)
	}
	pv, err := r.Preview(t.Context(), d, PublishOrder{})
	if err != nil || len(pv.Posture.Rises) != 0 {
		t.Errorf("the preview of a drill: %+v, %v", pv.Posture, err)
	}
	if _, err := r.PublishDraft(t.Context(), d, PublishOrder{}); err != nil || r.stands("Iraq") != "" {
		t.Errorf("a drill set %q, %v", r.stands("Iraq"), err)
	}
}

func TestAPartLeftOutOfWhatStandsCannotBeLiftedInPassing(t *testing.T) {
	r := newRoom(t)
	u := r.advising("", "Avoid all travel to Iraq until further notice.")
	r.jump(time.Hour)
	r.advising(u.Situation.ID, "Avoid all travel to Iraq except Erbil.")
	tasks := r.asked()
	if len(tasks) != 1 || !strings.Contains(tasks[0].Question, "leaves Erbil out") {
		t.Fatalf("asked: %+v", tasks)
	}
	// No word was given for Erbil, so none is made up: a person sets one.
	err := r.decide(tasks[0].ID, posture.Lift)
	if vedette.ErrorCode(err) != vedette.CodeConflict || !strings.Contains(err.Error(), "set a weaker step for Erbil") {
		t.Errorf("%v", err)
	}
	if len(r.asked()) != 1 || r.stands("Erbil") != "avoid_all_travel" {
		t.Errorf("it still waits: %+v, %s stands", r.asked(), r.stands("Erbil"))
	}
}

func TestACancellationAsksToo(t *testing.T) {
	r := newRoom(t)
	u := r.advising("", "Avoid all travel to Iraq until further notice.")
	r.jump(time.Hour)
	c, err := r.Cancel(t.Context(), CancelOrder{Update: u.ID, Why: vedette.CancelOver, Reason: "All is quiet."})
	if err != nil {
		t.Fatal(err)
	}
	tasks := r.asked()
	if len(tasks) != 1 || tasks[0].About != c.ID || !strings.Contains(tasks[0].Question, "update 2 cancels that") || r.stands("Iraq") != "avoid_all_travel" {
		t.Fatalf("asked: %+v, %s stands", tasks, r.stands("Iraq"))
	}
	if err := r.decide(tasks[0].ID, posture.Lift); err != nil || r.stands("Iraq") != "" {
		t.Errorf("lifted: %v, %q stands", err, r.stands("Iraq"))
	}
}
