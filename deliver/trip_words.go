package deliver

import "vedette"

// tripWords are the words of the mail to a traveller's manager. Of a trip:
// where it goes, when, the area that the advice names, the posture.
type tripWords struct {
	Language string // BCP 47

	Clash, NoMore, Before string // the first words
	Trips, Known          string // the headings
	Stay, Leg, MayBe      string
	Drawn, Asks           string
	From, Days            string
	Gone, Former          string
	Cancels               map[vedette.Cancel]string
	Cause                 map[vedette.Cause]string
	Told                  map[Known]string

	Ask, AskNoMore, AskError string // discreetly
}

// trips are in English alone: of a manager we know no more than an address.
var trips = tripWords{
	Language: "en",
	Clash:    "Trip clash", NoMore: "No trip clash any more", Before: "Trip clash told before",
	Trips: "Where the trip goes against our advice", Known: "What they know",
	Stay: "%s, %s. For %s: %s", Leg: "On the way, %s, %s. For %s: %s", MayBe: "Perhaps: ",
	Drawn: "what is drawn as “%s”",
	Asks:  " (we do not know whether this advice is for them)",
	From:  "from %s", Days: "%s to %s",
	Gone:   "No trip of %s that we know of goes against this update. What we told you of before no longer stands.",
	Former: "What we told you of a trip of %s no longer stands as we told it. You are not their manager by our records now, so we tell you no more of it.",
	Cancels: map[vedette.Cancel]string{
		vedette.CancelError: "Our update of %s was sent in error. Disregard what we told you of the trip of %s.",
		vedette.CancelOver:  "What our update of %s warned of is over. What we told you of the trip of %s no longer stands.",
	},
	Cause: map[vedette.Cause]string{
		vedette.CauseExposed:   "The trip, or who its manager is, became known or was changed after the update was published.",
		vedette.CauseCondition: "Something the advice waited for has changed.",
		vedette.CauseAgain:     "It is told again: please read it once more.",
	},
	Told: map[Known]string{
		NotTold:    "We have not told %s: no address of theirs reaches them. Please tell them yourself.",
		NotReached: "What we sent to %s did not reach them. Please tell them yourself.",
		OnItsWay:   "%s is told of this too. Nothing says yet that it has reached them: please ask them.",
		HasIt:      "%s is told of this too, and has had our message.",
	},
	Ask:       "Please ring the security desk about update %d: it is about somebody whose manager you are.",
	AskNoMore: "What we asked you before to ring the security desk about no longer stands as it was. They tell you more (update %d).",
	AskError:  "Our last message to you was sent in error. Disregard it; the security desk tells you more (update %d).",
}
