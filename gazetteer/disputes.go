package gazetteer

import (
	"vedette"
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
		if l.Name == "" {
			continue
		}
		d := Dispute{Name: l.Name, Counted: vedette.AreaID(l.Country), Note: l.Note, Outline: polygonsOf("!"+l.Name, false)}
		for _, c := range l.Claimants {
			d.Claimants = append(d.Claimants, vedette.AreaID(c))
		}
		out = append(out, d)
	}
	return out
}
