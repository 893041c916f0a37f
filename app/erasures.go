package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vedette"
)

// erasuresPath is the list of erased people. It lies beside the key and not
// in the database, so that a restored backup can be brought to forget them
// again.
func (c Config) erasuresPath() string {
	return filepath.Join(filepath.Dir(c.KeyFile), "erasures")
}

// noteErasure adds a line "time id" to the list, on disk before it returns.
func (c Config) noteErasure(person vedette.ID, at time.Time) error {
	path := c.erasuresPath()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the erasure cannot be noted beside the key, so nobody was erased")
	}
	fail := func(err error) error {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the erasure cannot be noted in %s, so nobody was erased", path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fail(err)
	}
	_, err = fmt.Fprintf(f, "%s %s\n", at.UTC().Format(time.RFC3339), person)
	return fail(errors.Join(err, f.Sync(), f.Close()))
}

// haveErasures says whether the list is there. It is made with the key.
func (c Config) haveErasures() bool {
	_, err := os.Stat(c.erasuresPath())
	return err == nil
}

// erasures reads the list. A damaged line is an error: better no restore
// than one that remembers someone who was to be forgotten.
func (c Config) erasures() ([]vedette.ID, error) {
	f, err := os.Open(c.erasuresPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the list of erasures cannot be read")
	}
	defer f.Close()
	var out []vedette.ID
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" {
			continue
		}
		_, id, ok := strings.Cut(line, " ")
		if !ok || !vedette.ID(id).Valid() {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%s, line %d: expected a time and a person's id", c.erasuresPath(), n)
		}
		out = append(out, vedette.ID(id))
	}
	return out, vedette.Wrap(sc.Err(), vedette.CodeUnavailable, "the list of erasures cannot be read")
}

// eraseAgain repeats erasures that a backup does not know of.
func (a *App) eraseAgain(ctx context.Context) (int, error) {
	ids, err := a.erasures()
	if err != nil {
		return 0, err
	}
	orgs, err := a.Store.AllOrganisations(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range ids {
		for _, o := range orgs {
			if p, err := a.Store.In(o.Key).Person(ctx, id); err == nil && p.Erased {
				continue // the backup knows of it
			}
			err := a.Store.In(o.Key).ErasePerson(ctx, id, a.Now())
			if vedette.ErrorCode(err) == vedette.CodeNotFound {
				continue
			}
			if err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}
