package roster

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"vedette"
	"vedette/fold"
	"vedette/gazetteer"
)

// Marks are what people of a list are told apart by.
type Marks uint16

// The marks.
const (
	MarkNoAddress  Marks = 1 << iota // no address that anything is sent to
	MarkBlocked                      // an address whose owner said STOP
	MarkDiscreet                     // what is sent to them says only what to do
	MarkCoarse                       // kept by city or country alone
	MarkBroken                       // the record cannot be opened
	MarkRestricted                   // who they are is for those alone who may know it
)

// Order is what a list is in the order of.
type Order int

// The orders. Whoever is alike by one of them is in the order of names.
const (
	ByName  Order = iota
	ByWhere       // the place they are kept at
	ByReach       // who cannot be reached first, then by how many ways
	orders
)

// entry is somebody as a list finds them. It is never changed, but for no.
type entry struct {
	key   int64
	name  string // by which names are in order: not to be read
	text  string // name, addresses and numbers, folded
	where string // by which places are in order
	area  vedette.AreaID
	site  string
	marks Marks
	ways  uint8
	trips []Journey
	no    int32 // by name, in the register that is made last: while it is made
}

// Journey is a trip, by where it takes somebody and when.
type Journey struct {
	Person, Trip int64
	From, To     time.Time // To zero: open
	Areas        []vedette.AreaID
}

// Register is everyone of an organisation in the order of their names, as of a
// place in the log. Names are private and kept in the open nowhere but in
// memory. It is shared and never changed.
//
// What is asked of everyone lies close together, and all texts in one: a hundred
// thousand people are gone through in a millisecond or two.
type Register struct {
	seq   int64
	gaz   *gazetteer.Gazetteer
	by    [orders][]*entry
	lines []line          // by name
	text  string          // of all lines, each ended by a line feed
	ends  []int           // where the text of each ends
	order [orders][]int32 // the lines in another order; nil by name
	areas []vedette.AreaID
	sites []string

	sorting  sync.Once
	journeys []Journey // by when they begin
}

// line is of an entry what most questions go by.
type line struct {
	key   int64
	area  int32 // by number
	site  int32
	marks Marks
}

// Wanted says who of a register is wanted, and which of them a page shows.
type Wanted struct {
	Words  string           // each stands in a name, an address or a number
	Areas  []vedette.AreaID // kept in one of them
	Site   string           // kept at it
	Marks  Marks            // having all of them
	Only   map[int64]bool   // these alone; nil for all
	Order  Order
	Back   bool // in the other direction
	Veiled bool // whoever asks may not know who is restricted: no words find them, and they come last, in no order that says more
	Skip   int
	Number int
}

// maxWords bounds the words that are looked for at once.
const maxWords = 10

// Len counts everyone.
func (r *Register) Len() int { return len(r.lines) }

// Find gives the people that are wanted, by key, and how many there are in all.
func (r *Register) Find(w Wanted) (keys []int64, of int) {
	in, order := r.wanted(&w), r.order[w.Order]
	n := len(r.lines)
	var last []int64
	take := func(key int64) {
		if of >= w.Skip && len(keys) < w.Number {
			keys = append(keys, key)
		}
		of++
	}
	for i := range n {
		at := i
		if w.Back {
			at = n - 1 - i
		}
		if order != nil {
			at = int(order[at])
		}
		if !in(at) {
			continue
		}
		if key := r.lines[at].key; w.veils(&r.lines[at]) {
			last = append(last, key)
		} else {
			take(key)
		}
	}
	slices.Sort(last)
	for _, key := range last {
		take(key)
	}
	return keys, of
}

// veils says whether whoever asks may not know whose a line is.
func (w *Wanted) veils(l *line) bool { return w.Veiled && l.marks&MarkRestricted != 0 }

// wanted gives the question whether a line is one of those wanted.
func (r *Register) wanted(w *Wanted) func(at int) bool {
	words := strings.Fields(fold.Text(w.Words))
	words = words[:min(len(words), maxWords)]
	said := r.saying(words)
	inside := r.within(w.Areas)
	site := int32(slices.Index(r.sites, w.Site))
	return func(at int) bool {
		l := &r.lines[at]
		switch {
		case said != nil && (!said[at] || w.veils(l)):
		case l.marks&w.Marks != w.Marks:
		case w.Site != "" && l.site != site:
		case w.Only != nil && !w.Only[l.key]:
		case len(w.Areas) > 0 && !inside(l.area):
		default:
			return true
		}
		return false
	}
}

// saying finds the lines whose text holds all of some words; nil for no words. The
// longest is looked for, the others where that is.
func (r *Register) saying(words []string) []bool {
	if len(words) == 0 {
		return nil
	}
	out := make([]bool, len(r.lines))
	longest := slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	for from := 0; ; {
		i := strings.Index(r.text[from:], longest)
		if i < 0 {
			return out
		}
		at, _ := slices.BinarySearch(r.ends, from+i+1)
		begins := 0
		if at > 0 {
			begins = r.ends[at-1]
		}
		text := r.text[begins:r.ends[at]]
		out[at] = !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
		from = r.ends[at]
	}
}

