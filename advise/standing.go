package advise

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/advise/audience"
	"vedette/gazetteer"
	"vedette/posture"
)

// Standing is an update together with everything else that stands. What
// applies is worked out once for each distinct set of places and facts that
// matter, and kept: as many results as there are such sets. It is safe for
// concurrent use.
type Standing struct {
	g     *gazetteer.Gazetteer
	all   []*Prepared // the own one first, the others newest first
	again [][]bool    // of each update's items: told by one before already
	board []vedette.Posture
	own   posture.Own // of the board
	facts facts

	ground func() *ground // of all of it

	mu      sync.RWMutex
	touched map[vedette.AreaID]touch
	known   map[string]Advised
	shared  map[string]vedette.Variant // by its key: what many places have alike is kept once
}

// facts says which facts of a person matter to the audiences.
type facts struct{ citizenship, standing, dependants bool }

// touch says whether an area has anything to do with what stands, for
// somebody there now and for somebody on their way.
type touch struct{ here, ahead bool }

// Over puts an update among the others that stand, and the organisation's
// board. Others of another status, and those of its own situation, which it
// replaces, are left out; the board counts for an actual update alone. The
// very same advice in two updates is told once, the own or newer one.
func Over(own *Prepared, others []*Prepared, board []vedette.Posture) *Standing {
	s := &Standing{g: own.g, all: []*Prepared{own}, touched: map[vedette.AreaID]touch{}, known: map[string]Advised{}, shared: map[string]vedette.Variant{}}
	for _, o := range others {
		if o.update.Status == own.update.Status && !replaces(own.update, o.update) {
			s.all = append(s.all, o)
		}
	}
	slices.SortStableFunc(s.all[1:], func(a, b *Prepared) int {
		return cmp.Or(b.update.PublishedAt.Compare(a.update.PublishedAt), cmp.Compare(b.update.Key, a.update.Key))
	})
	if own.update.Status == vedette.StatusActual {
		s.board = board
	}
	s.own = posture.OwnOf(s.board)
	s.ground = sync.OnceValue(s.groundOf)
	seen := map[string]bool{}
	for n, p := range s.all {
		s.again = append(s.again, make([]bool, len(p.items)))
		for i := range p.items {
			it := &p.items[i]
			s.again[n][i] = n > 0 && seen[it.same]
			s.facts.citizenship = s.facts.citizenship || it.audience.ByCitizenship()
			s.facts.standing = s.facts.standing || it.audience.ByStanding()
			s.facts.dependants = s.facts.dependants || it.audience.ByDependants()
		}
		for i := range p.items {
			seen[p.items[i].same] = true
		}
	}
	return s
}

func replaces(own, other *vedette.Update) bool {
	return own == other || own.ID != "" && own.ID == other.ID || own.Situation.ID != "" && own.Situation.ID == other.Situation.ID
}

// For gives what applies to a person at a moment: the update's own lines, in
// Variant.Others those of the other updates, one order and one headline over
// all.
func (s *Standing) For(who Person, now time.Time) Advised {
	spots := s.spots(&who, now)
	if len(spots) == 0 {
		return Advised{Key: nothing}
	}
	w := audience.Who{Dependants: who.Dependants && s.facts.dependants}
	if s.facts.citizenship {
		w.Citizenship = who.Citizenship
	}
	key := keyOf(spots, w)
	s.mu.RLock()
	a, ok := s.known[string(key)]
	s.mu.RUnlock()
	if ok {
		return a
	}
	a = s.work(spots, w)
	a.Key = Key(a.Variant)
	s.mu.Lock()
	if v, ok := s.shared[a.Key]; ok {
		a.Variant = v
	}
	s.shared[a.Key] = a.Variant
	s.known[string(key)] = a
	s.mu.Unlock()
	return a
}

// nothing is the key of what applies to somebody out of it all.
var nothing = Key(vedette.Variant{})

// Bears says whether what stands has anything to do with a trip ahead to an
// area.
func (s *Standing) Bears(area vedette.AreaID) bool { return s.touch(area).ahead }

