package main

import (
	"vedette"
	"vedette/app"
	"vedette/desk"
)

type organisationCmd struct {
	List        organisationListCmd        `cmd:"" default:"withargs" help:"The organisations of the installation."`
	Add         organisationAddCmd         `cmd:"" help:"Add one, and print the link by which its first administrator sets a password."`
	Invite      organisationInviteCmd      `cmd:"" help:"Print a link by which somebody brings in their organisation themselves, once."`
	Invitations organisationInvitationsCmd `cmd:"" help:"The invitations that were made."`
	Rename      organisationRenameCmd      `cmd:"" help:"Give the organisation that --org means another name, or another short name."`
	Close       organisationCloseCmd       `cmd:"" help:"Close one: nobody signs in, its links lead nowhere, nothing that waits is sent. All of it stays."`
	Open        organisationOpenCmd        `cmd:"" help:"Open a closed one again."`
	Offer       organisationOfferCmd       `cmd:"" help:"Offer what is published to the other organisations here, or no more (--no)."`
	Subscribe   organisationSubscribeCmd   `cmd:"" help:"Take what another organisation publishes, from now on; or no more (--no)."`
}

// Help says how organisations stand to each other.
func (c *organisationCmd) Help() string {
	return `Several organisations live on one installation, strictly apart: people, updates, users, settings and
the record of each are its own. The first runs the installation: it alone, or whoever has the key, adds
and invites others. Where there are several, each command but these takes the one that --org (or
VEDETTE_ORG) means, by its short name or its name.

One may offer what it publishes, and others subscribe: each update is copied into theirs, and their
people are told by their own settings (publish), or it lies before their desk (draft). What is corrected,
stopped, cancelled or declared there follows. Neither sees anything of the other's people.

  vedette organisation add 'Ridge Aid' --short ridge --administrator 'Amina Said' --login amina
  vedette --org host organisation offer
  vedette --org ridge organisation subscribe host --mode publish`
}

type organisationListCmd struct{}

// Run lists organisations.
func (c *organisationListCmd) Run(s *session) error {
	return s.openAll(func(a *app.App) error {
		list, err := a.Desk.Organisations(s.ctx)
		if err != nil {
			return err
		}
		p := s.paper()
		for i, o := range list {
			text := o.Handle + ", " + o.Name
			if i == 0 {
				text += ", runs the installation"
			}
			if o.Offers {
				text += ", offers its updates"
			}
			if !o.Closed.IsZero() {
				text += ", closed " + o.Closed.UTC().Format(minute)
			}
			p.item("• ", text)
		}
		return nil
	})
}

type organisationAddCmd struct {
	Name          string `arg:"" help:"Its name."`
	Short         string `help:"Its short name, by which one signs in: small letters, figures, hyphens. Default: made of the name." placeholder:"WORD"`
	Administrator string `help:"Name of its first administrator." required:"" placeholder:"NAME"`
	Login         string `help:"What they sign in with." required:"" placeholder:"WORD"`
	BaseURL       string `help:"Where the portal is." env:"VEDETTE_BASE_URL" default:"http://127.0.0.1:8075" placeholder:"URL" name:"base-url"`
	By            string `help:"Who adds it." default:"${user}"`
}

// Run adds an organisation.
func (c *organisationAddCmd) Run(s *session) error {
	u := vedette.User{Name: c.Administrator, Login: vedette.CleanLogin(c.Login), Role: vedette.RoleAdministrator}
	if err := u.Validate(); err != nil {
		return err // before the organisation is there, and nobody may sign in to it
	}
	return s.openAll(func(a *app.App) error {
		o, err := a.Desk.AddOrganisation(s.ctx, c.Name, c.Short)
		if err != nil {
			return err
		}
		a.Desks.Fresh()
		d, err := a.Desks.Of(s.ctx, o.Key)
		if err != nil {
			return err
		}
		s.printf("%s is here, short name %s\n", clean(o.Name), o.Handle)
		_, link, err := d.AddUser(s.ctx, desk.UserOrder{Name: c.Administrator, Login: c.Login, Role: vedette.RoleAdministrator, By: c.By})
		if err != nil {
			return err
		}
		s.printf("%s administers it\n", clean(c.Administrator))
		return s.link(c.BaseURL, link)
	})
}

type organisationInviteCmd struct {
	For     string `arg:"" help:"Whom it is for, as the list of invitations says it."`
	BaseURL string `help:"Where the portal is." env:"VEDETTE_BASE_URL" default:"http://127.0.0.1:8075" placeholder:"URL" name:"base-url"`
	By      string `help:"Who invites." default:"${user}"`
}

// Run makes an invitation.
func (c *organisationInviteCmd) Run(s *session) error {
	return s.openAll(func(a *app.App) error {
		i, link, err := a.Desk.Invite(s.ctx, c.For, c.By)
		if err != nil {
			return err
		}
		to, err := app.JoinLink(c.BaseURL, link)
		if err != nil {
			return err
		}
		s.printf("whoever opens this brings in an organisation, once, until %s:\n%s\n", i.Until.UTC().Format(minute), to)
		return nil
	})
}

