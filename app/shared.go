package app

import (
	"context"
	"slices"
	"time"
)

// shareEvery is how often it is looked for what organisations published that others take.
const shareEvery = time.Second

// shared copies it until ctx ends. What fails is said once, and tried again.
func (a *App) shared(ctx context.Context) {
	said := ""
	for {
		if err := a.sharedOnce(ctx); err != nil && ctx.Err() == nil && err.Error() != said {
			said = err.Error()
			a.Log.Error("what other organisations published cannot be copied, trying again", "err", err)
		} else if err == nil {
			said = ""
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(shareEvery):
		}
	}
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
