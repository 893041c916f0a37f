package desk

import (
	"context"
	"sync"

	"vedette"
	"vedette/reachable"
	"vedette/store"
)

// knownReach is what is known of somebody for a list, opened: how they are reached is
// judged when it is looked at, and veiled for whoever looks.
type knownReach struct {
	who   vedette.Person // without presences: the roster has those
	ways  []ReachWay
	drill reachable.Drill
}

// keptReach keeps what lists were shown, as long as no row of the log may have changed
// it: reading and opening it is most of what a list costs.
type keptReach struct {
	mu   sync.Mutex
	seq  int64 // the place in the log it is good for
	rows map[int64]knownReach
}

// mostKept bounds for how many people it is kept.
const mostKept = 2_000

// take gives what is kept of some people, and who is missing. seq is how far the log is,
// changed whether a row since the place it was good for may have changed it.
func (k *keptReach) take(seq int64, changed bool, keys []int64) (found map[int64]knownReach, missing []int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq > k.seq { // else somebody else was here with what is newer
		if k.seq = seq; changed {
			k.rows = nil
		}
	}
	found = make(map[int64]knownReach, len(keys))
	for _, key := range keys {
		if row, ok := k.rows[key]; ok {
			found[key] = row
		} else {
			missing = append(missing, key)
		}
	}
	return found, missing
}

// put keeps what was read after a place in the log was, unless that is past.
func (k *keptReach) put(seq int64, rows map[int64]knownReach) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq != k.seq {
		return
	}
	if k.rows == nil || len(k.rows)+len(rows) > mostKept {
		k.rows = make(map[int64]knownReach, len(rows))
	}
	for key, row := range rows {
		k.rows[key] = row
	}
}

func (k *keptReach) at() int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.seq
}

// reachKnown gives what is known of some people for a list, by key; who was erased is
// left out.
func (d *Desk) reachKnown(ctx context.Context, keys []int64) (map[int64]knownReach, error) {
	seq, changed, err := d.rows.ReachSince(ctx, d.reach.at())
	if err != nil {
		return nil, err
	}
	found, missing := d.reach.take(seq, changed, keys)
	if len(missing) == 0 {
		return found, nil
	}
	dead, err := d.rows.DeadAddresses(ctx)
	if err != nil {
		return nil, err
	}
	read, err := d.readReach(ctx, missing, dead)
	if err != nil {
		return nil, err
	}
	d.reach.put(seq, read)
	for key, row := range read {
		found[key] = row
	}
	return found, nil
}

// readReach reads it.
func (d *Desk) readReach(ctx context.Context, keys []int64, dead []store.DeadAddress) (map[int64]knownReach, error) {
	people, err := d.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	known, err := d.rows.Reaches(ctx, keys)
	if err != nil {
		return nil, err
	}
	at := make(map[[2]int64]store.AddressReach, len(known))
	for _, r := range known {
		at[[2]int64{r.Person, int64(r.Address)}] = r
	}
	drilled, err := d.rows.Drilled(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]knownReach, len(people))
	for key, sp := range people {
		if sp.Erased {
			continue
		}
		row := knownReach{who: d.unveiled(&sp)}
		for _, a := range row.who.Record.Addresses {
			row.ways = append(row.ways, ReachWay{a.Shown(), d.way(a, at[[2]int64{key, int64(a.No)}], dead)})
		}
		if x, ok := drilled[key]; ok {
			row.drill = reachable.Drill{Update: x.Update, At: x.At, State: x.State}
		}
		out[key] = row
	}
	return out, nil
}
