package web

import (
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/web/messages"
)

// maxClashPlaces is how many of the places that trips go to are numbered on the map.
const maxClashPlaces = 20

// clashMap is the map of where trips go that a draft advises against: what it advises is
// the ground, a file of its own that holds nobody; over it is a number for each place,
// and the list beside says how many go there. Everybody is there by the area that the
// list of those who travel names, so nobody is nearer on the map than in words.
type clashMap struct {
	Light, Dark   string // addresses of the ground
	Width, Height int
	Over, Hatches template.HTML
	Steps         []mapStep
	Places        []clashPlace
	More          int // places that have no number
}

// clashPlace is a place that trips go to.
type clashPlace struct {
	area vedette.AreaID
	No   int
	Name messages.Said
	N    int
}

// clashLine is somebody with a trip, and the number of where it goes, 0 for none.
type clashLine struct {
	No   int
	Said messages.Said
}

// number is that of a place on the map, 0 where it has none.
func (c *clashMap) number(area vedette.AreaID) int {
	if c == nil {
		return 0
	}
	for _, at := range c.Places {
		if at.area == area {
			return at.No
		}
	}
	return 0
}

// clashGround is the ground: the travel advice of the draft, country by country, and what
// it draws.
func (p *portal) clashGround(u *vedette.Update) draw.Map {
	m := draw.Map{Width: mapWidth, Height: mapHeight, NoLegend: true, Shapes: shapesAt(u)}
	stand := p.standing(&u.Content)
	for _, id := range slices.Sorted(maps.Keys(stand)) {
		m.Fills = append(m.Fills, draw.Fill{Area: id, Risk: postureRisk(stand[id].action)})
	}
	return m
}

// drawClashes draws where the trips go; nil where none does.
func (p *portal) drawClashes(in *messages.Tongue, u *vedette.Update, list *desk.Clashes) *clashMap {
	places := list.Places()
	if len(places) == 0 {
		return nil
	}
	v := &clashMap{Width: mapWidth, Height: mapHeight, More: max(len(places)-maxClashPlaces, 0)}
	ground, fit := p.clashGround(u), p.clashGround(u)
	var pins []draw.Pin
	var words []string
	for i, at := range places[:len(places)-v.More] {
		to := clashPlace{area: at.Area, No: i + 1, Name: p.area(at.Area, ""), N: at.N}
		if a, ok := p.Gaz.Area(at.Area); ok {
			to.Name = p.withCountry(a)
			pins = append(pins, draw.Pin{At: a.Center, Number: to.No, Risk: u.Content.Risk, Title: in.Say(to.Name.English, to.Name.Args...), Link: "#to" + strconv.Itoa(to.No)})
			fit.Marks = append(fit.Marks, draw.Mark{At: a.Center}) // all of them are in sight
		}
		v.Places = append(v.Places, to)
		words = append(words, in.Say("%d: %s", to.No, to.Name))
	}
	view := frameQuery(fit.Frame(p.Gaz))
	ground.Around, ground.Least, _ = around(view.Get("at"), view.Get("span"), 0) // what was written is read again
	file := draftAddress(u.ID) + "/clashes/" + p.groundName(ground)
	v.Light, v.Dark = file+".light.svg?"+view.Encode(), file+".dark.svg?"+view.Encode()
	m := ground
	m.Pins, m.Title = pins, in.Say(messages.Mark("Map: where trips go that it advises against"))
	m.Desc = in.Say(messages.Mark("By number: %s. The list below says the same in words."), strings.Join(words, "; "))
	v.Over = template.HTML(p.maps.Over(p.Gaz, m)) // draw escapes what it is given
	v.Steps, v.Hatches = p.clashKey(u)
	return v
}

// clashKey says the hatches of the ground, strongest first.
func (p *portal) clashKey(u *vedette.Update) (steps []mapStep, hatches template.HTML) {
	var levels []vedette.Risk
	for r := vedette.RiskExtreme; r >= vedette.RiskUnknown; r-- {
		if said := p.hatchSaid(u, r.String()); len(said) > 0 {
			levels = append(levels, r)
			steps = append(steps, mapStep{Level: r.String(), Pattern: "c-" + r.String(), Said: said})
		}
	}
	return steps, template.HTML(draw.Hatches("c", levels))
}

// serveClashGround serves the ground of a draft's map by the digest it was asked by, to be
// kept by that browser; by another one it is as the draft is now, and is not kept.
func (p *portal) serveClashGround(w http.ResponseWriter, r *http.Request) error {
	name, dark, err := groundFile(r.PathValue("file"))
	if err != nil {
		return err
	}
	d, err := p.Desk.Draft(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	m := p.clashGround(d.Update)
	if m.Around, m.Least, err = around(r.URL.Query().Get("at"), r.URL.Query().Get("span"), 0); err != nil {
		return err
	}
	return p.sendGround(w, m, name, dark)
}
