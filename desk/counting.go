package desk

import (
	"runtime"

	"vedette"
	"vedette/tell"
)

// counting counts some of the people whom an update may be told.
type counting struct {
	*census
	told                      map[vedette.News]int
	in, mayBe, watching, bare int
	unreached                 few
	texts, calls, flash       sample
	again, times              int // who are told again until they answer, and how often at most
	clashes                   Clashes
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
	if o.Relation == vedette.RelationOut && j.hold == 0 {
		return // concerned by an earlier state alone, or near
	}
	n.places.note(j, n.now)
	n.clashes.note(j, o)
	if o.Tell {
		n.tell(j, o)
	} else {
		n.left.add(j, o)
	}
}

// tell counts somebody who is told.
func (n *counting) tell(j *judged, o *tell.Outcome) {
	n.told[o.News] += j.n
	if !j.reached {
		n.unreached.add(j)
	} else {
		n.remind(j, o)
		n.sample(j, o)
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

// sample takes somebody who is told for the figures of what that costs, and of the
// languages of a flash.
func (n *counting) sample(j *judged, o *tell.Outcome) {
	if n.d.SMS != nil {
		n.texts.add(j, o)
	}
	if n.record.Update.Flash != "" {
		n.flash.add(j, o)
	}
	if n.d.Voice != nil {
		n.calls.add(j, o)
	}
}

// merge adds what another counted: of other people.
func (n *counting) merge(o *counting) {
	for news, k := range o.told {
		n.told[news] += k
	}
	n.in, n.mayBe, n.watching, n.bare = n.in+o.in, n.mayBe+o.mayBe, n.watching+o.watching, n.bare+o.bare
	n.unreached.merge(&o.unreached)
	n.again, n.times = n.again+o.again, max(n.times, o.times)
	n.texts.merge(&o.texts)
	n.calls.merge(&o.calls)
	n.flash.merge(&o.flash)
	n.clashes.merge(&o.clashes)
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
	pv.Unreachable = n.unreached.people()
	pv.Clashes = n.clashes.inOrder()
	pv.Countries, pv.Sites, pv.Omitted = n.d.where(n.by), ranks(n.sites), n.left.list()
	for i := range n.shifts {
		pv.Shifts = append(pv.Shifts, Shift{n.shifts[i].lost.list(), n.shifts[i].gained})
	}
}
