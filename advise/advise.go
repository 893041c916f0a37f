package advise

import (
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Person is what advice needs to know of someone.
type Person struct {
	Citizenship []vedette.AreaID // countries; empty where not known
	Presences   []vedette.Presence
}

// Advised is what applies to a person. It is shared between all to whom the
// same applies: do not change it.
type Advised struct {
	Variant  vedette.Variant // No is not set; the zero Variant for somebody out
	Withheld []Withheld      // in the report's order
}

// Withheld is advice that would apply by place but not to this person.
type Withheld struct {
	Group, Item int // as in vedette.NoticeLine
	Reason      string
}

// Prepared is an update made ready to advise many people. What applies is
// worked out once for each distinct set of places and citizenships that
// matter to the update, and kept: as many results as there are such sets. It
// is safe for concurrent use.
type Prepared struct {
	g         *gazetteer.Gazetteer
	update    *vedette.Update
	items     []item
	affected  []vedette.AreaID
	immediate bool // something is: the order is by what saves first
	nations   bool // some advice is for nationals: citizenship matters

	mu      sync.RWMutex
	touched map[vedette.AreaID]touch
	known   map[string]Advised
}

// touch says whether an area has anything to do with the update, for
// somebody there now and for somebody on their way.
type touch struct{ here, ahead bool }

// spot is a place somebody is at, or has a trip ahead to.
type spot struct {
	area  vedette.AreaID
	ahead bool
}

// For gives what of an update applies to a person at a moment.
func For(g *gazetteer.Gazetteer, u *vedette.Update, p Person, now time.Time) Advised {
	return Prepare(g, u).For(p, now)
}

// Prepare makes an update ready. The update must not change afterwards.
func Prepare(g *gazetteer.Gazetteer, u *vedette.Update) *Prepared {
	p := &Prepared{g: g, update: u, immediate: u.Content.Urgency == vedette.UrgencyImmediate,
		touched: map[vedette.AreaID]touch{}, known: map[string]Advised{}}
	for _, a := range u.Content.Affected {
		if a.Area != "" {
			p.affected = append(p.affected, a.Area)
		}
	}
	for gi := range u.Content.Recommendations {
		group := &u.Content.Recommendations[gi]
		for ai := range group.Advice {
			it := newItem(g, &group.Advice[ai], group.Area)
			it.group, it.item = gi, ai
			p.items = append(p.items, it)
			p.nations = p.nations || it.audience.national()
		}
	}
	return p
}

// For gives what applies to a person at a moment.
func (p *Prepared) For(who Person, now time.Time) Advised {
	spots := p.spots(who.Presences, now)
	if len(spots) == 0 {
		return Advised{}
	}
	nations := who.Citizenship
	if !p.nations {
		nations = nil
	}
	key := keyOf(spots, nations)
	p.mu.RLock()
	a, ok := p.known[string(key)]
	p.mu.RUnlock()
	if ok {
		return a
	}
	a = p.work(spots, nations)
	p.mu.Lock()
	p.known[string(key)] = a
	p.mu.Unlock()
	return a
}

// spots gives where somebody is and will be, as far as the update has
// anything to do with it: sorted, each once.
func (p *Prepared) spots(ps []vedette.Presence, now time.Time) []spot {
	var out []spot
	for i := range ps {
		pr := &ps[i]
		s := spot{area: pr.Area}
		switch {
		case pr.Area == "":
			continue
		case pr.Covers(now):
			if !p.touch(pr.Area).here {
				continue
			}
		case pr.Because.Travels() && pr.Ahead(now):
			if !p.touch(pr.Area).ahead {
				continue
			}
			s.ahead = true
		default:
			continue
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b spot) int {
		switch {
		case a.ahead != b.ahead && b.ahead, a.ahead == b.ahead && a.area < b.area:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	return out
}

// touch works out each area once. A part that an advice leaves out still
// touches it: that it was left out is a reason to give.
func (p *Prepared) touch(area vedette.AreaID) touch {
	p.mu.RLock()
	t, ok := p.touched[area]
	p.mu.RUnlock()
	if ok {
		return t
	}
	for _, a := range p.affected {
		t.here = t.here || p.meets(a, area)
	}
	for i := range p.items {
		for _, tg := range p.items[i].targets {
			if p.meets(tg.area, area) {
				t.here = true
				t.ahead = t.ahead || tg.action.Restricts()
			}
		}
	}
	p.mu.Lock()
	p.touched[area] = t
	p.mu.Unlock()
	return t
}

func (p *Prepared) meets(area, at vedette.AreaID) bool {
	return area == at || p.g.Contains(area, at) || p.g.Contains(at, area)
}

// keyOf tells apart all that the result depends on.
func keyOf(spots []spot, nations []vedette.AreaID) []byte {
	b := make([]byte, 0, 96)
	for _, s := range spots {
		if s.ahead {
			b = append(b, '>')
		}
		b = append(append(b, s.area...), ' ')
	}
	if len(nations) > 1 {
		nations = slices.Clone(nations)
		slices.Sort(nations)
		nations = slices.Compact(nations)
	}
	for _, n := range nations {
		b = append(append(b, '|'), n...)
	}
	return b
}
