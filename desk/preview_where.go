package desk

import (
	"cmp"
	"context"
	"slices"

	"vedette"
	"vedette/roster"
)

func whereAt[K comparable](m map[K]*Where, k K) *Where {
	if m[k] == nil {
		m[k] = &Where{}
	}
	return m[k]
}

// where lists countries and seas, those with most people first.
func (d *Desk) where(by map[vedette.AreaID]*Where) []CountryCount {
	total := make(map[vedette.AreaID]int, len(by))
	for a, w := range by {
		total[a] = w.In + w.MayBe
	}
	out := d.countries(total)
	for i := range out {
		out[i].Where = *by[out[i].Area]
	}
	return out
}

// atSites counts somebody who is told at those of their sites that are
// concerned, once at each.
func (n *counting) atSites(j *judged) {
	ps := j.who.Presences
	if j.crowd != nil && j.crowd.Trip != nil {
		for _, l := range j.crowd.Likes {
			if l.At.Site != "" {
				n.atHome(j, l.Like, l.N)
			}
		}
		return
	}
	for i := range ps {
		if !slices.ContainsFunc(ps[:i], func(p vedette.Presence) bool { return p.Site == ps[i].Site }) {
			n.atSite(j, ps[i:], j.n)
		}
	}
}

// atHome counts so many who are kept at a site and have a trip besides.
func (n *counting) atHome(j *judged, l *roster.Like, k int) {
	no := n.alike.home(l)
	r, known := n.homes[no]
	if !known {
		r = n.record.Rule.Relation([]vedette.Presence{l.Kept(n.now, n.set)}, nil, n.now)
		n.homes[no] = r
	}
	if r == vedette.RelationIn && j.out().Relation == vedette.RelationMayBe {
		r = vedette.RelationMayBe // their trip speaks against it
	}
	if r != vedette.RelationOut {
		n.site(l.At.Site, l.At.Area).add(r, k, j.reached)
	}
}

// atSite counts so many at the site of the first of these presences, by all
// that puts them there.
func (n *counting) atSite(j *judged, ps []vedette.Presence, k int) {
	if ps[0].Site == "" {
		return
	}
	if len(j.who.Presences) == 1 { // it is all there is to go by
		n.site(ps[0].Site, ps[0].Area).add(j.out().Relation, k, j.reached)
		return
	}
	best := vedette.RelationOut
	for i := range ps {
		if ps[i].Site != ps[0].Site || best == vedette.RelationIn {
			continue
		}
		if r := n.record.Rule.Relation(ps[i:i+1], nil, n.now); r != vedette.RelationOut {
			best = r
		}
	}
	if best == vedette.RelationIn && j.out().Relation == vedette.RelationMayBe {
		best = vedette.RelationMayBe // what speaks against it is another word of theirs
	}
	if best != vedette.RelationOut {
		n.site(ps[0].Site, ps[0].Area).add(best, k, j.reached)
	}
}

// site gives the count of a site.
func (n *counting) site(name string, area vedette.AreaID) *SiteCount {
	s := n.sites[name]
	if s == nil {
		s = &SiteCount{Area: area, Name: name}
		n.sites[name] = s
	}
	return s
}

// ranks lists sites, those with most people first.
func ranks(by map[string]*SiteCount) []SiteCount {
	out := make([]SiteCount, 0, len(by))
	for _, s := range by {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b SiteCount) int {
		return cmp.Or(cmp.Compare(b.In+b.MayBe, a.In+a.MayBe), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// arriving counts who is not there yet but arrives soon, in the areas and
// shapes of an update.
func (d *Desk) arriving(ctx context.Context, u *vedette.Update, pv *Preview) error {
	q := WhoQuestion{Areas: u.Areas(), Shapes: u.Shapes}
	if n := len(q.Areas) + len(q.Shapes); n == 0 || n > MostPlaces || u.Cancels != "" {
		return nil // too many places to ask about at once: the page says nothing of arrivals
	}
	a, err := d.ask(ctx, q)
	if err != nil {
		return err
	}
	pv.Arriving, pv.Days = a.arriving(), a.Days
	return nil
}
