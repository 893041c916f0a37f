package reachable

import (
	"cmp"
	"math"
	"slices"
	"time"

	"vedette"
)

// Probe is one message of a canary: when it was published, when a channel
// took it, and when the first word of it came from its own end; zero where
// that did not happen.
type Probe struct {
	Channel                       vedette.Channel
	Published, Accepted, Received time.Time
}

// Spans are how long something took, of those of N it happened to.
type Spans struct {
	N             int
	P50, P95, P99 time.Duration // by nearest rank
}

// Pace is how fast a channel is, by canaries.
type Pace struct {
	Channel            vedette.Channel
	Sent               int
	Accepted, Received Spans // both since it was published
}

// Paces measures each channel, in the order of their names.
func Paces(list []Probe) (out []Pace) {
	took := map[vedette.Channel]*[2][]time.Duration{}
	sent := map[vedette.Channel]int{}
	for _, p := range list {
		t := took[p.Channel]
		if t == nil {
			t = &[2][]time.Duration{}
			took[p.Channel] = t
		}
		sent[p.Channel]++
		for i, at := range []time.Time{p.Accepted, p.Received} {
			if !at.IsZero() {
				t[i] = append(t[i], max(at.Sub(p.Published), 0))
			}
		}
	}
	for c, t := range took {
		out = append(out, Pace{Channel: c, Sent: sent[c], Accepted: spans(t[0]), Received: spans(t[1])})
	}
	slices.SortFunc(out, func(a, b Pace) int { return cmp.Compare(a.Channel, b.Channel) })
	return out
}

func spans(list []time.Duration) Spans {
	s := Spans{N: len(list)}
	if s.N == 0 {
		return s
	}
	slices.Sort(list)
	at := func(q float64) time.Duration { return list[max(int(math.Ceil(q*float64(len(list))))-1, 0)] }
	s.P50, s.P95, s.P99 = at(0.50), at(0.95), at(0.99)
	return s
}
