package desk

import (
	"cmp"
	"context"
	"maps"
	"runtime"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/roster"
)

// Who counts the people who are somewhere now, may be there, or arrive soon.
func (d *Desk) Who(ctx context.Context, q WhoQuestion) (*Who, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	a, err := d.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	t := d.count(a)
	w := &Who{AsOf: a.Now, Days: a.Days, WhoCount: t.WhoCount, Broken: a.roster.Broken()}
	w.Countries = ranked(t.countries, func(id vedette.AreaID) WhoPlace { return WhoPlace{Area: id, Name: d.Gaz.Name(id)} })
	w.Sites = ranked(t.sites, func(name string) WhoPlace { return WhoPlace{Area: t.at[name], Name: name} })
	return w, nil
}

// count counts everyone: most by their cell, all others one by one, some by
// each processor. Where shapes are asked about everybody's point counts.
func (d *Desk) count(a *asking) *whoTally {
	parts := make([]*whoTally, runtime.GOMAXPROCS(0))
	others := make([]func(*roster.Seen), len(parts))
	for i := range parts {
		parts[i] = a.tally(d.Gaz.Land)
		others[i] = parts[i].one
	}
	t := parts[0]
	var cell func(*roster.Cell)
	if len(a.find.Shapes) == 0 {
		cell = t.cell
	}
	a.roster.Survey(a.find, others, a.Touches, cell)
	for _, o := range parts[1:] {
		t.merge(o)
	}
	return t
}

// arriving counts those who are not there now, and will be before the end of
// the time asked about.
func (a *asking) arriving() (n int) {
	parts, see := make([]int, runtime.GOMAXPROCS(0)), []func(*roster.Seen){}
	for i := range parts {
		see = append(see, func(who *roster.Seen) {
			best := StandsOut
			for k := range who.Presences {
				best = max(best, a.stand(who.Presences, k))
			}
			if best == StandsArriving {
				parts[i]++
			}
		})
	}
	n = a.roster.Arrivals(a.find, &roster.Arriving{Drawn: len(a.find.Shapes) > 0,
		There: func(l *roster.Like) bool { return a.stand([]vedette.Presence{l.At}, 0) != StandsOut },
		To: func(area vedette.AreaID) bool {
			return a.stand([]vedette.Presence{{Area: area, Because: vedette.BecauseTrip, From: a.Until.Add(-1)}}, 0) == StandsArriving
		}}, see)
	for _, k := range parts {
		n += k
	}
	return n
}

// cell counts the people of a cell.
func (t *whoTally) cell(c *roster.Cell) {
	whole, known := t.whole[c.Land]
	if !known {
		whole = t.Whole(c.Land)
		t.whole[c.Land] = whole
	}
	s := StandsIn
	if !whole {
		s = t.stand([]vedette.Presence{{Area: c.Area, Because: vedette.BecauseHome, Site: c.Site, Recorded: t.Now}}, 0)
	}
	if s == StandsOut {
		return
	}
	var n WhoCount
	n.move(s, c.People)
	n.Unreachable = c.People - c.Reached
	t.sum(n)
	t.countries.at(c.Land).sum(n)
	if c.Site != "" {
		t.sites.at(c.Site).sum(n)
		t.at[c.Site] = c.Area
	}
}

// whoTally counts some of the people.
type whoTally struct {
	*asking
	WhoCount
	land      func(vedette.AreaID) vedette.AreaID
	countries headcount[vedette.AreaID]
	sites     headcount[string]
	at        map[string]vedette.AreaID // of sites
	kept      map[vedette.AreaID]cell
	lands     map[vedette.AreaID]vedette.AreaID // of areas, each worked out once
	whole     map[vedette.AreaID]bool           // lands in which everybody is in
	fresh     time.Time                         // what was recorded since is not old
}

// cell is how somebody stands who is kept at an area and nowhere else: worked
// out once, for most people are.
type cell struct {
	stand Stand
	land  vedette.AreaID
}

