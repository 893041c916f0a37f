package roster

import (
	"context"
	"runtime"
	"slices"

	"vedette"
	"vedette/advise"
	"vedette/auth"
	"vedette/store"
)

// load reads everyone into a roster that nobody else has yet: several read
// and unseal, one takes in whom they give, in the order of keys.
func (k *Keeper) load(ctx context.Context, r *Roster) (err error) {
	watches := map[int64][]vedette.Watch{}
	watch := func(w vedette.Watch) error {
		watches[w.Person] = append(watches[w.Person], w)
		return nil
	}
	r.Index.Load(func(yield func(vedette.Presence) bool) {
		open := func(people []*store.SealedPerson) func() error {
			facts, opener := make([]Facts, len(people)), k.key.Opener()
			for i, p := range people {
				facts[i] = k.opened(opener, p)
			}
			return func() error {
				for i, p := range people {
					r.take(p, facts[i])
					for _, pr := range p.Presences {
						yield(pr) // takes all there are
					}
				}
				return nil
			}
		}
		r.seq, err = k.org.Everyone(ctx, readers(), open, watch)
	}, 0)
	for key, ws := range watches {
		r.Index.SetWatches(key, ws)
	}
	return err
}

// readers is how many read at once. One more helps little: on few cores they
// wait for each other, on many for the one that takes in.
func readers() int { return min(runtime.GOMAXPROCS(0), 3) }

// opened unseals what the rules need to know, and sets the points of the
// presences. One damaged record must not keep everyone else from being told:
// its person stays concerned where they are, with their facts unknown.
func (k *Keeper) opened(o *auth.Opener, p *store.SealedPerson) Facts {
	f := Facts{Slots: k.sent(p.Slots)}
	traits, err := o.Traits(p.ID, p.WrappedKey, p.Record)
	if err != nil {
		f.Broken = true
		return f
	}
	f.Led, f.Boss, f.Wishes, f.Restricted = traits.Led, traits.Boss, traits.Wishes, traits.Restricted
	f.Who = advise.Person{Citizenship: traits.Citizenship, Standing: traits.Standing, Dependants: traits.Dependants}
	for i := range p.Presences {
		if ref := p.Presences[i].PointRef; ref != "" {
			if at, ok := traits.Point(ref); ok {
				p.Presences[i].Point = &at
			}
		}
	}
	return f
}

// sent are those of somebody's addresses that something is sent to.
func (k *Keeper) sent(slots []store.Slot) []store.Slot {
	kept := func(s store.Slot) bool { return !k.over.Send(s.Channel) }
	if !slices.ContainsFunc(slots, kept) {
		return slots
	}
	return slices.DeleteFunc(slices.Clone(slots), kept)
}

// take notes the facts of a person.
func (r *Roster) take(p *store.SealedPerson, f Facts) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.facts.set(p.Key, f)
	delete(r.broken, p.Key)
	if f.Broken {
		r.broken[p.Key] = p.ID
	}
}
