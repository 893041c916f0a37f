package gazetteer

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

// maxCode is the longest name in capitals taken for a code.
const maxCode = 5

// entry is what the tables say of a name.
type entry struct {
	key       string
	towns     int              // the towns' key of the same letters, -1 for none
	named     []vedette.AreaID // whose name it is, for Lookup: all but towns
	spelled   []int32          // towns of spellings.txt
	areas     []vedette.AreaID // countries, regions and seas that running text means by it, likeliest first
	divisions []vedette.AreaID // those whose usual name it is first
	usual     int              // how many those are
	ports     []vedette.AreaID
	article   []vedette.AreaID // what it means after "the", where that differs
	small     uint16           // bit i: the i-th word may be written small
	form      Form
	phrase    bool // it holds a place's name and is none
	sorted    bool // its divisions are meant only with a word for their sort
	plain     bool // its divisions have an ordinary word for a name
}

// lexicon is what Mentions knows beside the names of places.
type lexicon struct {
	given, family, alsoGiven map[string]bool // people's names, folded; see given.txt
	titles, institutions     map[string]bool
	stopCities, stopLands    map[string]bool
	sortedOnly               map[string]bool // divisions' names that count only with their sort
	after                    map[string]bool // words for a sort of division, folded; two words with a space
	sortHeads                map[string]bool // first words of those of two
	before                   map[string]bool
}

// read reads the tables of words.
func (x *lexicon) read() error {
	stops, err := tables.Stops()
	if err != nil {
		return err
	}
	people, err := tables.PeopleNames()
	if err != nil {
		return err
	}
	sorts, err := tables.SortWords()
	if err != nil {
		return err
	}
	x.stopCities, x.stopLands, x.sortedOnly = foldSet(stops.Cities), foldSet(stops.Countries), foldSet(stops.Divisions)
	x.given, x.family, x.alsoGiven = foldSet(people.Given), foldSet(people.Family), foldSet(people.AlsoGiven)
	x.titles, x.institutions = foldSet(people.Titles), foldSet(people.Institutions)
	x.after, x.before, x.sortHeads = foldSet(sorts.After), map[string]bool{}, map[string]bool{}
	for s := range x.after {
		if head, _, two := strings.Cut(s, " "); two {
			x.sortHeads[head] = true
		}
	}
	for _, s := range sorts.Before {
		x.before[words.Fold(strings.TrimSuffix(s, " of"))] = true
	}
	return nil
}

// foldSet gives the folded words as a set.
func foldSet(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, w := range list {
		set[words.Fold(w)] = true
	}
	return set
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

// entry gives the entry of a phrase, a new one where there is none.
func (l *loader) entry(p phrase) *entry {
	i, ok := l.extra[p.key]
	if !ok {
		i = int32(len(l.names.entries))
		l.extra[p.key] = i
		l.names.entries = append(l.names.entries, entry{key: p.key, towns: l.names.lookup(p.key), small: p.small})
		l.names.put(len(l.names.ends) + int(i))
		l.names.begins(hashOn(hashStart, p.head), uint8(min(p.words, maxPhrase)))
	}
	e := &l.names.entries[i]
	e.small |= p.small
	return e
}

// addTo adds the ids that are not there yet.
func addTo(to *[]vedette.AreaID, ids ...vedette.AreaID) {
	for _, id := range ids {
		if id != "" && !slices.Contains(*to, id) {
			*to = append(*to, id)
		}
	}
}

// say adds a name of a country, region or sea that running text may use.
func (l *loader) say(id vedette.AreaID, name string) {
	p := newPhrase(name)
	if p.key == "" {
		return
	}
	e := l.entry(p)
	addTo(&e.named, id)
	switch {
	case l.core[l.index[id]].Kind == vedette.AreaCountry && l.lexicon.stopLands[p.key]:
		return
	case p.article:
		addTo(&e.article, id)
		return
	case p.code:
		e.form = FormCode
	}
	addTo(&e.areas, id)
}

// know adds a name that Lookup knows and running text does not use.
func (l *loader) know(id vedette.AreaID, name string) {
	if p := newPhrase(name); p.key != "" {
		addTo(&l.entry(p).named, id)
	}
}

// divide adds a name of a division; plain are those of its names that are
// ordinary words.
func (l *loader) divide(id vedette.AreaID, name string, plain []string) {
	p := newPhrase(name)
	if p.key == "" {
		return
	}
	e := l.entry(p)
	addTo(&e.named, id)
	if usual := l.core[l.index[id]].Name == name; usual && !slices.Contains(e.divisions, id) {
		e.divisions = slices.Insert(e.divisions, e.usual, id) // before those that have it for another name
		e.usual++
	}
	addTo(&e.divisions, id)
	e.plain = e.plain || slices.Contains(plain, p.key)
	e.sorted = e.sorted || l.lexicon.sortedOnly[p.key] || p.code
}

// spell adds a name of a town by hand.
func (l *loader) spell(town int32, name string) {
	if p := newPhrase(name); p.key != "" {
		if e := l.entry(p); !slices.Contains(e.spelled, town) {
			e.spelled = append(e.spelled, town)
		}
	}
}

// adjectives adds adjectives and the names of peoples, with their plurals,
// once all names are in: a name wins over an adjective.
func (l *loader) adjectives(id vedette.AreaID, adjectives []string) {
	l.late = append(l.late, func() {
		for _, w := range adjectives {
			for _, form := range []string{w, plural(w)} {
				if form == "" {
					continue
				}
				e := l.entry(newPhrase(form))
				if len(e.areas) > 0 && e.form != FormAdjective {
					continue
				}
				e.form = FormAdjective
				addTo(&e.areas, id)
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

// finish adds what comes last: the airports' names, adjectives, and phrases
// that are no places.
func (l *loader) finish() error {
	for _, p := range l.ports {
		l.sayPort(p)
	}
	for _, id := range l.Gazetteer.countries {
		l.adjectives(id, l.tables[string(id)].Peoples)
	}
	for _, add := range l.late {
		add()
	}
	l.indexPeoples()
	phrases, err := tables.Phrases()
	for _, text := range phrases {
		if e := l.entry(newPhrase(text)); len(e.areas) == 0 {
			e.phrase = true
		}
	}
	return err
}

// sayPort adds an airport's names; their last words may be written small
// ("Ben Gurion airport").
func (l *loader) sayPort(p port) {
	for _, name := range p.names {
		q := newPhrase(name)
		if q.words < 2 || q.words > maxPhrase || !strings.HasSuffix(q.key, " airport") {
			l.know(p.id, name)
			continue
		}
		q.small |= 1 << (q.words - 1)
		if strings.HasSuffix(q.key, " international airport") && q.words > 2 {
			q.small |= 1 << (q.words - 2)
		}
		e := l.entry(q)
		addTo(&e.named, p.id)
		addTo(&e.ports, p.id)
	}
}

// indexPeoples fills the table that Country reads; what several countries
// share is not in it.
func (l *loader) indexPeoples() {
	shared := map[string]bool{}
	for _, id := range l.Gazetteer.countries {
		for _, w := range l.tables[string(id)].Peoples {
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
}
