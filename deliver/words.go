package deliver

import "vedette"

// words are the words of the frame around a report's own. One table per
// language; English so far.
type words struct {
	Language string // BCP 47, of the frame

	Risk       map[vedette.Risk]string
	Posture    map[vedette.Action]string
	Urgency    map[vedette.Urgency]string
	Source     map[vedette.SourceStrength]string
	Correction string

	And, AndMore string // "A and B", "A, B and 3 more"

	// The openings of an advice line; %s is the audience or the area.
	IfOneOf, ForTrip, IfNear string

	WhatToDo, NoAdvice, Corrects, CorrectsNothing string
	InShort, Issued, RestOnPage, WholeUpdate      string
	Why, MayBe, SourceLabel, UrgencyLabel         string

	Answer, AnswerHow, AnswerHere string
	Answers                       []string

	UpdateNo, UpdateOf string
}

var english = words{
	Language: "en",
	Risk: map[vedette.Risk]string{
		vedette.RiskUnknown: "Risk not set", vedette.RiskLow: "Low risk", vedette.RiskModerate: "Moderate risk",
		vedette.RiskHigh: "High risk", vedette.RiskExtreme: "Extreme risk",
	},
	Posture: map[vedette.Action]string{
		vedette.AvoidAllTravel:               "avoid all travel",
		vedette.AvoidNonessentialTravel:      "avoid non-essential travel",
		vedette.ReconsiderTravel:             "reconsider travel",
		vedette.ReconsiderNonessentialTravel: "reconsider non-essential travel",
		vedette.TravelWithCaution:            "travel with caution",
		vedette.NoRestriction:                "no travel restriction",
	},
	Urgency: map[vedette.Urgency]string{
		vedette.UrgencyUnknown: "not set", vedette.UrgencyPast: "past", vedette.UrgencyFuture: "in the coming days",
		vedette.UrgencyExpected: "expected", vedette.UrgencyImmediate: "immediate",
	},
	Source: map[vedette.SourceStrength]string{
		vedette.SourceUnknown: "strength not given", vedette.SourceUnconfirmed: "unconfirmed",
		vedette.SourceCredible: "credible", vedette.SourceConfirmed: "confirmed",
	},
	Correction: "Correction",
	And:        "%s and %s", AndMore: "%s and %d more",
	IfOneOf: "If you are one of: %s — ", ForTrip: "For your trip to %s: ", IfNear: "If you are in or near %s: ",
	WhatToDo:        "What to do",
	NoAdvice:        "This update asks nothing of you where you are now.",
	Corrects:        "This corrects update %d (%s).",
	CorrectsNothing: "This corrects our update of %s, which was meant for you; nothing in it applies to where you are now.",
	InShort:         "In short", Issued: "Issued %s", RestOnPage: "There is more in the whole update.", WholeUpdate: "The whole update",
	Why: "Why you get this", MayBe: "We are not certain that you are there.",
	SourceLabel: "Source: ", UrgencyLabel: "Urgency: ",
	Answer:     "Are you safe?",
	AnswerHow:  "Open this page and press one of the three:",
	AnswerHere: "Answer on this page",
	Answers:    []string{"1 I am safe", "2 I need help", "3 I am not there"},
	UpdateNo:   "update %d", UpdateOf: "update %d of “%s”",
}

// risk gives the word of a risk, also for a value the table does not know.
func (w *words) risk(r vedette.Risk) string {
	if s, ok := w.Risk[r]; ok {
		return s
	}
	return w.Risk[vedette.RiskUnknown]
}
