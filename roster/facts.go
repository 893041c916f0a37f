package roster

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/advise"
	"vedette/store"
)

// Facts is what the rules need to know of someone besides where they are.
type Facts struct {
	ID     vedette.ID
	Who    advise.Person // shared: without presences
	Slots  []store.Slot  // addresses by number and channel, without their value; shared
	Broken bool          // the record cannot be opened
}

// Reached says whether some channel sends to them.
func (f *Facts) Reached() bool {
	return slices.ContainsFunc(f.Slots, func(s store.Slot) bool { return s.Channel.Sends() })
}

// facts holds the facts of everyone in little room: most people share what
// they are with many others, and keys lie close together.
type facts struct {
	pages map[int64]*factPage
	count int
	whos  shelf[advise.Person]
	slots shelf[[]store.Slot]
	sends []bool // by slots on the shelf: some channel sends to one
}

const pageSize = 1 << 12

// factPage holds the facts of people whose keys follow each other.
type factPage struct {
	facts  [pageSize]fact
	simple [pageSize / 64]uint64 // a bit for each who is in a cell: asked for everyone a question finds
}

type fact struct {
	id     [16]byte
	who    uint32 // on the shelf
	slots  uint32
	there  bool
	broken bool
}

func newFacts() *facts {
	return &facts{pages: map[int64]*factPage{}, whos: newShelf[advise.Person](), slots: newShelf[[]store.Slot]()}
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
	r := f.reader()
	return r.simple(key)
}

// setSimple notes whether somebody who is there is in a cell.
func (f *facts) setSimple(key int64, simple bool) {
	pg, no := f.pages[key/pageSize], key%pageSize
	if pg.simple[no/64] &^= 1 << (no % 64); simple {
		pg.simple[no/64] |= 1 << (no % 64)
	}
}

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

func (r *factReader) simple(key int64) bool {
	no := key % pageSize
	return r.of(key).simple[no/64]&(1<<(no%64)) != 0
}

func (f *facts) set(key int64, n Facts) {
	e := f.at(key, true)
	if !e.there {
		f.count++
	}
	slots := f.slots.put(fmt.Sprint(n.Slots), n.Slots)
	for int(slots) >= len(f.sends) {
		f.sends = append(f.sends, n.Reached())
	}
	*e = fact{id: packed(n.ID), who: f.whos.put(whoKey(&n.Who), n.Who), slots: slots, there: true, broken: n.Broken}
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
	return Facts{ID: unpacked(e.id), Who: f.whos.items[e.who], Slots: f.slots.items[e.slots], Broken: e.broken}, true
}

// each goes through everybody, in no order.
func (f *facts) each(see func(key int64, e *fact)) {
	for no, pg := range f.pages {
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

func (s *shelf[T]) put(key string, item T) uint32 {
	n, ok := s.at[key]
	if !ok {
		n = uint32(len(s.items))
		s.at[key], s.items = n, append(s.items, item)
	}
	return n
}

func whoKey(p *advise.Person) string {
	c := slices.Clone(p.Citizenship)
	slices.Sort(c)
	return fmt.Sprint(c, p.Standing, p.Dependants)
}

// packed is a UUID as its bytes.
func packed(id vedette.ID) (b [16]byte) {
	hex.Decode(b[:], []byte(strings.ReplaceAll(string(id), "-", "")))
	return b
}

func unpacked(b [16]byte) vedette.ID {
	s := hex.EncodeToString(b[:])
	return vedette.ID(s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:])
}
