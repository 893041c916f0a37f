package desk

import (
	"context"
	"sync"

	"vedette"
	"vedette/auth/rights"
)

// keptUpdates keeps what lists show of published updates, which are never changed, their
// marks and their counts, as long as no row of the log may have changed those: a list has
// twenty updates, whoever looks, and most are of long ago.
type keptUpdates struct {
	mu     sync.Mutex
	seq    int64 // the place in the log it is good for
	by     map[int64]*vedette.Update
	key    map[vedette.ID]int64
	counts map[vedette.ID]Tally
}

// mostUpdates bounds how many are kept; mostTouched how many that went on are told apart,
// before all are read anew.
const (
	mostUpdates = 2_000
	mostTouched = 200
)

// renew drops what may not be so any more, and gives the place in the log that what is
// read after is good for.
func (k *keptUpdates) renew(ctx context.Context, d *Desk) (int64, error) {
	k.mu.Lock()
	after := k.seq
	k.mu.Unlock()
	touched, err := d.rows.TouchedSince(ctx, after, mostTouched)
	if err != nil {
		return 0, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if touched.Seq <= k.seq { // somebody else was here with what is newer
		return touched.Seq, nil
	}
	k.seq = touched.Seq
	if touched.Lost {
		k.by, k.key = nil, nil
	}
	if touched.Lost || touched.All {
		k.counts = nil
	}
	for _, id := range touched.Marked {
		delete(k.by, k.key[id])
	}
	for _, id := range touched.Counted {
		delete(k.counts, id)
	}
	return touched.Seq, nil
}

func (k *keptUpdates) count(id vedette.ID) (Tally, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	t, ok := k.counts[id]
	return t, ok
}

// putCount keeps what was counted after a place in the log was read, unless that is past.
func (k *keptUpdates) putCount(seq int64, id vedette.ID, t Tally) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq != k.seq {
		return
	}
	if k.counts == nil || len(k.counts) >= mostUpdates {
		k.counts = map[vedette.ID]Tally{}
	}
	k.counts[id] = t
}

// take gives those that are kept, by key, and the keys of the others.
func (k *keptUpdates) take(keys []int64) (found map[int64]*vedette.Update, missing []int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	found = make(map[int64]*vedette.Update, len(keys))
	for _, key := range keys {
		if u := k.by[key]; u != nil {
			found[key] = u
		} else {
			missing = append(missing, key)
		}
	}
	return found, missing
}

func (k *keptUpdates) put(seq int64, list []*vedette.Update) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq != k.seq {
		return
	}
	if k.by == nil || len(k.by)+len(list) > mostUpdates {
		k.by, k.key = map[int64]*vedette.Update{}, map[vedette.ID]int64{}
	}
	for _, u := range list {
		k.by[u.Key], k.key[u.ID] = u, u.Key
	}
}

// updatesShown gives updates in the order of their keys, for a list: they are shown, and
// not to be changed.
func (d *Desk) updatesShown(ctx context.Context, keys []int64) ([]*vedette.Update, error) {
	seq, err := d.updates.renew(ctx, d)
	if err != nil {
		return nil, err
	}
	found, missing := d.updates.take(keys)
	if len(missing) > 0 {
		read, err := d.rows.UpdatesByKey(ctx, missing)
		if err != nil {
			return nil, err
		}
		d.updates.put(seq, read)
		for _, u := range read {
			found[u.Key] = u
		}
	}
	list := make([]*vedette.Update, 0, len(keys))
	for _, key := range keys {
		if u := found[key]; u != nil {
			list = append(list, u)
		}
	}
	return list, nil
}

// Tallies counts how far some updates have come, in their order.
func (d *Desk) Tallies(ctx context.Context, us []*vedette.Update) ([]Tally, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	seq, err := d.updates.renew(ctx, d)
	if err != nil {
		return nil, err
	}
	out := make([]Tally, len(us))
	for i, u := range us {
		if t, ok := d.updates.count(u.ID); ok {
			out[i] = t
			continue
		}
		if out[i], err = d.rows.Tally(ctx, u.Key); err != nil {
			return nil, err
		}
		d.updates.putCount(seq, u.ID, out[i])
	}
	return out, nil
}
