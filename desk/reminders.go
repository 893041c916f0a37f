package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/store"
	"vedette/tell"
	"vedette/wording"
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

// Words say it in English.
func (r Reminders) Words() string { return r.Says().String() }

// Says is it in a line, nothing where nobody is told again.
func (r Reminders) Says() (s wording.Said) {
	switch {
	case r.People == 0:
		return s
	case r.People == 1 && r.Times == 1:
		s = wording.Of("while no answer comes, %d person is told again, up to %d time", r.People, r.Times)
	case r.People == 1:
		s = wording.Of("while no answer comes, %d person is told again, up to %d times", r.People, r.Times)
	case r.Times == 1:
		s = wording.Of("while no answer comes, %d people are told again, up to %d time", r.People, r.Times)
	default:
		s = wording.Of("while no answer comes, %d people are told again, up to %d times", r.People, r.Times)
	}
	if most := r.Calls.Says().Then(r.Texts.Says()); !most.Nothing() {
		s = s.Then(wording.Of("beside the first sending that is at most %s", most))
	}
	return s
}
