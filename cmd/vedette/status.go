package main

import (
	"encoding/json"
	"fmt"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type statusCmd struct {
	Update string `arg:"" help:"The update's id."`
	People string `help:"List the people instead: help, safe, not_there, silent, call (those to be called, for they do not answer), unreachable, failed, unknown, withheld, queued or all." enum:"help,safe,not_there,silent,call,unreachable,failed,unknown,withheld,queued,all," default:"" placeholder:"WHICH"`
	JSON   bool   `help:"Print one JSON object." name:"json"`
}

// Run shows the board of an update.
func (c *statusCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if c.People != "" {
			return c.people(s, a)
		}
		b, err := a.Desk.Board(s.ctx, vedette.ID(c.Update))
		if err != nil {
			return err
		}
		if c.JSON {
			enc := json.NewEncoder(s.out)
			enc.SetIndent("", "  ")
			return enc.Encode(statusJSON(b))
		}
		p := s.paper()
		p.board(b)
		p.cleared(a, b)
		return nil
	})
}

// people lists who is behind a count, with where they are and how to reach
// them by hand.
func (c *statusCmd) people(s *session, a *app.App) error {
	f := desk.RowFilter{}
	switch c.People {
	case "help", "safe", "not_there":
		f.Answer = vedette.ReplyKind(c.People)
	case "silent":
		f.Silent = true
	case "call":
		f.Called = true
	case "unreachable":
		f.Unreachable = true
	case "failed", "unknown", "withheld", "queued":
		f.State = vedette.DeliveryState(c.People)
	}
	rows, err := a.Desk.BoardRows(s.ctx, vedette.ID(c.Update), f)
	if err != nil {
		return err
	}
	table := [][]string{{"NAME", "PHONE", "E-MAIL", "WHERE", "MESSAGE", "ANSWER"}}
	for _, r := range rows {
		phone := r.Person.Record.Phone()
		state, answer := string(r.State), string(r.Answer)
		if r.State == "" {
			state = "unreachable"
		}
		if r.Duress {
			answer = "DURESS, do not ring: said " + answer
		}
		if r.Shut != "" {
			state += ", COMPROMISED"
		}
		answer += desk.TappedWords(r.TappedAt, r.AnsweredAt)
		if r.Text != "" {
			answer += ": " + r.Text
		}
		table = append(table, []string{r.Person.Record.Name, phone, r.Person.Record.Email(), where(a, r.Where), state, answer})
	}
	if len(rows) == 0 {
		s.printf("nobody\n")
		return nil
	}
	s.paper().table(table)
	return nil
}

func statusJSON(b *desk.Board) map[string]any {
	t := &b.Tally
	answers := map[vedette.ReplyKind]int{}
	for _, k := range vedette.ReplyKinds {
		answers[k] = t.Answers[k]
	}
	return map[string]any{
		"update": b.Update.ID, "state": b.Update.State, "status": b.Update.Status, "number": b.Update.Number,
		"fanout":    t.Fanout.State,
		"concerned": t.Concerned, "in": t.In, "may_be_in": t.MayBe, "unreachable": t.Unreachable, "silent": t.Silent,
		"deliveries": orBeyond(t.Deliveries), "states": states(t.Deliveries), "hooks": orBeyond(t.Hooks), "managers": managersJSON(t.Superiors),
		"all_clears": clearsJSON(b), "answers": answers, "told_again": b.Patience.Running, "call_list": b.Patience.Asked, "told_later": b.Waits.Quiet, "told_in_digest": b.Waits.Digest, "told_next": b.Waits.Next, "silent_areas": quietJSON(b), "sending": b.Sending, "compromised": len(b.Shut), "as_of": b.AsOf.UTC(),
	}
}

// quietJSON lists the areas whose word falls under their habit.
func quietJSON(b *desk.Board) []map[string]any {
	out := []map[string]any{}
	for _, q := range b.Quiet {
		out = append(out, map[string]any{"area": q.Area, "since": q.Since.UTC(), "nothing": q.Nothing, "sent": q.Sent, "received": q.Arrived, "by_habit": q.Expected, "words": q.Says.String()})
	}
	return out
}

// managersJSON counts the managers told of a trip, and those not reached.
func managersJSON(m map[vedette.DeliveryState]int) map[string]int {
	out := map[string]int{"no_address": m[""]}
	for st, n := range states(m) {
		out[string(st)] = n
	}
	return out
}

// orBeyond counts by state, with those that came further.
func orBeyond(m map[vedette.DeliveryState]int) map[vedette.DeliveryState]int {
	out := map[vedette.DeliveryState]int{}
	for _, st := range vedette.DeliveryStates {
		out[st] = vedette.Beyond(m, st)
	}
	return out
}

// states counts by state: each delivery is in exactly one.
func states(m map[vedette.DeliveryState]int) map[vedette.DeliveryState]int {
	out := map[vedette.DeliveryState]int{}
	for _, st := range vedette.DeliveryStates {
		out[st] = m[st]
	}
	return out
}

