package main

import (
	"cmp"
	"fmt"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
	"vedette/reachable"
)

type canaryCmd struct {
	Show canaryShowCmd `cmd:"" default:"1" help:"How long messages take, by the canaries of the last week: from publishing to accepted, and to received."`
	Send canarySendCmd `cmd:"" help:"Send one now, and wait for what becomes of it."`
	Set  canarySetCmd  `cmd:"" help:"To whom canaries go, and how often."`
}

// Help says what a canary is.
func (c *canaryCmd) Help() string {
	return `A canary is a test message that goes the very way of a warning: published, planned, sent over every channel that its people have, and confirmed by whatever comes back. It shows how long that takes while nothing is wrong, and asks the desk when a channel does not take it in time. It goes to a few people whose addresses are the organisation's own: a mailbox that answers, a telephone on the desk.

  vedette canary set canary@example.org --every 15m --within 2m
  vedette canary send
  vedette canary`
}

type canaryShowCmd struct{}

// Run prints how long messages take.
func (c *canaryShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		r, err := a.Desk.Canary(s.ctx)
		if err != nil {
			return err
		}
		s.canaryPlan(&r.Plan)
		s.paces(r)
		return nil
	})
}

func (s *session) canaryPlan(p *vedette.CanaryPlan) {
	switch {
	case len(p.Persons) == 0:
		s.printf("canaries go to nobody yet: vedette canary set PERSON … --every 15m\n")
	case p.Minutes == 0:
		s.printf("canaries go to %s, when somebody sends one: vedette canary send\n", count(len(p.Persons), "person", "people"))
	default:
		s.printf("a canary goes to %s every %s; the desk is asked when a channel does not take it within %s\n",
			count(len(p.Persons), "person", "people"), minutes(p.Minutes), minutes(p.Within))
	}
}

// paces prints a line for each channel.
func (s *session) paces(r *desk.CanaryReport) {
	if r.N == 0 {
		s.printf("none was sent within a week\n")
		return
	}
	s.printf("%s since %s, the last %s\n", count(r.N, "canary", "canaries"), r.Since.UTC().Format("2 Jan 15:04 UTC"), r.Last.UTC().Format("2 Jan 15:04 UTC"))
	s.printf("%-10s %6s %10s %8s %8s %8s %10s %8s %8s %8s\n", "CHANNEL", "SENT", "ACCEPTED", "p50", "p95", "p99", "RECEIVED", "p50", "p95", "p99")
	for _, p := range r.Paces {
		s.printf("%-10s %6d", p.Channel, p.Sent)
		for _, x := range []reachable.Spans{p.Accepted, p.Received} {
			s.printf(" %10d %8s %8s %8s", x.N, span(x, x.P50), span(x, x.P95), span(x, x.P99))
		}
		s.printf("\n")
	}
	s.printf("from when it was published, by %s\n", r.Clock)
	for _, m := range r.Latest {
		if m.AcceptedAt.IsZero() {
			s.printf("the last over %s is %s: %s\n", m.Channel, m.State, cmp.Or(m.Detail, "not tried yet"))
		}
	}
}

// minutes says so many in few words.
func minutes(n int) string {
	switch {
	case n%(24*60) == 0:
		return count(n/(24*60), "day", "days")
	case n%60 == 0:
		return count(n/60, "hour", "hours")
	}
	return count(n, "minute", "minutes")
}

func span(of reachable.Spans, d time.Duration) string {
	if of.N == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

type canarySendCmd struct {
	Wait time.Duration `help:"How long to wait for it to be accepted and received." default:"1m"`
}

// Run sends a canary and waits for it.
func (c *canarySendCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		u, err := a.Desk.SendCanary(s.ctx)
		if err != nil {
			return err
		}
		s.printf("canary %s\n", u.ID)
		if on, err := a.Desk.Sending(s.ctx); err == nil && !on {
			s.printf("nothing is being sent: no \"vedette serve\" with a mail server is running\n")
			return nil
		}
		end := time.Now().Add(c.Wait)
		for {
			r, err := a.Desk.Canary(s.ctx)
			if err != nil {
				return err
			}
			if done(r, u.ID) || time.Now().After(end) {
				s.canary(r, u)
				return nil
			}
			select {
			case <-s.ctx.Done():
				return s.ctx.Err()
			case <-time.After(200 * time.Millisecond):
			}
		}
	})
}

// done says whether word came of each message of a canary, or it failed.
func done(r *desk.CanaryReport, id vedette.ID) bool {
	for _, m := range r.Latest {
		if m.Update != id || m.ArrivedAt.IsZero() && m.State != vedette.DeliveryFailed && m.State != vedette.DeliveryWithheld {
			return false
		}
	}
	return len(r.Latest) > 0
}

// canary prints what became of one.
func (s *session) canary(r *desk.CanaryReport, u *vedette.Update) {
	for _, m := range r.Latest {
		if m.Update != u.ID {
			continue
		}
		took := func(at time.Time, what string) string {
			if at.IsZero() {
				return "not " + what + " yet"
			}
			return fmt.Sprintf("%s after %.1f s", what, max(at.Sub(m.PublishedAt), 0).Seconds())
		}
		s.printf("%-10s %s: %s, %s\n", m.Channel, m.State, took(m.AcceptedAt, "accepted"), took(m.ArrivedAt, "received"))
	}
	if len(r.Latest) == 0 || r.Latest[0].Update != u.ID {
		s.printf("nothing of it is planned yet, or its people have no address that a channel sends to\n")
	}
}

type canarySetCmd struct {
	Person []string       `arg:"" optional:"" help:"People by name, e-mail address or id, instead of those there were. Their addresses are to be your own."`
	Every  *time.Duration `help:"How often one is sent by itself: 5m to 168h; 0 for never." placeholder:"15m"`
	Within *time.Duration `help:"The desk is asked where a channel has not accepted it within so long: 1m to 1h." placeholder:"2m"`
	By     string         `help:"Who sets it." default:"${user}"`
}

// Run keeps to whom canaries go and how often.
func (c *canarySetCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		p, err := a.Desk.SetCanary(s.ctx, desk.CanaryOrder{Persons: c.Person, Every: c.Every, Within: c.Within, By: c.By})
		if err != nil {
			return err
		}
		s.canaryPlan(&p)
		return nil
	})
}