type organisationInvitationsCmd struct {
	End string `help:"Make the one with this id good no more." placeholder:"ID"`
}

// Run lists invitations, or ends one.
func (c *organisationInvitationsCmd) Run(s *session) error {
	return s.openAll(func(a *app.App) error {
		if c.End != "" {
			return a.Desk.EndInvitation(s.ctx, vedette.ID(c.End))
		}
		list, err := a.Desk.Invitations(s.ctx)
		if err != nil {
			return err
		}
		p := s.paper()
		for i := range list {
			v := &list[i]
			text := string(v.ID) + ", for " + v.Note + ", by " + v.By
			switch {
			case !v.Used.IsZero():
				text += ", used: " + v.Joined
			case !v.Until.After(a.Now()):
				text += ", good no more"
			default:
				text += ", good until " + v.Until.UTC().Format(minute)
			}
			p.item("• ", text)
		}
		return nil
	})
}

type organisationRenameCmd struct {
	Name  string `help:"Its name from now on." placeholder:"NAME"`
	Short string `help:"Its short name from now on. Everybody signs in anew, with this one." placeholder:"WORD"`
}

// Run renames an organisation.
func (c *organisationRenameCmd) Run(s *session) error {
	if c.Name == "" && c.Short == "" {
		return errUsage{vedette.Errorf(vedette.CodeInvalid, "say the new name, or the new short name: --name, --short")}
	}
	return s.open(func(a *app.App) error {
		o, err := a.Desk.Rename(s.ctx, c.Name, c.Short)
		if err == nil {
			s.printf("it is %s now, short name %s\n", clean(o.Name), o.Handle)
		}
		return err
	})
}

type organisationCloseCmd struct {
	Short string `arg:"" help:"Its short name."`
	Yes   bool   `help:"Close it; else it is only said what that does."`
}

// Run closes an organisation.
func (c *organisationCloseCmd) Run(s *session) error {
	return s.openAll(func(a *app.App) error {
		if !c.Yes {
			s.printf("nobody would sign in to %s any more, its people's links would lead nowhere, and what waits would not be sent; all of it stays. Say --yes.\n", clean(c.Short))
			return nil
		}
		o, err := a.Desk.CloseOrganisation(s.ctx, c.Short, true)
		if err == nil {
			s.printf("%s is closed; vedette organisation open %s opens it again\n", clean(o.Name), o.Handle)
		}
		return err
	})
}

type organisationOpenCmd struct {
	Short string `arg:"" help:"Its short name."`
}

// Run opens an organisation again.
func (c *organisationOpenCmd) Run(s *session) error {
	return s.openAll(func(a *app.App) error {
		o, err := a.Desk.CloseOrganisation(s.ctx, c.Short, false)
		if err == nil {
			s.printf("%s is open; what waited is sent\n", clean(o.Name))
		}
		return err
	})
}

type organisationOfferCmd struct {
	No bool `help:"Offer it no more: nobody takes it any longer."`
}

// Run offers what is published.
func (c *organisationOfferCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		o, err := a.Desk.Offer(s.ctx, !c.No)
		if err == nil {
			s.printf("%s %s\n", clean(o.Name), map[bool]string{true: "offers what it publishes: the others here may subscribe", false: "offers nothing"}[o.Offers])
		}
		return err
	})
}

type organisationSubscribeCmd struct {
	Short string `arg:"" optional:"" help:"The other's short name; without one it is shown what is offered, and taken."`
	Mode  string `help:"publish: people are told at once; draft: it lies before the desk." enum:"publish,draft" default:"draft"`
	No    bool   `help:"Take it no more."`
	By    string `help:"Who subscribes." default:"${user}"`
}

// Run subscribes.
func (c *organisationSubscribeCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		switch {
		case c.Short == "":
			return c.show(s, a)
		case c.No:
			return a.Desk.Unsubscribe(s.ctx, c.Short)
		}
		if err := a.Desk.Subscribe(s.ctx, c.Short, vedette.CopyMode(c.Mode), c.By); err != nil {
			return err
		}
		s.printf("what %s publishes from now on is taken: %s\n", clean(c.Short), map[string]string{"publish": "people are told at once, by the settings here", "draft": "it lies before the desk as a draft, and is a task"}[c.Mode])
		return nil
	})
}

func (c *organisationSubscribeCmd) show(s *session, a *app.App) error {
	v, err := a.Desk.Sharing(s.ctx)
	if err != nil {
		return err
	}
	p := s.paper()
	for _, t := range v.Takes {
		p.item("• ", t.Publisher.Handle+", "+t.Publisher.Name+": taken, "+string(t.Mode))
	}
	for _, o := range v.Offered {
		p.item("• ", o.Handle+", "+o.Name+": offered")
	}
	for _, t := range v.Subscribers {
		p.item("• ", t.Subscriber.Handle+", "+t.Subscriber.Name+": takes what is published here")
	}
	if len(v.Takes)+len(v.Offered)+len(v.Subscribers) == 0 {
		p.line("nobody offers anything, and nothing is taken")
	}
	return nil
}
