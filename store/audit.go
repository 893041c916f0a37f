package store

import (
	"context"
	"time"

	"vedette"
	"vedette/chain"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// Seal is the sum of a log row, sealed with the installation's key.
type Seal struct {
	chain.Head
	Seal []byte
	At   time.Time
}

// LogHead gives how far the log has come, and its last seal: the zero value of either
// for none. A log whose last row is from before there were sums has none.
func (o *Org) LogHead(ctx context.Context) (head chain.Head, last Seal, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) error {
		if _, err := t.Found([]any{&head.Seq, &head.Sum}, `SELECT seq, chain FROM log WHERE org = $1 AND chain IS NOT NULL ORDER BY seq DESC LIMIT 1`, o.org); err != nil {
			return err
		}
		_, err := t.Found(sealInto(&last), `SELECT seq, chain, seal, at FROM seals WHERE org = $1 ORDER BY seq DESC LIMIT 1`, o.org)
		return err
	})
	return head, last, err
}

func sealInto(s *Seal) []any { return []any{&s.Seq, &s.Sum, &s.Seal, ground.Time(&s.At)} }

// AddSeal keeps a seal. One of a row that has one already changes nothing.
func (o *Org) AddSeal(ctx context.Context, s Seal) error {
	return o.s.write(ctx, "sealing the log", func(t *tx) error {
		_, err := t.Exec(`INSERT INTO seals (org, seq, chain, seal, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			o.org, s.Seq, s.Sum, s.Seal, ground.Micros(s.At))
		return err
	})
}

// Audit gives the whole log of one moment: its seals and the number that its last row
// is to have, then each row with the sum kept with it.
func (o *Org) Audit(ctx context.Context, begin func(seals []Seal, last int64) error, row func(e *vedette.LogEntry, kept []byte) error) error {
	return o.s.read(ctx, "going through the log", func(t *tx) error {
		seals, err := ground.All(t.Tx, sealInto, `SELECT seq, chain, seal, at FROM seals WHERE org = $1 ORDER BY seq`, o.org)
		if err != nil {
			return err
		}
		var last int64
		if err := t.Row([]any{&last}, `SELECT seq FROM organisations WHERE id = $1`, o.org); err != nil {
			return err
		}
		if err := begin(seals, last); err != nil {
			return err
		}
		return book.Each(t.Tx, o.org, 0, endless, row)
	})
}

// NoteExport writes down that who people are left the house as a file, of a thing, ""
// for none.
func (o *Org) NoteExport(ctx context.Context, of vedette.ID, what string, now time.Time) error {
	return o.s.write(ctx, "noting an export", func(t *tx) error { return t.log(o.org, vedette.LogExport, of, what, now) })
}

// LogQuery says which rows of the log are wanted; the zero value of a field is any.
type LogQuery struct {
	Before   int64 // number
	Kind     vedette.LogKind
	Ref      vedette.ID
	Actor    string
	Via      vedette.Via
	From, To time.Time
	Limit    int
}

// endless is past every number and moment.
const endless = int64(1<<63 - 1)

func or(n, other int64) int64 {
	if n == 0 {
		return other
	}
	return n
}

// LogRows gives rows of the log, newest first.
func (o *Org) LogRows(ctx context.Context, q LogQuery) (list []vedette.LogEntry, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) error {
		list, err = ground.All(t.Tx, book.EntryInto, `SELECT `+book.EntryColumns+` FROM log
			WHERE org = $1 AND seq < $2 AND ($3 = 0 OR kind = $3) AND ($4 = '' OR ref = $4) AND ($5 = '' OR actor = $5)
			AND ($6 = 0 OR via = $6) AND at >= $7 AND at < $8 ORDER BY seq DESC LIMIT $9`,
			o.org, or(q.Before, endless), code.Log.Of(q.Kind), string(q.Ref), q.Actor, code.Via.Of(q.Via), ground.Micros(q.From), or(ground.Micros(q.To), endless), ground.Most(q.Limit))
		return err
	})
	return list, err
}
