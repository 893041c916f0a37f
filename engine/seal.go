package engine

import (
	"context"
	"time"

	"vedette/store"
)

// The log is sealed after so many rows, or so long, whichever comes first: what is not
// sealed yet could be rewritten by whoever writes the database.
const (
	sealLook  = 5 * time.Second // how often it is looked at
	sealEvery = time.Minute
	sealRows  = 1000
)

// seal vouches with the installation's key for the log as it stands.
func (b *branch) seal(ctx context.Context) error {
	head, last, err := b.rows.LogHead(ctx)
	now := b.Now()
	if err != nil || head.Seq <= last.Seq || head.Seq-last.Seq < sealRows && now.Sub(last.At) < sealEvery && !now.Before(last.At) {
		return err
	}
	return b.rows.AddSeal(ctx, store.Seal{Head: head, Seal: b.Key.SealLog(b.org.ID, head.String()), At: now})
}
