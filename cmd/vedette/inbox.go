package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type inboxCmd struct {
	List   inboxListCmd   `cmd:"" default:"1" help:"What came in and waits for somebody, and what became of the rest."`
	Add    inboxAddCmd    `cmd:"" help:"Keep an alert of a warning service (CAP), for somebody to look at."`
	Show   inboxShowCmd   `cmd:"" help:"A signal: what it says, who of ours is there, and what was decided."`
	Take   inboxTakeCmd   `cmd:"" help:"Make a draft of a signal. Nobody is told before it is published."`
	Aside  inboxAsideCmd  `cmd:"" help:"Note why a signal is nothing for us."`
	Reopen inboxReopenCmd `cmd:"" help:"Have one that was set aside wait again."`
}

type inboxListCmd struct{}

// Run lists what came in.
func (c *inboxListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		in, err := a.Desk.Inbox(s.ctx)
		if err != nil {
			return err
		}
		p := s.paper()
		if len(in.Waiting)+len(in.Loose) == 0 {
			p.line("nothing waits")
		}
		for i := range in.Waiting {
			p.signal(&in.Waiting[i])
		}
		for i := range in.Loose {
			r := &in.Loose[i]
			p.item("report ", fmt.Sprintf("%s, %s: in no draft and no update", r.ID, clean(r.Origin)))
		}
		if len(in.Signals) > 0 {
			p.heading("Of late")
		}
		for i := range in.Signals {
			p.signal(&in.Signals[i])
		}
		return nil
	})
}

// signal is a signal in a few lines.
func (p *paper) signal(s *vedette.Signal) {
	mark := ""
	if m := s.Status.Mark(); m != "" {
		mark = m + " "
	}
	p.item("• ", fmt.Sprintf("%s%s: %s", mark, s.Kind, clean(firstWord(s.Title(), s.Identifier))))
	p.note(2, fmt.Sprintf("risk %s, %s, of %s, sent %s", s.Risk, s.Urgency.Effective(), clean(firstWord(s.From, s.Sender)), s.Sent.Format(minute)))
	if len(s.Areas) > 0 {
		p.note(2, clean(strings.Join(s.Areas[:min(len(s.Areas), 4)], ", ")))
	}
	switch s.State {
	case vedette.SignalTaken:
		p.note(2, fmt.Sprintf("%s made draft %s of it", clean(s.By), s.Draft))
	case vedette.SignalAside:
		p.note(2, fmt.Sprintf("%s set it aside: %s", clean(s.By), clean(s.Why)))
	case vedette.SignalOvertaken:
		p.note(2, "its sender sent another in its place")
	}
	p.note(2, "vedette inbox show "+string(s.ID))
}

func firstWord(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

type inboxAddCmd struct {
	File string `arg:"" help:"The alert (CAP 1.0 to 1.2, XML), - for standard input."`
}

// Run keeps an alert.
func (c *inboxAddCmd) Run(s *session) error {
	b, _, err := s.readInput(c.File)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		sig, fresh, err := a.Desk.Receive(s.ctx, b)
		if err != nil {
			return err
		}
		if !fresh {
			s.printf("it came before\n")
		}
		s.printf("kept as signal %s\n", sig.ID)
		s.paper().signal(&sig)
		return nil
	})
}

type inboxShowCmd struct {
	Signal string `arg:"" help:"The signal's id."`
}

// Run shows a signal and who of ours is there.
func (c *inboxShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		card, err := a.Desk.Signal(s.ctx, vedette.ID(c.Signal))
		if err != nil {
			return err
		}
		p := s.paper()
		p.signal(&card.Signal)
		for _, part := range []struct{ head, text string }{{"What it says", card.Text}, {"What to do", card.Advice}} {
			if part.text != "" {
				p.heading(part.head)
				for l := range strings.Lines(part.text) {
					p.line("%s", clean(strings.TrimSpace(l)))
				}
			}
		}
		if card.Undrawn > 0 {
			p.line("%s", p.look(red, fmt.Sprintf("%s of it cannot be drawn; draw them in the draft", count(card.Undrawn, "shape", "shapes"))))
		}
		if len(card.Shapes) > 0 {
			who, err := a.Desk.Who(s.ctx, desk.WhoQuestion{Shapes: card.Shapes[:min(len(card.Shapes), desk.MostPlaces)]})
			if err != nil {
				return err
			}
			p.line("in what it draws: %d; may be in it: %d; arriving soon: %d; of these without an address that a channel sends to: %d", who.In, who.MayBe, who.Arriving, who.Unreachable)
		}
		for i := range card.Others {
			if i == 0 {
				p.heading("Those it belongs with")
			}
			p.signal(&card.Others[i])
		}
		return nil
	})
}

type inboxTakeCmd struct {
	Signal string `arg:"" help:"The signal's id."`
	By     string `help:"Who makes the draft." default:"${user}"`
}

// Run makes a draft of a signal and shows whom it would be told.
func (c *inboxTakeCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		d, err := a.Desk.TakeSignal(s.ctx, desk.SignalOrder{Signal: vedette.ID(c.Signal), By: c.By})
		if err != nil {
			return err
		}
		s.printf("kept as draft %s\n\n", d.Update.ID)
		if err := (&publishCmd{}).preview(s, a, d); err != nil {
			return err
		}
		s.printf("\nnothing was published; vedette publish --draft %s --yes does it\n", d.Update.ID)
		return nil
	})
}

type inboxAsideCmd struct {
	Signal string `arg:"" help:"The signal's id."`
	Reason string `help:"Why it is nothing for us; it is kept on record." required:""`
	By     string `help:"Who says so." default:"${user}"`
}

// Run sets a signal aside.
func (c *inboxAsideCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.SetSignalAside(s.ctx, desk.SignalOrder{Signal: vedette.ID(c.Signal), By: c.By, Why: c.Reason}); err != nil {
			return err
		}
		s.printf("set aside; vedette inbox reopen %s takes that back\n", c.Signal)
		return nil
	})
}

type inboxReopenCmd struct {
	Signal string `arg:"" help:"The signal's id."`
	By     string `help:"Who says so." default:"${user}"`
}

// Run has a signal wait again.
func (c *inboxReopenCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.ReopenSignal(s.ctx, desk.SignalOrder{Signal: vedette.ID(c.Signal), By: c.By}); err != nil {
			return err
		}
		s.printf("it waits again\n")
		return nil
	})
}
