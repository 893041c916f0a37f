package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

const rotaPath = "/rota"

// rotaView is who is on duty, and when who will be.
type rotaView struct {
	frame
	On      []string
	Rows    []turnLine
	Typed   desk.DutyOrder
	Order   string // in which place they are asked, as typed
	By      byline
	Problem problem
	Done    string
}

// turnLine is a turn on the rota.
type turnLine struct {
	ID, Name, State string
	When            messages.Said
	On              bool
	Next            moment
	Addresses       []string
	Place           int
}

func (p *portal) showRota(w http.ResponseWriter, r *http.Request) error {
	return p.rotaPage(w, r, http.StatusOK, rotaView{Order: "1", Typed: desk.DutyOrder{Zone: "UTC"}, Done: doneWords[r.URL.Query().Get("done")]})
}

func (p *portal) rotaPage(w http.ResponseWriter, r *http.Request, status int, v rotaView) error {
	rows, on, err := p.Desk.Rota(r.Context(), time.Time{})
	if err != nil {
		return err
	}
	v.frame, v.By = p.frame(r, "Rota", vedette.StatusActual), bylineOf(r)
	v.Place = "house"
	for _, n := range on {
		v.On = append(v.On, safe(n))
	}
	for i := range rows {
		t := &rows[i]
		l := turnLine{ID: string(t.ID), Name: safe(t.Name), When: turnWords(&t.Duty), On: t.On, Place: t.Place}
		if !t.On && !t.Over {
			l.Next = when(t.Next, p.Now(), t.Zone)
		}
		if t.Over {
			l.State = messages.Mark("over##a turn")
		}
		for _, a := range t.Addresses {
			l.Addresses = append(l.Addresses, safe(a.Value))
		}
		v.Rows = append(v.Rows, l)
	}
	return p.show(w, status, "rota", v)
}

// turnWords say when a turn is, by the clock of its zone.
func turnWords(d *vedette.Duty) messages.Said {
	zone := locOr(d.Zone)
	from, to := d.From.In(zone), d.To.In(zone)
	switch {
	case d.Weekly:
		return messages.Of("every week from %s %s to %s %s %s, first %s", weekday(from), from.Format("15:04"), weekday(to), to.Format("15:04"), d.Zone, dayOf(from))
	case d.From.IsZero() && d.To.IsZero():
		return messages.Of("always")
	case d.From.IsZero():
		return messages.Of("until %s %s %s %s", weekday(to), dayOf(to), to.Format("15:04"), d.Zone)
	case d.To.IsZero():
		return messages.Of("from %s %s %s %s", weekday(from), dayOf(from), from.Format("15:04"), d.Zone)
	}
	return messages.Of("from %s %s %s to %s %s %s %s", weekday(from), dayOf(from), from.Format("15:04"), weekday(to), dayOf(to), to.Format("15:04"), d.Zone)
}

// weekdays are the days of the week as a turn is said with them.
var weekdays = [...]string{messages.Mark("Sun"), messages.Mark("Mon"), messages.Mark("Tue"), messages.Mark("Wed"), messages.Mark("Thu"), messages.Mark("Fri"), messages.Mark("Sat")}

func weekday(t time.Time) messages.Said { return messages.Said{English: weekdays[t.Weekday()]} }

// actOnRota puts somebody on the rota, or takes a turn off it.
func (p *portal) actOnRota(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	id := vedette.ID(f.Get("turn"))
	if f.Get("do") == "remove" && !sure(r) {
		return p.confirmTurn(w, r, id)
	}
	v := rotaView{Order: typed(f.Get("place")), Typed: desk.DutyOrder{Name: typed(f.Get("name")), Mail: typed(f.Get("mail")), Phone: typed(f.Get("phone")), From: clockTyped(f.Get("from")), To: clockTyped(f.Get("to")),
		Zone: typed(f.Get("zone")), Weekly: f.Get("weekly") != ""}}
	done := "added"
	switch f.Get("do") {
	case "remove":
		done, err = "removed", p.Desk.RemoveDuty(r.Context(), id, by)
	case "add":
		done = "saved"
		o := v.Typed
		o.By = by
		if o.Place, err = strconv.Atoi(v.Order); err != nil {
			err = vedette.Errorf(vedette.CodeInvalid, "%q is no place on the rota; give 1 to %d", v.Order, vedette.MaxDutyPlace)
		} else {
			_, err = p.Desk.AddDuty(r.Context(), o)
		}
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		http.Redirect(w, r, rotaPath+"?done="+done, http.StatusSeeOther)
		return nil
	case mends(err):
		v.Problem = nothingSaved(err)
		return p.rotaPage(w, r, http.StatusBadRequest, v)
	}
	return err
}

// clockTyped takes a time as a browser's field writes it, too.
func clockTyped(s string) string { return strings.Replace(typed(s), "T", " ", 1) }

// confirmTurn says what taking a turn off the rota does.
func (p *portal) confirmTurn(w http.ResponseWriter, r *http.Request, id vedette.ID) error {
	rows, on, err := p.Desk.Rota(r.Context(), time.Time{})
	if err != nil {
		return err
	}
	for i := range rows {
		t := &rows[i]
		if t.ID != id {
			continue
		}
		v := confirmView{By: bylineOf(r), About: safe(t.Name) + ", " + turnWords(&t.Duty).String(), Address: rotaPath, Back: rotaPath, Button: messages.Mark("Take it off"), Fields: []field{{"do", "remove"}, {"turn", string(id)}},
			Does: []string{messages.Mark("Calls for help are not offered to them in this turn. That they were on it stays on record.")}}
		if t.On && len(on) == 1 {
			v.Warns = []string{messages.Mark("Then nobody is on duty: whoever calls for help is shown the local emergency numbers.")}
		}
		v.Place = "house"
		return p.confirm(w, r, http.StatusOK, messages.Mark("Take a turn off the rota"), vedette.StatusActual, v)
	}
	return vedette.Errorf(vedette.CodeNotFound, "this turn is not on the rota any more")
}
