package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
	"vedette/roll"
)

// RefreshRollcall adds whoever came since to a roll-call, and whoever is
// named; nobody is taken out. It gives how many are new.
func (d *Desk) RefreshRollcall(ctx context.Context, id vedette.ID, names []string) (int, error) {
	if err := d.asks(&ctx, rights.Account); err != nil {
		return 0, err
	}
	r, err := d.Rollcall(ctx, id)
	if err != nil {
		return 0, err
	}
	var u *vedette.Update
	if r.Update != "" {
		if u, err = d.Update(ctx, r.Update); err != nil {
			return 0, err
		}
	}
	members, err := d.rollMembers(ctx, &r.Rollcall, u, names)
	if err != nil {
		return 0, err
	}
	added, err := d.rows.AddMembers(ctx, id, members, d.Now(), r.divide)
	return len(added), err
}

// divide gives the members of a roll-call their callers: those not accounted
// for evenly. Whoever is new is.
func (r *Roll) divide(callers []string, all []vedette.RollMember) map[int64]string {
	accounted := map[int64]bool{}
	for i := range r.People {
		accounted[r.People[i].RollMember.Person] = r.People[i].Is.Accounted()
	}
	list := make([]roll.Member, len(all))
	for i, m := range all {
		list[i] = roll.Member{Person: m.Person, Caller: m.Caller, Open: !accounted[m.Person]}
	}
	return roll.Divide(list, callers)
}
