package engine

import (
	"time"

	"vedette/deliver/breaker"
	"vedette/deliver/webhook"
	"vedette/store"
)

// probeLasts is for how long one message may be trying a system, before
// another does.
const probeLasts = sendLimit + 15*time.Second

// passed, by how it did as the store knows it, so that all who send know and a
// restart forgets nothing, says when a system that is left alone is looked at again, the zero
// time where something may be sent now: of several that wait one is.
func (p *press) passed(hook int64, now time.Time) time.Time {
	r := p.receivers[hook]
	s := breaker.State{Failures: r.Failures, Since: r.Since, Last: r.Last}
	until := webhook.Spares.Until(s)
	switch {
	case !webhook.Spares.Tries(s):
		return time.Time{}
	case until.After(now.Add(webhook.Spares.Most)): // the clock went back
	case until.After(now):
		return until
	}
	if at := p.probes[hook]; at.After(s.Last) && !at.After(now) && now.Sub(at) < probeLasts {
		return now.Add(2 * time.Second) // one is trying it
	}
	p.probes[hook] = now
	return time.Time{}
}

// spared is the outcome of a claim whose system is left alone: no try is
// counted.
func spared(c store.Claimed, until time.Time) job {
	o := outcome(c)
	o.Event, o.Detail, o.Untried, o.DueAt = "retry", "passed over: the system took nothing the last times; it is tried again", true, until
	return job{claim: c, done: &o}
}
