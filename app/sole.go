package app

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"vedette"
)

// soleFile is locked by the one process that sends from a SQLite database;
// the lock ends with the process, however it ends.
const soleFile = "sending"

// sole keeps other processes from sending from the same SQLite database:
// whoever sends holds its writer most of the time, and two would be slower
// than one. PostgreSQL has room for any number. free gives it up.
func (a *App) sole() (free func(), err error) {
	if a.Store.Engine() != "sqlite" {
		return func() {}, nil
	}
	f, err := os.OpenFile(filepath.Join(a.Data, soleFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the data directory %s cannot be written", a.Data)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		defer f.Close()
		return nil, vedette.Errorf(vedette.CodeConflict, "another process%s sends from the SQLite database in %s already, and only one can; end it first, or use PostgreSQL (--database), from which any number send", pidIn(f), a.Data)
	}
	if err != nil { // a file system without locks: it was so before there was this one
		a.Log.Warn("whether another process sends from this database cannot be seen", "err", err)
	}
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteString(strconv.Itoa(os.Getpid()))
	}
	return func() { f.Close() }, nil
}

// pidIn is the number of the process that has the lock, in words.
func pidIn(f *os.File) string {
	text := make([]byte, 20)
	n, _ := f.ReadAt(text, 0)
	pid, err := strconv.Atoi(strings.TrimSpace(string(text[:n])))
	if err != nil {
		return ""
	}
	return " (number " + strconv.Itoa(pid) + ")"
}
