package main

import (
	"net/url"

	"vedette"
	"vedette/app"
)

type hooksCmd struct {
	Add    hooksAddCmd    `cmd:"" help:"Add a system; its signing secret is printed once."`
	List   hooksListCmd   `cmd:"" help:"List them."`
	Remove hooksRemoveCmd `cmd:"" help:"Remove one."`
}

type hooksAddCmd struct {
	URL               string `arg:"" help:"https://… that takes POSTs signed by the Standard Webhooks scheme; or the incoming webhook of a chat." name:"url"`
	Chat              string `help:"It is the room of a chat: slack, teams or mattermost. A room is told that there is an update, how bad, and where to read it; never a place or a name." enum:"slack,teams,mattermost," default:"" placeholder:"KIND"`
	AllowPrivateHooks bool   `help:"Let it be a private address or plain HTTP." env:"VEDETTE_ALLOW_PRIVATE_HOOKS"`
}

// Run adds a hook.
func (c *hooksAddCmd) Run(s *session) error {
	cfg := s.config()
	cfg.AllowPrivateHooks = c.AllowPrivateHooks
	return s.openWith(cfg, func(a *app.App) error {
		h, err := a.Desk.AddHook(s.ctx, c.URL, vedette.Chat(c.Chat))
		if err != nil {
			return err
		}
		if h.Chat != "" {
			s.printf("hook %s, a room of %s\nIts address is its secret: it is shown in no list.\n", h.ID, h.Chat)
			return nil
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
			at := h.URL
			if h.Chat != "" { // whoever has the address can write there
				u, _ := url.Parse(h.URL)
				at = string(h.Chat) + " at " + u.Host
			}
			rows = append(rows, []string{string(h.ID), at})
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
