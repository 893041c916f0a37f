package counsel

import (
	"slices"
	"sort"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
	"vedette/parse/place"
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
		if beyond = c.acrossBorder(p.token) || beyond && p.listed; beyond || c.delimits(p.token) || p.remarked {
			continue
		}
		tied = (p.governed || object == p.place || tied && p.listed || c.afterUnknown(p.token)) && !p.modifies && !c.Places[p.place].Metonym && !c.destination(action, p.token)
		from := c.s.Tokens[max(0, p.token-1)].Word == "from"
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
	if p := c.placeAt(h.To); p >= 0 || h.To-h.From < 3 {
		return p
	}
	return c.placeAt(h.From + 1)
}

// afterUnknown says whether the place at a token follows, in a list, a name
// that is no known place: "travel to Ruritania and Basra".
func (c *counsel) afterUnknown(t int) bool {
	ts := c.s.Tokens
	if t < 2 || ts[t-1].Word != "and" && ts[t-1].Word != "or" && ts[t-1].Word != "," {
		return false
	}
	for t -= 2; t > 0 && ts[t].Upper && ts[t].IsWord() && ts[t].Word[0] > '9' && !c.covered(ts[t].Start); t-- {
		if !ts[t-1].Upper {
			return c.leadsToPlace(t)
		}
	}
	return false
}

// tie is how a place of the sentence stands in it.
type tie struct {
	place, token                         int
	governed, listed, modifies, remarked bool
}

// tieUp looks once at each place of the sentence: its actions all ask.
func (c *counsel) tieUp() {
	c.ties = c.ties[:0]
	comma, seen := -1, 0 // the last comma, and up to where it was looked for
	for i := c.firstPlace(); i < len(c.Places) && c.Places[i].Span[0] < c.s.End; i++ {
		t := c.tokenOf(i)
		if t < 0 {
			continue
		}
		for ; seen < t; seen++ {
			if w := c.s.Tokens[seen].Word; w == "," || w == ";" {
				comma = seen
			}
		}
		c.ties = append(c.ties, tie{i, t, c.governed(t), c.listed(i), c.modifies(i), c.remark(comma, t)})
	}
}

// delimits says whether the place at a token only bounds another: "Saskatchewan
// north of Prince Albert". "The north of Iraq" is a place.
func (c *counsel) delimits(t int) bool {
	ts := c.s.Tokens
	if t < 3 || ts[t-1].Word != "of" || ts[t-3].Word == "the" {
		return false
	}
	switch ts[t-2].Word {
	case "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest":
		return true
	}
	return false
}

