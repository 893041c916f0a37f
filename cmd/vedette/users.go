package main

import (
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type usersCmd struct {
	List  usersListCmd  `cmd:"" default:"withargs" help:"Who may sign in at the portal."`
	Add   usersAddCmd   `cmd:"" help:"Let somebody sign in: prints a link by which they set their password. From the first on everybody has to sign in."`
	Role  usersRoleCmd  `cmd:"" help:"Give somebody another role."`
	Privy usersPrivyCmd `cmd:"" name:"restricted" help:"Say that somebody may know who is restricted, or with --off that they may not any more."`
	Reset usersResetCmd `cmd:"" help:"They lost their password or what they show besides, or somebody else has it: sign them out everywhere, remove their passkeys and one-time codes, and print a link for a new password."`
	Rung  usersRungCmd  `cmd:"" help:"Where an approver is rung when their word is wanted: by mail, by text message, and by a call where it is immediate."`
	Close usersCloseCmd `cmd:"" help:"Let somebody sign in no more, and sign them out everywhere."`
}

// Help says what the roles are.
func (c *usersCmd) Help() string {
	return `An analyst sees everybody and everything, drafts, keeps roll-calls and calls for help, and may stop
what is being sent. An approver publishes, too, and holds drills. An administrator is an approver; the
first user is one, and one always stays.

Others see their own people alone, and no page but that of these: a traveller themselves, a manager
whoever's record names them, a warden whoever is at their sites, a regional desk whoever is in its
areas, while they are there. But for the traveller they account for them in roll-calls, too:

  vedette user add 'Amina Said' --login amina --role warden --of 'Tunis office'
  vedette user add 'Lin Wei' --login lin --role regional --of Iran --of Iraq

The command line asks for no password: whoever may read the key and the database can do all.`
}

type usersAddCmd struct {
	Name    string   `arg:"" help:"Who, as the record will name them."`
	Login   string   `help:"What they sign in with: a mail address, or a word." required:"" placeholder:"WORD"`
	Role    string   `help:"traveller, manager, warden, regional, analyst, approver or administrator." default:"analyst"`
	Of      []string `help:"Whom they see, of the first four roles: the person they are; how records name the manager; a site; an area. Give it several times for several." sep:"none" placeholder:"WORD"`
	BaseURL string   `help:"Where the portal is." env:"VEDETTE_BASE_URL" default:"http://127.0.0.1:8075" placeholder:"URL" name:"base-url"`
	By      string   `help:"Who lets them." default:"${user}"`
}

// Run adds a user.
func (c *usersAddCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		u, link, err := a.Desk.AddUser(s.ctx, desk.UserOrder{Name: strings.TrimSpace(c.Name), Login: c.Login, Role: vedette.UserRole(c.Role), Of: c.Of, By: c.By})
		if err != nil {
			return err
		}
		s.printf("%s may sign in as %s, %s\n", clean(u.Name), clean(u.Login), clean(roleOf(a, &u)))
		return s.link(c.BaseURL, link)
	})
}

// link prints the link that sets a password.
func (s *session) link(base, link string) error {
	to, err := app.WelcomeLink(base, link)
	if err != nil {
		return err
	}
	s.printf("they set their password here, once, within %.0f hours; give it to nobody else:\n%s\n", desk.PasswordLinkLife.Hours(), to)
	return nil
}

type usersListCmd struct {
	All bool `help:"Also who may sign in no more."`
}

// Run lists users.
func (c *usersListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Users(s.ctx, c.All)
		if err != nil {
			return err
		}
		p := s.paper()
		if len(list) == 0 {
			p.line("nobody may sign in, so nobody has to: the portal is served to this machine alone")
			p.note(2, "vedette user add 'Ada Lovelace' --login ada --role administrator")
		}
		for i := range list {
			p.item("• ", userLine(a, &list[i]))
		}
		return nil
	})
}

