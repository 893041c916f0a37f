package roster

import (
	"cmp"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/match/index"
	"vedette/match/index/spell"
)

// Like is somebody as many are: kept at one place for good, whatever trips
// they have, and with no wish to be told more. What an update comes to for one
// of them, who has no trip and holds no notice of its situation, it comes to
// for all.
type Like struct {
	Land    vedette.AreaID // the country or sea that they are kept in
	Kind    int            // of their facts
	Who     advise.Person  // without a place
	At      vedette.Presence
	Old     bool // they were confirmed there too long ago
	Reached bool // some channel sends to them
	Exact   bool // each is kept at a point of their own, which At lacks: alike only to what draws nothing
}

// Kept gives where they are kept, their word as fresh at a moment as it is, or
// too old by the organisation's figures.
func (l *Like) Kept(at time.Time, set vedette.Settings) vedette.Presence {
	p := l.At
	if p.Recorded = at; l.Old {
		p.Recorded = at.AddDate(0, 0, -set.StaleDays-1)
	}
	return p
}

// like is what tells people who are alike from others.
type like struct {
	because vedette.Because
	who     uint32 // on the shelf
	slots   uint32 // on the shelf: what some of them are sent is what all are sent
	old     bool
	exact   bool
	point   vedette.Point // of a site, which all there share
	pointed bool
	spread  float64
}

// numbered is a kind of people who are alike, by its number.
type numbered struct {
	like
	no uint32
}

// more marks the number of somebody's kind where more is held of them than
// where they are kept: trips.
const more = 1 << 31

// mostLikes bounds the kinds of people at one place: beyond, and where each
// of a site has a point of their own, people are looked at by themselves.
const mostLikes = 256

// likes are the kinds of people who are alike, and who is of which. Like the
// cells they are made with they hold for some time, and follow the people.
type likes struct {
	gaz    *gazetteer.Gazetteer
	list   []*kind // by number; nobody is of the first
	at     map[at][]numbered
	goals  goals
	places *index.Index // where each kind is kept, under its number, and each goal, see goalKey
	whole  bool         // it has them all
}

// kind is those who are alike.
type kind struct {
	Like
	stay []int64  // who has no trip, ascending
	away []Booked // who has one, by ascending key
}

func newLikes(g *gazetteer.Gazetteer) likes {
	return likes{gaz: g, list: []*kind{nil}, at: map[at][]numbered{}, places: index.New(g), goals: goals{no: map[vedette.AreaID]uint32{}}}
}

// number gives the number of somebody's kind, 0 where they are looked at by
// themselves.
func (l *likes) number(p *vedette.Presence, old bool, f *fact, who *advise.Person, reached bool) uint32 {
	k := like{because: p.Because, who: f.who, slots: f.slots, old: old}
	switch {
	case p.Point == nil:
	case p.Because == vedette.BecauseHome:
		k.exact = true
	default:
		k.point, k.pointed, k.spread = *p.Point, true, p.Spread
	}
	here := at{p.Area, p.Site}
	for i := range l.at[here] {
		if n := &l.at[here][i]; n.like == k {
			return n.no
		}
	}
	if len(l.at[here]) >= mostLikes {
		return 0
	}
	e := &kind{Like: Like{Land: l.gaz.Land(p.Area), Kind: int(f.who), Who: *who, Old: old, Reached: reached, Exact: k.exact,
		At: vedette.Presence{Area: p.Area, Because: p.Because, Site: p.Site, Spread: k.spread}}}
	if k.pointed {
		e.At.Point = &k.point
	}
	no := uint32(len(l.list))
	l.list = append(l.list, e)
	l.at[here] = append(l.at[here], numbered{k, no})
	if l.whole {
		l.places.Add(e.place(no))
	}
	return no
}

func (k *kind) place(no uint32) vedette.Presence {
	p := k.At
	p.Person = int64(no)
	return p
}

// place puts all kinds and goals where they are, and each that comes from then
// on.
func (l *likes) place() {
	l.places.Load(func(yield func(vedette.Presence) bool) {
		for no, k := range l.list[1:] {
			yield(k.place(uint32(no + 1))) // takes all there are
		}
		for no := range l.goals.list {
			yield(l.goals.place(uint32(no)))
		}
	}, len(l.list)+len(l.goals.list))
	l.whole = true
}

// found says which kinds some queries find where they are kept, and at which
// goals they may find a trip, both by number.
func (l *likes) found(qs []index.Query) (kinds, goals []bool) {
	kinds, goals = make([]bool, len(l.list)), make([]bool, len(l.goals.list))
	for _, q := range qs {
		for key := range l.places.Find(q).Persons() {
			if key >= goalKey {
				goals[key-goalKey] = true
			} else {
				kinds[key] = true
			}
		}
	}
	return kinds, goals
}

