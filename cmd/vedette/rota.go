package main

import (
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type rotaCmd struct {
	List   rotaListCmd   `cmd:"" default:"withargs" help:"Who is on the rota, and who is on duty."`
	Add    rotaAddCmd    `cmd:"" help:"Put somebody on the rota: calls for help are offered to whoever is on duty."`
	Remove rotaRemoveCmd `cmd:"" help:"Take a turn off the rota."`
}

type rotaAddCmd struct {
	Name   string `arg:"" help:"Who; several turns of one name are one person."`
	Mail   string `help:"Their mail address." placeholder:"ADDRESS"`
	Phone  string `help:"Their number for text messages, with its country code." placeholder:"NUMBER"`
	From   string `help:"When the turn begins, on the wall clock of --zone; at once where it is not given." placeholder:"'2026-02-05 20:00'"`
	To     string `help:"When it ends; never where it is not given." placeholder:"'2026-02-06 08:00'"`
	Zone   string `help:"The time zone of --from and --to." default:"UTC"`
	Weekly bool   `help:"The turn comes again every week at the same hours of the wall clock."`
	Place  int    `help:"Who is asked first of those on duty: 1 before 2." default:"1"`
	By     string `help:"Who puts them on the rota." default:"${user}"`
}

// Run puts somebody on the rota.
func (c *rotaAddCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		d, err := a.Desk.AddDuty(s.ctx, desk.DutyOrder{Name: c.Name, Mail: c.Mail, Phone: c.Phone, From: c.From, To: c.To, Zone: c.Zone,
			Weekly: c.Weekly, Place: c.Place, By: c.By})
		if err != nil {
			return err
		}
		s.printf("%s is on the rota %s: %s\n", clean(d.Name), turnWords(&d), d.ID)
		return nil
	})
}

type rotaListCmd struct {
	At string `help:"As of a time: 2026-02-05T02:20:00Z." placeholder:"TIME"`
}

// Run lists the rota.
func (c *rotaListCmd) Run(s *session) error {
	var at time.Time
	if c.At != "" {
		var err error
		if at, err = time.Parse(time.RFC3339, c.At); err != nil {
			return errUsage{vedette.Errorf(vedette.CodeInvalid, "--at %q is no time; write 2026-02-05T02:20:00Z", c.At)}
		}
	}
	return s.open(func(a *app.App) error {
		rows, on, err := a.Desk.Rota(s.ctx, at)
		if err != nil {
			return err
		}
		p := s.paper()
		if len(on) == 0 {
			p.item(p.look(red, "! "), "NOBODY IS ON DUTY: whoever calls for help is shown the local emergency numbers")
		} else {
			p.line("on duty: %s", clean(strings.Join(on, ", ")))
		}
		for i := range rows {
			p.duty(&rows[i])
		}
		return nil
	})
}

func (p *paper) duty(r *desk.RotaRow) {
	text := r.Name + ", " + turnWords(&r.Duty)
	switch {
	case r.Over:
		text += ", over"
	case r.On:
		text += ", on duty"
	default:
		text += ", next " + r.Next.UTC().Format(minute)
	}
	p.item("• ", text)
	for _, a := range r.Addresses {
		p.note(2, a.Value)
	}
	if len(r.Addresses) == 0 {
		p.note(2, "the addresses cannot be opened with this installation key; put them on the rota anew")
	}
	p.note(2, "vedette rota remove "+string(r.ID))
}

// turnWords say when a turn is.
func turnWords(d *vedette.Duty) string {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		zone = time.UTC
	}
	const dayMinute = "Mon 2 Jan 2006 15:04"
	from, to := d.From.In(zone).Format(dayMinute), d.To.In(zone).Format(dayMinute)
	switch {
	case d.Weekly:
		return "every week from " + d.From.In(zone).Format("Mon 15:04") + " to " + d.To.In(zone).Format("Mon 15:04") + " " + d.Zone + ", first " + d.From.In(zone).Format("2 Jan 2006")
	case d.From.IsZero() && d.To.IsZero():
		return "always"
	case d.From.IsZero():
		return "until " + to + " " + d.Zone
	case d.To.IsZero():
		return "from " + from + " " + d.Zone
	}
	return "from " + from + " to " + to + " " + d.Zone
}

type rotaRemoveCmd struct {
	ID string `arg:"" help:"The turn's id."`
	By string `help:"Who takes it off." default:"${user}"`
}

// Run takes a turn off the rota.
func (c *rotaRemoveCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.RemoveDuty(s.ctx, vedette.ID(c.ID), c.By); err != nil {
			return err
		}
		s.printf("taken off the rota\n")
		return nil
	})
}
