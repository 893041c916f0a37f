package store

import (
	"context"

	"vedette/store/ground"
)

// EarlierWord is what somebody was told, or is being told, by an update.
type EarlierWord struct {
	Update  int64
	Variant int
}

// EarlierWords lists what somebody was told, or is being told, before an update
// in its situation.
func (o *Org) EarlierWords(ctx context.Context, update, recipient int64) (list []EarlierWord, err error) {
	err = o.s.read(ctx, "looking what somebody was told before", func(t *tx) error {
		list, err = ground.All(t.Tx, func(w *EarlierWord) []any { return []any{&w.Update, &w.Variant} },
			`SELECT DISTINCT n.update_id, n.variant_no FROM updates u JOIN updates e ON e.situation_id = u.situation_id AND e.number < u.number
			JOIN notices n ON n.update_id = e.id AND n.recipient_id = $3
			JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round = n.round
			WHERE u.org = $1 AND u.id = $2 AND d.state NOT IN ({withheld}, {failed}) ORDER BY n.update_id, n.variant_no`, o.org, update, recipient)
		return err
	})
	return list, err
}
