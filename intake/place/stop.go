package place

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/clock"
	"vedette/intake/sheet"
)

// servesKM is how far an airport may lie from a place it is named with.
const servesKM = 150

// metropolis are the codes that name a city with several airports (IATA),
// with the city's name and country.
var metropolis = map[string][2]string{
	"LON": {"London", "GB"}, "PAR": {"Paris", "FR"}, "NYC": {"New York", "US"}, "WAS": {"Washington", "US"}, "CHI": {"Chicago", "US"},
	"MIL": {"Milan", "IT"}, "ROM": {"Rome", "IT"}, "MOW": {"Moscow", "RU"}, "STO": {"Stockholm", "SE"}, "TYO": {"Tokyo", "JP"},
	"OSA": {"Osaka", "JP"}, "SEL": {"Seoul", "KR"}, "BJS": {"Beijing", "CN"}, "JKT": {"Jakarta", "ID"}, "BUE": {"Buenos Aires", "AR"},
	"RIO": {"Rio de Janeiro", "BR"}, "SAO": {"São Paulo", "BR"}, "BUH": {"Bucharest", "RO"}, "YTO": {"Toronto", "CA"}, "YMQ": {"Montreal", "CA"},
}

// stationWords begin or are what follows a city in the name of a station,
// port or airport: "Paris Gare de Lyon", "Köln Hbf", "Dubai Terminal 3".
var stationWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`gare station stn hbf hauptbahnhof bahnhof bf central centrale centraal midi nord sud zuid noord ost est ouest estacion stazione
		railway train bus coach port harbour harbor puerto hafen ferry terminal airport aeroport flughafen aeropuerto international intl
		st pancras kings euston waterloo victoria paddington penn union atocha termini termal sants gate t1 t2 t3 t4 t5`) {
		m[w] = true
	}
	return m
}()

// Stop finds where a leg leaves from or arrives, or where a stay is: a city,
// a country, an airport by its code (LHR; "Paris (CDG)"), a station or an
// address by its city. The country may be named apart. By air, three capitals
// are an airport. The second result is the reason why it is no one place.
func (b *Book) Stop(country, text string, air bool) (vedette.AreaID, error) {
	key := [2]string{country, text}
	if air {
		key[1] = "air " + text
	}
	f, ok := b.stops[key]
	if !ok {
		f = b.stop(country, text, air)
		b.stops[[2]string{strings.Clone(country), strings.Clone(key[1])}] = f
	}
	return f.area, f.reason
}

func (b *Book) stop(country, text string, air bool) found {
	if f, ok := b.coded(text, air); ok {
		if land, known := b.country(country); known && f.reason == nil && country != "" && !b.g.Contains(land.ID, f.area) {
			f = found{reason: sheet.Reason("is in %s, not in %s: mend one of them", b.Label(f.area), land.Name)}
		}
		return f
	}
	f := b.find(country, text)
	if f.reason == nil && country == "" && !strings.Contains(text, ",") {
		return b.sizeable(f)
	}
	if f.reason == nil || len(f.others) > 0 {
		return f
	}
	if o, ok := b.shorter(country, text); ok {
		return o
	}
	if f.unknown {
		f.reason = unknownPlace(b.holds(text))
	}
	return f
}

// smallPeople is the size of a town below which its name alone does not say
// that someone goes there: it may be another language's name for a large city
// ("Londres").
const smallPeople = 10_000

// sizeable asks about a small town that is named without its country.
func (b *Book) sizeable(f found) found {
	a, ok := b.g.Shared(f.area)
	_, capital := b.g.IsCapital(f.area)
	if ok && a.Kind == vedette.AreaCity && a.People < smallPeople && !capital {
		return found{reason: sheet.Reason("is the name of a small town, %s: add the country, or mend the name", b.Label(a.ID)), others: []vedette.Area{*a}}
	}
	return f
}

