package vedette

import "strings"

import "slices"

// AdviceGroup is the recommendations under one heading; the heading is ""
// where they are not grouped.
type AdviceGroup struct {
	Heading string   `json:"heading"`
	Area    AreaID   `json:"area"` // null where unknown or several: then the targets carry them
	Advice  []Advice `json:"advice"`
}

// Advice is what to do: actions, for whom, under which condition.
type Advice struct {
	Statement
	Actions   []AdviceAction `json:"actions"`
	Audience  string         `json:"audience,omitempty"`  // verbatim, the whole phrase
	Condition string         `json:"condition,omitempty"` // verbatim, the whole phrase
	Except    []Place        `json:"except,omitempty"`
	Near      *Near          `json:"near,omitempty"`
	Until     *When          `json:"until,omitempty"`
}

// AdviceAction is one thing to do and where.
type AdviceAction struct {
	Action  Action   `json:"action"`
	Targets []Place  `json:"targets"`
	Kinds   []string `json:"kinds,omitempty"` // of place: military, government, protest …
}

// Near narrows an advice to a distance from something.
type Near struct {
	KM   float64 `json:"km"`
	Of   Place   `json:"of"`
	What string  `json:"what"` // "border", "coast", ""
}

// Action is what an advice tells one to do.
type Action string

// The actions. The first six are the ladder of travel advice, strongest
// first.
const (
	AvoidAllTravel               Action = "avoid_all_travel"
	AvoidNonessentialTravel      Action = "avoid_nonessential_travel"
	ReconsiderTravel             Action = "reconsider_travel"
	ReconsiderNonessentialTravel Action = "reconsider_nonessential_travel"
	TravelWithCaution            Action = "travel_with_caution"
	NoRestriction                Action = "no_restriction"
	Leave                        Action = "leave"
	Shelter                      Action = "shelter"
	StayPut                      Action = "stay_put"
	Evacuate                     Action = "evacuate"
	Relocate                     Action = "relocate"
	AvoidPlaces                  Action = "avoid_places"
	LowProfile                   Action = "low_profile"
	UpdatePlans                  Action = "update_plans"
	SuspendOperations            Action = "suspend_operations"
	Monitor                      Action = "monitor"
	TakePrecautions              Action = "take_precautions"
	ExpectDisruption             Action = "expect_disruption"
	FollowAuthorities            Action = "follow_authorities"
	InstallAlerting              Action = "install_alerting"
	ContactEmbassy               Action = "contact_embassy"
	CheckIn                      Action = "check_in"
	OtherAction                  Action = "other"
)

// Ladder is the travel advice that an organisation may have stand for an area, strongest first.
var Ladder = []Action{AvoidAllTravel, AvoidNonessentialTravel, ReconsiderTravel, ReconsiderNonessentialTravel, TravelWithCaution, NoRestriction}

// Posture gives the rank of an action on the travel ladder: 6 for
// avoid_all_travel down to 1 for no_restriction, 0 when it is none.
func (a Action) Posture() int {
	for i, l := range Ladder {
		if a == l {
			return len(Ladder) - i
		}
	}
	return 0
}

// Protects says whether the action keeps someone safe where they are now:
// shelter, evacuate, stay put. When something is immediate it comes first.
func (a Action) Protects() bool { return a == Shelter || a == Evacuate || a == StayPut }

// Restricts says whether the action is a travel posture that holds someone
// back: any step of the ladder but no_restriction. Only such advice concerns
// a trip still ahead.
func (a Action) Restricts() bool { return a.Posture() > NoRestriction.Posture() }

// Areas is where the action applies: its targets' areas, each once. A target
// without a place of its own, and an action without targets, take the area
// of their group. A place that is not known applies nowhere.
func (a *AdviceAction) Areas(group AreaID) []AreaID {
	var out []AreaID
	add := func(id AreaID) {
		if id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, t := range a.Targets {
		if t.Area == "" && t.Text == "" {
			add(group)
			continue
		}
		add(t.Area)
	}
	if len(a.Targets) == 0 {
		add(group)
	}
	return out
}

// Awaits says whether an action waits for the advice's condition. An advice
// has one condition for all it tells. Where that opens a later sentence or
// clause, and the advice tells more than one thing, the posture stood before it
// and holds at once, and so does what names a place before it: "Avoid all travel
// to Basra. If clashes resume, shelter in place.", "Leave Basra; if you cannot,
// shelter in place."
func (a *Advice) Awaits(act Action) bool {
	if a.Condition == "" {
		return false
	}
	at := strings.Index(a.Text, a.Condition)
	if len(a.Actions) < 2 || at < 0 || act.Posture() == 0 && !a.namesBefore(act, at) {
		return true
	}
	before := strings.TrimRight(a.Text[:at], " \t\u00a0")
	return before == "" || !strings.ContainsAny(before[len(before)-1:], ".!?;")
}

// namesBefore says whether a target of an action is named before a byte of the
// text, and not taken from an action before it.
func (a *Advice) namesBefore(act Action, at int) bool {
	var taken []Span
	for i := range a.Actions {
		for _, t := range a.Actions[i].Targets {
			if t.Text == "" || slices.Contains(taken, t.Span) {
				continue
			}
			if a.Actions[i].Action == act && t.Span[1] <= at {
				return true
			}
			taken = append(taken, t.Span)
		}
	}
	return false
}
