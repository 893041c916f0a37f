// Package roster holds an organisation's people in memory: the index of
// where they are and the few facts advice needs, unsealed. Preview, fan-out
// and "why" all ask the same roster, and it follows the log: a roster older
// than the organisation's last change of people is never handed out.
package roster

import (
	"context"
	"sync"

	"vedette"
	"vedette/auth"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/store"
)

// Facts is what the rules need to know of someone.
type Facts struct {
	ID          vedette.ID
	Citizenship []vedette.AreaID
	Slots       []store.Slot // addresses by number and channel, without their value
}

// Roster is an organisation's people as of one position in its log.
type Roster struct {
	Seq   int64
	Index *match.Index
	Facts map[int64]Facts // by person key

	Broken []vedette.ID // whose record cannot be opened: told by nobody, shown by everyone
}

// Rosters holds the keepers of an installation, one per organisation, so that
// desk and engine of one process share what is in memory.
type Rosters struct {
	store *store.Store
	key   *auth.Key
	gaz   *gazetteer.Gazetteer

	mu sync.Mutex
	of map[int64]*Keeper
}

// New makes the rosters of an installation.
func New(s *store.Store, k *auth.Key, g *gazetteer.Gazetteer) *Rosters {
	return &Rosters{store: s, key: k, gaz: g, of: map[int64]*Keeper{}}
}

// Of gives the keeper of an organisation.
func (r *Rosters) Of(org int64) *Keeper {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of[org] == nil {
		r.of[org] = &Keeper{org: r.store.In(org), key: r.key, gaz: r.gaz}
	}
	return r.of[org]
}

// Keeper hands out the current roster of one organisation. It is safe for
// concurrent use.
type Keeper struct {
	org *store.Org
	key *auth.Key
	gaz *gazetteer.Gazetteer

	mu  sync.Mutex
	now *Roster
}

// Current gives a roster that holds every change of people committed before
// the call. It is read-only and shared.
func (k *Keeper) Current(ctx context.Context) (*Roster, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	seq, err := k.org.PeopleSeq(ctx)
	if err != nil {
		return nil, err
	}
	if k.now != nil && k.now.Seq == seq {
		return k.now, nil
	}
	r, err := load(ctx, k.org, k.key, k.gaz)
	if err != nil {
		return nil, err
	}
	r.Seq = seq // read before the people: a change in between loads again
	k.now = r
	return r, nil
}

func load(ctx context.Context, o *store.Org, k *auth.Key, g *gazetteer.Gazetteer) (*Roster, error) {
	r := &Roster{Index: match.NewIndex(g), Facts: map[int64]Facts{}}
	err := o.People(ctx, func(p *store.SealedPerson) error {
		f := Facts{ID: p.ID, Slots: p.Slots}
		if rec, err := k.OpenRecord(p.ID, p.WrappedKey, p.Record); err == nil {
			f.Citizenship = rec.Citizenship
		} else {
			// One damaged record must not keep everyone else from being told.
			// They stay concerned where they are, with their citizenship unknown.
			r.Broken = append(r.Broken, p.ID)
		}
		r.Facts[p.Key] = f
		for _, pr := range p.Presences {
			r.Index.Add(pr)
		}
		return nil
	})
	return r, err
}
