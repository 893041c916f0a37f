package record_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/store"
	"vedette/tell"
	"vedette/tell/record"
)

// watch is an organisation with a shelf of what stands, and a clock.
type watch struct {
	t     testing.TB
	rows  *store.Org
	shelf *record.Shelf
	kept  record.Memory
	draft *vedette.Update // looked at again and again
	set   vedette.Settings
	now   time.Time
	live  []*vedette.Update // the newest of each situation that stands
}

func newWatch(t testing.TB) *watch {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	now := time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)
	o, err := s.AddOrganisation(t.Context(), "Example Relief", now)
	if err != nil {
		t.Fatal(err)
	}
	rows := s.In(o.Key)
	d := draft("IQ", vedette.RiskModerate, "Roads closed")
	d.ID = vedette.NewID(now)
	return &watch{draft: d, t: t, rows: rows, shelf: record.NewShelf(rows, gazetteer.Default()), set: vedette.DefaultSettings(), now: now}
}

func (w *watch) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

var lands = []vedette.AreaID{"IQ", "JO", "LB", "SY"}

func places(id vedette.AreaID) []vedette.Place { return []vedette.Place{{Text: string(id), Area: id}} }

// draft is an update with advice that holds, and advice that waits.
func draft(area vedette.AreaID, risk vedette.Risk, text string) *vedette.Update {
	say := func(text, condition string, a vedette.Action) vedette.Advice {
		return vedette.Advice{Statement: vedette.Statement{Text: text}, Condition: condition, Actions: []vedette.AdviceAction{{Action: a, Targets: places(area)}}}
	}
	return &vedette.Update{State: vedette.UpdateDraft, Content: vedette.Content{Title: text, Risk: risk, Urgency: vedette.UrgencyExpected, Affected: places(area),
		Recommendations: []vedette.AdviceGroup{{Area: area, Advice: []vedette.Advice{
			say(text+": reconsider travel.", "", vedette.ReconsiderTravel), say(text+": shelter.", "should it begin", vedette.Shelter)}}}}}
}

func (w *watch) publish(u *vedette.Update, o store.PublishOrder) *vedette.Update {
	w.t.Helper()
	w.ok(w.rows.SaveDraft(w.t.Context(), u, w.now))
	o.Update, o.At = u.ID, w.now
	u, err := w.rows.Publish(w.t.Context(), o)
	w.ok(err)
	return u
}

// outcomes is what stands, told to people in many places at a moment.
func outcomes(rs []*record.Record, now time.Time) []string {
	var out []string
	for _, r := range rs {
		out = append(out, fmt.Sprintf("%s of %s", r.Update.ID, r.Update.Situation.ID))
		for _, land := range lands {
			for _, who := range []advise.Person{
				{Presences: []vedette.Presence{{Area: land, Because: vedette.BecauseHome, Recorded: now.Add(-time.Hour)}}},
				{Presences: []vedette.Presence{{Area: land, Because: vedette.BecauseHome, Recorded: now.AddDate(0, 0, -170)}}},
				{Presences: []vedette.Presence{{Area: land, Because: vedette.BecauseTrip, From: base.Add(36 * time.Hour), To: base.Add(72 * time.Hour)}}},
			} {
				o := r.Of(who, nil, nil)
				out = append(out, fmt.Sprintf("  %s: %s %t %s %+v %+v", land, o.Relation, o.Tell, o.Reason, o.Advised.Variant, o.Advised.Withheld))
			}
		}
	}
	return out
}

var base = time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)

// same holds the shelf against all that stands, read and worked out anew.
func (w *watch) same(what string) {
	w.t.Helper()
	kept, err := w.shelf.Standing(w.t.Context(), w.set, w.now)
	w.ok(err)
	anew, err := record.Standing(w.t.Context(), w.rows, gazetteer.Default(), w.set, w.now)
	w.ok(err)
	if got, want := outcomes(kept, w.now), outcomes(anew, w.now); !reflect.DeepEqual(got, want) {
		w.t.Fatalf("%s: the shelf says\n%q\nwhat stands says\n%q", what, got, want)
	}
	w.sameDraft(what)
}

