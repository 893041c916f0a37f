package desk

import (
	"context"

	"vedette"
)

// Stop halts all of an update that no channel has accepted yet.
func (d *Desk) Stop(ctx context.Context, id vedette.ID, reason string) (*vedette.Update, error) {
	if !id.Valid() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no update's id; `vedette updates` lists them", id)
	}
	return d.rows.Stop(ctx, id, reason, d.Now())
}
