package web

import (
	"html/template"
	"net/http"
	"net/url"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/draw"
	"vedette/feed"
	"vedette/httpd"
	"vedette/web/messages"
)

// areaView is what is known of a country, a part of one, a city, a sea or a region.
type areaView struct {
	frame
	Area          messages.Said
	Kind          string
	In            []areaLink // what it lies in, the nearest first
	Now           moment     // by its clock
	Stands        postureRow
	Holder        messages.Said // the wider area its posture is set for
	HolderAddress string
	Posture, Who  string // addresses of the posture's page, and of who is there
	Map           mapView
	Open          []openLine
	OpenOf        int
	Updates       []openLine
	UpdatesOf     int
	UpdatesAt     string // address of all that concern it
	Beside        []besideLine
	Within        []postureRow
	History       []heldRow
	Sites         []areaLink
	SitesOf       int
	Ahead         []eventLine
	AheadOf       int
	Calendar      string // address of the same for calendar programs
	Disputes      []string
	Emergency     []string
	People        *areaPeople // nil: they may not see people
	Behind        bool
	AsOf          moment
	Script        string
}

// areaLink is a name that leads somewhere.
type areaLink struct {
	Name    messages.Said
	Address string
	More    messages.Said
}

// heldRow is a posture as it was held, from when until when.
type heldRow struct {
	postureRow
	Until moment        // not shown: it stands, or nothing followed it
	Stood messages.Said // for how long, nothing where it stands
}

// areaPeople is how many of ours are in an area, and who travels there.
type areaPeople struct {
	Count   countView
	Days    int
	Trips   []tripLine
	TripsOf int
	TripsAt string
}

// eventLine is something announced.
type eventLine struct {
	At     moment
	Days   string // where it is of whole days
	Text   string
	Voices []speaker
	Update string // address of the update that says so
	Number int
	Chain  string
}

// tripsHere is how many trips to come a page of an area lists.
const tripsHere = 10

