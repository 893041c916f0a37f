package trip

import (
	"strings"
	"time"

	"vedette"
	"vedette/intake/address"
	"vedette/intake/clock"
	"vedette/intake/sheet"
	"vedette/wording"
)

// cells are the cells of a line that make a leg or a stay.
type cells struct {
	mode, from, fromCountry, to, toCountry                             sheet.Cell
	departs, departsTime, departsZone, arrives, arrivesTime, arrivesAt sheet.Cell
	flight, train, service, ship, seas, carrier                        sheet.Cell
	hotel, place, country, first, last, phone                          sheet.Cell
}

func (in *reader) cells() cells {
	c := cells{
		mode: in.Cell(fieldMode), from: in.Cell(fieldFrom), fromCountry: in.Cell(fieldFromCountry), to: in.Cell(fieldTo), toCountry: in.Cell(fieldToCountry),
		departs: in.Cell(fieldDeparts), departsTime: in.Cell(fieldDepartsTime), departsZone: in.Cell(fieldDepartsZone),
		arrives: in.Cell(fieldArrives), arrivesTime: in.Cell(fieldArrivesTime), arrivesAt: in.Cell(fieldArrivesZone),
		flight: in.Cell(fieldFlight), train: in.Cell(fieldTrain), service: in.Cell(fieldService), ship: in.Cell(fieldShip), seas: in.Cell(fieldSeas), carrier: in.Cell(fieldCarrier),
		hotel: in.Cell(fieldHotel), place: in.Cell(fieldPlace), country: in.Cell(fieldCountry), first: in.Cell(fieldStayFrom), last: in.Cell(fieldStayUntil), phone: in.Cell(fieldPhone),
	}
	zone := in.Cell(fieldZone)
	if c.departsZone.Value == "" {
		c.departsZone = zone
	}
	if c.arrivesAt.Value == "" {
		c.arrivesAt = zone
	}
	c.asStay()
	return c
}

// asStay reads the plain lists "destination, departure, return" and "city,
// arrival, departure" as stays.
func (c *cells) asStay() {
	begins := c.from.Value == "" && c.fromCountry.Value == "" && c.flight.Value == "" && c.train.Value == "" && c.ship.Value == ""
	destination := c.to.Value != "" || c.toCountry.Value != ""
	switch {
	case begins && destination && c.arrives.Value == "" && c.last.Value != "":
		if c.first.Value == "" {
			c.first = c.departs
		}
		if c.place.Value == "" && c.country.Value == "" {
			c.place, c.country = c.to, c.toCountry
		}
		c.to, c.toCountry, c.departs = sheet.Cell{}, sheet.Cell{}, sheet.Cell{}
	case begins && !destination && c.departs.Value != "" && c.arrives.Value != "" && c.first.Value == "" && c.last.Value == "":
		c.first, c.last = c.arrives, c.departs
		c.arrives, c.departs = sheet.Cell{}, sheet.Cell{}
	}
}

func (c *cells) isLeg() bool {
	return c.from.Value != "" || c.fromCountry.Value != "" || c.to.Value != "" || c.toCountry.Value != "" || c.departs.Value != "" || c.arrives.Value != ""
}

func (c *cells) isStay() bool {
	return c.hotel.Value != "" || c.first.Value != "" || c.last.Value != ""
}

// What a line does not say.
var (
	noMode  = sheet.Reason("is no mode of travel we know: write air, rail, road, sea or other")
	noStart = sheet.Reason("where does this leg leave from? give a city, a country or an airport's code")
	noEnd   = sheet.Reason("where does this leg arrive? give a city, a country or an airport's code")
	noPlace = sheet.Reason("where is this stay? give a city, a country or an address")
)