func (a *asking) tally(land func(vedette.AreaID) vedette.AreaID) *whoTally {
	return &whoTally{asking: a, land: land, countries: headcount[vedette.AreaID]{}, sites: headcount[string]{}, at: map[string]vedette.AreaID{},
		kept: map[vedette.AreaID]cell{}, lands: map[vedette.AreaID]vedette.AreaID{}, whole: map[vedette.AreaID]bool{}, fresh: a.Now.AddDate(0, 0, -a.roster.Settings().StaleDays)}
}

// one counts somebody.
func (t *whoTally) one(who *roster.Seen) {
	best, ps := StandsOut, who.Presences
	for i := range ps {
		s, land := t.of(ps, i)
		if s == StandsOut {
			continue
		}
		best = max(best, s)
		t.countries.note(land, s, who.Key, who.Reached)
		if ps[i].Site != "" {
			t.sites.note(ps[i].Site, s, who.Key, who.Reached)
			t.at[ps[i].Site] = ps[i].Area
		}
	}
	if best != StandsOut {
		t.add(best, who.Reached)
	}
}

// of is how one presence answers, and where it is.
func (t *whoTally) of(ps []vedette.Presence, i int) (Stand, vedette.AreaID) {
	p := &ps[i]
	if len(ps) > 1 || p.Point != nil || !p.From.IsZero() || !p.To.IsZero() || p.Recorded.Before(t.fresh) {
		s := t.stand(ps, i)
		if s == StandsOut {
			return s, ""
		}
		land, ok := t.lands[p.Area]
		if !ok {
			land = t.land(p.Area)
			t.lands[p.Area] = land
		}
		return s, land
	}
	c, ok := t.kept[p.Area]
	if !ok {
		c = cell{t.stand(ps, i), t.land(p.Area)}
		t.kept[p.Area] = c
	}
	return c.stand, c.land
}

// merge adds what another counted: of other people.
func (t *whoTally) merge(o *whoTally) {
	t.sum(o.WhoCount)
	mergeInto(t.countries, o.countries)
	mergeInto(t.sites, o.sites)
	maps.Copy(t.at, o.at)
}

func mergeInto[K comparable](to, from headcount[K]) {
	for k, n := range from {
		to.at(k).sum(n.WhoCount)
	}
}

func (c *WhoCount) sum(o WhoCount) {
	c.In, c.MayBe, c.Arriving, c.Unreachable = c.In+o.In, c.MayBe+o.MayBe, c.Arriving+o.Arriving, c.Unreachable+o.Unreachable
}

// headcount counts people by place, each once in a place by their best stand.
type headcount[K comparable] map[K]*tallied

type tallied struct {
	WhoCount
	last int64 // the person counted last
	as   Stand
}

func (c headcount[K]) at(k K) *tallied {
	t := c[k]
	if t == nil {
		t = &tallied{}
		c[k] = t
	}
	return t
}

func (c headcount[K]) note(k K, s Stand, person int64, reached bool) {
	t := c.at(k)
	if t.last != person {
		t.last, t.as = person, s
		t.add(s, reached)
		return
	}
	if s > t.as { // the same person by a better word
		t.move(t.as, -1)
		t.move(s, 1)
		t.as = s
	}
}

func (c *WhoCount) move(s Stand, n int) {
	switch s {
	case StandsIn:
		c.In += n
	case StandsMayBe:
		c.MayBe += n
	case StandsArriving:
		c.Arriving += n
	}
}

// ranked lists places by how many are concerned, then by name.
func ranked[K comparable](c headcount[K], named func(K) WhoPlace) []WhoPlace {
	out := make([]WhoPlace, 0, len(c))
	for k, t := range c {
		p := named(k)
		p.WhoCount = t.WhoCount
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b WhoPlace) int { return cmp.Or(cmp.Compare(b.All(), a.All()), cmp.Compare(a.Name, b.Name)) })
	return out
}
