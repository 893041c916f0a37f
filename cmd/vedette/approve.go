package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type approveCmd struct {
	ID       string `arg:"" optional:"" help:"What waits; without it you see all that does."`
	Yes      bool   `help:"Approve it: it is published exactly as it was asked for."`
	Refuse   string `help:"Refuse it, and say why: whoever asked sees it." placeholder:"WHY"`
	Withdraw bool   `help:"Take the asking back. The draft stays."`
	Fine     bool   `help:"Of what went out on one person's word: you looked, and it is fine."`
	Stop     string `help:"Of what went out on one person's word: stop what was not sent yet, and say why." placeholder:"WHY"`
	By       string `help:"Who you are: as soon as anybody may sign in, the name or the login of somebody who may approve." default:"${user}"`
}

// Help says who may.
func (c *approveCmd) Help() string {
	return `Where your organisation wants the word of a second person (vedette settings set --approval), what somebody
would publish waits here.

  vedette approve                         what waits
  vedette approve ID                      what it says, whom it would tell, who was rung
  vedette approve ID --yes --by ben       approve it, and so publish it
  vedette approve ID --refuse 'Sfax only' refuse it
  vedette approve ID --fine --by ben      look at what somebody published alone

Approvers and administrators may, and never whoever asked, or published it. An asking ends when the
draft is changed, and after eight hours. Approvers are rung one after the other; where, they say on the
page of their account, or vedette user rung does.`
}

// Run lists what waits, shows one, or decides it.
func (c *approveCmd) Run(s *session) error {
	acts := 0
	for _, on := range []bool{c.Yes, c.Refuse != "", c.Withdraw, c.Fine, c.Stop != ""} {
		if on {
			acts++
		}
	}
	switch {
	case acts > 1:
		return errUsage{fmt.Errorf("say one of --yes, --refuse, --withdraw, --fine and --stop")}
	case acts == 1 && c.ID == "":
		return errUsage{fmt.Errorf("say of which; \"vedette approve\" lists what waits")}
	}
	return s.open(func(a *app.App) error {
		switch {
		case c.ID == "":
			return c.list(s, a)
		case acts == 0:
			return c.show(s, a)
		}
		return c.decide(s, a)
	})
}

func (c *approveCmd) list(s *session, a *app.App) error {
	list, err := a.Desk.Approvals(s.ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		s.printf("nothing waits for a second person\n")
		return nil
	}
	p := s.paper()
	for i := range list {
		x := &list[i]
		text := "asked for by " + clean(x.AskedBy)
		if x.Glass {
			text = p.look(red, "published alone by "+clean(x.AskedBy)+", look at it")
		}
		head := "a draft that was removed"
		if x.Update != nil {
			if head = headline(x.Update); x.Update.Clears != nil {
				head = x.Update.Content.Title + ": " + head
			}
			head = short(head, 60)
		}
		p.item("• ", fmt.Sprintf("%s, %s: %s", text, x.AskedAt.UTC().Format(minute), clean(head)))
		p.note(2, "vedette approve "+string(x.ID))
	}
	return nil
}

func (c *approveCmd) show(s *session, a *app.App) error {
	x, err := a.Desk.ApprovalCard(s.ctx, vedette.ID(c.ID))
	if err != nil {
		return err
	}
	p := s.paper()
	p.line("%s by %s, %s", map[bool]string{false: "asked for", true: "published alone"}[x.Glass], clean(x.AskedBy), x.AskedAt.UTC().Format(minute))
	if x.Reason != "" {
		p.line("why: %s", clean(x.Reason))
	}
	if x.Update != nil && x.Open() && !x.Glass {
		if err := c.look(s, a, x.Update); err != nil {
			return err
		}
	} else if x.Update != nil {
		p.head(&x.Update.Content)
	}
	for _, r := range x.Rung {
		p.item("• ", fmt.Sprintf("rung %s: %s by %s, %s %s", r.At.UTC().Format(minute), clean(r.Name), r.Channel, r.State, clean(r.Detail)))
	}
	if x.Nobody {
		p.line("%s", p.look(red, "no approver can be rung from here: ring somebody yourself"))
	}
	for _, n := range x.NotHere {
		p.item("• ", clean(n)+" is not rung: nobody said where (vedette user rung)")
	}
	s.printf("\n%s\n", c.next(x))
	return nil
}

