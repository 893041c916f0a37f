package store

import (
	"context"
	"embed"

	"vedette/store/board"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/door"
	"vedette/store/fact"
	"vedette/store/ground"
	"vedette/store/roll"
	"vedette/store/rota"
	"vedette/store/share"
	"vedette/store/shelf"
)

// FileName is the SQLite file in the data directory.
const FileName = ground.FileName

// Store is the one way to the database. It is safe for concurrent use.
type Store struct{ db *ground.DB }

// Org is an organisation's view of the store: the only way to its rows.
type Org struct {
	*fact.Facts  // of its people
	*board.Board // what it holds to
	*roll.Rolls  // its roll-calls
	*rota.Rota   // who is on duty, and what goes to them
	*share.Share // what others of the installation publish
	*door.Door   // who signs in
	*shelf.Shelf // what updates are found by

	s   *Store
	org int64
}

//go:embed migrations/*.sql
var migrations embed.FS

// Open opens the store at a location, which is a directory (made with mode
// 0700 where missing; SQLite keeps vedette.db in it) or a postgres:// URL,
// and brings its schema up to date. An error names the place.
func Open(ctx context.Context, location string) (*Store, error) {
	db, err := ground.Open(ctx, location, code.States())
	if err != nil {
		return nil, err
	}
	steps, err := ground.Steps(migrations, "migrations")
	if err == nil {
		err = db.Migrate(ctx, steps)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return &Store{db}, nil
}

// Close waits for running transactions and closes the store.
func (s *Store) Close() error { return s.db.Close() }

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.db.Engine() }

// Place is where the data are, fit for people: a directory, or a URL without
// its password.
func (s *Store) Place() string { return s.db.Place() }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.Ping(ctx) }

// In gives an organisation's view. Whether the organisation exists shows at
// the first write.
func (s *Store) In(org int64) *Org {
	return &Org{Facts: fact.Of(s.db, org), Board: board.Of(s.db, org), Rolls: roll.Of(s.db, org), Rota: rota.Of(s.db, org), Door: door.Of(s.db, org), Share: share.Of(s.db, org), Shelf: shelf.Of(s.db, org), s: s, org: org}
}

// The shapes of facts, of what stands on the board, and of roll-calls.
type (
	SealedPerson  = fact.SealedPerson
	PersonChange  = fact.PersonChange
	PeopleSaved   = fact.PeopleSaved
	Slot          = fact.Slot
	ExternalKey   = fact.ExternalKey
	SealedTrip    = fact.SealedTrip
	TripChange    = fact.TripChange
	TripSeal      = fact.TripSeal
	Said          = fact.Said
	TripsSaved    = fact.TripsSaved
	Changed       = fact.Changed
	Arrival       = fact.Arrival
	TaskFilter    = board.TaskFilter
	PastSettings  = board.PastSettings
	Lapsed        = board.Lapsed
	SealedRoll    = roll.Record
	RollScope     = roll.Scope
	SealedWords   = roll.Sealed
	SealedDuty    = rota.SealedDuty
	Step          = rota.Step
	ClaimedLetter = rota.ClaimedLetter
	LetterOutcome = rota.LetterOutcome
	Shelved       = shelf.Shelved
)

// tx is a running transaction; the nouns' SQL are methods of it. It never
// leaves the package.
type tx struct{ *ground.Tx }

// write runs fn in a transaction that may write, perhaps more than once: fn
// must not leave anything behind outside the database but what it sets anew.
func (s *Store) write(ctx context.Context, doing string, fn func(*tx) error) error {
	return s.db.Write(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t}) })
}

// read runs fn in a transaction that sees one moment and writes nothing.
func (s *Store) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return s.db.Read(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t}) })
}

// keys takes n keys of a noun and gives the first. The counter's row stays
// locked until the end of the transaction.
func (t *tx) keys(noun string, n int) (first int64, err error) {
	return book.Keys(t.Tx, noun, n)
}

// mustHave is not_found unless the query finds a row.
func (t *tx) mustHave(what, query string, args ...any) error {
	return book.MustHave(t.Tx, what, query, args...)
}
