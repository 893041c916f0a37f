package deliver

import (
	"slices"
	"time"

	"vedette"
)

// Late is what a notice has become by the time it is sent, where that is later
// than it was to be: it is never told as if it were now what is past.
type Late struct {
	Meant time.Time // when it was to reach them
	Over  time.Time // when the last of what it tells them ended; zero: some of it holds
	Ended []Ended   // lines that hold no more
}

// Ended is a line of a variant that has ended.
type Ended struct {
	Line vedette.NoticeLine
	At   time.Time
}

// over says whether all that it tells is past.
func (n Notice) over() bool { return n.Late != nil && !n.Late.Over.IsZero() }

// ended gives when a line ended, where it has.
func (n Notice) ended(l vedette.NoticeLine) (at time.Time, ok bool) {
	if n.Late == nil {
		return at, false
	}
	i := slices.IndexFunc(n.Late.Ended, func(e Ended) bool {
		return e.Line.Update == l.Update && e.Line.Group == l.Group && e.Line.Item == l.Item
	})
	if i < 0 {
		return at, false
	}
	return n.Late.Ended[i].At, true
}

// late is said before all else in a mail, "" where nothing is late.
func (n Notice) late() string {
	w := n.words()
	switch {
	case n.Late == nil:
		return ""
	case n.over():
		return n.mark() + w.Say("late.over", n.time(n.Late.Over))
	}
	return n.mark() + w.Say("late.since", n.time(n.Late.Meant))
}

// lateLine is the same in a short message.
func (n Notice) lateLine() string {
	w := n.words()
	switch {
	case n.Late == nil:
		return ""
	case n.over():
		return w.Say("line.late", n.time(n.Late.Over))
	}
	return w.Say("line.since", n.time(n.Late.Meant))
}

// past makes a sheet say what is past as past.
func (n Notice) past(s *sheet) {
	s.Late = n.late()
	if n.Late != nil && len(n.Late.Ended) > 0 {
		s.Posture = "" // it may be that of a line which ended
	}
	if n.over() {
		w := n.words()
		s.RiskWord, s.Risk, s.Call = w.Say("head.late"), vedette.RiskUnknown, ""
		s.WhatToDo, s.Urgency = w.Say("todo.late"), w.Say("urgency."+vedette.UrgencyPast.String())
	}
}
