// Package archive finds published updates: by what stands on their cards, and by their
// words, however they are typed.
package archive

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Archive holds the cards of an organisation's updates. It is safe for concurrent use.
type Archive struct {
	gaz   *gazetteer.Gazetteer
	mu    sync.RWMutex
	cards []card // the newest first
	areas []vedette.AreaID
	no    map[vedette.AreaID]uint32 // their places in areas
	near  near
}

// card is a vedette.Card, packed: there may be a hundred thousand.
type card struct {
	key        int64
	published  int64 // µs
	categories uint32
	areas      []uint32
	status     vedette.Status
	risk       vedette.Risk
	urgency    vedette.Urgency
	source     vedette.SourceStrength
}

// New makes an empty one.
func New(g *gazetteer.Gazetteer) *Archive {
	return &Archive{gaz: g, no: map[vedette.AreaID]uint32{}}
}

// Add takes cards in, in any order.
func (a *Archive) Add(list []vedette.Card) {
	if len(list) == 0 {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range list {
		a.cards = append(a.cards, a.packed(&list[i]))
	}
	slices.SortFunc(a.cards, func(x, y card) int {
		return cmp.Or(cmp.Compare(y.published, x.published), cmp.Compare(y.key, x.key))
	})
}

func (a *Archive) packed(c *vedette.Card) card {
	out := card{key: c.Key, published: c.Published.UnixMicro(), status: c.Status, risk: c.Risk, urgency: c.Urgency, source: c.Source, areas: make([]uint32, len(c.Areas))}
	for _, slug := range c.Categories {
		out.categories |= categoryBit(slug)
	}
	for i, id := range c.Areas {
		no, known := a.no[id]
		if !known {
			no = uint32(len(a.areas))
			a.no[id], a.areas = no, append(a.areas, id)
		}
		out.areas[i] = no
	}
	return out
}

// categoryBit is the place of a category among vedette.Categories, 0 for what is none.
func categoryBit(slug string) uint32 {
	if i := slices.Index(vedette.Categories, slug); i >= 0 {
		return 1 << i
	}
	return 0
}

// Len is how many there are.
func (a *Archive) Len() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.cards)
}

// Query says which updates are wanted; the zero value wants all.
type Query struct {
	Areas    []vedette.AreaID       // that touch any of them: lie in it, or hold it
	Risk     vedette.Risk           // at least; one without a risk passes
	Urgency  vedette.Urgency        // exactly
	Source   vedette.SourceStrength // at least; one without passes
	Category string
	Status   *vedette.Status // nil: any
	From, To time.Time       // published from, and before; zero: any time
	Among    *Keys           // of these alone; nil: of all
	Without  *Keys           // none of these; nil: no matter
}

// Find gives the keys of a page of those wanted, the newest first, and how many there
// are in all.
func (a *Archive) Find(q *Query, skip, number int) (keys []int64, of int) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	touches := a.touching(q.Areas)
	from, to := micros(q.From), micros(q.To)
	bit := categoryBit(q.Category)
	for i := range a.cards {
		c := &a.cards[i]
		if from != 0 && c.published < from {
			break // all that follow are older
		}
		if to != 0 && c.published >= to || !c.suits(q, bit) || touches != nil && !slices.ContainsFunc(c.areas, func(no uint32) bool { return touches[no] }) {
			continue
		}
		if of++; of > skip && len(keys) < number {
			keys = append(keys, c.key)
		}
	}
	return keys, of
}

func (c *card) suits(q *Query, category uint32) bool {
	switch {
	case c.risk != vedette.RiskUnknown && c.risk < q.Risk,
		q.Urgency != vedette.UrgencyUnknown && c.urgency != q.Urgency,
		c.source != vedette.SourceUnknown && c.source < q.Source,
		q.Category != "" && c.categories&category == 0,
		q.Status != nil && c.status != *q.Status,
		q.Among != nil && !q.Among.Has(c.key),
		q.Without != nil && q.Without.Has(c.key):
		return false
	}
	return true
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
