package roster

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"vedette"
	"vedette/fold"
	"vedette/store"
)

// Register gives everyone in the order of their names, holding every change of
// people committed before the call. It is made when one is asked for first, and
// follows the log from then on.
func (k *Keeper) Register(ctx context.Context) (*Register, error) {
	k.listing.Lock()
	defer k.listing.Unlock()
	seq, err := k.org.PeopleSeq(ctx)
	if err != nil {
		return nil, err
	}
	if k.register != nil && k.register.seq == seq {
		return k.register, nil
	}
	if k.register != nil {
		if done, err := k.relist(ctx, seq); err != nil || done {
			return k.register, err
		}
	}
	return k.register, k.list(ctx)
}

// list reads everyone.
func (k *Keeper) list(ctx context.Context) error {
	r, listed := &Register{gaz: k.gaz}, map[int64]*entry{}
	open := func(people []*store.SealedPerson) func() error {
		some, at := make([]*entry, len(people)), k.scribe()
		for i, p := range people {
			some[i] = at.entry(p)
		}
		return func() error {
			for _, e := range some {
				listed[e.key] = e
				r.by[ByName] = append(r.by[ByName], e)
			}
			return nil
		}
	}
	var err error
	if r.seq, err = k.org.Everyone(ctx, readers(), open, func(vedette.Watch) error { return nil }); err != nil {
		return err
	}
	for o := ByName + 1; o < orders; o++ {
		r.by[o] = slices.Clone(r.by[ByName])
	}
	for o := range orders {
		slices.SortFunc(r.by[o], o.compare)
	}
	r.lay()
	k.register, k.listed = r, listed
	return nil
}

// relist takes in who changed; false where that were too many, or is not kept any
// more.
func (k *Keeper) relist(ctx context.Context, seq int64) (bool, error) {
	changed, err := k.org.ChangedPeople(ctx, k.register.seq, math.MaxInt64, most+1)
	if vedette.ErrorCode(err) == vedette.CodeExpired || len(changed) > most {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	is := map[int64]*entry{}
	keys := make([]int64, 0, len(changed))
	for _, c := range changed {
		if _, met := is[c.Person]; !met {
			is[c.Person], keys = nil, append(keys, c.Person)
		}
	}
	at := k.scribe()
	if err := k.org.PeopleOf(ctx, keys, func(p *store.SealedPerson) error { is[p.Key] = at.entry(p); return nil }); err != nil {
		return false, err
	}
	var before, after []*entry
	for key, e := range is {
		before, after = append(before, k.listed[key]), append(after, e)
		if delete(k.listed, key); e != nil {
			k.listed[key] = e
		}
	}
	k.register = k.register.exchange(seq, before, after)
	return true, nil
}

// scribe makes entries of people, one after the other.
type scribe struct {
	*Keeper
	order  *collate.Collator
	room   collate.Buffer
	places map[at]string // by which they are in order
}

func (k *Keeper) scribe() *scribe {
	return &scribe{Keeper: k, order: collate.New(language.Und), places: map[at]string{}}
}

// sorted gives what a text is in order by: that of every script, where "Ö" is near
// "O" and capitals do not matter first.
func (s *scribe) sorted(text string) string {
	s.room.Reset()
	return string(s.order.KeyFromString(&s.room, text))
}

func (s *scribe) entry(p *store.SealedPerson) *entry {
	e := &entry{key: p.Key}
	for i := range p.Presences {
		s.stand(e, &p.Presences[i])
	}
	e.where = s.place(at{e.area, e.site})
	e.ways = uint8(min(len(s.sent(p.Slots)), math.MaxUint8))
	if e.ways == 0 {
		e.marks |= MarkNoAddress
	}
	rec, err := s.key.OpenRecord(p.ID, p.WrappedKey, p.Record)
	if err != nil {
		e.marks |= MarkBroken
		return e
	}
	e.name = s.sorted(rec.Name)
	words := []string{rec.Name, rec.External}
	for _, a := range rec.Addresses {
		if a.Channel == vedette.ChannelPush {
			continue // for machines
		}
		if words = append(words, a.Value); a.Blocked != "" {
			e.marks |= MarkBlocked
		}
	}
	e.text = fold.Text(strings.Join(words, " "))
	if rec.Restricted {
		e.marks |= MarkRestricted
	}
	if rec.Discreet {
		e.marks |= MarkDiscreet
	}
	if rec.Precision == vedette.PrecisionCity || rec.Precision == vedette.PrecisionCountry {
		e.marks |= MarkCoarse
	}
	return e
}

// stand notes where somebody is kept, or a part of a trip of theirs.
func (s *scribe) stand(e *entry, p *vedette.Presence) {
	switch {
	case p.Because.Travels() && p.Trip != 0:
		i := slices.IndexFunc(e.trips, func(j Journey) bool { return j.Trip == p.Trip })
		if i < 0 {
			e.trips = append(e.trips, Journey{Person: e.key, Trip: p.Trip, From: p.From, To: p.To, Areas: []vedette.AreaID{p.Area}})
			return
		}
		e.trips[i].add(p)
	case e.area == "" && (p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite):
		e.area, e.site = p.Area, strings.Clone(p.Site)
	}
}

func (j *Journey) add(p *vedette.Presence) {
	if p.From.Before(j.From) {
		j.From = p.From
	}
	if p.To.IsZero() || !j.To.IsZero() && p.To.After(j.To) {
		j.To = p.To
	}
	if !slices.Contains(j.Areas, p.Area) {
		j.Areas = append(j.Areas, p.Area)
	}
}

// Over says whether a trip is over at a time.
func (j *Journey) Over(now time.Time) bool { return !j.To.IsZero() && !j.To.After(now) }

// place gives what a place is in order by: its country, its name, the site.
func (s *scribe) place(w at) string {
	key, ok := s.places[w]
	if !ok && w.area != "" {
		land := s.gaz.Land(w.area)
		key = s.sorted(s.gaz.Name(land)) + "\x00" + s.sorted(s.gaz.Name(w.area)) + "\x00" + s.sorted(w.site)
		s.places[w] = key
	}
	return key
}
