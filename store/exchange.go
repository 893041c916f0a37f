package store

import (
	"context"
	"time"

	"vedette"
)

// Exchange settles what became of some deliveries and claims up to n others, as
// [Org.Settle] and [Org.Claim] do, in one transaction: a worker under load
// does one after the other all the time, and each commit waits for the disk.
func (o *Org) Exchange(ctx context.Context, worker string, outs []Outcome, n int, now time.Time, ttl time.Duration, channels []vedette.Channel) (got []Claimed, err error) {
	byEvent, err := settling(outs)
	if err != nil {
		return nil, err
	}
	err = o.s.write(ctx, "settling deliveries and claiming others", func(t *tx) error {
		_, touched, err := t.settleAll(o.org, worker, outs, byEvent, now)
		if err != nil {
			return err
		}
		var withheld []int64
		if got, withheld, err = t.claimAll(o.org, worker, n, now, ttl, channels); err != nil {
			return err
		}
		// The log comes last, for it locks the organisation's row.
		if err := t.logUpdates(o.org, touched, vedette.LogDelivery, "settled", now); err != nil {
			return err
		}
		return t.logUpdates(o.org, withheld, vedette.LogDelivery, "withheld", now)
	})
	return got, err
}
