package web

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/web/messages"
)

// flashLook is what the page of a flash shows while somebody types: how the place was
// read, who is there, and the map it can be drawn on.
type flashLook struct {
	Where   string
	Name    messages.Said // how it was read, "" for not yet
	Problem problem
	Found   []foundPlace // what the name may mean besides
	Count   desk.WhoCount
	All     int
	Days    int
	Links   whoLinks
	Map     template.HTML
	Frame   draw.Frame
}

// whoTile is a count that leads to the people behind it.
type whoTile struct {
	N              int
	Words, Address string
	Bad            bool // where there are any
}

// tileWords say what a tile counts.
var tileWords = map[string]string{
	"in": messages.Mark("in"), "may-be": messages.Mark("may be in"), "arriving": messages.Mark("arriving soon"), "unreached": messages.Mark("cannot be reached"),
}

// whoLinks lead to the people behind the counts.
type whoLinks struct{ In, MayBe, Arriving, Unreached string }

func linksOf(where string) whoLinks {
	return whoLinks{whoList(where, "in"), whoList(where, "may-be"), whoList(where, "arriving"), whoList(where, "unreached")}
}

// lookFlash is asked by the page's script, and answers with a part of a page.
func (p *portal) lookFlash(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := flashLook{Where: typed(q.Get("where"))}
	in := tongue(r)
	m := draw.Map{Title: in.Say(messages.Mark("Map: where it is")), In: mapTongue(in), Width: mapWidth, Height: mapHeight, Least: 1}
	var err error
	if v.Where != "" {
		err = p.lookThere(r, &v, &m)
	}
	if err != nil && !mends(err) {
		return err
	}
	if err != nil {
		v.Problem, v.Found = refusal(err), p.meant(v.Where)
	}
	if m.Around, m.Least, err = around(q.Get("at"), q.Get("span"), m.Least); err != nil {
		return err
	}
	v.Map, v.Frame = template.HTML(p.maps.SVG(p.Gaz, m)), m.Frame(p.Gaz) // draw escapes what it is given
	return p.piece(w, r, http.StatusOK, "flashlook", v)
}

// lookThere counts who is at a place, and puts it on the map.
func (p *portal) lookThere(r *http.Request, v *flashLook, m *draw.Map) error {
	area, shapes, err := p.Desk.ReadPlace(v.Where)
	if err != nil {
		return err
	}
	q := desk.WhoQuestion{Shapes: shapes}
	m.Desc = tongue(r).Say(messages.Mark("What is meant."))
	if area != "" {
		q.Areas = []vedette.AreaID{area}
		a, _ := p.Gaz.Area(area)
		v.Name = p.withCountry(a)
		m.Fills = []draw.Fill{{Area: area, Risk: vedette.RiskHigh}}
		for _, f := range p.meant(v.Where) {
			if f.ID != string(area) {
				v.Found = append(v.Found, f)
			}
		}
		v.Where = string(area)
	} else {
		v.Name = asItIs(safe(p.Desk.ShapeName(&shapes[0])))
		m.Shapes = []vedette.Shape{shapes[0]}
		m.Shapes[0].Risk = vedette.RiskHigh
	}
	who, err := p.Desk.Who(r.Context(), q)
	if err != nil {
		return err
	}
	v.Count, v.All, v.Days, v.Links = who.WhoCount, who.All(), who.Days, linksOf(v.Where)
	return nil
}

// How many degrees of latitude a map looks at, and how much wider than that it is drawn.
const (
	leastLook, mostLook = 0.2, 150.0
	fitMargin           = 1.14
)

// around reads what the map looks at: a point and degrees; nothing is what is meant.
func around(at, span string, least float64) (*vedette.Point, float64, error) {
	if at == "" {
		return nil, least, nil
	}
	bad := vedette.Errorf(vedette.CodeInvalid, "the map cannot look there; load the page again")
	lat, lon, _ := strings.Cut(at, ",")
	y, err1 := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	d, err3 := strconv.ParseFloat(span, 64)
	pt := vedette.Point{Lat: y, Lon: x}
	if err1 != nil || err2 != nil || err3 != nil || pt.Validate() != nil || !(d >= leastLook && d <= mostLook) {
		return nil, least, bad
	}
	return &pt, d, nil
}
