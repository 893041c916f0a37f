package board

import (
	"context"
	"database/sql"
	"encoding/json"
	"reflect"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// FlashSaved is a template as somebody saved it.
type FlashSaved struct {
	vedette.FlashTemplate
	By string
	At time.Time
}

// Flashes gives the templates that the organisation has saved, by key.
func (b *Board) Flashes(ctx context.Context) (list []FlashSaved, err error) {
	err = b.read(ctx, "reading the templates of flashes", func(t *tx) error {
		list, err = t.flashes()
		return err
	})
	return list, err
}

func (t *tx) flashes() (list []FlashSaved, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var s FlashSaved
		var body string
		if err := r.Scan(&body, &s.By, ground.Time(&s.At)); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &s.FlashTemplate); err != nil {
			return err
		}
		list = append(list, s)
		return nil
	}, `SELECT body, set_by, recorded_from FROM flash_templates WHERE org = $1 AND recorded_to = 0 ORDER BY name`, t.org)
	return list, err
}

// SaveFlash saves a template by someone, over the one of its key. was is what of the
// organisation's own had that key when whoever saves it looked, nil for none; where it is
// another by now, it is a conflict. is nil takes it back: then there is what is built in,
// or nothing.
func (b *Board) SaveFlash(ctx context.Context, key string, was, is *vedette.FlashTemplate, by string, now time.Time) error {
	var body []byte
	verb := "restored"
	if is != nil {
		var err error
		if body, err = json.Marshal(is); err != nil {
			return vedette.Wrap(err, vedette.CodeInternal, "the template cannot be written as JSON")
		}
		verb = "saved"
	}
	return b.write(ctx, "saving a template of flashes", func(t *tx) error {
		// The log row comes first: its lock keeps out others who save one.
		if _, err := book.Log(t.Tx, t.org, vedette.LogFlash, vedette.ID(key), verb, now); err != nil {
			return err
		}
		have, err := t.flashes()
		if err != nil {
			return err
		}
		if err := asSeen(have, key, was, is); err != nil {
			return err
		}
		if _, err := t.Exec(`UPDATE flash_templates SET recorded_to = $3 WHERE org = $1 AND name = $2 AND recorded_to = 0`, t.org, key, ground.Micros(now)); err != nil || is == nil {
			return err
		}
		id, err := book.Keys(t.Tx, "flash", 1)
		if err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO flash_templates (org, id, name, recorded_from, body, set_by) VALUES ($1, $2, $3, $4, $5, $6)`,
			t.org, id, key, ground.Micros(now), string(body), ground.Plain(by, 0))
		return err
	})
}

// asSeen says whether the templates are still what whoever saves one saw, and have room.
func asSeen(have []FlashSaved, key string, was, is *vedette.FlashTemplate) error {
	var now *vedette.FlashTemplate
	for i := range have {
		if have[i].Key == key {
			now = &have[i].FlashTemplate
		}
	}
	switch {
	case (now == nil) != (was == nil) || now != nil && !reflect.DeepEqual(now, was):
		return vedette.Errorf(vedette.CodeConflict, "nothing was saved: somebody else changed the template %s meanwhile; look again", key)
	case now == nil && is == nil:
		return vedette.Errorf(vedette.CodeNotFound, "there is no template %s of your own to take back", key)
	case now == nil && len(have) >= vedette.MaxFlashes:
		return vedette.Errorf(vedette.CodeInvalid, "%d templates are kept, and that is all; take one back first", len(have))
	}
	return nil
}
