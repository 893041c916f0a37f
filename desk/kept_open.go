package desk

import (
	"context"
	"slices"
	"sync"

	"vedette"
	"vedette/auth/rights"
)

// keptOpen keeps what stands as the night board has it, as long as no row of the log may
// have changed that: whoever looks does so again and again, and each look would read every
// update that stands.
type keptOpen struct {
	mu    sync.Mutex
	known bool
	seq   int64 // the place in the log it is good for
	top   []*vedette.Update
	more  int
}

// OpenNow gives what the night board shows of what is open, and how much more there is. It
// is shared, and not to be changed.
func (d *Desk) OpenNow(ctx context.Context) ([]*vedette.Update, int, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, 0, err
	}
	return d.openNow(ctx)
}

// openNow gives what stands first on the night board, by risk, then the newest first, and
// how many stand besides. It is shared, and not to be changed.
func (d *Desk) openNow(ctx context.Context) (top []*vedette.Update, more int, err error) {
	k := &d.opened
	k.mu.Lock()
	defer k.mu.Unlock()
	seq, changed, err := d.rows.StandsSince(ctx, k.seq)
	if err != nil {
		return nil, 0, err
	}
	if !k.known || changed {
		stands, err := d.rows.Standing(ctx)
		if err != nil {
			return nil, 0, err
		}
		slices.SortStableFunc(stands, byRank)
		n := min(len(stands), mostNights)
		k.known, k.top, k.more = true, slices.Clone(stands[:n]), len(stands)-n // the others are not held on to
	}
	k.seq = seq
	return k.top, k.more, nil
}