// sameDraft holds a draft and another state of it, over what was kept, against
// the same worked out anew.
func (w *watch) sameDraft(what string) {
	w.t.Helper()
	was := *w.draft
	was.Content.Risk, was.Content.Affected = vedette.RiskExtreme, places("JO")
	open := func(m *record.Memory) []string {
		r, err := record.Open(w.t.Context(), w.rows, gazetteer.Default(), record.Order{Update: w.draft, Settings: w.set, Now: w.now, Memory: m})
		w.ok(err)
		return outcomes([]*record.Record{r, r.As(gazetteer.Default(), &was)}, w.now)
	}
	if got, want := open(&w.kept), open(nil); !reflect.DeepEqual(got, want) {
		w.t.Fatalf("%s: kept, a draft says\n%q\nanew\n%q", what, got, want)
	}
}

// rules are what the shelf has made ready; the same ones where it was not
// worked out anew.
func (w *watch) rules() (out []any) {
	w.t.Helper()
	rs, err := w.shelf.Standing(w.t.Context(), w.set, w.now)
	w.ok(err)
	for _, r := range rs {
		out = append(out, r.Rule)
	}
	return out
}

// Whatever changes what stands, or what of it applies, is on the shelf at once.
func TestTheShelfMissesNoChange(t *testing.T) {
	w := newWatch(t)
	ctx := t.Context()
	w.same("nothing stands")
	u := w.publish(draft("IQ", vedette.RiskHigh, "Rockets"), store.PublishOrder{})
	w.same("the first update")
	other := w.publish(draft("JO", vedette.RiskLow, "Protests"), store.PublishOrder{})
	w.same("another situation")
	u = w.publish(draft("IQ", vedette.RiskExtreme, "More rockets"), store.PublishOrder{Situation: u.Situation.ID})
	w.same("a newer update")
	u = w.publish(draft("SY", vedette.RiskExtreme, "Rockets elsewhere"), store.PublishOrder{Corrects: u.ID})
	w.same("a correction")
	for _, s := range []vedette.ConditionState{vedette.ConditionMet, vedette.ConditionAwaited, vedette.ConditionPassed} {
		w.ok(w.rows.Declare(ctx, vedette.Declared{Update: u.Key, Group: 0, Item: 1, State: s, At: w.now, By: "Ada", Reason: "seen"}, false, 0))
		w.same("a condition " + string(s))
	}
	_, err := w.rows.SetPosture(ctx, vedette.Posture{Area: "SY", Action: vedette.AvoidAllTravel, By: "Ada", Reason: "shelled"}, "set", w.now)
	w.ok(err)
	w.same("a posture by hand")
	third := w.publish(draft("LB", vedette.RiskHigh, "Strikes"), store.PublishOrder{Postures: []vedette.Posture{{Area: "LB", Action: vedette.AvoidAllTravel}},
		Tasks: []vedette.Task{{Kind: vedette.TaskKeepOrLift, Area: "SY", Question: "Keep or lift?", Default: "keep", DueAt: w.now}}})
	w.same("a posture by publishing")
	tasks, err := w.rows.Tasks(ctx, store.TaskFilter{})
	w.ok(err)
	_, err = w.rows.DecideTask(ctx, tasks[0].ID, "lift", "Ada", "quiet", &vedette.Posture{Area: "SY", Action: vedette.TravelWithCaution}, w.now)
	w.ok(err)
	w.same("a posture by a decision")
	_, err = w.rows.Stop(ctx, third.ID, "wrong", w.now)
	w.ok(err)
	w.same("a stop")
	w.set.Reach.Low = 400
	w.same("other figures")
	over := draft("SY", vedette.RiskExtreme, "It is over")
	over.Cancels = vedette.CancelOver
	w.publish(over, store.PublishOrder{Corrects: u.ID})
	w.same("a cancellation")
	w.now = w.now.Add(40 * time.Hour) // a trip has begun
	w.same("40 hours later")
	w.now = w.now.AddDate(0, 0, 12) // a home is 182 days old
	w.same("182 days after a home was confirmed")
	if got := len(w.rules()); got != 1 {
		t.Errorf("%d stand, want 1: %s", got, other.ID)
	}
}

