package counsel

import (
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// front gives the places a sentence opens with before its first action: "In
// the south of Lebanon, shelter in place".
func (c *counsel) front(told []phrase.Hit) []vedette.Place {
	if len(told) == 0 {
		return nil
	}
	var out, whose []vedette.Place
	nation := false
	for _, p := range c.ties {
		if p.token >= told[0].From || p.remarked || c.off[p.token] && !c.ifIn(p.token) || c.Places[p.place].Metonym || p.modifies && !c.livesIn(p.place) || !c.livesIn(p.place) && !p.governed && !p.listed && !c.labels(p) && !c.afterUnknown(p.token) && !c.stuckIn(p.token) || c.likened(p.token) {
			continue
		}
		if c.inAudience(p.token) {
			if w := c.s.Tokens[max(0, p.token-1)].Word; w == "outside" || p.token > 1 && c.s.Tokens[p.token-2].Word == "not" || w == "reach" && c.Places[p.place].Form != gazetteer.FormAirport || c.delimits(p.token) {
				continue
			}
			nation = c.nationality(p.token) || nation && p.listed
			if form := c.Places[p.place].Form; nation || form == gazetteer.FormAdjective || form == gazetteer.FormCode || c.heading(p.token) {
				continue
			}
			if len(whose) == 0 && c.singledOut(p.token) { // "nationals, particularly in Sanaa": those elsewhere too
				whose = c.inherited()
			}
			whose = append(whose, c.target(p.place))
		} else {
			out = append(out, c.target(p.place))
		}
	}
	if len(out) > 0 {
		return out
	}
	if len(whose) > 0 {
		return whose
	}
	return c.referred()
}

// stuckIn says whether those whom a sentence is for are named by what they cannot
// leave: "staff unable to leave Tyre".
func (c *counsel) stuckIn(t int) bool {
	if t < 2 || c.s.Tokens[t-1].Word != "leave" || !c.inAudience(t) {
		return false
	}
	switch c.s.Tokens[t-2].Word {
	case "cannot", "not", "to", "yet":
		return true
	}
	return false
}

// likened says whether a place is only named to tell what another is like: "As in
// Khartoum, residents of Omdurman should stay indoors".
func (c *counsel) likened(t int) bool {
	switch c.s.Tokens[max(0, t-1)].Word {
	case "like", "unlike":
		return true
	case "in", "at", "with":
		return t > 1 && c.s.Tokens[t-2].Word == "as"
	}
	return false
}

// setOut gives the places a sentence opens with, unless people are only on
// their way to them: "travelers heading for Uganda should confirm".
func (c *counsel) setOut(front []vedette.Place) []vedette.Place {
	if len(front) == 0 {
		return nil
	}
	if t := c.s.At(front[0].Span[0]); t > 0 && t < len(c.s.Tokens) && (c.s.Tokens[t-1].Word == "for" || c.s.Tokens[t-1].Word == "to") {
		return nil
	}
	return front
}

// between gives the places where those are whom an action is for, where they are
// named after the action before: "…; travelers bound for EZE should allow for
// delays", "evacuate, and those in Bauchi should shelter"; where nobody else is
// named, the places the sentence opens with.
func (c *counsel) between(told []phrase.Hit, i int) []vedette.Place {
	if i == 0 {
		return c.opening
	}
	from := told[i-1].To
	for n := told[i].From; n > from; n-- {
		if w := c.s.Tokens[n-1].Word; w == ";" || w == "," && n < told[i].From {
			from = n
		}
	}
	if from == told[i-1].To && c.newSubject(from, told[i].From+1) > told[i].From {
		return c.opening
	}
	var out []vedette.Place
	if where, others := c.restMeant(from, told[i].From); where || others && len(c.opening) > 0 {
		return c.inherited()
	} else if others { // "drivers should stay in Goma; everyone else should leave"
		return c.named
	}
	for _, p := range c.ties {
		lives := c.livesIn(p.place)
		if p.token < from || p.token >= told[i].From || c.off[p.token] && !c.ifIn(p.token) || p.modifies && !lives || c.nationality(p.token) {
			continue
		}
		if lives || c.isAt(p) || c.labels(p) || len(out) > 0 && p.listed {
			out = append(out, c.target(p.place))
		}
	}
	return out
}

// restMeant says whether the words name those who are not where the ones before
// are, "elsewhere", or others than those told before: "all others", "everyone
// else".
func (c *counsel) restMeant(from, to int) (where, others bool) {
	for t := from; t < to; t++ {
		switch w := c.s.Tokens[t].Word; {
		case w == "elsewhere":
			where = true
		case w == "else" && t > from, w == "others" && t > from && c.s.Tokens[t-1].Word == "all":
			others = true
		}
	}
	return where, others
}

// isAt says whether the words before a place say that one is there: "in Jos",
// "near Goma", "at EZE" or on the way to that airport.
func (c *counsel) isAt(p tie) bool {
	place := c.Places[p.place]
	if place.Form == gazetteer.FormCode || place.Form == gazetteer.FormAdjective || p.token == 0 {
		return false
	}
	if place.Form == gazetteer.FormAirport {
		return p.governed
	}
	for t := p.token - 1; t >= 0 && p.token-t < 4; t-- {
		switch c.s.Tokens[t].Word {
		case "in", "at", "near", "within", "across", "around", "inside", "throughout":
			return true
		case "of":
			if c.t.Advised.Is(c.s.Tokens, t-1, "live") {
				return true // "and residents of Basra should"
			}
		case "the", "parts":
		default:
			if !c.t.Sizes(c.s.Tokens, t) {
				return false
			}
		}
	}
	return false
}

// livesIn says whether a place, alone or in a list, stands before those who are
// there: "Goma and Bukavu residents", "Goma-based staff". Of a country only the
// first is meant by its name.
func (c *counsel) livesIn(p int) bool {
	if c.Places[p].Form == gazetteer.FormAdjective || c.Places[p].Form == gazetteer.FormCode {
		return false
	}
	for p+1 < len(c.Places) && c.listed(p+1) {
		p++
	}
	ts, next := c.s.Tokens, c.s.At(c.Places[p].Span[1])
	if next >= len(ts) {
		return false
	}
	switch ts[next].Word {
	case "residents", "inhabitants", "villagers", "based":
		return true
	case "office", "site", "area", "branch", "team", "station", "plant":
		next++
	}
	if next >= len(ts) {
		return false
	}
	a, ok := c.g.Area(c.Places[p].Area)
	return ok && (a.Kind == vedette.AreaCity || a.Kind == vedette.AreaDivision) && c.t.Advised.Is(ts, next, "who")
}

// heading says whether the place at a token is where people or goods go:
// "cargo bound for Niamey".
func (c *counsel) heading(t int) bool {
	if t < 2 || c.s.Tokens[t-1].Word != "for" && c.s.Tokens[t-1].Word != "to" {
		return false
	}
	switch c.s.Tokens[t-2].Word {
	case "bound", "headed", "heading", "destined", "route":
		return t < 3 || !c.t.Advised.Is(c.s.Tokens, t-3, "who") && !c.agents(t-3)
	}
	return false
}

// nationality says whether the place at a token tells whose citizens or whose
// friends are meant: "nationals of Canada", "vessels with links to Israel".
func (c *counsel) nationality(t int) bool {
	ts := c.s.Tokens
	for t--; t > 0 && (ts[t].Word == "the" || ts[t].Word == "either"); t-- {
	}
	if t < 1 {
		return false
	}
	if ts[t].Word == "to" || ts[t].Word == "with" { // "operators with links to Israel"
		switch ts[t-1].Word {
		case "links", "ties", "link", "connections", "linked", "tied", "connected", "affiliated", "affiliation", "associated":
			return true
		}
		return false
	}
	if ts[t].Word == "from" {
		return !c.town(t+1) && (ts[t-1].Word == "those" || ts[t-1].Word == "people" || c.t.Advised.Is(ts, t-1, "who") || c.agents(t-1))
	}
	if ts[t].Word != "of" {
		return false
	}
	switch ts[t-1].Word {
	case "nationals", "national", "citizens", "citizen", "holders", "subjects":
		return true
	}
	return false
}

// town says whether the place at a token is one that people come from rather than
// are citizens of.
func (c *counsel) town(t int) bool {
	p := c.placeAt(t)
	if p < 0 {
		return false
	}
	a, ok := c.g.Area(c.Places[p].Area)
	return ok && a.Kind != vedette.AreaCountry && a.Kind != vedette.AreaRegion
}

// clauseOf gives the token where what a semicolon parts from the rest begins.
func (c *counsel) clauseOf(t int) int {
	for least := max(0, t-phrase.FarBack); t > least && c.s.Tokens[t-1].Word != ";"; {
		t--
	}
	return t
}

// labels says whether a place opens a clause as its label, alone or with others:
// "Goma and Bukavu: leave".
func (c *counsel) labels(p tie) bool {
	if p.token > 0 && c.s.Tokens[p.token-1].Word != ";" {
		return false
	}
	for t := p.token; t < len(c.s.Tokens); {
		if i := c.placeAt(t); i >= 0 {
			if strings.HasPrefix(c.text[c.Places[i].Span[1]:], " - ") { // a hyphen is no token
				return true
			}
			t = max(t+1, c.s.At(c.Places[i].Span[1]))
			continue
		}
		switch c.s.Tokens[t].Word {
		case ":", "–", "—":
			return true
		case "and", "or", ",", "&":
			t++
		default:
			return false
		}
	}
	return false
}

// theTown says whether "the city" or its like stands at a token, and no "of" that
// names it behind.
func (c *counsel) theTown(t int) bool {
	ts := c.s.Tokens
	if t < 0 || t+1 >= len(ts) || ts[t].Word != "the" || t+2 < len(ts) && (ts[t+2].Word == "of" || ts[t+2].Word == "center" || ts[t+2].Word == "centre") {
		return false
	}
	w := ts[t+1].Word
	return w == "city" || w == "town" || w == "village" || w == "island"
}

// referred gives the targets of the sentence before when this one points back
// at a single country or city: "Those in the country should leave".
func (c *counsel) referred() []vedette.Place {
	if len(c.earlier) != 1 {
		return nil
	}
	area, ok := c.g.Area(c.earlier[0].Area)
	if !ok || area.Kind == vedette.AreaRegion {
		return nil
	}
	ts := c.s.Tokens
	for i := range ts {
		if ts[i].Word == "there" && (i == 0 || ts[i-1].Word != "if") || i > 0 && ts[i-1].Word == "the" && calls(area.Kind, ts[i].Word) {
			return c.earlier
		}
	}
	return nil
}

// calls says whether a word is one for an area of a kind: "the town".
func calls(kind vedette.AreaKind, w string) bool {
	switch w {
	case "town", "village":
		return kind == vedette.AreaCity
	case "province", "state", "governorate", "region", "department", "district":
		return kind == vedette.AreaDivision
	}
	return w == string(kind)
}

// pointsBack says whether "there" stands in the words of an action or of whom it
// is for: "protests in Tbilisi, and expect closures there".
func (c *counsel) pointsBack(told []phrase.Hit, i, end int) bool {
	from := 1
	if i > 0 {
		from = told[i-1].To
	}
	for t := from; t < end; t++ {
		if c.s.Tokens[t].Word == "there" && c.s.Tokens[t-1].Word != "if" && (t > told[i].From || c.inAudience(t)) {
			return true
		}
		if c.theTown(t-1) && (i > 0 || t > told[i].From) {
			return true // "travel to Beirut; if strikes reach the city, take shelter"
		}
	}
	return false
}
