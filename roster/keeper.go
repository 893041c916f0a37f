package roster

import (
	"context"
	"sync"

	"vedette"
	"vedette/auth"
	"vedette/gazetteer"
	"vedette/store"
)

// Rosters holds the keepers of an installation, one per organisation, so that
// desk and engine of one process share what is in memory.
type Rosters struct {
	store *store.Store
	key   *auth.Key
	gaz   *gazetteer.Gazetteer
	over  vedette.Channels

	mu sync.Mutex
	of map[int64]*Keeper
}

// New makes the rosters of an installation that sends over some channels:
// none but vedette.PlainChannels where none are given.
func New(s *store.Store, k *auth.Key, g *gazetteer.Gazetteer, over ...vedette.Channel) *Rosters {
	if len(over) == 0 {
		over = vedette.PlainChannels
	}
	return &Rosters{store: s, key: k, gaz: g, over: over, of: map[int64]*Keeper{}}
}

// Of gives the keeper of an organisation.
func (r *Rosters) Of(org int64) *Keeper {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of[org] == nil {
		r.of[org] = &Keeper{org: r.store.In(org), key: r.key, gaz: r.gaz, over: r.over}
	}
	return r.of[org]
}

// Keeper hands out the roster of one organisation. It is safe for concurrent
// use.
type Keeper struct {
	org  *store.Org
	key  *auth.Key
	gaz  *gazetteer.Gazetteer
	over vedette.Channels

	mu  sync.Mutex
	now *Roster

	naming  sync.Mutex
	names   map[string]namesake // by whole name, as of namesAt; nil until one is asked for
	namesAt int64

	listing  sync.Mutex
	register *Register // nil until it is asked for
	listed   map[int64]*entry
}

// Over are the channels that this installation sends over.
func (k *Keeper) Over() vedette.Channels { return k.over }

// Current gives the roster, holding every change of people committed before
// the call.
func (k *Keeper) Current(ctx context.Context) (*Roster, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	seq, err := k.org.PeopleSeq(ctx)
	if err != nil {
		return nil, err
	}
	if k.now != nil && k.now.Seq() == seq {
		return k.now, k.settings(ctx, k.now)
	}
	if k.now != nil {
		if done, err := k.follow(ctx, seq); err != nil || done {
			return k.now, err
		}
	}
	r := newRoster(k.gaz)
	if err := k.load(ctx, r); err != nil {
		return nil, err
	}
	k.now = r
	return r, k.settings(ctx, r)
}

// settings reads the organisation's figures: they are few and change seldom.
func (k *Keeper) settings(ctx context.Context, r *Roster) error {
	s, err := k.org.Settings(ctx)
	if err == nil {
		r.mu.Lock()
		r.settings = s
		r.mu.Unlock()
	}
	return err
}
