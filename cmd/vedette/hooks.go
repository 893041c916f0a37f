package main

import (
	"fmt"
	"net/url"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type hooksCmd struct {
	Add    hooksAddCmd    `cmd:"" help:"Add a system; its signing secret is printed once."`
	List   hooksListCmd   `cmd:"" help:"List them."`
	Replay hooksReplayCmd `cmd:"" help:"Tell one again what it did not take, under the same webhook-id."`
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
		hs, err := a.Desk.Receivers(s.ctx)
		if err != nil {
			return err
		}
		if len(hs) == 0 {
			s.printf("no hooks; add one with: vedette hooks add URL\n")
			return nil
		}
		rows := [][]string{{"ID", "URL", "LATELY"}}
		for _, h := range hs {
			at := h.URL
			if h.Chat != "" { // whoever has the address can write there
				u, _ := url.Parse(h.URL)
				at = string(h.Chat) + " at " + u.Host
			}
			rows = append(rows, []string{string(h.ID), at, lately(&h, a.Now())})
		}
		s.paper().table(rows)
		return nil
	})
}

// lately says how a system has done.
func lately(r *desk.Receiver, now time.Time) string {
	switch until := r.PassedUntil; {
	case r.Failures == 0 && r.TookAt.IsZero():
		return "not tried yet"
	case r.Failures == 0:
		return "took the last, " + r.TookAt.UTC().Format(minute)
	case until.After(now):
		return fmt.Sprintf("took none of the last %d, since %s (%s); passed over until %s", r.Failures, r.Since.UTC().Format(minute), short(r.Receiver.Detail, 60), until.UTC().Format("15:04:05"))
	default:
		return fmt.Sprintf("took none of the last %d, since %s (%s)", r.Failures, r.Since.UTC().Format(minute), short(r.Receiver.Detail, 60))
	}
}

type hooksReplayCmd struct {
	Hook   string    `arg:"" help:"Its id, or a part of its address that no other has." name:"name"`
	Since  time.Time `help:"What was published then or later: 2026-02-05T12:00:00Z." placeholder:"TIME" format:"2006-01-02T15:04:05Z07:00" xor:"which"`
	Update string    `help:"Of one update alone." placeholder:"UPDATE" xor:"which"`
	All    bool      `help:"What it took, too."`
	Yes    bool      `help:"Do it. Without it you only see what would be told again."`
}

// Run tells a system again what it missed.
func (c *hooksReplayCmd) Run(s *session) error {
	if err := checkIDs(c.Update); err != nil {
		return err
	}
	o := desk.ReplayOrder{Hook: c.Hook, Since: c.Since, Update: vedette.ID(c.Update), All: c.All}
	return s.open(func(a *app.App) error {
		h, list, err := a.Desk.PreviewReplay(s.ctx, o)
		if err != nil {
			return err
		}
		for _, m := range list {
			state := string(m.State)
			if m.Detail != "" {
				state += " (" + short(clean(m.Detail), 60) + ")"
			}
			s.printf("%s  update %d of %s: %s\n", m.Update.PublishedAt.UTC().Format(minute), m.Update.Number, clean(m.Update.Situation.Title), state)
		}
		s.printf("%s to be told again to hook %s\n", count(len(list), "update", "updates"), h.ID)
		switch {
		case len(list) == 0:
			return nil
		case !c.Yes:
			s.printf("nothing was sent; say --yes to do it\n")
			return nil
		}
		n, err := a.Desk.Replay(s.ctx, o)
		if err != nil {
			return err
		}
		s.printf("%s told again, each under the webhook-id it had\n", count(n, "update is", "updates are"))
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
