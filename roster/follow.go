package roster

import (
	"context"
	"math"

	"vedette"
	"vedette/store"
)

// most is how many changes of people are taken in one by one; beyond, all are
// read anew.
const most = 50_000

// follow takes in who changed since the roster's place in the log; false
// where that were too many, or is not kept any more.
func (k *Keeper) follow(ctx context.Context, seq int64) (bool, error) {
	r := k.now
	changed, err := k.org.ChangedPeople(ctx, r.Seq(), math.MaxInt64, most+1)
	if vedette.ErrorCode(err) == vedette.CodeExpired || len(changed) > most {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	gone := make(map[int64]bool, len(changed))
	keys := make([]int64, 0, len(changed))
	for _, c := range changed {
		if !gone[c.Person] {
			gone[c.Person], keys = true, append(keys, c.Person)
		}
	}
	watches := map[int64][]vedette.Watch{}
	err = k.org.WatchesOfAll(ctx, keys, func(w vedette.Watch) error {
		watches[w.Person] = append(watches[w.Person], w)
		return nil
	})
	if err != nil {
		return false, err
	}
	opener := k.key.Opener()
	err = k.org.PeopleOf(ctx, keys, func(p *store.SealedPerson) error {
		delete(gone, p.Key)
		r.leave(p.Key)
		r.take(p, k.opened(opener, p)) // before they can be found
		r.Index.Set(p.Key, p.Presences)
		r.Index.SetWatches(p.Key, watches[p.Key])
		r.enter(p.Key)
		return nil
	})
	if err != nil {
		return false, err
	}
	for key := range gone {
		r.forget(key)
	}
	r.mu.Lock()
	r.seq = seq
	r.mu.Unlock()
	return true, k.settings(ctx, r)
}

// forget takes somebody out who left or was erased.
func (r *Roster) forget(key int64) {
	r.leave(key)
	r.Index.Set(key, nil)
	r.Index.SetWatches(key, nil)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.facts.remove(key)
	delete(r.broken, key)
}
