package desk

import (
	"cmp"
	"runtime"
	"slices"

	"vedette"
	"vedette/tell"
)

// counting counts some of the people whom an update may be told.
type counting struct {
	*census
	told                      map[vedette.News]int
	in, mayBe, watching, bare int
	unreached                 few
	texts                     sample
	clashes                   []Clash // without the person's id
	by                        map[vedette.AreaID]*Where
	sites                     map[string]*SiteCount
	left                      omits
	places                    spots
	homes                     map[int]vedette.Relation // of those alike, by where they are kept
	shifts                    []shifting
}

func (c *census) counting() *counting {
	n := &counting{census: c, told: map[vedette.News]int{}, by: map[vedette.AreaID]*Where{}, sites: map[string]*SiteCount{}, left: omits{}, places: spots{}, homes: map[int]vedette.Relation{}}
	for range c.states[1:] {
		n.shifts = append(n.shifts, shifting{lost: omits{}})
	}
	return n
}

// count counts everyone whom it may be told, some by each processor.
func (c *census) count() *counting {
	parts, add := make([]*counting, runtime.GOMAXPROCS(0)), []func(*judged){}
	for i := range parts {
		parts[i] = c.counting()
		add = append(add, parts[i].add)
	}
	c.each(add)
	for _, o := range parts[1:] {
		parts[0].merge(o)
	}
	return parts[0]
}

func (n *counting) add(j *judged) {
	o := j.out()
	for i := range n.shifts {
		n.shifts[i].note(j, &j.outs[i+1])
	}
	if o.Relation == vedette.RelationOut && !n.record.Holds(j.key) {
		return // concerned by an earlier state alone, or near
	}
	n.places.note(j, n.now)
	n.clash(j, o)
	if o.Tell {
		n.tell(j, o)
	} else {
		n.left.add(j, o)
	}
}

// clash notes the trips that clash: that of one of many does as that of each.
func (n *counting) clash(j *judged, o *tell.Outcome) {
	for _, c := range o.Clashes {
		if j.key != 0 {
			n.clashes = append(n.clashes, Clash{Key: j.key, Trip: c})
		}
		for i := range j.trips {
			b := &j.trips[i]
			c.Area, c.From, c.To = b.Area, b.From, b.To
			n.clashes = append(n.clashes, Clash{Key: b.Key, Trip: c})
		}
	}
}

// tell counts somebody who is told.
func (n *counting) tell(j *judged, o *tell.Outcome) {
	n.told[o.News] += j.n
	if !j.reached {
		n.unreached.add(j)
	} else if n.d.SMS != nil {
		n.texts.add(j, o)
	}
	switch o.Relation {
	case vedette.RelationIn:
		n.in += j.n
	case vedette.RelationMayBe:
		n.mayBe += j.n
	case vedette.RelationWatches:
		n.watching += j.n
		return
	default:
		return
	}
	if len(o.Advised.Variant.Lines) == 0 {
		n.bare += j.n
	}
	for _, a := range o.Advised.Variant.Areas {
		whereAt(n.by, a).add(o.Relation, j.n, j.reached)
	}
	n.atSites(j)
}

// merge adds what another counted: of other people.
func (n *counting) merge(o *counting) {
	for news, k := range o.told {
		n.told[news] += k
	}
	n.in, n.mayBe, n.watching, n.bare = n.in+o.in, n.mayBe+o.mayBe, n.watching+o.watching, n.bare+o.bare
	n.unreached.merge(&o.unreached)
	n.texts.merge(&o.texts)
	n.clashes = append(n.clashes, o.clashes...)
	for a, w := range o.by {
		whereAt(n.by, a).sum(w)
	}
	for name, s := range o.sites {
		n.site(name, s.Area).sum(&s.Where)
	}
	n.left.merge(o.left)
	for at := range o.places {
		n.places[at] = true
	}
	for i := range n.shifts {
		n.shifts[i].merge(&o.shifts[i])
	}
}

// into puts what was counted into a preview.
func (n *counting) into(pv *Preview) {
	pv.In, pv.MayBe, pv.Watching, pv.Bare, pv.Told = n.in, n.mayBe, n.watching, n.bare, n.told
	pv.Concerned, pv.CountAbove = n.in+n.mayBe, n.set.CountAbove
	for _, told := range n.told {
		pv.Count += told
	}
	pv.Unreachable = n.named(&n.unreached)
	pv.Clashes = n.inOrder()
	pv.Countries, pv.Sites, pv.Omitted = n.d.where(n.by), ranks(n.sites), n.omitted(n.left)
	for i := range n.shifts {
		pv.Shifts = append(pv.Shifts, Shift{n.omitted(n.shifts[i].lost), n.shifts[i].gained})
	}
}

// inOrder gives the trips that clash, by the key of their people and time.
func (n *counting) inOrder() []Clash {
	order := make([]int, len(n.clashes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int { // they are large, and move once
		a, b := &n.clashes[i], &n.clashes[k]
		return cmp.Or(cmp.Compare(a.Key, b.Key), a.Trip.From.Compare(b.Trip.From))
	})
	out := make([]Clash, len(order))
	for to, i := range order {
		out[to] = n.clashes[i]
		out[to].Led = n.census.people.Led(out[to].Key)
	}
	return out
}
