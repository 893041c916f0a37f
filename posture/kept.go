package posture

import (
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/gazetteer"
)

// The outcomes of a question to the desk. ByHand is that of one nobody
// answered, because a person set the posture of its area.
const (
	Keep   = "keep"
	Lift   = "lift"
	ByHand = "set by hand" // with what to
)

// word is what an update says of one area.
type word struct {
	action    vedette.Action // "" where it does not name the area, nor what holds it
	out       bool           // it leaves the area out
	cancelled bool
}

// wordOf gives what an update says of an area.
func (a *adopting) wordOf(u *vedette.Update, area vedette.AreaID) word {
	of := adopting{g: a.g, said: sayings(a.g, u, a.Declared, nil)}
	w := word{cancelled: u.Cancels != ""}
	if s := of.narrowest(area); s != nil {
		w.action, w.out = s.action, of.leavesOut(s, area)
	}
	return w
}

// kept says whether the desk answered this very question with keep: the last
// decision about the area was to keep what stands, the same posture stands
// since, and this update of the situation says of the area what that one did.
func (a *adopting) kept(area vedette.AreaID, stands *vedette.Posture) bool {
	var last *vedette.Task
	for i := range a.Decided {
		t := &a.Decided[i]
		if t.Kind == vedette.TaskKeepOrLift && t.State == vedette.TaskDone && t.Area == area && (last == nil || t.DoneAt.After(last.DoneAt)) {
			last = t
		}
	}
	if last == nil || last.Outcome != Keep || stands.Since.After(last.CreatedAt) {
		return false
	}
	u := a.earlier(last.About)
	return u != nil && u.Situation.ID == a.Update.Situation.ID && a.wordOf(u, area) == a.wordOf(a.Update, area)
}

// Named gives the posture that an update tells everybody outright for an area
// by name at a moment, as [Adopt] reads it; false where it names none.
func Named(g *gazetteer.Gazetteer, u *vedette.Update, declared []vedette.Declared, area vedette.AreaID, now time.Time) (vedette.Posture, bool) {
	for _, s := range sayings(g, until.Live(g, u, now), declared, nil) {
		if s.area == area {
			return vedette.Posture{Area: area, Action: s.action, Update: u.ID, Group: s.group, Item: s.item, Text: s.text}, true
		}
	}
	return vedette.Posture{}, false
}
