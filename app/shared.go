package app

import (
	"context"
	"slices"
	"time"
)

// shareEvery is how often it is looked for what organisations published that others take.
const shareEvery = time.Second

// shared copies it until ctx ends.
func (a *App) shared(ctx context.Context) {
	a.again(ctx, shareEvery, "what other organisations published cannot be copied, trying again", a.sharedOnce)
}

func (a *App) sharedOnce(ctx context.Context) error {
	list, err := a.Desks.All(ctx)
	if err != nil || len(list) < 2 {
		return err
	}
	taking, err := a.Store.Taking(ctx)
	if err != nil {
		return err
	}
	var last error
	for _, d := range list {
		if !slices.Contains(taking, d.Org.Key) {
			continue
		}
		for more := true; more && ctx.Err() == nil; {
			if more, err = d.TakeShared(ctx); err != nil {
				more, last = false, err // the others' are copied all the same
			}
		}
	}
	return last
}