func (p *paper) board(b *desk.Board) {
	u, t := b.Update, &b.Tally
	if m := u.Status.Mark(); m != "" {
		p.line("%s", p.look(bold+";"+yellow, m))
	}
	p.line("%s", p.look(bold, clean(headline(u))))
	p.line("%s", p.look(dim, fmt.Sprintf("update %d of %s · %s · as of %s", u.Number, clean(u.Situation.Title), u.State, b.AsOf.UTC().Format("15:04:05 UTC"))))
	if u.Mark != nil && !u.Mark.StoppedAt.IsZero() {
		p.line("stopped %s: %s", u.Mark.StoppedAt.UTC().Format("15:04:05 UTC"), clean(u.Mark.StopReason))
	}
	if !b.Sending && t.Deliveries[vedette.DeliveryQueued] > 0 || !b.Sending && t.Fanout.State != vedette.FanoutPlanned && t.Fanout.State != vedette.FanoutHalted {
		p.line("%s", p.look(red, "nothing is being sent: no \"vedette serve\" or \"work\" with a mail server is running"))
	}
	switch t.Fanout.State {
	case vedette.FanoutQueued, vedette.FanoutPlanning:
		p.line("%s", p.look(yellow, fmt.Sprintf("still planning: %d notices so far; the numbers below grow", t.Fanout.Notices)))
	case vedette.FanoutHalted:
		p.line("%s", p.look(yellow, "stopped before all notices were planned"))
	}
	for _, q := range b.Quiet {
		p.line("%s", p.look(red, "SILENT: "+clean(q.Says.String())))
	}
	for i := range b.Shut {
		p.line("%s", p.look(red, "NOT TOLD: "+clean(b.Shut[i].Person.Record.Name+": "+b.Shut[i].Words())))
	}
	p.line("")
	p.line("%-12s %6d   %d in, %d may be in", "concerned", t.Concerned, t.In, t.MayBe)
	if t.Unreachable > 0 {
		p.line("%-12s %6d   %s", "unreachable", t.Unreachable, p.look(red, "no address that a channel sends to"))
	}
	p.states("deliveries", t.Deliveries)
	for _, x := range []struct {
		n    int
		at   time.Time
		what string
	}{{b.Waits.Quiet, b.Waits.QuietAt, "told when their quiet hours end"}, {b.Waits.Digest, b.Waits.DigestAt, "told in their digest"}, {b.Waits.Next, b.Waits.NextAt, "told over their next channel, if the one before does not reach them"}} {
		if x.n > 0 {
			p.line("  %s %s, the first at %s", count(x.n, "person is", "people are"), x.what, x.at.UTC().Format("2 Jan 15:04 UTC"))
		}
	}
	if len(t.Hooks) > 0 {
		p.states("webhooks", t.Hooks)
	}
	p.managers(b.Managers)
	p.answers(b)
}

// managers shows who was told of trips that clash, and names who is not
// reached.
func (p *paper) managers(list []desk.ToldManager) {
	if len(list) == 0 {
		return
	}
	by, lost := map[vedette.DeliveryState]int{}, 0
	for _, m := range list {
		by[m.State]++
	}
	p.states("managers told of a trip", by)
	for _, m := range list {
		what := ""
		switch m.State {
		case "":
			what = "no address"
		case vedette.DeliveryFailed, vedette.DeliveryUnknown:
			what = string(m.State) + detail(m.Detail)
		default:
			continue
		}
		if lost++; lost > maxLost {
			continue
		}
		p.line("  %s", p.look(red, fmt.Sprintf("not reached: %s, manager of %s: %s", clean(m.Manager), clean(m.Traveller.Record.Name), what)))
	}
	if lost > maxLost {
		p.line("  … and %d more", lost-maxLost)
	}
}

// maxLost bounds how many managers are named who are not reached.
const maxLost = 50

// states prints the states of a ledger. Accepted, received and seen count
// those beyond, too.
func (p *paper) states(what string, m map[vedette.DeliveryState]int) {
	p.line("")
	p.line("%s", p.look(bold, what))
	for _, st := range vedette.DeliveryStates {
		n, note := vedette.Beyond(m, st), ""
		if n != m[st] {
			note = fmt.Sprintf("   %d no further", m[st])
		}
		p.line("  %-10s %6d%s", st, n, note)
	}
}

func (p *paper) answers(b *desk.Board) {
	t := &b.Tally
	p.line("")
	p.line("%s", p.look(bold, "answers"))
	p.line("  %-10s %6d", p.look(red, "need help"), t.Answers[vedette.ReplyHelp])
	p.line("  %-10s %6d", "safe", t.Answers[vedette.ReplySafe])
	p.line("  %-10s %6d", "not there", t.Answers[vedette.ReplyNotThere])
	p.line("  %-10s %6d", "silent", t.Silent)
	if n := b.Patience.Running; n > 0 {
		p.line("%s", fmt.Sprintf("  %s asked again until an answer comes, next %s", count(n, "person is", "people are"), b.Patience.Next.UTC().Format("15:04:05 UTC")))
	}
	if n := b.Patience.Asked; n > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("  %s not answer: call them: vedette status %s --people call", count(n, "person does", "people do"), b.Update.ID)))
	}
	for _, e := range b.Earlier {
		p.line("%s", p.look(red, fmt.Sprintf("  %s for help by update %d, before this one: vedette status %s", count(e.Help, "person called", "people called"), e.Update.Number, e.Update.ID)))
	}
}
