package roster

import (
	"encoding/binary"
	"maps"
	"slices"

	"vedette"
	"vedette/advise"
	"vedette/store"
)

// Facts is what the rules need to know of someone besides where they are.
type Facts struct {
	Who        advise.Person // shared: without presences
	Slots      []store.Slot  // addresses that something is sent to, by number and channel, without their value; shared
	Broken     bool          // the record cannot be opened
	Led        vedette.Led
	Boss       uint32 // what names their manager, by auth.BossHash
	Wishes     vedette.Wishes
	Restricted bool // who they are is for those alone who may know it: they have policies of their own
	Kind       int  // whoever has the same, of one roster, has the same Who
}

// Reached says whether some channel sends to them.
func (f *Facts) Reached() bool { return len(f.Slots) > 0 }

// facts holds the facts of everyone in little room: most people share what
// they are with many others, and keys lie close together.
type facts struct {
	pages  map[int64]*factPage
	count  int
	whos   shelf[advise.Person]
	slots  shelf[[]store.Slot]
	wishes shelf[vedette.Wishes]
	sends  []bool // by slots on the shelf: some channel sends to one
	key    []byte // room
}

const pageSize = 1 << 12

// factPage holds the facts of people whose keys follow each other.
type factPage struct {
	facts   [pageSize]fact
	simple  bits // who is in a cell: asked for everyone a question finds
	crowded bits // who is among those of their kind: so is this
}

// bits has one for each of a page.
type bits [pageSize / 64]uint64

func (b *bits) has(key int64) bool {
	no := key % pageSize
	return b[no/64]&(1<<(no%64)) != 0
}

func (b *bits) set(key int64, to bool) {
	no := key % pageSize
	if b[no/64] &^= 1 << (no % 64); to {
		b[no/64] |= 1 << (no % 64)
	}
}

type fact struct {
	who        uint32 // on the shelf
	slots      uint32
	like       uint32 // the kind of people they are alike to, see more; 0 for none
	wishes     uint32 // on the shelf
	boss       uint32 // what names their manager; 0 for nobody
	there      bool
	broken     bool
	restricted bool
	led        vedette.Led
}

func newFacts() *facts {
	return &facts{pages: map[int64]*factPage{}, whos: newShelf[advise.Person](), slots: newShelf[[]store.Slot](), wishes: newShelf[vedette.Wishes]()}
}

func (f *facts) at(key int64, add bool) *fact {
	pg := f.pages[key/pageSize]
	if pg == nil {
		if !add {
			return nil
		}
		pg = new(factPage)
		f.pages[key/pageSize] = pg
	}
	return &pg.facts[key%pageSize]
}

// simple says whether somebody is in a cell.
func (f *facts) simple(key int64) bool {
	pg := f.pages[key/pageSize]
	return pg != nil && pg.simple.has(key)
}

// setSimple notes whether somebody who is there is in a cell.
func (f *facts) setSimple(key int64, simple bool) { f.pages[key/pageSize].simple.set(key, simple) }

// crowded says whether somebody is among those of their kind.
func (f *facts) crowded(key int64) bool {
	pg := f.pages[key/pageSize]
	return pg != nil && pg.crowded.has(key)
}

// setCrowded notes whether somebody who is there is among those of their kind.
func (f *facts) setCrowded(key int64, in bool) { f.pages[key/pageSize].crowded.set(key, in) }

// reader finds the facts of many people one after the other: keys that lie
// close together are looked up once.
func (f *facts) reader() *factReader { return &factReader{facts: f, no: -1, page: &nobody} }

type factReader struct {
	facts *facts
	no    int64
	page  *factPage
}

// nobody is a page without people.
var nobody factPage

func (r *factReader) of(key int64) *factPage {
	if no := key / pageSize; no != r.no {
		r.no, r.page = no, r.facts.pages[no]
		if r.page == nil {
			r.page = &nobody
		}
	}
	return r.page
}

