package advise

import "vedette"

// stays says whether an action keeps someone where they are, goes whether it
// sends them elsewhere, goesOn whether it tells them that travel may go on.
func stays(a vedette.Action) bool { return a == vedette.Shelter || a == vedette.StayPut }

func goes(a vedette.Action) bool {
	return a == vedette.Leave || a == vedette.Evacuate || a == vedette.Relocate
}

func goesOn(a vedette.Action) bool {
	return a == vedette.TravelWithCaution || a == vedette.NoRestriction
}

// opposite says whether two actions cannot both be done at one place.
func opposite(a, b vedette.Action) bool { return stays(a) && goes(b) || goes(a) && stays(b) }

// suspends says whether a held action sets another aside.
func suspends(held, other vedette.Action) bool {
	return opposite(held, other) || stays(held) && goesOn(other)
}

// suspend marks the lines that tell the opposite of a line whose condition was
// declared met, where both hold at the same place. Only what surely holds
// suspends: not for an audience to be asked, not where they may be or may be
// near. A line that still holds at another of their places stays.
func suspend(lines []line) {
	var held []hit
	for i := range lines {
		for _, h := range lines[i].hits {
			if lines[i].Met && !h.mayBe && !h.asks && !lines[i].item.about(h.target) {
				held = append(held, h)
			}
		}
	}
	for i := range lines {
		if len(held) > 0 && !lines[i].Met {
			lines[i].Suspended = aside(lines[i].hits, held)
		}
	}
}

// aside says whether all that a line tells one to do about moving is set
// aside; a posture that holds people back goes on beside either.
func aside(hits, held []hit) bool {
	some := false
	for _, h := range hits {
		act := h.target.action
		if !stays(act) && !goes(act) && !goesOn(act) {
			continue
		}
		set := false
		for _, m := range held {
			set = set || m.spot.area == h.spot.area && !h.spot.ahead && suspends(m.target.action, act)
		}
		if !set {
			return false
		}
		some = true
	}
	return some
}
