package engine

import "vedette"

// edition names what is rendered once for many: one advice in one language.
type edition struct {
	update   int64
	variant  int
	cause    vedette.Cause
	language string // of the frame, as the table has it
	discreet bool
	late     lateness
}

// maxEditions bounds the bytes of what is held rendered, at about 50 kB each. It
// does not grow with recipients, nor with the variants and languages there are.
const maxEditions = 24 << 20

// maxLines is the same for short messages, which take far less.
const maxLines = 4 << 20

// sized is what knows how many bytes it takes.
type sized interface{ Size() int }

// editions holds what was rendered, up to so many bytes. Over that all of it goes,
// for what is sent next is mostly of one update, and is soon rendered again.
type editions[T sized] struct {
	max, bytes int
	held       map[edition]T
}

func newEditions[T sized](max int) *editions[T] {
	return &editions[T]{max: max, held: map[edition]T{}}
}

func (p *editions[T]) of(key edition) (T, bool) {
	r, ok := p.held[key]
	return r, ok
}

func (p *editions[T]) hold(key edition, r T) {
	if p.bytes += r.Size(); p.bytes > p.max {
		clear(p.held)
		p.bytes = r.Size()
	}
	p.held[key] = r
}
