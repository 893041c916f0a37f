package desk

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver/bounce"
	"vedette/store"
)

// Desks are the desks of the organisations of an installation. It is safe for
// concurrent use.
type Desks struct {
	config Config
	only   []*Desk // nil where the list is read

	mu    sync.Mutex
	list  []*Desk // of those that are open, oldest first
	at    time.Time
	stale bool
}

// desksAfresh is how long the list of organisations is good: so much later a process
// knows of one that another added, renamed or closed.
const desksAfresh = 2 * time.Second

// NewDesks opens them; Config.Org is set by itself.
func NewDesks(ctx context.Context, c Config) (*Desks, error) {
	if c.Guard == nil {
		c.Guard = newGuard()
	}
	ds := &Desks{config: c, stale: true}
	_, err := ds.All(ctx)
	return ds, err
}

// All gives the desks of the organisations that are open, oldest first: one at least.
func (ds *Desks) All(ctx context.Context) ([]*Desk, error) {
	if ds.only != nil {
		return ds.only, nil
	}
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if !ds.stale && time.Since(ds.at) < desksAfresh {
		return ds.list, nil
	}
	orgs, err := ds.config.Store.Organisations(ctx)
	if err != nil {
		if len(ds.list) > 0 {
			return ds.list, nil // those that were known a moment ago; each asks the store by itself
		}
		return nil, err
	}
	var list []*Desk
	for i, o := range orgs {
		list = append(list, ds.desk(o, i > 0))
	}
	if len(list) == 0 {
		return nil, vedette.Errorf(vedette.CodeNotFound, "there is no organisation here; add one: vedette organisation add")
	}
	ds.list, ds.at, ds.stale = list, time.Now(), false
	return list, nil
}

// desk is the one there is of an organisation, or a new one. In all but the first one
// has to sign in from the beginning: they are made by whoever has the key, or by an
// invitation, and never stand open.
func (ds *Desks) desk(o vedette.Organisation, later bool) *Desk {
	for _, d := range ds.list {
		if d.Org.Key == o.Key && d.Org.Handle == o.Handle && d.Apart == later {
			d.orgName.Store(&o.Name)
			return d
		}
	}
	c := ds.config
	c.Org, c.Apart = o, later
	d := New(c)
	for _, old := range ds.list {
		if old.Org.Key == o.Key { // of another short name: what is remembered of who comes in stays
			d.door = old.door
		}
	}
	return d
}

// Fresh has the next who asks read the list anew.
func (ds *Desks) Fresh() {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	ds.stale = true
}

// Of gives the desk of an organisation by key; nil for none, and for one that is
// closed.
func (ds *Desks) Of(ctx context.Context, org int64) (*Desk, error) {
	return ds.find(ctx, func(d *Desk) bool { return d.Org.Key == org })
}

// Named gives the desk of an organisation by short name, nil for none.
func (ds *Desks) Named(ctx context.Context, handle string) (*Desk, error) {
	handle = vedette.CleanHandle(handle)
	return ds.find(ctx, func(d *Desk) bool { return d.Org.Handle == handle })
}

func (ds *Desks) find(ctx context.Context, is func(*Desk) bool) (*Desk, error) {
	list, err := ds.All(ctx)
	if i := slices.IndexFunc(list, is); err == nil && i >= 0 {
		return list[i], nil
	}
	return nil, err
}

// First gives the desk of the first organisation.
func (ds *Desks) First(ctx context.Context) (*Desk, error) {
	list, err := ds.All(ctx)
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Pick gives the desk that somebody at the command line means by a name or a short
// name. Where there is one, and never was another, any word, or none, is that one: it
// may be renamed, and a setting still say what it was called.
func (ds *Desks) Pick(ctx context.Context, word string) (*Desk, error) {
	list, err := ds.All(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, d := range list {
		if word != "" && (d.Org.Handle == vedette.CleanHandle(word) || strings.EqualFold(d.OrgName(), strings.TrimSpace(word))) {
			return d, nil
		}
		names = append(names, d.Org.Handle)
	}
	if len(list) == 1 {
		all, err := ds.config.Store.AllOrganisations(ctx)
		if err != nil || len(all) == 1 || word == "" {
			return list[0], err
		}
	}
	if word == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "there are several organisations here; say which is meant: --org %s", strings.Join(names, ", or "))
	}
	return nil, vedette.Errorf(vedette.CodeNotFound, "there is no organisation %q here that is open; there is %s", word, strings.Join(names, ", "))
}

// OfToken gives the desk that a machine's token is of, nil for none.
func (ds *Desks) OfToken(ctx context.Context, secret string) (*Desk, error) {
	return ds.ofSecret(ctx, store.SecretToken, auth.HashBearer(secret))
}

// OfWelcome gives the desk that a link is of that sets a password, nil for none.
func (ds *Desks) OfWelcome(ctx context.Context, link string) (*Desk, error) {
	return ds.ofSecret(ctx, store.SecretPassword, auth.HashToken(link))
}

func (ds *Desks) ofSecret(ctx context.Context, kind store.Secret, hash []byte) (*Desk, error) {
	org, err := ds.config.Store.WhoseSecret(ctx, kind, hash)
	if err != nil || org == 0 {
		return nil, err
	}
	return ds.Of(ctx, org)
}

// OfLink gives the desk that the first of some signed links, or names of messages and
// calls, is of that is one of ours, whatever it is for: nil for none. One that is too old is its desk's all the same, which says so.
func (ds *Desks) OfLink(ctx context.Context, tokens ...string) (*Desk, error) {
	for _, t := range tokens {
		if org := ds.config.Key.Whose(t, ds.config.Now()); org != 0 {
			return ds.Of(ctx, org)
		}
	}
	return nil, nil
}

// OfMail gives the desk whose mail came back, or was answered; the first where none of
// them is named: that one says what is wrong with it.
func (ds *Desks) OfMail(ctx context.Context, raw []byte) (*Desk, error) {
	var tokens []string
	if rep, err := bounce.Read(raw); err == nil {
		tokens = rep.Tokens
	} else if a, err := bounce.ReadAnswer(raw); err == nil {
		tokens = a.Tokens
	}
	if d, err := ds.OfLink(ctx, tokens...); err != nil || d != nil {
		return d, err
	}
	return ds.First(ctx)
}

// Alone is the desks of which there is one.
func Alone(d *Desk) *Desks { return &Desks{config: d.Config, only: []*Desk{d}} }
