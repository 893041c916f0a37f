package store

import (
	"context"
	"encoding/json"

	"vedette"
	"vedette/store/ground"
)

// AddReport keeps a report and how it was read. A report is never changed.
func (o *Org) AddReport(ctx context.Context, r vedette.Report, reading *vedette.Reading) error {
	read, err := json.Marshal(reading)
	if err != nil {
		return vedette.Wrap(err, vedette.CodeInternal, "the reading cannot be written as JSON")
	}
	body := r.Text
	if body == nil {
		body = []byte{}
	}
	return o.s.write(ctx, "keeping a report", func(t *tx) error {
		_, err := t.Exec(`INSERT INTO reports (uuid, org, received_at, origin, provider, digest, body, reading) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			string(r.ID), o.org, ground.Micros(r.ReceivedAt), ground.Plain(r.Origin, 0), ground.Plain(r.Provider, 0), r.Digest, body, string(read))
		return err
	})
}

// Report gives a report and how it was read.
func (o *Org) Report(ctx context.Context, id vedette.ID) (r vedette.Report, reading *vedette.Reading, err error) {
	err = o.s.read(ctx, "reading a report", func(t *tx) error {
		var read string
		r = vedette.Report{ID: id}
		found, err := t.Found([]any{ground.Time(&r.ReceivedAt), &r.Origin, &r.Provider, &r.Digest, &r.Text, &read},
			`SELECT received_at, origin, provider, digest, body, reading FROM reports WHERE org = $1 AND uuid = $2`, o.org, string(id))
		if err != nil {
			return err
		}
		if !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such report")
		}
		return json.Unmarshal([]byte(read), &reading)
	})
	return r, reading, err
}

// ReportsOf lists the reports of the very same text, by its digest, the newest
// first and at most so many.
func (o *Org) ReportsOf(ctx context.Context, digest string, limit int) (ids []vedette.ID, err error) {
	err = o.s.read(ctx, "looking for a text", func(t *tx) error {
		ids, err = ground.All(t.Tx, func(id *vedette.ID) []any { return []any{id} },
			`SELECT uuid FROM reports WHERE org = $1 AND digest = $2 ORDER BY received_at DESC, uuid LIMIT $3`, o.org, digest, ground.Most(limit))
		return err
	})
	return ids, err
}
