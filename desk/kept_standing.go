package desk

import (
	"context"
	"sync"

	"vedette/archive"
)

// keptStanding keeps which updates stand, as long as no row of the log may have changed
// that.
type keptStanding struct {
	mu    sync.Mutex
	known bool
	seq   int64 // the place in the log it is good for
	keys  *archive.Keys
}

// standingKeys gives the keys of what stands; they are shared, and not to be changed.
func (d *Desk) standingKeys(ctx context.Context) (*archive.Keys, error) {
	k := &d.standings
	k.mu.Lock()
	defer k.mu.Unlock()
	seq, changed, err := d.rows.StandsSince(ctx, k.seq)
	if err != nil {
		return nil, err
	}
	if k.known && !changed {
		k.seq = seq
		return k.keys, nil
	}
	list, err := d.rows.StandingKeys(ctx)
	if err != nil {
		return nil, err
	}
	keys := &archive.Keys{}
	for _, key := range list {
		keys.Add(key)
	}
	k.known, k.seq, k.keys = true, seq, keys
	return keys, nil
}
