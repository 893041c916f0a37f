package store

import (
	"context"
	"database/sql"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// RecipientKind is what a recipient of an update is.
type RecipientKind int8

// The kinds.
const (
	RecipientPerson RecipientKind = iota
	RecipientHook
	RecipientSuperior
)

// LedgerEntry is a recipient of an update with the deliveries of the newest
// word to them: of its round, and of the reminders since.
type LedgerEntry struct {
	Recipient  int64
	Kind       RecipientKind
	Round      int
	Newer      bool // they have a notice of a newer update of its situation
	Deliveries []vedette.Delivery
}

// Ledger reads the recipients of an update after one, ascending by key, at
// most so many.
func (o *Org) Ledger(ctx context.Context, update, after int64, limit int) (list []LedgerEntry, err error) {
	err = o.s.read(ctx, "reading the ledger", func(t *tx) error {
		list = nil
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		return t.Each(func(r *sql.Rows) error {
			var e LedgerEntry
			d := vedette.Delivery{Update: update}
			err := r.Scan(&e.Recipient, &e.Kind, &e.Round, &e.Newer, &d.Address, &d.Round, code.Channel.Into(&d.Channel), code.Delivery.Into(&d.State),
				ground.Time(&d.DueAt), ground.Time(&d.AcceptedAt), &d.Attempts, &d.Detail, &d.Lane, ground.Time(&d.MeantAt))
			if err != nil {
				return err
			}
			if n := len(list); n == 0 || list[n-1].Recipient != e.Recipient {
				list = append(list, e)
			}
			if d.Address > 0 {
				d.Recipient = e.Recipient
				last := &list[len(list)-1]
				last.Deliveries = append(last.Deliveries, d)
			}
			return nil
		}, `SELECT n.recipient_id, CASE WHEN h.id > 0 THEN 1 WHEN s.id > 0 THEN 2 ELSE 0 END, n.round,
				CASE WHEN EXISTS (SELECT 1 FROM updates u JOIN updates v ON v.situation_id = u.situation_id AND v.number > u.number
					JOIN notices m ON m.update_id = v.id AND m.recipient_id = n.recipient_id WHERE u.id = $1) THEN 1 ELSE 0 END,
				coalesce(d.address_no, 0), coalesce(d.round, 0), coalesce(d.channel, 0), coalesce(d.state, 0), coalesce(d.due_at, 0), coalesce(d.accepted_at, 0),
				coalesce(d.attempts, 0), coalesce(d.detail, ''), coalesce(d.lane, 0), coalesce(d.meant_at, 0)
			FROM (SELECT DISTINCT recipient_id FROM notices WHERE update_id = $1 AND recipient_id > $2 ORDER BY recipient_id LIMIT $3) p
			JOIN notices n ON n.update_id = $1 AND n.recipient_id = p.recipient_id AND `+newest+`
			LEFT JOIN deliveries d ON d.update_id = n.update_id AND d.recipient_id = n.recipient_id AND d.round >= n.round
			LEFT JOIN hooks h ON h.id = n.recipient_id LEFT JOIN superiors s ON s.id = n.recipient_id
			ORDER BY n.recipient_id, d.round, d.address_no`, update, after, int64(limit))
	})
	return list, err
}
