package place

import (
	"slices"
	"strings"

	"vedette"
	"vedette/intake/sheet"
)

const (
	maxGuesses  = 300 // near spellings are searched for this many names of a file
	maxSpelling = 30  // letters of a name they are searched for
)

// spelled names the places whose spelling is one letter off, as the end of a
// sentence: "did you mean Isfahan?". Within a country only its own places
// count, else any country, sea or city. It gives nil where none is near.
func (b *Book) spelled(name string, land *vedette.Area) error {
	if b.guesses == 0 || sheet.Longer(name, maxSpelling) {
		return nil
	}
	b.guesses--
	var best []vedette.Area
	for _, try := range oneOff(strings.ToLower(name)) {
		for _, a := range b.g.Lookup(try) {
			if a.Kind == vedette.AreaRegion || land != nil && a.Country != land.ID {
				continue
			}
			if !slices.ContainsFunc(best, func(o vedette.Area) bool { return o.ID == a.ID }) {
				best = append(best, a)
			}
		}
	}
	if len(best) == 0 {
		return nil
	}
	best = slices.DeleteFunc(best, func(d vedette.Area) bool { // named after its city, which is meant
		return d.Kind == vedette.AreaDivision && slices.ContainsFunc(best, func(o vedette.Area) bool {
			return o.Kind == vedette.AreaCity && o.Country == d.Country && o.Name == d.Name
		})
	})
	slices.SortStableFunc(best, func(a, c vedette.Area) int { return weight(c) - weight(a) })
	return sheet.Reason("did you mean %s?", b.list(best[:min(len(best), 3)]))
}

// orElse is spelled over all places, or the advice where nothing is near.
func (b *Book) orElse(name string, advice error) error {
	if hint := b.spelled(name, nil); hint != nil {
		return hint
	}
	return advice
}

// weight puts countries and seas before cities, and those by people.
func weight(a vedette.Area) int {
	if a.Kind != vedette.AreaCity {
		return 1 << 40
	}
	return a.People
}

// oneOff gives the spellings one letter off: one too many, one too few, one
// wrong, two swapped.
func oneOff(name string) []string {
	const letters = "abcdefghijklmnopqrstuvwxyz -"
	r := []rune(name)
	var all []string
	for i := range len(r) + 1 {
		before, after := string(r[:i]), string(r[i:])
		for _, l := range letters {
			all = append(all, before+string(l)+after)
		}
		if i == len(r) {
			break
		}
		rest := string(r[i+1:])
		all = append(all, before+rest)
		for _, l := range letters {
			all = append(all, before+string(l)+rest)
		}
		if i+1 < len(r) {
			all = append(all, before+string(r[i+1])+string(r[i])+string(r[i+2:]))
		}
	}
	return all
}
