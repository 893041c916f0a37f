package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vedette/advise"
	"vedette/roster"
)

// spots are the places where people are, for what is at odds there.
type spots map[advise.Spot]bool

func (s spots) note(j *judged, now time.Time) {
	if len(j.out().Drawn) > 0 {
		drawn := map[advise.Spot]string{}
		for _, dr := range j.out().Drawn {
			at := advise.Spot{Area: dr.Area, Ahead: dr.Ahead}
			drawn[at] = strings.TrimLeft(drawn[at]+" "+string(dr.Update), " ")
		}
		for at, by := range drawn {
			at.Drawn = by
			s[at] = true
		}
	}
	if j.crowd != nil {
		s.crowd(j.crowd, now)
	}
	for i := range j.who.Presences {
		pr := &j.who.Presences[i]
		if pr.Covers(now) || pr.Because.Travels() && pr.Ahead(now) {
			s[advise.Spot{Area: pr.Area, Ahead: pr.Ahead(now)}] = true
		}
	}
}

// crowd notes where people who travel are kept, and where their trips go.
func (s spots) crowd(c *roster.Crowd, now time.Time) {
	for _, l := range c.Likes {
		s[advise.Spot{Area: l.At.Area}] = true
	}
	for _, area := range c.Goals() {
		s[advise.Spot{Area: area, Ahead: c.Trip.Ahead(now)}] = true
	}
}

// list gives them by area, those there before those on their way.
func (s spots) list() []advise.Spot {
	out := make([]advise.Spot, 0, len(s))
	for at := range s {
		out = append(out, at)
	}
	ahead := func(at advise.Spot) int {
		if at.Ahead {
			return 1
		}
		return 0
	}
	slices.SortFunc(out, func(a, b advise.Spot) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), ahead(a)-ahead(b), cmp.Compare(a.Drawn, b.Drawn))
	})
	return out
}
