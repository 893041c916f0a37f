package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"vedette"
	"vedette/store/dump"
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
	undo := remember(location)
	s, err := connect(ctx, location)
	if err != nil {
		undo()
		return nil, BackupSummary{}, err
	}
	// Not tried again: the reader has moved on.
	err = s.once(ctx, s.writer, nil, func(t *tx) error { return t.restore(in) })
	if err != nil {
		if err = s.explain(err, "restoring"); vedette.ErrorCode(err) == vedette.CodeInternal {
			err = dump.Bad(err, dump.Altered) // rows that the schema refuses
		}
		s.Close()
		undo()
		return nil, BackupSummary{}, err
	}
	return s, summary(in.Header, in.Rows()), nil
}

// remember gives what takes back the making of a data directory and its
// files, where there was none.
func remember(location string) func() {
	path := filepath.Join(location, FileName)
	if _, err := os.Stat(path); err == nil {
		return func() {}
	}
	_, err := os.Stat(location)
	made := errors.Is(err, os.ErrNotExist)
	return func() {
		for _, end := range []string{"", "-wal", "-shm"} {
			os.Remove(path + end)
		}
		if made {
			os.Remove(location) // only when empty
		}
	}
}

// restore makes the schema the backup has, fills it, and brings it up to
// date.
func (t *tx) restore(in *dump.Reader) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	if schema := in.Header.Schema; schema < 1 || schema > len(steps) {
		return vedette.Errorf(vedette.CodeConflict,
			"the backup was taken by a newer Vedette (schema %d, this program knows %d); use that program or a newer one", schema, len(steps))
	}
	if err := t.mustBeEmpty(); err != nil {
		return err
	}
	if err := t.migrateTo(steps, in.Header.Schema); err != nil {
		return err
	}
	if _, err := t.exec(`DELETE FROM counters`); err != nil {
		return err
	}
	if err := t.fill(in); err != nil {
		return err
	}
	return t.migrateTo(steps, len(steps))
}

// mustBeEmpty is a conflict where tables of ours hold rows.
func (t *tx) mustBeEmpty() error {
	tables, err := t.tables()
	if err != nil {
		return err
	}
	for _, table := range backupTables {
		if table.name == "counters" || !tables[table.name] {
			continue
		}
		var one int
		found, err := t.found([]any{&one}, `SELECT 1 FROM `+table.name+` LIMIT 1`)
		if err != nil {
			return err
		}
		if found {
			return vedette.Errorf(vedette.CodeConflict, "%s is not empty; a backup is restored only into an empty place", t.s.place)
		}
	}
	return nil
}

// fill writes the rows, table by table, to the end of the backup.
func (t *tx) fill(in *dump.Reader) error {
	var batch []dump.Row
	held, at := 0, 0 // bytes held; place among the tables
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := t.bulk(batch[0].Table, batch[0].Columns, len(batch), func(i int) []any { return batch[i].Values })
		batch, held = batch[:0], 0
		return err
	}
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return err
		}
		if len(batch) == restoreRows || held >= restoreBytes || len(batch) > 0 && batch[0].Table != row.Table {
			if err := flush(); err != nil {
				return err
			}
		}
		for backupTables[at].name != row.Table {
			if at++; at == len(backupTables) {
				return dump.Bad(errors.New("table "+row.Table+" is not expected"), dump.Damaged)
			}
		}
		batch, held = append(batch, row), held+row.Size
	}
}
