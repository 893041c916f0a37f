package record

import (
	"context"
	"reflect"
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/store"
	"vedette/tell"
)

// states keeps what was worked out for the states of drafts that were looked at
// lately, over what stands: while a draft is edited, the state it was in before
// is looked at again beside the new one. Like a [Shelf] it is emptied where
// anything that stands changed.
type states struct {
	mu sync.Mutex
	kept
	turn     int // another each time it is emptied
	standing standing
	drawing  []*match.Prepared
	list     []*tell.Telling // the one asked for last comes last
}

// mostStates bounds the states kept: what was worked out for one takes some
// hundred bytes for each place where somebody is.
const mostStates = 8

// telling makes a draft ready, or gives what was made of the very same before.
func (s *states) telling(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, o Order) (t *tell.Telling, turn int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	good, seq, err := s.good(ctx, rows, o.Settings, o.Now)
	if err != nil {
		return nil, 0, err
	}
	if !good {
		if s.standing, err = stands(ctx, rows, g, o.Now, nil); err != nil {
			return nil, 0, err
		}
		s.drawing = s.standing.drawing(g, o.Settings)
		s.fill(seq, o.Settings, o.Now)
		for _, u := range s.standing.updates {
			s.with(g, u, o.Now)
		}
		s.list = nil
		s.turn++
	}
	in := s.standing.given()
	in.Update, in.Mode, in.Drawing, in.Settings, in.Now = o.Update, o.Mode, s.drawing, o.Settings, o.Now
	return s.find(g, in), s.turn, nil
}

// as gives another state of an update that was made ready in a turn; nil where
// that is over.
func (s *states) as(g *gazetteer.Gazetteer, t *tell.Telling, turn int, u *vedette.Update) *tell.Telling {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.turn != turn {
		return nil
	}
	in := t.Given
	in.Update = u
	return s.find(g, in)
}

func (s *states) find(g *gazetteer.Gazetteer, in tell.Given) *tell.Telling {
	i := slices.IndexFunc(s.list, func(t *tell.Telling) bool {
		return t.Update.ID == in.Update.ID && t.Mode == in.Mode && reflect.DeepEqual(t.Update, in.Update)
	})
	var t *tell.Telling
	if i >= 0 {
		t = s.list[i]
		s.list = slices.Delete(s.list, i, i+1)
	} else {
		t = tell.Prepare(g, in)
		s.with(g, in.Update, in.Now)
	}
	if len(s.list) == mostStates {
		s.list = slices.Delete(s.list, 0, 1)
	}
	s.list = append(s.list, t)
	return t.At(in.Now)
}
