package desk

import (
	"cmp"
	"context"
	"slices"

	"vedette"
	"vedette/advise"
	"vedette/roster"
	"vedette/tell"
)

func at[K comparable](m map[K]*Where, k K) *Where {
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

// sites counts somebody who is told at those of their sites that are
// concerned, once at each.
func (c *census) sites(by map[string]*SiteCount, who *advise.Person, f *roster.Facts, o *tell.Outcome) {
	best := map[string]vedette.Relation{}
	for i := range who.Presences {
		pr := &who.Presences[i]
		if pr.Site == "" || best[pr.Site] == vedette.RelationIn {
			continue
		}
		r := c.record.Rule.Relation(who.Presences[i:i+1], nil, c.now)
		if r == vedette.RelationIn && o.Relation == vedette.RelationMayBe {
			r = vedette.RelationMayBe // what speaks against it is another word of theirs
		}
		if r == vedette.RelationIn || r == vedette.RelationMayBe && best[pr.Site] == "" {
			best[pr.Site] = r
		}
		if best[pr.Site] != "" && by[pr.Site] == nil {
			by[pr.Site] = &SiteCount{Area: pr.Area, Name: pr.Site}
		}
	}
	for site, r := range best {
		by[site].add(r, f.Reached())
	}
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
	if n := len(q.Areas) + len(q.Shapes); n == 0 || n > maxWho || u.Cancels != "" {
		return nil // too many places to ask about at once: the page says nothing of arrivals
	}
	w, err := d.Who(ctx, q)
	if err != nil {
		return err
	}
	pv.Arriving, pv.Days = w.Arriving, w.Days
	return nil
}
