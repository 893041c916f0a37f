package desk

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/guard"
	"vedette/auth/rights"
)

// InvitationLife is how long an invitation is good.
const InvitationLife = 14 * 24 * time.Hour

// hosts says, as CodeForbidden, that an organisation does not run the installation: the
// first does, its administrators, and whoever has the key.
func (d *Desk) hosts() error {
	if d.Apart {
		return vedette.Errorf(vedette.CodeForbidden, "organisations are added by the one that runs this installation; write to whoever invited you")
	}
	return nil
}

// Organisations lists those of the installation, closed ones too; what they hold is
// nobody's business but theirs.
func (d *Desk) Organisations(ctx context.Context) ([]vedette.Organisation, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return nil, err
	}
	if err := d.hosts(); err != nil {
		return nil, err
	}
	return d.Store.AllOrganisations(ctx)
}

// Invite makes an invitation, and the secret of its link.
func (d *Desk) Invite(ctx context.Context, note, by string) (i vedette.Invitation, link string, err error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return i, "", err
	}
	if err := d.hosts(); err != nil {
		return i, "", err
	}
	now := d.Now()
	i = vedette.Invitation{ID: vedette.NewID(now), Note: strings.Join(strings.Fields(note), " "), Made: now, Until: now.Add(InvitationLife)}
	if i.By, err = named(by); err != nil {
		return i, "", err
	}
	if i.Note == "" || len([]rune(i.Note)) > maxName {
		return i, "", vedette.Errorf(vedette.CodeInvalid, "write whom the invitation is for, in at most %d characters", maxName)
	}
	link, hash := auth.NewToken()
	return i, link, d.rows.Invite(ctx, i, hash, now)
}

// Invitations lists those that were made, the newest first.
func (d *Desk) Invitations(ctx context.Context) ([]vedette.Invitation, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return nil, err
	}
	return d.rows.Invitations(ctx)
}

// EndInvitation makes one good no more.
func (d *Desk) EndInvitation(ctx context.Context, id vedette.ID) error {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return err
	}
	return d.rows.EndInvitation(ctx, id, d.Now())
}

// AddOrganisation adds one; whoever has the key makes its first administrator.
func (d *Desk) AddOrganisation(ctx context.Context, name, handle string) (vedette.Organisation, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.Organisation{}, err
	}
	if err := d.hosts(); err != nil {
		return vedette.Organisation{}, err
	}
	return d.Store.AddOrganisationAs(ctx, vedette.Organisation{Name: name, Handle: vedette.CleanHandle(handle)}, d.Now())
}

// Rename gives this organisation another name, and another short name; one that is ""
// stays. With another short name everybody signs in anew.
func (d *Desk) Rename(ctx context.Context, name, handle string) (vedette.Organisation, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.Organisation{}, err
	}
	return d.Store.ChangeOrganisation(ctx, d.Org.Key, "renamed", d.Now(), func(o *vedette.Organisation) error {
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			o.Name = name
		}
		if handle = vedette.CleanHandle(handle); handle != "" {
			o.Handle = handle
		}
		return nil
	})
}

// Offer offers what is published here to the others of the installation, or no more:
// then nobody takes it any longer.
func (d *Desk) Offer(ctx context.Context, offers bool) (vedette.Organisation, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.Organisation{}, err
	}
	verb := map[bool]string{true: "offers its updates", false: "offers its updates no more"}[offers]
	return d.Store.ChangeOrganisation(ctx, d.Org.Key, verb, d.Now(), func(o *vedette.Organisation) error {
		o.Offers = offers
		return nil
	})
}

// CloseOrganisation closes another organisation, or opens it again: nobody signs in, its
// links lead nowhere, and nothing that waits is sent. All of it stays.
func (d *Desk) CloseOrganisation(ctx context.Context, handle string, closes bool) (o vedette.Organisation, err error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return o, err
	}
	if err := d.hosts(); err != nil {
		return o, err
	}
	if o, err = d.other(ctx, handle); err != nil {
		return o, err
	}
	now := d.Now()
	verb, at := "closed", now
	if !closes {
		verb, at = "opened again", time.Time{}
	}
	return d.Store.ChangeOrganisation(ctx, o.Key, verb, now, func(o *vedette.Organisation) error {
		if o.Closed.IsZero() != closes {
			return vedette.Errorf(vedette.CodeConflict, "%s is %s already", o.Name, map[bool]string{true: "closed", false: "open"}[closes])
		}
		o.Closed = at
		return nil
	})
}

// other gives another organisation by its short name.
func (d *Desk) other(ctx context.Context, handle string) (vedette.Organisation, error) {
	list, err := d.Store.AllOrganisations(ctx)
	if err != nil {
		return vedette.Organisation{}, err
	}
	handle = vedette.CleanHandle(handle)
	for _, o := range list {
		switch {
		case o.Handle != handle:
		case o.Key == d.Org.Key:
			return o, vedette.Errorf(vedette.CodeConflict, "%s is this one; it does so with another", o.Name)
		default:
			return o, nil
		}
	}
	return vedette.Organisation{}, vedette.Errorf(vedette.CodeNotFound, "there is no organisation %q here", handle)
}

// JoinOrder is how somebody brings in their organisation by an invitation.
type JoinOrder struct {
	Name, Handle  string // a short name that is "" is made of the name
	Person, Login string // of the first administrator
	Password      string
}

// Joins says whether an invitation is good. One that is not is CodeExpired.
func (ds *Desks) Joins(ctx context.Context, link string, from netip.Addr) error {
	d, err := ds.First(ctx)
	if err != nil {
		return err
	}
	if err := d.door.guard.Knock(guard.From(from), d.Now()); err != nil {
		return err
	}
	org, err := d.Store.Invited(ctx, auth.HashToken(link), d.Now())
	if err == nil && org == 0 {
		err = vedette.Errorf(vedette.CodeExpired, "this invitation was used already, or is too old; ask whoever sent it for another")
	}
	return err
}

// Join brings in an organisation, with its first administrator, who signs in then.
func (ds *Desks) Join(ctx context.Context, link string, o JoinOrder, from netip.Addr) (d *Desk, err error) {
	if err := ds.Joins(ctx, link, from); err != nil {
		return nil, err
	}
	first, err := ds.First(ctx)
	if err != nil {
		return nil, err
	}
	now := first.Now()
	u := vedette.User{ID: vedette.NewID(now), Name: strings.Join(strings.Fields(o.Person), " "), Login: vedette.CleanLogin(o.Login), Role: vedette.RoleAdministrator}
	if u.By = u.Name; u.Name == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "write your name, as the record will have it")
	}
	if err := u.Validate(); err != nil {
		return nil, err
	}
	if err := auth.CheckPassword(o.Password, u.Login, u.Name); err != nil {
		return nil, err
	}
	hash, err := first.door.hash(ctx, o.Password)
	if err != nil {
		return nil, err
	}
	ctx = vedette.Acting(ctx, ActorOf(&u, vedette.ViaLink))
	org, _, err := first.Store.Join(ctx, auth.HashToken(link), vedette.Organisation{Name: o.Name, Handle: vedette.CleanHandle(o.Handle)}, u, hash, now)
	if err != nil {
		return nil, err
	}
	ds.Fresh()
	return ds.Of(ctx, org.Key)
}
