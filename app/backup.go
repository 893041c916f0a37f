package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"vedette"
	"vedette/store"
)

// Backup writes a consistent copy of the database to a file, while others
// work. The key is not in it: keep that apart. The file appears whole or not
// at all, and never over another.
func (a *App) Backup(ctx context.Context, path string) (store.BackupSummary, error) {
	fail := func(err error) (store.BackupSummary, error) {
		return store.BackupSummary{}, vedette.Wrap(err, vedette.CodeUnavailable, "no backup was written to %s", path)
	}
	if _, err := os.Lstat(path); err == nil {
		return store.BackupSummary{}, vedette.Errorf(vedette.CodeConflict, "%s exists already; name another file", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".vedette-backup-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(f.Name())
	sum, err := a.Store.Backup(ctx, f, a.Now())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fail(err)
	}
	// A hard link, unlike a rename, never replaces what came there meanwhile.
	if err := os.Link(f.Name(), path); err != nil {
		return fail(err)
	}
	return sum, nil
}

// Restored is what a restore did.
type Restored struct {
	store.BackupSummary
	ErasedAgain int // people erased since the backup was taken
}

// Restore fills an empty place from a backup. The key must be the one the
// backup was sealed with; people erased since are erased again before the
// place is handed over. Without their list it would bring them back, so that
// takes a word of its own (noErasures). What was queued when the backup was
// taken is not sent again: whether it was sent since, nobody knows.
func Restore(ctx context.Context, c Config, path string, noErasures bool) (Restored, error) {
	c = c.withDefaults()
	if err := c.check(); err != nil {
		return Restored{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return Restored{}, vedette.Wrap(err, vedette.CodeInvalid, "the backup cannot be read")
	}
	defer f.Close()
	key, err := c.loadKey(true)
	if err != nil {
		return Restored{}, err
	}
	s, sum, err := store.Restore(ctx, c.location(), f, func(i store.Installation) error {
		if err := key.Verify(i.KeyCheck); err != nil {
			return err
		}
		if !noErasures && !c.haveErasures() {
			return vedette.Errorf(vedette.CodeConflict, "not restored: there is no list of erasures at %s, so people erased since would come back; put the list of the old place there, or say --no-erasures if nobody was erased", c.erasuresPath())
		}
		_, err := c.erasures()
		return err
	})
	if err != nil {
		return Restored{}, err
	}
	defer s.Close()
	a := &App{Config: c, Store: s, Key: key}
	n, err := a.eraseAgain(ctx)
	return Restored{sum, n}, vedette.Wrap(err, vedette.CodeInternal, "the backup is restored, but erasures could not all be repeated; do not use it before they are")
}
