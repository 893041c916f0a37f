package desk

import (
	"context"
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/auth/rights"
)

// headsLast is how long a count of people by country holds though nobody changed: trips
// begin and end.
const headsLast = time.Minute

// keptHeads keeps who was counted last, by country.
type keptHeads struct {
	mu    sync.Mutex
	turn  int64
	at    time.Time
	lands []vedette.AreaID
	by    map[vedette.AreaID]WhoCount
}

// WorldPeople counts who is in each of some countries and seas, may be there, or arrives
// soon. It is shared, and not to be changed; where nobody changed it may be a minute old.
func (d *Desk) WorldPeople(ctx context.Context, lands []vedette.AreaID) (map[vedette.AreaID]WhoCount, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	k, now := &d.heads, d.Now()
	k.mu.Lock()
	defer k.mu.Unlock()
	turn := r.Turn()
	if k.by != nil && k.turn == turn && !now.Before(k.at) && now.Sub(k.at) < headsLast && slices.Equal(k.lands, lands) {
		return k.by, nil
	}
	t := d.count(d.askOf(r, WhoQuestion{Areas: lands}))
	k.by = make(map[vedette.AreaID]WhoCount, len(t.countries))
	for land, n := range t.countries {
		k.by[land] = n.WhoCount
	}
	k.turn, k.at, k.lands = turn, now, slices.Clone(lands)
	return k.by, nil
}
