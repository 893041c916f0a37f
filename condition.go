package vedette

import "time"

// ConditionState is where the condition of an advice is.
type ConditionState string

// The states of a condition. Only a person moves it.
const (
	ConditionAwaited ConditionState = "awaited"
	ConditionMet     ConditionState = "met"    // its advice holds now, and is immediate
	ConditionPassed  ConditionState = "passed" // it will not come, or is over: its advice holds no more
)

// Conditions is the state machine of a condition. What was declared can be
// taken back: somebody may have pressed the wrong line.
var Conditions = Machine[ConditionState]{
	{"meet", ConditionAwaited, ConditionMet},
	{"meet", ConditionPassed, ConditionMet},
	{"pass", ConditionAwaited, ConditionPassed},
	{"pass", ConditionMet, ConditionPassed},
	{"await", ConditionMet, ConditionAwaited},
	{"await", ConditionPassed, ConditionAwaited},
}

// Declared is a condition of an update's advice as a person declared it.
type Declared struct {
	Update int64 // key
	Group  int   // index in Recommendations
	Item   int   // index in the group's Advice
	State  ConditionState
	At     time.Time
	By     string // who said so
	Reason string
}
