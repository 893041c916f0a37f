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
	holdBack
	theRest
)

// line is a line of the notice with what its order hangs on.
type line struct {
	vedette.NoticeLine
	of    int // index of its update among those that stand
	item  *item
	hits  []hit
	depth depth
	rank  int
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
			rank = min(rank, holdBack)
		}
	}
	return rank
}

// order sorts the lines, most specific area first and then as they came; when
// something is immediate, by rank before that; what is suspended last. Where
// the order is by rank the first line is the strongest word, so one whose
// audience must be asked does not lead while another can.
func order(lines []line, immediate bool) []vedette.NoticeLine {
	if len(lines) == 0 {
		return nil
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		if d := flag(a.Suspended) - flag(b.Suspended); d != 0 {
			return d
		}
		if immediate && a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.depth.compare(b.depth)
	})
	if immediate && lines[0].Asks {
		if i := slices.IndexFunc(lines, func(l line) bool { return !l.Asks && !l.Suspended }); i > 0 {
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

// weigh takes the strongest posture of a line that stands for them: not one
// whose audience must be asked, not one whose condition is awaited, not leave
// to travel while they are to stay inside. One that only may hold where they
// are stands back behind any that does.
func (t *headline) weigh(l *line) {
	for _, h := range l.hits {
		act := h.target.action
		if act.Posture() == 0 || h.asks || h.target.awaited || l.Suspended && goesOn(act) {
			continue
		}
		area := cmp.Or(h.target.area, h.target.of)
		if area == "" && l.of > 0 {
			continue // what another update draws has no name in this one's headline
		}
		c := headline{act, area, h, h.mayBe || l.item.about(h.target)}
		if t.action == "" || t.compare(c) > 0 {
			*t = c
		}
	}
}

func (t *headline) compare(o headline) int {
	return cmp.Or(flag(t.unsure)-flag(o.unsure), o.action.Posture()-t.action.Posture(), t.hit.compare(o.hit))
}

// Key is a digest of a variant, its number apart: equal for equal variants.
func Key(v vedette.Variant) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d\n", v.Posture, v.Area, v.Risk)
	for _, ls := range [][]vedette.NoticeLine{v.Lines, v.Others} {
		for _, l := range ls {
			fmt.Fprintf(h, "%q %d %d %t %t %t %q %t %t\n", l.Update, l.Group, l.Item, l.Trip, l.MayBe, l.Asks, l.Area, l.Met, l.Suspended)
			if l.Cleared { // so that those of before all-clears have the digest they had
				fmt.Fprintln(h, "cleared")
			}
		}
		fmt.Fprintln(h)
	}
	for _, a := range v.Areas {
		fmt.Fprintf(h, "%q\n", a)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