// look shows what would go out, and to whom.
func (c *approveCmd) look(s *session, a *app.App, u *vedette.Update) error {
	if u.Clears != nil {
		e, err := a.Desk.PreviewAllClear(s.ctx, desk.ClearOrder(u))
		if err == nil {
			s.paper().item("on the basis: ", clean(u.Clears.Basis))
			s.paper().allClear(e)
		}
		return err
	}
	d, err := a.Desk.Draft(s.ctx, u.ID)
	if err != nil {
		return err
	}
	return (&publishCmd{}).preview(s, a, d)
}

// next says what may be done with it, or what was.
func (c *approveCmd) next(x *desk.ApprovalCard) string {
	switch {
	case !x.Open():
		text := string(x.State)
		if x.By != "" {
			text += " by " + clean(x.By)
		}
		if x.ByLink {
			text += ", by link"
		}
		if x.Words != "" {
			text += ": " + clean(x.Words)
		}
		return text
	case x.Glass:
		return "nobody else has looked yet: --fine, or --stop \"why\""
	}
	return "nothing was published; --yes approves it, --refuse \"why\" refuses it. It waits until " + x.EndsAt.UTC().Format(minute)
}

func (c *approveCmd) decide(s *session, a *app.App) (err error) {
	id := vedette.ID(c.ID)
	switch {
	case c.Yes:
		u, err := a.Desk.Approve(s.ctx, id, c.By)
		if err != nil {
			return err
		}
		s.printf("approved and published %s\nasked for by %s, approved by %s\n", u.ID, clean(u.Assent.AskedBy), clean(u.Assent.By))
		return s.notSent(a)
	case c.Refuse != "":
		if err = a.Desk.RefuseApproval(s.ctx, id, c.Refuse, c.By); err == nil {
			s.printf("refused; whoever asked sees why\n")
		}
	case c.Withdraw:
		if err = a.Desk.WithdrawApproval(s.ctx, id, c.By); err == nil {
			s.printf("taken back; the draft stays\n")
		}
	case c.Fine:
		if err = a.Desk.Review(s.ctx, id, true, "", c.By); err == nil {
			s.printf("noted: it is fine\n")
		}
	default:
		if err = a.Desk.Review(s.ctx, id, false, c.Stop, c.By); err == nil {
			s.printf("stopped what was not sent yet; whoever got it is told by: vedette sent-in-error\n")
		}
	}
	return err
}

// asksFor asks for approval, and says what happens next.
func (s *session) asksFor(a *app.App, d *desk.Draft, o desk.PublishOrder) error {
	x, err := a.Desk.AskApproval(s.ctx, d, o)
	if err != nil {
		return err
	}
	s.printf("\nnothing was published: your organisation wants a second person for this\nasked for approval %s, of draft %s\nthose who may approve are rung; who, and what they say: vedette approve %s\n", x.ID, x.Draft, x.ID)
	if x.Urgent {
		s.printf("it is immediate: if nobody answers, vedette publish --draft %s --yes --break-glass \"why\"\n", x.Draft)
	}
	return s.notSent(a)
}

// unpublished ends a preview: what --yes would do.
func (s *session) unpublished(a *app.App, d *desk.Draft) error {
	wants, err := a.Desk.WantsApproval(s.ctx, d.Update)
	if err != nil {
		return err
	}
	if !wants {
		s.printf("\nnothing was published; say --yes to do it\n")
		return nil
	}
	words := []string{"\nnothing was published; your organisation wants a second person for this: say --yes to ask for approval"}
	if d.Update.Content.Urgency == vedette.UrgencyImmediate {
		words = append(words, "it is immediate: --yes --break-glass \"why\" publishes it alone, at once")
	}
	s.printf("%s\n", strings.Join(words, "\n"))
	return nil
}