// within gives the question whether an area, by number, is in one of some; each is
// asked about once.
func (r *Register) within(areas []vedette.AreaID) func(int32) bool {
	known := make([]int8, len(r.areas)) // 0 not asked, 1 in, -1 out
	return func(no int32) bool {
		if known[no] == 0 {
			known[no] = -1
			if id := r.areas[no]; slices.ContainsFunc(areas, func(a vedette.AreaID) bool { return a == id || r.gaz.Contains(a, id) }) {
				known[no] = 1
			}
		}
		return known[no] > 0
	}
}

// Count counts those who have a mark.
func (r *Register) Count(m Marks) (n int) {
	for i := range r.lines {
		if r.lines[i].marks&m == m {
			n++
		}
	}
	return n
}

// AtSites counts the people kept at each site.
func (r *Register) AtSites() map[string]int {
	out := map[string]int{}
	for i := range r.lines {
		if site := r.sites[r.lines[i].site]; site != "" {
			out[site]++
		}
	}
	return out
}

// Named gives those whose name or address holds all of some words, as Find
// does, as a set; nil for no words. veiled is as of Wanted.
func (r *Register) Named(words string, veiled bool) map[int64]bool {
	if strings.TrimSpace(words) == "" {
		return nil
	}
	keys, _ := r.Find(Wanted{Words: words, Number: r.Len(), Veiled: veiled})
	out := make(map[int64]bool, len(keys))
	for _, k := range keys {
		out[k] = true
	}
	return out
}

// Journeys gives the trips of everyone by when they begin, those that are
// cancelled left out. The list must not be changed.
func (r *Register) Journeys() []Journey {
	r.sorting.Do(func() {
		for _, e := range r.by[ByName] {
			r.journeys = append(r.journeys, e.trips...)
		}
		slices.SortFunc(r.journeys, func(a, b Journey) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Trip, b.Trip)) })
	})
	return r.journeys
}

// compare orders two entries.
func (o Order) compare(a, b *entry) int {
	switch o {
	case ByWhere:
		return cmp.Or(strings.Compare(a.where, b.where), strings.Compare(a.name, b.name), cmp.Compare(a.key, b.key))
	case ByReach:
		return cmp.Or(cmp.Compare(a.reach(), b.reach()), strings.Compare(a.name, b.name), cmp.Compare(a.key, b.key))
	}
	return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.key, b.key))
}

// reach ranks how somebody is reached: not at all, with something in the way, else
// by how many ways.
func (e *entry) reach() int {
	switch {
	case e.marks&(MarkNoAddress|MarkBroken) != 0:
		return 0
	case e.marks&MarkBlocked != 0:
		return 1
	}
	return 1 + int(e.ways)
}

// exchange gives a register in which some entries took the place of others: nil
// for one that went, or was not there.
func (r *Register) exchange(seq int64, was, is []*entry) *Register {
	out := &Register{seq: seq, gaz: r.gaz}
	for o := range orders {
		gone := make(map[*entry]bool, len(was))
		for _, e := range was {
			gone[e] = e != nil
		}
		list := make([]*entry, 0, len(r.by[o])+len(is))
		fresh := slices.DeleteFunc(slices.Clone(is), func(e *entry) bool { return e == nil })
		slices.SortFunc(fresh, o.compare)
		for _, e := range r.by[o] {
			for len(fresh) > 0 && o.compare(fresh[0], e) < 0 {
				list, fresh = append(list, fresh[0]), fresh[1:]
			}
			if !gone[e] {
				list = append(list, e)
			}
		}
		out.by[o] = append(list, fresh...)
	}
	out.lay()
	return out
}

// lay lays out what questions go by.
func (r *Register) lay() {
	list := r.by[ByName]
	r.lines, r.ends = make([]line, len(list)), make([]int, len(list))
	areas, sites := map[vedette.AreaID]int32{}, map[string]int32{}
	var text strings.Builder
	size := 0
	for _, e := range list {
		size += len(e.text) + 1
	}
	text.Grow(size)
	for i, e := range list {
		e.no = int32(i)
		r.lines[i] = line{e.key, shelved(areas, &r.areas, e.area), shelved(sites, &r.sites, e.site), e.marks}
		text.WriteString(e.text)
		text.WriteByte('\n')
		r.ends[i] = text.Len()
	}
	r.text = text.String()
	for o := ByName + 1; o < orders; o++ {
		r.order[o] = make([]int32, len(list))
		for i, e := range r.by[o] {
			r.order[o][i] = e.no
		}
	}
}

// shelved gives a thing its number in a list, where it is put if it is new.
func shelved[T comparable](known map[T]int32, list *[]T, x T) int32 {
	no, ok := known[x]
	if !ok {
		no = int32(len(*list))
		known[x], *list = no, append(*list, x)
	}
	return no
}
