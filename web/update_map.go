package web

import (
	"cmp"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"

	"vedette"
	"vedette/draw"
	"vedette/web/messages"
)

// The size a map is drawn at, in pixels: near the size it is shown at, so
// that its words can be read.
const mapWidth, mapHeight = 480, 400

// mapView is a map and what its hatches mean.
type mapView struct {
	SVG   template.HTML
	Width int // that it is drawn at
	Steps []mapStep
}

// mapStep is one hatch of a map in words.
type mapStep struct {
	Level   string
	Pattern string          // id of the hatch in the map
	Said    []messages.Said // "avoid all travel: Iran, Iraq"
}

// updateMap draws an update's map for its page.
func (p *portal) updateMap(in *messages.Tongue, u *vedette.Update) mapView {
	title := in.Say(messages.Mark("Map: affected area"))
	if a := p.affected(&u.Content); a.English != "" {
		title = in.Say(messages.Mark("Map: %s"), a)
	}
	return p.mapUnder(in, u, title, p.mapWords(in, u))
}

// mapUnder is its map under a title and in words.
func (p *portal) mapUnder(in *messages.Tongue, u *vedette.Update, title, desc string) mapView {
	m, stand, ok := p.mapOf(in, u, title, desc)
	if !ok {
		return mapView{}
	}
	svg := p.maps.SVG(p.Gaz, m)
	return mapView{Width: mapWidth, SVG: template.HTML(svg), Steps: p.mapSteps(u, stand, svg)} // draw escapes what it is given
}

