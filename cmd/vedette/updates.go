package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type updatesCmd struct {
	Words    []string `arg:"" optional:"" help:"Words that are in it, or begin a word of it, in any order."`
	Limit    int      `help:"How many, newest first." default:"20"`
	Area     []string `help:"That are of this area: of what lies in it, and of what it lies in. Several are one or the other." placeholder:"NAME" sep:"none"`
	Risk     string   `help:"At least this risk: low, moderate, high, extreme." placeholder:"RISK"`
	Urgency  string   `help:"Of this urgency: immediate, expected, future, past." placeholder:"URGENCY"`
	Source   string   `help:"At least so well established: unconfirmed, credible, confirmed." placeholder:"SOURCE"`
	Category string   `help:"About this: earthquake, protest, …" placeholder:"CATEGORY"`
	From     string   `help:"Published on this day (UTC) or later." placeholder:"2026-02-05"`
	To       string   `help:"Published on this day (UTC) or earlier." placeholder:"2026-02-05"`
}

// query reads what is wanted.
func (c *updatesCmd) query(a *app.App) (q desk.UpdateQuery, err error) {
	q = desk.UpdateQuery{Words: strings.Join(c.Words, " "), Number: c.Limit}
	for _, name := range c.Area {
		area, err := a.Gaz.Find(name)
		if err != nil {
			return q, err
		}
		q.Areas = append(q.Areas, area.ID)
	}
	if q.Risk, err = vedette.ParseRisk(c.Risk); err != nil {
		return q, err
	}
	if q.Urgency, err = vedette.ParseUrgency(c.Urgency); err != nil {
		return q, err
	}
	if q.Source, err = vedette.ParseSourceStrength(c.Source); err != nil {
		return q, err
	}
	if q.Category = c.Category; c.Category != "" && !vedette.IsCategory(c.Category) {
		return q, vedette.Errorf(vedette.CodeInvalid, "%q is no category; there are %s", c.Category, strings.Join(vedette.Categories, ", "))
	}
	if q.From, err = day("--from", c.From); err != nil {
		return q, err
	}
	if q.To, err = day("--to", c.To); err == nil && c.To != "" {
		q.To = q.To.AddDate(0, 0, 1)
	}
	return q, err
}

// day reads a day of a flag, in UTC; the zero time for none.
func day(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, vedette.Errorf(vedette.CodeInvalid, "%s %q is no day; write 2026-02-05", flag, text)
	}
	return t, nil
}

// Run lists what was published, or looks for some of it.
func (c *updatesCmd) Run(s *session) error {
	if c.Limit < 1 || c.Limit > 1000 {
		return errUsage{fmt.Errorf("--limit is between 1 and 1000")}
	}
	return s.open(func(a *app.App) error {
		q, err := c.query(a)
		if err != nil {
			return err
		}
		if err := a.Desk.Shelve(s.ctx); err != nil {
			return err
		}
		page, err := a.Desk.FindUpdates(s.ctx, q)
		if err != nil {
			return err
		}
		us := page.Updates
		if page.All == 0 {
			s.printf("nothing was published yet; begin with: vedette publish FILE\n")
			return nil
		}
		if len(us) == 0 {
			s.printf("no update of %d is so\n", page.All)
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
		if page.Of > len(us) {
			s.printf("the newest %d of %d; --limit shows more\n", len(us), page.Of)
		}
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
