// Package itinerary reads journeys as programs hand them over: calendars
// (iCalendar, RFC 5545) of airlines, travel tools, Outlook and Google. It puts
// legs and stays together as a trip, in order, or says why they are none.
package itinerary

import (
	"io"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/address"
	"vedette/intake/clock"
	"vedette/intake/place"
	"vedette/intake/sheet"
	"vedette/intake/trip"
	"vedette/wording"
)

// Itinerary is what a calendar holds of one traveller's journeys.
type Itinerary struct {
	Name     string          // of the calendar, "" where it has none
	Trip     vedette.Trip    // its legs and stays; External is made of the calendar's id or its events'
	Parts    []trip.Part     // where each leg and stay comes from, in order of time
	LeftOut  []LeftOut       // events that are no travel, or are not to be counted
	Problems []sheet.Problem // by line; what has one is not in the trip
	Remarks  []sheet.Problem // what was taken to be so
}

// LeftOut is an event that is not in the trip, and why.
type LeftOut struct {
	Line    int // of its BEGIN, from 1
	UID     string
	Summary string
	Reason  error // reads on from the summary
}

var sort = sheet.Sort{What: "a calendar", Mend: "export it as iCalendar (.ics)", Empty: "a calendar begins with BEGIN:VCALENDAR"}

// Read reads a calendar. Every event of it is in the trip, left out with its
// reason, or has a problem. Times are taken as they say: in UTC, in a zone
// (IANA's name, Windows' or the calendar's own), or local to their place, each
// end of a leg to its own.
//
// The error is CodeInvalid where the file as a whole cannot be read, and
// CodeUnavailable where the reader fails.
func Read(g *gazetteer.Gazetteer, r io.Reader) (Itinerary, error) {
	text, err := sheet.TextOf(r, sort)
	if err != nil {
		return Itinerary{}, err
	}
	cal, err := parse(text)
	if err != nil {
		return Itinerary{}, err
	}
	in := &reader{calendar: cal, gaz: g, places: place.New(g)}
	in.readAll()
	return in.out, nil
}

// reader is one calendar being read.
type reader struct {
	*calendar
	gaz     *gazetteer.Gazetteer
	places  *place.Book
	out     Itinerary
	parts   []trip.Part
	gone    []trip.Part // cancelled
	in, off []*mark     // check-ins and check-outs as events of their own
}

// mark is a check-in or a check-out as an event of its own.
type mark struct {
	e  *event
	t  travel
	at clock.Moment
}

func (in *reader) readAll() {
	for _, p := range in.calendar.props {
		switch p.name {
		case "X-WR-CALNAME":
			in.out.Name = flat(p.words())
		case "X-WR-RELCALID":
			in.out.Trip.External = short(strings.TrimSpace(p.value))
		}
	}
	all := in.current()
	for _, e := range all {
		in.read(e)
	}
	in.pair()
	if in.open != nil {
		in.problem(in.open.line, "BEGIN", "VEVENT", sheet.Reason("is never closed: the file was cut short; export it again"))
	}
	for _, line := range in.odd {
		in.out.Remarks = append(in.out.Remarks, sheet.Problem{Line: line, Reason: sheet.Reason("this line is no property of a calendar and was passed over")})
	}
	in.assemble()
}

// assemble makes the trip. It is cancelled where all that is in it is.
func (in *reader) assemble() {
	gone := len(in.parts) == 0 && len(in.gone) > 0
	if gone {
		in.parts = in.gone
	}
	made := trip.Assemble(in.places, in.parts)
	in.out.Trip.Legs, in.out.Trip.Stays, in.out.Trip.Cancelled = made.Trip.Legs, made.Trip.Stays, gone
	in.out.Parts = made.Kept
	in.out.Problems = append(in.out.Problems, made.Problems...)
	in.out.Remarks = append(in.out.Remarks, made.Remarks...)
	if in.out.Trip.External == "" {
		in.out.Trip.External = called(made.Kept)
	}
	byLine := func(a, b sheet.Problem) int { return a.Line - b.Line }
	slices.SortStableFunc(in.out.Problems, byLine)
	slices.SortStableFunc(in.out.Remarks, byLine)
	slices.SortStableFunc(in.out.LeftOut, func(a, b LeftOut) int { return a.Line - b.Line })
}

