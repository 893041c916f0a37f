package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type handoverCmd struct {
	Now  handoverNowCmd  `cmd:"" default:"withargs" help:"What is going on; with --to it is handed over, signed and kept."`
	Take handoverTakeCmd `cmd:"" help:"Take over."`
	List handoverListCmd `cmd:"" help:"The hand-overs, the newest first."`
	Show handoverShowCmd `cmd:"" help:"One as it was given, and what changed since the one before."`
}

type handoverNowCmd struct {
	To    string `help:"Who has the shift from now on. Without it you only see what would be handed over."`
	By    string `help:"Who hands over." default:"${user}"`
	Taken bool   `help:"Whom it is for takes over at once."`
	JSON  bool   `help:"Print one JSON object." name:"json"`
}

// Run shows what is going on, or hands it over.
func (c *handoverNowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if c.To == "" {
			if c.Taken {
				return errUsage{fmt.Errorf("say who takes over: --to NAME")}
			}
			card, err := a.Desk.HandoverNow(s.ctx, c.By, "")
			if err != nil {
				return err
			}
			return s.handover(a, card, c.JSON)
		}
		card, err := a.Desk.GiveHandover(s.ctx, c.By, c.To, c.Taken)
		if err != nil {
			return err
		}
		return s.handover(a, card, c.JSON)
	})
}

type handoverTakeCmd struct {
	ID string `arg:"" optional:"" help:"Its id; the last one where it is not given."`
	By string `help:"Who takes over." default:"${user}"`
}

// Run takes over.
func (c *handoverTakeCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		card, err := a.Desk.TakeHandover(s.ctx, vedette.ID(c.ID), c.By)
		if err != nil {
			return err
		}
		s.printf("%s\n", clean(takenWords(&card.Handover)))
		return nil
	})
}

type handoverListCmd struct{}

// Run lists hand-overs.
func (c *handoverListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Handovers(s.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no shift was handed over yet\n")
			return nil
		}
		rows := [][]string{{"NO", "GIVEN", "FROM", "TO", "TAKEN OVER", "ID"}}
		for i := range list {
			h := &list[i]
			taken := "NOT YET"
			if h.TakenBy != "" {
				taken = h.TakenAt.UTC().Format(minute) + " by " + h.TakenBy
			}
			rows = append(rows, []string{fmt.Sprint(h.No), h.At.UTC().Format(minute), h.From, h.To, taken, string(h.ID)})
		}
		s.paper().table(rows)
		return nil
	})
}

type handoverShowCmd struct {
	ID   string `arg:"" optional:"" help:"Its id; the last one where it is not given."`
	JSON bool   `help:"Print one JSON object." name:"json"`
}

// Run shows a hand-over.
func (c *handoverShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		card, err := a.Desk.HandoverOf(s.ctx, vedette.ID(c.ID))
		if err != nil {
			return err
		}
		return s.handover(a, card, c.JSON)
	})
}

// handover prints one.
func (s *session) handover(a *app.App, c *desk.HandoverCard, asJSON bool) error {
	if !asJSON {
		s.paper().handover(a, c)
		return nil
	}
	changes := []map[string]any{}
	for _, x := range c.Changes {
		changes = append(changes, map[string]any{"about": x.About, "person": x.Person, "text": x.Says.String()})
	}
	enc := json.NewEncoder(s.out)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"handover": c.Handover, "kept": c.Kept, "signed": c.Signed, "people": c.People, "changes": changes})
}

func takenWords(h *vedette.Handover) string {
	switch {
	case h.TakenBy == "":
		return "not taken over yet: vedette handover take --by NAME"
	case h.TakenBy != h.To:
		return fmt.Sprintf("taken over by %s at %s; it was given to %s", h.TakenBy, h.TakenAt.UTC().Format(minute), h.To)
	}
	return fmt.Sprintf("taken over by %s at %s", h.TakenBy, h.TakenAt.UTC().Format(minute))
}

// handover shows a hand-over: what wants somebody first.
func (p *paper) handover(a *app.App, c *desk.HandoverCard) {
	h := &c.Handover
	if c.Kept {
		p.line("%s", p.look(bold, clean(fmt.Sprintf("Hand-over %d, from %s to %s, %s", h.No, h.From, h.To, h.At.UTC().Format(minute)))))
		p.line("%s", clean(takenWords(h)))
		if c.Signed {
			p.note(0, "id "+string(h.ID)+", signed "+h.Digest)
		} else {
			p.line("%s", p.look(red, "ITS SIGNATURE DOES NOT HOLD: it, or the one before, is not what was given"))
		}
	} else {
		p.line("%s", p.look(bold, "As things stand, "+h.At.UTC().Format(minute)))
		p.line("nothing was handed over; say --to NAME to do it")
	}
	p.handCases(c)
	p.handRolls(c)
	p.handSituations(h)
	p.handRest(a, h)
	if h.No == 1 {
		return
	}
	p.heading("Changed since the one before, " + h.Since.UTC().Format(minute))
	if len(c.Changes) == 0 {
		p.line("nothing")
	}
	for _, x := range c.Changes {
		text := x.Says.String()
		if x.Person != "" {
			text = c.People[x.Person] + ": " + text
		}
		p.item("• ", text)
	}
}

