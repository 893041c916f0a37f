package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
)

type updatesCmd struct {
	Limit int `help:"How many, newest first." default:"20"`
}

// Run lists what was published.
func (c *updatesCmd) Run(s *session) error {
	if c.Limit < 1 || c.Limit > 1000 {
		return errUsage{fmt.Errorf("--limit is between 1 and 1000")}
	}
	return s.open(func(a *app.App) error {
		us, err := a.Desk.Updates(s.ctx, c.Limit, time.Time{})
		if err != nil {
			return err
		}
		if len(us) == 0 {
			s.printf("nothing was published yet; begin with: vedette publish FILE\n")
			return nil
		}
		rows := [][]string{{"PUBLISHED", "RISK", "STATE", "N", "UPDATE", "SITUATION", "HEADLINE"}}
		for _, u := range us {
			state := string(u.State)
			if u.Corrects != "" {
				state += ", a correction"
			}
			if m := u.Status.Mark(); m != "" {
				state = m + " " + state
			}
			rows = append(rows, []string{u.PublishedAt.UTC().Format("2006-01-02 15:04Z"), u.Content.Risk.String(), state,
				fmt.Sprint(u.Number), string(u.ID), string(u.Situation.ID), short(headline(u), 60)})
		}
		s.paper().table(rows)
		return nil
	})
}

func headline(u *vedette.Update) string {
	if u.Content.Headline != "" {
		return u.Content.Headline
	}
	return u.Content.Title
}

func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

type stopCmd struct {
	Update string `arg:"" help:"The update's id."`
	Reason string `help:"Why, for the record." default:"stopped by the desk"`
}

// Run halts an update.
func (c *stopCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		u, err := a.Desk.Update(s.ctx, vedette.ID(c.Update))
		if err != nil {
			return err
		}
		e, err := a.Desk.PreviewStop(s.ctx, u)
		if err != nil {
			return err
		}
		if u, err = a.Desk.Stop(s.ctx, u.ID, c.Reason); err != nil {
			return err
		}
		t, err := a.Desk.Tally(s.ctx, u)
		if err != nil {
			return err
		}
		s.printf("stopped update %d of %s\n%d had been accepted by a channel and cannot be called back; %d do not go out\nfollow it with: vedette status %s\n",
			u.Number, clean(u.Situation.Title), vedette.Beyond(t.Deliveries, vedette.DeliveryAccepted),
			t.Deliveries[vedette.DeliveryQueued]+t.Deliveries[vedette.DeliveryWithheld], u.ID)
		switch {
		case e.Again != nil:
			s.printf("update %d of it stands again: %s\n", e.Again.Number, clean(e.Again.Content.Headline))
		case e.Nothing:
			s.printf("nothing of its situation stands now\n")
		}
		if u.Number > 1 {
			s.printf("whoever waited for it instead of an earlier update may have got neither: publish what is right with --corrects %s\n", u.ID)
		}
		return nil
	})
}
