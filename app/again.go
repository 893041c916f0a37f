package app

import (
	"context"
	"time"
)

// again does something until ctx ends. What fails is said once, and tried again.
func (a *App) again(ctx context.Context, every time.Duration, failing string, once func(context.Context) error) {
	said := ""
	for {
		if err := once(ctx); err != nil && ctx.Err() == nil && err.Error() != said {
			said = err.Error()
			a.Log.Error(failing, "err", err)
		} else if err == nil {
			said = ""
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}
