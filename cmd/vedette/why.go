package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type whyCmd struct {
	Person string    `help:"Id, e-mail address or whole name." required:""`
	Update string    `help:"The update's id." required:""`
	At     time.Time `help:"By what was recorded at that moment, 2026-02-05T02:20:00Z (default: when they were told, or it was planned)." format:"2006-01-02T15:04:05Z07:00"`
}

// Run explains one person's relation to an update.
func (c *whyCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		w, err := a.Desk.Why(s.ctx, desk.WhyQuestion{Person: c.Person, Update: vedette.ID(c.Update), At: c.At})
		if err != nil {
			return err
		}
		s.paper().why(a, w)
		return nil
	})
}

func (p *paper) why(a *app.App, w *desk.Why) {
	p.line("%s", p.look(bold, fmt.Sprintf("%s: %s", clean(w.Person.Record.Name), strings.ReplaceAll(string(w.Exposure.Relation), "_", " "))))
	for _, r := range w.Exposure.Reasons {
		p.item("• ", clean(r.Says.String()))
	}
	p.note(0, "by what was recorded "+w.AsOf.UTC().Format("2 Jan 2006 15:04:05 UTC"))
	if w.Changed != "" {
		p.line("%s", p.look(yellow, fmt.Sprintf("their notice was made when they were %s; what is recorded since says %s",
			strings.ReplaceAll(string(w.Exposure.Relation), "_", " "), strings.ReplaceAll(string(w.Changed), "_", " "))))
	}
	p.applies(a, w)
	for i, c := range w.Cleared {
		if i == 0 {
			p.heading("All-clear")
		}
		p.item("• ", clearWords(a.Gaz.Name(c.Clears.Area), c))
	}
	p.whyTold(w)
	if s := w.Discretion(a.Gaz).String(); s != "" {
		if len(w.VeiledAt) > 0 && !w.Person.Record.Discreet {
			s += " (vedette settings show)"
		}
		p.line("%s", clean(s))
	}
	p.wishes(w)
	for i := range w.Patience {
		p.line("%s", patience(&w.Patience[i]))
	}
	if len(w.Managers) > 0 {
		p.heading("Their manager")
	}
	for i := range w.Managers {
		p.manager(a, &w.Managers[i])
	}
}

// applies lists the advice that is for somebody, and what of their area is not.
func (p *paper) applies(a *app.App, w *desk.Why) {
	if w.Exposure.Concerned() {
		v := w.Advised.Variant
		p.heading("What applies")
		p.line("risk of their area: %s", v.Risk)
		if v.Posture != "" {
			where := clean(a.Gaz.Name(v.Area))
			if v.Area == "" {
				where = "what is drawn"
			}
			p.line("posture: %s, %s", where, strings.ReplaceAll(string(v.Posture), "_", " "))
		}
		for i, l := range v.Lines {
			adv := w.Update.Content.Recommendations[l.Group].Advice[l.Item]
			p.item(fmt.Sprintf("%d. ", i+1), adv.Text)
			p.note(3, whyLine(a, l, adv))
		}
	}
	if len(w.Advised.Withheld) > 0 {
		p.heading("What does not, though it is for their area")
		for _, h := range w.Advised.Withheld {
			p.item("• ", w.Update.Content.Recommendations[h.Group].Advice[h.Item].Text)
			p.note(2, "not told: "+clean(h.Reason.String()))
		}
	}
}

// whyTold says by what somebody was told, or why not.
func (p *paper) whyTold(w *desk.Why) {
	p.heading("Told")
	switch {
	case w.Update.State == vedette.UpdateDraft:
		p.line("nobody was told: this is a draft")
	case !w.Noticed:
		p.line("no notice was made for them")
	case len(w.Told) == 0:
		p.line("%s", p.look(red, "a notice was made, but no channel reaches them"))
	}
	if w.Omitted != nil && !w.Noticed {
		p.line("left out %s: %s", w.Omitted.At.UTC().Format("2 Jan 2006 15:04:05 UTC"), clean(w.Omitted.Reason))
	}
	for i := range w.Shut {
		p.line("%s", p.look(red, "not told: "+clean(w.Shut[i].Words())))
	}
	if len(w.Rounds) > 1 {
		for _, r := range w.Rounds {
			p.line("round %d, %s: %s", r.Round, r.MadeAt.UTC().Format("2 Jan 2006 15:04:05 UTC"), strings.ReplaceAll(string(r.Cause), "_", " "))
		}
	}
	for _, d := range w.Told {
		t := ""
		if !d.AcceptedAt.IsZero() {
			t = ", accepted " + d.AcceptedAt.UTC().Format("2 Jan 2006 15:04:05 UTC")
		}
		p.line("%s: %s%s%s", d.Channel, d.State, t, detail(d.Detail))
	}
}

