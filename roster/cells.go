package roster

import (
	"sync"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index"
)

// Cell is how many people are kept at one place and nowhere else, for good
// and lately confirmed. Most people are: a question about places takes them
// together, not one by one.
type Cell struct {
	Area    vedette.AreaID
	Land    vedette.AreaID // the country or sea it is in, itself where it is wider
	Site    string
	People  int
	Reached int // of them, with an address that some channel sends to
}

// at names a cell.
type at struct {
	area vedette.AreaID
	site string
}

// cells counts the people of each cell. They are made when first asked for,
// and then follow the people.
type cells struct {
	of    map[at]*Cell
	lands map[vedette.AreaID][]*Cell
	gaz   *gazetteer.Gazetteer
	since time.Time // who was confirmed before is in no cell; zero: none is made yet
}

// margin is how long before a word grows old its person leaves their cell: so
// long cells hold.
const margin = 48 * time.Hour

// simple gives the cell of somebody with these presences, false where they
// are in none.
func (c *cells) simple(ps []vedette.Presence) (at, bool) {
	if len(ps) != 1 || c.since.IsZero() {
		return at{}, false
	}
	p := &ps[0]
	kept := p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite
	return at{p.Area, p.Site}, kept && p.From.IsZero() && p.To.IsZero() && p.Area != "" && !p.Recorded.Before(c.since)
}

func (c *cells) land(id vedette.AreaID) vedette.AreaID {
	if a, ok := c.gaz.Shared(id); ok && a.Country != "" {
		return a.Country
	}
	return id
}

func (c *cells) add(k at, n int, reached bool) {
	e := c.of[k]
	if e == nil {
		e = &Cell{Area: k.area, Land: c.land(k.area), Site: k.site}
		c.of[k], c.lands[e.Land] = e, append(c.lands[e.Land], e)
	}
	e.People += n
	if reached {
		e.Reached += n
	}
}

// Seen is somebody whom a survey looks at by themselves.
type Seen struct {
	Key       int64
	Reached   bool // some channel sends to them
	Presences []vedette.Presence
}

// Survey goes through everyone a query finds, each once, as of one moment:
// most by their cell, where cell is given, all others one by one. Each of the
// functions others is called with a part of them, at the same time, and may
// keep nothing of what it is shown. With cell, the query must be about areas
// as of now, and cell is called with every cell there is, found or not, of the
// lands in which it wants them. None of them may use the roster.
func (r *Roster) Survey(q index.Query, now time.Time, others []func(*Seen), lands func(vedette.AreaID) bool, cell func(*Cell)) {
	if cell != nil {
		r.makeCells(now)
	}
	r.mu.RLock() // nobody moves from a cell to the others meanwhile
	defer r.mu.RUnlock()
	found := r.Index.Find(q)
	var wg sync.WaitGroup
	for i, see := range others {
		wg.Go(func() {
			at := r.facts.reader()
			s, e := Seen{}, &nobody
			want := func(key int64) bool {
				e = at.at(key)
				return cell == nil || !e.simple
			}
			r.Index.See(found.Part(i, len(others)), want, func(key int64, ps []vedette.Presence) {
				s = Seen{Key: key, Reached: e.there && r.facts.sends[e.slots], Presences: ps}
				see(&s)
			})
		})
	}
	wg.Wait()
	if cell != nil {
		r.cells.each(lands, cell)
	}
}

// each calls see with the cells of some lands that have people in them.
func (c *cells) each(lands func(vedette.AreaID) bool, see func(*Cell)) {
	for land, list := range c.lands {
		if !lands(land) {
			continue
		}
		for _, e := range list {
			if e.People > 0 {
				see(e)
			}
		}
	}
}

// makeCells makes the cells ready for a moment.
func (r *Roster) makeCells(now time.Time) {
	old := now.AddDate(0, 0, -r.Settings().StaleDays)
	r.mu.RLock()
	good := !r.cells.since.Before(old)
	r.mu.RUnlock()
	if good {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cells = cells{of: map[at]*Cell{}, lands: map[vedette.AreaID][]*Cell{}, gaz: r.cells.gaz, since: old.Add(margin)}
	var ps []vedette.Presence
	r.facts.each(func(key int64, f *fact) {
		ps = r.Index.Presences(key, ps[:0])
		f.simple = r.cells.enter(ps, r.facts.sends[f.slots])
	})
}

// enter puts somebody into their cell, and says whether they have one.
func (c *cells) enter(ps []vedette.Presence, reached bool) bool {
	k, ok := c.simple(ps)
	if ok {
		c.add(k, 1, reached)
	}
	return ok
}

// leave takes somebody out of their cell, before what is known of them changes.
func (r *Roster) leave(key int64) {
	ps := r.Presences(key)
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.facts.at(key, false)
	if f == nil || !f.there || !f.simple {
		return
	}
	f.simple = false
	r.cells.add(at{ps[0].Area, ps[0].Site}, -1, r.facts.sends[f.slots])
}

// enter puts somebody into their cell, once what is known of them changed.
func (r *Roster) enter(key int64) {
	ps := r.Presences(key)
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.facts.at(key, false); f != nil && f.there && !r.cells.since.IsZero() {
		f.simple = r.cells.enter(ps, r.facts.sends[f.slots])
	}
}
