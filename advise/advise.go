package advise

import (
	"slices"
	"time"

	"vedette"
	"vedette/advise/condition"
	"vedette/gazetteer"
	"vedette/wording"
)

// Person is what advice needs to know of someone.
type Person struct {
	Citizenship []vedette.AreaID // countries; empty where not known
	Standing    vedette.Standing // to the country they live in; "" where not known
	Dependants  bool             // some are on record; false is not known
	Presences   []vedette.Presence
	Drawn       []Drawn
}

// Drawn is a presence that lies in what an update draws, as match found it.
type Drawn struct {
	Update vedette.ID
	Area   vedette.AreaID // of the presence
	MayBe  bool
	Ahead  bool         // by a trip that has not begun
	Risk   vedette.Risk // the highest set for what is drawn there, unknown for none
	Own    bool         // all that is drawn there has a risk of its own
}

// Advised is what applies to a person. It is shared between all to whom the
// same applies: do not change it.
type Advised struct {
	Variant  vedette.Variant // No is not set; the zero Variant but for Others for somebody out
	Key      string          // of the variant, as Key gives it
	Withheld []Withheld      // of the update's own advice, in the report's order
}

// Withheld is advice that would apply by place but is not told to this
// person: it is not for them, or its condition was declared passed.
type Withheld struct {
	Group, Item int // as in vedette.NoticeLine
	Reason      wording.Said
}

// Prepared is an update made ready to advise many people. It is safe for
// concurrent use.
type Prepared struct {
	g         *gazetteer.Gazetteer
	update    *vedette.Update
	items     []item
	affected  []vedette.AreaID
	immediate bool // something is: the order is by what saves first
	clears    []clearing
	alone     *Standing
}

// For gives what of an update applies to a person at a moment, by the
// conditions as they were declared.
func For(g *gazetteer.Gazetteer, u *vedette.Update, declared []vedette.Declared, p Person, now time.Time) Advised {
	return Prepare(g, u, declared).For(p, now)
}

// Prepare makes an update ready, its conditions as they were declared: what is
// declared later needs another Prepared. Of all-clears those count that are
// about it. The update must not change afterwards.
func Prepare(g *gazetteer.Gazetteer, u *vedette.Update, declared []vedette.Declared, clears ...*vedette.Update) *Prepared {
	p := &Prepared{g: g, update: u, immediate: u.Content.Urgency == vedette.UrgencyImmediate, clears: clearings(g, u, clears)}
	for _, a := range u.Content.Affected {
		if a.Area != "" {
			p.affected = append(p.affected, a.Area)
		}
	}
	states, drawing := condition.Of(u, declared), drawingOf(u, p.affected)
	for gi := range u.Content.Recommendations {
		group := &u.Content.Recommendations[gi]
		for ai := range group.Advice {
			it := newItem(g, &group.Advice[ai], group.Area, states.Of(gi, ai), drawing)
			it.group, it.item = gi, ai
			switch it.state {
			case vedette.ConditionPassed:
				it.passed = states.Passed(gi, ai)
			case vedette.ConditionMet:
				it.since = states.Since(gi, ai)
			}
			if slices.ContainsFunc(it.targets, func(t target) bool { return t.drawn }) {
				it.same += "\nin what is drawn by " + string(u.ID)
			}
			p.items = append(p.items, it)
		}
	}
	p.alone = Over(p, nil, nil)
	return p
}

// drawing is what an update's shapes stand for.
type drawing struct {
	there bool           // something is drawn
	of    vedette.AreaID // the one area it is the drawing of, "" where several are affected or none
}

// drawingOf takes what is drawn for the affected area where that is a single
// one: what is advised there is for whoever is in the drawing. Of several it
// is not known which of them it draws.
func drawingOf(u *vedette.Update, affected []vedette.AreaID) drawing {
	d := drawing{there: len(u.Shapes) > 0}
	if d.there && len(affected) == 1 {
		d.of = affected[0]
	}
	return d
}

// Update is the one that was made ready.
func (p *Prepared) Update() *vedette.Update { return p.update }

// For gives what applies to a person at a moment by this update alone.
func (p *Prepared) For(who Person, now time.Time) Advised { return p.alone.For(who, now) }

// concerns says whether the update concerns somebody for this place: the
// same question that match.Relate answers.
func (p *Prepared) concerns(s spot) bool {
	if s.drawn != "" {
		return s.drawn == p.update.ID
	}
	if !s.ahead {
		for _, a := range p.affected {
			if meets(p.g, a, s.area) {
				return true
			}
		}
	}
	for i := range p.items {
		it := &p.items[i]
		for _, t := range it.targets {
			if s.ahead && !t.action.Restricts() {
				continue
			}
			if r := p.meet(it, t.area, s.area); r == inside || r == around {
				return true
			}
		}
	}
	return false
}

// risk is that of a place. Somebody who may be in a narrower area for which
// the analyst set a higher one has that: we do not know that they are not.
func (p *Prepared) risk(s spot) vedette.Risk {
	if s.drawn != "" && s.own {
		return s.risk
	}
	r := p.update.RiskAt(append([]vedette.AreaID{s.area}, p.g.Ancestors(s.area)...))
	for _, ar := range p.update.AreaRisks {
		if p.g.Contains(s.area, ar.Area) {
			r = max(r, ar.Risk)
		}
	}
	return max(r, s.risk)
}
