package main

import (
	"fmt"

	"vedette/app"
	"vedette/desk"
)

type drillCmd struct {
	Area   []string `help:"Everyone in a place, or who may be. Several may be given." placeholder:"PLACE" sep:"none"`
	Person []string `help:"Somebody by name, e-mail address or id. Several may be given." placeholder:"PERSON" sep:"none"`
	All    bool     `help:"Everyone."`
	Yes    assent   `help:"Send it. Where it goes to many, type how many: --yes=4955."`
	countArgs
	Anyway bool `help:"Though some of them were warned in earnest within a day."`
}

// Help says what a drill is.
func (c *drillCmd) Help() string {
	return `A drill sends people a real message over every channel, last of all that waits. It says with its first word that it is a test, and asks for the answer 1, by the page or by text. Who answers has verified the address. It warns of nothing and never stands; systems (webhooks) do not get it.

  vedette drill --area Lebanon --yes
  vedette reach --area Lebanon`
}

// Run shows whom a drill would go to, and sends it on --yes.
func (c *drillCmd) Run(s *session) error {
	given := 0
	for _, on := range []bool{len(c.Person) > 0, len(c.Area) > 0, c.All} {
		if on {
			given++
		}
	}
	if given != 1 {
		return errUsage{fmt.Errorf("say whom to drill: --area PLACE, --person PERSON or --all")}
	}
	return s.open(func(a *app.App) error {
		areas, err := findAreas(a, c.Area)
		if err != nil {
			return err
		}
		o := desk.DrillOrder{Areas: areas, Persons: c.Person, All: c.All, Anyway: c.Anyway}
		if o.Count, err = c.typed(c.Yes); err != nil {
			return err
		}
		pre, err := a.Desk.PreviewDrill(s.ctx, o)
		if err != nil {
			return err
		}
		s.printf("%s: %s\n", count(pre.Of, "person", "people"), pre.Words())
		if pre.Unreachable > 0 {
			s.printf("%s cannot be reached: no address that a channel sends to\n", count(pre.Unreachable, "person", "people"))
		}
		if pre.Warned > 0 {
			s.printf("%d of them were warned in earnest within a day; a drill to them needs --anyway\n", pre.Warned)
		}
		if pre.Of > pre.ToType && !c.Yes.given {
			s.printf("%s\n", counting(pre.Of, pre.ToType))
		}
		if !c.Yes.given {
			s.printf("nothing was sent; say --yes to do it\n")
			return nil
		}
		return c.goes(s, a, o)
	})
}

func (c *drillCmd) goes(s *session, a *app.App, o desk.DrillOrder) error {
	u, err := a.Desk.Drill(s.ctx, o)
	if err != nil {
		return err
	}
	s.printf("drill %s\nfollow it: vedette status %s\n", u.ID, u.ID)
	sending, err := a.Desk.SendingYet(s.ctx)
	if err == nil && !sending {
		s.printf("nothing is being sent: no \"vedette serve\" with a mail server is running\n")
	}
	return err
}
