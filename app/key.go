package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/desk"
)

// readKey reads the installation's key, or the keys while one takes the place of
// another: from the environment, else from the key file; fs.ErrNotExist where there is
// none.
func (c Config) readKey() (*auth.Key, error) {
	if c.KeyText != "" {
		k, err := auth.ParseKey(c.KeyText)
		return k, vedette.Wrap(err, vedette.CodeInvalid, "VEDETTE_KEY")
	}
	b, err := os.ReadFile(c.KeyFile)
	if err != nil {
		return nil, err
	}
	k, err := auth.ParseKey(string(b))
	return k, vedette.Wrap(err, vedette.CodeInvalid, "key file %s", c.KeyFile)
}

// loadKey finds the installation's key: in the environment, else in the key
// file. At first start it is made; later a missing one is an error, for a
// new key would open nothing.
func (c Config) loadKey(known bool) (*auth.Key, error) {
	k, err := c.readKey()
	switch {
	case err == nil || vedette.ErrorCode(err) == vedette.CodeInvalid:
		return k, err
	case !errors.Is(err, fs.ErrNotExist):
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the installation key cannot be read")
	case known:
		return nil, vedette.Errorf(vedette.CodeWrongKey,
			"the installation key is missing: %s does not exist; put the key of this database there, or name it with --key-file or VEDETTE_KEY", c.KeyFile)
	}
	k = auth.NewKey()
	if err := makeKeyFile(c.KeyFile, k.Text()); err != nil {
		return nil, err
	}
	return k, vedette.Wrap(touch(c.erasuresPath()), vedette.CodeUnavailable, "the list of erasures cannot be made beside the key")
}

// touch makes an empty file where none is.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// makeKeyFile writes a new key file for its owner alone, and never over an
// old one: losing a key loses every record.
func makeKeyFile(path, text string) error {
	fail := func(err error) error {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the installation key cannot be written to %s", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fail(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fail(err)
	}
	_, err = f.WriteString(text + "\n")
	return fail(errors.Join(err, f.Sync(), f.Close(), syncDir(path)))
}

// changeKeyFile puts other keys into a key file that is there: whole or not at all, for
// the same owner, and never readable by more than before.
func changeKeyFile(path string, texts ...string) error {
	fail := func(err error) error {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the key file %s cannot be changed; where it is not for this program to write give the keys by VEDETTE_KEY", path)
	}
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fail(err)
	}
	was, err := os.Stat(path)
	if err != nil {
		return fail(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".installation-key-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(f.Name())
	if own, ok := was.Sys().(*syscall.Stat_t); ok && int(own.Uid) != os.Geteuid() {
		err = f.Chown(int(own.Uid), int(own.Gid)) // root may rotate for the user that serves
	}
	_, err2 := f.WriteString(strings.Join(texts, "\n") + "\n")
	if err := errors.Join(err, err2, f.Chmod(was.Mode().Perm()&0o640), f.Sync(), f.Close()); err != nil {
		return fail(err)
	}
	return fail(errors.Join(os.Rename(f.Name(), path), syncDir(path)))
}

// syncDir has the directory of a file on the disk, so that the file is found again.
func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// useKey brings the key to what the store says of the installation's keys.
func (a *App) useKey(ctx context.Context) ([]vedette.InstallationKey, error) {
	rows, err := a.Store.Keys(ctx)
	if err != nil {
		return nil, err
	}
	held := a.Key.Checks()
	for _, row := range rows {
		needed := row.State != vedette.KeyEnded && !slices.ContainsFunc(held, func(c []byte) bool { return string(c) == string(row.Check) })
		if !needed || a.KeyText != "" {
			continue
		}
		if text, err := os.ReadFile(a.KeyFile); err == nil { // a rotation put it there
			_ = a.Key.Add(string(text)) // what is no key is named where the file is read first
		}
		break
	}
	return rows, a.Key.Follow(rows, desk.LinkLife)
}

// followEvery is how often a process looks which key is current.
const followEvery = time.Second

// followKey does so until ctx ends. What goes wrong is said once for a run of the same.
func (a *App) followKey(ctx context.Context) {
	last, sealed := "", a.Key.Seals()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(followEvery):
		}
		_, err := a.useKey(ctx)
		said := ""
		if err != nil && vedette.ErrorCode(err) == vedette.CodeWrongKey {
			said = err.Error()
		}
		if said != "" && said != last && ctx.Err() == nil {
			a.Log.Error("what is sealed from now on cannot be opened by this process; start it again with the keys that it needs", "err", err)
		}
		last = said
		if no := a.Key.Seals(); no != sealed {
			a.Log.Info("another installation key took over", "number", no)
			sealed = no
		}
	}
}
