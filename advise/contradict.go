package advise

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/advise/audience"
	"vedette/wording"
)

// Contradiction is two pieces of advice that cannot both be followed.
type Contradiction struct {
	A, B  Ref // the older first, a draft last
	Kind  ContradictionKind
	Areas []vedette.AreaID // where both hold, as far as somebody may be there; sorted
	Says  wording.Said     // for the desk
}

// Ref names an advice of an update.
type Ref struct {
	Update      vedette.ID
	Group, Item int
}

// ContradictionKind is the sort of contradiction.
type ContradictionKind string

// The kinds of contradiction.
const (
	StayOrGo      ContradictionKind = "stay_or_go" // shelter or stay put beside leave, evacuate or relocate
	PosturesClash ContradictionKind = "postures"   // two steps of the ladder for the very same place
)

// Spot is a place where somebody is, or has a trip ahead to.
type Spot struct {
	Area  vedette.AreaID
	Ahead bool
	Drawn string // the updates that draw them in besides, by id, a space between
}

// word is one action for one area that holds now.
type word struct {
	of     int // index of the update
	p      *Prepared
	item   *item
	target target
	at     []meeting // inside, around or apart, by index of the spot; made when first asked
}

// finder looks for contradictions at a list of places.
type finder struct {
	all   []*Prepared
	spots []spot
	who   *audience.Who // one person's facts; nil for all people
	found []Contradiction
}

// Contradictions gives what is at odds in everything that stands, a draft
// among it, for people at these places: each distinct place once, however many
// are there. All updates are of one status; the caller sees to it.
//
// At odds are to stay and to go, where both hold; two updates' different
// postures for the very same area; and no restriction beside a posture to
// avoid, unless one update sets a narrower area apart by it. What a condition
// still awaits, or that was declared passed, is at odds with nothing; nor is
// what a condition declared met suspends; nor are audiences that nobody can
// both belong to.
func Contradictions(all []*Prepared, at []Spot) []Contradiction {
	f := &finder{all: all, spots: make([]spot, 0, len(at))}
	for _, s := range at {
		f.spots = append(f.spots, spot{area: s.Area, ahead: s.Ahead, drawn: vedette.ID(s.Drawn)})
	}
	return f.find()
}

// ContradictionsFor gives what is at odds for one person, by what they are
// told.
func ContradictionsFor(all []*Prepared, who Person, now time.Time) []Contradiction {
	if len(all) == 0 {
		return nil
	}
	s := &Standing{g: all[0].g, all: all, facts: facts{standing: true}, touched: map[vedette.AreaID]touch{}}
	f := &finder{all: all, spots: s.spots(&who, now), who: &audience.Who{Citizenship: who.Citizenship, Dependants: who.Dependants}}
	return f.find()
}

func (f *finder) find() []Contradiction {
	f.all = slices.Clone(f.all)
	slices.SortStableFunc(f.all, func(a, b *Prepared) int {
		return cmp.Or(flag(a.update.State == vedette.UpdateDraft)-flag(b.update.State == vedette.UpdateDraft), a.update.PublishedAt.Compare(b.update.PublishedAt))
	})
	words := f.words()
	for i := range words {
		for j := i + 1; j < len(words); j++ {
			a, b := &words[i], &words[j]
			if kind, ok := atOdds(a, b); ok {
				f.add(a, b, kind)
			}
		}
	}
	for i := range f.found {
		c := &f.found[i]
		slices.Sort(c.Areas)
		c.Areas = slices.Compact(c.Areas)
		c.Says = f.says(c)
	}
	return f.found
}

// words lists what holds now and may be at odds with something.
func (f *finder) words() []word {
	var out []word
	for n, p := range f.all {
		for i := range p.items {
			it := &p.items[i]
			for _, t := range it.targets {
				act := t.action
				if t.awaited || t.passed || !stays(act) && !goes(act) && act.Posture() == 0 {
					continue
				}
				out = append(out, word{of: n, p: p, item: it, target: t})
			}
		}
	}
	return out
}

