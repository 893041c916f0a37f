// Package app puts the parts together: a configuration becomes a running
// system. It is the only package that knows every part.
package app

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/aside"
	"vedette/deliver/provider"
	"vedette/deliver/push"
	"vedette/deliver/sms"
	"vedette/deliver/voice"
	"vedette/desk"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
)

// Config says where an installation lives. The zero value of a field is its
// default.
type Config struct {
	Data     string // directory of database and key; default "vedette-data"
	Database string // postgres:// URL; "" for SQLite in Data
	KeyFile  string // default Data/installation.key
	KeyText  string // the key itself, from the environment; wins over KeyFile
	Org      string // which organisation: its name or short name; at first start the name of the one that is made, "" for a usual one
	Any      bool   // no organisation is meant where there are several: Desk is that of the first
	SMSFile  string // the gateways of short messages; default Data/sms.json, if there is one
	Push     string // whom push services may write to, mailto: or https:; "": nothing is sent to devices

	VoiceFile string // and of calls; default Data/voice.json, if there is one

	ProvidersFile string // the providers of mail that tell what became of it; default Data/providers.json, if there is one

	Now func() time.Time // the clock
	Log *slog.Logger

	AllowPrivateHooks bool

	HashesAside bool // hashes of passwords are made in processes of this program, which calls MakeHashes first (AsksForHashes)

	KeysAlone bool // the files of gateways are not read: what is wrong with them is in nobody's way who looks after keys
}

// App is an open installation.
type App struct {
	Config
	Store   *store.Store
	Key     *auth.Key
	Gaz     *gazetteer.Gazetteer
	Rosters *roster.Rosters
	Desks   *desk.Desks
	Desk    *desk.Desk           // of the organisation that Config.Org means
	Org     vedette.Organisation // its
	SMS     *sms.Config          // nil: none go out
	Voice   *voice.Config        // nil: nobody is called

	Providers *provider.Config // nil: none tells us of mails

	hashes   *aside.Hasher // nil: they are made here
	oldWords []string      // files and lines of words that an earlier key sealed
	unfollow func()        // ends following which key is current
}

// Open opens an installation, making it at first start. The wrong key is
// CodeWrongKey, and nothing was changed.
func Open(ctx context.Context, c Config) (*App, error) {
	c = c.withDefaults()
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.Push != "" {
		if err := push.CheckContact(c.Push); err != nil {
			return nil, err
		}
	}
	s, err := store.Open(ctx, c.location())
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, Store: s, Gaz: gazetteer.Default()}
	if err := a.open(ctx); err != nil {
		s.Close()
		return nil, err
	}
	following, end := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	wg.Go(func() { a.followKey(following) })
	a.unfollow = func() { end(); wg.Wait() }
	return a, nil
}

// Close closes the installation.
func (a *App) Close() error {
	a.unfollow()
	if a.hashes != nil {
		a.hashes.Close()
	}
	return a.Store.Close()
}

func (c Config) withDefaults() Config {
	if c.Data == "" {
		c.Data = "vedette-data"
	}
	if c.KeyFile == "" {
		c.KeyFile = filepath.Join(c.Data, "installation.key")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	return c
}

// check refuses a --database that would be taken for a directory.
func (c Config) check() error {
	if c.Database == "" || strings.HasPrefix(c.Database, "postgres://") || strings.HasPrefix(c.Database, "postgresql://") {
		return nil
	}
	return vedette.Errorf(vedette.CodeInvalid, "the database is to be a URL that begins with postgres://, like postgres://user@host/name; for SQLite name a directory with --data")
}

func (c Config) location() string {
	if c.Database != "" {
		return c.Database
	}
	return c.Data
}

func (a *App) open(ctx context.Context) error {
	_, known, err := a.Store.Installation(ctx)
	if err != nil {
		return err
	}
	if a.Key, err = a.loadKey(known); err != nil {
		return err
	}
	if known {
		if _, err := a.useKey(ctx); err != nil {
			return err
		}
	}
	if err := a.gateways(); err != nil {
		return err
	}
	if !known {
		if err := a.Store.SetInstallation(ctx, store.Installation{ID: vedette.NewID(a.Now()), KeyCheck: a.Key.Check(), CreatedAt: a.Now()}); err != nil {
			return err
		}
		if _, err := a.useKey(ctx); err != nil {
			return err
		}
	}
	orgs, err := a.Store.Organisations(ctx)
	if err != nil {
		return err
	}
	if len(orgs) == 0 {
		if _, err := a.Store.AddOrganisation(ctx, cmp.Or(a.Config.Org, usualOrg), a.Now()); err != nil {
			return err
		}
	}
	return a.openDesks(ctx)
}

// usualOrg is the name of the organisation that is made at first start unless one is
// said.
const usualOrg = "Our organisation"

// openDesks opens the desks of all organisations, and picks the one that is meant.
func (a *App) openDesks(ctx context.Context) (err error) {
	a.Rosters = roster.New(a.Store, a.Key, a.Gaz, a.channels()...)
	var hasher auth.Hasher
	if a.HashesAside {
		a.hashes = aside.New(a.Log)
		hasher = a.hashes
	}
	a.Desks, err = desk.NewDesks(ctx, desk.Config{Hasher: hasher, Store: a.Store, Key: a.Key, Gaz: a.Gaz, Rosters: a.Rosters, Now: a.Now,
		SMS: a.SMS, Voice: a.Voice, Providers: a.Providers, PushKey: a.pushKey(), AllowPrivateHooks: a.AllowPrivateHooks, Erased: a.noteErasure})
	if err != nil {
		return err
	}
	if a.Any {
		a.Desk, err = a.Desks.First(ctx)
	} else {
		a.Desk, err = a.Desks.Pick(ctx, a.Config.Org)
	}
	if err == nil {
		a.Org = a.Desk.Org
	}
	return err
}
