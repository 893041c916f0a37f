package vedette

import "time"

// Drill makes of an update a drill: nobody is warned, people are asked to
// answer, so that it shows whether they are reached. It goes to whoever is in
// the update's areas, or may be, as it is planned; or to whom it names. A
// drill is of status test and never stands.
type Drill struct {
	All     bool `json:"all,omitempty"`     // everyone
	Persons []ID `json:"persons,omitempty"` // these
	Canary  bool `json:"canary,omitempty"`  // it measures the chain, not the people: see CanaryPlan
}

// LaneDrill is the lane of drills: after everything else.
const LaneDrill Lane = 120

// LaneDigest is the last: of what is gathered into one mail a day.
const LaneDigest Lane = 121

// LaneCanary is the lane of canaries: they measure what a warning would meet,
// so they go with the warnings, behind the last of those.
func LaneCanary() Lane { return LaneFor(StatusActual, UrgencyImmediate, RiskLow) }

// CanaryPlan says to whom a canary is sent and when: a message of its own
// kind that goes the way of a warning, to a few people whose addresses are
// the organisation's own, so that it shows how long that way takes.
type CanaryPlan struct {
	Minutes int  `json:"minutes,omitempty"` // from one to the next, 0: none is sent by itself
	Within  int  `json:"within,omitempty"`  // minutes in which each channel is to have accepted it, else the desk is asked
	Persons []ID `json:"persons,omitempty"`
}

// MostCanaries bounds to how many people a canary goes: it is no second list
// of whom to tell.
const MostCanaries = 20

// NewCanary makes the update of a canary.
func NewCanary(p CanaryPlan, id ID, now time.Time) *Update {
	return &Update{ID: id, State: UpdateDraft, Status: StatusTest, CreatedAt: now, Drill: &Drill{Persons: p.Persons, Canary: true},
		Content: Content{Title: "Canary", Headline: "Canary. Please ignore", IssuedAt: &now, Urgency: UrgencyPast}}
}

// Patience is in what time each channel is to have accepted a canary.
func (p *CanaryPlan) Patience() time.Duration { return time.Duration(p.Within) * time.Minute }

// Due says whether a canary is to be sent, the last having gone out at a time.
func (p *CanaryPlan) Due(last, now time.Time) bool {
	every := time.Duration(p.Minutes) * time.Minute
	return every > 0 && len(p.Persons) > 0 && (last.IsZero() || now.Sub(last) >= every || last.After(now))
}

func (p *CanaryPlan) validate() error {
	switch {
	case p.Minutes != 0 && (p.Minutes < 5 || p.Minutes > 7*24*60):
		return Errorf(CodeInvalid, "a canary every %d minutes: give 5 to 10080, or 0 for none", p.Minutes)
	case p.Within < 1 || p.Within > 60:
		return Errorf(CodeInvalid, "a canary accepted within %d minutes: give 1 to 60", p.Within)
	case len(p.Persons) > MostCanaries:
		return Errorf(CodeInvalid, "%d canaries are named; at most %d", len(p.Persons), MostCanaries)
	case p.Minutes > 0 && len(p.Persons) == 0:
		return Errorf(CodeInvalid, "a canary goes to nobody; name people whose addresses are your own")
	}
	return nil
}
