package record

import (
	"context"
	"reflect"
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/gazetteer"
	"vedette/store"
)

// kept says for how long something is good that was worked out from all that
// stands.
type kept struct {
	filled   bool
	at       time.Time // when it was filled
	seq      int64     // the place in the log it is good for
	settings vedette.Settings
	ends     time.Time // when the first advice in it ends, the zero time for none
}

// keptFor bounds for how long what was worked out for places and people is
// kept, and with it how much.
const keptFor = 10 * time.Minute

// good says whether it still is. Where it is not, it is to be filled anew and
// is good from the place in the log on: that is read before what stands, so
// that what comes between the two is found again the next time.
func (k *kept) good(ctx context.Context, rows *store.Org, set vedette.Settings, now time.Time) (good bool, seq int64, err error) {
	seq, changed, err := rows.StandsSince(ctx, k.seq)
	if err != nil {
		return false, 0, err
	}
	age := now.Sub(k.at)
	if !k.filled || changed || !reflect.DeepEqual(set, k.settings) || age < 0 || age >= keptFor || !k.ends.IsZero() && !now.Before(k.ends) {
		k.filled = false
		return false, seq, nil
	}
	k.seq = seq
	return true, seq, nil
}

// fill says what it was worked out for.
func (k *kept) fill(seq int64, set vedette.Settings, now time.Time) {
	*k = kept{filled: true, at: now, seq: seq, settings: set}
}

// with says that an update is in it.
func (k *kept) with(g *gazetteer.Gazetteer, u *vedette.Update, now time.Time) {
	if next := until.Next(g, u, now); !next.IsZero() && (k.ends.IsZero() || next.Before(k.ends)) {
		k.ends = next
	}
}
