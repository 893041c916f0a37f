package roster

import (
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/match/index"
	"vedette/match/index/spell"
)

// Sorting says which people are alike to whoever asks. Its functions are
// called by several at the same time.
type Sorting struct {
	Now   time.Time
	Drawn bool                                              // something is drawn: whoever is kept at a point of their own is alike to nobody
	Held  *Holders                                          // gone through wherever they are
	Holds func(key int64) int                               // the number of what somebody holds, 0 who is not among them
	Home  func(*Like) int                                   // people of one number are alike by where they are kept
	Far   func(land vedette.AreaID) bool                    // trips to anywhere in it are alike, by the number 0, and count once they have begun
	Trip  func(area vedette.AreaID) (alike int, ahead bool) // trips of one number are alike; ahead says whether one that has not begun counts
	Apart func(home, trip *vedette.Presence) bool           // nobody is at both at once
}

// Crowd is people who are alike: all whom a query finds, and perhaps some near
// by whom it does not.
type Crowd struct {
	*Like                   // one of them
	Hold  int               // the number of what they hold, 0 for nothing
	Trip  *vedette.Presence // of that one: the only one that counts, nil for none
	N     int               // how many they are
	Some  []int64           // the first few, by key
	Trips []Booked          // of each of them, where they have one, in no order
	goals []goal
	Likes []Share // how many of each kind, where they have a trip; one may be there several times. Else all are of one
}

// Share is how many of a crowd are of a kind.
type Share struct {
	*Like
	N int
}

// To says where a trip of the crowd goes, and when it is there.
func (c *Crowd) To(b *Booked) (area vedette.AreaID, from, to time.Time) {
	return c.goals[b.Goal].area, spell.Time(b.from, spell.Always), spell.Time(b.to, spell.Forever)
}

// Goals lists where the trips of the crowd go, each place once. They have all
// begun, or none has.
func (c *Crowd) Goals() []vedette.AreaID {
	nos := make([]uint32, len(c.Trips))
	for i := range c.Trips {
		nos[i] = c.Trips[i].Goal
	}
	slices.Sort(nos)
	nos = slices.Compact(nos)
	out := make([]vedette.AreaID, len(nos))
	for i, no := range nos {
		out[i] = c.goals[no].area
	}
	return out
}

// someOf is how many of a crowd are named.
const someOf = 10

// Gather goes through everyone any of some queries finds, which are of one
// moment, as of it, and through who holds something. Those who are alike come in crowds; of all others each of
// the functions see is called with some, at the same time, and may keep nothing
// of what it is shown nor use the roster. Whoever asked to be told is in
// neither, but listed by key, as are the few whose own point may say whether they
// are at home while they travel.
func (r *Roster) Gather(qs []index.Query, by *Sorting, see []func(*Seen)) (crowds []Crowd, alone []int64) {
	r.makeCells(qs[0].From, qs[0].From)
	defer r.mu.RUnlock() // nobody moves from a crowd to the others meanwhile
	held := r.sort(by.Held)
	found, there, goals := r.find(qs)
	parts := make([]*gathering, len(see))
	var wg sync.WaitGroup
	for i := range parts {
		parts[i] = r.gathering(by, held, there, goals)
		wg.Go(func() {
			parts[i].through(found.Part(i, len(parts)), see[i])
			parts[i].travellers(i, len(parts))
			parts[i].holders(i, len(parts))
		})
	}
	wg.Wait()
	for _, p := range parts[1:] {
		parts[0].add(p)
	}
	parts[0].stayers()
	slices.Sort(parts[0].alone)
	return parts[0].all(), parts[0].alone
}

// find gives whom the queries find, by number the kinds that they find where
// those are kept, and the goals at which they may find a trip.
func (r *Roster) find(qs []index.Query) (found index.Found, there, goals []bool) {
	var wg sync.WaitGroup
	wg.Go(func() { there, goals = r.cells.likes.found(qs) })
	found = r.Index.Find(qs[0])
	for _, q := range qs[1:] {
		found = found.Or(r.Index.Find(q))
	}
	wg.Wait()
	return found, there, goals
}

