package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type rollcallShowCmd struct {
	Rollcall string `arg:"" help:"The roll-call's id."`
	Which    string `help:"Only these: help, silent, stale, safe or not_there." enum:"help,silent,stale,safe,not_there," default:"" placeholder:"WHICH"`
}

// Run shows a roll-call.
func (c *rollcallShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		r, err := a.Desk.Rollcall(s.ctx, vedette.ID(c.Rollcall))
		if err != nil {
			return err
		}
		p := s.paper()
		p.rollcall(r)
		for _, is := range vedette.RollStandings {
			if c.Which == "" || c.Which == string(is) {
				p.rollPeople(a, r, is)
			}
		}
		return nil
	})
}

// rollWords are the standings as a line says them.
var rollWords = map[vedette.RollStanding]string{
	vedette.RollHelp: "need help", vedette.RollSilent: "silent", vedette.RollStale: "stale", vedette.RollSafe: "safe", vedette.RollNotThere: "not there",
}

func rollCounts(r *desk.Roll) string {
	var parts []string
	for _, is := range vedette.RollStandings {
		parts = append(parts, fmt.Sprintf("%d %s", r.Counts[is], rollWords[is]))
	}
	return fmt.Sprintf("%s: %s", count(r.Members, "person", "people"), strings.Join(parts, ", "))
}

func (p *paper) rollcall(r *desk.Roll) {
	if m := r.Status.Mark(); m != "" {
		p.line("%s", p.look(bold+";"+yellow, m))
	}
	p.line("%s", p.look(bold, clean(r.Title)))
	round := r.Round()
	p.line("%s", p.look(dim, fmt.Sprintf("opened %s by %s · round %d, asked %s · as of %s", r.OpenedAt.UTC().Format(minute), clean(r.OpenedBy),
		round.No, round.Asked.UTC().Format(minute), r.AsOf.UTC().Format("15:04:05 UTC"))))
	if r.State == vedette.RollcallClosed {
		p.line("%s", clean(fmt.Sprintf("closed %s by %s: %s", r.ClosedAt.UTC().Format(minute), r.ClosedBy, r.Reason)))
	}
	p.line("%s", p.look(bold, rollCounts(r)))
	if r.Unreachable > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("%s not accounted for cannot be reached: no address that a channel sends to, and no phone", count(r.Unreachable, "person", "people"))))
	}
}

func (p *paper) rollPeople(a *app.App, r *desk.Roll, is vedette.RollStanding) {
	if r.Counts[is] == 0 {
		return
	}
	p.heading(fmt.Sprintf("%s (%d)", rollWords[is], r.Counts[is]))
	for i := range r.People {
		o := &r.People[i]
		if o.Is != is {
			continue
		}
		name := o.Name()
		if !o.Reached && !is.Accounted() {
			name += " (NO ADDRESS, NO PHONE)"
		}
		if o.Uncased {
			name += " (NO CASE: ask first, then account for them again)"
		}
		if w := where(a, o.Where); w != "" {
			name += ": " + w
		}
		p.item("• ", name)
		if w := rollHeard(o); w != "" {
			p.note(2, w)
		}
		if o.Text != "" {
			p.note(2, "“"+o.Text+"”")
		}
	}
}

// rollHeard says by which word somebody stands as they do, and when it came.
func rollHeard(o *desk.RollPerson) string {
	if o.At.IsZero() {
		return ""
	}
	at := o.At.UTC().Format("15:04 UTC")
	if o.Is == vedette.RollStale {
		at = o.At.UTC().Format(minute)
	}
	if o.Account == nil {
		return o.Heard() + " at " + at + staleSince(o)
	}
	return o.Heard() + ", " + at + staleSince(o)
}

// staleSince says since when a word is older than the question.
func staleSince(o *desk.RollPerson) string {
	if o.Is != vedette.RollStale {
		return ""
	}
	return "; asked again " + o.Asked.UTC().Format(minute)
}

// due says when something is to be done.
func due(at, now time.Time) string {
	if !at.After(now) {
		return "now"
	}
	return at.UTC().Format("15:04 UTC")
}