var modes = sheet.Words(
	sheet.As[vedette.Mode](vedette.ModeAir, `air; plane; flight; fly; airplane; helicopter; vol; avion; aérien; flug; flugzeug; vuelo; avión; aéreo`),
	sheet.As[vedette.Mode](vedette.ModeRail, `rail; train; railway; tgv; zug; bahn; tren; ferrocarril`),
	sheet.As[vedette.Mode](vedette.ModeRoad, `road; car; bus; coach; taxi; drive; rental car; car rental; transfer; voiture; autocar; route; taxi; auto; pkw; mietwagen; strasse; straße; coche; autobús; carretera`),
	sheet.As[vedette.Mode](vedette.ModeSea, `sea; ship; boat; ferry; vessel; cruise; bateau; navire; mer; schiff; fähre; see; barco; buque; ferri; mar`),
	sheet.As[vedette.Mode](vedette.ModeOther, `other; foot; walk; autre; sonstige; sonstiges; andere; otro; otros`),
)

// modeOf reads how a leg is travelled, or sees it by what else it bears.
func (in *reader) modeOf(c *cells) vedette.Mode {
	if c.mode.Value != "" {
		return sheet.Choose(in.Reader, c.mode, modes, noMode)
	}
	switch {
	case c.flight.Value != "":
		return vedette.ModeAir
	case c.train.Value != "":
		return vedette.ModeRail
	case c.ship.Value != "":
		return vedette.ModeSea
	}
	from, leaves := in.gaz.Airport(c.from.Value)
	to, lands := in.gaz.Airport(c.to.Value)
	if leaves && lands && string(from.ID) == "iata:"+c.from.Value && string(to.ID) == "iata:"+c.to.Value {
		return vedette.ModeAir
	}
	return vedette.ModeOther
}

// leg reads a leg, nil where it has a problem.
func (in *reader) leg(c *cells) *vedette.Leg {
	before := len(in.Problems)
	l := &vedette.Leg{Mode: in.modeOf(c), Carrier: c.carrier.Value, Ship: c.ship.Value}
	for _, n := range []sheet.Cell{c.flight, c.train, c.service} {
		if l.Number == "" {
			l.Number = n.Value
		}
	}
	air := l.Mode == vedette.ModeAir
	l.From = in.stop(c.fromCountry, c.from, air, noStart)
	l.To = in.stop(c.toCountry, c.to, air, noEnd)
	l.Through = in.seas(c.seas)
	departs, known := in.moment(c.departs, c.departsTime, nil)
	if !known {
		in.Missing(c.departs, "the departure is missing: give its date and time")
	}
	arrives, lands := in.moment(c.arrives, c.arrivesTime, &departs)
	switch {
	case lands || !known || len(in.Problems) > before:
	case !departs.HasTime && c.arrives.Value == "" && c.arrivesTime.Value == "":
		arrives, lands = clock.Moment{Date: departs.Date, Zone: departs.Zone}, true
	default:
		in.Missing(c.arrives, "the arrival is missing: give its date and time")
	}
	if l.From == "" || l.To == "" || !known || !lands || len(in.Problems) > before {
		return nil
	}
	l.Departs = in.instant(c.departs, departs, c.departsZone, l.From, clock.Start)
	l.Arrives = in.instant(c.arrives, arrives, c.arrivesAt, l.To, clock.End)
	if len(in.Problems) > before {
		return nil
	}
	if l.Arrives.Before(l.Departs) {
		in.Problem(c.arrives, "is %s, before the departure at %s: mend a time or its zone", wording.Minute(l.Arrives), wording.Minute(l.Departs))
		return nil
	}
	in.sayDays(c, departs, arrives)
	return l
}

// sayDays remarks on what has a day and no time.
func (in *reader) sayDays(c *cells, departs, arrives clock.Moment) {
	switch {
	case !departs.HasTime && !arrives.HasTime:
		in.Remark(c.departs, "has no time: the leg is taken to last from the first moment of %s to the last of %s", departs.Date.Said(), arrives.Date.Said())
	case !departs.HasTime:
		in.Remark(c.departs, "has no time: the leg is taken to leave at the day's first moment")
	case !arrives.HasTime:
		in.Remark(c.arrives, "has no time: the leg is taken to arrive at the day's last moment")
	}
}

// stop finds a place, "" where there is a problem.
func (in *reader) stop(country, text sheet.Cell, air bool, missing error) vedette.AreaID {
	if country.Value == "" && text.Value == "" {
		if !in.Said(text) {
			in.Refuse(text, missing)
		}
		return ""
	}
	area, reason := in.places.Stop(country.Value, text.Value, air)
	if reason != nil {
		if text.Value == "" {
			text = country
		}
		in.Refuse(text, reason)
		return ""
	}
	return area
}

