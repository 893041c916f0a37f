package reachable

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// usual is an area where of every ten people one has it within a minute, five
// within five, eight within the hour.
func usual(sent int) Answered {
	a := Answered{Sent: sent}
	for _, b := range Bounds {
		n := 1
		switch {
		case b >= time.Hour:
			n = 8
		case b >= 5*time.Minute:
			n = 5
		}
		a.Arrived = append(a.Arrived, n*sent/10)
	}
	return a
}

func TestHears(t *testing.T) {
	past := []Answered{usual(40), usual(20), usual(100)}
	at := func(before time.Duration) time.Time { return now.Add(-before) }
	for name, c := range map[string]struct {
		habit   []Answered
		batches []Batch
		want    string // "" for no silence
	}{
		"nothing at all":                 {past, []Batch{{at(10 * time.Minute), 40, 0, time.Time{}}}, "nothing received from Iran since 11:50 UTC (0 of 40 had it, by habit about 20 would by now): assume they do not know"},
		"it stops after a while":         {past, []Batch{{at(2 * time.Hour), 40, 20, at(115 * time.Minute)}}, "nothing received from Iran since 10:05 UTC (20 of 40"},
		"as usual":                       {past, []Batch{{at(10 * time.Minute), 40, 19, at(6 * time.Minute)}}, ""},
		"a trickle":                      {past, []Batch{{at(2 * time.Hour), 40, 3, at(time.Minute)}}, "only 3 of 40 in Iran are known to have it, by habit about 32"},
		"too early to say":               {past, []Batch{{at(time.Minute), 40, 0, time.Time{}}}, ""},
		"three people do not alarm":      {past, []Batch{{at(5 * time.Hour), 3, 0, time.Time{}}}, ""},
		"nor do ten":                     {past, []Batch{{at(30 * time.Minute), 10, 0, time.Time{}}}, ""},
		"no habit":                       {past[:2], []Batch{{at(5 * time.Hour), 400, 0, time.Time{}}}, ""},
		"a habit of few":                 {[]Answered{usual(9), usual(9), usual(9)}, []Batch{{at(5 * time.Hour), 400, 0, time.Time{}}}, ""},
		"mail, which is hardly answered": {[]Answered{{100, make([]int, len(Bounds))}, {100, make([]int, len(Bounds))}, {100, make([]int, len(Bounds))}}, []Batch{{at(5 * time.Hour), 400, 0, time.Time{}}}, ""},
		"one odd day is no habit":        {[]Answered{usual(40), usual(40), {40, slices.Repeat([]int{0}, len(Bounds))}}, []Batch{{at(10 * time.Minute), 40, 0, time.Time{}}}, "nothing received"},
		"some were told just now":        {past, []Batch{{at(2 * time.Hour), 10, 8, at(time.Hour)}, {at(time.Minute), 60, 0, time.Time{}}}, ""},
		"a damaged habit":                {[]Answered{{40, nil}, {40, nil}, {40, nil}}, []Batch{{at(time.Hour), 40, 0, time.Time{}}}, ""},
	} {
		s, silent := Hears(c.habit, c.batches, now)
		if says := s.Words("Iran", now); silent != (c.want != "") || silent && !strings.Contains(says, c.want) {
			t.Errorf("%s: %v %q, want %q", name, silent, says, c.want)
		}
	}
}
