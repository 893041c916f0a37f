package itinerary

import (
	"regexp"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/sheet"
)

// kind is what an event is of.
type kind int

const (
	none     kind = iota
	leg           // a movement
	stay          // a night's stay
	checkin       // the beginning of a stay, as an event of its own
	checkout      // and its end
)

// travel is what an event says of a journey, in its own words.
type travel struct {
	kind          kind
	mode          vedette.Mode
	from, to      string
	number        string
	carrier, ship string
	name, phone   string // of a stay
	place         string // where it is, where its words say so
	weak          bool   // its words may mean something else: only known places make it a journey
	cancelled     bool
	why           error // it is none
}

// The words by which travel is told, in the four languages of the portal.
var (
	cancelledAt = regexp.MustCompile(`(?i)^\s*(?:\[?cancell?ed\]?|annulée?|annulé|storniert|abgesagt|cancelad[oa]|anulad[oa])\s*[:\-–]?\s+`)
	forwarded   = regexp.MustCompile(`(?i)^\s*(?:fwd?|fw|tr|wg|re|rv)\s*:\s*`)
	reminder    = regexp.MustCompile(`(?i)\b(?:(?:online |web )?check[- ]?in (?:opens|closes|for|now|open)|boarding|reminder|rappel|erinnerung|recordatorio|leave for|time to leave|partir pour|head to|lounge|bag drop|security line|gate closes)\b`)
	stayAt      = regexp.MustCompile(`(?i)^(?:stay(?:ing)? (?:at|in)|stay:|hotel(?: reservation| booking| stay)?(?: at)?|h[oô]tel|accommodation|lodging|airbnb|guest ?house|hostel|reservation at|unterkunft|übernachtung|aufenthalt|hébergement|séjour|nuit|alojamiento|estancia|hospedaje)\b[ :\-–]*((?:at|in|à|im|en) )?(.*)$`)
	checkinAt   = regexp.MustCompile(`(?i)^check[- ]?in\s*(?::|at|-|–|à|bei|en)\s*(.+)$`)
	checkoutAt  = regexp.MustCompile(`(?i)^check[- ]?out\s*(?::|at|from|-|–|de|bei)\s*(.+)$`)
	hotelEnd    = regexp.MustCompile(`(?i)(?:^(.+\b(?:hotel|hôtel|inn|resort|suites|hostel|guest ?house|aparthotel|residence))(?:,.*)?$)|^((?:hotel|hôtel)\s.+)$`)
	airport     = regexp.MustCompile(`\b[A-Z]{3}\b`)
	flightNo    = regexp.MustCompile(`\b([A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])[ -]?([0-9]{1,4}[A-Z]?)\b`)
	trainNo     = regexp.MustCompile(`(?i)\b(?:train|zug|tren|tgv|ice|ic|ec|rjx?|eurostar|thalys|ave|renfe|amtrak|ter|rer|re)\s*(?:no\.?|nr\.?|n°|number|inoui)?\s*([0-9]{1,5})\b`)
	brackets    = regexp.MustCompile(`\(([^()]*)\)`)
	trailing    = regexp.MustCompile(`(?i)\s+(?:on|with|avec|mit|con|aboard|at|um|conf(?:irmation)?\b.*|seat|siège|sitz|ref|booking|operated by|via)\b.*$|\s*[|•·#].*$`)
	signs       = regexp.MustCompile(`[✈🛫🛬🛩🚆🚄🚅🚂🚊🚉⛴🚢🛳🚌🚍🚗🚕🏨🛏🏩]\x{FE0F}?`)
)

// modeWords tell how one moves. The first that fits is taken.
var modeWords = []struct {
	mode  vedette.Mode
	words *regexp.Regexp
	signs string
}{
	{vedette.ModeAir, regexp.MustCompile(`(?i)\b(?:flights?|fly|flying|vol|avion|flug|vuelo|plane)\b(?:\s*(?:no\.?|number|nr\.?)\b)?`), "✈🛫🛬🛩"},
	{vedette.ModeRail, regexp.MustCompile(`(?i)\b(?:train|rail|railway|zug|bahn|tren|tgv(?: inoui)?|eurostar|thalys|amtrak|renfe|ice(?: [0-9]+)|ave(?: [0-9]+))\b`), "🚆🚄🚅🚂🚊🚉"},
	{vedette.ModeSea, regexp.MustCompile(`(?i)\b(?:ferry|ship|boat|cruise|sailing|vessel|bateau|traversée|schiff|fähre|barco|ferri|travesía)\b`), "⛴🚢🛳"},
	{vedette.ModeRoad, regexp.MustCompile(`(?i)\b(?:bus|coach|shuttle|car|drive|driving|taxi|transfer|autocar|voiture|transfert|fahrt|mietwagen|autobús|coche|traslado)\b`), "🚌🚍🚗🚕"},
}

