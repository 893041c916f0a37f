package posture_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/posture"
)

// The desk was asked about Iraq by update 2 and answered. Update 3 follows.
func TestWhatWasKeptIsNotAskedAgainUnlessSomethingChanged(t *testing.T) {
	asked, answered := now.AddDate(0, 0, -2), now.AddDate(0, 0, -1)
	for _, c := range []struct {
		what, board, before, update, outcome string
		change                               func(*posture.Adoption)
		asks                                 int
	}{
		{"the same word again", "IQ avoid u1", "IQ reconsider", "IQ reconsider", posture.Keep, nil, 0},
		{"the same silence again", "IQ avoid u1", "IL caution", "IL caution", posture.Keep, nil, 0},
		{"the same part left out again", "IQ avoid u1", "IQ avoid but Erbil", "IQ avoid but Erbil", posture.Keep,
			func(in *posture.Adoption) { in.Decided[0].Area = area("Erbil") }, 0},
		{"another word", "IQ avoid u1", "IQ reconsider", "IQ caution", posture.Keep, nil, 1},
		{"silence after a word", "IQ avoid u1", "IQ reconsider", "", posture.Keep, nil, 1},
		{"a word after silence", "IQ avoid u1", "", "IQ reconsider", posture.Keep, nil, 1},
		{"a cancellation after silence", "IQ avoid u1", "", "", posture.Keep,
			func(in *posture.Adoption) { in.Update.Cancels = vedette.CancelOver }, 1},
		{"it rose since", "IQ avoid u1", "IQ reconsider", "IQ reconsider", posture.Keep,
			func(in *posture.Adoption) { in.Board[0].Since = asked.Add(time.Minute) }, 1},
		{"it was lifted, and somebody set it again", "IQ avoid u1", "IQ reconsider", "IQ reconsider", posture.Lift, nil, 1},
		{"kept, then lifted", "IQ avoid u1", "IQ reconsider", "IQ reconsider", posture.Keep, func(in *posture.Adoption) {
			later := in.Decided[0]
			later.Outcome, later.DoneAt = posture.Lift, answered.Add(time.Hour)
			in.Decided = append([]vedette.Task{later}, in.Decided...)
		}, 1},
		{"another area was kept", "IQ avoid u1", "IQ reconsider", "IQ reconsider", posture.Keep,
			func(in *posture.Adoption) { in.Decided[0].Area = "IL" }, 1},
		{"kept over another situation's word", "IQ avoid u1", "IQ reconsider", "IQ reconsider", posture.Keep,
			func(in *posture.Adoption) { in.Earlier[1].Situation.ID = "floods" }, 1},
		{"the update it was about is not at hand", "IQ avoid u1", "IQ reconsider", "IQ reconsider", posture.Keep,
			func(in *posture.Adoption) { in.Earlier = in.Earlier[:1] }, 1},
	} {
		t.Run(c.what, func(t *testing.T) {
			second := update(c.before)
			second.ID, second.Key, second.Number = "u2", 2, 2
			in := posture.Adoption{Board: board(c.board), Update: update(c.update), Earlier: []*vedette.Update{earlier("u1"), second},
				Decided: []vedette.Task{{Kind: vedette.TaskKeepOrLift, State: vedette.TaskDone, About: "u2", Area: "IQ",
					Outcome: c.outcome, CreatedAt: asked, DoneAt: answered}}}
			if c.change != nil {
				c.change(&in)
			}
			if _, tasks := posture.Adopt(g, in, now); len(tasks) != c.asks {
				t.Errorf("asks %+v, want %d", tasks, c.asks)
			}
		})
	}
}

func TestNamed(t *testing.T) {
	u := update("mena caution; IQ reconsider; IQ avoid if strikes")
	if p, ok := posture.Named(g, u, nil, "IQ", now); !ok || p.Action != vedette.ReconsiderTravel || p.Update != "u3" || p.Item != 1 || p.Text == "" {
		t.Errorf("Iraq: %+v %v", p, ok)
	}
	met := []vedette.Declared{{Update: 3, Item: 2, State: vedette.ConditionMet, At: now}}
	if p, ok := posture.Named(g, u, met, "IQ", now); !ok || p.Action != vedette.AvoidAllTravel {
		t.Errorf("Iraq, the condition met: %+v %v", p, ok)
	}
	if p, ok := posture.Named(g, u, nil, "IR", now); ok {
		t.Errorf("Iran is in MENA but not named: %+v", p)
	}
}

