package ground

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"vedette"
)

var postgresDialect = &dialect{
	name: "postgres",
	words: map[string]string{"key": "bigint", "time": "bigint", "code": "smallint", "bytes": "bytea", "real": "double precision",
		"table": "", "clustered": "", "queue": "WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1)",
		"lock": "FOR UPDATE", "share": "FOR SHARE", "skip": "FOR UPDATE SKIP LOCKED", "clock": "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)", "check now": "SET CONSTRAINTS ALL IMMEDIATE"},
	// An array, not a sub-query: that finds its way to an index.
	in:      "= ANY (ARRAY(SELECT value::bigint FROM json_array_elements_text((%s)::text::json)))",
	pick:    map[string]string{"key": "(value ->> %d)::bigint", "text": "value ->> %d", "bytes": "decode(value ->> %d, 'hex')"},
	items:   "jsonb_array_elements((%s)::text::jsonb) AS items (value)",
	tables:  "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
	analyze: "ANALYZE",
	alone:   "SELECT pg_advisory_xact_lock(8602301733)", // a number of our own
	read:    sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
	refuse: func(r refusal) []string {
		when := ""
		if r.When != "" {
			when = " WHEN (" + r.When + ")"
		}
		return []string{
			fmt.Sprintf("CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION %s; END'",
				r.Name, strings.ReplaceAll(r.Sentence, "'", "''")),
			fmt.Sprintf("CREATE TRIGGER %s BEFORE %s ON %s FOR EACH ROW%s EXECUTE FUNCTION %s()",
				r.Name, r.Event, r.Table, when, r.Name),
		}
	},
	guess: func(table, column string) []string {
		return []string{
			"ALTER TABLE " + table + " ALTER COLUMN " + column + " SET STATISTICS 0",
			"ALTER TABLE " + table + " ALTER COLUMN " + column + " TYPE bigint", // which it is: what was counted is forgotten
		}
	},
	fault:  postgresFault,
	bulk:   postgresBulk,
	stream: postgresRows,
	reader: beginPostgresReader,
}

func openPostgres(location string) (*DB, error) {
	place := "the PostgreSQL server"
	if u, err := url.Parse(location); err == nil {
		// No more of it: a password may stand in other parts, too.
		place = "the database " + strings.TrimPrefix(u.Path, "/") + " at " + u.Host
	}
	config, err := pgx.ParseConfig(location)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "%s is not a PostgreSQL address", place)
	}
	// Our statements are short: compiling them costs a hundred times more than
	// running them.
	config.RuntimeParams["jit"] = "off"
	// What is asked for is in memory, or on a disk without a head: by the server's
	// default it would rather go through all of a table than look thirty rows up.
	if _, own := config.RuntimeParams["random_page_cost"]; !own { // the address may say another
		config.RuntimeParams["random_page_cost"] = "1.1"
	}
	// A process that is frozen in the middle of a transaction, with its machine
	// or by hand, holds up nobody for longer than a lease would.
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "20000"
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(12)
	db.SetMaxIdleConns(12)
	return &DB{d: postgresDialect, place: place, writer: db, reader: db}, nil
}

// postgresBulk copies the rows in, as text: that needs no knowledge of the
// columns' widths, and costs the server hardly more than its binary form.
func postgresBulk(ctx context.Context, conn any, table string, cols []string, n int, row func(int) []any) error {
	_, err := conn.(*stdlib.Conn).Conn().PgConn().CopyFrom(ctx, &copyReader{n: n, row: row},
		"COPY "+table+" ("+strings.Join(cols, ", ")+") FROM STDIN")
	return err
}

// copyReader writes rows as they are read, so that few are in memory.
type copyReader struct {
	n, next int
	row     func(int) []any
	buf     []byte
}

func (r *copyReader) Read(p []byte) (n int, err error) {
	for len(r.buf) < len(p) && r.next < r.n {
		if r.buf, err = appendCopyRow(r.buf, r.row(r.next)); err != nil {
			return 0, err
		}
		r.next++
	}
	if len(r.buf) == 0 {
		return 0, io.EOF
	}
	n = copy(p, r.buf)
	r.buf = r.buf[:copy(r.buf, r.buf[n:])]
	return n, nil
}

var copyEscapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// appendCopyRow writes a row in PostgreSQL's text format of COPY.
func appendCopyRow(buf []byte, values []any) ([]byte, error) {
	for i, v := range values {
		if i > 0 {
			buf = append(buf, '\t')
		}
		switch v := v.(type) {
		case nil:
			buf = append(buf, `\N`...)
		case int64:
			buf = strconv.AppendInt(buf, v, 10)
		case float64:
			buf = strconv.AppendFloat(buf, v, 'g', -1, 64)
		case string:
			buf = append(buf, copyEscapes.Replace(v)...)
		case []byte:
			buf = hex.AppendEncode(append(buf, `\\x`...), v)
		default:
			return nil, fmt.Errorf("a %T cannot be copied", v)
		}
	}
	return append(buf, '\n'), nil
}

func postgresFault(err error) (vedette.Code, bool) {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch {
		case e.Code == "40001" || e.Code == "40P01" || e.Code == "55P03": // serialization, deadlock, lock timeout
			return vedette.CodeUnavailable, true
		case e.Code == "23505":
			return vedette.CodeConflict, false
		case e.Code == "25P03", strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "28"), strings.HasPrefix(e.Code, "3D"),
			strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57"), strings.HasPrefix(e.Code, "58"):
			return vedette.CodeUnavailable, false
		}
		return vedette.CodeInternal, false
	}
	var n net.Error
	if errors.As(err, &n) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) {
		return vedette.CodeUnavailable, false
	}
	return vedette.CodeInternal, false
}
