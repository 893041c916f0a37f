package engine

import (
	"vedette"
	"vedette/deliver"
)

// edition names what is rendered once for many: one advice in one language.
type edition struct {
	update   int64
	variant  int
	cause    vedette.Cause
	language string // of the frame, as the table has it
}

// maxEditions bounds the bytes of what is held rendered, at about 25 kB each. It
// does not grow with recipients, nor with the variants and languages there are.
const maxEditions = 24 << 20

// editions holds what was rendered, up to so many bytes. Over that all of it goes,
// for what is sent next is mostly of one update, and is soon rendered again.
type editions struct {
	max, bytes int
	held       map[edition]*deliver.Rendered
}

func newEditions(max int) *editions {
	return &editions{max: max, held: map[edition]*deliver.Rendered{}}
}

func (p *editions) of(key edition) (*deliver.Rendered, bool) {
	r, ok := p.held[key]
	return r, ok
}

func (p *editions) hold(key edition, r *deliver.Rendered) {
	if p.bytes += r.Size(); p.bytes > p.max {
		clear(p.held)
		p.bytes = r.Size()
	}
	p.held[key] = r
}
