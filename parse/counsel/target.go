package counsel

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// targets gives the places an action is about: those that a preposition, a
// list or the verb itself ties to it.
func (c *counsel) targets(h phrase.Hit, end int, action vedette.Action) []vedette.Place {
	if action == vedette.ContactEmbassy { // where the mission is, not who is told
		return nil
	}
	var out []vedette.Place
	tied, beyond, origin, object := false, false, false, c.object(h)
	for _, p := range c.ties {
		if p.token < h.From || p.token >= end || c.off[p.token] || c.inAudience(p.token) {
			continue
		}
		if c.repeats(p) {
			continue // "Basra International Airport (BSR)"
		}
		if beyond = c.acrossBorder(p.token) || beyond && p.listed; beyond || c.delimits(p.token) || p.remarked {
			continue
		}
		tied = (p.governed || object == p.place || p.token > h.To && c.trails(p.token) || tied && p.listed || c.afterUnknown(p.token)) && !p.modifies && !c.Places[p.place].Metonym && !c.destination(action, c.s.Tokens[h.From].Word, p.token)
		from := c.s.Tokens[max(0, p.token-1)].Word == "from"
		if from && len(out) > 0 && c.measured(p.token) {
			continue // "Goma (30 km from Sake)"
		}
		if tied && action.Restricts() && len(out) > 0 && from && !origin && c.inTransit(p.token-1) {
			tied = false // "travel to Mali, including transit from Senegal"
		}
		origin = origin || from && tied
		if tied && len(out) == 0 && c.singledOut(p.token) { // "gatherings, particularly in Kyiv": those elsewhere too
			out = append(out, c.opening...)
			if len(out) == 0 {
				out = c.inherited()
			}
		}
		if tied {
			out = append(out, c.target(p.place))
		}
	}
	if action.Posture() > 0 || action == vedette.Leave || action.Protects() {
		out = append(out, c.unknown(h, end)...)
	}
	return out
}

// object gives the place that an action's verb has as its object: right after
// its words, or inside them after the verb, "avoid the Quetta-Sibi highway"; -1
// for none.
func (c *counsel) object(h phrase.Hit) int {
	if p := c.objectAt(h.To); p >= 0 || h.To-h.From < 3 {
		return p
	}
	return c.placeAt(h.From + 1)
}

// objectAt gives the place at a token, words for a part or sort of it before it or
// not: "the southern Red Sea"; -1 for none.
func (c *counsel) objectAt(t int) int {
	p := c.placeAt(t)
	for n := 0; p < 0 && n < 3 && t < len(c.s.Tokens) && (c.s.Tokens[t].Word == "the" || c.s.Tokens[t].Word == "not" || c.s.Tokens[t].Word == "only" || c.t.Sizes(c.s.Tokens, t)); n++ {
		t++
		p = c.placeAt(t)
	}
	return p
}

// trails says whether a place opens what a colon or parenthesis adds to an action
// and what ends the sentence: "stay indoors (Lamu, Malindi)".
func (c *counsel) trails(t int) bool {
	if w := c.s.Tokens[t-1].Word; w != ":" && w != "(" {
		return false
	}
	for i := t; i < len(c.s.Tokens); {
		if p := c.placeAt(i); p >= 0 {
			i = max(i+1, c.s.At(c.Places[p].Span[1]))
			continue
		}
		switch c.s.Tokens[i].Word {
		case ",", "and", "or", "&", "the", ".", ")", "/":
			i++
		default:
			return false
		}
	}
	return true
}

// repeats says whether a place is an airport in parentheses right behind another:
// "Basra International Airport (BSR)", "a flight from Beirut (BEY)".
func (c *counsel) repeats(p tie) bool {
	return p.token > 0 && c.s.Tokens[p.token-1].Word == "(" && p.place > 0 && c.Places[p.place].Form == gazetteer.FormAirport &&
		c.s.At(c.Places[p.place-1].Span[1]) == p.token-1
}

// measured says whether the place at a token only tells how far another is from
// it: ", 30 km from Sake".
func (c *counsel) measured(t int) bool {
	ts := c.s.Tokens
	for i := t - 2; i > 0 && t-i < 6; i-- {
		if _, after := distance(ts, i); after > 0 {
			return ts[i-1].Word == "," || ts[i-1].Word == "("
		}
	}
	return false
}

// relative gives the place that a relative clause before an action is about:
// "Mekele, to which travel should be reconsidered"; -1 for none.
func (c *counsel) relative(at int) int {
	ts := c.s.Tokens
	for i := at - 1; i > 0 && at-i < 5; i-- {
		if ts[i].Word != "where" && ts[i].Word != "which" {
			continue
		}
		for i--; i > 0 && (ts[i].Word == "to" || ts[i].Word == ","); i-- {
		}
		for p := range c.Places {
			if c.Places[p].Span[1] == ts[i].End {
				return p
			}
		}
		return -1
	}
	return -1
}

