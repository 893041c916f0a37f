package rota

import (
	"cmp"
	"slices"
	"time"

	"vedette"
)

// How approvers are rung: one after the other, then all again and again at growing gaps.
// What is not immediate gives each longer, and nobody is rung about it more than so often.
const (
	calmWait   = 10 * time.Minute
	longestNag = 2 * time.Hour
	nagSteps   = 24
)

// RingNext says which approvers are rung about something, and when the next are; a zero
// time is never. Those on duty come first. What is not urgent wakes nobody who is off
// duty while an approver is on. What went out on one person's word is told to all at
// once. wait is how long one is given where it is urgent.
//
// whoever has no address is not among list, so that nobody waits for them.
func RingNext(a *vedette.Approval, list []vedette.Approver, duties []vedette.Duty, wait time.Duration, now time.Time) (who []vedette.Approver, next time.Time) {
	on := On(duties, now)
	duty := func(p vedette.Approver) bool { return has(on, p.User.Name) }
	line := slices.Clone(list)
	slices.SortStableFunc(line, func(x, y vedette.Approver) int {
		return cmp.Compare(place(on, x.User.Name), place(on, y.User.Name))
	})
	if !a.Urgent && slices.ContainsFunc(line, duty) {
		line = slices.DeleteFunc(line, func(p vedette.Approver) bool { return !duty(p) })
	}
	if !a.Urgent {
		wait = calmWait
	}
	switch {
	case len(line) == 0:
		return nil, now.Add(time.Minute) // whoever can be rung by then is
	case a.Step >= nagSteps:
		return nil, time.Time{}
	case !a.Glass && a.Step < len(line):
		return line[a.Step : a.Step+1], now.Add(wait)
	}
	alls := a.Step
	if !a.Glass {
		alls -= len(line)
	}
	for ; alls >= 0 && wait < longestNag; alls-- {
		wait = min(2*wait, longestNag)
	}
	return line, now.Add(wait)
}

// place is where somebody stands among those on duty, after all of them for who is not.
func place(on []vedette.Duty, name string) int {
	if i := slices.IndexFunc(on, func(d vedette.Duty) bool { return d.Same(name) }); i >= 0 {
		return i
	}
	return len(on)
}