// A condition is declared met: its advice alone goes on the board, and only
// upwards.
func TestMet(t *testing.T) {
	for _, c := range []struct{ what, board, update, rises, asks string }{
		{"it rises", "IQ reconsider u3", "IQ reconsider; IQ avoid if strikes", "Iraq avoid", ""},
		{"nothing stood", "", "IQ avoid if strikes", "Iraq avoid", ""},
		{"it stands already", "IQ avoid u1", "IQ avoid if strikes", "", ""},
		{"a stronger one stands", "IQ avoid u1", "IQ caution if strikes", "", "IQ"},
		{"the update's own word is stronger", "IQ avoid u3", "IQ avoid; IQ caution if strikes", "", ""},
		{"somebody lowered the update's own word since", "IQ caution Ada", "IQ avoid; IQ reconsider if strikes", "Iraq reconsider", ""},
		{"what else it says is not raised again", "IL caution Ada", "IL avoid; IQ avoid if strikes", "Iraq avoid", ""},
		{"silence asks nothing", "JO avoid u1", "IQ avoid if strikes", "Iraq avoid", ""},
		{"what lies inside rises with it", "Erbil caution u1", "IQ avoid if strikes", "Erbil avoid; Iraq avoid", ""},
		{"what the update sets apart does not", "Erbil caution u3", "Erbil caution; IQ avoid if strikes", "Iraq avoid", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			u := update(c.update)
			item := len(u.Content.Recommendations[0].Advice) - 1
			in := posture.Adoption{Board: board(c.board), Update: u, Earlier: []*vedette.Update{earlier("u1")},
				Declared: []vedette.Declared{{Update: 3, Item: item, State: vedette.ConditionMet, At: now}}}
			rise, tasks := posture.Met(g, in, 0, item, now)
			if got := written(rise); got != c.rises {
				t.Errorf("raises %q, want %q", got, c.rises)
			}
			asks := ""
			for _, k := range tasks {
				asks += string(k.Area)
			}
			if asks != c.asks {
				t.Errorf("asks about %q, want %q", asks, c.asks)
			}
		})
	}
}

// An advice said until when: once that is over the desk is asked, once, and
// nothing falls.
func TestOver(t *testing.T) {
	said := func(s string) *vedette.Update {
		u := update(s)
		u.ID, u.Key, u.Number = "u1", 1, 1
		u.CreatedAt = now.AddDate(0, 0, -5)
		a := &u.Content.Recommendations[0].Advice[0]
		a.Text, a.Until = "Avoid all travel until February 7.", &vedette.When{Text: "February 7", Date: "2026-02-07"}
		return u
	}
	over := time.Date(2026, 2, 7, 21, 0, 0, 0, time.UTC)
	task := func(state vedette.TaskState, made, done time.Time) vedette.Task {
		return vedette.Task{Kind: vedette.TaskKeepOrLift, State: state, Area: "IQ", About: "u1", CreatedAt: made, DoneAt: done, Outcome: posture.Keep}
	}
	later := update("IQ avoid")
	for _, c := range []struct {
		what, board string
		change      func(*posture.Lapse)
		at          time.Time
		asks        int
	}{
		{"it is over", "IQ avoid u1", nil, over, 1},
		{"not yet", "IQ avoid u1", nil, over.Add(-time.Second), 0},
		{"somebody set it by hand", "IQ avoid Ada", nil, over, 0},
		{"lifted", "IQ nothing Ada", nil, over, 0},
		{"of another update", "IQ avoid other", nil, over, 0},
		{"asked already", "IQ avoid u1", func(in *posture.Lapse) { in.Tasks = []vedette.Task{task(vedette.TaskOpen, over, time.Time{})} }, over.Add(time.Hour), 0},
		{"asked and kept", "IQ avoid u1", func(in *posture.Lapse) {
			in.Tasks = []vedette.Task{task(vedette.TaskDone, over.Add(time.Minute), over.Add(time.Hour))}
		}, over.AddDate(0, 0, 3), 0},
		{"kept before it was over", "IQ avoid u1", func(in *posture.Lapse) {
			in.Tasks = []vedette.Task{task(vedette.TaskDone, over.AddDate(0, 0, -2), over.AddDate(0, 0, -1))}
		}, over, 1},
		{"a later update says it on", "IQ avoid u1", func(in *posture.Lapse) { in.Standing = append(in.Standing, later) }, over, 0},
		{"a later one says less", "IQ avoid u1", func(in *posture.Lapse) { in.Standing = []*vedette.Update{update("IQ caution")} }, over, 1},
	} {
		t.Run(c.what, func(t *testing.T) {
			u := said("IQ avoid")
			in := posture.Lapse{Board: board(c.board), From: []*vedette.Update{u, earlier("other")}, Standing: []*vedette.Update{u}}
			if c.change != nil {
				c.change(&in)
			}
			got := posture.Over(g, in, c.at)
			if len(got) != c.asks {
				t.Fatalf("asks %+v, want %d", got, c.asks)
			}
			want := "The board says avoid all travel to Iraq since 5 Feb; update 1 of Iran crisis said so, and that ended at 7 Feb 2026 21:00 UTC: keep or lift?"
			if len(got) > 0 && (got[0].Task.Question != want || got[0].Task.Default != posture.Keep) {
				t.Errorf("asks %+v", got[0].Task)
			}
		})
	}
}
