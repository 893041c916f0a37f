package web

import (
	"errors"
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

const whoPeoplePath = "/who/people"

// whoPeopleView is who is somewhere, by name and why.
type whoPeopleView struct {
	frame
	Where   string
	Name    messages.Said
	Stand   string
	Stands  []option
	Rows    []whoPersonRow
	More    int
	Problem problem
	AsOf    moment
}

type whoPersonRow struct {
	Name, Address, Stand string
	Reached              bool
	Reasons              []messages.Said
}

// maxWhoPeople is how many people the page names.
const maxWhoPeople = 300

// standsOf are the words that narrow the list.
var standsOf = map[string]func(*desk.WhoPerson) bool{
	"":          func(*desk.WhoPerson) bool { return true },
	"in":        func(w *desk.WhoPerson) bool { return w.Stand == desk.StandsIn },
	"may-be":    func(w *desk.WhoPerson) bool { return w.Stand == desk.StandsMayBe },
	"arriving":  func(w *desk.WhoPerson) bool { return w.Stand == desk.StandsArriving },
	"unreached": func(w *desk.WhoPerson) bool { return !w.Reached },
}

// listWho names who is at a place.
func (p *portal) listWho(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := whoPeopleView{frame: p.frame(r, "Who is there", vedette.StatusActual), Where: typed(q.Get("where")), Stand: q.Get("stand"), AsOf: when(p.Now(), p.Now(), "")}
	v.Place = "who"
	v.Stands = options(v.Stand, "", messages.Mark("everybody"), "in", messages.Mark("in"), "may-be", messages.Mark("may be in"), "arriving", messages.Mark("arriving"), "unreached", messages.Mark("without an address that a channel sends to"))
	err := pick("stand", v.Stand, v.Stands)
	if err == nil {
		err = p.fillWhoPeople(r, &v)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Problem = refusal(err)
		return p.show(w, http.StatusBadRequest, "who-people", v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "who-people", v)
}

func (p *portal) fillWhoPeople(r *http.Request, v *whoPeopleView) error {
	area, shapes, err := p.Desk.ReadPlace(v.Where)
	if err != nil {
		return err
	}
	ask := desk.WhoQuestion{Shapes: shapes}
	if area != "" {
		a, _ := p.Gaz.Area(area)
		ask.Areas, v.Name = []vedette.AreaID{area}, p.withCountry(a)
	} else {
		v.Name = asItIs(safe(p.Desk.ShapeName(&shapes[0])))
	}
	enough := errors.New("enough")
	err = p.Desk.EachWho(r.Context(), ask, func(w desk.WhoPerson) error {
		if !standsOf[v.Stand](&w) {
			return nil
		}
		if len(v.Rows) == maxWhoPeople {
			v.More++
			return enough
		}
		row := whoPersonRow{Name: safe(w.Person.Record.Name), Address: peoplePath + "/" + string(w.Person.ID), Stand: w.Stand.String(), Reached: w.Reached}
		for _, s := range w.Reasons {
			row.Reasons = append(row.Reasons, readReasons(worded(s)))
		}
		v.Rows = append(v.Rows, row)
		return nil
	})
	if errors.Is(err, enough) {
		err = nil
	}
	return err
}