// acrossBorder says whether the place at a token only tells what is beyond a
// border: "border crossings with Serbia".
func (c *counsel) acrossBorder(t int) bool {
	ts := c.s.Tokens
	if t < 2 || ts[t-1].Word != "with" {
		return false
	}
	for i := t - 2; i >= 0 && t-i < 5; i-- {
		if c.kindAt(i).Label == "border" {
			return true
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
func (c *counsel) destination(action vedette.Action, t int) bool {
	w := c.s.Tokens[max(0, t-1)].Word
	if (w == "toward" || w == "towards") && !action.Restricts() && action != vedette.AvoidPlaces {
		return true // "overland options toward Tunisia"
	}
	if w == "to" && t > 1 && (strings.HasPrefix(c.s.Tokens[t-2].Word, "diver") || strings.HasPrefix(c.s.Tokens[t-2].Word, "detour")) {
		return true // "expect diversions to Palermo"
	}
	if w == "from" && action == vedette.Leave && c.carried(t-1) {
		return true // "leave on a flight from Beirut"
	}
	if w == "via" {
		return action != vedette.AvoidPlaces && !action.Restricts() && action != vedette.SuspendOperations
	}
	if action != vedette.Relocate && action != vedette.Evacuate && action != vedette.Leave {
		return false
	}
	return w == "to" || w == "through" || w == "for" || w == "toward" || w == "towards" || w == "via"
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
	} else if home := c.elsewhere(i); home != "" {
		c.find(vedette.FindAmbiguousPlace, "the advice is for %q, read as the one in %s, of which the report says nothing else; is that the one meant?", p.Text, c.g.Name(home))
	}
	return p.Place
}

// farKM is how far from all that a report is about a place is doubted: no port
// of call of one sea and no town across a border is as far.
const farKM = 3000

// elsewhere gives the country of a city or division that neither the report, the
// group nor another place of the advice has to do with, and that lies far from
// all of them: the one meant may be a namesake that is not known. "" where there
// is no such doubt.
func (c *counsel) elsewhere(i int) vedette.AreaID {
	a, ok := c.g.Area(c.Places[i].Area)
	if !ok || a.Kind != vedette.AreaCity && a.Kind != vedette.AreaDivision || len(c.Group)+len(c.finder.Context) == 0 {
		return ""
	}
	concerns := func(id vedette.AreaID) bool {
		if id == "" || id == a.ID {
			return false
		}
		o, ok := c.g.Area(id)
		return ok && (id == a.Country || o.Country == a.Country || c.g.Contains(id, a.Country) || gazetteer.Distance(o.Center, a.Center) < farKM)
	}
	about := slices.ContainsFunc(c.finder.Context, concerns) || slices.ContainsFunc(c.Group, func(p vedette.Place) bool { return concerns(p.Area) }) ||
		slices.ContainsFunc(c.Places, func(p place.Found) bool { return concerns(p.Area) })
	if about {
		return ""
	}
	return a.Country
}

// front gives the places a sentence opens with before its first action: "In
// the south of Lebanon, shelter in place".
func (c *counsel) front(told []phrase.Hit) []vedette.Place {
	if len(told) == 0 {
		return nil
	}
	var out, whose []vedette.Place
	nation := false
	for _, p := range c.ties {
		if p.token >= told[0].From || p.remarked || c.off[p.token] && !c.ifIn(p.token) || c.Places[p.place].Metonym || p.modifies || !p.governed && !p.listed {
			continue
		}
		if c.inAudience(p.token) {
			if w := c.s.Tokens[max(0, p.token-1)].Word; w == "outside" || w == "reach" && c.Places[p.place].Form != gazetteer.FormAirport || c.delimits(p.token) {
				continue
			}
			if form := c.Places[p.place].Form; form == gazetteer.FormAdjective || form == gazetteer.FormCode || c.heading(p.token) {
				continue
			}
			if nation = c.nationality(p.token) || nation && p.listed; nation {
				continue
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
	if ts[t].Word != "of" {
		return false
	}
	switch ts[t-1].Word {
	case "nationals", "national", "citizens", "citizen", "holders", "subjects":
		return true
	}
	return false
}

// ifIn says whether the place at a token is where one must be for the
// condition to hold: "If in Maiduguri, stay indoors".
func (c *counsel) ifIn(t int) bool {
	if c.s.Tokens[0].Word != "if" {
		return false
	}
	for i := 1; i < t; i++ {
		switch c.s.Tokens[i].Word {
		case "you", "are", "already", "currently", "located", "based", "traveling", "travelling", "staying", "still", "the", "and", "or", ",":
		case "in", "near", "at":
			return true
		default:
			return false
		}
	}
	return false
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

// inherited gives the areas of the group, without words of their own.
func (c *counsel) inherited() []vedette.Place {
	out := make([]vedette.Place, 0, len(c.Group))
	for _, p := range c.Group {
		out = append(out, vedette.Place{Area: p.Area})
	}
	return out
}

// firstPlace gives the first place that does not stand before the sentence.
func (c *counsel) firstPlace() int {
	return sort.Search(len(c.Places), func(i int) bool { return c.Places[i].Span[0] >= c.s.Start })
}

// tokenOf gives the token of the sentence where a place begins, -1 when it
// stands in another one.
func (c *counsel) tokenOf(i int) int {
	span := c.Places[i].Span
	if span[0] < c.s.Start || span[1] > c.s.End {
		return -1
	}
	if t := c.s.At(span[0]); t < len(c.s.Tokens) && c.s.Tokens[t].Start < span[1] {
		return t
	}
	return -1
}

// placeAt gives the place that begins at a token, an article before it or
// not; -1 for none.
func (c *counsel) placeAt(t int) int {
	ts := c.s.Tokens
	if t < len(ts) && ts[t].Word == "the" {
		t++
	}
	if t >= len(ts) {
		return -1
	}
	i := sort.Search(len(c.Places), func(i int) bool { return c.Places[i].Span[0] >= ts[t].Start })
	if i == len(c.Places) || c.Places[i].Span[0] != ts[t].Start {
		return -1
	}
	return i
}

// governed says whether a preposition ties the place at a token, articles and
// adjectives between: "in the north of Iraq", "across the wider MENA region".
func (c *counsel) governed(t int) bool {
	for n := 0; n < 5 && t > 0; n++ {
		t--
		switch c.s.Tokens[t].Word {
		case "to", "in", "within", "across", "throughout", "from", "near", "around", "at", "off", "into", "of", "via", "through", "including", "especially",
			"particularly", "involving", "transiting", "reach", "reaching", "entering", "crossing", "visiting", "using", "notably", "above", "inside", "along", "toward", "towards", "on", "over", "with", "between", "for", "outside":
			return true
		case "the", "all", "parts", "both", "northern", "southern", "eastern", "western", "central", "northeast", "northwest", "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "wider", "greater", "entire", "whole", "mainland", "most", "any",
			"port", "city", "north", "south", "east", "west", "upper", "lower", "state", "province", "either", "other", "areas":
		case ",": // "Karrada, Baghdad"
			if t < 1 || !c.s.Tokens[t-1].Upper || c.covered(c.s.Tokens[t-1].Start) || n > 0 {
				return false
			}
		case "/":
			n--
		default:
			if c.t.Shapes.Is(c.s.Tokens, t, "sorts") { // "in counties Mayo and Clare"
				continue
			}
			if c.s.Tokens[t].Upper && c.s.Tokens[t+1].Start-c.s.Tokens[t].End <= 1 && t > 0 && c.s.Tokens[t-1].Word != "." {
				continue // part of a name: "Arabian/Persian Gulf"
			}
			return false
		}
	}
	return false
}

// listed says whether a place follows the one before it in a list: "Iraq,
// Syria, and Lebanon".
func (c *counsel) listed(i int) bool {
	if i == 0 || c.g.Contains(c.Places[i].Area, c.Places[i-1].Area) { // "Lebanon, Pennsylvania"
		return false
	}
	between := phrase.Tokens(c.text[min(c.Places[i-1].Span[1], c.Places[i].Span[0]):c.Places[i].Span[0]])
	for n := 0; n < len(between); n++ {
		t := between[n]
		if n+2 < len(between) && t.Word == "," && between[n+1].Word == "which" && states(between[n+2].Word) { // "Goma, which is under siege, and Bukavu"
			for n++; n < len(between) && between[n].Word != ","; n++ {
			}
			continue
		}
		if c.t.Shapes.Is(between, n, "sorts") || c.t.Shapes.Is(between, n, "sort") {
			continue // "the Amhara and Oromia regions and the Afar region"
		}
		switch t.Word {
		case ",", "and", "or", "the", "&", "/", "–", "as", "well", "both", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "parts", "of":
		default:
			return false
		}
	}
	return true
}

// modifies says whether a place only tells whose thing is meant: "US military
// installations", "Iranian officials".
func (c *counsel) modifies(i int) bool {
	p := c.Places[i]
	next := c.s.At(p.Span[1])
	if next >= len(c.s.Tokens) {
		return false
	}
	w := c.s.Tokens[next].Word
	if p.Form == gazetteer.FormAdjective {
		switch w {
		case "territory", "territories", "waters", "coast", "coastline", "airspace", "soil", "cities", "ports", "provinces", "islands", "capital":
			return false
		}
		return true
	}
	if w == "'s" && next+1 < len(c.s.Tokens) { // "instructions of Taiwan's Coast Guard"
		next++
	}
	hit, ok := c.t.Placekinds.At(c.s.Tokens, next)
	if ok {
		switch hit.Label {
		case "military", "government", "law_enforcement", "embassy", "worship":
			return true
		}
	}
	switch w {
	case "personnel", "citizens", "nationals", "forces", "interests", "troops", "assets", "linked", "affiliated", "owned", "based", "companies", "businesses", "entities", "backed", "flagged":
		return true
	}
	return false
}

// unknown gives the capitalised words after "to" or "in", or in a list, that
// are no known place, each with a finding that blocks.
func (c *counsel) unknown(h phrase.Hit, end int) []vedette.Place {
	var out []vedette.Place
	ts := c.s.Tokens
	for i := h.To; i < end; i++ {
		if !ts[i].Upper || c.off[i] || c.covered(ts[i].Start) || i == 0 || !c.leadsToPlace(i) {
			continue
		}
		if _, ok := c.t.Placekinds.At(ts, i); ok || c.calendar.PartOfDate(ts, i) || c.dayName(i) || ts[i].Word[0] <= '9' {
			continue
		}
		j := i + 1
		for j < end && ts[j].Upper && !c.covered(ts[j].Start) {
			j++
		}
		p := vedette.Place{Text: phrase.Of(c.text, ts, i, j), Span: vedette.Span{ts[i].Start, ts[j-1].End}}
		c.find(vedette.FindUnknownPlace, "the advice is for %q, which is no place that is known", p.Text)
		out = append(out, p)
		i = j - 1
	}
	return out
}

// dayName says whether a weekday stands at a token.
func (c *counsel) dayName(i int) bool {
	h, ok := c.t.Months.At(c.s.Tokens, i)
	return ok && strings.HasPrefix(h.Label, "day ")
}

func (c *counsel) leadsToPlace(i int) bool {
	ts := c.s.Tokens
	i--
	if i > 0 && ts[i].Word == "the" {
		i--
	}
	switch ts[i].Word {
	case "to", "in", "including", "across", "leave", "depart":
		return true
	case "of": // "the districts of Bajaur and Khyber"
		return c.t.Shapes.Is(ts, i-1, "sort") || c.t.Shapes.Is(ts, i-1, "sorts")
	case "and", "or", ",":
		return i > 0 && ts[i-1].Upper || i > 1 && ts[i-1].Word == "," && ts[i-2].Upper
	}
	return false
}

func (c *counsel) covered(at int) bool {
	i := sort.Search(len(c.Places), func(i int) bool { return c.Places[i].Span[1] > at })
	return i < len(c.Places) && c.Places[i].Span[0] <= at
}

func (c *counsel) inAudience(t int) bool { return t >= c.audience[0] && t < c.audience[1] }
