package posture_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/posture"
)

var (
	now = time.Date(2026, 2, 9, 12, 0, 0, 0, time.UTC)
	g   = gazetteer.Default()
)

func city(name string, country vedette.AreaID) vedette.AreaID {
	for _, a := range g.Lookup(name) {
		if a.Kind == vedette.AreaCity && a.Country == country {
			return a.ID
		}
	}
	panic(name)
}

// area reads "Erbil" and "Basra" as the towns, everything else as an id.
func area(s string) vedette.AreaID {
	switch s {
	case "Erbil", "Basra":
		return city(s, "IQ")
	}
	return vedette.AreaID(s)
}

var steps = map[string]vedette.Action{"avoid": vedette.AvoidAllTravel, "nonessential": vedette.AvoidNonessentialTravel,
	"reconsider": vedette.ReconsiderTravel, "caution": vedette.TravelWithCaution, "free": vedette.NoRestriction, "nothing": ""}

func word(a vedette.Action) string {
	for w, s := range steps {
		if s == a {
			return w
		}
	}
	return string(a)
}

func earlier(id string) *vedette.Update {
	u := &vedette.Update{ID: vedette.ID(id), Situation: vedette.Situation{ID: "iran", Title: "Iran crisis"}, Number: 1}
	switch id {
	case "u2":
		u.Number = 2
	case "other":
		u.Situation, u.Number = vedette.Situation{ID: "floods", Title: "Floods in the south"}, 4
	}
	return u
}

// board reads "IQ avoid u1; Erbil caution Ada": who has a capital set it by
// hand. The rows stand since 5 February.
func board(s string) (out []vedette.Posture) {
	for _, row := range strings.Split(s, ";") {
		f := strings.Fields(row)
		if len(f) == 0 {
			continue
		}
		p := vedette.Posture{Area: area(f[0]), Action: steps[f[1]], Since: now.AddDate(0, 0, -4)}
		if f[2] == "Ada" {
			p.By, p.Reason = "Ada", "quiet there"
		} else if provider, ok := strings.CutPrefix(f[2], "@"); ok {
			p.Provider = provider
		} else {
			p.Update = vedette.ID(f[2])
		}
		out = append(out, p)
	}
	return out
}

// update 3 of the situation, an advice a line: "IQ avoid" or "IQ avoid but
// Erbil", "for Residents", "if strikes", "near".
func update(s string) *vedette.Update {
	u := &vedette.Update{ID: "u3", Key: 3, Number: 3, Situation: vedette.Situation{ID: "iran", Title: "Iran crisis"}}
	group := vedette.AdviceGroup{}
	for _, row := range strings.Split(s, ";") {
		f := strings.Fields(row)
		if len(f) == 0 {
			continue
		}
		a := vedette.Advice{Actions: []vedette.AdviceAction{{Action: steps[f[1]], Targets: []vedette.Place{{Area: area(f[0]), Text: f[0]}}}}}
		a.Text = strings.TrimSpace(row)
		if len(f) > 2 {
			switch f[2] {
			case "but":
				a.Except = []vedette.Place{{Area: area(f[3])}}
			case "for":
				a.Audience = f[3]
			case "if":
				a.Condition = f[3]
			case "near":
				a.Near = &vedette.Near{KM: 5, What: "border"}
			}
		}
		group.Advice = append(group.Advice, a)
	}
	u.Content.Recommendations = []vedette.AdviceGroup{group}
	return u
}

