package ground

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

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
