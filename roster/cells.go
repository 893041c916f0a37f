package roster

import (
	"sync"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/match/index"
)

// Cell is how many people are kept at one place, for good and lately
// confirmed, and are for now nowhere else: what else is held of them is over,
// or far ahead. Most people are: a question about places takes them together,
// not one by one.
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
// hold for questions about a time, and follow the people.
type cells struct {
	of       map[at]*Cell
	lands    map[vedette.AreaID][]*Cell
	gaz      *gazetteer.Gazetteer
	from, to time.Time // the time that may be asked about; zero: none is made yet
	since    time.Time // who was confirmed before is in no cell
	stale    time.Time // who was confirmed before is old
	likes    likes
}

// margin is how much longer than asked cells hold: a word that grows old
// before, or a trip that comes near, puts its person among the others at once.
const margin = 48 * time.Hour

// lag is how much older than what they were made for a question may be: two
// that come together must not make them anew in turn.
const lag = time.Minute

// hold says whether the cells answer a question about a time.
func (c *cells) hold(from, to, fresh time.Time) bool {
	return !c.to.IsZero() && !from.Before(c.from) && !to.After(c.to) && !c.since.Before(fresh) && !c.stale.After(fresh)
}

// simple gives the cell of somebody with these presences, false where they
// are in none.
func (c *cells) simple(ps []vedette.Presence) (at, bool) {
	var home *vedette.Presence
	for i := range ps {
		p := &ps[i]
		switch {
		case c.to.IsZero():
			return at{}, false
		case p.Ahead(c.to), !p.To.IsZero() && !p.To.After(c.from): // no word on any time asked about
		case home == nil && c.steady(p):
			home = p
		default:
			return at{}, false
		}
	}
	if home == nil {
		return at{}, false
	}
	return at{home.Area, home.Site}, true
}

// steady says whether somebody is kept there for good, by a word that is fresh.
func (c *cells) steady(p *vedette.Presence) bool {
	return lasts(p) && !p.Recorded.Before(c.since)
}

// lasts says whether somebody is kept there for good.
func lasts(p *vedette.Presence) bool {
	kept := p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite
	return kept && p.From.IsZero() && p.To.IsZero() && p.Area != ""
}

