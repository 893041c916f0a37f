package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/web/messages"
)

// The size the world is drawn at, in pixels.
const worldWidth, worldHeight = 1100, 460

const worldGroundPath = "/world-map/"

// worldMapView is the map of the world: a ground that browsers keep, light or dark, and
// over it pins and names.
type worldMapView struct {
	Light, Dark   string // addresses of the ground
	Width, Height int
	Over          template.HTML
	Hatches       template.HTML // for the key
	Steps         []mapStep
	Pins          bool
}

// worldGround is the ground of a world's map: what is set for countries and for parts of
// them.
func worldGround(w *desk.World) draw.Map {
	m := draw.Map{Width: worldWidth, Height: worldHeight, Whole: true, NoLegend: true}
	for i := range w.Rows {
		r := &w.Rows[i]
		if r.Stands.Action != "" {
			m.Fills = append(m.Fills, draw.Fill{Area: r.Area, Risk: postureRisk(r.Stands.Action)})
		}
		for k := range r.Within {
			m.Fills = append(m.Fills, draw.Fill{Area: r.Within[k].Area, Risk: postureRisk(r.Within[k].Own.Action)})
		}
	}
	return m
}

// drawnWorld is the map of a world, as it was drawn last.
type drawnWorld struct {
	world *desk.World
	view  worldMapView
}

// worldMap draws a world in a language; the one that was drawn last in it is not drawn
// again.
func (p *portal) worldMap(in *messages.Tongue, w *desk.World) worldMapView {
	if last, ok := p.world.Load(in.Language); ok && last.(*drawnWorld).world == w {
		return last.(*drawnWorld).view
	}
	v := p.drawWorld(in, w)
	p.world.Store(in.Language, &drawnWorld{w, v})
	return v
}

func (p *portal) drawWorld(in *messages.Tongue, w *desk.World) worldMapView {
	m := worldGround(w)
	name := p.groundName(m)
	v := worldMapView{Light: worldGroundPath + name + ".light.svg", Dark: worldGroundPath + name + ".dark.svg", Width: worldWidth, Height: worldHeight}
	v.Steps, v.Hatches = worldKey(w)
	// The ground has no words, and is one file for the readers of all languages.
	m.Title, m.In, m.Desc = in.Say(messages.Mark("Map: where which travel advice stands and what is open")), mapTongue(in), worldWords(in, w)
	// All first places before all second ones: the worst have the room.
	for k := range mostPins(w) {
		for i := range w.Open {
			if o := &w.Open[i]; k < len(o.Places) {
				v.Pins = true
				m.Pins = append(m.Pins, draw.Pin{At: o.Places[k].At, Number: i + 1, Risk: o.Update.Content.Risk, Link: "#" + pinName(i+1), Title: fmt.Sprintf("%d: %s", i+1, safe(firstOf(o.Update.Situation.Title, o.Update.Content.Title)))})
			}
		}
	}
	v.Over = template.HTML(p.maps.Over(p.Gaz, m)) // draw escapes what it is given
	return v
}

// mostPins is how many places a situation has at most.
func mostPins(w *desk.World) (n int) {
	for i := range w.Open {
		n = max(n, len(w.Open[i].Places))
	}
	return n
}

// worldKey says the hatches that the map has, strongest first, with how many countries
// have each.
func worldKey(w *desk.World) ([]mapStep, template.HTML) {
	lands, parts := standingSteps(w)
	var steps []mapStep
	var levels []vedette.Risk
	for r := vedette.RiskExtreme; r >= vedette.RiskUnknown; r-- {
		var words []messages.Said
		for _, a := range vedette.Ladder {
			if postureRisk(a) == r && lands[a]+parts[a] > 0 {
				words = append(words, messages.Of("%s: %s", messages.Said{English: postureWords[a]}, counted(lands[a], parts[a])))
			}
		}
		if len(words) > 0 {
			levels = append(levels, r)
			steps = append(steps, mapStep{Level: r.String(), Pattern: "k-" + r.String(), Said: words})
		}
	}
	return steps, template.HTML(draw.Hatches("k", levels))
}

// standingSteps counts for each step of the ladder the countries and seas where it
// stands, and the parts of countries.
func standingSteps(w *desk.World) (lands, parts map[vedette.Action]int) {
	lands, parts = map[vedette.Action]int{}, map[vedette.Action]int{}
	seen := map[vedette.AreaID]bool{} // Kashmir lies in two countries
	for i := range w.Rows {
		lands[w.Rows[i].Stands.Action]++
		for k := range w.Rows[i].Within {
			if in := &w.Rows[i].Within[k]; !seen[in.Area] {
				seen[in.Area] = true
				parts[in.Own.Action]++
			}
		}
	}
	return lands, parts
}

// counted says how many countries and parts of countries.
func counted(lands, parts int) messages.Said {
	whole, within := messages.Of("%d countries and seas", lands), messages.Of("%d parts of countries", parts)
	if lands == 1 {
		whole = messages.Of("%d country or sea", lands)
	}
	if parts == 1 {
		within = messages.Of("%d part of a country", parts)
	}
	switch {
	case parts == 0:
		return whole
	case lands == 0:
		return within
	}
	return messages.Of("%s, %s", whole, within)
}

// worldWords says what the map shows, for those who do not see it; the lists under it
// say all of it.
func worldWords(in *messages.Tongue, w *desk.World) string {
	steps, _ := worldKey(w)
	var parts []string
	for _, s := range steps {
		var words []string
		for _, x := range s.Said {
			words = append(words, in.Say(x.English, x.Args...))
		}
		parts = append(parts, sentence(strings.Join(words, " · ")))
	}
	open := messages.Of("%d open situations", len(w.Open)+w.More)
	if len(w.Open)+w.More == 1 {
		open = messages.Of("1 open situation")
	}
	parts = append(parts, sentence(in.Say(open.English, open.Args...)), in.Say(messages.Mark("The lists on this page say the same in words.")))
	return strings.Join(parts, " ")
}

// serveWorldGround serves the ground of the map by the digest it was asked by, to be kept
// by that browser; by another one it is as things stand, and is not kept.
func (p *portal) serveWorldGround(w http.ResponseWriter, r *http.Request) error {
	name, dark, err := groundFile(r.PathValue("file"))
	if err != nil {
		return err
	}
	world, err := p.Desk.World(r.Context())
	if err != nil {
		return err
	}
	return p.sendGround(w, worldGround(world), name, dark)
}
