package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"vedette/gazetteer"
	"vedette/gazetteer/words"
)

// division is a first-level division as it goes into the file, or one inside
// another where a source draws those.
type division struct {
	id      string
	country string
	parent  string // the division that holds it
	name    string
	names   []string
	pieces  []*piece // its own, without those of the divisions in it
	towns   []*town
}

// clear is the share of a group's towns that must lie in one division for the
// group to be it.
const clear = 0.6

// group is the towns that GeoNames counts in one first-level division.
type group struct {
	key      string // country and GeoNames' code: "UA.08"
	country  string
	towns    []*town
	division string
	votes    int // towns that lie in it
}

// assigner finds the division of every town: GeoNames says which towns belong
// together, the outlines say where that is.
type assigner struct {
	*joiner
	byKey  map[string]*group
	groups []*group // by key
	inside map[*town]*piece
}

func newAssigner(j *joiner, towns []town) *assigner {
	a := &assigner{joiner: j, byKey: map[string]*group{}, inside: map[*town]*piece{}}
	for i := range towns {
		t := &towns[i]
		if notTowns[t.feature] {
			continue
		}
		a.inside[t] = a.pieceAt(t)
		key := t.country + "." + t.admin
		g := a.byKey[key]
		if g == nil {
			g = &group{key: key, country: t.country}
			a.byKey[key] = g
		}
		g.towns = append(g.towns, t)
	}
	for _, key := range slices.Sorted(maps.Keys(a.byKey)) {
		a.groups = append(a.groups, a.byKey[key])
	}
	return a
}

// pieceAt gives the piece that holds the town, nil where none does.
func (a *assigner) pieceAt(t *town) *piece {
	q := gridOf(t.at)
	for _, p := range a.pieces[t.country] {
		if p.holds(q) {
			return p
		}
	}
	if t.country == "UA" {
		for _, p := range a.pieces["RU"] { // Crimea
			if countryOf(p.division+"  ") == "UA" && p.holds(q) {
				return p
			}
		}
	}
	return nil
}

// assign sets the division of every group and then of every town.
func (a *assigner) assign() {
	a.groupsByHand()
	a.piecesByGroups()
	a.groupsByVotes()
	a.groupsByName()
	for _, g := range a.groups {
		for _, t := range g.towns {
			t.division = a.divisionOf(t, g)
		}
	}
	a.leftover()
	a.byNeighbours()
}

// neighbourKM is how far the nearest town may be whose division a town that no
// outline holds takes: islets and points off the coast.
const neighbourKM = 40

// byNeighbours gives towns without a division that of the nearest town of
// their country. In Israel those are the settlements of the West Bank, which
// lie in none.
func (a *assigner) byNeighbours() {
	placed := map[string][]*town{}
	for _, g := range a.groups {
		for _, t := range g.towns {
			if t.division != "" {
				placed[t.country] = append(placed[t.country], t)
			}
		}
	}
	for _, g := range a.groups {
		for _, t := range g.towns {
			if t.division != "" || t.country == "IL" {
				continue
			}
			nearest := float64(neighbourKM)
			for _, other := range placed[t.country] {
				if d := gazetteer.Distance(t.at, other.at); d < nearest {
					nearest, t.division = d, other.division
				}
			}
		}
	}
}

func (a *assigner) groupsByHand() {
	for code, d := range a.hand {
		for _, no := range d.Groups {
			if g := a.byKey[countryOf(code)+"."+no]; no != "" && g != nil {
				g.division, g.votes = code, len(g.towns)
			}
		}
	}
}

// piecesByGroups joins the pieces left over of divisions that are made of
// their towns' pieces.
func (a *assigner) piecesByGroups() {
	votes := map[*piece]map[string]int{}
	for _, g := range a.groups {
		if !slices.Contains(a.hand[g.division].Pieces, "*") {
			continue
		}
		for _, t := range g.towns {
			if p := a.inside[t]; p != nil && p.division == "" {
				if votes[p] == nil {
					votes[p] = map[string]int{}
				}
				votes[p][g.division]++
			}
		}
	}
	pieces := slices.SortedFunc(maps.Keys(votes), func(x, y *piece) int { return x.no - y.no })
	for _, p := range pieces {
		code, _ := winner(votes[p])
		a.give(p, code)
	}
}

// groupsByVotes gives a group the division that holds most of its towns, or
// the one above where they are spread over its parts. Of two groups with one
// division the larger has it: the other is younger than the outlines.
func (a *assigner) groupsByVotes() {
	best := map[string]*group{}
	for _, g := range a.groups {
		if g.division != "" {
			best[g.division] = g
		}
	}
	for _, g := range a.groups {
		if g.division != "" {
			continue
		}
		code, n := a.vote(g)
		if code == "" {
			continue
		}
		if other := best[code]; other == nil || n > other.votes {
			if other != nil {
				other.division = ""
			}
			best[code], g.division, g.votes = g, code, n
		}
	}
}