// gathering is some of the people found.
type gathering struct {
	*Sorting
	r     *Roster
	now   int64 // nanoseconds since 1970
	list  []*kind
	there []bool // by number of a kind: it is found where it is kept
	near  []bool // by number of a goal: a trip there may be found
	at    *factReader
	n     []int32            // by number of a kind: how many have no trip that counts
	some  map[uint32][]int64 // the first few of those who have a trip
	homes []int              // by number of a kind, see known
	goals []trips            // by number of where trips go
	lands []land             // by number, that those are in
	away  map[going]*Crowd
	held  *sorted
	kept  map[staysAs]*Crowd // who holds something and has a trip that does not count
	stay  []Crowd            // who holds something and has none
	alone []int64            // to be looked at by key
}

// trips is what trips to an area come to.
type trips struct {
	alike int
	ahead bool
	known bool
}

// land is what a land comes to.
type land struct{ known, far bool }

// going tells apart people with a trip.
type going struct {
	home, trip   int
	hold         int
	under, apart bool // way; and they cannot be at home meanwhile
	reached      bool
}

func (r *Roster) gathering(by *Sorting, held *sorted, there, near []bool) *gathering {
	l := &r.cells.likes
	n := len(l.list)
	return &gathering{Sorting: by, r: r, now: by.Now.UnixNano(), list: l.list, there: there, near: near, at: r.facts.reader(), n: make([]int32, n), some: map[uint32][]int64{}, homes: make([]int, n),
		goals: make([]trips, len(l.goals.list)), lands: make([]land, len(l.goals.lands)), away: map[going]*Crowd{}, held: held, kept: map[staysAs]*Crowd{}}
}

// through goes through those found who are not among their kind.
func (g *gathering) through(found index.Found, see func(*Seen)) {
	one := g.r.facts.seer(g.at, see)
	g.r.Index.See(found, func(key int64) bool {
		if g.at.crowded(key) && !(g.Drawn && g.list[g.at.at(key).like&^more].Exact) {
			return false
		}
		return g.Holds(key) == 0
	}, func(h *index.Held) {
		switch no := g.at.at(h.Key).like; {
		case h.Watching:
			g.alone = append(g.alone, h.Key)
		case no == 0, g.Drawn && g.list[no&^more].Exact, !g.travels(no&^more, h):
			one(h)
		}
	})
}

// travels counts somebody with trips, false where they are to be looked at by
// themselves: of several that count, a leg of one, or one to a site or a point.
func (g *gathering) travels(no uint32, h *index.Held) bool {
	var home, trip *vedette.Presence
	for i := range h.Presences {
		p := &h.Presences[i]
		switch {
		case !p.To.IsZero() && !p.To.After(g.Now): // over
		case !p.Because.Travels():
			home = p
		case !g.town(p.Area).ahead && p.Ahead(g.Now):
		case trip != nil, p.Because != vedette.BecauseTrip, p.Site != "", p.Point != nil:
			return false
		default:
			trip = p
		}
	}
	switch {
	case home == nil: // it changed while they were looked for
		return false
	case trip == nil:
		g.count(no, h.Key)
		return true
	case g.list[no].Exact && !trip.Ahead(g.Now):
		return false
	}
	b, ok := book(h.Key, trip, g.r.cells.likes.goals.no[trip.Area], g.at.at(h.Key).led)
	if ok {
		g.goes(no, &b, 0)
	}
	return ok
}

// stayers counts those who have no trip.
func (g *gathering) stayers() {
	for no, k := range g.list {
		if !g.there[no] || g.Drawn && k.Exact {
			continue
		}
		g.n[no] += int32(len(k.stay) - g.held.kinds[no].n)
	}
}

