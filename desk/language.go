package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
)

// SetLanguage keeps in which language somebody wants the pages they see: the tag of one
// that there are pages in, "" for what their browser says. Whoever calls knows which there
// are.
func (d *Desk) SetLanguage(ctx context.Context, s *vedette.Session, tag string) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	return d.rows.SetLanguage(ctx, &s.User, tag, d.Now())
}
