package desk

import (
	"context"

	"vedette"
)

// AskRound asks once more: whoever answered before is stale until they answer
// anew. About an update that stands, everyone concerned by it is told again;
// without one nobody is written to, and the call sheet is the way.
func (d *Desk) AskRound(ctx context.Context, id vedette.ID, by string) (vedette.RollRound, error) {
	by, err := named(by)
	if err != nil {
		return vedette.RollRound{}, err
	}
	r, err := d.Rollcall(ctx, id)
	if err != nil {
		return vedette.RollRound{}, err
	}
	if r.State != vedette.RollcallOpen {
		return vedette.RollRound{}, vedette.Errorf(vedette.CodeConflict, "the roll-call is closed; open a new one")
	}
	tell := false
	if r.Update != "" {
		u, err := d.Update(ctx, r.Update)
		if err != nil {
			return vedette.RollRound{}, err
		}
		if tell = u.State == vedette.UpdatePublished && u.Cancels == ""; tell {
			if err := d.tellAgain(ctx, u.ID); err != nil {
				return vedette.RollRound{}, err
			}
		}
	}
	return d.rows.AskRound(ctx, id, tell, by, d.Now())
}
