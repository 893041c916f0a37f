package web

import (
	"html/template"
	"slices"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/web/messages"
)

// nightRisks is the highest risk of what is open, by area.
type nightRisks struct {
	order []vedette.AreaID
	risk  map[vedette.AreaID]vedette.Risk
}

func (n *nightRisks) add(id vedette.AreaID, r vedette.Risk) {
	if _, ok := n.risk[id]; !ok {
		n.order = append(n.order, id)
	}
	n.risk[id] = max(n.risk[id], r)
}

// nightRisks reads what is open: where people are concerned, and the areas affected. A
// region is wide: the map looks at where people are in it.
func (p *portal) nightRisks(n *desk.Night) *nightRisks {
	out := &nightRisks{risk: map[vedette.AreaID]vedette.Risk{}}
	for i := range n.Open {
		c := &n.Open[i].Update.Content
		for _, of := range n.Open[i].Countries {
			if _, ok := p.Gaz.Area(of.Area); ok {
				out.add(of.Area, c.Risk)
			}
		}
		for _, a := range c.Affected {
			if area, ok := p.Gaz.Area(a.Area); ok && area.Kind != vedette.AreaRegion {
				out.add(a.Area, c.Risk)
			}
		}
	}
	slices.Sort(out.order)
	return out
}

// nightMap draws the countries concerned, each by the highest risk of what is open there.
func (p *portal) nightMap(in *messages.Tongue, n *desk.Night) mapView {
	m := draw.Map{Title: in.Say(messages.Mark("Map: the countries concerned")), In: mapTongue(in), Width: mapWidth, Height: mapHeight}
	at := p.nightRisks(n)
	for i := range n.Open {
		m.Shapes = append(m.Shapes, shapesAt(n.Open[i].Update)...)
	}
	if len(at.order)+len(m.Shapes) == 0 {
		return mapView{}
	}
	for _, id := range at.order {
		m.Fills = append(m.Fills, draw.Fill{Area: id, Risk: at.risk[id]})
		m.Desc += sentence(in.Say("%s: %s", p.area(id, ""), riskSaid(at.risk[id]))) + " "
	}
	svg := p.maps.SVG(p.Gaz, m)
	v := mapView{SVG: template.HTML(svg)} // draw escapes what it is given
	for _, id := range patternID.FindAllSubmatch(svg, -1) {
		v.Steps = append(v.Steps, p.nightHatch(string(id[1]), string(id[2]), at, m.Shapes))
	}
	return v
}

// mostMapNames bounds the names that a hatch of the map is said to stand for.
const mostMapNames = 12

// nightHatch says what a hatch of the map stands for.
func (p *portal) nightHatch(pattern, level string, at *nightRisks, shapes []vedette.Shape) mapStep {
	var names []messages.Said
	risk := vedette.RiskUnknown
	for _, a := range at.order {
		if at.risk[a].String() == level {
			risk, names = at.risk[a], append(names, p.area(a, ""))
		}
	}
	for i := range shapes {
		if shapes[i].Risk.String() == level {
			risk, names = shapes[i].Risk, append(names, asItIs("“"+safe(shapes[i].Name)+"”"))
		}
	}
	words := messages.Of("%s: %s", riskSaid(risk), commas(names[:min(len(names), mostMapNames)]))
	if more := len(names) - mostMapNames; more > 0 {
		words = messages.Of("%s, and %d more", words, more)
	}
	return mapStep{Pattern: pattern, Level: level, Said: []messages.Said{words}}
}
