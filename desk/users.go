package desk

import (
	"context"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
)

// UserOrder is a wish that somebody may sign in.
type UserOrder struct {
	Name, Login string
	Role        vedette.UserRole
	Of          []string // whom they see, of a role that sees its own people alone, as it is typed
	By          string
	First       bool // only where nobody may yet; then an administrator
}

// AddUser makes a user, and the secret of a link by which they set their password.
func (d *Desk) AddUser(ctx context.Context, o UserOrder) (u vedette.User, link string, err error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.User{}, "", err
	}
	by, err := named(o.By)
	if err != nil {
		return u, "", err
	}
	if o.First {
		o.Role = vedette.RoleAdministrator
	}
	now := d.Now()
	some, err := d.rows.HasUsers(ctx)
	if err != nil {
		return u, "", err
	}
	if a := vedette.ActorIn(ctx); !some && a.Via == vedette.ViaPortal {
		return u, "", vedette.Errorf(vedette.CodeConflict, "nobody may sign in yet, so anybody at this machine could make themselves the first; the first administrator is made with the code that stands on the terminal, at /welcome, or there by vedette user add")
	}
	if !some && o.Role != vedette.RoleAdministrator {
		return u, "", vedette.Errorf(vedette.CodeInvalid, "the first who may sign in is an administrator: from then on everybody has to, and somebody must be able to add the others")
	}
	u = vedette.User{ID: vedette.NewID(now), Name: strings.Join(strings.Fields(o.Name), " "), Login: vedette.CleanLogin(o.Login), Role: o.Role, By: by}
	if u.Of, err = d.ofWhom(ctx, o.Role, o.Of); err != nil {
		return u, "", err
	}
	link, hash := auth.NewToken()
	u, err = d.rows.AddUser(ctx, u, hash, now.Add(PasswordLinkLife), o.First, now)
	return u, link, err
}

// LeastPassword is how many characters a password has at least.
func (d *Desk) LeastPassword() int { return auth.MinPassword }

// Users lists who may sign in; closed ones too where all is set.
func (d *Desk) Users(ctx context.Context, all bool) ([]vedette.User, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return nil, err
	}
	return d.rows.Users(ctx, all)
}

// ofWhom makes of what is typed how it is kept whom somebody sees: of a traveller the
// person's id, of a site its name, of an area its id; what names a manager stays.
func (d *Desk) ofWhom(ctx context.Context, role vedette.UserRole, typed []string) (of []string, err error) {
	sites := map[string]string{}
	if role == vedette.RoleWarden {
		list, err := d.rows.Sites(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			sites[strings.ToLower(s.Name)] = s.Name
		}
	}
	for _, word := range typed {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		switch role {
		case vedette.RoleTraveller:
			p, err := d.Person(ctx, word)
			if err != nil {
				return nil, err
			}
			word = string(p.ID)
		case vedette.RoleWarden:
			name, ok := sites[strings.ToLower(word)]
			if !ok {
				return nil, vedette.Errorf(vedette.CodeNotFound, "there is no site %q; `vedette sites` lists them", word)
			}
			word = name
		case vedette.RoleRegional:
			a, err := d.Gaz.Find(word)
			if err != nil {
				return nil, err
			}
			word = string(a.ID)
		}
		of = append(of, word)
	}
	return of, (&vedette.User{Role: role, Of: of}).NeedsOf()
}

// ResetUser gives a user a new link that sets the password; they are signed out
// everywhere, and the old password is good no more.
func (d *Desk) ResetUser(ctx context.Context, login string) (u vedette.User, link string, err error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.User{}, "", err
	}
	link, hash := auth.NewToken()
	u, err = d.rows.ResetUser(ctx, vedette.CleanLogin(login), hash, d.Now().Add(PasswordLinkLife), d.Now())
	return u, link, err
}

// CloseUser keeps a user from signing in any more, and signs them out.
func (d *Desk) CloseUser(ctx context.Context, login string) (vedette.User, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.User{}, err
	}
	return d.rows.CloseUser(ctx, vedette.CleanLogin(login), d.Now())
}

// SetUserRole gives a user another role: at once, wherever they are signed in.
func (d *Desk) SetUserRole(ctx context.Context, login string, role vedette.UserRole, of []string) (vedette.User, error) {
	if err := d.asks(&ctx, rights.Administer); err != nil {
		return vedette.User{}, err
	}
	of, err := d.ofWhom(ctx, role, of)
	if err != nil {
		return vedette.User{}, err
	}
	return d.rows.SetRole(ctx, vedette.CleanLogin(login), role, of, d.Now())
}

// Linked gives whose password a link sets. One that is not good is CodeExpired.
func (d *Desk) Linked(ctx context.Context, link string) (vedette.User, error) {
	inside(&ctx)
	u, found, err := d.rows.Linked(ctx, auth.HashToken(link), d.Now())
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeExpired, "this link was used already, or is too old; ask an administrator for another")
	}
	return u, err
}

// SetPassword sets a password by a link.
func (d *Desk) SetPassword(ctx context.Context, link, password string) (u vedette.User, err error) {
	inside(&ctx)
	if u, err = d.Linked(ctx, link); err != nil {
		return u, err
	}
	if err := auth.CheckPassword(password, u.Login, u.Name); err != nil {
		return u, err
	}
	hash, err := d.door.hash(ctx, password)
	if err != nil {
		return u, err
	}
	return d.rows.SetPassword(vedette.Acting(ctx, ActorOf(&u, vedette.ViaLink)), auth.HashToken(link), hash, d.Now())
}
