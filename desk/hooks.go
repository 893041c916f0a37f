package desk

import (
	"context"
	"crypto/rand"
	"encoding/base64"

	"vedette"
	"vedette/deliver/webhook"
	"vedette/store"
)

// AddHook adds a system that is told of every update. Its secret is made
// here and shown once.
func (d *Desk) AddHook(ctx context.Context, url string) (vedette.Hook, error) {
	if err := webhook.CheckURL(url, d.AllowPrivateHooks); err != nil {
		return vedette.Hook{}, err
	}
	var b [32]byte
	rand.Read(b[:])
	h := vedette.Hook{ID: vedette.NewID(d.Now()), URL: url, Secret: "whsec_" + base64.StdEncoding.EncodeToString(b[:])}
	sealed, err := d.Key.SealHook(h)
	if err != nil {
		return vedette.Hook{}, err
	}
	sh, err := d.rows.AddHook(ctx, store.SealedHook{ID: h.ID, Sealed: sealed}, d.Now())
	h.Key = sh.Key
	return h, err
}

// Hooks lists the hooks, unsealed.
func (d *Desk) Hooks(ctx context.Context) ([]vedette.Hook, error) {
	shs, err := d.rows.Hooks(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]vedette.Hook, len(shs))
	for i, sh := range shs {
		if out[i], err = d.Key.OpenHook(sh.ID, sh.Sealed); err != nil {
			return nil, err
		}
		out[i].Key = sh.Key
	}
	return out, nil
}

// RemoveHook ends a hook; what it was told stays in the ledger.
func (d *Desk) RemoveHook(ctx context.Context, id vedette.ID) error {
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no hook's id; `vedette hooks list` lists them", id)
	}
	return d.rows.RemoveHook(ctx, id, d.Now())
}
