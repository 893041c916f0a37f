package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
)

// CloseRollcall closes a roll-call by a person, with a reason. It gives it as
// it was left: whoever is not accounted for then stays so on record.
func (d *Desk) CloseRollcall(ctx context.Context, id vedette.ID, by, reason string) (*Roll, error) {
	if err := d.asks(&ctx, rights.Account); err != nil {
		return nil, err
	}
	if _, err := d.Rollcall(ctx, id); err != nil {
		return nil, err
	}
	by, err := named(by)
	if err != nil {
		return nil, err
	}
	if _, err := d.rows.CloseRollcall(ctx, id, by, reason, d.Now()); err != nil {
		return nil, err
	}
	return d.Rollcall(ctx, id)
}
