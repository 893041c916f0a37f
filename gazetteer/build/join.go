package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

// joiner finds which division of ISO 3166-2 a piece of Natural Earth is.
type joiner struct {
	iso     map[string]*isoDivision
	hand    map[string]tables.Division
	dropped []string
	strip   []string
	before  []string // English words for a sort
	after   []string
	pieces  map[string][]*piece       // by country
	votes   map[*piece]map[string]int // airports of a known division in it
	taken   map[string][]*piece       // division → its pieces
}

func newJoiner(iso map[string]*isoDivision, pieces []*piece, airports []airport) (*joiner, error) {
	j := &joiner{iso: iso, hand: map[string]tables.Division{}, pieces: map[string][]*piece{}, votes: map[*piece]map[string]int{}, taken: map[string][]*piece{}}
	hand, err := tables.Divisions()
	if err != nil {
		return nil, err
	}
	for _, d := range hand {
		if d.Code == tables.Dropped {
			j.dropped = append(j.dropped, d.Pieces...)
			continue
		}
		j.hand[d.Code] = d
		if j.iso[d.Code] == nil {
			j.iso[d.Code] = &isoDivision{code: d.Code}
		}
		own := j.iso[d.Code]
		own.names = slices.Concat([]string{d.Name}, d.Names, own.names)
	}
	sorts, err := tables.SortWords()
	if err != nil {
		return nil, err
	}
	j.before, j.after = sorts.Before, sorts.After
	for _, s := range slices.Concat(sorts.Before, sorts.After, sorts.Strip) {
		j.strip = append(j.strip, words.Fold(s))
	}
	slices.SortFunc(j.strip, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	for _, p := range pieces {
		if slices.Contains(j.dropped, p.country+":"+p.name) {
			continue
		}
		j.pieces[p.country] = append(j.pieces[p.country], p)
	}
	for _, a := range airports {
		for _, p := range j.pieces[a.country] {
			if j.iso[a.division] != nil && p.holds(gridOf(a.at)) {
				if j.votes[p] == nil {
					j.votes[p] = map[string]int{}
				}
				j.votes[p][a.division]++
			}
		}
	}
	return j, nil
}

// join gives every piece its division, where that is certain.
func (j *joiner) join() {
	j.joinByHand()
	for _, country := range slices.Sorted(maps.Keys(j.pieces)) {
		j.joinByUnit(country)
		for _, key := range []func(string) string{j.stem, j.loose} {
			for no := range sourceNames {
				for _, names := range j.levels(country) {
					j.joinByName(country, names, no, key)
				}
			}
		}
		j.joinByVotes(country)
	}
}

func (j *joiner) give(p *piece, code string) {
	p.division = code
	j.taken[code] = append(j.taken[code], p)
}

// joinByHand follows divisions.txt. A piece is named by its name, or by that
// and the name or code GeoNames gives it ("Maputo~Cidade de Maputo"), with the
// country before it where the source counts it in another ("RU:Crimea").
func (j *joiner) joinByHand() {
	for _, code := range slices.Sorted(maps.Keys(j.hand)) {
		for _, name := range j.hand[code].Pieces {
			country, own, other := countryOf(code), name, ""
			if before, after, ok := strings.Cut(name, ":"); ok {
				country, own = before, after
			}
			own, other, both := strings.Cut(own, "~")
			for _, p := range j.pieces[country] {
				if p.division == "" && p.name == own && (!both || p.names[1] == other || p.fips == other) {
					j.give(p, code)
				}
			}
		}
	}
}

// countryOf gives the country of a division's code.
func countryOf(code string) string {
	switch code {
	case "adm1:GZ", "adm1:WE":
		return "PS"
	}
	return code[:2]
}

// joinByUnit joins the pieces of the United Kingdom by the country of it that
// they are in, which Natural Earth names.
func (j *joiner) joinByUnit(country string) {
	if country != "GB" {
		return
	}
	units := map[string]string{"ENG": "GB-ENG", "SCT": "GB-SCT", "WLS": "GB-WLS", "NIR": "GB-NIR"}
	for _, p := range j.pieces[country] {
		if code := units[p.unit]; code != "" && p.division == "" {
			j.give(p, code)
		}
	}
}

// free says whether a division may still be joined to.
func (j *joiner) free(code string) bool {
	return len(j.taken[code]) == 0 && len(j.hand[code].Pieces) == 0
}

// joinByName joins where the key of a name fits one piece and one division
// only, and the airports do not contradict.
func (j *joiner) joinByName(country string, names func(*isoDivision) []string, no int, key func(string) string) {
	byKey := map[string][]string{}
	for code, d := range j.iso {
		if strings.HasPrefix(code, country+"-") && j.free(code) {
			for _, k := range keysOf(names(d), key) {
				byKey[k] = append(byKey[k], code)
			}
		}
	}
	claims := map[string][]*piece{}
	for _, p := range j.pieces[country] {
		if p.division != "" {
			continue
		}
		var codes []string
		for _, k := range keysOf(p.names[no:no+1], key) {
			codes = append(codes, byKey[k]...)
		}
		slices.Sort(codes)
		codes = slices.Compact(codes)
		if code, ok := j.agreed(p, codes); ok {
			claims[code] = append(claims[code], p)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(claims)) {
		if len(claims[code]) == 1 {
			j.give(claims[code][0], code)
		}
	}
}

// levels gives whose names to try, in order: where the source draws many more
// pieces than there are divisions of the first level, the second comes first.
func (j *joiner) levels(country string) []func(*isoDivision) []string {
	n := 0
	for code, d := range j.iso {
		if strings.HasPrefix(code, country+"-") && d.parent == "" {
			n++
		}
	}
	if len(j.pieces[country])*2 > n*3 {
		return []func(*isoDivision) []string{secondLevel, anyLevel, keywords}
	}
	return []func(*isoDivision) []string{firstLevel, anyLevel, keywords}
}

func secondLevel(d *isoDivision) []string {
	if d.parent == "" {
		return nil
	}
	return d.names
}

func firstLevel(d *isoDivision) []string {
	if d.parent != "" {
		return nil
	}
	return d.names
}

func anyLevel(d *isoDivision) []string { return d.names }

func keywords(d *isoDivision) []string { return d.words }

// stray is how many airports may be of another division than the name says:
// outlines are coarse, and airports lie at the edge of towns.
const stray = 1

// agreed gives the one division that name and airports agree on.
func (j *joiner) agreed(p *piece, codes []string) (string, bool) {
	v := j.votes[p]
	if len(codes) == 1 {
		most, _ := winner(v)
		return codes[0], v[codes[0]] == v[most] || v[most] <= stray || j.under(most, codes[0])
	}
	var voted []string
	for _, c := range codes {
		if v[c] > 0 {
			voted = append(voted, c)
		}
	}
	if len(voted) == 1 {
		return voted[0], true
	}
	return "", false
}

// under says whether one of two divisions is the other's parent.
func (j *joiner) under(a, b string) bool {
	return a != "" && (j.iso[a].parent == b || j.iso[b].parent == a)
}

// joinByVotes joins pieces without a name in common, in which two airports or
// more are of one division that nobody else has.
func (j *joiner) joinByVotes(country string) {
	claims := map[string][]*piece{}
	for _, p := range j.pieces[country] {
		if most, clear := winner(j.votes[p]); p.division == "" && clear && j.votes[p][most] > 1 && j.free(most) {
			claims[most] = append(claims[most], p)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(claims)) {
		if len(claims[code]) == 1 {
			j.give(claims[code][0], code)
		}
	}
}

// winner gives what has most votes, and whether it has them all.
func winner(votes map[string]int) (string, bool) {
	most := ""
	for _, code := range slices.Sorted(maps.Keys(votes)) {
		if votes[code] > votes[most] {
			most = code
		}
	}
	return most, len(votes) == 1
}

func keysOf(names []string, key func(string) string) []string {
	var out []string
	for _, n := range names {
		parts := []string{n}
		if before, in, ok := strings.Cut(n, "("); ok {
			parts = []string{before, strings.TrimSuffix(strings.TrimSpace(in), ")")}
		}
		for _, part := range parts {
			if k := key(part); k != "" && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// stem folds a name and takes the words for its sort off its ends.
func (j *joiner) stem(name string) string {
	key := words.Fold(strings.NewReplacer("`", "", "/", " ").Replace(name))
	for again := true; again; {
		again = false
		for _, s := range j.strip {
			if rest, ok := strings.CutSuffix(key, " "+s); ok {
				key, again = rest, true
			}
			if rest, ok := strings.CutPrefix(key, s+" "); ok {
				key, again = rest, true
			}
		}
	}
	return key
}

var looseSpelling = strings.NewReplacer("ou", "u", "oo", "u", "ee", "i", "ei", "i", "ai", "i", "ay", "i", "ey", "i", "y", "i", "e", "i", "o", "u",
	"kh", "h", "gh", "g", "dh", "d", "th", "t", "sh", "s", "q", "k", "c", "k", "j", "i", "w", "v", "z", "s", "ph", "f")

// loose is the stem without articles, double letters and what transliterations
// differ in.
func (j *joiner) loose(name string) string {
	var out []byte
	for w := range strings.FieldsSeq(j.stem(name)) {
		switch w {
		case "al", "el", "ar", "as", "ash", "an", "ad", "at", "az", "ath", "de", "la", "le", "and", "va", "of", "e":
			continue
		}
		for _, c := range []byte(looseSpelling.Replace(w)) {
			if c != 'h' && (len(out) == 0 || out[len(out)-1] != c) {
				out = append(out, c)
			}
		}
	}
	if len(out) < 4 {
		return ""
	}
	return strings.TrimRight(string(out), "ia")
}
