package web

import (
	"html/template"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
)

const worldPath = "/world"

// worldView is the world at a glance.
type worldView struct {
	frame
	Body   template.HTML
	Script string
}

// worldBody is a map, and the same in words.
type worldBody struct {
	Map     worldMapView
	Open    []openLine
	More    int // open situations that are not listed
	OpenOf  int // in all
	Drills  int
	Behind  bool
	Rows    []worldRowView
	People  bool // they may see people
	Within  int  // days within which somebody arrives soon
	AsOf    moment
	Nothing bool // no posture stands, and no situation is open
}

// openLine is an open situation, by its number on the map.
type openLine struct {
	Number  int // 0: it is on no map
	Address string
	Mark    string
	Risk    badge
	Title   string
	Areas   messages.Said
	Update  int // its newest update, by number
	At      moment
	Places  int // of it on the map
}

// worldRowView is a country or sea of the list.
type worldRowView struct {
	Area         messages.Said
	Address      string
	Level, Words string
	Holder       messages.Said // the wider area it is set for
	Since        moment
	Within       []postureRow
	Open         int
	People       countView
}

// countView is how many people are somewhere, each number with the address of who.
type countView struct {
	Shown                     bool
	In, MayBe, Arriving       int
	InAt, MayBeAt, ArrivingAt string
}

// countOf is a count at an area; one of nobody is shown, too.
func countOf(area vedette.AreaID, c desk.WhoCount) countView {
	at := whoPeoplePath + "?where=" + url.QueryEscape(string(area))
	return countView{true, c.In, c.MayBe, c.Arriving, at + "&stand=in", at + "&stand=may-be", at + "&stand=arriving"}
}

// Any says whether anybody is counted.
func (c countView) Any() bool { return c.In+c.MayBe+c.Arriving > 0 }

// showWorld shows where which advice stands, and what is open where.
func (p *portal) showWorld(w http.ResponseWriter, r *http.Request) error {
	world, err := p.Desk.World(r.Context())
	if err != nil {
		return err
	}
	of := worldOf{language: languageOf(r), world: world, minute: p.Now().Truncate(time.Minute), people: p.may(r, rights.SeePeople) == nil}
	if of.people {
		if of.counts, of.within, err = p.worldPeople(r, world); err != nil {
			return err
		}
	}
	v := worldView{frame: p.frame(r, "World", vedette.StatusActual), Script: p.static.url("map.js")}
	v.Place = "world"
	if v.Body, err = p.worldBody(of); err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return p.show(w, http.StatusOK, "world", v)
}

// worldOf is all that the page of a world says.
type worldOf struct {
	language string // it is in
	world    *desk.World
	minute   time.Time // ages are said in minutes
	people   bool      // they may see people
	counts   map[vedette.AreaID]desk.WhoCount
	within   int // days within which somebody arrives soon
}

// same says whether the page would say the same: what the desk counted it gives again as
// long as that holds.
func (o *worldOf) same(as *worldOf) bool {
	return o.language == as.language && o.world == as.world && o.minute.Equal(as.minute) && o.people == as.people && o.within == as.within &&
		reflect.ValueOf(o.counts).Pointer() == reflect.ValueOf(as.counts).Pointer()
}

// worldReader is whom a page is kept for: in which language they read, and whether they see people.
type worldReader struct {
	language string
	people   bool
}

// writtenWorld is the page of a world as it was written last.
type writtenWorld struct {
	of   worldOf
	body template.HTML
}

// worldBody writes the page of a world; the one that was written last, for those who see
// people and for those who do not, is not written again.
func (p *portal) worldBody(of worldOf) (template.HTML, error) {
	key := worldReader{of.language, of.people}
	if last, ok := p.worlds.Load(key); ok && last.(*writtenWorld).of.same(&of) {
		return last.(*writtenWorld).body, nil
	}
	world := of.world
	v := worldBody{More: world.More, OpenOf: len(world.Open) + world.More, Drills: world.Drills, Behind: world.Behind, People: of.people, Within: of.within,
		AsOf: when(of.minute, of.minute, ""), Nothing: len(world.Rows)+len(world.Open) == 0}
	for i := range world.Open {
		v.Open = append(v.Open, p.openLine(i+1, &world.Open[i]))
	}
	for i := range world.Rows {
		row := p.worldRow(&world.Rows[i])
		if of.people {
			row.People = countOf(world.Rows[i].Area, of.counts[world.Rows[i].Area])
		}
		v.Rows = append(v.Rows, row)
	}
	v.Map = p.worldMap(messages.In(of.language), world)
	b, err := p.part(of.language, "worldbody", v)
	if err != nil {
		return "", err
	}
	body := template.HTML(b) // a template wrote it
	p.worlds.Store(key, &writtenWorld{of, body})
	return body, nil
}

// worldPeople counts the people of the rows, and says within how many days one arrives
// soon.
func (p *portal) worldPeople(r *http.Request, world *desk.World) (map[vedette.AreaID]desk.WhoCount, int, error) {
	lands := make([]vedette.AreaID, len(world.Rows))
	for i := range world.Rows {
		lands[i] = world.Rows[i].Area
	}
	set, err := p.Desk.Settings(r.Context())
	if err != nil {
		return nil, 0, err
	}
	people, err := p.Desk.WorldPeople(r.Context(), lands)
	return people, set.ArrivalDays, err
}

func (p *portal) openLine(number int, o *desk.OpenSituation) openLine {
	u := o.Update
	l := openLine{Number: number, Address: updatePath + string(u.ID), Mark: u.Status.Mark(), Risk: riskBadge(u.Content.Risk), Title: safe(firstOf(u.Situation.Title, u.Content.Title)),
		Areas: p.affected(&u.Content), Update: u.Number, At: when(u.PublishedAt, p.Now(), p.zone(&u.Content)), Places: len(o.Places)}
	if l.Places == 0 {
		l.Number = 0
	}
	return l
}

func (p *portal) worldRow(r *desk.WorldRow) worldRowView {
	row := worldRowView{Area: p.areaWhole(r.Area), Address: worldAddress(r.Area), Level: postureRisk(r.Stands.Action).String(), Words: messages.Mark("no posture of ours"),
		Since: when(r.Stands.Since, p.Now(), ""), Open: r.Open}
	switch {
	case r.Stands.Action != "":
		row.Words = postureWords[r.Stands.Action]
	case r.From != "":
		row.Words = messages.Mark("left out, no posture")
	}
	if r.From != "" && r.From != r.Area {
		row.Holder = p.area(r.From, "")
	}
	for i := range r.Within {
		in := p.postureRow(&r.Within[i])
		in.Area, in.Address = p.area(r.Within[i].Area, ""), worldAddress(r.Within[i].Area)
		row.Within = append(row.Within, in)
	}
	return row
}

func worldAddress(id vedette.AreaID) string { return worldPath + "/" + url.PathEscape(string(id)) }

// pinName is the anchor of an open situation in the list.
func pinName(number int) string { return "s" + strconv.Itoa(number) }