// The ways in which a route is written: from and to.
var routes = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(?:.*\b(?:from|de|von|desde|depuis)\s+)?(.+?)\s*(?:→|->|=>|➔|➜|⇒|✈|>|»)\s*(.+)$`),
	regexp.MustCompile(`(?:^|\s)([A-Z]{3})\s?[-–—/]\s?([A-Z]{3})(?:\s|$)`),
	regexp.MustCompile(`(?i)^(?:.*?\b(?:from|von|desde|depuis)\s+)(.+?)\s+(?:to|nach|à|hasta|a|vers)\s+(.+)$`),
	regexp.MustCompile(`(?i)^(?:.*?\bde\s+)(.+?)\s+(?:à|a|vers)\s+(.+)$`),
	regexp.MustCompile(`^(.+?)\s+(?:to|nach|à|vers)\s+(.+)$`),
	regexp.MustCompile(`^(.+?)\s+[-–—/]\s+(.+)$`),
}

var (
	toOnly   = regexp.MustCompile(`(?i)^(?:to|nach|à|vers|pour|a|para|hasta)\s+(.+)$`)
	fromOnly = regexp.MustCompile(`(?i)^(?:from|von|de|depuis|desde)\s+(.+)$`)
)

// understand reads what an event is of, from its summary first and then what
// else it bears. Nothing is made up: what is not said stays "".
func understand(g *gazetteer.Gazetteer, e *event) travel {
	t := travel{cancelled: e.cancelled}
	s := forwarded.ReplaceAllString(e.summary, "")
	if loc := cancelledAt.FindStringIndex(s); loc != nil {
		s, t.cancelled = s[loc[1]:], true
	}
	bare := strings.TrimSpace(signs.ReplaceAllString(s, " "))
	if bare == "" && e.location == "" {
		t.why = sheet.Reason("has no words")
		return t
	}
	if reminder.MatchString(bare) {
		t.why = sheet.Reason("reminds of a journey and is none itself")
		return t
	}
	if t.asStay(bare, e) {
		return t
	}
	t.asLeg(g, s, bare, e)
	return t
}

// asStay reads hotels. It is false where the event speaks of none.
func (t *travel) asStay(s string, e *event) bool {
	if m := checkoutAt.FindStringSubmatch(s); m != nil && !flightNo.MatchString(s) {
		t.kind, t.name = checkout, m[1]
		return true
	}
	if m := checkinAt.FindStringSubmatch(s); m != nil && !flightNo.MatchString(s) {
		t.kind, t.name = checkin, m[1]
		if e.nights() {
			t.kind = stay
		}
	} else if m := stayAt.FindStringSubmatch(s); m != nil {
		t.kind, t.name = stay, strings.TrimSpace(m[2])
		if in := strings.ToLower(m[0]); strings.HasPrefix(in, "stay in ") || strings.HasPrefix(in, "staying in ") || strings.EqualFold(m[1], "in ") {
			t.place = t.name
		}
	} else if m := hotelEnd.FindStringSubmatch(s); m != nil && e.nights() && !strings.Contains(s, " at ") && !strings.Contains(s, " @ ") {
		t.kind, t.name = stay, m[1]+m[2]
	} else {
		return false
	}
	if t.kind == stay && !e.nights() {
		*t = travel{cancelled: t.cancelled, why: sheet.Reason("speaks of a hotel, but goes over no night: where someone sleeps there, give it the whole stay")}
		return true
	}
	if t.name == "" {
		t.name = firstPart(e.location)
	}
	if i := strings.LastIndex(t.name, ", "); i > 0 && t.place == "" {
		t.place = t.name[i+2:]
	}
	t.phone = e.label("phone")
	return true
}

func firstPart(s string) string {
	first, _, _ := strings.Cut(s, ",")
	return strings.TrimSpace(first)
}

// nights says whether the event goes over a night, which is what tells a stay
// from a dinner. All-day events do.
func (e *event) nights() bool {
	day, _, timed := strings.Cut(strings.TrimSpace(e.start.value), "T")
	end, _, _ := strings.Cut(strings.TrimSpace(e.end.value), "T")
	if e.end.name == "" {
		seconds, ok := duration(e.duration.value)
		return !timed || ok && seconds >= 12*3600
	}
	return !timed || day != end
}

// asLeg reads movements.
func (t *travel) asLeg(g *gazetteer.Gazetteer, s, bare string, e *event) {
	whole, named := bare, false // a word or sign for a way of travelling stands in the summary
	for _, m := range modeWords {
		sign, word := strings.ContainsAny(s, m.signs), m.words.FindString(bare)
		if sign || word != "" {
			t.mode, named, t.weak = m.mode, true, !sign && weakWords.MatchString(word)
			bare = t.train(bare)
			bare = strings.TrimSpace(m.words.ReplaceAllString(bare, " "))
			break
		}
	}
	rest := t.numbers(bare)
	t.from, t.to = route(rest)
	codes := known(g, rest)
	if t.from == "" && len(codes) == 2 {
		t.from, t.to = codes[0], codes[1]
	}
	if !named && codesOnly.MatchString(whole) && len(codes) == 2 {
		t.mode, named = vedette.ModeAir, true
	}
	if !named {
		flies := t.number != "" && (len(codes) > 0 || isPlace(g, t.from) && isPlace(g, t.to))
		if !flies {
			*t = travel{cancelled: t.cancelled, why: sheet.Reason("names no journey and no stay")}
			return
		}
	}
	t.kind = leg
	t.details(e)
	if t.from == "" && t.to == "" && t.number == "" {
		*t = travel{cancelled: t.cancelled, why: sheet.Reason("may be a journey, but says neither where from nor where to")}
	}
}

// codesOnly is a summary of two codes and nothing else.
var codesOnly = regexp.MustCompile(`^[A-Z]{3}\s*(?:[-–—>→]|->|to)\s*[A-Z]{3}$`)

// weakWords mean something else as often as a way of travelling.
var weakWords = regexp.MustCompile(`(?i)^(?:ship|boat|vessel|fly|flying|plane|car|coach|drive|driving|transfer|shuttle|bus|taxi|rail|fahrt|voiture|auto)$`)

func isPlace(g *gazetteer.Gazetteer, s string) bool { return s != "" && len(g.Lookup(s)) > 0 }

// train takes the number of a train out of a summary.
func (t *travel) train(s string) string {
	if m := trainNo.FindStringSubmatchIndex(s); m != nil && t.mode == vedette.ModeRail {
		t.number = s[m[2]:m[3]]
		return s[:m[0]] + " " + s[m[1]:]
	}
	return s
}

// numbers takes the number of a flight out of a summary.
func (t *travel) numbers(s string) string {
	if t.mode != "" && t.mode != vedette.ModeAir {
		return s
	}
	if m := flightNo.FindStringSubmatchIndex(s); m != nil {
		t.number = s[m[2]:m[3]] + " " + s[m[4]:m[5]]
		t.mode = vedette.ModeAir
		return s[:m[0]] + " " + s[m[1]:]
	}
	return s
}

// known gives the airports' codes in a text, each once, in order.
func known(g *gazetteer.Gazetteer, s string) []string {
	var all []string
	for _, code := range airport.FindAllString(s, -1) {
		if _, ok := g.Airport(code); ok {
			all = append(all, code)
		}
	}
	return all
}

// route finds from and to in what is left of a summary.
func route(s string) (from, to string) {
	s = brackets.ReplaceAllStringFunc(s, func(b string) string {
		if code := strings.Trim(b, "() "); len(code) == 3 && airport.MatchString(code) {
			return b
		}
		return " "
	})
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " :-–—,;|/")
	for _, r := range routes {
		if m := r.FindStringSubmatch(s); m != nil {
			return end(m[1]), end(m[2])
		}
	}
	if m := toOnly.FindStringSubmatch(s); m != nil {
		return "", end(m[1])
	}
	if m := fromOnly.FindStringSubmatch(s); m != nil {
		return end(m[1]), ""
	}
	return "", ""
}

// end cuts what follows a place in a summary.
func end(s string) string {
	s = trailing.ReplaceAllString(" "+s, "")
	return strings.Trim(s, " :-–—,;|/")
}

// details adds what the description and the X- properties say, and from the
// location where the leg leaves, which is what programs put there.
func (t *travel) details(e *event) {
	for _, d := range []struct {
		into *string
		name string
	}{{&t.from, "from"}, {&t.to, "to"}, {&t.carrier, "carrier"}, {&t.ship, "ship"}, {&t.number, "number"}} {
		if *d.into == "" {
			*d.into = e.label(d.name)
		}
	}
	if t.from == "" && t.to != "" {
		t.from = e.location
	}
	if t.mode != vedette.ModeSea {
		t.ship = ""
	}
	if t.mode == vedette.ModeAir && t.number == "" {
		if m := flightNo.FindStringSubmatch(firstLine(e.description)); m != nil {
			t.number = m[1] + " " + m[2]
		}
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// labels are the words before a colon that say what follows, by what it is.
var labels = func() map[string]string {
	m := map[string]string{}
	for name, list := range map[string]string{
		"from": `from; departs; departure; depart; departing; departs from; departure airport; departure city; departure station; origin; origin airport; leaving; von; abflug; abflugort; abfahrt; startort; de; départ; aéroport de départ; gare de départ;
			salida; origen; desde`,
		"to": `to; arrives; arrival; arrive; arriving; arrives at; arrival airport; arrival city; arrival station; destination; destination airport; nach; ankunft; ankunftsort; ziel; zielort; à; arrivée; aéroport d'arrivée; gare d'arrivée;
			llegada; destino; hasta`,
		"carrier": `airline; carrier; operator; operated by; compagnie; compagnie aérienne; fluggesellschaft; aerolínea; compañía`,
		"ship":    `ship; vessel; navire; bateau; schiff; buque; barco`,
		"number":  `flight; flight number; flight no; train; train number; vol; numéro de vol; flugnummer; flug; zugnummer; vuelo; número de vuelo; número de tren`,
		"phone":   `phone; telephone; tel; hotel phone; téléphone; tél; telefon; teléfono`,
	} {
		for _, w := range strings.Split(list, ";") {
			m[sheet.Fold(w)] = name
		}
	}
	return m
}()

// maxLines is the number of lines of a description that are looked at.
const maxLines = 300

// label finds what a description or an X- property says of a thing.
func (e *event) label(name string) string {
	for i, line := range strings.SplitN(e.description, "\n", maxLines+1) {
		if k, v, ok := strings.Cut(line, ":"); ok && i < maxLines && len(k) < 40 && labels[sheet.Fold(k)] == name {
			if v = strings.TrimSpace(v); name == "from" || name == "to" {
				v = placeOnly(v)
			}
			if v != "" && !sheet.Longer(v, maxWords) {
				return v
			}
		}
	}
	for _, mark := range marksOf[name] {
		for _, m := range e.marks {
			if strings.HasSuffix(m[0], mark) && m[1] != "" {
				return placeOnly(m[1])
			}
		}
	}
	return ""
}

// marksOf are the ends of the names of X- properties, by what they hold.
var marksOf = map[string][]string{
	"from": {"-ORIGIN", "-FROM", "-DEPARTURE-AIRPORT", "-ORIGIN-AIRPORT", "-DEPARTURE-CITY", "-DEPARTURE-STATION"},
	"to":   {"-DESTINATION", "-TO", "-ARRIVAL-AIRPORT", "-DESTINATION-AIRPORT", "-ARRIVAL-CITY", "-ARRIVAL-STATION"},
}

var timeIn = regexp.MustCompile(`(?i)[,;(]?\s*(?:\bat\b|\bon\b|\bum\b|\bam\b|\ble\b|\bel\b)?\s*\(?(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so)[a-zé]*\.?,?\s*)?\d.*$`)

// placeOnly cuts the time off a place: "Paris CDG, 10 Feb 08:00".
func placeOnly(s string) string {
	return strings.Trim(timeIn.ReplaceAllString(s, ""), " ,;-–—")
}