// Nothing is worked out anew for what has nothing to do with it, and time is
// no change: it is decided by when it is asked.
func TestTheShelfIsFilledOnlyWhereSomethingChanged(t *testing.T) {
	w := newWatch(t)
	ctx := t.Context()
	u := w.publish(draft("IQ", vedette.RiskHigh, "Rockets"), store.PublishOrder{})
	first := w.rules()
	kept := func(what string, want bool) {
		t.Helper()
		if got := reflect.DeepEqual(pointers(first), pointers(w.rules())); got != want {
			t.Errorf("after %s: kept %v, want %v", what, got, want)
		}
		w.same(what)
		first = w.rules()
	}
	kept("nothing", true)
	c := []store.PersonChange{{SealedPerson: store.SealedPerson{WrappedKey: []byte("key"), Record: []byte("record"),
		Presences: []vedette.Presence{{Area: "IQ", Because: vedette.BecauseHome}}}}}
	_, err := w.rows.SavePeople(ctx, c, w.now)
	w.ok(err)
	kept("a change of people", true)
	w.ok(w.rows.SaveDraft(ctx, draft("JO", vedette.RiskLow, "Protests"), w.now))
	kept("a draft", true)
	w.now = w.now.Add(5 * time.Minute)
	kept("five minutes", true)
	w.now = w.now.Add(6 * time.Minute)
	kept("more than ten minutes", false)
	_, err = w.rows.Stop(ctx, u.ID, "wrong", w.now)
	w.ok(err)
	kept("a stop", false)
}

func pointers(list []any) (out []string) {
	for _, p := range list {
		out = append(out, fmt.Sprintf("%p", p))
	}
	return out
}

// Whatever happens in whatever order: the shelf says what stands.
func TestTheShelfIsWhatStandsWhateverHappens(t *testing.T) {
	for seed := range uint64(4) {
		w := newWatch(t)
		r := rand.New(rand.NewPCG(seed, 1))
		for step := range 40 {
			what := w.happen(r, step)
			w.same(fmt.Sprintf("seed %d, step %d: %s", seed, step, what))
		}
	}
}

// happen does one thing, and says what. What the store refuses did not happen.
func (w *watch) happen(r *rand.Rand, step int) string {
	w.t.Helper()
	ctx := w.t.Context()
	land, risk := lands[r.IntN(len(lands))], vedette.Risk(1+r.IntN(4))
	order := store.PublishOrder{}
	if len(w.live) > 0 && r.IntN(2) == 0 {
		order.Situation = w.live[r.IntN(len(w.live))].Situation.ID
	}
	w.now = w.now.Add(time.Duration(r.IntN(90)) * time.Second)
	var err error
	what := ""
	switch n := r.IntN(10); {
	case n < 4 || len(w.live) == 0:
		if r.IntN(2) == 0 {
			order.Postures = []vedette.Posture{{Area: land, Action: vedette.ReconsiderTravel}}
		}
		u := draft(land, risk, fmt.Sprint("Event ", step))
		w.ok(w.rows.SaveDraft(ctx, u, w.now))
		order.Update, order.At = u.ID, w.now
		if u, err = w.rows.Publish(ctx, order); err == nil {
			w.live = append(w.live, u)
		}
		what = "published"
	case n < 6:
		u := w.live[r.IntN(len(w.live))]
		s := []vedette.ConditionState{vedette.ConditionMet, vedette.ConditionPassed, vedette.ConditionAwaited}[r.IntN(3)]
		err, what = w.rows.Declare(ctx, vedette.Declared{Update: u.Key, Item: 1, State: s, At: w.now, By: "Ada", Reason: "seen"}, false, 0), "declared "+string(s)
	case n < 8:
		_, err = w.rows.SetPosture(ctx, vedette.Posture{Area: land, Action: vedette.TravelWithCaution, By: "Ada", Reason: "quiet"}, "set", w.now)
		what = "posture set"
	default:
		_, err = w.rows.Stop(ctx, w.live[r.IntN(len(w.live))].ID, "wrong", w.now)
		what = "stopped"
	}
	if err != nil {
		what += ", refused: " + err.Error()
	}
	return what
}

