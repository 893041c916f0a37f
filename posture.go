package vedette

import "time"

// Posture is the travel advice that stands for an area from a time on. The
// organisation's own has no provider; those of providers and governments
// stand beside it. It may rise by publishing; it falls only by a person, with
// a reason.
type Posture struct {
	Key      int64
	Area     AreaID
	Provider string // "" is the organisation's own
	Action   Action // a step of the ladder
	Since    time.Time
	Update   ID  // that it came from, "" where a person set it
	Group    int // the advice of that update
	Item     int
	Text     string // the advice in its words
	By       string // the person who set it, "" by publishing
	Reason   string // why a person set it

	// Of one that is to be set, what whoever decides saw: Key is that of the
	// posture they had before them, or NoPosture, and Around that of the wider
	// area's which held there; 0 where they looked at none.
	Around int64
}

// NoPosture is the Key of a posture that is to be set where none was seen.
const NoPosture int64 = -1

// Stronger says whether the posture holds people back more than another.
func (p *Posture) Stronger(o *Posture) bool { return p.Action.Posture() > o.Action.Posture() }
