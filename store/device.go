package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/fact"
	"vedette/store/rota"
)

// AddDevice saves a person's record that has a device more, in a slot, and
// queues to each of their addresses on some channels the letter that says so:
// whoever adds one to somebody else's is found out by them.
func (o *Org) AddDevice(ctx context.Context, c PersonChange, slot int, over []vedette.Channel, now time.Time) error {
	return o.s.write(ctx, "adding a device", func(t *tx) error {
		if err := fact.SaveIn(t.Tx, o.org, []PersonChange{c}, now); err != nil {
			return err
		}
		_, err := rota.PostToEach(t.Tx, o.org, vedette.Letter{Kind: vedette.LetterDevice, Recipient: c.Key, Entry: slot}, over, now)
		return err
	})
}
