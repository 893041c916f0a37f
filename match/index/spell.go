package index

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"time"

	"vedette"
)

// spell is a presence that begins or ends at some time: a stay, a leg, a
// check-in.
type spell struct {
	from, to int64 // nanoseconds, see nanos; to is left out
	person   uint32
	at       uint32 // the area, and marks
}

// The marks of a spell, above the number of its area.
const (
	spellTravels = 1 << (31 - iota) // it is of a trip
	spellSite                       // because of a site
	spellPointed                    // its point finds it, not its area
	spellArea    = spellPointed - 1
)

func (s spell) compare(o spell) int {
	return cmp.Or(cmp.Compare(s.from, o.from), cmp.Compare(s.to, o.to), cmp.Compare(s.person, o.person), cmp.Compare(s.at, o.at))
}

// What stands for an open beginning or end.
const (
	always  = math.MinInt64
	forever = math.MaxInt64
)

// nanos is a time in nanoseconds since 1970, and what is given for the zero
// time. Times before 1678 and after 2262 count as at the ends of that.
func nanos(t time.Time, open int64) int64 {
	const most = math.MaxInt64 / int64(time.Second)
	switch s := t.Unix(); {
	case t.IsZero():
		return open
	case s <= -most:
		return always + 1
	case s >= most:
		return forever - 1
	}
	return t.UnixNano()
}

// spells is a list in the order of beginning, in runs short enough to be
// changed at once.
type spells struct{ runs []run }

type run struct {
	list   []spell
	latest int64 // the latest end
}

const mostRun = 512

// at gives the run a spell is in or belongs in.
func (s *spells) at(e spell) int {
	i := sort.Search(len(s.runs), func(i int) bool { return s.runs[i].list[0].compare(e) > 0 })
	return max(i-1, 0)
}

func (s *spells) add(e spell) {
	if len(s.runs) == 0 {
		s.runs = []run{{[]spell{e}, e.to}}
		return
	}
	i := s.at(e)
	r := &s.runs[i]
	k, _ := slices.BinarySearchFunc(r.list, e, spell.compare)
	r.list = slices.Insert(r.list, k, e)
	r.latest = max(r.latest, e.to)
	if len(r.list) > mostRun {
		half := slices.Clone(r.list[mostRun/2:])
		r.list = r.list[: mostRun/2 : mostRun/2]
		r.weigh()
		s.runs = slices.Insert(s.runs, i+1, run{list: half})
		s.runs[i+1].weigh()
	}
}

func (r *run) weigh() {
	r.latest = always
	for _, e := range r.list {
		r.latest = max(r.latest, e.to)
	}
}

// remove takes out one spell, of several that are the same one of them.
func (s *spells) remove(e spell) {
	for i := s.at(e); i >= 0 && i < len(s.runs); i-- { // the same may stand at the end of runs before
		r := &s.runs[i]
		k, have := slices.BinarySearchFunc(r.list, e, spell.compare)
		if !have {
			continue
		}
		r.list = slices.Delete(r.list, k, k+1)
		if len(r.list) == 0 {
			s.runs = slices.Delete(s.runs, i, i+1)
		} else if e.to == r.latest {
			r.weigh()
		}
		return
	}
}

// fill sets the spells of an empty list, in their order.
func (s *spells) fill(all []spell) {
	for part := range slices.Chunk(all, mostRun*3/4) {
		s.runs = append(s.runs, run{list: slices.Clone(part)})
		s.runs[len(s.runs)-1].weigh()
	}
}

// window is the time asked about: what holds at some time from one to
// another, the second left out; and, where travel counts, trips that begin
// later, before until.
type window struct {
	from, to, until int64
	begins          bool // only what begins in the window
}

func (w *window) meets(from, to int64) bool {
	return from < w.to && to > w.from && (!w.begins || from > w.from)
}

func (w *window) ahead(from int64) bool { return from > w.from && from < w.until }

// each calls see with every spell that counts.
func (s *spells) each(w *window, travel bool, see func(spell)) {
	last := w.to
	if travel {
		last = max(last, w.until)
	}
	for i := range s.runs {
		r := &s.runs[i]
		if r.list[0].from >= last {
			return
		}
		if r.latest <= w.from && (!travel || r.list[len(r.list)-1].from <= w.from) { // all over
			continue
		}
		for k := range r.list {
			if e := &r.list[k]; w.meets(e.from, e.to) || travel && e.at&spellTravels != 0 && w.ahead(e.from) {
				see(*e)
			}
		}
	}
}

// spellOf makes the spell of a presence.
func spellOf(p *vedette.Presence, person, area uint32, k kind) spell {
	e := spell{nanos(p.From, always), nanos(p.To, forever), person, area}
	if p.Because.Travels() {
		e.at |= spellTravels
	}
	if p.Because == vedette.BecauseSite {
		e.at |= spellSite
	}
	if k == pointed {
		e.at |= spellPointed
	}
	return e
}

// steady says whether a presence has no end and had begun when it was
// learned: it holds from then on, and needs no times to be looked at.
func steady(p *vedette.Presence) bool {
	return p.To.IsZero() && !p.Because.Travels() && (p.From.IsZero() || !p.From.After(p.Recorded))
}
