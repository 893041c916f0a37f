package main

import (
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type shareCmd struct {
	Give shareGiveCmd `cmd:"" help:"Give a link of an update that is published."`
	List shareListCmd `cmd:"" help:"The links that were given of an update, and until when they open."`
	End  shareEndCmd  `cmd:"" help:"Let a link open nothing from now on."`
}

// Help says what a link shows.
func (c *shareCmd) Help() string {
	return `Whoever holds a link reads that one update, on a page or as PDF, and nothing else: nobody
it concerns is named, and there is no way from it into the portal. It says, too, when the
update is corrected, stopped or overtaken. It opens for two weeks at most.`
}

type shareGiveCmd struct {
	Update string `arg:"" help:"The update's id."`
	For    string `help:"Whom it is for, in words; they read it, and it is kept on record." required:"" placeholder:"WHOM"`
	Hours  int    `help:"How long it opens, at most 336." default:"72"`
	By     string `help:"Who gives it." default:"${user}"`
}

// Run gives a link.
func (c *shareGiveCmd) Run(s *session) error {
	if c.Hours < 1 {
		return errUsage{vedette.Errorf(vedette.CodeInvalid, "--hours %d: a link opens for an hour at least", c.Hours)}
	}
	return s.open(func(a *app.App) error {
		h, err := a.Desk.GiveHandout(s.ctx, desk.HandoutOrder{Update: vedette.ID(c.Update), For: c.For, Hours: c.Hours, By: c.By})
		if err != nil {
			return err
		}
		s.printf("a link for %s, until %s; it is the portal’s address, and this after it:\n/r/update/%s\n", clean(h.For), h.Until.UTC().Format(minute), h.Token)
		return nil
	})
}

type shareListCmd struct {
	Update string `arg:"" help:"The update's id."`
}

// Run lists the links of an update.
func (c *shareListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Handouts(s.ctx, vedette.ID(c.Update))
		if err != nil {
			return err
		}
		p := s.paper()
		if len(list) == 0 {
			p.line("no link was given of it")
			p.note(2, "vedette share give "+c.Update+" --for 'the embassy'")
		}
		for i := range list {
			p.item("• ", handoutLine(&list[i], s.now()))
		}
		return nil
	})
}

func handoutLine(h *desk.HandoutRow, now time.Time) string {
	state := "opens until " + h.Until.UTC().Format(minute)
	switch {
	case !h.Ended.IsZero():
		state = "ended " + h.Ended.UTC().Format(minute) + " by " + h.Ender
	case !h.Good(now):
		state = "opened until " + h.Until.UTC().Format(minute)
	}
	return strings.Join([]string{string(h.ID), "for " + h.For, state, "given by " + h.By + " " + h.At.UTC().Format(minute)}, ", ")
}

type shareEndCmd struct {
	Update string `arg:"" help:"The update's id."`
	Link   string `arg:"" help:"The link's id, as in the list."`
	By     string `help:"Who ends it." default:"${user}"`
}

// Run ends a link.
func (c *shareEndCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		h, err := a.Desk.EndHandout(s.ctx, vedette.ID(c.Update), vedette.ID(c.Link), c.By)
		if err != nil {
			return err
		}
		s.printf("the link for %s opens nothing any more\n", clean(h.For))
		return nil
	})
}