// Common gives the narrowest place, at most a country, that holds two.
func (b *Book) Common(x, y vedette.AreaID) (vedette.AreaID, bool) {
	switch {
	case x == y || b.g.Contains(x, y):
		return x, true
	case b.g.Contains(y, x):
		return y, true
	}
	for _, up := range b.g.Ancestors(x) {
		if a, ok := b.g.Shared(up); ok && a.Kind != vedette.AreaRegion && a.Kind != vedette.AreaSea && b.g.Contains(up, y) {
			return up, true
		}
	}
	return "", false
}

// coded reads an airport's or a metropolis' code, alone or with words around
// it. It is false where the text has none.
func (b *Book) coded(text string, air bool) (found, bool) {
	code := strings.TrimSpace(text)
	if len(code) == 3 && capitals(code) {
		port, ok := b.g.Airport(code)
		if !ok {
			return b.metro(code)
		}
		if land, isLand := b.land(code, air); isLand && land.ID != port.Country {
			return found{reason: sheet.Reason("may be the airport %s or %s: write the name of the city", port.Name, land.Name)}, true
		}
		return found{area: port.ID}, true
	}
	if before, in, ok := strings.Cut(text, "("); ok {
		if code, after, ok := strings.Cut(in, ")"); ok && len(code) == 3 && capitals(code) {
			return b.beside(code, before+" "+after, true)
		}
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) == 3 && capitals(w) {
			if f, ok := b.beside(w, strings.Replace(text, w, " ", 1), false); ok {
				return f, true
			}
		}
	}
	return found{}, false
}

// land is the country that three capitals may mean as well: "USA" always,
// an ISO code ("CAN") where nothing says that one flies.
func (b *Book) land(code string, air bool) (vedette.Area, bool) {
	for _, a := range b.g.Lookup(code) {
		if a.Kind == vedette.AreaCountry {
			return a, true
		}
	}
	if air {
		return vedette.Area{}, false
	}
	return b.g.Country(code)
}

func (b *Book) metro(code string) (found, bool) {
	city, ok := metropolis[code]
	if !ok {
		return found{}, false
	}
	return b.find(city[1], city[0]), true
}

// beside holds a code against the words around it. A code in brackets stands
// unless they contradict it; any other needs them to agree.
func (b *Book) beside(code, words string, sure bool) (found, bool) {
	port, ok := b.g.Airport(code)
	if !ok {
		if sure {
			return b.metro(code)
		}
		return found{}, false
	}
	words = strings.Trim(b.city(words), " -–—,/:.")
	if words == "" || strings.Contains(sheet.Fold(port.Name), sheet.Fold(words)) {
		return found{area: port.ID}, true
	}
	var named []vedette.Area
	for _, part := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(",-–—/:", r) }) {
		named = append(named, b.leading(part)...)
	}
	near := func(a vedette.Area) bool {
		return b.g.Contains(a.ID, port.ID) || a.Kind == vedette.AreaCity && gazetteer.Distance(a.Center, port.Center) <= servesKM
	}
	switch {
	case slices.ContainsFunc(named, near):
		return found{area: port.ID}, true
	case sure && len(named) > 0 && b.knownWhole(words):
		return found{reason: sheet.Reason("names %s and the airport %s, which is at %s: mend one of them", b.Label(named[0].ID), code, b.Label(port.ID))}, true
	}
	return found{area: port.ID}, sure
}

func (b *Book) knownWhole(words string) bool { return len(b.g.Lookup(words)) > 0 }

// leading gives the places that the first words of a text name, the longest
// run of words first.
func (b *Book) leading(text string) []vedette.Area {
	words := strings.Fields(text)
	for n := min(len(words), 5); n > 0; n-- {
		if all := b.g.Lookup(strings.Join(words[:n], " ")); len(all) > 0 {
			return all
		}
	}
	return nil
}

// city cuts a text where the words for a station or a terminal begin.
func (b *Book) city(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if stationWords[sheet.Fold(w)] {
			return strings.Join(words[:i], " ")
		}
	}
	return text
}

