package desk

import (
	"cmp"
	"context"
	"slices"

	"vedette"
	"vedette/tell"
)

// Shift is what a change of a draft does to whom it is told: nobody is to fall
// out of it unseen.
type Shift struct {
	Lost   []Omitted // would have been told before and would not be now, by why not
	Gained int       // the other way round
}

// N is how many are told no more.
func (s *Shift) N() (n int) {
	for _, o := range s.Lost {
		n += o.N
	}
	return n
}

// Shift holds two states of a draft against everyone.
func (d *Desk) Shift(ctx context.Context, before, after *vedette.Update) (s Shift, err error) {
	was, err := d.census(ctx, before, PublishOrder{}.of(before), tell.Published)
	if err != nil {
		return s, err
	}
	is, err := d.census(ctx, after, PublishOrder{}.of(after), tell.Published)
	if err != nil {
		return s, err
	}
	seen := keySet{}
	was.beside(is, nil, func(j *judged) {
		seen.add(j.key)
		switch {
		case j.out.Tell && !j.other.Tell:
			if j.other.Reason == "" {
				j.other.Reason = "nothing of it concerns them"
			}
			is.omit(j.facts.ID, &j.other)
		case j.other.Tell && !j.out.Tell:
			s.Gained++
		}
	})
	is.beside(was, seen.has, func(j *judged) {
		if j.out.Tell && !j.other.Tell {
			s.Gained++
		}
	})
	s.Lost = is.omitted()
	return s, nil
}

// keySet is a set of people by key, a bit each: keys lie close together.
type keySet map[int64]uint64

func (s keySet) add(key int64)      { s[key>>6] |= 1 << (key & 63) }
func (s keySet) has(key int64) bool { return s[key>>6]&(1<<(key&63)) != 0 }

// omitted lists why people are not told, the most frequent reason first.
func (c *census) omitted() (out []Omitted) {
	for _, o := range c.omits {
		out = append(out, *o)
	}
	slices.SortFunc(out, func(a, b Omitted) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Reason, b.Reason)) })
	return out
}
