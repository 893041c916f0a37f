package store

import (
	"bytes"
	"context"
	"database/sql"
	"slices"
	"time"

	"vedette"
	"vedette/store/ground"
)

// PersonChange is a person to add or change.
//
// Key 0 is a new person, or the one that External names already. With a key,
// External is what the person is named by from now on; nil keeps it. A nil
// Record keeps record and key; a new one closes the old, which stays
// readable with the key it was sealed under. Slots are all live addresses
// from now on; nil keeps them when Record is nil too. Presences are added
// where they are not live already.
type PersonChange struct {
	SealedPerson
	Replace []vedette.Because // live presences of these kinds that are not in Presences are closed
}

// PeopleSaved counts what SavePeople did.
type PeopleSaved struct{ Added, Changed, Unchanged int }

// presenceFact is a presence to be recorded.
type presenceFact struct {
	vedette.Presence
	site, trip int64 // keys, 0 for none
}

// manyPeople is from how many on the engine should look at its tables anew.
const manyPeople = 1000

// pair points at a row of a person: person, row.
type pair [2]int64

// saving gathers what one SavePeople writes, to be written table by table.
type saving struct {
	org       int64
	now       time.Time
	sites     map[string]int64
	keys      []int64      // by change
	ids       []vedette.ID // by change
	added     []int        // changes that are new persons
	records   []int        // changes with a record to write
	renamed   []int        // changes of persons who are known by another name from now on
	slots     map[int64][]Slot
	order     []int64 // persons with slots to write, in order
	presences []presenceFact
	closed    struct {
		records          []int64
		slots, presences []pair
	}
	saved   PeopleSaved
	changed []vedette.ID
}

// SavePeople adds and changes people, all or none, and sets Key and ID in
// the slice.
func (o *Org) SavePeople(ctx context.Context, changes []PersonChange, now time.Time) (PeopleSaved, error) {
	return o.SavePeopleAndSites(ctx, nil, changes, now)
}

// SavePeopleAndSites saves the sites people work at with the people, all or
// none.
func (o *Org) SavePeopleAndSites(ctx context.Context, sites []vedette.Site, changes []PersonChange, now time.Time) (PeopleSaved, error) {
	var s *saving
	err := o.s.write(ctx, "saving people", func(t *tx) (err error) {
		s = &saving{org: o.org, now: now, keys: make([]int64, len(changes)), ids: make([]vedette.ID, len(changes)), slots: map[int64][]Slot{}}
		if err := t.saveSites(o.org, sites, now); err != nil {
			return err
		}
		if s.sites, err = t.siteKeys(o.org); err != nil {
			return err
		}
		live, err := t.matchPeople(s, changes)
		if err != nil {
			return err
		}
		for i := range changes {
			if err := s.take(i, &changes[i], live[s.keys[i]]); err != nil {
				return err
			}
		}
		return t.writePeople(s, changes)
	})
	if err != nil {
		return PeopleSaved{}, err
	}
	for i := range changes {
		changes[i].Key, changes[i].ID = s.keys[i], s.ids[i]
	}
	if len(s.changed) >= manyPeople {
		o.s.db.Learn(ctx, "recipients", "persons", "person_records", "addresses", "presences")
	}
	return s.saved, nil
}

// matchPeople finds the persons the changes are of, gives new ones keys, and
// returns the live state of those that are there.
func (t *tx) matchPeople(s *saving, changes []PersonChange) (map[int64]*SealedPerson, error) {
	live := map[int64]*SealedPerson{}
	byHash, hashes, keys := map[string]int64{}, []string{}, []int64{}
	for i := range changes {
		switch c := &changes[i]; {
		case c.Key != 0:
			keys = append(keys, c.Key)
		case len(c.External) > 0:
			hashes = append(hashes, ground.Hex(c.External))
		}
	}
	for page := range slices.Chunk(hashes, peoplePage) {
		err := t.Each(func(r *sql.Rows) error {
			var key int64
			var hash []byte
			err := r.Scan(&key, &hash)
			byHash[ground.Hex(hash)] = key
			keys = append(keys, key)
			return err
		}, `SELECT id, external FROM persons WHERE org = $1 AND external IN ({rows $2 hash:bytes})`, s.org, ground.List(nest(page)))
		if err != nil {
			return nil, err
		}
	}
	if err := t.lockPeople(s.org, keys, live); err != nil {
		return nil, err
	}
	return live, t.nameNew(s, changes, byHash)
}

func nest[T any](items []T) [][]T {
	out := make([][]T, len(items))
	for i, it := range items {
		out[i] = []T{it}
	}
	return out
}