// atOdds says whether two words are at odds where both hold.
func atOdds(a, b *word) (ContradictionKind, bool) {
	x, y := a.target.action, b.target.action
	switch {
	case a.item == b.item:
		return "", false
	case opposite(x, y):
		// What holds by a condition declared met suspends the other.
		return StayOrGo, (a.item.state == vedette.ConditionMet) == (b.item.state == vedette.ConditionMet)
	case x.Posture() == 0 || y.Posture() == 0 || x == y || a.item.near || b.item.near:
		return "", false
	case a.target.area == b.target.area && a.of != b.of && a.target.drawn == b.target.drawn:
		return PosturesClash, true
	case a.of == b.of && a.target.area != b.target.area:
		return "", false // the narrower is meant as an exception
	}
	return PosturesClash, x == vedette.NoRestriction && avoids(y) || avoids(x) && y == vedette.NoRestriction
}

func avoids(a vedette.Action) bool {
	return a == vedette.AvoidAllTravel || a == vedette.AvoidNonessentialTravel
}

// add takes two words as contradictory wherever both hold for somebody.
func (f *finder) add(a, b *word, kind ContradictionKind) {
	var areas []vedette.AreaID
	never := map[vedette.AreaID]bool{} // audiences nobody can both belong to, by country
	at, bt := f.at(a), f.at(b)
	for i, sp := range f.spots {
		if at[i] == apart || bt[i] == apart {
			continue
		}
		area, ok := together(a, b, at[i], bt[i], sp)
		if !ok {
			continue
		}
		land := country(a.p.g, cmp.Or(area, a.target.area), sp.area)
		dis, known := never[land]
		if !known {
			dis = audience.Disjoint(&a.item.audience, &b.item.audience, land)
			never[land] = dis
		}
		if !dis {
			areas = append(areas, area)
		}
	}
	if len(areas) == 0 {
		return
	}
	ra, rb := a.ref(), b.ref()
	i := slices.IndexFunc(f.found, func(c Contradiction) bool { return c.A == ra && c.B == rb && c.Kind == kind })
	if i < 0 {
		i = len(f.found)
		f.found = append(f.found, Contradiction{A: ra, B: rb, Kind: kind})
	}
	f.found[i].Areas = append(f.found[i].Areas, areas...)
}

func (w *word) ref() Ref { return Ref{w.p.update.ID, w.item.group, w.item.item} }

// at gives the places where a word holds.
func (f *finder) at(w *word) []meeting {
	if w.at != nil {
		return w.at
	}
	w.at = make([]meeting, len(f.spots))
	for i, s := range f.spots {
		m := w.meet(s)
		if m != inside && m != around || s.ahead && !w.target.action.Restricts() {
			continue
		}
		if f.who != nil {
			who := *f.who
			who.Standing = s.standing
			if w.item.audience.Admits(who, country(w.p.g, w.target.area, s.area)) == audience.No {
				continue
			}
		}
		w.at[i] = m
	}
	return w.at
}

// meet says how a word meets a place, or what is drawn there.
func (w *word) meet(s spot) meeting {
	switch {
	case w.p.clearing(w.item, w.target, s.area) != nil:
		return apart
	case !w.target.drawn:
		return w.p.meet(w.item, w.target.area, s.area)
	case !slices.Contains(strings.Fields(string(s.drawn)), string(w.p.update.ID)) || w.p.excepted(w.item, s.area):
		return apart
	}
	return inside
}

// together gives where two words that meet a place both hold: the place, or
// where it is wider than a target of theirs, that target.
func together(a, b *word, ma, mb meeting, s spot) (vedette.AreaID, bool) {
	ta, tb := a.target.area, b.target.area
	switch {
	case ma == inside && mb == inside, a.target.drawn, b.target.drawn:
		return s.area, true
	case ma == inside:
		return tb, a.p.meet(a.item, ta, tb) == inside
	case mb == inside:
		return ta, b.p.meet(b.item, tb, ta) == inside
	case b.p.meet(b.item, tb, ta) == inside:
		return ta, true
	}
	return tb, a.p.meet(a.item, ta, tb) == inside
}
