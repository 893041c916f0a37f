package roll

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"vedette"
)

var t0 = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func at(minutes int) time.Time { return t0.Add(time.Duration(minutes) * time.Minute) }

func TestHowSomebodyStands(t *testing.T) {
	answer := func(k vedette.AccountKind, m int) Heard { return Heard{Kind: k, Source: SourceAnswer, At: at(m)} }
	account := func(k vedette.AccountKind, m int) Heard { return Heard{Kind: k, Source: SourceAccount, At: at(m)} }
	checkin := func(m int) Heard { return Heard{Kind: vedette.AccountSafe, Source: SourceCheckin, At: at(m)} }
	const safe, help, gone, back = vedette.AccountSafe, vedette.AccountHelp, vedette.AccountNotThere, vedette.AccountBack
	for _, c := range []struct {
		what        string
		heard       []Heard
		asked, told int // minutes; told -1000 is never
		want        vedette.RollStanding
	}{
		{"nothing", nil, 0, -1000, vedette.RollSilent},
		{"an answer", []Heard{answer(safe, 5)}, 0, -1000, vedette.RollSafe},
		{"an answer at the very moment", []Heard{answer(safe, 0)}, 0, 0, vedette.RollSafe},
		{"an answer of before", []Heard{answer(safe, -5)}, 0, -1000, vedette.RollStale},
		{"told something immediate since", []Heard{answer(safe, 5)}, 0, 6, vedette.RollStale},
		{"not there, told again since", []Heard{answer(gone, 5)}, 0, 6, vedette.RollStale},
		{"help does not grow old", []Heard{answer(help, -50)}, 0, 6, vedette.RollHelp},
		{"the newest counts", []Heard{answer(help, 5), answer(safe, 9)}, 0, -1000, vedette.RollSafe},
		{"whatever order they come in", []Heard{answer(safe, 9), account(help, 5)}, 0, -1000, vedette.RollSafe},
		{"a check-in is a word", []Heard{checkin(3)}, 0, -1000, vedette.RollSafe},
		{"a check-in ends no call for help", []Heard{answer(help, 2), checkin(3)}, 0, -1000, vedette.RollHelp},
		{"nor makes an old one stale", []Heard{answer(help, -2), checkin(3)}, 5, 6, vedette.RollHelp},
		{"an account", []Heard{account(gone, 2)}, 0, -1000, vedette.RollNotThere},
		{"taken back", []Heard{account(safe, 2), account(back, 4)}, 0, -1000, vedette.RollSilent},
		{"taken back, and said anew", []Heard{account(safe, 2), account(back, 4), account(help, 4)}, 0, -1000, vedette.RollHelp},
		{"their own word is not taken back", []Heard{answer(safe, 1), account(help, 2), account(back, 4)}, 0, -1000, vedette.RollSafe},
		{"what is not yet", []Heard{answer(safe, 11), account(back, 11)}, 0, -1000, vedette.RollSilent},
	} {
		if got := Stand(c.heard, at(c.asked), at(c.told), at(10)); got.Is != c.want {
			t.Errorf("%s: %s, want %s", c.what, got.Is, c.want)
		}
	}
}

