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
	known map[int][]tell.Outcome // for those without a trip, by where they are kept
}

func (c *census) judge(hand func(*judged)) *judge {
	return &judge{census: c, hand: hand, j: judged{outs: make([]tell.Outcome, len(c.states))}, known: map[int][]tell.Outcome{}}
}

// crowd judges people who are alike and hold no notice of the situation.
func (g *judge) crowd(of *roster.Crowd) {
	j := judged{n: of.N, some: of.Some, who: of.Who, reached: of.Reached, crowd: of, outs: g.j.outs}
	j.who.Presences = append(j.who.Presences, of.Kept(g.now, g.set))
	if of.Trip != nil {
		j.who.Presences = append(j.who.Presences, *of.Trip)
		g.plain(&j)
		return
	}
	no := g.alike.home(of.Like)
	if outs, ok := g.known[no]; ok {
		j.outs = outs
		g.hand(&j)
		return
	}
	g.plain(&j)
	g.known[no] = slices.Clone(j.outs)
}

// seen judges somebody who holds no notice and asked for nothing.
func (g *judge) seen(s *roster.Seen) {
	g.j.n, g.j.some, g.j.key, g.j.who, g.j.reached, g.j.led = 1, []int64{s.Key}, s.Key, *s.Who, s.Reached, s.Led
	g.j.who.Presences = s.Presences
	g.plain(&g.j)
}

func (g *judge) plain(j *judged) {
	for i, st := range g.states {
		j.outs[i] = st.Of(j.who, nil, nil)
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
	g.j.n, g.j.some, g.j.key, g.j.who, g.j.reached, g.j.led = 1, []int64{key}, key, who, facts.Reached(), facts.Led
	watches := g.people.Watches(key)
	for i, st := range g.states {
		g.j.outs[i] = st.Of(who, watches, st.Held(key))
	}
	g.hand(&g.j)
}