func (c *cells) add(k at, n int, reached bool) {
	e := c.of[k]
	if e == nil {
		e = &Cell{Area: k.area, Land: c.gaz.Land(k.area), Site: k.site}
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
	Who       *advise.Person // shared: without presences
	Kind      int            // whoever has the same has the same Who
	Reached   bool           // some channel sends to them
	Led       vedette.Led
	Presences []vedette.Presence
}

// Survey goes through everyone a query finds, each once, as of the moment it
// is from: most by their cell, where cell is given, all others one by one. Each
// of the functions others is called with a part of them, at the same time, and
// may keep nothing of what it is shown. With cell, the query must be about
// areas, and cell is called with every cell there is, found or not, of the
// lands in which it wants them. None of them may use the roster.
func (r *Roster) Survey(q index.Query, others []func(*Seen), lands func(vedette.AreaID) bool, cell func(*Cell)) {
	if cell != nil {
		r.makeCells(q.From, q.To)
	} else {
		r.mu.RLock()
	}
	// Locked, so that nobody moves from a cell to the others meanwhile.
	defer r.mu.RUnlock()
	found := r.Index.Find(q)
	var wg sync.WaitGroup
	for i, see := range others {
		wg.Go(func() {
			at := r.facts.reader()
			want := func(key int64) bool { return cell == nil || !at.simple(key) }
			r.Index.See(found.Part(i, len(others)), want, r.facts.seer(at, see))
		})
	}
	wg.Wait()
	if cell != nil {
		r.cells.each(lands, cell)
	}
}

// seer shows who is found with their facts; whoever has none is nobody.
func (f *facts) seer(at *factReader, see func(*Seen)) func(*index.Held) {
	var s Seen
	return func(h *index.Held) {
		if e := at.at(h.Key); e.there {
			s = Seen{Key: h.Key, Who: &f.whos.items[e.who], Kind: int(e.who), Reached: f.sends[e.slots], Led: e.led, Presences: h.Presences}
			see(&s)
		}
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

// Warm makes ready what the usual question asks for: who is where now, and
// who arrives in the days that the organisation looks ahead.
func (r *Roster) Warm(now time.Time) {
	r.makeCells(now, now.AddDate(0, 0, r.Settings().ArrivalDays))
	r.mu.RUnlock()
}

// makeCells makes the cells ready for a question about a time, and leaves the
// roster locked for reading.
func (r *Roster) makeCells(from, to time.Time) {
	for {
		r.mu.RLock()
		if r.cells.hold(from, to, r.fresh(from)) {
			return
		}
		r.mu.RUnlock()
		r.remakeCells(from, to)
	}
}

// fresh is since when a word must have been recorded not to be old.
func (r *Roster) fresh(now time.Time) time.Time { return now.AddDate(0, 0, -r.settings.StaleDays) }

// remakeCells makes the cells anew.
func (r *Roster) remakeCells(from, to time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn++
	fresh, usual := r.fresh(from), from.AddDate(0, 0, r.settings.ArrivalDays)
	if usual.After(to) {
		to = usual
	}
	r.cells = cells{of: map[at]*Cell{}, lands: map[vedette.AreaID][]*Cell{}, gaz: r.cells.gaz,
		from: from.Add(-lag), to: to.Add(margin), since: fresh.Add(margin), stale: r.fresh(from.Add(-lag)), likes: newLikes(r.cells.gaz)}
	var ps []vedette.Presence
	r.facts.each(func(key int64, f *fact) {
		ps = r.Index.Presences(key, ps[:0])
		r.put(key, f, ps)
	})
	r.cells.likes.place()
}

// put puts somebody into their cell, and among those who are alike.
func (r *Roster) put(key int64, f *fact, ps []vedette.Presence) {
	reached := r.facts.sends[f.slots]
	k, ok := r.cells.simple(ps)
	if ok {
		r.cells.add(k, 1, reached)
	}
	r.facts.setSimple(key, ok)
	r.join(key, f, ps, reached)
}

// join puts somebody among those who are alike.
func (r *Roster) join(key int64, f *fact, ps []vedette.Presence, reached bool) {
	l := &r.cells.likes
	f.like = 0
	r.facts.setCrowded(key, false)
	p, old, trip, trips := r.cells.kept(ps)
	if p == nil || r.Index.Watching(key) {
		return
	}
	if f.like = l.number(p, old, f, &r.facts.whos.items[f.who], reached); f.like == 0 {
		return
	}
	var away *Booked
	if trips > 0 {
		f.like |= more
		for i := range ps {
			if ps[i].Because.Travels() {
				l.goal(ps[i].Area)
			}
		}
		b, ok := book(key, trip, l.goal(trip.Area), f.led)
		if trips > 1 || !ok {
			return
		}
		away = &b
	}
	l.enter(f.like&^more, key, away)
	r.facts.setCrowded(key, true)
}

// leave takes somebody out of their cell, before what is known of them changes.
func (r *Roster) leave(key int64) {
	ps := r.Presences(key)
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.facts.at(key, false)
	if f == nil || !f.there {
		return
	}
	r.turn++
	if r.facts.crowded(key) {
		r.cells.likes.leave(f.like, key)
		r.facts.setCrowded(key, false)
	}
	f.like = 0
	if !r.facts.simple(key) {
		return
	}
	r.facts.setSimple(key, false)
	if k, ok := r.cells.simple(ps); ok {
		r.cells.add(k, -1, r.facts.sends[f.slots])
	}
}

// enter puts somebody into their cell, once what is known of them changed.
func (r *Roster) enter(key int64) {
	ps := r.Presences(key)
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.facts.at(key, false); f != nil && f.there {
		r.turn++
		r.put(key, f, ps)
	}
}
