package store

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/store/ground"
	"vedette/store/share"
)

// Installation is what one place of data is: its id, and the check that
// tells whether a key is the one its records are sealed with. It never holds
// the key.
type Installation struct {
	ID        vedette.ID
	KeyCheck  []byte
	CreatedAt time.Time
}

// Installation gives the installation, and false before it is set.
func (s *Store) Installation(ctx context.Context) (in Installation, set bool, err error) {
	err = s.read(ctx, "reading the installation", func(t *tx) error {
		in, set, err = t.installation()
		return err
	})
	return in, set, err
}

func (t *tx) installation() (in Installation, set bool, err error) {
	set, err = t.Found([]any{&in.ID, &in.KeyCheck, ground.Time(&in.CreatedAt)}, `SELECT uuid, key_check, created_at FROM installation WHERE one = 1`)
	return in, set, err
}

// SetInstallation sets the installation, once: a second time is a conflict.
func (s *Store) SetInstallation(ctx context.Context, in Installation) error {
	return s.write(ctx, "setting the installation", func(t *tx) error {
		n, err := t.Exec(`INSERT INTO installation (one, uuid, key_check, created_at) VALUES (1, $1, $2, $3) ON CONFLICT DO NOTHING`,
			string(in.ID), in.KeyCheck, ground.Micros(in.CreatedAt))
		if err == nil && n == 0 {
			return vedette.Errorf(vedette.CodeConflict, "the installation at %s is set already and cannot be set again", s.Place())
		}
		if err == nil {
			err = t.firstKey()
		}
		return err
	})
}

const organisationSelect = `SELECT o.id, o.uuid, o.name, o.handle, o.offers, o.created_at, o.closed_at FROM organisations o`

func organisationInto(o *vedette.Organisation) []any {
	return []any{&o.Key, &o.ID, &o.Name, &o.Handle, &o.Offers, ground.Time(&o.Made), ground.Time(&o.Closed)}
}

// AddOrganisation adds one of a name, with a short name made of it.
func (s *Store) AddOrganisation(ctx context.Context, name string, now time.Time) (vedette.Organisation, error) {
	return s.AddOrganisationAs(ctx, vedette.Organisation{Name: name}, now)
}

// AddOrganisationAs adds one; a short name that is "" is made of the name. One that
// another has is CodeTaken.
func (s *Store) AddOrganisationAs(ctx context.Context, o vedette.Organisation, now time.Time) (vedette.Organisation, error) {
	err := s.write(ctx, "adding an organisation", func(t *tx) error { return t.addOrganisation(&o, now) })
	return o, err
}

func (t *tx) addOrganisation(o *vedette.Organisation, now time.Time) (err error) {
	o.ID, o.Name, o.Made = vedette.NewID(now), ground.Plain(strings.Join(strings.Fields(o.Name), " "), 0), ground.Moment(ground.Micros(now))
	made := o.Handle == ""
	if made {
		o.Handle = vedette.HandleOf(o.Name, o.ID)
	}
	if err := o.Validate(); err != nil {
		return err
	}
	if o.Key, err = t.keys("organisation", 1); err != nil { // its row keeps others out
		return err
	}
	switch taken, err := t.Exists(`SELECT 1 FROM organisations WHERE handle = $1`, o.Handle); {
	case err != nil:
		return err
	case taken && made:
		o.Handle = vedette.HandleOf("", o.ID)
	case taken:
		return shortTaken(o)
	}
	_, err = t.Exec(`INSERT INTO organisations (id, uuid, name, created_at, handle, offers) VALUES ($1, $2, $3, $4, $5, $6)`,
		o.Key, string(o.ID), o.Name, ground.Micros(now), o.Handle, ground.Bit(o.Offers))
	return err
}

func shortTaken(o *vedette.Organisation) error {
	return vedette.Errorf(vedette.CodeTaken, "the short name %s is another organisation's; take another", o.Handle)
}

// Organisations lists those that are not closed, oldest first.
func (s *Store) Organisations(ctx context.Context) (list []vedette.Organisation, err error) {
	return s.organisations(ctx, ` WHERE o.closed_at = 0`)
}

// AllOrganisations lists closed ones, too.
func (s *Store) AllOrganisations(ctx context.Context) (list []vedette.Organisation, err error) {
	return s.organisations(ctx, ``)
}

func (s *Store) organisations(ctx context.Context, where string) (list []vedette.Organisation, err error) {
	err = s.read(ctx, "listing the organisations", func(t *tx) error {
		list, err = ground.All(t.Tx, organisationInto, organisationSelect+where+` ORDER BY o.id`)
		return err
	})
	return list, err
}

// Secret is a kind of secret by which somebody comes whose organisation is not known yet.
type Secret string

// The kinds there are.
const (
	SecretToken    Secret = "tokens" // of a machine
	SecretPassword Secret = "users"  // of a link that sets a password
)

// WhoseSecret gives the organisation that the hash of a secret is of, 0 for none.
func (s *Store) WhoseSecret(ctx context.Context, kind Secret, hash []byte) (org int64, err error) {
	query := `SELECT t.org FROM tokens t WHERE t.hash = $1`
	if kind == SecretPassword {
		query = `SELECT u.org FROM users u WHERE u.link = $1`
	}
	if len(hash) == 0 {
		return 0, nil
	}
	err = s.read(ctx, "looking whose a secret is", func(t *tx) error {
		_, err := t.Found([]any{&org}, query, hash)
		return err
	})
	return org, err
}

// ChangeOrganisation changes one's names, whether it offers what it publishes, and
// whether it is closed: change gives it as it is to be. One stays open.
func (s *Store) ChangeOrganisation(ctx context.Context, org int64, verb string, now time.Time, change func(*vedette.Organisation) error) (o vedette.Organisation, err error) {
	err = s.write(ctx, "changing an organisation", func(t *tx) error {
		if err := t.log(org, vedette.LogOrganisation, "", verb, now); err != nil { // its lock keeps others out
			return err
		}
		found, err := t.Found(organisationInto(&o), organisationSelect+` WHERE o.id = $1`, org)
		if err == nil && !found {
			err = vedette.Errorf(vedette.CodeNotFound, "there is no such organisation")
		}
		if err == nil {
			err = change(&o)
		}
		if err == nil {
			err = o.Validate()
		}
		if err != nil {
			return err
		}
		if err := t.mayChange(&o); err != nil {
			return err
		}
		_, err = t.Exec(`UPDATE organisations SET name = $2, handle = $3, offers = $4, closed_at = $5 WHERE id = $1`, org, ground.Plain(o.Name, 0), o.Handle, ground.Bit(o.Offers), ground.Micros(o.Closed))
		return err
	})
	return o, err
}

// mayChange says why an organisation may not become what it is to be.
func (t *tx) mayChange(o *vedette.Organisation) error {
	taken, err := t.Exists(`SELECT 1 FROM organisations WHERE handle = $1 AND id <> $2`, o.Handle, o.Key)
	if err == nil && taken {
		err = shortTaken(o)
	}
	if err != nil || o.Closed.IsZero() {
		return err
	}
	other, err := t.Exists(`SELECT 1 FROM organisations WHERE closed_at = 0 AND id <> $1`, o.Key)
	if err == nil && !other {
		err = vedette.Errorf(vedette.CodeConflict, "it is the only organisation here, and stays open")
	}
	return err
}

// Taking gives the organisations that take something from another, by key.
func (s *Store) Taking(ctx context.Context) ([]int64, error) { return share.Taking(ctx, s.db) }
