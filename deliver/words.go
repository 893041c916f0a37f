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
	Correction map[vedette.Cancel]string // opens the line of a correction or cancellation
	Cause      map[vedette.Cause]string  // why it is told now

	And, AndMore string // "A and B", "A, B and 3 more"

	// The openings of an advice line; %s is the audience or the area.
	IfOneOf, ForTrip, IfNear string
	Met, Suspended           string // of a line whose condition is declared met, and of one that such a line suspends

	WhatToDo, NoAdvice, Withdrawn, NotHere   string
	Corrects, Cancels                        string
	CorrectsNothing                          string
	CancelsWhy                               map[vedette.Cancel]string
	AlsoStands, AlsoFrom                     string
	InShort, Issued, RestOnPage, WholeUpdate string
	Why, MayBe, SourceLabel, UrgencyLabel    string

	Answer, AnswerHow, AnswerHere string
	Answers                       []string

	UpdateNo, UpdateOf string

	// Of the mail to a traveller's manager. Of a trip: where it goes, when, the
	// area that the advice names, the posture.
	TripClash, TripNoMore, Trips, TripKnown              string
	TripStay, TripLeg, TripMayBe, TripAsks               string
	TripFrom, TripDays, TripGone, TripBefore, TripFormer string
	TripCancels                                          map[vedette.Cancel]string
	TripCause                                            map[vedette.Cause]string
	Known                                                map[Known]string
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
	Correction: map[vedette.Cancel]string{"": "Correction", vedette.CancelError: "Sent in error", vedette.CancelOver: "Over"},
	Cause: map[vedette.Cause]string{
		vedette.CauseExposed:   "It was published before we knew that it concerns you.",
		vedette.CauseAhead:     "It is told again because your journey there begins soon.",
		vedette.CauseArrived:   "It is told again because by your itinerary you have arrived.",
		vedette.CauseCondition: "It is told again because something it waited for has changed.",
		vedette.CauseAgain:     "It is told again: please read it once more.",
	},
	And: "%s and %s", AndMore: "%s and %d more",
	IfOneOf: "If you are one of: %s — ", ForTrip: "For your trip to %s: ", IfNear: "If you are in or near %s: ",
	Met: "This holds from now on: ", Suspended: "Not while the above holds: ",
	WhatToDo:        "What to do",
	NoAdvice:        "This update asks nothing of you where you are now.",
	NotHere:         "Not where you are now",
	Withdrawn:       "Nothing in this update applies to where you are now. What earlier updates of it told you to do no longer stands.",
	Corrects:        "This corrects update %d (%s).",
	Cancels:         "This ends update %d (%s).",
	CorrectsNothing: "This corrects our update of %s, which was meant for you; nothing in it applies to where you are now.",
	CancelsWhy: map[vedette.Cancel]string{
		vedette.CancelError: "Our update of %s was sent in error. Disregard it and what it told you to do.",
		vedette.CancelOver:  "What our update of %s warned of is over. What it told you to do no longer stands.",
	},
	AlsoStands: "What else stands for you", AlsoFrom: "From update %d of “%s”, %s:",
	InShort: "In short", Issued: "Issued %s", RestOnPage: "There is more in the whole update.", WholeUpdate: "The whole update",
	Why: "Why you get this", MayBe: "We are not certain that you are there.",
	SourceLabel: "Source: ", UrgencyLabel: "Urgency: ",
	Answer:     "Are you safe?",
	AnswerHow:  "Open this page and press one of the three:",
	AnswerHere: "Answer on this page",
	Answers:    []string{"1 I am safe", "2 I need help", "3 I am not there"},
	UpdateNo:   "update %d", UpdateOf: "update %d of “%s”",
	TripClash: "Trip clash", TripNoMore: "No trip clash any more", Trips: "Where the trip goes against our advice", TripKnown: "What they know",
	TripStay: "%s, %s. For %s: %s", TripLeg: "On the way, %s, %s. For %s: %s", TripMayBe: "Perhaps: ",
	TripAsks: " (we do not know whether this advice is for them)",
	TripFrom: "from %s", TripDays: "%s to %s",
	TripGone:   "No trip of %s that we know of goes against this update. What we told you of before no longer stands.",
	TripBefore: "Trip clash told before",
	TripFormer: "What we told you of a trip of %s no longer stands as we told it. You are not their manager by our records now, so we tell you no more of it.",
	TripCancels: map[vedette.Cancel]string{
		vedette.CancelError: "Our update of %s was sent in error. Disregard what we told you of the trip of %s.",
		vedette.CancelOver:  "What our update of %s warned of is over. What we told you of the trip of %s no longer stands.",
	},
	TripCause: map[vedette.Cause]string{
		vedette.CauseExposed:   "The trip, or who its manager is, became known or was changed after the update was published.",
		vedette.CauseCondition: "Something the advice waited for has changed.",
		vedette.CauseAgain:     "It is told again: please read it once more.",
	},
	Known: map[Known]string{
		NotTold:    "We have not told %s: no address of theirs reaches them. Please tell them yourself.",
		NotReached: "What we sent to %s did not reach them. Please tell them yourself.",
		OnItsWay:   "%s is told of this too. Nothing says yet that it has reached them: please ask them.",
		HasIt:      "%s is told of this too, and has had our message.",
	},
}

// opening says what a declared condition makes of a line.
func (w *words) opening(l vedette.NoticeLine) string {
	switch {
	case l.Suspended:
		return w.Suspended
	case l.Met:
		return w.Met
	}
	return ""
}

// risk gives the word of a risk, also for a value the table does not know.
func (w *words) risk(r vedette.Risk) string {
	if s, ok := w.Risk[r]; ok {
		return s
	}
	return w.Risk[vedette.RiskUnknown]
}
