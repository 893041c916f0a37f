package record

import (
	"context"
	"sync"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/store"
	"vedette/tell"
)

// Shelf keeps all that stands ready, for whoever asks again and again. It is
// worked out anew only where the log says that something changed: an update, a
// condition, the board; or where the figures differ, or an advice ends. What else time alone
// changes (a stay begins, a word grows old) is never kept: it is decided at the moment
// that is asked about. It is safe for concurrent use.
type Shelf struct {
	rows *store.Org
	g    *gazetteer.Gazetteer

	mu sync.Mutex
	kept
	tellings []*tell.Telling
}

// NewShelf makes an empty shelf.
func NewShelf(rows *store.Org, g *gazetteer.Gazetteer) *Shelf { return &Shelf{rows: rows, g: g} }

// Standing gives the records of all that stands, as [Standing] does.
func (s *Shelf) Standing(ctx context.Context, set vedette.Settings, now time.Time) ([]*Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	good, seq, err := s.good(ctx, s.rows, set, now)
	if err != nil {
		return nil, err
	}
	if !good {
		if s.tellings, err = prepare(ctx, s.rows, s.g, set, now); err != nil {
			return nil, err
		}
		s.fill(seq, set, now)
		for _, t := range s.tellings {
			s.with(s.g, t.Update, now)
		}
	}
	out := make([]*Record, len(s.tellings))
	for i, t := range s.tellings {
		out[i] = record(t.At(now))
	}
	return out, nil
}
