package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

const tripsPath = "/trips"

// tripsView is the trips, or those looked for.
type tripsView struct {
	frame
	listing
	Words, Area string
	Back        string
	When        []option
	Heads       []sortHead
	Rows        []tripLine
	Keeps       bool
	Problem     problem
	Done        string
}

// listTrips lists the trips of everyone.
func (p *portal) listTrips(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := tripsView{frame: p.frame(r, "Trips", vedette.StatusActual), Words: typed(q.Get("q")), Area: typed(q.Get("area")), Back: typed(q.Get("back")),
		When:  options(q.Get("when"), "", messages.Mark("under way or ahead"), "now", messages.Mark("under way"), "ahead", messages.Mark("ahead"), "over", messages.Mark("over")),
		Keeps: p.may(r, rights.KeepPeople) == nil, Done: doneWords[q.Get("done")]}
	v.Place = "house"
	err := fits(q)
	if err == nil {
		err = p.fillTrips(r, &v)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Problem = refusal(err)
		return p.show(w, http.StatusBadRequest, "trips", &v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "trips", &v)
}

func (p *portal) fillTrips(r *http.Request, v *tripsView) (err error) {
	q := r.URL.Query()
	if v.listing, err = readListing(tripsPath, q); err != nil {
		return err
	}
	if err := pick("time", q.Get("when"), v.When); err != nil {
		return err
	}
	areas, _, err := p.placesIn(v.Area)
	if err != nil {
		return err
	}
	rows, of, all, err := p.Desk.ListTrips(r.Context(), desk.TripQuery{Words: v.Words, Areas: areas, When: q.Get("when"), Back: v.Back == "1", Skip: v.skip(), Number: perPage})
	if err != nil {
		return err
	}
	v.count(of, all)
	for i := range rows {
		l := p.tripLine(&rows[i].Trip, safe(rows[i].Person.Record.Name))
		l.WhoAddress = personAddress(rows[i].Person.ID)
		v.Rows = append(v.Rows, l)
	}
	v.Heads = []sortHead{v.head(messages.Mark("When"), "when", "when")}
	return nil
}

// tripFormView is a trip, and the form that it is edited or added with.
type tripFormView struct {
	frame
	ID, Who, WhoAddress string
	Person              string // of a new one, as typed
	Keeps, New          bool
	Cancelled           bool
	State               string
	Places              messages.Said
	Number              string
	Version             string
	Address             string
	Stays, Legs         []tripFormLine
	Newer               []string // what is held now, line by line, where another saved it
	Problem             problem
	Problems            []problem
	Done                string
}

// tripFormLine is a leg or a stay as a form has it.
type tripFormLine struct {
	Name   messages.Said
	Open   bool
	Fields []formField
}

// spareLines are how many blank lines a form has besides.
const spareLines = 2

var tripHelp = map[string]string{
	"stay place": messages.Mark("A city and its country, or a country: Amman, Jordan."), "stay from": messages.Mark("First day there: 2026-02-10."), "stay until": messages.Mark("Last day there."), "hotel": "", "hotel phone": "",
	"from": messages.Mark("A city or an airport’s code: TUN."), "to": "", "departs": messages.Mark("By the clock there: 2026-02-10 14:30."), "arrives": messages.Mark("By the clock there."), "seas": messages.Mark("Seas it crosses, parted by a semicolon."),
}

var tripLabels = map[string]string{
	"stay place": messages.Mark("Place"), "stay from": messages.Mark("From##when"), "stay until": messages.Mark("Until##when"), "hotel": messages.Mark("Hotel or host"), "hotel phone": messages.Mark("Its phone"), "mode": messages.Mark("How##one travels"), "from": messages.Mark("From##where"), "to": messages.Mark("To##where"), "departs": messages.Mark("Departs"), "arrives": messages.Mark("Arrives"),
	"carrier": messages.Mark("Carrier"), "flight or train number": messages.Mark("Flight or train number"), "ship": messages.Mark("Ship##a vessel"), "seas": messages.Mark("Seas"),
}

// travelModes are how one travels, to choose from. What is left open is read from what
// else the leg has: a flight's number, a ship, two airports.
var travelModes = []string{"", messages.Mark("as what follows says##how one travels"), string(vedette.ModeAir), messages.Mark("by air"), string(vedette.ModeRail), messages.Mark("by rail"),
	string(vedette.ModeRoad), messages.Mark("by road"), string(vedette.ModeSea), messages.Mark("by sea"), string(vedette.ModeOther), messages.Mark("otherwise##how one travels")}

// modeChoices are those, with whatever else was given, which the desk may still know.
func modeChoices(chosen string) []option {
	list := options(chosen, travelModes...)
	if pick("way to travel", chosen, list) != nil {
		list = append(list, option{chosen, chosen, true})
	}
	return list
}

// showTrip shows a trip, and the form that changes it.
func (p *portal) showTrip(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Desk.TripForm(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := tripFormView{Version: f.Version, Done: doneWords[r.URL.Query().Get("done")]}
	return p.tripFormOf(w, r, http.StatusOK, v, desk.TripEdit{Number: f.Trip.External, Stays: f.Stays, Legs: f.Legs}, f, nil)
}

// addTripForm shows the form that a trip is added with.
func (p *portal) addTripForm(w http.ResponseWriter, r *http.Request) error {
	e := desk.TripEdit{}
	if who := r.URL.Query().Get("person"); vedette.ID(who).Valid() {
		e.Person = who
	}
	return p.tripFormOf(w, r, http.StatusOK, tripFormView{}, e, nil, nil)
}

func (p *portal) tripFormOf(w http.ResponseWriter, r *http.Request, status int, v tripFormView, e desk.TripEdit, held *desk.TripForm, wrong []desk.FieldProblem) error {
	v.frame, v.Keeps, v.New, v.Address = p.frame(r, "Trip", vedette.StatusActual), p.may(r, rights.KeepPeople) == nil, held == nil, tripsPath
	v.Place, v.Number, v.Person = "house", safe(e.Number), safe(e.Person)
	if held != nil {
		l := p.tripLine(&held.Trip, "")
		v.ID, v.Who, v.WhoAddress, v.Places, v.State, v.Cancelled = string(held.Trip.ID), safe(held.Person.Record.Name), personAddress(held.Person.ID), l.Places, l.State, held.Trip.Cancelled
		v.Address = tripsPath + "/" + v.ID
	} else if vedette.ID(e.Person).Valid() {
		who, err := p.Desk.Person(r.Context(), e.Person)
		if err != nil {
			return err
		}
		v.Who, v.WhoAddress = safe(who.Record.Name), personAddress(who.ID)
	}
	v.Stays, v.Legs = tripLines("stay", e.Stays, desk.StayFields, wrong), tripLines("leg", e.Legs, desk.LegFields, wrong)
	if len(v.Problem) == 0 && len(wrong) > 0 {
		v.Problem = saying(messages.Of("Nothing was saved: mend what is marked below."))
	}
	for _, x := range wrong {
		if x.Field == "trip" {
			v.Problems = append(v.Problems, refusal(x.Says))
		} else if !strings.Contains(x.Field, " ") || strings.Count(x.Field, " ") < 2 { // of a whole line
			v.Problems = append(v.Problems, refusal(ofLine(x)))
		}
	}
	return p.show(w, status, "trip", v)
}

// ofLine is what is wrong with a whole line, with which line it is.
func ofLine(x desk.FieldProblem) error {
	line := messages.Of("%s", x.Field)
	if what, no, ok := strings.Cut(x.Field, " "); ok {
		if n, err := strconv.Atoi(no); err == nil && what == "stay" {
			line = messages.Of("Stay %d", n)
		} else if err == nil {
			line = messages.Of("Leg %d", n)
		}
	}
	return vedette.Errorf(vedette.CodeInvalid, "%s: %s", line, x.Says)
}

// tripLines are the lines of a form, with some that are blank.
func tripLines(what string, lines []map[string]string, fields []string, wrong []desk.FieldProblem) []tripFormLine {
	var out []tripFormLine
	for i := range min(len(lines)+spareLines, desk.MaxTripLines) {
		cells := map[string]string{}
		if i < len(lines) {
			cells = lines[i]
		}
		name := messages.Of("Leg %d", i+1)
		if what == "stay" {
			name = messages.Of("Stay %d", i+1)
		}
		l := tripFormLine{Name: name, Open: i < len(lines) || i == 0 && what == "stay"}
		for _, f := range fields {
			field := formField{ID: what + "-" + strconv.Itoa(i+1) + "-" + strings.ReplaceAll(f, " ", "-"), Name: what + " " + strconv.Itoa(i+1) + " " + f, Label: tripLabels[f], Help: tripHelp[f], Value: safe(cells[f])}
			if f == "mode" {
				field.Choices = modeChoices(field.Value)
			}
			for _, x := range wrong {
				if x.Field == field.Name {
					field.Problems = append(field.Problems, refusal(x.Says))
				}
			}
			l.Fields = append(l.Fields, field)
		}
		out = append(out, l)
	}
	return out
}

// saveTrip keeps what was typed of a trip, new or known.
func (p *portal) saveTrip(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	f := r.PostForm
	e := desk.TripEdit{Trip: vedette.ID(r.PathValue("id")), Person: strings.TrimSpace(f.Get("person")), Version: f.Get("version"), Number: f.Get("trip"),
		Stays: typedLinesOf(f, "stay", desk.StayFields), Legs: typedLinesOf(f, "leg", desk.LegFields)}
	t, wrong, err := p.Desk.EditTrip(r.Context(), e)
	switch code := vedette.ErrorCode(err); {
	case err == nil && len(wrong) == 0:
		http.Redirect(w, r, tripsPath+"/"+string(t.ID)+"?done=trip", http.StatusSeeOther)
		return nil
	case err != nil && !mends(err) && !(code == vedette.CodeNotFound && e.Trip == ""):
		return err
	}
	v, status := tripFormView{Version: e.Version}, http.StatusBadRequest
	var held *desk.TripForm
	if e.Trip != "" {
		var gone error
		if held, gone = p.Desk.TripForm(r.Context(), e.Trip); gone != nil {
			return gone
		}
		if held.Version != e.Version {
			v.Newer = heldLines(held)
		}
		v.Version = held.Version
	}
	if err != nil {
		v.Problem = nothingSaved(err)
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			status = http.StatusConflict
		}
	}
	if vedette.ErrorCode(err) == vedette.CodeNotFound { // nobody is called so
		if vedette.ID(e.Person).Valid() {
			return err
		}
	}
	return p.tripFormOf(w, r, status, v, e, held, wrong)
}

// heldLines say what is held of a trip, line by line.
func heldLines(f *desk.TripForm) (out []string) {
	say := func(cells map[string]string, fields []string) {
		var parts []string
		for _, n := range fields {
			if cells[n] != "" {
				parts = append(parts, messages.Said{English: tripLabels[n]}.String()+" "+safe(cells[n]))
			}
		}
		out = append(out, strings.Join(parts, ", "))
	}
	for _, s := range f.Stays {
		say(s, desk.StayFields)
	}
	for _, l := range f.Legs {
		say(l, desk.LegFields)
	}
	return out
}

// typedLinesOf reads the lines of a form, up to the last in which something stands.
func typedLinesOf(f url.Values, what string, fields []string) (out []map[string]string) {
	last := 0
	for i := range desk.MaxTripLines {
		line, any := map[string]string{}, false
		for _, n := range fields {
			line[n] = f.Get(what + " " + strconv.Itoa(i+1) + " " + n)
			any = any || strings.TrimSpace(line[n]) != ""
		}
		if out = append(out, line); any {
			last = i + 1
		}
	}
	return out[:last]
}

// cancelTrip says what cancelling a trip does, and does it on the second press.
func (p *portal) cancelTrip(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Desk.TripForm(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	at := tripsPath + "/" + string(f.Trip.ID)
	v := confirmView{Unnamed: true, About: say(r, messages.Of("%s: %s", safe(f.Person.Record.Name), p.tripLine(&f.Trip, "").Places)), Address: at + "/cancel", Back: at, Button: messages.Mark("Cancel the trip"), Fields: []field{{"version", f.Version}},
		Does: []string{messages.Mark("It puts them nowhere any more: what is told there does not come to them by it, and at home it does."), messages.Mark("Its record stays, as cancelled.")}}
	v.Place = "house"
	status := http.StatusOK
	if r.Method == http.MethodPost {
		_, err := readForm(w, r)
		switch {
		case err != nil:
		case !sure(r):
			err = vedette.Errorf(vedette.CodeInvalid, "nothing was done: press the button of the page")
		case r.PostForm.Get("version") != f.Version:
			err = vedette.Errorf(vedette.CodeConflict, "nothing was done: somebody else changed this trip meanwhile; look again")
		default:
			err = p.Desk.CancelTrip(r.Context(), f.Trip.ID)
		}
		if err == nil {
			http.Redirect(w, r, v.Back+"?done=cancelled", http.StatusSeeOther)
			return nil
		}
		if !mends(err) {
			return err
		}
		v.Problem, status = refusal(err), http.StatusConflict
	}
	return p.confirm(w, r, status, messages.Mark("Cancel a trip"), vedette.StatusActual, v)
}
