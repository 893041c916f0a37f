package vedette

import "time"

// Clash is a trip of somebody, under way or ahead, into a place, or into what an
// update draws, that advice for them says to stay away from. It is what their manager is told.
type Clash struct {
	Area     AreaID    `json:"area"` // where the trip goes
	From, To time.Time // when it is there
	Leg      bool      `json:"leg,omitempty"` // on the way: an airport, a transit
	Action   Action    `json:"action"`
	Target   AreaID    `json:"target"`          // what the advice names; "" where that is no place but what is drawn
	Shape    string    `json:"shape,omitempty"` // the name of what is drawn there, where the trip is in that
	MayBe    bool      `json:"may_be,omitempty"`
	Asks     bool      `json:"asks,omitempty"` // whether the advice is for them is not known
	Group    int       `json:"group"`          // the advice, as in NoticeLine
	Item     int       `json:"item"`
}

// Same says whether two clashes are the same to whoever was told of one: the
// same place and dates, and the same travel advice for the same area or shape. In
// which line of the update it stands is not.
func (c Clash) Same(o Clash) bool {
	return c.Area == o.Area && c.From.Equal(o.From) && c.To.Equal(o.To) && c.Action == o.Action && c.Target == o.Target && c.Shape == o.Shape && c.MayBe == o.MayBe
}

// Over says whether the trip is over at that place.
func (c Clash) Over(at time.Time) bool { return !c.To.IsZero() && !c.To.After(at) }
