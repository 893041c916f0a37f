package gazetteer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"vedette"
	"vedette/gazetteer/tables"
)

//go:embed data/spoken.txt.gz
var packedSpoken []byte

// spokenNames are the names of areas in the languages of the pages. A test holds that they
// load.
var spokenNames = sync.OnceValues(func() (map[vedette.AreaID][]string, error) {
	b, err := unpack(packedSpoken)
	if err != nil {
		return nil, err
	}
	out := map[vedette.AreaID][]string{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 1+len(tables.Languages) {
			return nil, vedette.Errorf(vedette.CodeInternal, "spoken.txt: %q has not %d columns; build the file anew", line, 1+len(tables.Languages))
		}
		out[vedette.AreaID(f[0])] = f[1:]
	}
	hand, err := tables.SpokenNames()
	for _, h := range hand {
		out[vedette.AreaID(h.ID)] = h.Names
	}
	return out, err
})

// NameIn gives what an area is called in a language of the pages, else its usual English
// name.
func (g *Gazetteer) NameIn(id vedette.AreaID, language string) string {
	if i := slices.Index(tables.Languages, language); i >= 0 {
		names, err := spokenNames()
		if of := names[id]; err == nil && of != nil && of[i] != "" {
			return of[i]
		}
	}
	return g.Name(id)
}