// wishes says what somebody wishes of how they are told.
func (p *paper) wishes(w *desk.Why) {
	if q := w.Person.Record.Wishes.Quiet; !q.IsZero() {
		p.line("they wish to be left alone %s where they are, of what merely informs: %s", q, informs(w))
	}
	if is := w.Person.Record.Wishes; is.Order != "" {
		p.line("they wish to be told by %s, of what merely informs", is.Order)
	}
	if is := w.Person.Record.Wishes; is.Digest > 0 {
		p.line("they wish what merely informs, and is below high, in one mail a day, at %s where they are", is.Digest)
	}
}

// informs says whether what somebody is told of an update merely informs.
func informs(w *desk.Why) string {
	u, r := w.Update.UrgencyOf(&w.Advised.Variant), w.Advised.Variant.Risk
	if vedette.Informs(u, r) {
		return fmt.Sprintf("this does, being %s of %s risk", u, r)
	}
	return fmt.Sprintf("this warns, being %s of %s risk", u, r)
}

// patience says what was and is done while somebody does not answer.
func patience(e *vedette.Escalation) string {
	told := 0
	for i, a := range e.Policy.Acts() {
		if i < e.Done && a.Do == vedette.DeedTell {
			told = a.Nth
		}
	}
	out := fmt.Sprintf("while they do not answer round %d: %s; ", e.Round, e.Policy)
	switch e.State {
	case vedette.EscalationRunning:
		out += "next " + e.DueAt.UTC().Format("2 Jan 2006 15:04:05 UTC")
	case vedette.EscalationAnswered:
		out += "they have answered"
	case vedette.EscalationLapsed:
		out += "all is done, and they have not answered"
	default:
		out += "over: " + clean(e.Detail)
	}
	out += fmt.Sprintf("; %s due so far", count(told, "reminder was", "reminders were"))
	if e.Asked {
		out += "; the desk is asked to call them"
	}
	return out
}

// manager says what somebody's manager was told of their trips that clash.
func (p *paper) manager(a *app.App, m *desk.ToldManager) {
	state := string(m.State)
	switch {
	case m.State == "":
		state = p.look(red, "not reached, no address is known")
	case !m.AcceptedAt.IsZero():
		state += ", accepted " + m.AcceptedAt.UTC().Format("2 Jan 2006 15:04:05 UTC")
	}
	what := "told of"
	if m.Gone {
		what = "told that no trip clashes any more"
	}
	p.line("%s, %s: %s%s", clean(m.Manager), what, state, detail(m.Detail))
	for _, c := range m.Clashes {
		to := a.Gaz.Name(c.Target)
		if c.Shape != "" {
			to = "what is drawn as “" + clean(c.Shape) + "”"
		}
		p.item("• ", fmt.Sprintf("%s from %s: %s to %s", a.Gaz.Name(c.Area), a.Day(c.Area, c.From), strings.ReplaceAll(string(c.Action), "_", " "), to))
	}
}

func detail(d string) string {
	if d == "" {
		return ""
	}
	return " (" + clean(d) + ")"
}

// whyLine says by which target, or trip, a line applies.
func whyLine(a *app.App, l vedette.NoticeLine, adv vedette.Advice) string {
	where := "to " + a.Gaz.Name(l.Area)
	if l.Area == "" {
		where = "in what is drawn"
	}
	out := fmt.Sprintf("line %d: applies %s", adv.Lines[0], where)
	if l.Trip {
		out += ", by a trip ahead"
	}
	if l.MayBe {
		out += "; they may be there"
	}
	if l.Asks {
		out += "; whether it is for them is not known, so it opens with whom it is for"
	}
	if l.Cleared {
		out += "; what protects in it was ended by an all-clear"
	}
	if adv.Condition != "" {
		out += "; only " + adv.Condition
	}
	return out
}