// firsts gives the first few of a kind who hold nothing.
func (g *gathering) firsts(no uint32) []int64 {
	k := g.list[no]
	var first []int64
	if g.there[no] && !(g.Drawn && k.Exact) {
		if first = k.stay[:min(len(k.stay), someOf)]; g.held.kinds[no].n > 0 {
			first = g.held.kinds[no].free
		}
	}
	first = slices.Concat(first, g.some[no]) // a list of its own: people move once the roster is let go
	slices.Sort(first)
	return first[:min(len(first), someOf)]
}

// travellers counts those who have one trip: of each so-manieth kind that is
// found where it is kept, and of each so-manieth goal those of other kinds.
func (g *gathering) travellers(first, step int) {
	for no := 1 + first; no < len(g.list); no += step {
		if g.there[no] {
			g.each(g.list[no].away, func(b *Booked) { g.from(uint32(no), b) })
		}
	}
	for no := first; no < len(g.near); no += step {
		if g.near[no] {
			g.each(g.r.cells.likes.goals.list[no].away, g.to)
		}
	}
}

// each goes through those of a list whom the query asks for.
func (g *gathering) each(list []Booked, see func(*Booked)) {
	for i := range list {
		if b := &list[i]; !(g.Drawn && g.list[b.kind].Exact) && g.Holds(b.Key) == 0 {
			see(b)
		}
	}
}

// from counts somebody of a kind that is found where it is kept.
func (g *gathering) from(no uint32, b *Booked) {
	ahead := b.from > g.now
	switch {
	case b.to <= g.now, ahead && !(g.near[b.Goal] && g.goal(b.Goal).ahead):
		g.count(no, b.Key)
	case !ahead && g.list[no].Exact:
		g.alone = append(g.alone, b.Key)
	default:
		g.goes(no, b, 0)
	}
}

// to counts somebody with a trip to where one may be found, unless their kind
// is found.
func (g *gathering) to(b *Booked) {
	ahead := b.from > g.now
	switch {
	case g.there[b.kind], b.to <= g.now, ahead && !g.goal(b.Goal).ahead:
	case !ahead && g.list[b.kind].Exact:
		g.alone = append(g.alone, b.Key)
	default:
		g.goes(b.kind, b, 0)
	}
}

// holders goes through a part of who holds something, found or not: they are
// among their kind as everyone is.
func (g *gathering) holders(part, of int) {
	share := func(n int) (from, to int) { return n * part / of, n * (part + 1) / of }
	from, to := share(len(g.held.alone))
	g.alone = append(g.alone, g.held.alone[from:to]...)
	from, to = share(len(g.held.stay))
	for i := range g.held.stay[from:to] {
		s := &g.held.stay[from+i]
		if g.Drawn && g.list[s.kind].Exact {
			g.alone = append(g.alone, s.keys...)
			continue
		}
		n := min(len(s.keys), someOf)
		g.stay = append(g.stay, Crowd{Like: &g.list[s.kind].Like, Hold: int(s.no), N: len(s.keys), Some: s.keys[:n:n]})
	}
	from, to = share(len(g.held.away))
	for i := range g.held.away[from:to] {
		g.holderAway(&g.held.away[from+i])
	}
}

// holderAway counts somebody who holds something and has a trip.
func (g *gathering) holderAway(a *awaying) {
	ahead := a.from > g.now
	switch {
	case g.list[a.kind].Exact && (g.Drawn || !ahead && a.to > g.now):
		g.alone = append(g.alone, a.Key)
	case a.to <= g.now, ahead && !g.goal(a.Goal).ahead:
		g.keeps(staysAs{a.kind, a.no}).take(a.Key)
	default:
		g.goes(a.kind, &a.Booked, int(a.no))
	}
}

// keeps gives the crowd of a kind who hold something and have a trip that does
// not count.
func (g *gathering) keeps(as staysAs) *Crowd {
	c := g.kept[as]
	if c == nil {
		c = &Crowd{Like: &g.list[as.kind].Like, Hold: int(as.no)}
		g.kept[as] = c
	}
	return c
}

