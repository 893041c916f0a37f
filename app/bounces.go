package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/bounce"
)

// MaxMail bounds a mail that came back, in bytes.
const MaxMail = bounce.MaxMail

// MailFiles gives the mails a name stands for: a file, all files of a
// directory, or the new ones of a Maildir; "-" is itself.
func MailFiles(name string) ([]string, error) {
	if name == "-" {
		return []string{name}, nil
	}
	st, err := os.Stat(name)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "cannot read the mails")
	}
	if !st.IsDir() {
		return []string{name}, nil
	}
	if n, err := os.Stat(filepath.Join(name, "new")); err == nil && n.IsDir() {
		name = filepath.Join(name, "new")
	}
	list, err := os.ReadDir(name)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "cannot read the mails")
	}
	var out []string
	for _, e := range list {
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, filepath.Join(name, e.Name()))
		}
	}
	slices.Sort(out)
	return out, nil
}

// bounceEvery is how often the Maildir is looked at.
const bounceEvery = 2 * time.Second

// bounces reads the mails that come back into a Maildir until ctx ends. A mail
// is moved from new to cur once it was read, whatever it says: it is kept.
func (a *App) bounces(ctx context.Context, dir string) {
	for {
		if err := a.bouncesOnce(ctx, dir); err != nil && ctx.Err() == nil {
			a.Log.Error("mails that came back cannot be read, trying again", "dir", dir, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(bounceEvery):
		}
	}
}

func (a *App) bouncesOnce(ctx context.Context, dir string) error {
	files, err := MailFiles(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if ctx.Err() != nil {
			return nil
		}
		if err := a.bounce(ctx, f); err != nil {
			return err
		}
		to := filepath.Join(dir, "cur", filepath.Base(f)+":2,S")
		if err := os.Rename(f, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// bounce reads the mail of a file; on an error it stays where it is.
func (a *App) bounce(ctx context.Context, file string) error {
	st, err := os.Stat(file)
	if err != nil {
		return nil // another process has taken it
	}
	var raw []byte
	if st.Size() <= MaxMail {
		if raw, err = os.ReadFile(file); err != nil {
			return err
		}
	} else {
		raw = make([]byte, MaxMail+1)
	}
	return a.cameBack(ctx, filepath.Base(file), raw)
}

// cameBack hands a mail to the desk. What is no report is said, by the name it
// has in its box; only a database that fails is an error.
func (a *App) cameBack(ctx context.Context, name string, raw []byte) error {
	b, err := a.Desk.Bounce(ctx, raw)
	switch vedette.ErrorCode(err) {
	case "":
		a.Log.Info("a mail came back", "of", b.Of(), "said", b.Words, "moved", b.Moved, "dead", b.Dead, "spared", b.Spared)
	case vedette.CodeInvalid, vedette.CodeForbidden, vedette.CodeNotFound, vedette.CodeExpired, vedette.CodeConflict:
		a.Log.Warn("a mail in the box for those that come back was left alone", "mail", name, "err", err)
	default:
		return err
	}
	return nil
}

// checkMaildir says whether a directory is one.
func checkMaildir(dir string) error {
	for _, sub := range []string{"new", "cur"} {
		if st, err := os.Stat(filepath.Join(dir, sub)); err != nil || !st.IsDir() {
			return vedette.Errorf(vedette.CodeInvalid, "%s is no Maildir: it has no directory %q; let the mail server deliver there, or make it with \"mkdir -p %s/new %s/cur %s/tmp\"", dir, sub, dir, dir, dir)
		}
	}
	return nil
}
