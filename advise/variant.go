package advise

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"vedette"
)

// The ranks of a line when something is immediate.
const (
	protectNow = iota
	leaveNow
	posture
	theRest
)

// line is a line of the notice with what its order hangs on.
type line struct {
	vedette.NoticeLine
	depth depth
	rank  int
}

// work finds what applies at these places to nationals of these countries.
func (p *Prepared) work(spots []spot, nations []vedette.AreaID) Advised {
	var a Advised
	var lines []line
	var top headline
	for i := range p.items {
		it := &p.items[i]
		hits, withheld := p.hits(it, spots, nations)
		if withheld != "" {
			a.Withheld = append(a.Withheld, Withheld{it.group, it.item, withheld})
		}
		if len(hits) == 0 {
			continue
		}
		best := hits[0]
		lines = append(lines, line{
			NoticeLine: vedette.NoticeLine{Group: it.group, Item: it.item, Trip: best.spot.ahead,
				MayBe: best.mayBe, Asks: best.asks, Area: best.target.area},
			depth: best.target.depth, rank: rankOf(hits)})
		top.weigh(it, hits)
	}
	a.Variant = vedette.Variant{Lines: p.order(lines), Posture: top.action, Area: top.area}
	for _, s := range spots {
		if p.concerns(s) {
			a.Variant.Risk = max(a.Variant.Risk, p.risk(s))
			a.Variant.Areas = append(a.Variant.Areas, p.land(s.area))
		}
	}
	slices.Sort(a.Variant.Areas)
	a.Variant.Areas = slices.Compact(a.Variant.Areas)
	return a
}

// rankOf is where an advice stands when something is immediate. Under a
// condition still awaited it asks for nothing yet.
func rankOf(hits []hit) int {
	rank := theRest
	for _, h := range hits {
		switch act := h.target.action; {
		case h.target.awaited:
		case act.Protects():
			return protectNow
		case act == vedette.Leave:
			rank = min(rank, leaveNow)
		case act.Restricts():
			rank = min(rank, posture)
		}
	}
	return rank
}

// order sorts the lines, most specific area first and then as in the report;
// when something is immediate, by rank before that. There the first line is
// the strongest word, so one whose audience must be asked does not lead
// while another can.
func (p *Prepared) order(lines []line) []vedette.NoticeLine {
	if len(lines) == 0 {
		return nil
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		if p.immediate && a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.depth.compare(b.depth)
	})
	if p.immediate && lines[0].Asks {
		if i := slices.IndexFunc(lines, func(l line) bool { return !l.Asks }); i > 0 {
			first := lines[i]
			copy(lines[1:i+1], lines[:i])
			lines[0] = first
		}
	}
	out := make([]vedette.NoticeLine, len(lines))
	for i := range lines {
		out[i] = lines[i].NoticeLine
	}
	return out
}

// headline is the strongest posture found so far.
type headline struct {
	action vedette.Action
	area   vedette.AreaID
	hit    hit
	unsure bool // it may not be their place that it holds for
}

// weigh takes the strongest posture of an advice that stands for them: not
// one whose audience must be asked, not one whose condition is awaited. One
// that only may hold where they are stands back behind any that does.
func (t *headline) weigh(it *item, hits []hit) {
	for _, h := range hits {
		act := h.target.action
		if act.Posture() == 0 || h.asks || h.target.awaited {
			continue
		}
		c := headline{act, h.target.area, h, h.mayBe || it.near && h.target.area != it.of}
		if t.action == "" || t.compare(c) > 0 {
			*t = c
		}
	}
}

func (t *headline) compare(o headline) int {
	return cmp.Or(flag(t.unsure)-flag(o.unsure), o.action.Posture()-t.action.Posture(), t.hit.compare(o.hit))
}

// concerns says whether the update concerns somebody for this place: the
// same question that match.Relate answers.
func (p *Prepared) concerns(s spot) bool {
	if !s.ahead {
		for _, a := range p.affected {
			if p.meets(a, s.area) {
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
	r := p.update.RiskAt(append([]vedette.AreaID{s.area}, p.g.Ancestors(s.area)...))
	for _, ar := range p.update.AreaRisks {
		if p.g.Contains(s.area, ar.Area) {
			r = max(r, ar.Risk)
		}
	}
	return r
}

// land is the country or sea of a place, the place itself where it is wider.
func (p *Prepared) land(id vedette.AreaID) vedette.AreaID {
	if a, ok := p.g.Area(id); ok && a.Country != "" {
		return a.Country
	}
	return id
}

// Key is a digest of a variant, its number apart: equal for equal variants.
func Key(v vedette.Variant) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d\n", v.Posture, v.Area, v.Risk)
	for _, l := range v.Lines {
		fmt.Fprintf(h, "%d %d %t %t %t %q\n", l.Group, l.Item, l.Trip, l.MayBe, l.Asks, l.Area)
	}
	for _, a := range v.Areas {
		fmt.Fprintf(h, "%q\n", a)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
