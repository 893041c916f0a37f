package vedette

// Move is one step of a state machine: on an event, from one state to
// another.
type Move[S ~string] struct {
	Event    string
	From, To S
}

// Machine is a state machine as a table. doc/states.md shows the same
// tables; a test compares them.
type Machine[S ~string] []Move[S]

// Next gives the state after an event, and whether the machine allows it.
func (m Machine[S]) Next(from S, event string) (S, bool) {
	for _, mv := range m {
		if mv.From == from && mv.Event == event {
			return mv.To, true
		}
	}
	return from, false
}

// From lists the states in which an event is allowed.
func (m Machine[S]) From(event string) []S {
	var out []S
	for _, mv := range m {
		if mv.Event == event {
			out = append(out, mv.From)
		}
	}
	return out
}
