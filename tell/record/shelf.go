package record

import (
	"context"
	"reflect"
	"sync"
	"time"

	"vedette"
	"vedette/advise/until"
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

	mu       sync.Mutex
	filled   bool
	at       time.Time // when it was filled
	seq      int64     // the place in the log it is good for
	settings vedette.Settings
	tellings []*tell.Telling
	ends     time.Time // when the first advice in it ends, the zero time for none
}

// shelfLife bounds for how long what was worked out for places and people is
// kept, and with it how much.
const shelfLife = 10 * time.Minute

// NewShelf makes an empty shelf.
func NewShelf(rows *store.Org, g *gazetteer.Gazetteer) *Shelf { return &Shelf{rows: rows, g: g} }

// Standing gives the records of all that stands, as [Standing] does.
func (s *Shelf) Standing(ctx context.Context, set vedette.Settings, now time.Time) ([]*Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// The place in the log is read before what stands: what comes between the
	// two is found again the next time.
	seq, changed, err := s.rows.StandsSince(ctx, s.seq)
	if err != nil {
		return nil, err
	}
	if age := now.Sub(s.at); !s.filled || changed || !reflect.DeepEqual(set, s.settings) || age < 0 || age >= shelfLife || !s.ends.IsZero() && !now.Before(s.ends) {
		s.filled = false
		if s.tellings, err = prepare(ctx, s.rows, s.g, set, now); err != nil {
			return nil, err
		}
		s.filled, s.at, s.settings = true, now, set
		s.ends = time.Time{}
		for _, t := range s.tellings {
			if next := until.Next(s.g, t.Update, now); !next.IsZero() && (s.ends.IsZero() || next.Before(s.ends)) {
				s.ends = next
			}
		}
	}
	s.seq = seq
	out := make([]*Record, len(s.tellings))
	for i, t := range s.tellings {
		out[i] = record(t.At(now))
	}
	return out, nil
}