func written(ps []vedette.Posture) string {
	var out []string
	for _, p := range ps {
		out = append(out, g.Name(p.Area)+" "+word(p.Action))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func TestAdopt(t *testing.T) {
	iraq := "The board says avoid all travel to Iraq since 5 Feb (update 1); update 3 "
	for _, c := range []struct {
		what, board, update string
		rows                string // to write
		asks                string // questions, by what tells them apart
	}{
		{"an empty board takes what the update says", "", "IQ avoid; IL nonessential; red-sea caution", "Iraq avoid; Israel nonessential; Red Sea caution", ""},
		{"stronger rises", "IQ reconsider u1", "IQ avoid", "Iraq avoid", ""},
		{"equal changes nothing", "IQ avoid u1", "IQ avoid", "", ""},
		{"weaker never falls, it is asked", "IQ avoid u1", "IQ reconsider", "", iraq + "says reconsider travel: keep or lift?"},
		{"silence of its situation is asked", "IQ avoid u1", "IL caution", "Israel caution", iraq + "no longer names it: keep or lift?"},
		{"silence of another situation is nothing", "IQ avoid other", "IL caution", "Israel caution", ""},
		{"silence about what a person set is nothing", "IQ avoid Ada", "IL caution", "Israel caution", ""},
		{"weaker than a person's hand is asked", "IQ avoid Ada", "IQ caution", "",
			"The board says avoid all travel to Iraq since 5 Feb (set by Ada); update 3 says travel with caution: keep or lift?"},
		{"weaker than another situation's is asked", "IQ avoid other", "IQ caution", "",
			"The board says avoid all travel to Iraq since 5 Feb (update 4 of Floods in the south); update 3 says travel with caution: keep or lift?"},
		{"the strongest of one update for one area", "", "IQ caution; IQ avoid", "Iraq avoid", ""},
		{"for an audience alone it is no posture of the area", "", "IQ avoid for Residents", "", ""},
		{"travellers are everyone", "", "IQ avoid for Travelers", "Iraq avoid", ""},
		{"near a border it is none of the whole country", "", "IQ avoid near", "", ""},
		{"a condition awaited adopts nothing", "", "IQ avoid if strikes", "", ""},
		{"an advice that is no posture adopts nothing", "", "IQ leave", "", ""},
		{"for a city below what stands around it: asked", "IQ avoid u1", "IQ avoid; Basra caution", "",
			"The board says avoid all travel to Iraq since 5 Feb (update 1); update 3 says travel with caution in Basra: keep or lift?"},
		{"for a city above what stands around it: rises", "IQ caution u1", "IQ caution; Basra avoid", "Basra avoid", ""},
		{"a city that rose before its country rises with it", "Basra reconsider u1", "IQ avoid", "Basra avoid; Iraq avoid", ""},
		{"a city set apart by hand rises with its country", "IQ caution u1; Basra free Ada", "IQ avoid", "Basra avoid; Iraq avoid", ""},
		{"the same word again leaves a city set apart by hand", "IQ avoid u1; Basra caution Ada", "IQ avoid", "", ""},
		{"a stronger city stays above its country", "Basra avoid Ada; IQ caution u1", "IQ reconsider", "Iraq reconsider", ""},
		{"a city's posture is covered by its country's", "Basra avoid u1", "IQ avoid", "Iraq avoid", ""},
		{"a country's weaker one does not cover its city", "Basra avoid u1", "IQ caution", "Iraq caution",
			"The board says avoid all travel to Basra since 5 Feb (update 1); update 3 no longer names it: keep or lift?"},
		{"what is left out keeps that nothing stood", "", "IQ avoid but Erbil", "Erbil nothing; Iraq avoid", ""},
		{"what is left out keeps what stood", "IQ caution u1", "IQ avoid but Erbil", "Erbil caution; Iraq avoid", ""},
		{"what is left out keeps its own", "Erbil reconsider Ada", "IQ avoid but Erbil", "Iraq avoid", ""},
		{"leaving out a part of what stands is asked", "IQ avoid u1", "IQ avoid but Erbil", "", iraq + "leaves Erbil out: keep or lift?"},
		{"leaving out what a weaker word stands for is not asked", "Erbil caution u1", "IQ avoid but Erbil", "Iraq avoid", ""},
		{"leaving out what a stronger word stands for is asked", "Erbil avoid u1", "IQ caution but Erbil", "Iraq caution",
			"The board says avoid all travel to Erbil since 5 Feb (update 1); update 3 leaves Erbil out: keep or lift?"},
		{"left out once, named by the next", "IQ avoid u1; Erbil nothing u1", "IQ avoid", "Erbil avoid", ""},
		{"left out again", "IQ avoid u1; Erbil nothing u1", "IQ avoid but Erbil", "", ""},
		{"a city of the same update is the exception", "", "IQ avoid; Erbil caution", "Erbil caution; Iraq avoid", ""},
		{"a city of the same update as it stood", "IQ caution u1", "IQ avoid; Erbil caution", "Erbil caution; Iraq avoid", ""},
		{"a region raises the countries in it", "AE caution u1; LB avoid u1", "mena reconsider", "MENA reconsider; United Arab Emirates reconsider",
			"The board says avoid all travel to Lebanon since 5 Feb (update 1); update 3 no longer names it: keep or lift?"},
		{"a provider's is not ours", "IQ avoid @fcdo", "IQ caution", "Iraq caution", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			in := posture.Adoption{Board: board(c.board), Update: update(c.update), Earlier: []*vedette.Update{earlier("u1"), earlier("u2"), earlier("other")}}
			rise, tasks := posture.Adopt(g, in, now)
			if got := written(rise); got != c.rows {
				t.Errorf("rows %q, want %q", got, c.rows)
			}
			var asks []string
			for _, task := range tasks {
				asks = append(asks, task.Question)
				if task.Kind != vedette.TaskKeepOrLift || task.State != vedette.TaskOpen || task.Default != "keep" || task.About != "u3" || task.Area == "" || !task.DueAt.After(now) {
					t.Errorf("task %+v", task)
				}
			}
			if got := strings.Join(asks, "\n"); got != c.asks {
				t.Errorf("asks %q, want %q", got, c.asks)
			}
			in.Board = append(in.Board, rise...)
			if again, _ := posture.Adopt(g, in, now); len(again) > 0 {
				t.Errorf("adopted twice, it changes the board again: %s", written(again))
			}
			in.Open = tasks
			if _, again := posture.Adopt(g, in, now); len(again) > 0 {
				t.Errorf("asked twice: %+v", again)
			}
		})
	}
}

func TestARowSaysWhereItCameFrom(t *testing.T) {
	rise, _ := posture.Adopt(g, posture.Adoption{Update: update("IL caution; IQ avoid")}, now)
	want := vedette.Posture{Area: "IQ", Action: vedette.AvoidAllTravel, Since: now, Update: "u3", Item: 1, Text: "IQ avoid"}
	if len(rise) != 2 || rise[1] != want {
		t.Errorf("%+v", rise)
	}
}

func TestAConditionDeclaredMetAdopts(t *testing.T) {
	for state, want := range map[vedette.ConditionState]string{vedette.ConditionMet: "Iraq avoid", vedette.ConditionPassed: "", vedette.ConditionAwaited: ""} {
		in := posture.Adoption{Update: update("IQ avoid if strikes"), Declared: []vedette.Declared{{Update: 3, State: state, At: now}}}
		if rise, _ := posture.Adopt(g, in, now); written(rise) != want {
			t.Errorf("%s: %q", state, written(rise))
		}
		in.Declared[0].Update = 2
		if rise, _ := posture.Adopt(g, in, now); len(rise) > 0 {
			t.Errorf("%s for another update: %q", state, written(rise))
		}
	}
}

func TestADrillTouchesNoBoard(t *testing.T) {
	for _, st := range []vedette.Status{vedette.StatusExercise, vedette.StatusTest} {
		u := update("IQ avoid")
		u.Status = st
		if rise, tasks := posture.Adopt(g, posture.Adoption{Board: board("IL avoid u1"), Update: u, Earlier: []*vedette.Update{earlier("u1")}}, now); len(rise)+len(tasks) > 0 {
			t.Errorf("%s: %+v %+v", st, rise, tasks)
		}
	}
}

func TestACancellationAsks(t *testing.T) {
	u := update("")
	u.Cancels, u.Corrects = vedette.CancelError, "u1"
	rise, tasks := posture.Adopt(g, posture.Adoption{Board: board("IQ avoid u1"), Update: u, Earlier: []*vedette.Update{earlier("u1")}}, now)
	if len(rise) != 0 || len(tasks) != 1 || !strings.HasSuffix(tasks[0].Question, "update 3 cancels that: keep or lift?") {
		t.Errorf("%+v %+v", rise, tasks)
	}
}

// No posture falls by an all-clear: those set in its area are asked about, not
// what stands there by a wider area, nor what holds nobody back.
func TestAnAllClearAsks(t *testing.T) {
	u := update("")
	u.Number, u.Situation = 0, vedette.Situation{}
	u.Clears = &vedette.AllClear{Area: "IQ-BA", By: "Ada", Basis: "quiet", Of: []vedette.ID{"iran"}}
	in := posture.Adoption{Board: board("IQ avoid u1; Basra avoid u1; Erbil avoid u1; IQ-BA free Ada"), Update: u, Earlier: []*vedette.Update{earlier("u1")}}
	tasks := posture.Cleared(g, in, now)
	if len(tasks) != 1 || tasks[0].Area != area("Basra") || !strings.HasSuffix(tasks[0].Question, "this update gives the all-clear for Basra: keep or lift?") || tasks[0].Default != "keep" {
		t.Errorf("%+v", tasks)
	}
	in.Open = tasks
	if again := posture.Cleared(g, in, now); len(again) != 0 {
		t.Errorf("asked twice: %+v", again)
	}
	u.Status = vedette.StatusExercise
	if in.Open = nil; len(posture.Cleared(g, in, now)) != 0 {
		t.Error("a drill asks about the real board")
	}
}

func TestWhatStands(t *testing.T) {
	for _, c := range []struct{ board, at, want string }{
		{"IQ avoid u1", "IQ", "avoid IQ"},
		{"IQ avoid u1", "Basra", "avoid IQ"},
		{"IQ avoid u1", "IR", "nothing"},
		{"IQ avoid u1; Basra caution Ada", "Basra", "caution Basra"}, // set apart by the desk
		{"IQ avoid u1; Basra caution Ada", "Erbil", "avoid IQ"},
		{"IQ avoid u1; Basra caution Ada", "IQ", "avoid IQ"},
		{"IQ avoid u1; Erbil nothing u1", "Erbil", "nothing"},    // left out by the update
		{"IQ avoid u1; Erbil nothing Ada", "Erbil", "avoid IQ"},  // lifted by hand: what is around it holds
		{"mena reconsider u1; IQ avoid u1", "Basra", "avoid IQ"}, // the narrower
		{"mena avoid u1; gulf-states caution u1", "AE", "caution gulf-states"},
		{"mena caution u1; asia avoid u1", "AE", "avoid asia"}, // neither region holds the other
		{"mena reconsider u1; red-sea avoid u1", "red-sea", "avoid red-sea"},
		{"mena reconsider u1", "red-sea", "reconsider mena"},
		{"IQ avoid @fcdo", "IQ", "nothing"},
		{"", "IQ", "nothing"},
	} {
		p, from := posture.At(g, board(c.board), area(c.at))
		got := word(p.Action)
		if p.Action != "" {
			got += " " + c.at
			if from != area(c.at) {
				got = word(p.Action) + " " + string(from)
			}
		}
		if got != c.want {
			t.Errorf("board %q at %s: %s, want %s", c.board, c.at, got, c.want)
		}
	}
}

// The latest row of an area is the one that stands, whatever their order.
func TestTheLatestRowStands(t *testing.T) {
	old, new := board("IQ avoid u1")[0], board("IQ caution Ada")[0]
	new.Since = new.Since.Add(time.Hour)
	for _, b := range [][]vedette.Posture{{old, new}, {new, old}} {
		if p, _ := posture.At(g, b, "IQ"); p.Action != vedette.TravelWithCaution {
			t.Errorf("%s stands", p.Action)
		}
	}
}

func TestProvidersStandBeside(t *testing.T) {
	b := board("IQ avoid u1; IQ caution @us; mena reconsider @fcdo; IR avoid @dfat")
	var got []string
	for _, p := range posture.Beside(g, b, area("Basra")) {
		got = append(got, p.Provider+" "+word(p.Action))
	}
	if strings.Join(got, "; ") != "fcdo reconsider; us caution" {
		t.Errorf("%v", got)
	}
}

func TestLoweringNeedsAPersonAndAReason(t *testing.T) {
	for _, c := range []struct {
		what, board, area, action, by, reason string
		err                                   string
	}{
		{"lowered", "IQ avoid u1", "IQ", "caution", "Ada", "the talks hold", ""},
		{"lifted", "IQ avoid u1", "IQ", "nothing", "Ada", "the talks hold", ""},
		{"a city set apart", "IQ avoid u1", "Erbil", "caution", "Ada", "quiet there", ""},
		{"without a reason", "IQ avoid u1", "IQ", "caution", "Ada", "  ", "only with a reason"},
		{"without a person", "IQ avoid u1", "IQ", "caution", "", "the talks hold", "say who"},
		{"no lower", "IQ caution u1", "IQ", "avoid", "Ada", "worse", "“avoid all travel” is no lower than “travel with caution”, which stands for Iraq"},
		{"the same", "IQ avoid u1", "IQ", "avoid", "Ada", "worse", "is no lower"},
		{"nothing stands", "", "IQ", "caution", "Ada", "why not", "nothing to lower"},
		{"a city has none of its own to lift", "IQ avoid u1", "Erbil", "nothing", "Ada", "quiet", "that of Iraq holds there"},
		{"an area nobody knows", "IQ avoid u1", "atlantis", "caution", "Ada", "quiet", "no area that is known"},
	} {
		p, err := posture.Lower(g, board(c.board), area(c.area), steps[c.action], c.by, c.reason, now)
		switch {
		case c.err == "" && (err != nil || p.By != "Ada" || p.Reason != c.reason || p.Since != now || p.Action != steps[c.action] || p.Area != area(c.area)):
			t.Errorf("%s: %+v, %v", c.what, p, err)
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err) || p != vedette.Posture{}):
			t.Errorf("%s: %+v, %v; want %q", c.what, p, err, c.err)
		}
	}
	if _, err := posture.Set(g, "IQ", vedette.Shelter, "Ada", "strikes", now); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("shelter set as a posture: %v", err)
	}
}

