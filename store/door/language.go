package door

import (
	"context"
	"time"

	"vedette"
)

// SetLanguage keeps in which language somebody wants their pages, "" for what their
// browser says.
func (d *Door) SetLanguage(ctx context.Context, u *vedette.User, tag string, now time.Time) error {
	return d.write(ctx, "keeping the language of pages", func(t *tx) error {
		if err := t.own(u, "chose a language for their pages", now); err != nil {
			return err
		}
		_, err := t.Exec(`UPDATE users SET language = $2 WHERE id = $1 AND org = $3`, u.Key, tag, t.org)
		return err
	})
}