func (p *paper) handCases(c *desk.HandoverCard) {
	p.heading(fmt.Sprintf("Calls for help (%d)", len(c.Cases)))
	for i := range c.Cases {
		k := &c.Cases[i]
		what, due := k.Owner+" has it", "next contact due "+k.DueAt.UTC().Format(minute)
		if k.Owner == "" {
			what, due = "NOBODY HAS TAKEN IT", "called "+k.CalledAt.UTC().Format(minute)
		}
		if k.Late {
			due += ", LATE"
		}
		p.item("• ", fmt.Sprintf("%s: %s, %s (%s)", c.People[k.Person], what, due, k.ID))
	}
}

// maxHandNames bounds how many people are named of a roll-call.
const maxHandNames = 50

func (p *paper) handRolls(c *desk.HandoverCard) {
	p.heading(fmt.Sprintf("Roll-calls (%d)", len(c.Rolls)))
	for i := range c.Rolls {
		r := &c.Rolls[i]
		p.item("• ", fmt.Sprintf("%s: %d of %s not accounted for, %d need help (%s)", r.Title, len(r.Open), count(r.Members, "person", "people"), r.Counts[vedette.RollHelp], r.ID))
		if len(r.Callers) > 0 {
			p.note(2, "called by "+strings.Join(r.Callers, ", "))
		}
		var names []string
		for _, id := range r.Open[:min(len(r.Open), maxHandNames)] {
			names = append(names, c.People[id])
		}
		if len(r.Open) > maxHandNames {
			names = append(names, fmt.Sprintf("and %d more: vedette rollcall show %s", len(r.Open)-maxHandNames, r.ID))
		}
		if len(names) > 0 {
			p.item("  not accounted for: ", strings.Join(names, ", "))
		}
	}
}

func (p *paper) handSituations(h *vedette.Handover) {
	p.heading(fmt.Sprintf("What stands (%d)", len(h.Standing)))
	for i := range h.Standing {
		s := &h.Standing[i]
		mark := s.Status.Mark()
		if mark != "" {
			mark += " "
		}
		p.item("• ", fmt.Sprintf("%s%s: update %d since %s, %s, risk %s; %d concerned, %d silent, %d need help (%s)", mark, s.Title, s.Number, s.PublishedAt.UTC().Format(minute),
			s.Urgency, s.Risk, s.Concerned, s.Silent, s.Help, s.Update))
		if s.Trouble() {
			p.item("  ", p.look(red, fmt.Sprintf("not known told: %d queued, %d failed, %d in doubt, %d without an address", s.Queued, s.Failed, s.Unknown, s.Unreachable)))
		}
	}
	for i := range h.Awaited {
		c := &h.Awaited[i]
		p.item("  condition ", fmt.Sprintf("%d of update %s, %s: %s", c.No, c.Update, c.State, c.Text))
	}
}

func (p *paper) handRest(a *app.App, h *vedette.Handover) {
	for i := range h.Clears {
		c := &h.Clears[i]
		p.item("  all-clear ", fmt.Sprintf("for %s since %s by %s: %s", a.Gaz.Name(c.Area), c.At.UTC().Format(minute), c.By, c.Basis))
	}
	p.heading(fmt.Sprintf("To decide (%d)", len(h.Tasks)))
	for i := range h.Tasks {
		t := &h.Tasks[i]
		late := ""
		if t.Late {
			late = ", LATE"
		}
		p.item("• ", fmt.Sprintf("%s (due %s%s)", t.Question, t.DueAt.UTC().Format(minute), late))
	}
	p.heading(fmt.Sprintf("Postures changed (%d)", len(h.Postures)))
	for i := range h.Postures {
		x := &h.Postures[i]
		from := "update " + string(x.Update)
		if x.By != "" {
			from = "set by " + x.By + ": " + x.Reason
		}
		p.item("• ", fmt.Sprintf("%s: %s, was %s (%s)", a.Gaz.Name(x.Area), stepWords(x.Action), stepWords(x.Was), from))
	}
}