// at gives somebody's facts, to be read only; empty ones where they are not
// there.
func (r *factReader) at(key int64) *fact { return &r.of(key).facts[key%pageSize] }

func (r *factReader) simple(key int64) bool { return r.of(key).simple.has(key) }

func (r *factReader) crowded(key int64) bool { return r.of(key).crowded.has(key) }

func (f *facts) set(key int64, n Facts) {
	e := f.at(key, true)
	if !e.there {
		f.count++
	}
	f.key = appendSlots(f.key[:0], n.Slots)
	slots, fresh := f.slots.find(f.key)
	if fresh {
		f.slots.items = append(f.slots.items, slices.Clone(n.Slots))
		f.sends = append(f.sends, n.Reached())
	}
	f.key = appendWho(f.key[:0], &n.Who)
	who, fresh := f.whos.find(f.key)
	if fresh {
		f.whos.items = append(f.whos.items, n.Who)
	}
	f.key = appendWishes(f.key[:0], &n.Wishes)
	wishes, fresh := f.wishes.find(f.key)
	if fresh {
		f.wishes.items = append(f.wishes.items, n.Wishes)
	}
	*e = fact{who: who, slots: slots, wishes: wishes, there: true, broken: n.Broken, led: n.Led, boss: n.Boss, restricted: n.Restricted}
}

func (f *facts) remove(key int64) {
	if e := f.at(key, false); e != nil && e.there {
		*e = fact{}
		f.setSimple(key, false)
		f.count--
	}
}

// reached says whether some channel sends to them.
func (f *facts) reached(key int64) bool {
	e := f.at(key, false)
	return e != nil && e.there && f.sends[e.slots]
}

func (f *facts) get(key int64) (Facts, bool) {
	e := f.at(key, false)
	if e == nil || !e.there {
		return Facts{}, false
	}
	return Facts{Who: f.whos.items[e.who], Slots: f.slots.items[e.slots], Broken: e.broken, Led: e.led, Boss: e.boss, Restricted: e.restricted, Wishes: f.wishes.items[e.wishes], Kind: int(e.who)}, true
}

// each goes through everybody, in the order of keys.
func (f *facts) each(see func(key int64, e *fact)) {
	for _, no := range slices.Sorted(maps.Keys(f.pages)) {
		pg := f.pages[no]
		for i := range pg.facts {
			if pg.facts[i].there {
				see(no*pageSize+int64(i), &pg.facts[i])
			}
		}
	}
}

// shelf keeps each of a few different things once.
type shelf[T any] struct {
	items []T
	at    map[string]uint32
}

func newShelf[T any]() shelf[T] { return shelf[T]{at: map[string]uint32{}} }

// find gives the number of a thing by what tells it from others; a fresh one
// is to be added to the items.
func (s *shelf[T]) find(key []byte) (n uint32, fresh bool) {
	n, have := s.at[string(key)]
	if !have {
		n = uint32(len(s.items))
		s.at[string(key)] = n
	}
	return n, !have
}

func appendSlots(b []byte, slots []store.Slot) []byte {
	for _, s := range slots {
		b = append(binary.AppendVarint(b, int64(s.No)), s.Channel...)
		b = append(b, 0)
	}
	return b
}

func appendWishes(b []byte, w *vedette.Wishes) []byte {
	b = binary.AppendVarint(binary.AppendVarint(binary.AppendVarint(b, int64(w.Quiet.From)), int64(w.Quiet.To)), int64(w.Digest))
	return append(b, w.Order...)
}

func appendWho(b []byte, p *advise.Person) []byte {
	c := p.Citizenship
	if len(c) > 1 {
		c = slices.Sorted(slices.Values(c))
	}
	for _, area := range c {
		b = append(append(b, area...), 0)
	}
	b = append(append(b, 0), p.Standing...)
	if p.Dependants {
		b = append(b, 0)
	}
	return b
}