// roleOf is a role, and whom it sees.
func roleOf(a *app.App, u *vedette.User) string {
	if len(u.Of) == 0 {
		return string(u.Role)
	}
	of := slices.Clone(u.Of)
	for i, w := range of {
		if u.Role == vedette.RoleRegional {
			of[i] = a.Gaz.Name(vedette.AreaID(w))
		}
	}
	return string(u.Role) + " of " + strings.Join(of, ", ")
}

func userLine(a *app.App, u *vedette.User) string {
	text := u.Login + ", " + u.Name + ", " + roleOf(a, u)
	if u.Privy {
		text += ", may know who is restricted"
	}
	if u.Issuer != "" {
		text += ", by the identity provider"
	}
	switch {
	case !u.Closed.IsZero():
		return text + ", closed " + u.Closed.UTC().Format(minute)
	case u.SignedIn.IsZero():
		return text + ", never signed in"
	}
	return text + ", signed in " + u.SignedIn.UTC().Truncate(time.Minute).Format(minute)
}

type usersRoleCmd struct {
	Login string   `arg:"" help:"What they sign in with."`
	Role  string   `arg:"" help:"traveller, manager, warden, regional, analyst, approver or administrator."`
	Of    []string `help:"Whom they see, of the first four roles." sep:"none" placeholder:"WORD"`
}

// Run gives a user another role.
func (c *usersRoleCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		u, err := a.Desk.SetUserRole(s.ctx, c.Login, vedette.UserRole(c.Role), c.Of)
		if err != nil {
			return err
		}
		s.printf("%s is %s now, wherever they are signed in\n", clean(u.Name), clean(roleOf(a, &u)))
		return nil
	})
}

type usersPrivyCmd struct {
	Login string `arg:"" help:"What they sign in with."`
	Off   bool   `help:"They may not any more."`
}

// Run says whether a user may know who is restricted.
func (c *usersPrivyCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		u, err := a.Desk.SetPrivy(s.ctx, c.Login, !c.Off)
		if err != nil {
			return err
		}
		if c.Off {
			s.printf("%s may not know any more who is restricted, wherever they are signed in\n", clean(u.Name))
			return nil
		}
		s.printf("%s may know who is restricted, in what they see\n", clean(u.Name))
		return nil
	})
}

type usersRungCmd struct {
	Login string `arg:"" help:"What they sign in with."`
	Mail  string `help:"Their mail address." placeholder:"ADDRESS"`
	Phone string `help:"Their number for text messages and calls, with its country code." placeholder:"NUMBER"`
	By    string `help:"Who says so." default:"${user}"`
}

// Run says where somebody is rung; without an address it is by what they sign in with.
func (c *usersRungCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.SetRungOf(s.ctx, c.Login, c.Mail, c.Phone, c.By); err != nil {
			return err
		}
		if c.Mail == "" && c.Phone == "" {
			s.printf("%s is rung by what they sign in with, if that is a mail address\n", clean(c.Login))
			return nil
		}
		s.printf("%s is rung there from now on; to decide by the link alone they set a PIN on the page of their account\n", clean(c.Login))
		return nil
	})
}

type usersResetCmd struct {
	Login   string `arg:"" help:"What they sign in with."`
	BaseURL string `help:"Where the portal is." env:"VEDETTE_BASE_URL" default:"http://127.0.0.1:8075" placeholder:"URL" name:"base-url"`
}

// Run resets a user.
func (c *usersResetCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		u, link, err := a.Desk.ResetUser(s.ctx, c.Login)
		if err != nil {
			return err
		}
		s.printf("%s is signed out everywhere; the old password, passkeys and one-time codes are good no more\n", clean(u.Name))
		return s.link(c.BaseURL, link)
	})
}

type usersCloseCmd struct {
	Login string `arg:"" help:"What they sign in with."`
}

// Run closes a user.
func (c *usersCloseCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		u, err := a.Desk.CloseUser(s.ctx, c.Login)
		if err != nil {
			return err
		}
		s.printf("%s may sign in no more, and is signed out everywhere\n", clean(u.Name))
		return nil
	})
}