// BenchmarkStanding is what the lookout pays for all that stands before it
// looks at one person: worked out anew, and from the shelf.
func BenchmarkStanding(b *testing.B) {
	w := newWatch(b)
	for i := range 40 {
		w.publish(draft(lands[i%len(lands)], vedette.RiskHigh, fmt.Sprint("Event ", i)), store.PublishOrder{})
	}
	who := advise.Person{Presences: []vedette.Presence{{Area: "IQ", Because: vedette.BecauseHome, Recorded: w.now}}}
	run := func(name string, standing func() ([]*record.Record, error)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var o tell.Outcome
			for b.Loop() {
				rs, err := standing()
				w.ok(err)
				for _, r := range rs {
					o = r.Of(who, nil, nil)
				}
			}
			if o.Reason == "" {
				b.Fatal("nobody was judged")
			}
		})
	}
	run("anew", func() ([]*record.Record, error) {
		return record.Standing(b.Context(), w.rows, gazetteer.Default(), w.set, w.now)
	})
	run("shelf", func() ([]*record.Record, error) { return w.shelf.Standing(b.Context(), w.set, w.now) })
}

// An advice that ends a moment after the shelf was filled is off it at that
// moment.
func TestWhatEndsIsOffTheShelf(t *testing.T) {
	w := newWatch(t)
	d := draft("IQ", vedette.RiskHigh, "Rockets")
	end := w.now.Add(3 * time.Minute)
	a := &d.Content.Recommendations[0].Advice[0]
	a.Text, a.Until = "Reconsider travel until 15:33.", &vedette.When{Text: "15:33", At: &end}
	w.publish(d, store.PublishOrder{})
	w.same("it holds")
	before := fmt.Sprint(outcomes(w.standing(), w.now))
	w.now = end
	w.same("it is over")
	if after := fmt.Sprint(outcomes(w.standing(), w.now)); after == before || strings.Contains(after, "Item:0") {
		t.Errorf("what ended is told: %s", after)
	}
}

func (w *watch) standing() []*record.Record {
	w.t.Helper()
	rs, err := w.shelf.Standing(w.t.Context(), w.set, w.now)
	w.ok(err)
	return rs
}

// A draft is worked out once for each state it is looked at in, until it or
// what stands changes.
func TestTheStatesOfADraftAreKept(t *testing.T) {
	w := newWatch(t)
	u := w.publish(draft("JO", vedette.RiskHigh, "Rockets"), store.PublishOrder{})
	open := func() (rules []string) {
		t.Helper()
		as := *w.draft // as it is read each time
		was := as
		was.Content.Risk = vedette.RiskLow
		r, err := record.Open(t.Context(), w.rows, gazetteer.Default(), record.Order{Update: &as, Settings: w.set, Now: w.now, Memory: &w.kept})
		w.ok(err)
		return []string{fmt.Sprintf("%p", r.Rule), fmt.Sprintf("%p", r.As(gazetteer.Default(), &was).Rule)}
	}
	first := open()
	if again := open(); !reflect.DeepEqual(first, again) || first[0] == first[1] {
		t.Errorf("looked at again, they were worked out anew: %v, %v", first, again)
	}
	w.draft.Content.Risk = vedette.RiskHigh
	edited := open()
	if edited[0] == first[0] || edited[1] != first[1] {
		t.Errorf("edited: %v, before %v: only the new state is worked out", edited, first)
	}
	_, err := w.rows.Stop(t.Context(), u.ID, "wrong", w.now)
	w.ok(err)
	if after := open(); after[0] == edited[0] || after[1] == edited[1] {
		t.Errorf("what stood is stopped, and a draft is held against it still")
	}
}
