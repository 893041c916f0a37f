package main

import (
	"fmt"
	"io"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type reconcileCmd struct {
	Update string `arg:"" help:"The update's id."`
	Log    string `help:"A provider's log to hold it against: a table with columns for message id and status, or a mail server's lines; - for standard input." placeholder:"FILE"`
	All    bool   `help:"Name everyone, not the first of each sort."`
	JSON   bool   `help:"Print one JSON object." name:"json"`
}

// Help says what it proves.
func (c *reconcileCmd) Help() string {
	return `Holds the ledger of an update against itself: everyone who has a notice is in exactly one
state, everyone who is to be told has a notice, and whoever was not reached is named with the
reason. With --log every mail is held against what the provider says became of it.

Ends with 1 where something does not add up.`
}

// Run reconciles an update.
func (c *reconcileCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		var log io.Reader
		if c.Log != "" {
			f, err := s.file(c.Log, "log")
			if err != nil {
				return err
			}
			defer f.Close()
			log = f
		}
		r, err := a.Desk.Reconcile(s.ctx, vedette.ID(c.Update), log)
		if err != nil {
			return err
		}
		if c.JSON {
			err = s.printJSON(reconciledJSON(r))
		} else {
			err = s.paper().reconciled(s, a, r, c.All)
		}
		if err == nil && len(r.Gaps) > 0 {
			err = errSaid
		}
		return err
	})
}

func reconciledJSON(r *desk.Reconciliation) map[string]any {
	account := func(a *desk.Account) map[string]any {
		return map[string]any{"recipients": a.Recipients, "no_address": a.NoAddress, "states": states(a.States), "adds_up": a.Sum() == a.Recipients}
	}
	gaps := []map[string]any{}
	for _, g := range r.Gaps {
		gaps = append(gaps, map[string]any{"kind": g.Kind, "recipient": g.Recipient, "reason": g.Reason})
	}
	out := map[string]any{"update": r.Update.ID, "as_of": r.AsOf.UTC(), "people": account(&r.People), "hooks": account(&r.Hooks), "managers": account(&r.Managers), "gaps": gaps}
	if r.Log != nil {
		out["log"] = map[string]int{"lines": r.Log.Lines, "of_this_update": len(r.Log.Fates), "others": r.Log.Others}
	}
	return out
}

// gapWords say what each sort of gap is.
var gapWords = map[desk.GapKind]string{
	desk.GapUncounted: "does not add up", desk.GapUnplanned: "to be told, and without a notice", desk.GapUnfinished: "still being planned",
	desk.GapRefuted: "accepted by the ledger, failed by the log", desk.GapUnlogged: "accepted by the ledger, not in the log",
	desk.GapUnnoted: "handed on by the log, not by the ledger", desk.GapFailed: "failed", desk.GapUnknown: "nobody knows whether it arrived",
	desk.GapWithheld: "withheld", desk.GapLate: "due, and not sent", desk.GapUnreachable: "without an address",
}

func (p *paper) reconciled(s *session, a *app.App, r *desk.Reconciliation, all bool) error {
	p.line("%s", p.look(bold, clean(headline(r.Update))))
	p.line("%s", p.look(dim, fmt.Sprintf("update %d of %s · %s · as of %s", r.Update.Number, clean(r.Update.Situation.Title), r.Update.State, r.AsOf.UTC().Format("15:04:05 UTC"))))
	p.account("people", &r.People)
	p.account("webhooks", &r.Hooks)
	p.account("managers", &r.Managers)
	if l := r.Log; l != nil {
		p.line("log: %s, %s of this update, %d of others", count(l.Lines, "line", "lines"), count(len(l.Fates), "message", "messages"), l.Others)
	}
	if len(r.Gaps) == 0 {
		p.line("")
		p.line("no gap: everyone who is to be told was told, or is about to be")
		return nil
	}
	return p.gaps(s, a, r.Gaps, all)
}

// account prints recipients as the sum of their states.
func (p *paper) account(what string, c *desk.Account) {
	if c.Recipients == 0 && c.Sum() == 0 {
		return
	}
	var parts []string
	for _, st := range vedette.DeliveryStates {
		if n := c.States[st]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, st))
		}
	}
	if c.NoAddress > 0 {
		parts = append(parts, fmt.Sprintf("%d without an address", c.NoAddress))
	}
	p.line("%s %d = %s", what, c.Recipients, strings.Join(parts, " + "))
}

// gaps names what does not add up, the first of each sort or all.
func (p *paper) gaps(s *session, a *app.App, list []desk.Gap, all bool) error {
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Kind == list[0].Kind {
			n++
		}
		p.heading(fmt.Sprintf("%s: %d", gapWords[list[0].Kind], n))
		shown := n
		if !all {
			shown = min(n, maxShown)
		}
		names, err := a.Desk.Recipients(s.ctx, list[:shown])
		if err != nil {
			return err
		}
		for i, g := range list[:shown] {
			line := clean(g.Reason)
			if names[i] != "" {
				line = strings.TrimSuffix(clean(names[i])+": "+line, ": ")
			}
			p.item("• ", line)
		}
		if shown < n {
			p.line("  … and %d more; --all names them", n-shown)
		}
		list = list[n:]
	}
	return nil
}
