package tables

import (
	"strconv"
	"strings"
)

// Dispute is a line of disputed.txt.
type Dispute struct {
	Part      bool       // a part of Source's outline, else an outline of its own
	Source    string     // name in Natural Earth, or a country's code for a part
	Areas     []string   // ids, of a line that only marks areas of the gazetteer
	Country   string     // the country it is counted in, "" for none
	Name      string     // "" where it is not drawn as disputed
	Claimants []string   // codes
	Note      string     // why
	Box       [4]float64 // west, south, east, north; for a part
}

// Disputes reads disputed.txt.
func Disputes() ([]Dispute, error) {
	return read("disputed.txt", func(l line) (d Dispute, err error) {
		cols, err := l.columns(6, 7)
		if err != nil {
			return d, err
		}
		d = Dispute{Part: cols[0] == "part", Source: cols[1], Country: cols[2], Name: cols[3],
			Claimants: strings.Fields(cols[4]), Note: cols[5]}
		if d.Country == "-" {
			d.Country = ""
		}
		switch cols[0] {
		case "part", "shape":
		case "mark":
			d.Areas, d.Source = strings.Fields(cols[1]), ""
		default:
			return d, l.errorf("begins with none of shape, part, mark")
		}
		if d.Part {
			edges := strings.Split(cols[6], ",")
			if len(edges) != 4 {
				return d, l.errorf("a part needs a box of four numbers")
			}
			for i, e := range edges {
				if d.Box[i], err = strconv.ParseFloat(e, 64); err != nil {
					return d, l.errorf("%q is no number", e)
				}
			}
		}
		return d, nil
	})
}
