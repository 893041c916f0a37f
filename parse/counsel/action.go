package counsel

import (
	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// told gives what the sentence tells to do: no reasons, conditions, exceptions
// or words of the audience.
func (c *counsel) told() []phrase.Hit {
	var told []phrase.Hit
	for _, h := range c.hits {
		if h.Label == "skip" && !c.off[h.From] && c.commands(h) {
			c.plain = true // "stay away from windows" tells something, though where nothing else does
		}
		if !c.off[h.From] && h.Label != "reason" && h.Label != "skip" && !c.inAudience(h.From) && !c.ofOthers(told, h) && !c.passesOn(h) {
			told = append(told, c.active(h))
		}
	}
	return c.bound(told)
}

// passesOn says whether a verb only passes on what its audience is told: "ask teams
// in Bannu to shelter".
func (c *counsel) passesOn(h phrase.Hit) bool {
	return h.Label == "plain" && c.audience[1] > 0 && c.audience[0] == h.To && c.t.Advised.Is(c.s.Tokens, h.From, "tell")
}

// ofOthers says whether an action is what others are expected to do: "expect
// police to close sites".
func (c *counsel) ofOthers(told []phrase.Hit, h phrase.Hit) bool {
	if len(told) == 0 || h.From == 0 || c.s.Tokens[h.From-1].Word != "to" {
		return false
	}
	before := told[len(told)-1]
	if before.Label != string(vedette.ExpectDisruption) || h.From-before.To > 8 || before.To == h.From-1 {
		return false
	}
	for i := before.To; i < h.From; i++ {
		if !c.s.Tokens[i].IsWord() || c.s.Tokens[i].Word == "and" {
			return false
		}
	}
	return true
}

// maxTold is the most that one sentence tells to do; it bounds the work, for
// each looks at what stands behind it.
const maxTold = 64

// bound leaves out what a sentence tells beyond maxTold, and says so.
func (c *counsel) bound(told []phrase.Hit) []phrase.Hit {
	if c.last = len(c.s.Tokens); len(told) <= maxTold {
		return told
	}
	c.last = told[maxTold].From
	c.find(vedette.FindTooLong, "a sentence tells %d things to do; only the first %d were read", len(told), maxTold)
	return told[:maxTold]
}

// action gives what a hit tells to do; false for a verb that is only "other".
func (c *counsel) action(h phrase.Hit, end int) (vedette.Action, bool) {
	switch {
	case h.Label == "leave?":
		return vedette.Leave, (c.placeAt(h.To) >= 0 || c.endsAt(h.To) || c.leavesFor(h.To) || c.s.Tokens[h.To].Upper && c.s.Tokens[h.To].Word[0] > '9') && c.commands(h)
	case h.Label == "shelter?":
		return vedette.Shelter, c.commands(h)
	case h.Label == "again":
		if n := len(c.out.Actions); n > 0 && c.commands(h) {
			return c.out.Actions[n-1].Action, true
		}
		return "", false
	case h.Label == "check?":
		return vedette.CheckIn, c.endsAt(h.To) && !(h.To < len(c.s.Tokens) && c.s.Tokens[h.To].Word == "early") && c.commands(h)
	case h.Label == "stay?":
		return vedette.StayPut, c.placeAt(h.To) >= 0 && c.commands(h)
	case h.Label == "suspend?":
		return vedette.SuspendOperations, c.commands(h)
	case h.Label == "heed?":
		return vedette.FollowAuthorities, c.commands(h)
	case h.Label == "stock?":
		return vedette.TakePrecautions, c.commands(h)
	case h.Label == "plain":
		kinds, any := c.kindsIn(h, end)
		avoid := c.s.Tokens[h.From].Word == "avoid" && (len(kinds) > 0 || any || c.objectAt(h.To) >= 0 || c.capital(h.From, end) != nil || c.theTown(h.To) || c.nameAt(h.To, end))
		return vedette.AvoidPlaces, avoid
	}
	action := vedette.Action(h.Label)
	if action.Posture() > 1 && action != vedette.TravelWithCaution && c.toKind(h, end) {
		return vedette.AvoidPlaces, true
	}
	return action, true
}

// leavesFor says whether one leaves for another place, not for the airport.
func (c *counsel) leavesFor(t int) bool {
	if t >= len(c.s.Tokens) || c.s.Tokens[t].Word != "for" {
		return false
	}
	p := c.placeAt(t + 1)
	return p >= 0 && c.Places[p].Form != gazetteer.FormAirport && !c.modifies(p) && c.kindAt(c.s.At(c.Places[p].Span[1])).Label != "airport"
}

// endsAt says whether a verb has no object: the sentence or its clause ends, or
// tells how and when.
func (c *counsel) endsAt(t int) bool {
	if t >= len(c.s.Tokens) || !c.s.Tokens[t].IsWord() {
		return true
	}
	switch c.s.Tokens[t].Word {
	case "but", "whereas", "on", "aboard", "now", "immediately", "at", "if", "when", "as", "before", "via", "by", "while", "without", "promptly", "early", "and",
		"today", "tonight", "tomorrow", "soon", "quickly", "within", "until", "unless", "or":
		return true
	}
	return false
}

// commands says whether a verb tells rather than describes: it opens the
// sentence, or follows a comma, "and", "to", "should", or an adverb.
func (c *counsel) commands(h phrase.Hit) bool {
	i := h.From - 1
	for i >= 0 && (c.s.Tokens[i].IsAdverb() || frequency(c.s.Tokens[i].Word)) {
		i--
	}
	if i < 0 || c.off[i] {
		return true
	}
	switch c.s.Tokens[i].Word {
	case ",", "and", "or", "to", "should", "must", "not", ":", ";", "please", "–", "also", "consider", "immediately", "then", "possible", "feasible", "practicable":
		return true
	}
	from := c.clauseOf(h.From)
	return i+1 == c.audience[1] || c.t.Metonyms.Is(c.s.Tokens, from, "at") && c.opensWith(from, h.From) // "in Nairobi avoid the park"
}

// frequency says whether a word only tells how often a thing is to be done.
func frequency(w string) bool { return w == "only" || w == "never" || w == "always" }

func (c *counsel) lastIs(a vedette.Action) bool {
	n := len(c.out.Actions)
	return n > 0 && c.out.Actions[n-1].Action == a
}

// keepsSafe says whether an action is of where one is and does not lead away.
func keepsSafe(a vedette.Action) bool {
	return a == vedette.Shelter || a == vedette.StayPut || a == vedette.LowProfile || a == vedette.AvoidPlaces
}

// bodily says whether an action is of where one is oneself, so that the next of
// the same sentence is told there too.
func bodily(a vedette.Action) bool {
	return a.Protects() || a == vedette.Leave || a == vedette.AvoidPlaces || a == vedette.LowProfile
}