func (c *Crowd) take(key int64) {
	c.N++
	c.Some = firstOf(c.Some, key)
}

// count counts somebody who has no trip that counts.
func (g *gathering) count(no uint32, key int64) {
	if g.n[no]++; g.n[no] <= someOf {
		g.some[no] = append(g.some[no], key)
	}
}

// goes counts somebody with one trip that counts.
func (g *gathering) goes(no uint32, b *Booked, hold int) {
	like := &g.list[no].Like
	k := going{home: g.home(no), hold: hold, trip: g.goal(b.Goal).alike, under: b.from <= g.now, reached: like.Reached}
	if k.under {
		trip := g.r.cells.likes.goals.presence(b)
		k.apart = g.Apart(&like.At, &trip)
	}
	c := g.away[k]
	if c == nil {
		trip := g.r.cells.likes.goals.presence(b)
		c = &Crowd{Like: like, Hold: hold, Trip: &trip, goals: g.r.cells.likes.goals.list}
		g.away[k] = c
	}
	if hold != 0 || g.there[no] {
		if n := len(c.Likes); n == 0 || c.Likes[n-1].Like != like {
			c.Likes = append(c.Likes, Share{like, 0})
		}
		c.Likes[len(c.Likes)-1].N++
	}
	c.N++
	c.Trips = append(c.Trips, *b)
}

// known marks a number that was worked out: 0 is none yet.
const known = 2

func (g *gathering) home(no uint32) int {
	if g.homes[no] == 0 {
		g.homes[no] = g.Home(&g.list[no].Like) + known
	}
	return g.homes[no] - known
}

// goal is what trips to one come to.
func (g *gathering) goal(no uint32) *trips {
	t := &g.goals[no]
	if !t.known {
		to := &g.r.cells.likes.goals.list[no]
		if !g.far(to.land) {
			t.alike, t.ahead = g.Trip(to.area)
		}
		t.known = true
	}
	return t
}

func (g *gathering) far(no int) bool {
	l := &g.lands[no]
	if !l.known {
		*l = land{true, g.Far(g.r.cells.likes.goals.lands[no])}
	}
	return l.far
}

// town is what trips to an area come to, whose number is known.
func (g *gathering) town(area vedette.AreaID) *trips { return g.goal(g.r.cells.likes.goals.no[area]) }

func (g *gathering) add(o *gathering) {
	g.alone = append(g.alone, o.alone...)
	for no, n := range o.n {
		if n > 0 {
			g.n[no] += n
			g.some[uint32(no)] = append(g.some[uint32(no)], o.some[uint32(no)]...)
		}
	}
	g.stay = append(g.stay, o.stay...)
	for as, c := range o.kept {
		mine := g.keeps(as)
		mine.N += c.N
		for _, key := range c.Some {
			mine.Some = firstOf(mine.Some, key)
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
		mine.Likes = append(mine.Likes, c.Likes...)
	}
}

// all gives the crowds.
func (g *gathering) all() (out []Crowd) {
	out = make([]Crowd, 0, len(g.stay)+len(g.kept)+len(g.away)+64)
	for no, n := range g.n {
		if n > 0 {
			out = append(out, Crowd{Like: &g.list[no].Like, N: int(n), Some: g.firsts(uint32(no))})
		}
	}
	out = append(out, g.stay...)
	for _, c := range g.kept {
		out = append(out, *c)
	}
	for _, c := range g.away {
		for i := range c.Trips {
			c.Some = firstOf(c.Some, c.Trips[i].Key)
		}
		out = append(out, *c)
	}
	return out
}

// firstOf adds a key to the few that are named, if it is one of the first.
func firstOf(some []int64, key int64) []int64 {
	if len(some) == someOf && key > some[someOf-1] {
		return some
	}
	i, _ := slices.BinarySearch(some, key)
	return slices.Insert(some[:min(len(some), someOf-1)], i, key)
}
