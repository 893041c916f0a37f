package counsel

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// ifIn says whether the place at a token is where one must be for the
// condition to hold: "If in Maiduguri, stay indoors".
func (c *counsel) ifIn(t int) bool {
	from := c.clauseOf(t)
	if c.s.Tokens[from].Word != "if" {
		return false
	}
	for i := from + 1; i < t; i++ {
		switch c.s.Tokens[i].Word {
		case "you", "are", "is", "find", "yourself", "yourselves", "by", "road", "car", "anyone", "any", "your", "already", "currently", "located", "based", "traveling", "travelling", "staying", "still", "the", "and", "or", ",":
		case "in", "near", "at":
			return true
		default:
			if !c.t.Advised.Is(c.s.Tokens, i, "who") { // "if staff are in Sanaa"
				return false
			}
		}
	}
	return false
}

// placeBefore gives the last place before a token that a preposition ties, in a
// condition too: "in the event of strikes on Hodeidah, avoid the port there".
func (c *counsel) placeBefore(t int) []vedette.Place {
	for i := len(c.ties) - 1; i >= 0; i-- {
		if p := c.ties[i]; p.token < t && !p.modifies && !c.Places[p.place].Metonym {
			return []vedette.Place{c.target(p.place)}
		}
	}
	return nil
}

// terminal gives the airports named before a token, in a condition too, where the
// words from there on are of the terminal: "if flights at CUL are canceled, remain
// inside the terminal".
func (c *counsel) terminal(from, to int) (out []vedette.Place) {
	if !slices.ContainsFunc(c.s.Tokens[from:to], func(t phrase.Token) bool { return t.Word == "terminal" || t.Word == "airport" }) {
		return nil
	}
	for _, p := range c.ties {
		if p.token < from && c.Places[p.place].Form == gazetteer.FormAirport {
			out = append(out, c.target(p.place))
		}
	}
	return out
}

// capital gives the capital of the group's country where the words of an action
// tell of "the capital" without a name.
func (c *counsel) capital(from, to int) []vedette.Place {
	if len(c.Group) != 1 {
		return nil
	}
	ts := c.s.Tokens
	for i := max(from, 1); i < to; i++ {
		if ts[i].Word != "capital" || ts[i-1].Word != "the" || i+1 < len(ts) && (ts[i+1].Word == "of" || ts[i+1].Word == "region" || ts[i+1].Word == "'s" || ts[i+1].Upper) || i > 1 && ts[i-2].Word == "outside" {
			continue
		}
		if country, ok := c.g.Area(c.Group[0].Area); ok && country.Capital != "" {
			return []vedette.Place{{Area: country.Capital}}
		}
	}
	return nil
}

// where gives the places of the group in which a condition of the sentence would
// come true: "should protests form in Karachi, keep a low profile". What spreads from
// there comes to others.
func (c *counsel) where() (out []vedette.Place) {
	if slices.ContainsFunc(c.s.Tokens, func(t phrase.Token) bool { return spreads(t.Word) }) {
		return nil
	}
	for _, p := range c.ties {
		if c.off[p.token] && !p.modifies && c.Places[p.place].Form != gazetteer.FormAirport && c.isAt(p) && c.inGroup(c.Places[p.place].Area) && c.inCondition(p.token) {
			out = append(out, c.target(p.place))
		}
	}
	return out
}

func spreads(w string) bool {
	return strings.HasPrefix(w, "spread") || strings.HasPrefix(w, "reach") || strings.HasPrefix(w, "extend") || strings.HasPrefix(w, "advanc") || w == "beyond"
}

// inCondition says whether the words taken out of the sentence about a token open
// with those of a condition.
func (c *counsel) inCondition(t int) bool {
	for t > 0 && c.off[t-1] {
		t--
	}
	return c.t.Conditions.Is(c.s.Tokens, t, "any") || c.t.Conditions.Is(c.s.Tokens, t, "lead")
}