// lockPeople locks live persons against another save and loads them.
func (t *tx) lockPeople(org int64, keys []int64, live map[int64]*SealedPerson) error {
	slices.Sort(keys)
	for page := range slices.Chunk(slices.Compact(keys), peoplePage) {
		arg := ground.List(page)
		locked, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND erased_at = 0 AND id {in $2} ORDER BY id {lock}`, org, arg)
		if err != nil {
			return err
		}
		if len(locked) != len(page) {
			return vedette.Errorf(vedette.CodeNotFound, "%d of the people to be changed are not there, or are erased", len(page)-len(locked))
		}
		people, err := t.people(`p.id {in $2} ORDER BY p.id`, org, arg)
		if err != nil {
			return err
		}
		if err := t.addPresences(people); err != nil {
			return err
		}
		for _, p := range people {
			live[p.Key] = p
		}
	}
	return nil
}

// nameNew sets key and id of every change; new persons take new ones.
func (t *tx) nameNew(s *saving, changes []PersonChange, byHash map[string]int64) error {
	seen := map[int64]bool{}
	for i := range changes {
		c := &changes[i]
		s.keys[i], s.ids[i] = c.Key, c.ID
		if c.Key == 0 && len(c.External) > 0 {
			s.keys[i] = byHash[ground.Hex(c.External)]
			if s.keys[i] == 0 {
				byHash[ground.Hex(c.External)] = int64(-1 - i) // new here: a second one is a double
			}
		}
		if s.keys[i] == 0 {
			s.added = append(s.added, i)
			continue
		}
		if s.keys[i] < 0 || seen[s.keys[i]] {
			return vedette.Errorf(vedette.CodeInvalid, "person %d of the list is there twice; name each person once", i+1)
		}
		seen[s.keys[i]] = true
	}
	first, err := t.keys("recipient", len(s.added))
	for n, i := range s.added {
		s.keys[i] = first + int64(n)
		if s.ids[i] == "" {
			s.ids[i] = vedette.NewID(s.now)
		}
	}
	return err
}

// take compares a change with what is live, and notes what is to be written.
func (s *saving) take(i int, c *PersonChange, live *SealedPerson) error {
	key, touched := s.keys[i], live == nil
	if live == nil {
		live = &SealedPerson{}
		s.saved.Added++
		if len(c.Record) == 0 || len(c.WrappedKey) == 0 {
			return vedette.Errorf(vedette.CodeInvalid, "person %d of the list is new and has no sealed record", i+1)
		}
	} else {
		if c.ID != "" && c.ID != live.ID {
			// Sealed for another id, it could never be opened again.
			return vedette.Errorf(vedette.CodeConflict, "person %d of the list was added by someone else meanwhile; look again and save again", i+1)
		}
		s.ids[i] = live.ID
		if len(c.External) > 0 && !bytes.Equal(c.External, live.External) {
			s.renamed = append(s.renamed, i)
			touched = true
		}
	}
	if len(c.Record) > 0 {
		s.records = append(s.records, i)
		if live.Key != 0 {
			s.closed.records = append(s.closed.records, key)
		}
		touched = true
	}
	if (c.Slots != nil || len(c.Record) > 0) && s.takeSlots(key, c.Slots, live.Slots) {
		touched = true
	}
	moved, err := s.takePresences(key, c, live.Presences)
	if err != nil {
		return err
	}
	switch {
	case !touched && !moved:
		s.saved.Unchanged++
	case live.Key != 0:
		s.saved.Changed++
		s.changed = append(s.changed, s.ids[i])
	default:
		s.changed = append(s.changed, s.ids[i])
	}
	return nil
}

func (s *saving) takeSlots(key int64, want, have []Slot) (touched bool) {
	for _, h := range have {
		if !slices.Contains(want, h) {
			s.closed.slots = append(s.closed.slots, pair{key, int64(h.No)})
			touched = true
		}
	}
	for _, w := range want {
		if !slices.Contains(have, w) {
			if len(s.slots[key]) == 0 {
				s.order = append(s.order, key)
			}
			s.slots[key] = append(s.slots[key], w)
			touched = true
		}
	}
	return touched
}

func (s *saving) takePresences(key int64, c *PersonChange, have []vedette.Presence) (touched bool, err error) {
	for _, h := range have {
		same := func(w vedette.Presence) bool { return samePresence(w, h) }
		if slices.Contains(c.Replace, h.Because) && !slices.ContainsFunc(c.Presences, same) {
			s.closed.presences = append(s.closed.presences, pair{key, h.Key})
			touched = true
		}
	}
	for _, w := range c.Presences {
		if slices.ContainsFunc(have, func(h vedette.Presence) bool { return samePresence(w, h) }) {
			continue
		}
		site, ok := s.sites[ground.Plain(w.Site, 0)]
		if !ok && w.Site != "" {
			return false, vedette.Errorf(vedette.CodeInvalid, "site %q is not known; save it before the people who work there", w.Site)
		}
		w.Person = key
		s.presences = append(s.presences, presenceFact{Presence: w, site: site})
		touched = true
	}
	return touched, nil
}

// samePresence says whether two presences say the same, whenever learned.
func samePresence(a, b vedette.Presence) bool {
	return a.Area == b.Area && a.Because == b.Because && a.Site == b.Site && a.PointRef == b.PointRef &&
		ground.Micros(a.From) == ground.Micros(b.From) && ground.Micros(a.To) == ground.Micros(b.To)
}