func (a *assigner) vote(g *group) (string, int) {
	own, above := map[string]int{}, map[string]int{}
	n := 0
	for _, t := range g.towns {
		p := a.inside[t]
		if p == nil || p.division == "" {
			continue
		}
		n++
		own[p.division]++
		if d := a.iso[p.division]; d != nil && d.parent != "" {
			above[d.parent]++
		}
	}
	for _, votes := range []map[string]int{own, above} {
		if code, _ := winner(votes); float64(votes[code]) >= clear*float64(n) && n > 0 {
			return code, votes[code]
		}
	}
	return "", 0
}

// groupsByName gives a group left over the division that is named as its seat
// and that no outline and no other group has.
func (a *assigner) groupsByName() {
	has := map[string]bool{}
	for _, g := range a.groups {
		has[g.division] = true
	}
	for _, g := range a.groups {
		if g.division != "" {
			continue
		}
		for _, t := range g.towns {
			if t.feature != "PPLA" && t.feature != "PPLC" {
				continue
			}
			for _, code := range slices.Sorted(maps.Keys(a.iso)) {
				d := a.iso[code]
				if countryOf(code) == g.country && !has[code] && len(a.taken[code]) == 0 && g.division == "" &&
					slices.ContainsFunc(keysOf(d.names, a.stem), func(k string) bool { return k == a.stem(t.name) || k == a.stem(t.ascii) }) {
					g.division, has[code] = code, true
				}
			}
		}
	}
}

// divisionOf gives a town's division: its group's, or where the outlines are
// finer than that the part of it that holds the town.
func (a *assigner) divisionOf(t *town, g *group) string {
	own := ""
	if p := a.inside[t]; p != nil {
		own = p.division
	}
	switch {
	case g.division == "", t.feature == furtherFeature && a.used(own):
		return own
	case own == "" || own == g.division:
		return g.division
	case a.iso[own] != nil && a.iso[own].parent == g.division:
		return own
	}
	return g.division
}

// used says whether a division is that of a group: its outline is not older than
// those the towns are counted in.
func (a *assigner) used(division string) bool {
	return division != "" && slices.ContainsFunc(a.groups, func(g *group) bool { return g.division == division })
}

// leftover gives every piece that was not joined and holds a town an id made
// of the source's own code, and that id to its towns.
func (a *assigner) leftover() {
	held := map[*piece]bool{}
	for _, p := range a.inside {
		if p != nil {
			held[p] = true
		}
	}
	fips, taken := map[string]int{}, map[string]bool{}
	for _, ps := range a.pieces {
		for _, p := range ps {
			fips[p.fips]++
		}
	}
	for _, country := range slices.Sorted(maps.Keys(a.pieces)) {
		for _, p := range a.pieces[country] {
			if p.division != "" || !held[p] || p.name == "" {
				continue
			}
			id := "adm1:" + p.fips
			if len(p.fips) < 4 || fips[p.fips] > 1 {
				id = "adm1:" + country + "-" + slug(p.name)
			}
			if taken[id] {
				continue
			}
			taken[id] = true
			p.division = id
			a.iso[id] = &isoDivision{code: id, names: []string{p.name}}
			a.taken[id] = append(a.taken[id], p)
		}
	}
	for t, p := range a.inside {
		if p != nil && t.division == "" {
			t.division = p.division
		}
	}
}

func slug(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == ',' || r == '/' {
			return '-'
		}
		return r
	}, words.Fold(name))
}

// divisions gives all that hold a town or have an outline, by id.
func (a *assigner) divisions(towns []town) []*division {
	byID := map[string]*division{}
	get := func(id, country string) *division {
		if byID[id] == nil {
			byID[id] = &division{id: id, country: country}
		}
		return byID[id]
	}
	for i := range towns {
		if t := &towns[i]; t.division != "" {
			d := get(t.division, t.country)
			d.towns = append(d.towns, t)
		}
	}
	for id, pieces := range a.taken {
		if len(pieces) == 0 {
			continue
		}
		country := pieces[0].country
		if strings.HasPrefix(id, "UA-") {
			country = "UA"
		}
		d := get(id, country)
		d.pieces = pieces
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		if above := a.parent(id); above != "" {
			byID[id].parent = above
			get(above, byID[id].country)
		}
	}
	return a.named(byID)
}

// parent gives the division that holds one, "" for a country. The Kurdistan
// Region is a region of the tables.
func (a *assigner) parent(id string) string {
	d := a.iso[id]
	if d == nil || d.parent == "IQ-KR" {
		return ""
	}
	return d.parent
}

// named names the divisions; a country's only one is left out.
func (a *assigner) named(byID map[string]*division) []*division {
	count := map[string]int{}
	for _, d := range byID {
		count[d.country]++
	}
	var out []*division
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		d := byID[id]
		if count[d.country] == 1 || d.country == "-1" {
			for _, t := range d.towns {
				t.division = ""
			}
			continue
		}
		d.name, d.names = a.names(d)
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y *division) int { return cmp.Compare(x.id, y.id) })
	a.dropBorrowed(out)
	return out
}
