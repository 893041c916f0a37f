package ground

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// soon is how long one waits for a connection that is not needed, but would
// help.
const soon = 250 * time.Millisecond

// beginPostgresReader begins a transaction that reads. One that is not needed
// is nil where no connection is free: those who wait for each other's would
// wait for ever.
func beginPostgresReader(ctx context.Context, db *DB, needed bool) (Reader, func(), error) {
	free := ctx
	if !needed {
		if s := db.reader.Stats(); s.InUse >= s.MaxOpenConnections {
			return nil, nil, nil
		}
		brief, cancel := context.WithTimeout(ctx, soon)
		defer cancel()
		free = brief
	}
	t, err := db.begin(ctx, free, db.reader, &db.d.read)
	if err == nil { // the others may read for long after this one has
		if _, err = t.Exec(`SET LOCAL idle_in_transaction_session_timeout = 0`); err != nil {
			t.end()
		}
	}
	switch {
	case err == nil:
		return t, t.end, nil
	case !needed && errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return nil, nil, nil
	}
	return nil, nil, err
}

func postgresRows(ctx context.Context, conn any, text string, args []any, fn func(Row) error) error {
	rows, err := conn.(*stdlib.Conn).Conn().Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := &postgresRow{fields: rows.FieldDescriptions()}
	for rows.Next() {
		row.values = rows.RawValues()
		if err := fn(row); err != nil {
			return err
		}
		if row.err != nil {
			return row.err
		}
	}
	return rows.Err()
}

// postgresRow is a row as it came over the line: in binary, or as text where
// the operator's URL asks for the simple protocol.
type postgresRow struct {
	fields []pgconn.FieldDescription
	values [][]byte
	wrongColumn
}

func (r *postgresRow) binary(col int) bool { return r.fields[col].Format == pgx.BinaryFormatCode }

func (r *postgresRow) Int(col int) int64 {
	v := r.values[col]
	switch {
	case v == nil:
		return 0
	case !r.binary(col):
		n, err := strconv.ParseInt(string(v), 10, 64)
		if err != nil {
			r.wrong(col, "an integer")
		}
		return n
	case len(v) == 8:
		return int64(binary.BigEndian.Uint64(v))
	case len(v) == 4:
		return int64(int32(binary.BigEndian.Uint32(v)))
	case len(v) == 2:
		return int64(int16(binary.BigEndian.Uint16(v)))
	}
	r.wrong(col, "an integer")
	return 0
}

func (r *postgresRow) Real(col int) float64 {
	v := r.values[col]
	switch {
	case v == nil:
		return 0
	case !r.binary(col):
		f, err := strconv.ParseFloat(string(v), 64)
		if err != nil {
			r.wrong(col, "a real")
		}
		return f
	case len(v) == 8:
		return math.Float64frombits(binary.BigEndian.Uint64(v))
	}
	r.wrong(col, "a real")
	return 0
}

// Text needs no look at the format: the two are the same.
func (r *postgresRow) Text(col int) string { return string(r.values[col]) }

func (r *postgresRow) Bytes(col int) []byte {
	v := r.values[col]
	if v == nil || r.binary(col) {
		return bytes.Clone(v) // the line is read on into the same room
	}
	digits, ok := bytes.CutPrefix(v, []byte(`\x`))
	out, err := hex.AppendDecode(nil, digits)
	if !ok || err != nil {
		r.wrong(col, "bytes")
	}
	return out
}

func (r *postgresRow) wrong(col int, as string) {
	r.note(fmt.Errorf("column %d (%s) is read as %s", col, r.fields[col].Name, as))
}
