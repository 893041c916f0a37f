package gazetteer

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer/words"
)

// narrow lets the last mention narrow the one before it: "Paris, Texas",
// "Tripoli, Lebanon".
func (r *reading) narrow() {
	n := len(r.out)
	if n < 2 {
		return
	}
	a, b := &r.out[n-2], &r.out[n-1]
	if b.Form == FormAdjective || a.Form == FormAdjective || !commaOnly(r.text[a.Span[1]:b.Span[0]]) {
		return
	}
	in := r.within(r.keys[1], a, b.Areas)
	if len(in) == 0 || r.isList(a, b) {
		return
	}
	a.Areas, a.Slight = in, false
	if a.Form == FormCode {
		a.Form = FormName
	}
	r.capOwn(a)
	if holders := r.holding(in, b.Areas); len(holders) > 0 {
		b.Areas = holders
	}
	b.Slight = false
}

func (r *reading) capOwn(m *Mention) {
	k := min(len(m.Areas), mostAreas)
	m.Areas = m.Areas[:k:k]
}

// commaOnly says whether the text between two mentions is one comma.
func commaOnly(s string) bool {
	return len(s) < 4 && strings.TrimSpace(s) == ","
}

// within gives what a name may mean inside one of the larger places, towns
// too that it does not mean alone.
func (r *reading) within(key int, m *Mention, larger []vedette.AreaID) []vedette.AreaID {
	inside := func(id vedette.AreaID) bool {
		return slices.ContainsFunc(larger, func(l vedette.AreaID) bool { return l != id && r.g.Contains(l, id) })
	}
	var out []vedette.AreaID
	add := func(id vedette.AreaID) {
		if !slices.Contains(out, id) && inside(id) {
			out = append(out, id)
		}
	}
	for _, id := range m.Areas {
		add(id)
	}
	if key >= 0 && (len(out) == 0 || len(m.Areas) > 1) {
		for _, b := range r.g.bearers(key) {
			add(r.g.towns.id(b.town))
		}
		if e := r.g.names.entryOf(key); e != nil {
			for _, id := range e.divisions {
				add(id)
			}
		}
	}
	return out
}

// holding gives those of the larger places that hold one of the smaller.
func (r *reading) holding(smaller, larger []vedette.AreaID) []vedette.AreaID {
	return slices.DeleteFunc(slices.Clone(larger), func(l vedette.AreaID) bool {
		return !slices.ContainsFunc(smaller, func(id vedette.AreaID) bool { return r.g.Contains(l, id) })
	})
}

// isList says whether two names parted by a comma are rather members of a
// list: countries and divisions that are not parts of each other, the second a
// country too ("Lebanon, Syria") or with more names after it ("Kansas,
// Oklahoma and Texas").
func (r *reading) isList(a, b *Mention) bool {
	wide := func(id vedette.AreaID) vedette.AreaKind {
		i, ok := r.g.index[id]
		if !ok {
			return vedette.AreaCity
		}
		return r.g.core[i].Kind
	}
	first, second := wide(a.Areas[0]), wide(b.Areas[0])
	if first == vedette.AreaCity && second == vedette.AreaCity && r.goesOn(b.Span[1]) { // "Tehran, Isfahan and Shiraz"
		return true
	}
	if first == vedette.AreaCountry && second == vedette.AreaDivision { // "Peru, Indiana and Cairo, Illinois"
		return false
	}
	if first == vedette.AreaCity || slices.ContainsFunc(b.Areas, func(l vedette.AreaID) bool { return r.g.Contains(l, a.Areas[0]) }) {
		return false
	}
	if first == vedette.AreaCountry && second == vedette.AreaCountry {
		return true
	}
	return r.goesOn(b.Span[1])
}

// goesOn says whether a comma or "and" and a further name follow.
func (r *reading) goesOn(at int) bool {
	rest := r.text[at:min(len(r.text), at+12)]
	for _, sep := range []string{", and ", ", ", " and ", " & "} {
		if after, ok := strings.CutPrefix(rest, sep); ok && after != "" {
			return after[0] >= 'A' && after[0] <= 'Z'
		}
	}
	return false
}

