package desk

import (
	"slices"

	"vedette/roster"
	"vedette/tell"
)

// judge holds some of the people against each state of the update.
type judge struct {
	*census
	hand  func(*judged)
	j     judged
	known map[homed][]tell.Outcome // for those without a trip
}

// homed is where people are kept, and what they hold, by number.
type homed struct{ home, hold int }

func (c *census) judge(hand func(*judged)) *judge {
	return &judge{census: c, hand: hand, j: judged{outs: make([]tell.Outcome, len(c.states))}, known: map[homed][]tell.Outcome{}}
}

// crowd judges people who are alike.
func (g *judge) crowd(of *roster.Crowd) {
	j := judged{n: of.N, some: of.Some, hold: of.Hold, who: of.Who, reached: of.Reached, crowd: of, outs: g.j.outs}
	j.who.Presences = append(j.who.Presences, of.Kept(g.now, g.set))
	if of.Trip != nil {
		j.who.Presences = append(j.who.Presences, *of.Trip)
		g.plain(&j)
		return
	}
	at := homed{g.alike.home(of.Like), of.Hold}
	if outs, ok := g.known[at]; ok {
		j.outs = outs
		g.hand(&j)
		return
	}
	g.plain(&j)
	g.known[at] = slices.Clone(j.outs)
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
