package main

import (
	"slices"
	"strings"

	"vedette/gazetteer/words"
)

// names gives a division's usual English name and its other names: what is
// written by hand, else OurAirports' name without the word for its sort, else
// Natural Earth's, else ISO's.
func (a *assigner) names(d *division) (string, []string) {
	iso, hand := a.iso[d.id], a.hand[d.id]
	var all []string
	add := func(name string) {
		if name = a.bare(name); name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	if hand.Name != "" {
		all = append(append(all, hand.Name), hand.Names...)
	}
	if iso != nil {
		add(iso.usual)
	}
	for _, p := range d.pieces {
		if len(d.pieces) == 1 {
			add(p.name) // not the name GeoNames gives it, which is a neighbour's here and there
		}
	}
	if iso != nil {
		for _, n := range iso.names {
			add(n)
		}
	}
	if len(all) == 0 {
		return d.id, nil
	}
	return all[0], distinct(all[1:], all[0])
}

// bare takes what stands in parentheses and the English words for the sort
// off a name, keeping its letters: "Kharkiv Oblast", "Kyiv (city)".
func (a *assigner) bare(name string) string {
	name, _, _ = strings.Cut(name, " (")
	name = strings.TrimSpace(strings.NewReplacer("`", "'", "´", "'").Replace(name))
	for again := true; again; {
		again = false
		for _, s := range a.after {
			if rest, ok := cutFoldSuffix(name, s); ok {
				name, again = rest, true
			}
		}
		for _, s := range a.before {
			if rest, ok := cutFoldPrefix(name, s); ok {
				name, again = rest, true
			}
		}
	}
	return name
}

func cutFoldSuffix(name, word string) (string, bool) {
	n := len(name) - len(word) - 1
	if n > 0 && name[n] == ' ' && strings.EqualFold(name[n+1:], word) {
		return name[:n], true
	}
	return name, false
}

func cutFoldPrefix(name, word string) (string, bool) {
	n := len(word)
	if len(name) > n+1 && name[n] == ' ' && strings.EqualFold(name[:n], word) {
		return name[n+1:], true
	}
	return name, false
}

// distinct drops names that fold to one that is there already.
func distinct(names []string, but ...string) []string {
	seen := map[string]bool{}
	for _, n := range but {
		seen[words.Fold(n)] = true
	}
	var out []string
	for _, n := range names {
		if key := words.Fold(n); key != "" && !seen[key] {
			seen[key] = true
			out = append(out, n)
		}
	}
	return out
}

// dropBorrowed takes from divisions the names Natural Earth has of them that are
// their neighbours' own: it calls Tirana's outline Durrës.
func (a *assigner) dropBorrowed(all []*division) {
	own := map[[2]string][]*division{}
	for _, d := range all {
		key := [2]string{d.country, words.Fold(d.name)}
		own[key] = append(own[key], d)
	}
	for _, d := range all {
		d.names = slices.DeleteFunc(d.names, func(n string) bool {
			key := words.Fold(n)
			return a.onlyDrawn(d, key) && !strings.Contains(words.Fold(d.name), key) && slices.ContainsFunc(own[[2]string{d.country, key}], func(o *division) bool {
				return o != d && o.id != d.parent && o.parent != d.id
			})
		})
	}
}

// onlyDrawn says whether a folded name of a division is its outline's, and
// neither the hand's nor ISO's.
func (a *assigner) onlyDrawn(d *division, key string) bool {
	called := func(n string) bool { return words.Fold(a.bare(n)) == key }
	if slices.ContainsFunc(a.hand[d.id].Names, called) || a.iso[d.id] != nil && slices.ContainsFunc(a.iso[d.id].names, called) {
		return false
	}
	return slices.ContainsFunc(d.pieces, func(p *piece) bool { return called(p.name) })
}