// called makes a name for a trip of the ids of its events: the same for the
// same events, in whatever order they stand.
func called(parts []trip.Part) string {
	var ids []string
	for _, p := range parts {
		if p.UID != "" && !slices.Contains(ids, p.UID) && len(ids) < maxProperty {
			ids = append(ids, p.UID)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	slices.Sort(ids)
	if all := strings.Join(ids, " "); len(all) <= 255 {
		return all
	}
	return ids[0]
}

// current gives the events, of each only the latest version.
func (in *reader) current() []*event {
	called := false
	for _, p := range in.calendar.props {
		called = called || p.name == "METHOD" && strings.EqualFold(strings.TrimSpace(p.value), "CANCEL")
	}
	latest := map[string]*event{}
	var all []*event
	for i := range in.events {
		e := in.event(&in.events[i])
		e.cancelled = e.cancelled || called
		if in.events[i].more {
			in.out.Remarks = append(in.out.Remarks, sheet.Problem{Line: e.line, Value: sheet.Cut(e.summary), Reason: sheet.Reason("has more than %d properties: the rest was not read", maxProperty)})
		}
		if old := latest[e.uid]; old != nil && e.uid != "" && old.repeats == 0 && e.repeats == 0 {
			if e.sequence < old.sequence {
				old, e = e, old
			}
			in.leave(old, sheet.Reason("is an older version of the event in line %d", e.line))
			all = slices.DeleteFunc(all, func(o *event) bool { return o == old || o == e })
		}
		latest[e.uid] = e
		all = append(all, e)
	}
	return all
}

func (in *reader) leave(e *event, reason error) {
	in.out.LeftOut = append(in.out.LeftOut, LeftOut{Line: e.line, UID: e.uid, Summary: sheet.Cut(e.summary), Reason: reason})
}

func (in *reader) problem(line int, header, value string, reason error) {
	in.out.Problems = append(in.out.Problems, sheet.Problem{Line: line, Header: header, Value: sheet.Cut(value), Reason: reason})
}

// read reads one event.
func (in *reader) read(e *event) {
	t := understand(in.gaz, e)
	if t.kind == none {
		in.leave(e, t.why)
		return
	}
	if e.repeats > 0 {
		in.problem(e.repeats, "SUMMARY", e.summary, sheet.Reason("repeats, or is one of a row that does: which days are travelled is not guessed at; give each journey as an event of its own"))
		return
	}
	from, to, length, wrong := in.times(e)
	if wrong != nil && (t.kind == leg || t.kind == stay || from == (clock.Moment{})) {
		in.out.Problems = append(in.out.Problems, *wrong)
		return
	}
	var part *trip.Part
	switch t.kind {
	case leg:
		part = in.leg(e, &t, from, to, length)
	case stay:
		part = in.stay(e, &t, from, to)
	case checkin:
		in.in = append(in.in, &mark{e, t, from})
	case checkout:
		in.off = append(in.off, &mark{e, t, from})
	}
	in.keep(part, e, &t)
}

func (in *reader) keep(part *trip.Part, e *event, t *travel) {
	switch {
	case part == nil:
	case t.cancelled:
		in.gone = append(in.gone, *part)
		in.leave(e, sheet.Reason("is cancelled"))
	default:
		in.parts = append(in.parts, *part)
	}
}

// pair makes a stay of each check-in and the next check-out of its name.
func (in *reader) pair() {
	for _, a := range in.in {
		var end *mark
		for _, b := range in.off {
			if sheet.Fold(a.t.name) == sheet.Fold(b.t.name) && !b.at.Date.Before(a.at.Date) && (end == nil || b.at.Date.Before(end.at.Date)) {
				end = b
			}
		}
		if end == nil {
			in.problem(a.e.summaryLine, "SUMMARY", a.e.summary, sheet.Reason("has no check-out of the same name after it: give the stay its end"))
			continue
		}
		in.off = slices.DeleteFunc(in.off, func(m *mark) bool { return m == end })
		in.leave(end.e, sheet.Reason("ends the stay of line %d", a.e.line))
		in.keep(in.stay(a.e, &a.t, a.at, end.at), a.e, &a.t)
	}
	for _, b := range in.off {
		in.problem(b.e.summaryLine, "SUMMARY", b.e.summary, sheet.Reason("has no check-in of the same name before it: give the stay its beginning"))
	}
}

// leg makes a leg of what an event says, nil where that is a problem.
func (in *reader) leg(e *event, t *travel, from, to clock.Moment, length int) *trip.Part {
	l := &vedette.Leg{Mode: t.mode, Carrier: t.carrier, Number: t.number, Ship: t.ship}
	var why error
	if l.From, why = in.stop(t.from, true, t, e); why == nil {
		l.To, why = in.stop(t.to, false, t, e)
	}
	if why != nil {
		if t.weak {
			in.leave(e, sheet.Reason("may be a journey, but %s", why))
		} else {
			in.problem(e.summaryLine, "SUMMARY", e.summary, why)
		}
		return nil
	}
	var reason error
	if l.Departs, reason = from.At(in.places.Zones(l.From), clock.Start); reason != nil {
		in.out.Problems = append(in.out.Problems, *at(&e.start, reason))
		return nil
	}
	end := &e.end
	if end.name == "" {
		end = &e.start
	}
	if l.Arrives, reason = to.At(in.places.Zones(l.To), clock.End); reason != nil && length == 0 {
		in.out.Problems = append(in.out.Problems, *at(end, reason))
		return nil
	}
	if length > 0 {
		l.Arrives = l.Departs.Add(seconds(length))
	}
	if l.Arrives.Before(l.Departs) {
		in.out.Problems = append(in.out.Problems, *at(end, sheet.Reason("is %s, before the departure at %s: mend a time or its zone", wording.Minute(l.Arrives), wording.Minute(l.Departs))))
		return nil
	}
	if !from.HasTime {
		in.out.Remarks = append(in.out.Remarks, *at(&e.start, sheet.Reason("has no time: the leg is taken to last from the first moment of %s to the last of %s", from.Date.Said(), to.Date.Said())))
	}
	return &trip.Part{Line: e.line, UID: e.uid, Leg: l}
}

// stop finds one end of a leg. The second result is why it cannot.
func (in *reader) stop(text string, leaves bool, t *travel, e *event) (vedette.AreaID, error) {
	if text == "" {
		if leaves {
			return "", sheet.Reason(`does not say where it leaves from: write it as in "CDG-BGW" or "Paris to Baghdad"`)
		}
		return "", sheet.Reason(`does not say where it arrives: write it as in "CDG-BGW" or "Paris to Baghdad"`)
	}
	area, reason := in.places.Stop("", text, t.mode == vedette.ModeAir)
	if reason == nil {
		return area, nil
	}
	if leaves && e.point != nil && text == e.location {
		if near := in.places.Around(*e.point); near != "" {
			return near, nil
		}
	}
	if leaves {
		return "", sheet.Reason("leaves from %q, which %s", sheet.Cut(text), reason)
	}
	return "", sheet.Reason("arrives %q, which %s", sheet.Cut(text), reason)
}

// stay makes a stay of what an event says, nil where that is a problem. Its
// last day counts whole.
func (in *reader) stay(e *event, t *travel, from, to clock.Moment) *trip.Part {
	s := &vedette.Stay{Name: t.name}
	var reason error
	if s.Area, reason = in.where(e, t); reason != nil {
		in.problem(e.summaryLine, "SUMMARY", e.summary, reason)
		return nil
	}
	if t.phone != "" {
		if s.Phone, reason = address.Phone(t.phone); reason != nil {
			in.out.Remarks = append(in.out.Remarks, sheet.Problem{Line: e.line, Value: sheet.Cut(t.phone), Reason: sheet.Reason("%s; the stay is kept without its phone", reason)})
		}
	}
	zones := in.places.Zones(s.Area)
	if s.From, reason = from.At(zones, clock.Start); reason != nil {
		in.out.Problems = append(in.out.Problems, *at(&e.start, reason))
		return nil
	}
	to.HasTime = false
	if s.To, reason = to.At(zones, clock.End); reason != nil {
		in.out.Problems = append(in.out.Problems, *at(&e.end, reason))
		return nil
	}
	if !s.From.Before(s.To) {
		in.out.Problems = append(in.out.Problems, *at(&e.start, sheet.Reason("is after the end of the stay: mend one of them")))
		return nil
	}
	return &trip.Part{Line: e.line, UID: e.uid, Stay: s}
}

// where finds the place of a stay: its address, what its words say, its point.
func (in *reader) where(e *event, t *travel) (vedette.AreaID, error) {
	var first error
	for _, text := range []string{e.location, t.place} {
		if text == "" || sheet.Fold(text) == sheet.Fold(t.name) && t.place != text {
			continue // the hotel's name is no address
		}
		area, reason := in.places.Stop("", text, false)
		if reason == nil {
			return area, nil
		}
		if first == nil {
			first = sheet.Reason("is at %q, which %s", sheet.Cut(text), reason)
		}
	}
	if e.point != nil {
		if area := in.places.Around(*e.point); area != "" {
			return area, nil
		}
	}
	if first == nil {
		first = sheet.Reason("does not say where it is: give the event a location, with city and country")
	}
	return "", first
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
