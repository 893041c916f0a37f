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
}

// Stronger says whether the posture holds people back more than another.
func (p *Posture) Stronger(o *Posture) bool { return p.Action.Posture() > o.Action.Posture() }
