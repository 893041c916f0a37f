package main

import (
	"vedette"
	"vedette/app"
)

type hooksCmd struct {
	Add    hooksAddCmd    `cmd:"" help:"Add a system; its signing secret is printed once."`
	List   hooksListCmd   `cmd:"" help:"List them."`
	Remove hooksRemoveCmd `cmd:"" help:"Remove one."`
}

type hooksAddCmd struct {
	URL               string `arg:"" help:"https://… that takes POSTs signed by the Standard Webhooks scheme." name:"url"`
	AllowPrivateHooks bool   `help:"Let it be a private address or plain HTTP." env:"VEDETTE_ALLOW_PRIVATE_HOOKS"`
}

// Run adds a hook.
func (c *hooksAddCmd) Run(s *session) error {
	cfg := s.config()
	cfg.AllowPrivateHooks = c.AllowPrivateHooks
	return s.openWith(cfg, func(a *app.App) error {
		h, err := a.Desk.AddHook(s.ctx, c.URL)
		if err != nil {
			return err
		}
		s.printf("hook %s\nsecret %s\nKeep the secret: it is not shown again.\n", h.ID, h.Secret)
		return nil
	})
}

type hooksListCmd struct{}

// Run lists the hooks.
func (c *hooksListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		hs, err := a.Desk.Hooks(s.ctx)
		if err != nil {
			return err
		}
		if len(hs) == 0 {
			s.printf("no hooks; add one with: vedette hooks add URL\n")
			return nil
		}
		rows := [][]string{{"ID", "URL"}}
		for _, h := range hs {
			rows = append(rows, []string{string(h.ID), h.URL})
		}
		s.paper().table(rows)
		return nil
	})
}

type hooksRemoveCmd struct {
	ID string `arg:"" help:"The hook's id." name:"id"`
}

// Run removes a hook.
func (c *hooksRemoveCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.RemoveHook(s.ctx, vedette.ID(c.ID)); err != nil {
			return err
		}
		s.printf("removed %s\n", c.ID)
		return nil
	})
}
