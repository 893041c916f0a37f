package roster

import (
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/match/index"
)

// Sorting says which people are alike to whoever asks. Its functions are
// called by several at the same time.
type Sorting struct {
	Now   time.Time
	Drawn bool                                    // something is drawn: whoever is kept at a point of their own is alike to nobody
	Skip  func(key int64) bool                    // left out
	Home  func(*Like) int                         // people of one number are alike by where they are kept
	Trip  func(vedette.AreaID) int                // trips of one number are alike; below 0, a trip there that has not begun counts for nothing
	Apart func(home, trip *vedette.Presence) bool // nobody is at both at once
}

// Crowd is people whom a query finds and who are alike.
type Crowd struct {
	*Like                   // one of them
	Trip  *vedette.Presence // of that one: the only one that counts, nil for none
	N     int               // how many they are
	Some  []int64           // the first few, by key
	Trips []Booked          // of each of them, where they have one
	Likes map[*Like]int     // how many of each kind, where they have a trip; else all are of one
}

// Booked is somebody's trip.
type Booked struct {
	Key      int64
	Area     vedette.AreaID
	From, To time.Time
}

// someOf is how many of a crowd are named.
const someOf = 10

// Gather goes through everyone any of some queries finds, which are of one
// moment, as of it. Those who are alike come in crowds; of all others each of
// the functions see is called with some, at the same time, and may keep nothing
// of what it is shown nor use the roster. Whoever asked to be told is in
// neither, but listed by key.
func (r *Roster) Gather(qs []index.Query, by *Sorting, see []func(*Seen)) (crowds []Crowd, watching []int64) {
	r.makeCells(qs[0].From, qs[0].From)
	defer r.mu.RUnlock() // nobody moves from a crowd to the others meanwhile
	found := r.Index.Find(qs[0])
	for _, q := range qs[1:] {
		found = found.Or(r.Index.Find(q))
	}
	parts := make([]*gathering, len(see))
	var wg sync.WaitGroup
	for i := range parts {
		parts[i] = r.gathering(by)
		wg.Go(func() { parts[i].through(found.Part(i, len(parts)), see[i]) })
	}
	wg.Wait()
	for _, p := range parts[1:] {
		parts[0].add(p)
	}
	slices.Sort(parts[0].watching)
	return parts[0].all(), parts[0].watching
}

// gathering is some of the people found.
type gathering struct {
	*Sorting
	r        *Roster
	at       *factReader
	n        []int32   // by number of their kind, of those without a trip that counts
	some     [][]int64 // the first few of each
	homes    []int     // by number of their kind, see known
	trips    []int     // by number of their area, see known
	away     map[going]*Crowd
	watching []int64
}

// going tells apart people with a trip.
type going struct {
	home, trip   int
	under, apart bool // way; and they cannot be at home meanwhile
	reached      bool
}

func (r *Roster) gathering(by *Sorting) *gathering {
	n := len(r.cells.likes.list)
	return &gathering{Sorting: by, r: r, at: r.facts.reader(), n: make([]int32, n), some: make([][]int64, n), homes: make([]int, n), away: map[going]*Crowd{}}
}

func (g *gathering) through(found index.Found, see func(*Seen)) {
	one, list := g.r.facts.seer(g.at, see), g.r.cells.likes.list
	g.r.Index.See(found, func(key int64) bool {
		if g.Skip(key) {
			return false
		}
		no := g.at.at(key).like
		if no == 0 || no&more != 0 || g.Drawn && list[no].Exact {
			return true
		}
		g.count(no, key)
		return false
	}, func(h *index.Held) {
		switch no := g.at.at(h.Key).like; {
		case h.Watching:
			g.watching = append(g.watching, h.Key)
		case no == 0, g.Drawn && list[no&^more].Exact, !g.travels(no&^more, h):
			one(h)
		}
	})
}

// count counts somebody who has no trip that counts.
func (g *gathering) count(no uint32, key int64) {
	if g.n[no]++; g.n[no] <= someOf {
		g.some[no] = append(g.some[no], key)
	}
}

// travels counts somebody with trips, false where they are to be looked at by
// themselves: of several that count, a leg of one, or one to a site or a point.
func (g *gathering) travels(no uint32, h *index.Held) bool {
	var home, trip *vedette.Presence
	class := 0
	for i := range h.Presences {
		p := &h.Presences[i]
		switch {
		case !p.To.IsZero() && !p.To.After(g.Now): // over
		case !p.Because.Travels():
			home = p
		default:
			c := g.trip(h.Areas[i], p.Area)
			switch {
			case c < 0 && p.Ahead(g.Now):
				continue
			case trip != nil, p.Because != vedette.BecauseTrip, p.Site != "", g.Drawn && p.Point != nil:
				return false
			}
			trip, class = p, c
		}
	}
	switch {
	case home == nil: // it changed while they were looked for
		return false
	case trip == nil:
		g.count(no, h.Key)
		return true
	}
	g.goes(no, h.Key, home, trip, class)
	return true
}

// goes counts somebody with one trip that counts.
func (g *gathering) goes(no uint32, key int64, home, trip *vedette.Presence, class int) {
	like := g.r.cells.likes.list[no]
	k := going{home: g.home(no), trip: class, reached: like.Reached}
	if k.under = !trip.Ahead(g.Now); k.under {
		k.apart = g.Apart(home, trip)
	}
	c := g.away[k]
	if c == nil {
		of := *trip
		c = &Crowd{Like: like, Trip: &of, Likes: map[*Like]int{}}
		g.away[k] = c
	}
	c.N++
	c.Likes[like]++
	c.Trips = append(c.Trips, Booked{key, trip.Area, trip.From, trip.To})
}

// known marks a number that was worked out: 0 is none yet.
const known = 2

func (g *gathering) home(no uint32) int {
	if g.homes[no] == 0 {
		g.homes[no] = g.Home(g.r.cells.likes.list[no]) + known
	}
	return g.homes[no] - known
}

func (g *gathering) trip(no uint32, area vedette.AreaID) int {
	if int(no) >= len(g.trips) {
		g.trips = append(g.trips, make([]int, int(no)+1-len(g.trips))...)
	}
	if g.trips[no] == 0 {
		g.trips[no] = g.Trip(area) + known
	}
	return g.trips[no] - known
}

func (g *gathering) add(o *gathering) {
	g.watching = append(g.watching, o.watching...)
	for no, n := range o.n {
		if n > 0 {
			g.n[no] += n
			g.some[no] = append(g.some[no], o.some[no]...)
		}
	}
	for k, c := range o.away {
		mine := g.away[k]
		if mine == nil {
			g.away[k] = c
			continue
		}
		mine.N += c.N
		mine.Trips = append(mine.Trips, c.Trips...)
		for l, n := range c.Likes {
			mine.Likes[l] += n
		}
	}
}

// all gives the crowds.
func (g *gathering) all() (out []Crowd) {
	for no, n := range g.n {
		if n > 0 {
			slices.Sort(g.some[no])
			out = append(out, Crowd{Like: g.r.cells.likes.list[no], N: int(n), Some: g.some[no][:min(len(g.some[no]), someOf)]})
		}
	}
	for _, c := range g.away {
		slices.SortFunc(c.Trips, func(a, b Booked) int { return int(a.Key - b.Key) })
		for _, b := range c.Trips[:min(len(c.Trips), someOf)] {
			c.Some = append(c.Some, b.Key)
		}
		out = append(out, *c)
	}
	return out
}
