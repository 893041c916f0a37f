package counsel

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
	"vedette/parse/place"
)

// kinds gives the kinds of place that an avoid_places is about: those named
// between it and the next action, else what its targets are. "other" where
// neither says anything.
func (c *counsel) kinds(h phrase.Hit, end int, targets []vedette.Place) []string {
	out, any := c.kindsIn(h, end)
	switch {
	case len(out) > 0:
		return out
	case c.out.Near != nil && c.out.Near.What == "border":
		return []string{"border"}
	case c.airports(targets) || len(targets) == 0 && c.distance[1] > 0 && c.distance[0] >= h.From && c.distance[0] < end && c.airports([]vedette.Place{c.out.Near.Of}):
		return []string{"airport"}
	case c.isRoad(h.To):
		return []string{"route"}
	case any || len(targets) == 0:
		return []string{"other"}
	}
	return nil
}

// kindsIn gives the kinds of place named between an action and the next, and
// whether a word for any place stands there.
func (c *counsel) kindsIn(h phrase.Hit, end int) (out []string, any bool) {
	last := -1 // token after the kind before: "protest sites" is one
	for i := h.From; i < end; {
		hit := c.kindAt(i)
		if hit.To == i || c.off[i] || c.townAt(i) {
			i++
			continue
		}
		label, more, _ := strings.Cut(hit.Label, " ")
		if more == "air" && c.flown() {
			label = "airport"
		}
		if !slices.Contains(out, label) && label != "any" && (label != "other" || last != i) {
			out = append(out, label)
		}
		any = any || label == "any"
		i, last = hit.To, hit.To
	}
	return out, any
}

// kindAt gives the kind of place that a token opens, its end at the token
// itself where it opens none. All are sought once a sentence.
func (c *counsel) kindAt(i int) phrase.Hit {
	for n := len(c.kindsAt); n < len(c.s.Tokens); n++ {
		if n == 0 {
			c.kindsAt = slices.Grow(c.kindsAt, len(c.s.Tokens))
		}
		hit, _ := c.t.Placekinds.At(c.s.Tokens, n)
		c.kindsAt = append(c.kindsAt, hit)
	}
	return c.kindsAt[i]
}

// townAt says whether the name of a town or a country begins at a token: "Port
// Sudan" is no port.
func (c *counsel) townAt(t int) bool {
	p := c.placeAt(t)
	if p < 0 || c.s.Tokens[t].Word == "the" {
		return false
	}
	a, ok := c.g.Area(c.Places[p].Area)
	return ok && (a.Kind == vedette.AreaCity || a.Kind == vedette.AreaCountry) && c.s.At(c.Places[p].Span[1])-t > 1
}

func leadsToKind(w string) bool {
	switch w {
	case "to", "near", "on", "around", "along", "in", "within", "through", "at", "via":
		return true
	}
	return false
}

// toKind says whether a ladder phrase goes to a kind of place rather than to
// a place: "avoid all travel to hotspots of protest".
func (c *counsel) toKind(h phrase.Hit, end int) bool {
	ts := c.s.Tokens
	i := h.To
	for ; i < end && !leadsToKind(ts[i].Word); i++ {
		if i-h.To > 3 || c.off[i] {
			return false
		}
	}
	for j := i; j < end && j-i < 8; j++ {
		if c.off[j] || c.placeAt(j) >= 0 && !c.modifies(c.placeAt(j)) {
			return false
		}
		switch ts[j].Word {
		case ",", "on", "during", "until", "for", "by", "after", "before", "since", "when", "while", "in":
			if ts[j].Word == "," || j > i {
				return false
			}
		}
		if kind := c.kindAt(j); kind.To > j && kind.Label != "other" && kind.Label != "any" {
			return true
		}
	}
	return false
}

// isRoad says whether a road's letters and number stand at a token: "the RN22".
func (c *counsel) isRoad(t int) bool {
	if t < len(c.s.Tokens) && c.s.Tokens[t].Word == "the" {
		t++
	}
	if t >= len(c.s.Tokens) {
		return false
	}
	w := c.s.Tokens[t].Word
	return c.s.Tokens[t].Upper && strings.ContainsAny(w, "0123456789") && strings.ContainsAny(w, "abcdefghijklmnopqrstuvwxyz")
}

// airports says whether all places are airports.
func (c *counsel) airports(ps []vedette.Place) bool {
	return len(ps) > 0 && !slices.ContainsFunc(ps, func(p vedette.Place) bool { return !strings.HasPrefix(string(p.Area), "iata:") })
}

// flown says whether the advice names an airport.
func (c *counsel) flown() bool {
	return slices.ContainsFunc(c.Places, func(p place.Found) bool { return p.Form == gazetteer.FormAirport })
}
