package desk

import (
	"context"
	"fmt"
	"slices"

	"vedette"
	"vedette/store"
	"vedette/tell"
)

// Reminders are what follows the first sending where nobody answers: the most
// that the policies may add.
type Reminders struct {
	People int // who are told again until they answer
	Times  int // how often, at most
	Texts  *Texts
	Calls  *Calls
}

// policy is what is done while somebody who is told does not answer.
func (n *counting) policy(v *vedette.Variant, relation vedette.Relation) (p vedette.Policy) {
	if !n.record.Update.Urges(relation) {
		return p
	}
	return n.set.PolicyOf(n.record.Update.UrgencyOf(v), v.Risk)
}

// remind counts those who are told again.
func (n *counting) remind(j *judged, o *tell.Outcome) {
	p := n.policy(&o.Advised.Variant, o.Relation)
	if times := p.Tells(""); times > 0 {
		n.again, n.times = n.again+j.n, max(n.times, times)
	}
}

// reminders works out from the samples of the first sending what telling again
// takes at most.
func (n *counting) reminders(ctx context.Context) (r Reminders, err error) {
	r = Reminders{People: n.again, Times: n.times}
	if n.again == 0 {
		return r, nil
	}
	u := n.record.Update
	over := func(c vedette.Channel) func(*sampled) int {
		return func(s *sampled) int {
			p := n.policy(&s.variant, s.relation)
			return p.Tells(c)
		}
	}
	if n.d.SMS != nil {
		e, err := n.d.estimate(ctx, &n.texts, n.d.textCosting(u, vedette.CauseReminder).times(over(vedette.ChannelSMS)))
		if err != nil {
			return r, err
		}
		r.Texts = n.d.textsOf(e)
	}
	if n.d.Voice != nil {
		named := func(s *sampled) bool { // a step that names calls makes them of what is else only written
			p := n.policy(&s.variant, s.relation)
			return slices.ContainsFunc(p.Steps, func(s vedette.Step) bool { return slices.Contains(s.Over, vedette.ChannelVoice) })
		}
		cost := n.d.callCosting(u, vedette.CauseReminder).times(over(vedette.ChannelVoice))
		cost.to = func(s *sampled, sp *store.SealedPerson, set *vedette.Settings) (string, string) {
			return n.d.callee(u, &s.variant, sp, set, named(s))
		}
		e, err := n.d.estimate(ctx, &n.calls, cost)
		if err != nil {
			return r, err
		}
		r.Calls = n.d.callsOf(e)
	}
	return r, nil
}

// Words say it in a line, "" where nobody is told again.
func (r Reminders) Words() string {
	if r.People == 0 {
		return ""
	}
	who := fmt.Sprintf("%d people are", r.People)
	if r.People == 1 {
		who = "1 person is"
	}
	s := fmt.Sprintf("while no answer comes, %s told again, up to %d %s", who, r.Times, plural(r.Times, "time"))
	sep := "; beside the first sending that is at most "
	for _, words := range []string{r.Calls.Words(), r.Texts.Words()} {
		if words != "" {
			s, sep = s+sep+words, "; "
		}
	}
	return s
}
