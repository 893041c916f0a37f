package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"vedette"
)

// FileName is the SQLite file in the data directory.
const FileName = "vedette.db"

// Store is the one way to the database. It is safe for concurrent use.
type Store struct {
	d      *dialect
	place  string // for sentences: the directory, or the URL without password
	writer *sql.DB
	reader *sql.DB
	states map[string]string
	texts  sync.Map // SQL text → the engine's own
}

// Org is an organisation's view of the store: the only way to its rows.
type Org struct {
	s   *Store
	org int64
}

// Open opens the store at a location, which is a directory (made with mode
// 0700 where missing; SQLite keeps vedette.db in it) or a postgres:// URL,
// and brings its schema up to date. An error names the place.
func Open(ctx context.Context, location string) (*Store, error) {
	s, err := connect(ctx, location)
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// connect opens the place without touching its schema.
func connect(ctx context.Context, location string) (*Store, error) {
	open := openSQLite
	if strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://") {
		open = openPostgres
	}
	s, err := open(location)
	if err != nil {
		return nil, err
	}
	s.states = stateWords()
	if err := s.Ping(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func openSQLite(dir string) (*Store, error) {
	if dir == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "no data directory is named; name one with --data")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the data directory %s cannot be used", dir)
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the data directory %s cannot be made; name another with --data", dir)
	}
	path := filepath.Join(abs, FileName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable,
			"the data directory %s cannot be written; check its owner and mode, or name another with --data", dir)
	}
	f.Close()
	// Pragmas stand in the DSN: run once on a pool they would hold for one
	// connection only. Deleted content is overwritten, for erasures.
	base := (&url.URL{Scheme: "file", Path: path}).String() +
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=foreign_keys(1)&_pragma=synchronous(full)" +
		"&_pragma=secure_delete(1)&_pragma=cache_size(-65536)&_pragma=temp_store(memory)"
	s := &Store{d: sqliteDialect, place: dir}
	if s.writer, err = sql.Open("sqlite", base+"&_txlock=immediate"); err == nil {
		s.reader, err = sql.Open("sqlite", base+"&_query_only=1")
	}
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the database %s cannot be opened", path)
	}
	s.writer.SetMaxOpenConns(1)
	s.reader.SetMaxOpenConns(4)
	s.reader.SetMaxIdleConns(4)
	return s, nil
}

func openPostgres(location string) (*Store, error) {
	place := "the PostgreSQL server"
	if u, err := url.Parse(location); err == nil {
		place = u.Redacted()
	}
	config, err := pgx.ParseConfig(location)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "%s is not a PostgreSQL address", place)
	}
	// Our statements are short: compiling them costs a hundred times more than
	// running them.
	config.RuntimeParams["jit"] = "off"
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(12)
	db.SetMaxIdleConns(12)
	return &Store{d: postgresDialect, place: place, writer: db, reader: db}, nil
}

// Close waits for running transactions and closes the store.
func (s *Store) Close() error {
	errs := []error{}
	if s.reader != nil && s.reader != s.writer {
		errs = append(errs, s.reader.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	return vedette.Wrap(errors.Join(errs...), vedette.CodeInternal, "closing the database at %s", s.place)
}

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.d.name }

// Place is where the data are, fit for people: a directory, or a URL without
// its password.
func (s *Store) Place() string { return s.place }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.writer.PingContext(ctx); err != nil {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the database at %s does not answer", s.place)
	}
	return nil
}

// In gives an organisation's view. Whether the organisation exists shows at
// the first write.
func (s *Store) In(org int64) *Org { return &Org{s: s, org: org} }
