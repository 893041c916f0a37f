package desk

import (
	"cmp"
	"slices"

	"vedette"
	"vedette/tell"
)

// Clash is somebody with a trip into a place that an update says to avoid.
type Clash struct {
	Key  int64 // of the person
	Led  vedette.Led
	Trip vedette.Clash
}

// before says which comes first: by the key of the person and the time.
func (c Clash) before(o Clash) int {
	return cmp.Or(cmp.Compare(c.Key, o.Key), c.Trip.From.Compare(o.Trip.From))
}

// Clashes are the trips that clash, by how the record names the manager of
// whoever travels.
type Clashes struct {
	N     int
	At    map[vedette.AreaID]int // of all, how many go where
	Lost  int                    // of people led by nobody
	Alone []Clash                // the first few of these
	Led   []Clash                // the first few whose record says how their manager is reached
	Named []Clash                // all whose record gives a mere name: whether that reaches somebody is looked up
}

// fewClashes is how many are kept where it is known whether a manager is
// reached.
const fewClashes = 10

// note notes the trips of somebody, or of many, that clash: that of one of many
// does as that of each.
func (c *Clashes) note(j *judged, o *tell.Outcome) {
	for _, trip := range o.Clashes {
		if j.crowd == nil {
			c.add(Clash{j.key, j.led, trip})
			continue
		}
		for i := range j.crowd.Trips {
			b := &j.crowd.Trips[i]
			if list := c.of(b.Led); b.Led != vedette.LedByName && len(*list) == fewClashes && b.Key > (*list)[fewClashes-1].Key {
				trip.Area, _, _ = j.crowd.To(b)
				c.count(b.Led, trip.Area) // as there are thousands
				continue
			}
			trip.Area, trip.From, trip.To = j.crowd.To(b)
			c.add(Clash{b.Key, b.Led, trip})
		}
	}
}

func (c *Clashes) count(l vedette.Led, to vedette.AreaID) {
	c.N++
	c.to(to, 1)
	if l == vedette.LedByNobody {
		c.Lost++
	}
}

// to counts so many that go to a place.
func (c *Clashes) to(area vedette.AreaID, n int) {
	if c.At == nil {
		c.At = map[vedette.AreaID]int{}
	}
	c.At[area] += n
}

func (c *Clashes) of(l vedette.Led) *[]Clash {
	switch l {
	case vedette.LedByNobody:
		return &c.Alone
	case vedette.LedByName:
		return &c.Named
	}
	return &c.Led
}

func (c *Clashes) add(cl Clash) {
	c.count(cl.Led, cl.Trip.Area)
	c.keep(cl)
}

func (c *Clashes) keep(cl Clash) {
	list := c.of(cl.Led)
	if cl.Led == vedette.LedByName {
		*list = append(*list, cl)
		return
	}
	i, _ := slices.BinarySearchFunc(*list, cl, Clash.before)
	if *list = slices.Insert(*list, i, cl); len(*list) > fewClashes {
		*list = (*list)[:fewClashes]
	}
}

func (c *Clashes) merge(o *Clashes) {
	c.N, c.Lost = c.N+o.N, c.Lost+o.Lost
	for area, n := range o.At {
		c.to(area, n)
	}
	for _, list := range [][]Clash{o.Alone, o.Led, o.Named} {
		for _, cl := range list {
			c.keep(cl)
		}
	}
}

// inOrder gives them, those by name in order too.
func (c Clashes) inOrder() Clashes {
	slices.SortFunc(c.Named, Clash.before)
	return c
}

// ClashPlace is a place that trips which clash go to: by area, as the list of those who
// travel names it, and never by a point of theirs.
type ClashPlace struct {
	Area vedette.AreaID
	N    int
}

// Places are where the trips go, most of them first.
func (c Clashes) Places() []ClashPlace {
	out := make([]ClashPlace, 0, len(c.At))
	for area, n := range c.At {
		out = append(out, ClashPlace{area, n})
	}
	slices.SortFunc(out, func(a, b ClashPlace) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Area, b.Area)) })
	return out
}
