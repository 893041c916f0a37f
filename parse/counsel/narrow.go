package counsel

import (
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// narrow takes exceptions ("except Y") and a distance ("within 10 km of the
// border with Z").
func (c *counsel) narrow() {
	ts := c.s.Tokens
	for i := 0; i < len(ts); i++ {
		if c.off[i] {
			continue
		}
		if n := Excepts(ts, i); n > 0 {
			i = c.except(i, i+n)
		} else if c.outside(i) {
			i = c.except(i, i+1)
		} else if n := closes(ts, i); n > 0 && i > 1 {
			c.excepted(i, n)
		} else if ts[i].Word == "within" {
			i = c.near(i)
		} else if ts[i].Word == "least" && i > 0 && ts[i-1].Word == "at" { // "keep at least 5 km from the border"
			i = c.clear(i)
		}
	}
}

// Excepts gives how many words, of those at a token, begin an exception: "except
// for", "with the exception of"; 0 for none.
func Excepts(ts []phrase.Token, i int) int {
	two := func(a string) bool { return i+1 < len(ts) && ts[i+1].Word == a }
	switch w := ts[i].Word; {
	case (w == "except" || w == "excluding" || w == "barring") && two("for"):
		return 2
	case w == "save" && two("for"), w == "but" && two("not"):
		return 2
	case w == "except" || w == "excluding" || w == "barring":
		return 1
	case w == "bar" && two("the"), w == "but" && i > 0 && (ts[i-1].Word == "anywhere" || ts[i-1].Word == "everywhere"):
		return 1
	case w == "outside" && two("of") && i > 1:
		return 2
	case w == "apart" && two("from"), w == "other" && two("than"):
		return 2
	case w == "with" && two("the") && i+3 < len(ts) && ts[i+2].Word == "exception":
		return 4
	}
	return 0
}

// closes gives how many words, of those at a token, end an exception that stands
// before them: ", Kinmen excepted", "with Bunia the only exception"; 0 for none.
func closes(ts []phrase.Token, i int) int {
	switch ts[i].Word {
	case "excepted", "excluded", "aside":
		return 1
	case "exempt", "exempted": // "; the city of Arauca is exempt"
		if w := ts[max(0, i-1)].Word; w == "is" || w == "are" {
			return 1
		}
	case "as", "being":
		if i+1 < len(ts) && ts[i+1].Word == "the" && closes(ts, i+1) > 0 {
			return 4
		}
	case "the":
		if i+2 < len(ts) && (ts[i+1].Word == "only" || ts[i+1].Word == "sole") && strings.HasPrefix(ts[i+2].Word, "exception") {
			return 3
		}
	}
	return 0
}

// excepted takes the exception that stands before the words that close it, n of
// them: places and nothing else behind a comma or "with".
func (c *counsel) excepted(at, n int) {
	ts := c.s.Tokens
	from, found := at, []int(nil)
	for from > 0 && at-from < 16 && ts[from-1].Word != "," && ts[from-1].Word != ";" && ts[from-1].Word != "(" && ts[from-1].Word != "with" {
		from--
	}
	if from == 0 || at-from >= 16 {
		return
	}
	for t := from; t < at; t++ {
		p := c.placeAt(t)
		switch {
		case p >= 0:
			found = append(found, p)
			t = max(t, c.s.At(c.Places[p].Span[1])-1)
		case ts[t].Word == "and" || ts[t].Word == "or" || ts[t].Word == "the" || ts[t].Word == "of" || ts[t].Word == "is" || ts[t].Word == "are" || c.t.Shapes.Is(ts, t, "sort"):
		default:
			return
		}
	}
	for _, p := range found {
		c.out.Except = append(c.out.Except, c.target(p))
	}
	if len(found) > 0 {
		c.hide(from, at+n)
	}
}

// outside says whether "outside" at a token leaves out the place after it: those
// are told not to travel who would leave Bogotá, not those who are there. What
// stands outside an airport is at it.
func (c *counsel) outside(i int) bool {
	if c.s.Tokens[i].Word != "outside" {
		return false
	}
	p := c.placeAt(i + 1)
	if p < 0 || c.Places[p].Form == gazetteer.FormAirport || c.modifies(p) {
		return false
	}
	for n := len(c.hits) - 1; n >= 0; n-- {
		if h := c.hits[n]; h.From < i && h.Label != "reason" && h.Label != "plain" {
			return vedette.Action(strings.TrimPrefix(h.Label, "passive ")).Restricts()
		}
	}
	return false
}

func (c *counsel) except(from, at int) int {
	end := at
	subject := c.beforeVerb(from)
	for end < len(c.s.Tokens) && !c.s.Tokens[end].Ends() && !c.off[end] && !c.exceptEnds(end) && !(from == 0 && c.phraseCloses(end)) && !(subject && (c.verbAt(end) || c.tellsAt(end) && c.s.Tokens[end-1].Word != "to")) {
		end++
	}
	for i := c.firstPlace(); i < len(c.Places) && c.Places[i].Span[0] < c.s.End; i++ {
		if t := c.tokenOf(i); t >= at && t < end && (t == at || !c.passing(t)) {
			c.out.Except = append(c.out.Except, c.target(i))
		}
	}
	c.hide(from, end)
	return end - 1
}

// beforeVerb says whether an exception at a token is of whom a verb after it is
// for: "staff in Goma but not in Bukavu should check in".
func (c *counsel) beforeVerb(from int) bool {
	return from > 0 && (len(c.hits) == 0 || c.hits[0].From > from)
}

// verbAt says whether "should" or its like stands at a token and tells those
// named before it, not only "those who must stay".
func (c *counsel) verbAt(i int) bool {
	return c.t.Advised.Is(c.s.Tokens, i, "to") && i > 0 && !relative(c.s.Tokens[i-1].Word)
}

// phraseCloses says whether the comma at a token closes the phrase that a
// sentence opens with, rather than part a list.
func (c *counsel) phraseCloses(i int) bool {
	ts := c.s.Tokens
	return ts[i].Word == "," && i+1 < len(ts) && !c.lists(i+1) && ts[i+1].Word != "and" && ts[i+1].Word != "or"
}

// exceptEnds says whether an exception ends at a token: at a comma or "and"
// after which someone is told something, or at the relative clause that tells
// it of what is excepted.
func (c *counsel) exceptEnds(i int) bool {
	ts := c.s.Tokens
	if ts[i].Word == ")" {
		return true
	}
	if i+1 >= len(ts) {
		return false
	}
	if ts[i].Word == "and" && ts[i+1].Word == "to" {
		return true
	}
	return ts[i].Word == "," && (c.tells(i+1) || ts[i+1].Word == "where" || ts[i+1].Word == "which" || i+2 < len(ts) && ts[i+2].Word == "which") || ts[i].Word == "and" && c.tells(i+1)
}

// passing says whether the place at a token is only where one comes from.
func (c *counsel) passing(t int) bool {
	w := c.s.Tokens[max(0, t-1)].Word
	if t > 1 && strings.HasPrefix(c.s.Tokens[t-2].Word, "transit") { // "except for transits through GYE"
		return false
	}
	return w == "from" || w == "via" || w == "through"
}

// clear reads "at least 5 km from the border of X", the distance to keep.
func (c *counsel) clear(i int) int {
	_, at := distance(c.s.Tokens, i+1)
	for n := at; at > 0 && n < at+4 && n < len(c.s.Tokens); n++ {
		switch c.s.Tokens[n].Word {
		case "from", "off":
			return c.near(i)
		}
	}
	return i
}

// near reads the distance after "within" at token i and the place it is
// counted from; it gives the last token taken. A border, coast or crater without
// a name is the group's, where that is one area.
func (c *counsel) near(i int) int {
	ts := c.s.Tokens
	km, at := distance(ts, i+1)
	if at == 0 {
		return i
	}
	near := &vedette.Near{KM: km}
	for j := at; j < len(ts) && j < at+10 && !ts[j].Ends() && ts[j].Word != "," && !c.verbAt(j); j++ {
		if what := line(ts[j].Word); what != "" {
			near.What = what
		}
		p := c.placeAt(j)
		if p < 0 {
			continue
		}
		if c.distance[1] > 0 && near.What != "border" { // a second distance: its place is one more
			c.reached = append(c.reached, c.target(p))
			return max(j, c.s.At(c.Places[p].Span[1])-1)
		}
		near.Of, c.out.Near = c.target(p), near
		end := max(j+1, c.s.At(c.Places[p].Span[1]))
		for ; end < len(ts) && end < j+6 && line(ts[end].Word) != ""; end++ { // "the Gaza border"
			near.What = line(ts[end].Word)
		}
		for last := p; last+1 < len(c.Places) && near.What != "border" && c.listed(last+1) && c.tokenOf(last+1) >= end; last++ { // "of Goma and Bukavu"
			c.reached = append(c.reached, c.target(last+1))
			end = max(c.tokenOf(last+1)+1, c.s.At(c.Places[last+1].Span[1]))
		}
		c.hide(i, end)
		c.distance = [2]int{i, end}
		return end - 1
	}
	if near.What == "" {
		return i
	}
	if len(c.Group) == 1 {
		near.Of = vedette.Place{Area: c.Group[0].Area}
	}
	c.out.Near = near
	return i
}

// around gives the place that a distance in the words of an action, or before
// the first, is counted from, a city or a part of the group, and those listed with
// it: it is what the action is about. A distance from a border narrows another
// area; one that tells where to go is none.
func (c *counsel) around(told []phrase.Hit, i, end int, action vedette.Action) []vedette.Place {
	at := c.distance[0]
	if c.distance[1] == 0 || c.out.Near.What == "border" || at >= end {
		return nil
	}
	if i > 0 && c.newSubject(told[i-1].To, told[i].From+1) <= told[i].From {
		return nil // others are told: "evacuate, and those in Bauchi should shelter"
	}
	h := told[i]
	switch first := i == 0 || at < told[0].From; {
	case at < h.From && !first && (at < told[i-1].To || !c.parted(told[i-1].To, at)):
		return nil // of an action before
	case at >= h.From && i+1 < len(told) && c.parted(h.To, at):
		return nil // "avoid travel; within 5 km of Goma, stay indoors"
	case at >= h.From && (action == vedette.Relocate || action == vedette.Evacuate || action == vedette.Leave) && c.led(at):
		return nil
	}
	of := c.out.Near.Of
	if area, ok := c.g.Area(of.Area); ok && (area.Kind == vedette.AreaCity || area.Kind == vedette.AreaAirport || area.Kind == vedette.AreaDivision && c.out.Near.What == "") || c.inGroup(of.Area) {
		return append([]vedette.Place{of}, c.reached...)
	}
	return nil
}

// led says whether "to" and what one goes to stand before a token: "to premises
// within 10 km of Entebbe".
func (c *counsel) led(at int) bool {
	for i := at - 1; i >= 0 && at-i < 6 && c.s.Tokens[i].IsWord(); i-- {
		if c.s.Tokens[i].Word == "to" {
			return true
		}
	}
	return false
}

// inGroup says whether an area is a part of what the advice's group is for.
func (c *counsel) inGroup(area vedette.AreaID) bool {
	return slices.ContainsFunc(c.Group, func(p vedette.Place) bool { return p.Area != area && c.g.Contains(p.Area, area) })
}

// line says what a distance is counted from: a border, a coast, a crater.
func line(w string) string {
	switch w {
	case "border", "coast":
		return w
	case "borders", "frontier", "boundary":
		return "border"
	case "shore", "coastline", "shoreline":
		return "coast"
	case "crater", "summit", "volcano", "epicenter", "epicentre", "plant", "perimeter", "frontline", "fireline":
		return w
	case "front":
		return "frontline"
	}
	return ""
}

// distance reads "10 km" or "6 miles" in kilometres, and gives the token
// after it, 0 when there is no distance.
func distance(ts []phrase.Token, i int) (km float64, after int) {
	if i+1 >= len(ts) {
		return 0, 0
	}
	digits := strings.TrimRight(strings.ReplaceAll(ts[i].Word, ",", ""), "kmiles")
	unit := strings.ReplaceAll(ts[i].Word, ",", "")[len(digits):]
	after = i + 1
	if unit == "" {
		unit, after = ts[i+1].Word, i+2
	}
	km, err := strconv.ParseFloat(digits, 64)
	if err != nil || km <= 0 || km > 10_000 {
		return 0, 0
	}
	switch {
	case unit == "km" || unit == "kms" || strings.HasPrefix(unit, "kilomet"):
		return km, after
	case unit == "miles" || unit == "mile" || unit == "mi":
		return km * 1.609344, after
	case unit == "nautical" && after < len(ts):
		return km * 1.852, after + 1
	}
	return 0, 0
}