func TestWhichNumberNext(t *testing.T) {
	lines := []vedette.Line{{Kind: vedette.LineOwn, Nth: 1}, {Kind: vedette.LineEmergency, Nth: 1}, {Kind: vedette.LineHotel, Nth: 1}}
	try := func(line, m int, o vedette.TryOutcome) vedette.Try {
		return vedette.Try{Kind: lines[line].Kind, Nth: 1, Outcome: o, At: at(m)}
	}
	const none, busy, wrong, left, spoke = vedette.TryNoAnswer, vedette.TryBusy, vedette.TryWrongNumber, vedette.TryMessage, vedette.TrySpoke
	for _, c := range []struct {
		what  string
		tries []vedette.Try
		want  string
	}{
		{"nothing yet", nil, "own 0"},
		{"no answer", []vedette.Try{try(0, 1, none)}, "own 11"},
		{"twice", []vedette.Try{try(0, 1, none), try(0, 12, none)}, "own 32"},
		{"busy does not count", []vedette.Try{try(0, 1, busy), try(0, 6, busy), try(0, 11, busy), try(0, 16, busy)}, "own 21"},
		{"a message", []vedette.Try{try(0, 1, left)}, "own 31"},
		{"a wrong number", []vedette.Try{try(0, 1, wrong)}, "emergency 0"},
		{"three times", []vedette.Try{try(0, 1, none), try(0, 11, none), try(0, 31, none)}, "emergency 0"},
		{"who knows nothing", []vedette.Try{try(0, 1, wrong), try(1, 2, spoke)}, "hotel 0"},
		{"all round", []vedette.Try{try(0, 1, none), try(0, 11, none), try(0, 31, none), try(1, 32, spoke), try(2, 33, wrong)}, "own 71"},
		{"the waits of before they were asked again are over", []vedette.Try{try(0, -3, none), try(0, -2, none), try(0, -1, none)}, "own 0"},
		{"a wrong number stays wrong", []vedette.Try{try(0, -3, wrong)}, "emergency 0"},
		{"spoke with them", []vedette.Try{try(0, 4, spoke)}, "own 4"},
	} {
		n, ok := Next(lines, c.tries, t0)
		if got := fmt.Sprintf("%s %d", n.Line.Kind, int(n.Due.Sub(t0).Minutes())); !ok || got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if n, ok := Next(lines[:1], []vedette.Try{try(0, 1, wrong)}, t0); ok {
		t.Errorf("the only number is wrong, and %+v is to be rung", n)
	}
	var tries []vedette.Try
	for i := range 100 { // however long nobody answers, the wait has an end
		tries = append(tries, try(0, i, none))
	}
	if n, _ := Next(lines[:1], tries, t0); n.Due != at(99+60) {
		t.Errorf("after 100 tries: %s", n.Due)
	}
}

// Everyone is on one sheet; sheets are even to one, those to be called and
// the others each; what need not move does not.
func TestDivideIsEvenAndStable(t *testing.T) {
	names := []string{"Ada", "Ben", "Chi", "Dora", "Eli"}
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		had := names[:r.IntN(len(names)+1)]
		members := make([]Member, r.IntN(60))
		for i := range members {
			members[i] = Member{Person: int64(i + 1), Open: r.IntN(3) > 0}
		}
		take := func(to map[int64]string) {
			for i := range members {
				members[i].Caller = to[members[i].Person]
			}
		}
		take(Divide(members, had))
		for i := range members {
			members[i].Open = members[i].Open && r.IntN(4) > 0 // some answer
		}
		callers := names[r.IntN(2) : 2+r.IntN(len(names)-1)]
		to := Divide(members, callers)
		if len(to) != len(members) {
			t.Fatalf("%d of %d have a caller", len(to), len(members))
		}
		for _, open := range []bool{true, false} {
			count, moved, n := map[string]int{}, 0, 0
			was := map[string]int{}
			for _, m := range members {
				if m.Open != open {
					continue
				}
				n++
				count[to[m.Person]]++
				was[m.Caller]++
				if to[m.Person] != m.Caller {
					moved++
				}
			}
			need := n
			for _, c := range callers {
				if got := count[c]; got < n/len(callers) || got > (n+len(callers)-1)/len(callers) {
					t.Fatalf("%s has %d of %d among %d", c, got, n, len(callers))
				}
				need -= min(was[c], count[c])
			}
			if moved != need {
				t.Fatalf("%d moved where %d had to", moved, need)
			}
		}
		take(to)
		for key, caller := range Divide(members, callers) {
			if to[key] != caller {
				t.Fatal("dividing once more moved somebody")
			}
		}
	}
	if len(Divide([]Member{{Person: 1}}, nil)) != 0 {
		t.Error("somebody calls, and nobody was named")
	}
}
