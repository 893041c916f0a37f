package desk

import (
	"context"
	"sync"

	"vedette"
	"vedette/auth/rights"
)

// keptTallies keeps counts of updates as long as no row of the log may have changed
// them: a list counts each update it shows, whoever looks, and most are of long ago.
type keptTallies struct {
	mu  sync.Mutex
	seq int64 // the place in the log they are good for
	of  map[vedette.ID]Tally
}

// mostTallies bounds how many are kept; mostTouched how many updates that went on are
// told apart, before all are counted anew.
const (
	mostTallies = 5_000
	mostTouched = 200
)

// Tallies counts how far some updates have come, in their order.
func (d *Desk) Tallies(ctx context.Context, us []*vedette.Update) ([]Tally, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	seq, err := d.tallies.renew(ctx, d)
	if err != nil {
		return nil, err
	}
	out := make([]Tally, len(us))
	for i, u := range us {
		if t, ok := d.tallies.get(u.ID); ok {
			out[i] = t
			continue
		}
		if out[i], err = d.rows.Tally(ctx, u.Key); err != nil {
			return nil, err
		}
		d.tallies.put(seq, u.ID, out[i])
	}
	return out, nil
}

// renew drops what may not be so any more, and gives the place in the log that what is
// read after is good for.
func (k *keptTallies) renew(ctx context.Context, d *Desk) (int64, error) {
	k.mu.Lock()
	after := k.seq
	k.mu.Unlock()
	seq, touched, all, err := d.rows.TouchedSince(ctx, after, mostTouched)
	if err != nil {
		return 0, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq <= k.seq { // somebody else was here with what is newer
		return seq, nil
	}
	k.seq = seq
	if all {
		k.of = nil
	}
	for _, id := range touched {
		delete(k.of, id)
	}
	return seq, nil
}

func (k *keptTallies) get(id vedette.ID) (Tally, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	t, ok := k.of[id]
	return t, ok
}

// put keeps what was counted after a place in the log was read, unless that is past.
func (k *keptTallies) put(seq int64, id vedette.ID, t Tally) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq != k.seq {
		return
	}
	if k.of == nil || len(k.of) >= mostTallies {
		k.of = map[vedette.ID]Tally{}
	}
	k.of[id] = t
}
