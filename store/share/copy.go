package share

import (
	"context"
	"time"

	"vedette"
	"vedette/store/ground"
)

// Taken notes that what another published is copied up to a row of its log; false where
// it was noted already, or the subscription has ended: another process did it.
func (s *Share) Taken(ctx context.Context, publisher, from, to int64) (noted bool, err error) {
	err = s.write(ctx, "noting what is copied", func(t *tx) error {
		n, err := t.Exec(`UPDATE subscriptions SET copied_to = $4 WHERE org = $1 AND publisher = $2 AND copied_to = $3`, t.org, publisher, from, to)
		noted = n == 1
		return err
	})
	return noted, err
}

// NoteCopy notes that an update of an organisation is the copy of one of another, once: a
// second time is CodeConflict.
func NoteCopy(t *ground.Tx, org, update, publisher int64, source vedette.ID, now time.Time) error {
	n, err := t.Exec(`INSERT INTO copies (update_id, org, publisher, source, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		update, org, publisher, string(source), ground.Micros(now))
	if err == nil && n == 0 {
		err = vedette.Errorf(vedette.CodeConflict, "it is copied already")
	}
	return err
}

const copySelect = `SELECT u.uuid, p.name, c.source, c.made_at FROM copies c JOIN updates u ON u.id = c.update_id JOIN organisations p ON p.id = c.publisher WHERE c.org = $1`

func copyInto(c *vedette.Copy) []any {
	return []any{&c.Update, &c.Publisher, &c.Source, ground.Time(&c.Made)}
}

// CopyOf gives the update of ours that is the copy of one of another organisation.
func (s *Share) CopyOf(ctx context.Context, publisher int64, source vedette.ID) (c vedette.Copy, found bool, err error) {
	err = s.read(ctx, "looking for a copy", func(t *tx) error {
		found, err = t.Found(copyInto(&c), copySelect+` AND c.publisher = $2 AND c.source = $3`, t.org, publisher, string(source))
		return err
	})
	return c, found, err
}

// CopiedFrom says of which organisation's update one of ours is the copy, if it is one.
func (s *Share) CopiedFrom(ctx context.Context, update vedette.ID) (c vedette.Copy, found bool, err error) {
	err = s.read(ctx, "looking what a copy is of", func(t *tx) error {
		found, err = t.Found(copyInto(&c), copySelect+` AND u.uuid = $2`, t.org, ground.Plain(string(update), 0))
		return err
	})
	return c, found, err
}

// CopyOfSituation gives the situation of ours that copies of another organisation's
// situation are in.
func (s *Share) CopyOfSituation(ctx context.Context, publisher int64, situation vedette.ID) (ours vedette.ID, found bool, err error) {
	err = s.read(ctx, "looking for the situation of copies", func(t *tx) error {
		found, err = t.Found([]any{&ours}, `SELECT m.uuid FROM situations s JOIN updates u ON u.situation_id = s.id JOIN copies c ON c.source = u.uuid AND c.org = $1 AND c.publisher = $2
			JOIN updates o ON o.id = c.update_id JOIN situations m ON m.id = o.situation_id WHERE s.uuid = $3 AND s.org = $2 ORDER BY o.id DESC LIMIT 1`,
			t.org, publisher, string(situation))
		return err
	})
	return ours, found, err
}
