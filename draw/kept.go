package draw

import (
	"crypto/sha256"
	"encoding/json"
	"sync"

	"vedette/gazetteer"
)

// mostKept bounds the bytes of the maps that are kept.
const mostKept = 16 << 20

// Kept draws maps, and keeps what it drew for whoever looks at the same again:
// a page that is reloaded, another that shows the same. It is safe for
// concurrent use; the zero Kept is ready.
type Kept struct {
	mu    sync.Mutex
	of    map[[sha256.Size]byte][]byte
	bytes int
}

// SVG is that of a map, to be read only.
func (k *Kept) SVG(g *gazetteer.Gazetteer, m Map) []byte {
	return k.keep("svg", m, func() []byte { return m.SVG(g) })
}

// Ground is that of a map, to be read only.
func (k *Kept) Ground(g *gazetteer.Gazetteer, m Map, dark bool) []byte {
	layer := "light"
	if dark {
		layer = "dark"
	}
	return k.keep(layer, m, func() []byte { return m.Ground(g, dark) })
}

// Over is that of a map, to be read only.
func (k *Kept) Over(g *gazetteer.Gazetteer, m Map) []byte {
	return k.keep("over", m, func() []byte { return m.Over(g) })
}

// keep gives what a map was drawn as, by layer, and draws what is not kept.
func (k *Kept) keep(layer string, m Map, draw func() []byte) []byte {
	said, err := json.Marshal(m)
	if err != nil { // a number that is none: it is drawn as well as it can be
		return draw()
	}
	key := sha256.Sum256(append(said, layer...))
	k.mu.Lock()
	svg, ok := k.of[key]
	k.mu.Unlock()
	if ok {
		return svg
	}
	svg = draw()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil || k.bytes+len(svg) > mostKept {
		k.of, k.bytes = map[[sha256.Size]byte][]byte{}, 0
	}
	k.of[key] = svg
	k.bytes += len(svg)
	return svg
}
