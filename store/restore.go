package store

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/dump"
	"vedette/store/ground"
	"vedette/store/rota"
)

// At most so many rows, and about so many bytes of them, are held before they
// are written.
const (
	restoreRows  = 2000
	restoreBytes = 8 << 20
)

// Restore reads a backup into an empty place and gives the store there. check
// is called with the backup's installation before anything is written; its
// error ends the restore. A place that holds anything is a conflict, a
// backup that is cut short, altered or no backup is invalid; nothing is left
// behind then.
func Restore(ctx context.Context, location string, r io.Reader, check func(Installation) error) (*Store, BackupSummary, error) {
	in, err := dump.NewReader(r)
	if err != nil {
		return nil, BackupSummary{}, err
	}
	if err := check(Installation{ID: in.Header.Installation, KeyCheck: in.Header.KeyCheck, CreatedAt: in.Header.CreatedAt}); err != nil {
		return nil, BackupSummary{}, err
	}
	undo := ground.Undo(location)
	db, err := ground.Open(ctx, location, code.States())
	if err != nil {
		undo()
		return nil, BackupSummary{}, err
	}
	// Not tried again: the reader moves on.
	doubtful, halted := 0, 0
	err = db.WriteOnce(ctx, "restoring", func(t *ground.Tx) error {
		if err := (&tx{t}).restore(in, db.Place()); err != nil {
			return err
		}
		doubtful, halted, err = (&tx{t}).holdBack(in.Header.TakenAt)
		return err
	})
	if err != nil {
		if vedette.ErrorCode(err) == vedette.CodeInternal {
			err = dump.Bad(err, dump.Altered) // rows that the schema refuses
		}
		db.Close()
		undo()
		return nil, BackupSummary{}, err
	}
	sum := summary(in.Header, in.Rows())
	sum.Doubtful, sum.Halted = doubtful, halted
	return &Store{db}, sum, nil
}

// holdBack keeps what waited when the backup was taken from being sent
// again: the place it was taken from went on sending, so nobody knows.
func (t *tx) holdBack(taken time.Time) (doubtful, halted int, err error) {
	n, err := t.Exec(`UPDATE deliveries SET state = {unknown}, leased_by = NULL,
		detail = 'waiting when the backup was taken that this is restored from' WHERE state = {queued}`)
	if err != nil {
		return 0, 0, err
	}
	letters, err := rota.HoldBack(t.Tx)
	if err != nil {
		return 0, 0, err
	}
	n += letters
	if _, err := t.Exec(`UPDATE escalations SET state = {escalation over}, due_at = 0, detail = 'restored from a backup' WHERE state IN ({escalation on end})`); err != nil {
		return 0, 0, err
	}
	// What was asked then was perhaps answered since: nobody is rung about it again.
	if _, err := t.Exec(`UPDATE approvals SET due_at = 0, state = CASE WHEN state = {approval asked} THEN {approval lapsed} ELSE state END WHERE state IN ({approval asked}, {approval unseen})`); err != nil {
		return 0, 0, err
	}
	// Links that set a password are not good again; whoever signed in then may.
	if _, err := t.Exec(`UPDATE users SET link = NULL, link_until = 0`); err != nil {
		return 0, 0, err
	}
	open, err := t.Keys(`SELECT DISTINCT update_id FROM fanouts WHERE finished_at = 0`)
	if err != nil {
		return 0, 0, err
	}
	if _, err := t.Exec(`UPDATE lookouts SET leased_by = NULL, lease_until = 0`); err != nil {
		return 0, 0, err
	}
	_, err = t.halt(open, taken)
	return int(n), len(open), err
}

// restore makes the schema the backup has, fills it, and brings it up to
// date.
func (t *tx) restore(in *dump.Reader, place string) error {
	steps, err := ground.Steps(migrations, "migrations")
	if err != nil {
		return err
	}
	if schema := in.Header.Schema; schema < 1 || schema > ground.Last(steps) {
		return vedette.Errorf(vedette.CodeConflict,
			"the backup was taken by a newer Vedette (schema %d, this program knows %d); use that program or a newer one", schema, ground.Last(steps))
	}
	if err := t.mustBeEmpty(place); err != nil {
		return err
	}
	// An empty place that was opened has the newest schema; the rows need
	// theirs, and the way from there.
	if err := t.startOver(in.Header.Schema); err != nil {
		return err
	}
	if err := t.Migrate(steps, in.Header.Schema); err != nil {
		return err
	}
	if _, err := t.Exec(`DELETE FROM counters`); err != nil {
		return err
	}
	if err := t.fill(in); err != nil {
		return err
	}
	// What is checked at the end of a transaction is checked now: no table
	// can be altered before.
	if _, err := t.Exec(`{check now}`); err != nil {
		return err
	}
	if err := t.Migrate(steps, ground.Last(steps)); err != nil {
		return err
	}
	return t.firstKey() // of a backup of before keys had numbers
}

// startOver drops the tables of an empty place whose schema is newer than the
// one that is to be.
func (t *tx) startOver(schema int) error {
	have, err := t.Schema()
	if err != nil || have <= schema {
		return err
	}
	tables, err := t.Tables()
	if err != nil {
		return err
	}
	drop := []string{"sessions", "challenges", "cards", "words", "shelves"} // children first
	for _, table := range slices.Backward(backupTables) {
		drop = append(drop, table.name)
	}
	for _, name := range append(drop, "workers", "migrations") {
		if !tables[name] {
			continue
		}
		if _, err := t.Exec(`DROP TABLE ` + name); err != nil {
			return err
		}
	}
	return nil
}

// mustBeEmpty is a conflict where tables of ours hold rows.
func (t *tx) mustBeEmpty(place string) error {
	tables, err := t.Tables()
	if err != nil {
		return err
	}
	for _, table := range backupTables {
		if table.name == "counters" || !tables[table.name] {
			continue
		}
		found, err := t.Exists(`SELECT 1 FROM ` + table.name + ` LIMIT 1`)
		if err != nil {
			return err
		}
		if found {
			return vedette.Errorf(vedette.CodeConflict, "%s is not empty; a backup is restored only into an empty place", place)
		}
	}
	return nil
}

// fill writes the rows, table by table, to the end of the backup.
func (t *tx) fill(in *dump.Reader) error {
	at := 0 // place among the tables
	return in.Batches(restoreRows, restoreBytes, func(table string, columns []string, rows [][]any) error {
		for backupTables[at].name != table {
			if at++; at == len(backupTables) {
				return dump.Bad(errors.New("table "+table+" is not expected"), dump.Damaged)
			}
		}
		return t.Bulk(table, columns, len(rows), func(i int) []any { return rows[i] })
	})
}
