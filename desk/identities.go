package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
)

// Identities lists users as an identity provider sees them, and says how many there are.
func (d *Desk) Identities(ctx context.Context, q vedette.IdentityQuery) ([]vedette.Identity, int, error) {
	if err := d.asks(&ctx, rights.Scim); err != nil {
		return nil, 0, err
	}
	return d.rows.Identities(ctx, q)
}

// Identity gives a user as an identity provider sees them.
func (d *Desk) Identity(ctx context.Context, id vedette.ID) (vedette.Identity, error) {
	if err := d.asks(&ctx, rights.Scim); err != nil {
		return vedette.Identity{}, err
	}
	return d.rows.Identity(ctx, id)
}

// AddIdentity adds a user whom an identity provider knows. They have no password, and
// get a link that sets one from an administrator.
func (d *Desk) AddIdentity(ctx context.Context, i vedette.Identity, by string) (vedette.Identity, error) {
	if err := d.asks(&ctx, rights.Scim); err != nil {
		return vedette.Identity{}, err
	}
	by, err := named(by)
	if err != nil {
		return i, err
	}
	now := d.Now()
	i.ID, i.By = vedette.NewID(now), by
	return d.rows.AddIdentity(ctx, i, now)
}

// ChangeIdentity changes a user as an identity provider says: at once, wherever they
// are signed in. Whoever is not active any more is signed out, and keeps no password.
func (d *Desk) ChangeIdentity(ctx context.Context, id vedette.ID, change func(vedette.Identity) vedette.Identity) (vedette.Identity, error) {
	if err := d.asks(&ctx, rights.Scim); err != nil {
		return vedette.Identity{}, err
	}
	return d.rows.ChangeIdentity(ctx, id, change, d.Now())
}

// RemoveIdentity closes a user whom an identity provider removes.
func (d *Desk) RemoveIdentity(ctx context.Context, id vedette.ID) error {
	if err := d.asks(&ctx, rights.Scim); err != nil {
		return err
	}
	return d.rows.RemoveIdentity(ctx, id, d.Now())
}
