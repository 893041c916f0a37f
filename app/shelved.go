package app

import (
	"context"
	"time"
)

// shelveEvery is how often it is looked for updates that are not on the shelf, by which
// they are found: whoever looks for some waits for the newest by themselves.
const shelveEvery = 5 * time.Second

// shelved puts them there until ctx ends.
func (a *App) shelved(ctx context.Context) {
	a.again(ctx, shelveEvery, "published updates cannot be put in order to be found, trying again", func(ctx context.Context) error {
		list, err := a.Desks.All(ctx)
		for _, d := range list {
			if err == nil {
				err = d.Shelve(ctx)
			}
		}
		return err
	})
}