// touch works out each area once. A part that an advice leaves out still
// touches it: that it was left out is a reason to give.
func (s *Standing) touch(area vedette.AreaID) touch {
	s.mu.RLock()
	t, ok := s.touched[area]
	s.mu.RUnlock()
	if ok {
		return t
	}
	for _, p := range s.all {
		for _, a := range p.affected {
			t.here = t.here || meets(s.g, a, area)
		}
		for i := range p.items {
			for _, tg := range p.items[i].targets {
				if meets(s.g, tg.area, area) {
					t.here = true
					t.ahead = t.ahead || tg.action.Restricts()
				}
			}
		}
	}
	s.mu.Lock()
	s.touched[area] = t
	s.mu.Unlock()
	return t
}

func meets(g *gazetteer.Gazetteer, area, at vedette.AreaID) bool {
	return area == at || g.Contains(area, at) || g.Contains(at, area)
}

// lines gives every line that applies, the own update's first and each update's
// in its order, and what of the own is withheld.
func (s *Standing) lines(spots []spot, who audience.Who) (lines []line, withheld []Withheld) {
	for n, p := range s.all {
		for i := range p.items {
			it := &p.items[i]
			if s.again[n][i] {
				continue
			}
			hits, reason, ended := p.hits(it, spots, who)
			if !reason.Nothing() && n == 0 {
				withheld = append(withheld, Withheld{it.group, it.item, reason})
			}
			if len(hits) == 0 {
				continue
			}
			best := hits[0]
			l := line{of: n, item: it, hits: hits, depth: best.target.depth, rank: rankOf(hits)}
			l.NoticeLine = vedette.NoticeLine{Group: it.group, Item: it.item, Trip: best.spot.ahead, MayBe: best.mayBe,
				Asks: best.asks, Area: best.target.area, Met: it.state == vedette.ConditionMet, Cleared: ended}
			if n > 0 {
				l.Update = p.update.ID
			}
			lines = append(lines, l)
		}
	}
	return lines, withheld
}

// work finds what applies at these places to such people.
func (s *Standing) work(spots []spot, who audience.Who) Advised {
	lines, withheld := s.lines(spots, who)
	suspend(lines)
	own := s.all[0]
	immediate := own.immediate
	var top headline
	for i := range lines {
		immediate = immediate || lines[i].Met || s.all[lines[i].of].immediate
		top.weigh(&lines[i])
	}
	first := slices.IndexFunc(lines, func(l line) bool { return l.of > 0 })
	if first < 0 {
		first = len(lines)
	}
	v := vedette.Variant{Lines: order(lines[:first], immediate), Others: order(lines[first:], immediate)}
	concerned := slices.DeleteFunc(slices.Clone(spots), func(sp spot) bool { return !own.concerns(sp) })
	if len(concerned) == 0 {
		return Advised{Variant: vedette.Variant{Others: v.Others}, Withheld: withheld}
	}
	for _, sp := range concerned {
		v.Risk = max(v.Risk, s.risk(sp))
		v.Areas = append(v.Areas, s.g.Land(sp.area))
		top.board(s, sp)
	}
	v.Posture, v.Area = top.action, top.area
	slices.Sort(v.Areas)
	v.Areas = slices.Compact(v.Areas)
	return Advised{Variant: v, Withheld: withheld}
}

// risk is that of a place by the own update; what else stands there may raise
// it. A risk that is not known passes every threshold already: only extreme
// is above it.
func (s *Standing) risk(sp spot) vedette.Risk {
	own := s.all[0].risk(sp)
	for _, p := range s.all[1:] {
		if !p.concerns(sp) {
			continue
		}
		if r := p.risk(sp); own != vedette.RiskUnknown || r == vedette.RiskExtreme {
			own = max(own, r)
		}
	}
	return own
}

// board lets the organisation's posture for a place be the headline where it
// is stronger than any advice, or where none surely holds.
func (t *headline) board(s *Standing, sp spot) {
	p, _ := s.own.At(s.g, sp.area)
	if p.Action == "" {
		return
	}
	if t.action == "" || t.unsure || p.Action.Posture() > t.action.Posture() {
		*t = headline{action: p.Action, area: p.Area, hit: hit{target: target{area: p.Area, depth: depthOf(s.g, p.Area)}, spot: sp}}
	}
}