// destination says whether a place is where one goes: "relocate to Jeddah" is
// for those who are elsewhere.
func (c *counsel) destination(action vedette.Action, verb string, t int) bool {
	w := c.s.Tokens[max(0, t-1)].Word
	if (w == "toward" || w == "towards") && !action.Restricts() && action != vedette.AvoidPlaces {
		return true // "overland options toward Tunisia"
	}
	if w == "to" && t > 1 && (strings.HasPrefix(c.s.Tokens[t-2].Word, "diver") || strings.HasPrefix(c.s.Tokens[t-2].Word, "detour")) {
		return true // "expect diversions to Palermo"
	}
	if w == "using" && c.instead(t) {
		return true // "avoid Kisumu, using Eldoret instead"
	}
	if w == "of" && t > 1 && (c.s.Tokens[t-2].Word == "favor" || c.s.Tokens[t-2].Word == "favour") {
		return true // "avoid Goma in favor of Bukavu"
	}
	if w == "from" && action == vedette.Leave && c.carried(t-1) {
		return true // "leave on a flight from Beirut"
	}
	if verb == "reroute" {
		return w == "via" || w == "through" || w == "to" || w == "over" // "reroute via Oman"
	}
	if w == "via" {
		return action != vedette.AvoidPlaces && !action.Restricts() && action != vedette.SuspendOperations
	}
	if action == vedette.OtherAction && moves(verb) {
		return w != "from"
	}
	if action != vedette.Relocate && action != vedette.Evacuate && action != vedette.Leave {
		return false
	}
	return w == "to" || w == "into" || w == "through" || w == "for" || w == "toward" || w == "towards" || w == "via"
}

// moves says whether a verb that is no action of its own tells people to go from
// where they are: "cross to Gisenyi".
func moves(verb string) bool {
	switch verb {
	case "cross", "move", "go", "walk", "drive", "run", "head", "proceed", "moved":
		return true
	}
	return false
}

// instead says whether "instead" stands shortly after a token.
func (c *counsel) instead(t int) bool {
	return slices.ContainsFunc(c.s.Tokens[t:min(len(c.s.Tokens), t+6)], func(w phrase.Token) bool { return w.Word == "instead" })
}

// carried says whether a flight or the like stands shortly before a token.
func (c *counsel) carried(i int) bool {
	for n := i - 1; n >= 0 && i-n < 4; n-- {
		switch c.s.Tokens[n].Word {
		case "flight", "flights", "air", "plane", "ferry", "ferries", "boat", "train", "convoy", "sea", "charter":
			return true
		}
	}
	return false
}

// singledOut says whether "particularly" or its like stands before the place at a
// token.
func (c *counsel) singledOut(t int) bool {
	for i := t - 1; i >= 0 && t-i < 4; i-- {
		switch c.s.Tokens[i].Word {
		case "particularly", "especially", "notably":
			return true
		case "in", "the", "at", "near", "around", "to":
		default:
			return false
		}
	}
	return false
}

// inTransit says whether the way through is told before a token of "from".
func (c *counsel) inTransit(i int) bool {
	for n := i - 1; n >= 0 && i-n < 4; n-- {
		if strings.HasPrefix(c.s.Tokens[n].Word, "transit") {
			return true
		}
	}
	return false
}

// target gives a place as a target, with the finding it deserves when its
// name means several areas.
func (c *counsel) target(i int) vedette.Place {
	p := c.Places[i]
	if len(p.Areas) > 0 {
		c.find(vedette.FindAmbiguousPlace, "the advice is for %q, which could be %s", p.Text, c.finder.Candidates(p.Areas))
	} else if doubt := c.finder.Misplaced(p.Place, c.heldAgainst(p.Area)); doubt != "" {
		c.find(vedette.FindAmbiguousPlace, "the advice is for %s", doubt)
	}
	return p.Place
}

// heldAgainst gives the areas that a target is held against: those the report and the
// group are about, and the places of the advice; none where the report is about
// the target itself or nothing that is known.
func (c *counsel) heldAgainst(target vedette.AreaID) []vedette.AreaID {
	if len(c.Group)+len(c.finder.Context) == 0 || slices.Contains(c.finder.Context, target) {
		return nil
	}
	out := slices.Clone(c.finder.Context)
	for _, p := range c.Group {
		out = append(out, p.Area)
	}
	for i := range c.Places {
		out = append(out, c.Places[i].Area)
	}
	return out
}

// inherited gives the areas of the group, without words of their own.
func (c *counsel) inherited() []vedette.Place {
	out := make([]vedette.Place, 0, len(c.Group))
	for _, p := range c.Group {
		out = append(out, vedette.Place{Area: p.Area})
	}
	return out
}

func (c *counsel) inAudience(t int) bool { return t >= c.audience[0] && t < c.audience[1] }
