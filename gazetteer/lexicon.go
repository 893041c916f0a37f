package gazetteer

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

// leastSpoken is the smallest city looked for in running text, but for
// capitals and the cities of spellings.txt.
const leastSpoken = 100_000

// lesser is the share of the weightiest bearer of a name below which another
// city is not meant when the name stands alone. Capitals and cities named by
// hand weigh tenfold.
const (
	lesser     = 0.1
	handWeight = 10
)

// maxCode is the longest name in capitals taken for a code.
const maxCode = 5

// entry is a phrase that running text is searched for.
type entry struct {
	areas   []vedette.AreaID // likeliest first; none for a phrase that is no place
	form    Form
	article []vedette.AreaID // what it means after "the", where that differs
	small   uint16           // bit i: the i-th word may be written small
}

// lexicon is what Mentions knows.
type lexicon struct {
	entries   map[string]*entry
	first     map[string]int8 // first word of a phrase → most words of one
	given     map[string]bool // people's names, folded; see given.txt
	family    map[string]bool
	alsoGiven map[string]bool
	late      []func() // adjectives, added when all names are known
}

func newLexicon() *lexicon {
	return &lexicon{entries: map[string]*entry{}, first: map[string]int8{}}
}

// phrase is a name as the lexicon keys it.
type phrase struct {
	key     string
	head    string
	words   int
	small   uint16
	article bool // to be found only after "the"
	code    bool // to be found only in capitals
}

// newPhrase takes a name apart.
func newPhrase(name string) phrase {
	p := phrase{article: strings.HasPrefix(name, "the ")}
	if p.article {
		name = name[len("the "):]
	}
	name = strings.TrimPrefix(name, "The ")
	p.key = words.Fold(name)
	s := words.NewScanner(name)
	var w words.Word
	letters := true
	for s.Read(&w) {
		if p.words == 0 {
			p.head = string(w.Key())
		}
		if !w.Upper && p.words < 16 {
			p.small |= 1 << p.words
		}
		letters = letters && w.AllUpper
		p.words++
	}
	p.code = letters && p.words == 1 && len(p.key) <= maxCode
	return p
}

// add gives the entry of a phrase, a new one where there is none.
func (l *lexicon) add(p phrase) *entry {
	e := l.entries[p.key]
	if e == nil {
		e = &entry{small: p.small}
		l.entries[p.key] = e
		l.first[p.head] = max(l.first[p.head], int8(p.words))
	}
	e.small |= p.small
	return e
}

// name adds a name of an area that several areas may bear.
func (l *lexicon) name(id vedette.AreaID, name string) {
	p := newPhrase(name)
	if p.key == "" {
		return
	}
	e := l.add(p)
	switch {
	case p.article:
		e.article = append(e.article, id)
		return
	case p.code:
		e.form = FormCode
	}
	if !slices.Contains(e.areas, id) {
		e.areas = append(e.areas, id)
	}
}

// adjectives adds adjectives and the names of peoples, with their plurals,
// once all names are in: a name wins over an adjective.
func (l *lexicon) adjectives(id vedette.AreaID, adjectives []string) {
	l.late = append(l.late, func() {
		for _, w := range adjectives {
			for _, form := range []string{w, plural(w)} {
				p := newPhrase(form)
				if e := l.entries[p.key]; form == "" || e != nil && len(e.areas) > 0 && e.form != FormAdjective {
					continue
				}
				e := l.add(p)
				e.form = FormAdjective
				if !slices.Contains(e.areas, id) {
					e.areas = append(e.areas, id)
				}
			}
		}
	})
}

// plural gives the plural of a people's name, "" where it has none by rule.
func plural(people string) string {
	for _, end := range []string{"ese", "sh", "ch", "s", "z", "men"} {
		if strings.HasSuffix(people, end) {
			return ""
		}
	}
	return people + "s"
}

// foldSet gives the folded words as a set.
func foldSet(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, w := range list {
		set[words.Fold(w)] = true
	}
	return set
}

// loadLexicon fills the lexicon: phrases that are no places, then countries,
// seas and regions, then adjectives, then cities.
func (l *loader) loadLexicon() error {
	phrases, err := tables.Phrases()
	if err != nil {
		return err
	}
	for _, text := range phrases {
		l.lex.add(newPhrase(text))
	}
	if l.stops, err = tables.Stops(); err != nil {
		return err
	}
	people, err := tables.PeopleNames()
	if err != nil {
		return err
	}
	l.lex.given, l.lex.family, l.lex.alsoGiven = foldSet(people.Given), foldSet(people.Family), foldSet(people.AlsoGiven)
	l.lexiconAreas()
	l.lexiconPeoples()
	l.lexiconCities()
	l.lex.late = nil
	return nil
}

// lexiconAreas adds the names of countries, seas and regions.
func (l *loader) lexiconAreas() {
	stops := foldSet(l.stops.Countries)
	for i, a := range l.areas {
		if a.Kind == vedette.AreaCity {
			continue
		}
		for _, name := range l.names[int32(i)] {
			if !stops[words.Fold(name)] {
				l.lex.name(a.ID, name)
			}
		}
	}
}

// lexiconPeoples adds adjectives, and fills the table that Country reads;
// what several countries share is not in it.
func (l *loader) lexiconPeoples() {
	shared := map[string]bool{}
	for _, id := range l.Gazetteer.countries {
		peoples := l.countries[string(id)].Peoples
		l.lex.adjectives(id, peoples)
		for _, w := range peoples {
			for _, form := range []string{w, plural(w)} {
				key := words.Fold(form)
				if other, ok := l.people[key]; ok && other != id {
					shared[key] = true
				}
				l.people[key] = id
			}
		}
	}
	for key := range shared {
		delete(l.people, key)
	}
	delete(l.people, "")
	for _, add := range l.lex.late {
		add()
	}
}

// lexiconCities adds the cities spoken of, under every name that no country,
// region, sea, people or other phrase has.
func (l *loader) lexiconCities() {
	stops := foldSet(l.stops.Cities)
	for i, a := range l.areas {
		at := int32(i)
		if a.Kind != vedette.AreaCity || a.People < leastSpoken && !l.known[at] && l.capitals[a.ID] == "" {
			continue
		}
		for _, name := range l.names[at] {
			p := newPhrase(name)
			if len(p.key) < 3 || stops[p.key] || l.lex.entries[p.key] != nil {
				continue
			}
			e := l.lex.add(p)
			e.areas = l.meant(p.key)
		}
	}
}

// meant gives the cities that a name standing alone may mean, by weight.
func (l *loader) meant(key string) []vedette.AreaID {
	var cities []int32
	for _, i := range l.byName[key] {
		if l.areas[i].Kind == vedette.AreaCity {
			cities = append(cities, i)
		}
	}
	slices.SortStableFunc(cities, func(a, b int32) int { return l.weight(b) - l.weight(a) })
	var out []vedette.AreaID
	for _, i := range cities {
		if float64(l.weight(i)) >= lesser*float64(l.weight(cities[0])) {
			out = append(out, l.areas[i].ID)
		}
	}
	return out
}

func (l *loader) weight(i int32) int {
	a := l.areas[i]
	if l.known[i] || l.capitals[a.ID] != "" {
		return a.People*handWeight + 1
	}
	return a.People
}