func (in *reader) seas(c sheet.Cell) []vedette.AreaID {
	var all []vedette.AreaID
	for _, name := range strings.FieldsFunc(c.Value, func(r rune) bool { return strings.ContainsRune(";,/+", r) }) {
		id, _ := in.places.Stop("", strings.TrimSpace(name), false)
		if a, ok := in.gaz.Area(id); !ok || a.Kind != vedette.AreaSea {
			in.Problem(c, "has %q, which is no sea we know: name seas or straits, parted by ;", sheet.Cut(strings.TrimSpace(name)))
			return nil
		}
		all = append(all, id)
	}
	return all
}

// moment reads a date and a time, of one cell or of two. A time alone is of
// the day given beside it. It is false where there is none or a problem.
func (in *reader) moment(date, at sheet.Cell, beside *clock.Moment) (clock.Moment, bool) {
	if date.Value == "" {
		if at.Value == "" {
			return clock.Moment{}, false
		}
		if m, reason := clock.ReadTime(at.Value); reason == nil && beside != nil && beside.Valid() {
			m.Date = beside.Date
			in.Remark(at, "has no date: taken to be on the day of departure")
			return m, true
		}
		date, at = at, sheet.Cell{}
	}
	m, reason := clock.Read(date.Value, in.orders[date.Column.At])
	if reason != nil {
		in.Refuse(date, reason)
		return m, false
	}
	if at.Value == "" {
		return m, true
	}
	t, reason := clock.ReadTime(at.Value)
	if reason != nil { // the column of times may hold the date as well
		whole, why := clock.Read(at.Value, in.orders[at.Column.At])
		if why != nil || whole.Date != m.Date {
			in.Refuse(at, reason)
			return m, false
		}
		t = whole
	}
	t.Date = m.Date
	if t.Zone == nil {
		t.Zone = m.Zone
	}
	return t, true
}

// instant gives a moment as a point in time.
func (in *reader) instant(c sheet.Cell, m clock.Moment, zone sheet.Cell, area vedette.AreaID, side clock.Side) time.Time {
	if m.Zone == nil && zone.Value != "" {
		loc, reason := clock.Zone(zone.Value)
		if reason != nil {
			in.Refuse(zone, reason)
			return time.Time{}
		}
		m.Zone = loc
	}
	t, reason := m.At(in.places.Zones(area), side)
	if reason != nil {
		in.Refuse(c, reason)
	}
	return t
}

// stay reads a stay, nil where it has a problem.
func (in *reader) stay(c *cells) *vedette.Stay {
	before := len(in.Problems)
	s := &vedette.Stay{Name: c.hotel.Value}
	where, country := c.place, c.country
	if where.Value == "" && country.Value == "" && (c.to.Value != "" || c.toCountry.Value != "") {
		where, country = c.to, c.toCountry
	}
	s.Area = in.stop(country, where, false, noPlace)
	if c.phone.Value != "" {
		s.Phone = in.Told(c.phone, address.Phone)
	}
	first, last := c.first, c.last
	if first.Value == "" && c.arrives.Value != "" {
		first = c.arrives
	}
	from, begins := in.moment(first, sheet.Cell{}, nil)
	if !begins {
		in.Missing(first, "the first day of the stay is missing")
	}
	to, ends := in.moment(last, sheet.Cell{}, nil)
	if !ends {
		in.Missing(last, "the last day of the stay is missing")
	}
	if len(in.Problems) > before || s.Area == "" {
		return nil
	}
	if to.Date.Before(from.Date) {
		in.Problem(last, "is before %s, the first day of the stay: mend one of them", from.Date.Said())
		return nil
	}
	from.HasTime, to.HasTime = false, false // whole days
	s.From = in.instant(first, from, c.arrivesAt, s.Area, clock.Start)
	s.To = in.instant(last, to, c.arrivesAt, s.Area, clock.End)
	return s
}
