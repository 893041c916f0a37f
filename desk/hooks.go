package desk

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver/breaker"
	"vedette/deliver/webhook"
	"vedette/store"
)

// AddHook adds a system that is told of every update, or a chat's room. The
// secret of a system is made here and shown once; a chat has none, its address
// is one.
func (d *Desk) AddHook(ctx context.Context, url string, chat vedette.Chat) (vedette.Hook, error) {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return vedette.Hook{}, err
	}
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
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
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
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return err
	}
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no hook's id; `vedette hooks list` lists them", id)
	}
	return d.rows.RemoveHook(ctx, id, d.Now())
}

// Receiver is a hook and how it has done lately.
type Receiver struct {
	vedette.Hook
	store.Receiver
	PassedUntil time.Time // nothing is sent before; a time that has passed where something may be
}

// Receivers lists the hooks, with how each has done lately.
func (d *Desk) Receivers(ctx context.Context) ([]Receiver, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	hooks, err := d.Hooks(ctx)
	if err != nil {
		return nil, err
	}
	states, err := d.rows.Receivers(ctx)
	out := make([]Receiver, len(hooks))
	for i, h := range hooks {
		r := states[h.Key]
		out[i] = Receiver{h, r, webhook.Spares.Until(breaker.State{Failures: r.Failures, Since: r.Since, Last: r.Last})}
	}
	return out, err
}

// ReplayOrder asks that a system is told again what it missed.
type ReplayOrder struct {
	Hook   string     // its id, or a part of its address that no other has
	Update vedette.ID // of it alone, "" for all
	Since  time.Time  // published then or later, the zero time for all
	All    bool       // what it took, too
}

// Missed is an update that a system is told again.
type Missed struct {
	Update *vedette.Update
	store.Missed
}

// PreviewReplay lists what a replay would tell a system.
func (d *Desk) PreviewReplay(ctx context.Context, o ReplayOrder) (vedette.Hook, []Missed, error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return vedette.Hook{}, nil, err
	}
	h, r, err := d.replay(ctx, o)
	if err != nil {
		return h, nil, err
	}
	list, err := d.rows.Missed(ctx, r)
	if err != nil {
		return h, nil, err
	}
	out := make([]Missed, len(list))
	for i, m := range list {
		out[i].Missed = m
		if out[i].Update, err = d.rows.UpdateByKey(ctx, m.Update); err != nil {
			return h, nil, err
		}
	}
	return h, out, nil
}

// Replay tells a system again what it did not take, each under the webhook-id
// that it had; with All everything.
func (d *Desk) Replay(ctx context.Context, o ReplayOrder) (n int, err error) {
	if err := d.asks(&ctx, rights.Publish); err != nil {
		return 0, err
	}
	_, r, err := d.replay(ctx, o)
	if err != nil {
		return 0, err
	}
	return d.rows.Replay(ctx, r, d.Now())
}

func (d *Desk) replay(ctx context.Context, o ReplayOrder) (vedette.Hook, store.Replay, error) {
	r := store.Replay{Since: o.Since, All: o.All}
	h, err := d.hook(ctx, o.Hook)
	if err != nil {
		return h, r, err
	}
	if r.Hook = h.Key; o.Update == "" {
		return h, r, nil
	}
	u, err := d.Update(ctx, o.Update)
	if err == nil {
		r.Update = u.Key
	}
	return h, r, err
}

// hook finds a hook by its id, or by a part of its address.
func (d *Desk) hook(ctx context.Context, name string) (vedette.Hook, error) {
	all, err := d.Hooks(ctx)
	if err != nil {
		return vedette.Hook{}, err
	}
	var found []vedette.Hook
	for _, h := range all {
		if string(h.ID) == name || h.Chat == "" && name != "" && strings.Contains(h.URL, name) {
			found = append(found, h)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return vedette.Hook{}, vedette.Errorf(vedette.CodeNotFound, "there is no hook %q; `vedette hooks list` lists them", name)
	}
	return vedette.Hook{}, vedette.Errorf(vedette.CodeInvalid, "%d hooks have %q in their address; give the id of one", len(found), name)
}
