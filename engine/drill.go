package engine

import (
	"context"
	"slices"

	"vedette"
	"vedette/match"
	"vedette/roster"
	"vedette/store"
	"vedette/tell"
)

// rankDrill puts whom a drill is for into its one pass. Systems are not part of
// it: they have no answer to give.
func (p *plan) rankDrill(ctx context.Context) error {
	d := p.update.Drill
	p.drilled = map[int64]vedette.Relation{}
	add := func(key int64, rel vedette.Relation) {
		if _, twice := p.drilled[key]; !twice {
			p.drilled[key] = rel
			p.order[passIn] = append(p.order[passIn], key)
		}
	}
	switch {
	case d.All:
		for _, key := range p.people.Everyone() {
			add(key, vedette.RelationIn)
		}
	case len(d.Persons) > 0:
		for _, id := range d.Persons {
			sp, err := p.rows.Person(ctx, id)
			if vedette.ErrorCode(err) == vedette.CodeNotFound {
				continue
			}
			if err != nil {
				return err
			}
			if _, there := p.people.Facts(sp.Key); there {
				add(sp.Key, vedette.RelationIn)
			}
		}
		slices.Sort(p.order[passIn])
	default:
		for key, rel := range p.people.There(match.ForAreas(p.Gaz, p.update.Areas(), nil, p.people.Settings()), p.at) {
			add(key, rel)
		}
	}
	return nil
}

// drill makes the notice of a person that a drill is for: it says where they
// are, so that it shows how an area answers.
func (p *plan) drill(c *store.Chunk, t *teller, key int64) {
	f, ok := p.people.Facts(key)
	if !ok {
		return
	}
	o := tell.Outcome{Tell: true}
	o.Relation, o.Advised.Variant.Areas = p.drilled[key], p.lands(p.people, key)
	n, ds := t.tell(&c.Variants, key, p.people.Presences(key), &f, &o)
	c.Notices, c.Deliveries = append(c.Notices, n), append(c.Deliveries, ds...)
}

// lands are the countries and seas where somebody is held to be now.
func (p *plan) lands(people *roster.Roster, key int64) (out []vedette.AreaID) {
	for _, pr := range people.Presences(key) {
		if !pr.Covers(p.at) {
			continue
		}
		id := pr.Area
		if a, ok := p.Gaz.Area(id); ok && a.Country != "" {
			id = a.Country
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
