package vedette

// Drill makes of an update a drill: nobody is warned, people are asked to
// answer, so that it shows whether they are reached. It goes to whoever is in
// the update's areas, or may be, as it is planned; or to whom it names. A
// drill is of status test and never stands.
type Drill struct {
	All     bool `json:"all,omitempty"`     // everyone
	Persons []ID `json:"persons,omitempty"` // these
}

// LaneDrill is the lane of drills: after everything else.
const LaneDrill Lane = 120