// showArea shows what is known of an area.
func (p *portal) showArea(w http.ResponseWriter, r *http.Request) error {
	id := vedette.AreaID(r.PathValue("area"))
	c, err := p.Desk.AreaCard(r.Context(), id)
	if err != nil {
		return err
	}
	zone := p.Gaz.Zone(id)
	v := areaView{frame: p.frameOf(r, p.areaWhole(id), vedette.StatusActual), Area: p.areaWhole(id), Kind: areaKinds[c.Place.Kind], In: p.liesIn(id),
		Now: when(p.Now(), p.Now(), zone), Posture: postureAddress(id), Who: "/who?area=" + url.QueryEscape(string(id)), UpdatesAt: "/?area=" + url.QueryEscape(string(id)),
		OpenOf: c.OpenOf, UpdatesOf: c.Of, SitesOf: c.SitesOf, AheadOf: c.AheadOf, Behind: c.Behind, Calendar: worldAddress(id) + "/calendar.ics", AsOf: when(p.Now(), p.Now(), ""), Script: p.static.url("map.js")}
	v.Place = "world"
	if err := p.fillAreaPosture(r, &v, c); err != nil {
		return err
	}
	for i := range c.Open {
		v.Open = append(v.Open, p.openLine(i+1, &c.Open[i]))
	}
	for _, u := range c.Updates {
		v.Updates = append(v.Updates, p.openLine(0, &desk.OpenSituation{Update: u}))
	}
	v.fillAhead(p, c.Ahead, zone)
	for _, s := range c.Sites {
		v.Sites = append(v.Sites, areaLink{asItIs(safe(s.Name)), sitesPath + "/" + string(s.ID), p.area(s.Area, "")})
	}
	for _, x := range p.Gaz.DisputesOf(id) {
		v.Disputes = append(v.Disputes, sentence(x.Name+": "+x.Note))
	}
	for _, e := range p.Gaz.EmergencyIn([]vedette.AreaID{id}) {
		v.Emergency = e.Numbers
	}
	v.Map = p.areaMap(tongue(r), c)
	if p.may(r, rights.SeePeople) == nil {
		if v.People, err = p.peopleHere(r, id); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return p.show(w, http.StatusOK, "area", v)
}

var areaKinds = map[vedette.AreaKind]string{
	vedette.AreaRegion: messages.Mark("region"), vedette.AreaCountry: messages.Mark("country"), vedette.AreaDivision: messages.Mark("first-level division"),
	vedette.AreaCity: messages.Mark("city"), vedette.AreaSea: messages.Mark("sea"), vedette.AreaAirport: messages.Mark("airport"),
}

// liesIn gives the divisions, countries and regions an area lies in.
func (p *portal) liesIn(id vedette.AreaID) (out []areaLink) {
	for _, up := range p.Gaz.Ancestors(id) {
		out = append(out, areaLink{p.area(up, ""), worldAddress(up), messages.Said{}})
	}
	return out
}

func (p *portal) fillAreaPosture(r *http.Request, v *areaView, c *desk.AreaCard) error {
	card := c.Posture
	v.Stands = postureRow{Level: postureRisk(card.Stands.Action).String(), Words: standsWords(card), From: p.postureSource(&card.Stands)}
	if card.From != "" && card.From != card.Area {
		v.Holder, v.HolderAddress = p.areaWhole(card.From), worldAddress(card.From)
	}
	v.Beside = p.besideLines(card.Beside)
	for i := range card.Within {
		row := p.postureRow(&card.Within[i])
		row.Address = worldAddress(card.Within[i].Area)
		v.Within = append(v.Within, row)
	}
	rows := []postureRow{v.Stands}
	for i := range card.History {
		h := &card.History[i]
		rows = append(rows, postureRow{Level: postureRisk(h.Action).String(), Words: historyWords(h), From: p.postureSource(h)})
	}
	if err := p.nameUpdates(r.Context(), rows); err != nil {
		return err
	}
	v.Stands = rows[0]
	for i, row := range rows[1:] {
		held := heldRow{postureRow: row}
		if i > 0 { // the newest is first: what came after ended it
			end := card.History[i-1].Since
			held.Until, held.Stood = when(end, p.Now(), ""), lasted(end.Sub(card.History[i].Since))
		}
		v.History = append(v.History, held)
	}
	return nil
}

// lasted is how long something was so.
func lasted(d time.Duration) messages.Said {
	if days := int(d.Hours() / 24); days >= 2 {
		return messages.Of("%d days", days)
	}
	return length(d)
}

func (v *areaView) fillAhead(p *portal, events []vedette.Event, zone string) {
	for i := range events {
		e := &events[i]
		l := eventLine{Text: safe(e.Text), Voices: voices(&vedette.Claim{Sources: e.Sources}), Update: updatePath + string(e.Update.ID), Number: e.Update.Number,
			Chain: safe(firstOf(e.Update.Situation.Title, e.Update.Content.Title))}
		if e.When.At != nil {
			l.At = when(*e.When.At, p.Now(), firstOf(e.When.Zone, zone))
		} else {
			l.Days = dated(e.When, 0).String()
		}
		v.Ahead = append(v.Ahead, l)
	}
}

// peopleHere counts who of ours is in an area, and lists who travels there.
func (p *portal) peopleHere(r *http.Request, id vedette.AreaID) (*areaPeople, error) {
	n, days, err := p.Desk.AreaPeople(r.Context(), id)
	if err != nil {
		return nil, err
	}
	out := &areaPeople{Count: countOf(id, n), Days: days, TripsAt: tripsPath + "?area=" + url.QueryEscape(string(id))}
	rows, of, err := p.Desk.TripsTo(r.Context(), id, tripsHere)
	if err != nil {
		return nil, err
	}
	out.TripsOf = of
	for i := range rows {
		l := p.tripLine(&rows[i].Trip, safe(rows[i].Person.Record.Name))
		if l.WhoAddress = personAddress(rows[i].Person.ID); rows[i].Person.Veiled {
			l.WhoAddress = ""
		}
		out.Trips = append(out.Trips, l)
	}
	return out, nil
}

// areaMap draws an area: what stands there and within it, sites, and open situations by
// their numbers.
func (p *portal) areaMap(in *messages.Tongue, c *desk.AreaCard) mapView {
	card := c.Posture
	m := draw.Map{Title: in.Say(messages.Mark("Map: %s"), p.areaWhole(card.Area)), In: mapTongue(in), Width: mapWidth, Height: mapHeight, Fills: []draw.Fill{{Area: card.Area, Risk: postureRisk(card.Stands.Action)}}}
	m.Desc = sentence(in.Say("%s: %s", p.areaWhole(card.Area), messages.Said{English: standsWords(card)}))
	rows := []desk.PostureRow{{Area: card.Area, Name: card.Name, Own: card.Stands, Out: card.Out}}
	for i := range card.Within {
		if own := card.Within[i].Own.Action; own != "" || card.Within[i].Out {
			m.Fills = append(m.Fills, draw.Fill{Area: card.Within[i].Area, Risk: postureRisk(own)})
			rows = append(rows, card.Within[i])
		}
	}
	for i := range c.Open {
		for _, s := range c.Open[i].Places {
			m.Pins = append(m.Pins, draw.Pin{At: s.At, Number: i + 1, Risk: c.Open[i].Update.Content.Risk})
		}
	}
	for _, s := range c.Sites {
		at := s.Point
		if a, ok := p.Gaz.Area(s.Area); ok && at == nil {
			at = &a.Center
		}
		if at != nil {
			m.Marks = append(m.Marks, draw.Mark{At: *at, Label: safe(s.Name), Kind: "site"})
		}
	}
	svg := p.maps.SVG(p.Gaz, m)
	v := mapView{Width: mapWidth, SVG: template.HTML(svg)} // draw escapes what it is given
	for _, id := range patternID.FindAllSubmatch(svg, -1) {
		words := p.hatchWords(string(id[2]), rows)
		if words.English == "" {
			words = messages.Of("no posture of ours stands")
		}
		v.Steps = append(v.Steps, mapStep{Pattern: string(id[1]), Level: string(id[2]), Said: []messages.Said{words}})
	}
	return v
}

// saveCalendar gives what is announced for an area to a calendar program.
func (p *portal) saveCalendar(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.AreaCard(r.Context(), vedette.AreaID(r.PathValue("area")))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="to-come.ics"`)
	return feed.Events(w, "To come: "+safe(c.Posture.Name), c.Ahead)
}
