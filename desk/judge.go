package desk

import (
	"slices"

	"vedette"
	"vedette/roster"
	"vedette/tell"
)

// judge holds some of the people against each state of the update.
type judge struct {
	*census
	hand  func(*judged)
	j     judged
	at    []vedette.Presence       // of who is judged
	known map[homed][]tell.Outcome // for those without a trip
}

// homed is where people are kept, and what they hold, by number.
type homed struct{ home, hold int }

func (c *census) judge(hand func(*judged)) *judge {
	return &judge{census: c, hand: hand, j: judged{outs: make([]tell.Outcome, len(c.states))}, known: map[homed][]tell.Outcome{}}
}

// crowd judges people who are alike.
func (g *judge) crowd(of *roster.Crowd) {
	j := &g.j
	j.n, j.some, j.key, j.hold, j.who, j.reached, j.led, j.crowd = of.N, of.Some, 0, of.Hold, of.Who, of.Reached, vedette.LedByNobody, of
	defer func() { j.crowd = nil }()
	g.at = append(g.at[:0], of.Kept(g.now, g.set))
	if of.Trip != nil {
		g.at = append(g.at, *of.Trip)
	}
	j.who.Presences = g.at
	if of.Trip != nil {
		g.plain(j)
		return
	}
	at := homed{g.alike.home(of.Like), of.Hold}
	outs, ok := g.known[at]
	if !ok {
		g.plain(j)
		g.known[at] = slices.Clone(j.outs)
		return
	}
	copy(j.outs, outs)
	g.hand(j)
}

// seen judges somebody who holds no notice and asked for nothing.
func (g *judge) seen(s *roster.Seen) {
	g.j.n, g.j.some, g.j.key, g.j.hold, g.j.who, g.j.reached, g.j.led = 1, []int64{s.Key}, s.Key, 0, *s.Who, s.Reached, s.Led
	g.j.who.Presences = s.Presences
	g.plain(&g.j)
}

func (g *judge) plain(j *judged) {
	for i, st := range g.states {
		j.outs[i] = st.Of(j.who, nil, st.Hold(j.hold))
	}
	g.hand(j)
}

// one judges somebody by all that is known of them, nobody where they left
// meanwhile.
func (g *judge) one(key int64) {
	who, facts, there := g.people.Person(key)
	if !there {
		return
	}
	g.j.n, g.j.some, g.j.key, g.j.hold, g.j.who, g.j.reached, g.j.led = 1, []int64{key}, key, g.record.Holds(key), who, facts.Reached(), facts.Led
	watches := g.people.Watches(key)
	for i, st := range g.states {
		g.j.outs[i] = st.Of(who, watches, st.Hold(g.j.hold))
	}
	g.hand(&g.j)
}
