package match

import (
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// subject is one area an update is about: an affected one, or a target of
// an advice.
type subject struct {
	area     vedette.AreaID
	affected bool
	travel   bool             // the advice restricts travel to the area
	reached  bool             // it is for a distance that reaches into the area
	except   []vedette.AreaID // parts of the area the advice leaves out
	text     string           // the advice's words, for the reasons
}

// subjects lists what an update is about, affected areas first, then the
// targets of its advice in the report's order, one for each advice and area.
func subjects(g *gazetteer.Gazetteer, u *vedette.Update) []subject {
	var out []subject
	for _, p := range u.Content.Affected {
		if p.Area != "" {
			out = append(out, subject{area: p.Area, affected: true})
		}
	}
	for gi := range u.Content.Recommendations {
		group := &u.Content.Recommendations[gi]
		for ai := range group.Advice {
			out = append(out, targets(g, &group.Advice[ai], group.Area)...)
		}
	}
	return out
}

func targets(g *gazetteer.Gazetteer, a *vedette.Advice, group vedette.AreaID) []subject {
	var except []vedette.AreaID
	for _, p := range a.Except {
		if p.Area != "" {
			except = append(except, p.Area)
		}
	}
	var out []subject
	at := map[vedette.AreaID]int{}
	for i := range a.Actions {
		act := &a.Actions[i]
		areas := act.Areas(group)
		for j, id := range slices.Concat(areas, g.Reached(a, act, group)) {
			n, ok := at[id]
			if !ok {
				n = len(out)
				at[id] = n
				out = append(out, subject{area: id, reached: true, except: except, text: a.Text})
			}
			out[n].travel = out[n].travel || act.Action.Restricts()
			out[n].reached = out[n].reached && j >= len(areas)
		}
	}
	return out
}

// Prepared is an update made ready to be held against many people. It is
// safe for concurrent use.
type Prepared struct {
	g        *gazetteer.Gazetteer
	subjects []subject

	mu     sync.RWMutex
	stands map[vedette.AreaID]stand // one for each area somebody was at
}

// stand is how an area meets an update, for somebody there now and for
// somebody on their way.
type stand struct{ here, ahead vedette.Relation }

// Prepare makes an update ready. The update must not change afterwards.
func Prepare(g *gazetteer.Gazetteer, u *vedette.Update) *Prepared {
	return &Prepared{g: g, subjects: subjects(g, u), stands: map[vedette.AreaID]stand{}}
}

// Relate decides how a person with these presences stands to an update at a
// moment, with the reasons in words.
func Relate(g *gazetteer.Gazetteer, u *vedette.Update, ps []vedette.Presence, now time.Time) vedette.Exposure {
	return Prepare(g, u).Relate(ps, now)
}

// Relation decides as Relate does, without the reasons: for counting and
// planning, where nobody reads them.
func (p *Prepared) Relation(ps []vedette.Presence, now time.Time) vedette.Relation {
	best := vedette.RelationOut
	for i := range ps {
		r := p.relation(&ps[i], now)
		if r == vedette.RelationIn {
			return r
		}
		best = stronger(best, r)
	}
	return best
}

func (p *Prepared) relation(pr *vedette.Presence, now time.Time) vedette.Relation {
	switch timing(pr, now) {
	case here:
		return p.stand(pr.Area).here
	case ahead:
		return p.stand(pr.Area).ahead
	}
	return vedette.RelationOut
}

// stand looks up how an area meets the update; each area is worked out once.
func (p *Prepared) stand(area vedette.AreaID) stand {
	p.mu.RLock()
	s, ok := p.stands[area]
	p.mu.RUnlock()
	if ok {
		return s
	}
	s = stand{vedette.RelationOut, vedette.RelationOut}
	for i := range p.subjects {
		r := p.meet(&p.subjects[i], area)
		s.here = stronger(s.here, r)
		if p.subjects[i].travel {
			s.ahead = stronger(s.ahead, r)
		}
	}
	p.mu.Lock()
	p.stands[area] = s
	p.mu.Unlock()
	return s
}

// meet says how an area lies to a subject: inside it, holding it, or apart.
// What an advice leaves out is no part of its target.
func (p *Prepared) meet(s *subject, area vedette.AreaID) vedette.Relation {
	switch {
	case area == "":
		return vedette.RelationOut
	case s.area == area, p.g.Contains(s.area, area): // one the gazetteer lacks is still itself
		if p.excepts(s, area) {
			return vedette.RelationOut
		}
		if s.reached {
			return vedette.RelationMayBe
		}
		return vedette.RelationIn
	case p.g.Contains(area, s.area):
		return vedette.RelationMayBe
	}
	return vedette.RelationOut
}

func (p *Prepared) excepts(s *subject, area vedette.AreaID) bool {
	for _, e := range s.except {
		if e == area || p.g.Contains(e, area) {
			return true
		}
	}
	return false
}

func stronger(a, b vedette.Relation) vedette.Relation {
	if rank(b) > rank(a) {
		return b
	}
	return a
}

func rank(r vedette.Relation) int {
	switch r {
	case vedette.RelationIn:
		return 2
	case vedette.RelationMayBe:
		return 1
	}
	return 0
}

// when says what a presence counts for at a moment.
type when int

const (
	none  when = iota // over, or of the future without being a trip
	here              // it holds now
	ahead             // a trip that has not begun
)

func timing(pr *vedette.Presence, now time.Time) when {
	switch {
	case pr.Covers(now):
		return here
	case pr.Because == vedette.BecauseTrip && pr.Ahead(now):
		return ahead
	}
	return none
}
