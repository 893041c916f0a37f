package gazetteer

import (
	"slices"

	"vedette"
	"vedette/gazetteer/shape"
	"vedette/gazetteer/tables"
)

// Dispute is land whose holder is a question, to be shown as such.
type Dispute struct {
	Name      string
	Counted   vedette.AreaID   // the country that At and Outline count it in, "" for none
	Claimants []vedette.AreaID // who claims or holds it
	Note      string           // why, in a sentence
	Outline   [][][]vedette.Point
}

// Disputes gives the disputed land that has an outline of its own. It is not
// all there is: tables/disputed.txt lists what is known and left as drawn.
func (g *Gazetteer) Disputes() []Dispute {
	lines, err := tables.Disputes()
	if err != nil {
		return nil // held by a test
	}
	var out []Dispute
	for _, l := range lines {
		if l.Name == "" || l.Areas != nil {
			continue
		}
		d := disputeOf(l)
		d.Outline = polygonsOf("!"+l.Name, false)
		out = append(out, d)
	}
	return out
}

// disputeOf is a line of the table, without an outline.
func disputeOf(l tables.Dispute) Dispute {
	d := Dispute{Name: l.Name, Counted: vedette.AreaID(l.Country), Note: l.Note}
	for _, c := range l.Claimants {
		d.Claimants = append(d.Claimants, vedette.AreaID(c))
	}
	return d
}

// DisputesOf gives the disputes about an area: those marked on it or on what
// holds it, those it lies in as a town, and of a country those it has a part in.
func (g *Gazetteer) DisputesOf(id vedette.AreaID) []Dispute {
	a, ok := g.area(id)
	lines, err := tables.Disputes()
	if !ok || err != nil {
		return nil
	}
	var out []Dispute
	for _, l := range lines {
		if l.Name == "" {
			continue
		}
		d := disputeOf(l)
		party := a.Kind == vedette.AreaCountry && slices.Contains(d.Claimants, id)
		marked := slices.ContainsFunc(l.Areas, func(m string) bool { return g.Contains(vedette.AreaID(m), id) })
		if party || marked {
			out = append(out, d)
		}
	}
	if a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport {
		out = append(out, g.DisputesAt(a.Center)...)
	}
	return out
}

// DisputesAt gives the disputed land with an outline of its own that holds the
// point.
func (g *Gazetteer) DisputesAt(p vedette.Point) []Dispute {
	var out []Dispute
	for _, d := range g.Disputes() {
		n := 0
		for _, polygon := range d.Outline {
			for _, ring := range polygon {
				n += shape.Crossings(ring, p)
			}
		}
		if n%2 == 1 {
			out = append(out, d)
		}
	}
	return out
}
