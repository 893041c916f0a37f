package desk

import (
	"cmp"
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

// shifting counts who is told by one state of a draft and not by another.
type shifting struct {
	lost   omits
	gained int
}

// note counts somebody to whom an earlier state comes to was.
func (s *shifting) note(j *judged, was *tell.Outcome) {
	switch is := j.out(); {
	case was.Tell && !is.Tell:
		s.lost.add(j, &tell.Outcome{News: is.News, Reason: cmp.Or(is.Reason, "nothing of it concerns them")})
	case is.Tell && !was.Tell:
		s.gained += j.n
	}
}

func (s *shifting) merge(o *shifting) {
	s.lost.merge(o.lost)
	s.gained += o.gained
}

// omits counts those who are not told, by why not.
type omits map[omitted]*few

type omitted struct {
	news   vedette.News
	reason string
}

func (m omits) at(k omitted) *few {
	if m[k] == nil {
		m[k] = &few{}
	}
	return m[k]
}

func (m omits) add(j *judged, o *tell.Outcome) {
	if o.Reason != "" {
		m.at(omitted{o.News, o.Reason}).add(j)
	}
}

func (m omits) merge(o omits) {
	for k, f := range o {
		m.at(k).merge(f)
	}
}

// list gives them, the most frequent reason first.
func (m omits) list() (out []Omitted) {
	for k, f := range m {
		out = append(out, Omitted{k.news, k.reason, f.people()})
	}
	slices.SortFunc(out, func(a, b Omitted) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Reason, b.Reason)) })
	return out
}
