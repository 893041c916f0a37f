package gazetteer

import (
	"cmp"
	"slices"

	"vedette"
	"vedette/gazetteer/words"
)

const (
	maxGuess = 30 // letters of a name that others near it are searched for
	guesses  = 5  // most names given
)

// Suggest gives up to five areas whose name is one letter off, likeliest
// first: one letter too many, too few or wrong, or two swapped. None for a
// name that is known, or longer than thirty letters.
func (g *Gazetteer) Suggest(name string) []vedette.Area {
	key := words.Fold(name)
	if key == "" || len(key) > maxGuess || g.names.lookup(key) >= 0 {
		return nil
	}
	found := map[vedette.AreaID]int{}
	oneOff(key, func(near []byte) {
		i := g.names.find(hashOn(hashStart, near), near)
		if i < 0 {
			return
		}
		if e := g.names.entryOf(i); e != nil {
			for n, id := range e.named[:min(len(e.named), guesses)] {
				weight := handWeight << 32 // countries, regions and seas first
				if k := g.core[g.index[id]].Kind; k == vedette.AreaDivision || k == vedette.AreaAirport {
					weight = small // beside small towns
				}
				found[id] = max(found[id], weight-n)
			}
		}
		for _, b := range first(g.bearers(i), guesses) {
			id := g.towns.id(b.town)
			found[id] = max(found[id], b.weight)
		}
	})
	ids := make([]vedette.AreaID, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b vedette.AreaID) int { return cmp.Or(found[b]-found[a], cmp.Compare(a, b)) })
	var out []vedette.Area
	for _, id := range first(ids, guesses) {
		a, _ := g.Area(id)
		out = append(out, a)
	}
	return out
}

func first[T any](list []T, n int) []T { return list[:min(len(list), n)] }

// oneOff calls see with every spelling one letter off; valid during the call.
func oneOff(key string, see func([]byte)) {
	const letters = "abcdefghijklmnopqrstuvwxyz "
	b := make([]byte, 0, len(key)+1)
	for i := range len(key) + 1 {
		for _, l := range []byte(letters) {
			see(append(append(append(b[:0], key[:i]...), l), key[i:]...))
		}
		if i == len(key) {
			break
		}
		see(append(append(b[:0], key[:i]...), key[i+1:]...))
		for _, l := range []byte(letters) {
			if l != key[i] {
				see(append(append(append(b[:0], key[:i]...), l), key[i+1:]...))
			}
		}
		if i+1 < len(key) && key[i] != key[i+1] {
			see(append(append(append(b[:0], key[:i]...), key[i+1], key[i]), key[i+2:]...))
		}
	}
}
