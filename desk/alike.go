package desk

import (
	"time"

	"vedette"
	"vedette/advise"
	"vedette/tell"
)

// alike is all that an update's outcome depends on for somebody who is kept
// at one place for good, by a word that is fresh, and has neither a notice of
// the situation nor a wish to be told more. Most people are so, and many are
// alike: what it comes to for them is worked out once.
type alike struct {
	kind    int // of their facts
	area    vedette.AreaID
	because vedette.Because
	site    string
	point   vedette.Point
	pointed bool
	spread  float64
}

// alikeAs says as whom somebody is alike, false where they are judged by
// themselves.
func (c *census) alikeAs(key int64, kind int, ps []vedette.Presence) (alike, bool) {
	if len(ps) != 1 || c.record.Held(key) != nil {
		return alike{}, false
	}
	p := &ps[0]
	kept := p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite
	fresh := p.Recorded.IsZero() || c.now.Sub(p.Recorded) <= time.Duration(c.people.Settings().StaleDays)*24*time.Hour
	if !kept || !fresh || !p.From.IsZero() || !p.To.IsZero() || p.Ended != "" || len(c.people.Watches(key)) > 0 {
		return alike{}, false
	}
	a := alike{kind: kind, area: p.Area, because: p.Because, site: p.Site, spread: p.Spread}
	if p.Point != nil {
		a.point, a.pointed = *p.Point, true
	}
	return a, true
}

// of is what the update comes to for one person, whose facts are of a kind.
func (c *census) of(key int64, kind int, who advise.Person) tell.Outcome {
	a, ok := c.alikeAs(key, kind, who.Presences)
	if !ok {
		return c.record.Of(who, c.people.Watches(key), c.record.Held(key))
	}
	if o, known := c.worked.Load(a); known {
		return *o.(*tell.Outcome)
	}
	o := c.record.Of(who, nil, nil)
	c.worked.Store(a, &o)
	return o
}
