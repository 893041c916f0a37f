package desk

import (
	"context"
	"crypto/rand"
	"encoding/base64"

	"vedette"
	"vedette/deliver/webhook"
	"vedette/store"
)

// AddHook adds a system that is told of every update, or a chat's room. The
// secret of a system is made here and shown once; a chat has none, its address
// is one.
func (d *Desk) AddHook(ctx context.Context, url string, chat vedette.Chat) (vedette.Hook, error) {
	if err := webhook.CheckURL(url, d.AllowPrivateHooks); err != nil {
		return vedette.Hook{}, err
	}
	if err := chat.Validate(); err != nil {
		return vedette.Hook{}, err
	}
	h := vedette.Hook{ID: vedette.NewID(d.Now()), URL: url, Chat: chat}
	if chat == "" {
		var b [32]byte
		rand.Read(b[:])
		h.Secret = "whsec_" + base64.StdEncoding.EncodeToString(b[:])
	}
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
