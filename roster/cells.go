package roster

import (
	"iter"
	"time"

	"vedette"
	"vedette/gazetteer"
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
		c.of[k] = e
	}
	e.People += n
	if reached {
		e.Reached += n
	}
}

// MakeCells makes the cells ready for a moment: before Cells and Others.
func (r *Roster) MakeCells(now time.Time) {
	old := now.AddDate(0, 0, -r.Settings().StaleDays)
	r.mu.RLock()
	good := !r.cells.since.Before(old)
	r.mu.RUnlock()
	if !good {
		r.makeCells(old.Add(margin))
	}
}

// Cells calls see with all cells that have people in them. see must not use
// the roster.
func (r *Roster) Cells(see func(*Cell)) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, c := range r.cells.of {
		if c.People > 0 {
			see(c)
		}
	}
}

func (r *Roster) makeCells(since time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cells = cells{of: map[at]*Cell{}, gaz: r.cells.gaz, since: since}
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

// Others gives those of some people who are in no cell, in their order.
func (r *Roster) Others(people iter.Seq[int64]) (out []int64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for key := range people {
		if f := r.facts.at(key, false); f == nil || !f.simple {
			out = append(out, key)
		}
	}
	return out
}
