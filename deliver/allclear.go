package deliver

import "vedette"

// clears says whether it is an all-clear.
func (n Notice) clears() bool { return n.Update.Clears != nil }

// asks says whether it is the question of a roll-call.
func (n Notice) asks() bool { return n.Update.Asks != "" }

// stillProtects says whether another update that stands tells them to protect
// themselves now: then an all-clear is not all they are told.
func (n Notice) stillProtects() bool {
	for _, l := range n.Variant.Others {
		a, err := n.advice(l)
		if err != nil || l.Cleared || l.Suspended || a.Condition != "" && !l.Met {
			continue
		}
		for _, act := range a.Actions {
			if act.Action.Protects() {
				return true
			}
		}
	}
	return false
}

// clearing says in a mail what an all-clear ends, and what it does not.
func (n Notice) clearing() string {
	w := n.words()
	rest := "todo.all_clear.rest"
	if n.stillProtects() {
		rest = "todo.all_clear.not_all"
	}
	return n.mark() + w.Say("todo.all_clear", w.Isolate(n.area(n.Update.Clears.Area))) + " " + w.Say(rest)
}

// clearingLine says it in a short message.
func (n Notice) clearingLine() []telling {
	w := n.words()
	switch {
	case n.stillProtects():
		return tellings(w.Say("line.all_clear.not_all"))
	case n.Discreet:
		return tellings(w.Say("line.all_clear.short"))
	}
	return tellings(w.Say("line.all_clear.what"), w.Say("line.all_clear.short"))
}

// places are the areas that a notice is about: those of an all-clear are its
// own, wherever its reader is now.
func (n Notice) places() []vedette.AreaID {
	if n.clears() {
		return []vedette.AreaID{n.Update.Clears.Area}
	}
	return n.Variant.Areas
}
