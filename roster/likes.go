package roster

import (
	"time"

	"vedette"
	"vedette/advise"
)

// Like is somebody as many are: kept at one place for good, whatever trips
// they have, and with no wish to be told more. What an update comes to for one
// of them, who has no trip and holds no notice of its situation, it comes to
// for all.
type Like struct {
	Kind    int           // of their facts
	Who     advise.Person // without a place
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

// likes are the kinds of people who are alike. Like the cells they are made
// with they hold for some time, and follow the people.
type likes struct {
	list []*Like // by number; nobody is of the first
	at   map[at][]numbered
}

func newLikes() likes { return likes{list: []*Like{nil}, at: map[at][]numbered{}} }

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
	e := &Like{Kind: int(f.who), Who: *who, At: vedette.Presence{Area: p.Area, Because: p.Because, Site: p.Site, Spread: k.spread}, Old: old, Reached: reached, Exact: k.exact}
	if k.pointed {
		e.At.Point = &k.point
	}
	no := uint32(len(l.list))
	l.list = append(l.list, e)
	l.at[here] = append(l.at[here], numbered{k, no})
	return no
}

// kept gives the one word on where somebody is kept, and whether it is old;
// nil where there are several, or one that time changes, or more than trips
// besides. trips says whether there are some that are not over.
func (c *cells) kept(ps []vedette.Presence) (home *vedette.Presence, old, trips bool) {
	for i := range ps {
		p := &ps[i]
		switch {
		case c.to.IsZero():
			return nil, false, false
		case !p.To.IsZero() && !p.To.After(c.from): // over
		case p.Because.Travels() && !p.From.IsZero():
			trips = true
		case home != nil || !lasts(p):
			return nil, false, false
		default:
			home = p
		}
	}
	switch {
	case home == nil, home.Recorded.IsZero():
		return nil, false, false
	case !home.Recorded.Before(c.since):
		return home, false, trips
	case home.Recorded.Before(c.stale):
		return home, true, trips
	}
	return nil, false, false // it grows old meanwhile
}
