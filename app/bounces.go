package app

import (
	"context"
	"errors"
	"io"
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

// maildir is a Maildir and what is known of it.
type maildir struct {
	dir  string
	took map[string]bool // mails that were taken, and could not be moved away yet
	told map[string]bool // mails that stay for their own sake
	take func(ctx context.Context, file string) error
	left func(ctx context.Context, mail string, err error)
	tidy func(ctx context.Context, err error)
}

func (a *App) maildir(dir string) *maildir {
	return &maildir{dir: dir, took: map[string]bool{}, told: map[string]bool{}, take: a.bounce, left: a.leftIn(dir), tidy: a.tidy(dir)}
}

// bounces reads the mails that come back into a Maildir until ctx ends. A mail
// is moved from new to cur once it was read, whatever it says: it is kept.
func (a *App) bounces(ctx context.Context, dir string) {
	for m := a.maildir(dir); ; {
		if err := a.bouncesOnce(ctx, m); err != nil && ctx.Err() == nil {
			a.Log.Error("mails that came back cannot be read, trying again", "dir", dir, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(bounceEvery):
		}
	}
}

// bouncesOnce reads what is new. A mail that cannot be taken or moved keeps none
// from being read; only a database that fails ends it.
func (a *App) bouncesOnce(ctx context.Context, m *maildir) error {
	files, err := MailFiles(m.dir)
	if err != nil {
		return err
	}
	var untidy error
	for _, f := range files {
		if ctx.Err() != nil {
			return nil
		}
		name := filepath.Base(f)
		if !m.took[name] {
			err := m.take(ctx, f)
			if vedette.ErrorCode(err) == vedette.CodeUnavailable {
				return err
			}
			if err != nil {
				if !m.told[name] {
					m.told[name] = true
					m.left(ctx, name, err)
				}
				continue
			}
			m.took[name] = true
		}
		if err := os.Rename(f, filepath.Join(m.dir, "cur", name+":2,S")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			untidy = err
			continue
		}
		delete(m.took, name)
		delete(m.told, name)
	}
	m.tidy(ctx, untidy)
	return nil
}

// bounce reads the mail of a file; on an error it stays where it is.
func (a *App) bounce(ctx context.Context, file string) error {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // another process has taken it
	}
	if err != nil {
		return err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, MaxMail+1))
	if err != nil {
		return err
	}
	return a.cameBack(ctx, filepath.Base(file), raw)
}

// cameBack hands a mail to the desk. What is no report is said, by the name it
// has in its box. An error that is CodeUnavailable is of the database; any other is of
// the mail.
func (a *App) cameBack(ctx context.Context, name string, raw []byte) error {
	d, err := a.Desks.OfMail(ctx, raw)
	if err != nil {
		return err
	}
	b, err := d.Bounce(ctx, raw)
	if err == nil && b.Early {
		return vedette.Errorf(vedette.CodeConflict, "%s: the mail it is about is on its way still, by what is written down here", b.Of())
	}
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
