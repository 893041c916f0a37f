// Package store holds all the SQL of Vedette: one concrete Store over SQLite
// (a file in a directory) or PostgreSQL, a file per noun.
//
// The SQL is one text for both engines; what differs between them, and how
// transactions run, is in store/ground, the numbers of states in store/code.
// Each method is one transaction and one fact of the domain, and writes its
// log row in that transaction. The only way to rows is [Store.In]: an
// organisation sees its own and nothing else.
//
// Times are stored as integer microseconds UTC, 0 for open. Private records
// are sealed bytes that this package can neither open nor needs to. Keys are
// the store's own integers; ids shown outward are UUIDv7.
//
// Errors are [vedette.Error]: not_found for what is not there or not this
// organisation's, conflict where the state does not allow it, unavailable
// where the database cannot be reached.
package store
