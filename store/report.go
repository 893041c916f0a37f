package store

import (
	"context"
	"encoding/json"

	"vedette"
	"vedette/store/book"
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
		if err != nil || r.File == nil {
			return err
		}
		return t.addFile(o.org, r)
	})
}

// addFile keeps the file that a report came in.
func (t *tx) addFile(org int64, r vedette.Report) error {
	f := r.File
	if f.WrappedKey != nil {
		if err := book.SealedNow(t.Tx, f.WrappedKey); err != nil {
			return err
		}
	}
	key, err := t.keys("report file", 1)
	if err != nil {
		return err
	}
	seq, err := book.Log(t.Tx, org, vedette.LogFile, r.ID, f.Verb(), r.ReceivedAt)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO report_files (id, org, seq, uuid, report, name, kind, size, digest, wrapped_key, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		key, org, seq, string(f.ID), string(r.ID), ground.Plain(f.Name, 0), f.Kind, f.Size, f.Digest, orNil(f.WrappedKey), orNil(f.Sealed))
	return err
}

// ReportFile gives the file that a report came in, with its bytes where they are asked
// for; CodeNotFound where none is kept.
func (o *Org) ReportFile(ctx context.Context, report vedette.ID, bytes bool) (f vedette.ReportFile, err error) {
	err = o.s.read(ctx, "reading the file of a report", func(t *tx) error {
		var verb string
		f = vedette.ReportFile{}
		into, columns := []any{&f.ID, &f.Name, &f.Kind, &f.Size, &f.Digest, &verb}, `f.uuid, f.name, f.kind, f.size, f.digest, coalesce(l.verb, '')`
		if bytes {
			into, columns = append(into, &f.WrappedKey, &f.Sealed), columns+`, f.wrapped_key, f.sealed`
		}
		found, err := t.Found(into, `SELECT `+columns+` FROM report_files f LEFT JOIN log l ON l.org = f.org AND l.seq = f.seq WHERE f.org = $1 AND f.report = $2`, o.org, string(report))
		if err == nil && !found {
			return vedette.Errorf(vedette.CodeNotFound, "the file that this report came in is not kept")
		}
		f.Altered = verb != f.Verb()
		return err
	})
	return f, err
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