// shorter tries a text as an address or a station: what stands before the
// words for a station, and the parts of an address from its end.
func (b *Book) shorter(country, text string) (found, bool) {
	if city := b.city(text); city != text && city != "" {
		if f := b.find(country, strings.Trim(city, " -–—,")); f.reason == nil || len(f.others) > 0 {
			return f, true
		}
	}
	parts := strings.Split(text, ",")
	if len(parts) < 2 || len(parts) > 12 {
		return found{}, false
	}
	for i := range parts {
		parts[i] = noNumbers(parts[i])
	}
	last := len(parts) - 1
	if country == "" {
		if land, ok := b.country(parts[last]); ok && land.Kind == vedette.AreaCountry {
			country, last = parts[last], last-1
		}
	}
	for i := last; i >= 0; i-- {
		if parts[i] == "" {
			continue
		}
		if f := b.find(country, b.city(parts[i])); f.reason == nil || len(f.others) > 0 {
			return f, true
		}
		if country == "" {
			break // an address ends in its city or country
		}
	}
	return found{}, false
}

// noNumbers takes postal codes and house numbers out of a part of an address.
func noNumbers(s string) string {
	words := strings.Fields(s)
	words = slices.DeleteFunc(words, func(w string) bool { return strings.ContainsAny(w, "0123456789") })
	return strings.Join(words, " ")
}

// holds names a place that stands in a text we cannot place as a whole.
func (b *Book) holds(text string) error {
	if sheet.Longer(text, 200) {
		return sheet.Reason("write the city and its country")
	}
	for _, m := range b.g.Mentions(text) {
		var areas []vedette.Area
		for _, id := range m.Areas[:min(len(m.Areas), 3)] {
			if a, ok := b.g.Shared(id); ok && a.Kind != vedette.AreaRegion {
				areas = append(areas, *a)
			}
		}
		if len(areas) > 0 {
			return sheet.Reason("did you mean %s?", b.list(areas))
		}
	}
	return sheet.Reason("write the city and its country, or the airport's code")
}

func capitals(s string) bool { return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }

// Zones gives the time zones of an area, one where it has but one. Seas and
// regions have none.
func (b *Book) Zones(id vedette.AreaID) []*time.Location {
	if all, ok := b.zones[id]; ok {
		return all
	}
	var all []*time.Location
	if a, ok := b.g.Shared(id); ok {
		names := a.Zones
		if a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport || len(names) == 0 {
			names = []string{b.g.Zone(id)}
		}
		for _, name := range names {
			if loc, reason := clock.Zone(name); reason == nil {
				all = append(all, loc)
			}
		}
	}
	b.zones[id] = all
	return all
}

// Coarsen gives what is kept of where someone is, at a precision: an airport
// is kept as its city, any place within a country as the country.
func Coarsen(g *gazetteer.Gazetteer, id vedette.AreaID, p vedette.Precision) vedette.AreaID {
	a, ok := g.Area(id)
	switch {
	case !ok:
	case p == vedette.PrecisionCountry && a.Country != "" && a.Kind != vedette.AreaCountry:
		return a.Country
	case p == vedette.PrecisionCity && a.Kind == vedette.AreaAirport:
		for _, up := range g.Ancestors(id) {
			if o, ok := g.Area(up); ok && (o.Kind == vedette.AreaCity || o.Kind == vedette.AreaCountry) {
				return up
			}
		}
	}
	return id
}

// Joined says whether one may be at both areas without travelling far: the
// same, one within the other, or places of one city.
func (b *Book) Joined(x, y vedette.AreaID) bool {
	if x == y || b.g.Contains(x, y) || b.g.Contains(y, x) {
		return true
	}
	p, ok := b.g.Shared(x)
	q, also := b.g.Shared(y)
	return ok && also && punctual(p) && punctual(q) && gazetteer.Distance(p.Center, q.Center) <= servesKM/2
}

// punctual says whether an area is small enough to be its centre.
func punctual(a *vedette.Area) bool {
	return a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport
}