// Whatever updates come, in whatever order: no place ever falls but by hand.
func TestPublishingNeverLowers(t *testing.T) {
	all := []string{"IQ", "Erbil", "Basra", "mena", "gulf-states", "AE", "asia", "red-sea"}
	var says []string
	for i, a := range all {
		for j, s := range []string{"avoid", "reconsider", "free"} {
			says = append(says, a+" "+s, fmt.Sprintf("%s %s; %s caution", a, s, all[(i+j+1)%len(all)]), a+" "+s+" but Erbil")
		}
	}
	var b []vedette.Posture
	for n := range 400 {
		u := update(says[(n*37+n/7)%len(says)])
		rise, _ := posture.Adopt(g, posture.Adoption{Board: b, Update: u, Earlier: []*vedette.Update{earlier("u1")}}, now.Add(time.Duration(n)*time.Minute))
		after := append(slices.Clone(b), rise...)
		for _, at := range append(all, "IR", "iata:TLV") {
			was, _ := posture.At(g, b, area(at))
			is, _ := posture.At(g, after, area(at))
			if was.Stronger(&is) {
				t.Fatalf("%v lowers %s from %s to %s\nboard %s", u.Content.Recommendations[0].Advice, at, was.Action, is.Action, written(b))
			}
		}
		b = after
		if n%50 == 49 {
			b = nil
		}
	}
}
