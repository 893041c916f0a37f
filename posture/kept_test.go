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
	if p, ok := posture.Named(g, u, nil, "IQ"); !ok || p.Action != vedette.ReconsiderTravel || p.Update != "u3" || p.Item != 1 || p.Text == "" {
		t.Errorf("Iraq: %+v %v", p, ok)
	}
	met := []vedette.Declared{{Update: 3, Item: 2, State: vedette.ConditionMet, At: now}}
	if p, ok := posture.Named(g, u, met, "IQ"); !ok || p.Action != vedette.AvoidAllTravel {
		t.Errorf("Iraq, the condition met: %+v %v", p, ok)
	}
	if p, ok := posture.Named(g, u, nil, "IR"); ok {
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