// code reads an airport's code or, after a comma, a division's of the United
// States, and gives how many words it takes. An airport's is slight without
// what stands beside it, a division's is none.
func (r *reading) code() int {
	w := r.word(0)
	if !w.AllUpper || w.Cut > 0 || len(w.Key()) > 3 || len(w.Key()) < 2 || w.End-w.Start != len(w.Key()) {
		return 0
	}
	code := strings.ToUpper(string(w.Key()))
	if len(w.Key()) == 2 {
		return r.stateCode(w, vedette.AreaID("US-"+code))
	}
	id := vedette.AreaID("iata:" + code)
	i, ok := r.g.index[id]
	if !ok {
		return 0
	}
	m := Mention{Span: [2]int{w.Start, w.End}, Form: FormAirport, Areas: []vedette.AreaID{r.g.core[i].ID}}
	if m.Slight = !r.portSign(w, id); m.Slight && r.g.wordPorts[id] && !r.led() {
		return 0 // "THE", "CAN"
	}
	m.Word = m.Slight
	r.keep(m, -1)
	return 1
}

// led says whether a small word that leads to a place stands before the
// present one: "flights to LIM".
func (r *reading) led() bool {
	if n := len(r.out); n > 0 && r.out[n-1].Form == FormAirport {
		switch r.text[r.out[n-1].Span[1]:r.word(0).Start] {
		case ", ", " and ", ", and ", " or ", " & ", "/":
			return true // "ATL, ORD and DEN"
		}
	}
	if r.fill(1) && r.word(1).Gap == words.GapSpace { // "LAX was placed under a ground stop"
		switch string(r.word(1).Key()) {
		case "was", "is", "has", "will", "remains", "closed", "reopened", "suspended":
			return true
		}
	}
	if r.head == 0 || r.word(-1).Upper {
		return false
	}
	switch string(r.word(-1).Key()) {
	case "at", "to", "from", "via", "through", "for", "near", "into", "of", "around", "reach", "reaching", "avoid", "use", "using":
		return true
	}
	return false
}

// stateCode reads "GA" in "Atlanta, GA".
func (r *reading) stateCode(w *words.Word, id vedette.AreaID) int {
	i, ok := r.g.index[id]
	n := len(r.out)
	if !ok || n == 0 || w.Gap != words.GapComma || !commaOnly(r.text[r.out[n-1].Span[1]:w.Start]) {
		return 0
	}
	larger := []vedette.AreaID{r.g.core[i].ID}
	if len(r.within(r.keys[0], &r.out[n-1], larger)) == 0 {
		return 0
	}
	r.keep(Mention{Span: [2]int{w.Start, w.End}, Form: FormCode, Areas: larger}, -1)
	return 1
}

// portSign says whether a code stands for an airport: in parentheses after a
// place, or beside the word airport.
func (r *reading) portSign(w *words.Word, id vedette.AreaID) bool {
	if w.Start > 1 && w.End < len(r.text) && r.text[w.Start-1] == '(' && r.text[w.End] == ')' {
		before := strings.TrimRight(r.text[max(0, w.Start-4):w.Start-1], " ")
		if n := len(r.out); n > 0 && r.out[n-1].Form != FormAdjective && r.serves(id, &r.out[n-1]) && r.out[n-1].Span[1] == max(0, w.Start-4)+len(before) {
			return true
		}
		return r.head > 0 && isAirport(r.word(-1)) && r.word(-1).End == max(0, w.Start-4)+len(before)
	}
	if r.g.wordPorts[id] || r.head > 0 && r.word(-1).AllUpper && w.Gap == words.GapSpace {
		return false // "THE AIRPORT"
	}
	if r.head > 0 && w.Gap == words.GapSpace && isAirport(r.word(-1)) {
		return true
	}
	return r.fill(1) && r.word(1).Gap == words.GapSpace && isAirport(r.word(1))
}

// serves says whether a mention is a sure place, or one that the airport lies by:
// "Medellín (MDE)", but not "National Police (PNH)", though Police is a town.
func (r *reading) serves(id vedette.AreaID, m *Mention) bool {
	const reachKM = 100
	port, _ := r.g.area(id)
	return !m.Slight || slices.ContainsFunc(m.Areas, func(a vedette.AreaID) bool {
		town, ok := r.g.area(a)
		return ok && Distance(town.Center, port.Center) < reachKM
	})
}

func isAirport(w *words.Word) bool { return string(w.Key()) == "airport" }
