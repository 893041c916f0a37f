package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver"
	"vedette/flash"
)

// FlashTemplate is a template of flashes as it holds for the organisation.
type FlashTemplate struct {
	vedette.FlashTemplate
	BuiltIn bool     // one of its key is built in
	Own     bool     // this is the organisation's own
	Version string   // of what of their own was seen, "" for nothing of theirs
	Lacks   []string // languages in which it says nothing, so that who reads them is told in its own
	Unread  []string // languages in which nobody who speaks them answers for it
	By      string   // who saved it
	At      time.Time
}

// Flashes gives the templates: those that are built in, as the organisation has them, then
// its own.
func (d *Desk) Flashes(ctx context.Context) (list []FlashTemplate, err error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	saved, err := d.rows.Flashes(ctx)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, t := range flash.BuiltIn() {
		at[t.Key] = i
		list = append(list, FlashTemplate{FlashTemplate: t, BuiltIn: true})
	}
	for _, s := range saved {
		own := FlashTemplate{FlashTemplate: s.FlashTemplate, Own: true, Version: flashVersion(&s.FlashTemplate), By: s.By, At: s.At}
		if i, ok := at[s.Key]; ok {
			own.BuiltIn = true
			list[i] = own
			continue
		}
		list = append(list, own)
	}
	for i := range list {
		t := &list[i]
		t.Lacks = t.FlashTemplate.Lacks(deliver.Languages())
		for _, s := range t.Says {
			if s.ReadBy == "" {
				t.Unread = append(t.Unread, s.Language)
			}
		}
	}
	return list, nil
}

// FlashOf gives the template of a key.
func (d *Desk) FlashOf(ctx context.Context, key string) (*FlashTemplate, error) {
	list, err := d.Flashes(ctx)
	if err != nil {
		return nil, err
	}
	key = vedette.CleanFlashKey(key)
	var keys []string
	for i := range list {
		if list[i].Key == key {
			return &list[i], nil
		}
		keys = append(keys, list[i].Key)
	}
	return nil, vedette.Errorf(vedette.CodeInvalid, "choose what happened: there is no template %q; there are %s", shortened(key), strings.Join(keys, ", "))
}

func flashVersion(t *vedette.FlashTemplate) string {
	b, _ := json.Marshal(t) // words never fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// SaveFlash saves a template under its key. version is that of what of their own whoever
// saves it saw, "" for nothing of theirs: where there is another by now it is a conflict.
func (d *Desk) SaveFlash(ctx context.Context, t vedette.FlashTemplate, version, by string) error {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return err
	}
	by, err := named(by)
	if err != nil {
		return err
	}
	t.Key = vedette.CleanFlashKey(t.Key)
	if err := t.Validate(deliver.Languages()); err != nil {
		return err
	}
	was, err := d.ownFlash(ctx, t.Key, version)
	if err != nil {
		return err
	}
	return d.rows.SaveFlash(ctx, t.Key, was, &t, by, d.Now())
}

// RestoreFlash takes back what the organisation saved under a key: what is built in holds
// again, where something is.
func (d *Desk) RestoreFlash(ctx context.Context, key, version, by string) error {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return err
	}
	by, err := named(by)
	if err != nil {
		return err
	}
	key = vedette.CleanFlashKey(key)
	was, err := d.ownFlash(ctx, key, version)
	if err != nil {
		return err
	}
	if was == nil {
		return vedette.Errorf(vedette.CodeNotFound, "nothing of your own is saved under %q, so there is nothing to take back", shortened(key))
	}
	return d.rows.SaveFlash(ctx, key, was, nil, by, d.Now())
}

// ownFlash is what of the organisation's own has a key, as it was seen, nil for nothing.
func (d *Desk) ownFlash(ctx context.Context, key, version string) (*vedette.FlashTemplate, error) {
	saved, err := d.rows.Flashes(ctx)
	if err != nil {
		return nil, err
	}
	var own *vedette.FlashTemplate
	for i := range saved {
		if saved[i].Key == key {
			own = &saved[i].FlashTemplate
		}
	}
	if own != nil && flashVersion(own) != version || own == nil && version != "" {
		return nil, vedette.Errorf(vedette.CodeConflict, "nothing was saved: somebody else changed the template %s meanwhile; look again", shortened(key))
	}
	return own, nil
}
