package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/auth/rights"
)

// maxTaskTime bounds by when somebody is to have done a task they took.
const maxTaskTime = 30 * 24 * time.Hour

// TakeTask gives a task to somebody, who is to have done it within a time.
func (d *Desk) TakeTask(ctx context.Context, id vedette.ID, owner string, within time.Duration) (vedette.Task, error) {
	if err := d.asks(&ctx, rights.Account); err != nil {
		return vedette.Task{}, err
	}
	owner, err := named(owner)
	switch {
	case err != nil:
		return vedette.Task{}, err
	case !id.Valid():
		return vedette.Task{}, vedette.Errorf(vedette.CodeInvalid, "%q is no task's id; `vedette tasks` lists them", id)
	case within < time.Minute || within > maxTaskTime:
		return vedette.Task{}, vedette.Errorf(vedette.CodeInvalid, "a task taken for %s: give from 1m to 720h", within)
	}
	return d.rows.TakeTask(ctx, id, owner, d.Now().Add(within), d.Now())
}