// mapOf has the affected area lightly and, country by country, the posture; false where
// there is nothing to show.
func (p *portal) mapOf(in *messages.Tongue, u *vedette.Update, title, desc string) (draw.Map, map[vedette.AreaID]standing, bool) {
	c := &u.Content
	m := draw.Map{Title: title, Desc: desc, Width: mapWidth, Height: mapHeight, In: mapTongue(in)}
	stand := p.standing(c)
	for _, a := range c.Affected {
		if area, ok := p.Gaz.Area(a.Area); ok {
			// A region is wide: the map looks at where there is advice in it.
			m.Fills = append(m.Fills, draw.Fill{Area: a.Area, Aside: area.Kind == vedette.AreaRegion})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(stand)) {
		m.Fills = append(m.Fills, draw.Fill{Area: id, Risk: postureRisk(stand[id].action)})
	}
	m.Shapes = shapesAt(u)
	return m, stand, len(m.Fills)+len(m.Shapes) > 0
}

// patternID is how draw names its hatches.
var patternID = regexp.MustCompile(`<pattern id="(m[0-9a-f]+-([a-z]+))"`)

// mapSteps says the hatches that a map has, strongest first.
func (p *portal) mapSteps(u *vedette.Update, stand map[vedette.AreaID]standing, svg []byte) []mapStep {
	var out []mapStep
	for _, id := range patternID.FindAllSubmatch(svg, -1) {
		s := mapStep{Pattern: string(id[1]), Level: string(id[2])}
		s.Said = p.hatchSaid(u, s.Level)
		if s.Level == vedette.RiskUnknown.String() && !slices.ContainsFunc(u.Shapes, func(sh vedette.Shape) bool { return cmp.Or(sh.Risk, u.Content.Risk) == vedette.RiskUnknown }) && !p.merelyAffected(&u.Content, stand) {
			continue
		}
		if len(s.Said) == 0 {
			s.Said = []messages.Said{messages.Of("affected, no travel advice")}
		}
		out = append(out, s)
	}
	return out
}

// hatchSaid says what a level's hatch stands for: what is drawn, and the travel advice.
func (p *portal) hatchSaid(u *vedette.Update, level string) (parts []messages.Said) {
	shapes := shapesAt(u)
	for i := range shapes {
		if shapes[i].Risk.String() == level {
			parts = append(parts, riskIn(shapes[i].Risk, safe(shapes[i].Name)))
		}
	}
	for _, l := range p.glance(&u.Content) {
		if l.Level == level && l.action.Posture() > 1 && !l.awaited {
			parts = append(parts, l.whole())
		}
	}
	return parts
}

// shapesAt gives what an update draws, with the risk there.
func shapesAt(u *vedette.Update) []vedette.Shape {
	out := slices.Clone(u.Shapes)
	for i := range out {
		out[i].Risk, out[i].Name = cmp.Or(out[i].Risk, u.Content.Risk), safe(out[i].Name)
	}
	return out
}

// riskSaid is a risk in words, to be followed by a place.
func riskSaid(r vedette.Risk) messages.Said {
	if r == vedette.RiskUnknown {
		return messages.Of("risk not given")
	}
	return messages.Of("%s risk", messages.Said{English: r.String()})
}

// riskIn is the risk in what is drawn.
func riskIn(r vedette.Risk, name string) messages.Said {
	if r == vedette.RiskUnknown {
		return messages.Of("risk not given in “%s”", name)
	}
	return messages.Of("%s risk in “%s”", messages.Said{English: r.String()}, name)
}

// whole is a posture with where it stands.
func (l *postureLine) whole() messages.Said {
	words := messages.Said{English: l.Words}
	if len(l.Areas) == 0 {
		return words
	}
	return messages.Of("%s: %s", words, commas(l.Areas))
}

// merelyAffected says whether some affected area has no posture.
func (p *portal) merelyAffected(c *vedette.Content, stand map[vedette.AreaID]standing) bool {
	return slices.ContainsFunc(c.Affected, func(a vedette.Place) bool {
		return slices.ContainsFunc(p.parts(a.Area), func(id vedette.AreaID) bool {
			_, ok := stand[id]
			return !ok
		})
	})
}

// standing is the posture that stands for an area, and how narrow the target
// was that set it.
type standing struct {
	action vedette.Action
	wide   int // areas the target spreads over
}

// standing gives the posture of each country or place named: the narrowest
// target decides, then the stronger step.
func (p *portal) standing(c *vedette.Content) map[vedette.AreaID]standing {
	out := map[vedette.AreaID]standing{}
	for i := range c.Recommendations {
		g := &c.Recommendations[i]
		for j := range g.Advice {
			for k := range g.Advice[j].Actions {
				act := &g.Advice[j].Actions[k]
				if act.Action.Posture() == 0 || g.Advice[j].Awaits(act.Action) || g.Advice[j].Near != nil {
					continue
				}
				for _, id := range act.Areas(g.Area) {
					p.stand(out, id, act.Action, g.Advice[j].Except)
				}
			}
		}
	}
	return out
}

func (p *portal) stand(out map[vedette.AreaID]standing, target vedette.AreaID, a vedette.Action, except []vedette.Place) {
	parts := p.parts(target)
	for _, id := range parts {
		if slices.ContainsFunc(except, func(e vedette.Place) bool { return e.Area != "" && p.Gaz.Contains(e.Area, id) }) {
			continue
		}
		old, ok := out[id]
		if !ok || len(parts) < old.wide || len(parts) == old.wide && a.Posture() > old.action.Posture() {
			out[id] = standing{a, len(parts)}
		}
	}
}

// parts are the countries and divisions of a region, else the area itself. Seas of a
// region are left as they are: advice names a sea it means.
func (p *portal) parts(id vedette.AreaID) []vedette.AreaID {
	a, ok := p.Gaz.Area(id)
	if !ok {
		return nil
	}
	if a.Kind != vedette.AreaRegion {
		return []vedette.AreaID{id}
	}
	var out []vedette.AreaID
	for _, m := range p.Gaz.Members(id) {
		if b, ok := p.Gaz.Area(m); ok && (b.Kind == vedette.AreaCountry || b.Kind == vedette.AreaDivision) && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// mapWords says what the map shows, for those who do not see it.
func (p *portal) mapWords(in *messages.Tongue, u *vedette.Update) string {
	var parts []string
	c := &u.Content
	if a := p.affected(c); a.English != "" {
		parts = append(parts, in.Say(messages.Mark("Affected area: %s."), a))
	}
	for _, s := range shapesAt(u) {
		parts = append(parts, in.Say(messages.Mark("Drawn: %s, %s."), safe(s.Name), riskSaid(s.Risk)))
	}
	for _, l := range p.glance(c) {
		said := l.whole()
		parts = append(parts, sentence(in.Say(said.English, said.Args...)))
	}
	return strings.Join(parts, " ")
}
