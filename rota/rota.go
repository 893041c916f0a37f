// Package rota says who is on duty, and who is asked next while nobody takes
// what a call-out is about. It is pure.
package rota

import (
	"cmp"
	"slices"
	"time"

	"vedette"
)

// On gives who is on duty at a time, the first to be asked first; each person
// once.
func On(list []vedette.Duty, now time.Time) []vedette.Duty {
	return sorted(list, func(d *vedette.Duty) (bool, time.Time) {
		return d.On(now), time.Time{}
	})
}

// Off gives who is on the rota and not on duty, whose turn comes first first;
// each person once. Turns that are over for good count for nothing.
func Off(list []vedette.Duty, now time.Time) []vedette.Duty {
	on := On(list, now)
	return sorted(list, func(d *vedette.Duty) (bool, time.Time) {
		from, _, ok := d.Turn(now)
		return ok && !has(on, d.Name), from
	})
}

func sorted(list []vedette.Duty, pick func(*vedette.Duty) (bool, time.Time)) []vedette.Duty {
	type turn struct {
		vedette.Duty
		from time.Time
	}
	var turns []turn
	for i := range list {
		if ok, from := pick(&list[i]); ok {
			turns = append(turns, turn{list[i], from})
		}
	}
	slices.SortStableFunc(turns, func(a, b turn) int {
		return cmp.Or(a.from.Compare(b.from), cmp.Compare(a.Place, b.Place), a.Recorded.Compare(b.Recorded))
	})
	var out []vedette.Duty
	for _, t := range turns {
		if !has(out, t.Name) {
			out = append(out, t.Duty)
		}
	}
	return out
}

func has(list []vedette.Duty, name string) bool {
	return slices.ContainsFunc(list, func(d vedette.Duty) bool { return d.Same(name) })
}

// Ask is the next step of a call-out.
type Ask struct {
	Who   []vedette.Duty
	All   bool // everybody who can be asked is
	Alone bool // nobody is on duty
	Next  time.Time
}

// How the steps of a call-out are spaced: the first by the organisation's own
// figure, later ones by twice the gap before, up to the longest. What is about
// a task has an hour, and is asked so often.
const (
	longestGap = 30 * time.Minute
	TaskGap    = time.Hour
	TaskAsks   = 5
)

// Next says who is asked now, and when the step after that is due: first who
// is first on duty, or whose task it is; then the next on duty, or whose turn
// comes next; then everybody, again and again at growing gaps. With nobody on
// duty everybody on the rota is asked at once. For a task nobody is asked whose
// turn it is not, and not without end: Next is zero then.
//
// owner is whose task it is, "" for nobody; wait is how long one person is
// given.
func Next(c *vedette.Callout, list []vedette.Duty, owner string, wait time.Duration, now time.Time) Ask {
	on, off := On(list, now), Off(list, now)
	a := Ask{Alone: len(on) == 0}
	plain := c.Case == 0
	if plain {
		wait, off = TaskGap, nil
	}
	line := append(slices.Clone(on), off...)
	if i := slices.IndexFunc(list, func(d vedette.Duty) bool { return owner != "" && d.Same(owner) }); i >= 0 {
		line = append([]vedette.Duty{list[i]}, slices.DeleteFunc(line, func(d vedette.Duty) bool { return d.Same(owner) })...)
	}
	fresh := slices.DeleteFunc(slices.Clone(line), func(d vedette.Duty) bool {
		return slices.ContainsFunc(c.Asked, func(name string) bool { return d.Same(name) })
	})
	if c.Step < 2 && len(fresh) > 0 && (!a.Alone || plain) {
		a.Who, a.Next = fresh[:1], now.Add(wait)
		a.All = len(line) == 1
		return a
	}
	a.Who, a.All, a.Next = line, true, now.Add(gap(c.Alls, wait))
	if plain && c.Step+1 >= TaskAsks {
		a.Next = time.Time{}
	}
	return a
}

// gap is the time after everybody was asked once more.
func gap(alls int, wait time.Duration) time.Duration {
	for ; alls > 0 && wait < longestGap; alls-- {
		wait = min(2*wait, longestGap)
	}
	return wait
}
