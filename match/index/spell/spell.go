// Package spell keeps who is at an area for a time, in the order in which the
// times begin.
package spell

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"time"
	"unsafe"
)

// Spell is a presence that begins or ends at some time: a stay, a leg, a
// check-in.
type Spell struct {
	From, To int64 // see Nanos; To is left out
	Person   uint32
	At       uint32 // the area, and marks
}

// The marks of a spell, above the number of its area.
const (
	Travels = 1 << (31 - iota) // it is of a trip
	AtSite                     // because of a site
	Pointed                    // its point finds it, not its area
	Area    = Pointed - 1      // the bits of the number
)

// Compare orders spells by their beginning.
func (s Spell) Compare(o Spell) int {
	if c := cmp.Compare(s.From, o.From); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(s.To, o.To), cmp.Compare(s.Person, o.Person), cmp.Compare(s.At, o.At))
}

// What stands for an open beginning or end.
const (
	Always  = math.MinInt64
	Forever = math.MaxInt64
)

// Nanos is a time in nanoseconds since 1970, and what is given for the zero
// time. Times before 1678 and after 2262 count as at the ends of that.
func Nanos(t time.Time, open int64) int64 {
	const most = math.MaxInt64 / int64(time.Second)
	switch s := t.Unix(); {
	case t.IsZero():
		return open
	case s <= -most:
		return Always + 1
	case s >= most:
		return Forever - 1
	}
	return t.UnixNano()
}

// Time is the time that Nanos packed, in UTC; zero for what open stands for.
func Time(nanos, open int64) time.Time {
	if nanos == open {
		return time.Time{}
	}
	return time.Unix(0, nanos).UTC()
}

// Window is the time asked about: what holds at some time from one to
// another, the second left out; and, where travel counts, trips that begin
// later, before Until.
type Window struct {
	From, To, Until int64
	Begins          bool // only what begins in the window
}

// Meets says whether what holds from one time to another counts.
func (w *Window) Meets(from, to int64) bool {
	return from < w.To && to > w.From && (!w.Begins || from > w.From)
}

func (w *Window) ahead(from int64) bool { return from > w.From && from < w.Until }

// List is spells in runs short enough to be changed at once.
type List struct{ runs []run }

type run struct {
	list   []Spell
	latest int64 // the latest end
}

const mostRun = 512

// at gives the run a spell is in or belongs in.
func (l *List) at(e Spell) int {
	i := sort.Search(len(l.runs), func(i int) bool { return l.runs[i].list[0].Compare(e) > 0 })
	return max(i-1, 0)
}

// Add puts a spell in.
func (l *List) Add(e Spell) {
	if len(l.runs) == 0 {
		l.runs = []run{{[]Spell{e}, e.To}}
		return
	}
	i := l.at(e)
	r := &l.runs[i]
	k, _ := slices.BinarySearchFunc(r.list, e, Spell.Compare)
	r.list = slices.Insert(r.list, k, e)
	r.latest = max(r.latest, e.To)
	if len(r.list) > mostRun {
		half := slices.Clone(r.list[mostRun/2:])
		r.list = r.list[: mostRun/2 : mostRun/2]
		r.weigh()
		l.runs = slices.Insert(l.runs, i+1, run{list: half})
		l.runs[i+1].weigh()
	}
}

func (r *run) weigh() {
	r.latest = Always
	for _, e := range r.list {
		r.latest = max(r.latest, e.To)
	}
}

// Remove takes out one spell, of several that are the same one of them.
func (l *List) Remove(e Spell) {
	for i := l.at(e); i >= 0 && i < len(l.runs); i-- { // the same may stand at the end of runs before
		r := &l.runs[i]
		k, have := slices.BinarySearchFunc(r.list, e, Spell.Compare)
		if !have {
			continue
		}
		r.list = slices.Delete(r.list, k, k+1)
		if len(r.list) == 0 {
			l.runs = slices.Delete(l.runs, i, i+1)
		} else if e.To == r.latest {
			r.weigh()
		}
		return
	}
}

// AddAll puts in many, in any order; it sorts them.
func (l *List) AddAll(all []Spell) {
	if len(l.runs) > 0 {
		for _, e := range all {
			l.Add(e)
		}
		return
	}
	slices.SortFunc(all, Spell.Compare)
	for part := range slices.Chunk(all, mostRun*3/4) {
		l.runs = append(l.runs, run{list: slices.Clone(part)})
		l.runs[len(l.runs)-1].weigh()
	}
}

// Each calls see with every spell that counts: that the window meets and,
// where travel counts, trips ahead of it.
func (l *List) Each(w *Window, travel bool, see func(Spell)) {
	last := w.To
	if travel {
		last = max(last, w.Until)
	}
	for i := range l.runs {
		r := &l.runs[i]
		if r.list[0].From >= last {
			return
		}
		if r.latest <= w.From && (!travel || r.list[len(r.list)-1].From <= w.From) { // all over
			continue
		}
		for k := range r.list {
			if e := &r.list[k]; w.Meets(e.From, e.To) || travel && e.At&Travels != 0 && w.ahead(e.From) {
				see(*e)
			}
		}
	}
}

// Bytes says what the list holds besides itself.
func (l *List) Bytes() int {
	n := cap(l.runs) * int(unsafe.Sizeof(run{}))
	for _, r := range l.runs {
		n += cap(r.list) * int(unsafe.Sizeof(Spell{}))
	}
	return n
}