// enter puts somebody among those who are alike to them.
func (l *likes) enter(no uint32, key int64, trip *Booked) {
	k := l.list[no]
	if trip == nil {
		i, _ := slices.BinarySearch(k.stay, key)
		k.stay = slices.Insert(k.stay, i, key)
		return
	}
	to := &l.goals.list[trip.Goal]
	trip.kind = no
	k.away, to.away = put(k.away, trip), put(to.away, trip)
}

// leave takes somebody out again.
func (l *likes) leave(like uint32, key int64) {
	k := l.list[like&^more]
	if like&more == 0 {
		if i, ok := slices.BinarySearch(k.stay, key); ok {
			k.stay = slices.Delete(k.stay, i, i+1)
		}
		return
	}
	if i, ok := slices.BinarySearchFunc(k.away, key, Booked.order); ok {
		to := &l.goals.list[k.away[i].Goal]
		k.away, to.away = take(k.away, key), take(to.away, key)
	}
}

// put puts a trip among others, which ascend by key; take takes it out.
func put(list []Booked, b *Booked) []Booked {
	i, _ := slices.BinarySearchFunc(list, b.Key, Booked.order)
	return slices.Insert(list, i, *b)
}

func take(list []Booked, key int64) []Booked {
	if i, ok := slices.BinarySearchFunc(list, key, Booked.order); ok {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// Booked is somebody's only trip that counts, in little room. Where it goes and
// when its crowd says.
type Booked struct {
	Key      int64
	from, to int64  // nanoseconds since 1970; spell.Forever where it is open
	Goal     uint32 // by number
	kind     uint32 // they are of, by number
	Led      vedette.Led
}

func (b Booked) order(key int64) int { return cmp.Compare(b.Key, key) }

// goals numbers the areas where trips go.
type goals struct {
	list  []goal
	no    map[vedette.AreaID]uint32
	lands []vedette.AreaID // that they are in, by number
}

type goal struct {
	area vedette.AreaID
	land int      // by number
	away []Booked // who goes there and has no other trip, by ascending key
}

// goalKey is what the keys of goals begin with, among those of kinds.
const goalKey = 1 << 32

// place is a trip to a goal that a query about any time of ours finds.
func (g *goals) place(no uint32) vedette.Presence {
	return vedette.Presence{Person: goalKey + int64(no), Area: g.list[no].area, Because: vedette.BecauseTrip, From: time.Unix(0, 0), To: time.Unix(0, spell.Forever-1)}
}

// goal numbers where a trip goes.
func (l *likes) goal(area vedette.AreaID) uint32 {
	no, known := l.goals.no[area]
	if !known {
		no = uint32(len(l.goals.list))
		l.goals.list = append(l.goals.list, goal{area: area, land: l.goals.land(l.gaz.Land(area))})
		l.goals.no[area] = no
		if l.whole {
			l.places.Add(l.goals.place(no))
		}
	}
	return no
}

// land numbers a land: there are few.
func (g *goals) land(id vedette.AreaID) int {
	no := slices.Index(g.lands, id)
	if no < 0 {
		no = len(g.lands)
		g.lands = append(g.lands, id)
	}
	return no
}

// book packs a trip to a goal; false for a leg, and for one to a site or a
// point.
func book(key int64, p *vedette.Presence, goal uint32, led vedette.Led) (Booked, bool) {
	if p.Because != vedette.BecauseTrip || p.Site != "" || p.Point != nil {
		return Booked{}, false
	}
	return Booked{Key: key, from: spell.Nanos(p.From, spell.Always), to: spell.Nanos(p.To, spell.Forever), Goal: goal, Led: led}, true
}

// presence gives a trip as far as anything depends on it.
func (g *goals) presence(b *Booked) vedette.Presence {
	return vedette.Presence{Person: b.Key, Area: g.list[b.Goal].area, Because: vedette.BecauseTrip, From: spell.Time(b.from, spell.Always), To: spell.Time(b.to, spell.Forever)}
}

// kept gives the one word on where somebody is kept, and whether it is old;
// nil where there are several, or one that time changes, or more than trips
// besides. Of the trips that are not over it gives the last, and how many.
func (c *cells) kept(ps []vedette.Presence) (home *vedette.Presence, old bool, trip *vedette.Presence, trips int) {
	for i := range ps {
		p := &ps[i]
		switch {
		case c.to.IsZero():
			return nil, false, nil, 0
		case !p.To.IsZero() && !p.To.After(c.from): // over
		case p.Because.Travels() && !p.From.IsZero():
			trip, trips = p, trips+1
		case home != nil || !lasts(p):
			return nil, false, nil, 0
		default:
			home = p
		}
	}
	switch {
	case home == nil, home.Recorded.IsZero():
		return nil, false, nil, 0
	case !home.Recorded.Before(c.since):
		return home, false, trip, trips
	case home.Recorded.Before(c.stale):
		return home, true, trip, trips
	}
	return nil, false, nil, 0 // it grows old meanwhile
}
