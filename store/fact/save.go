package fact

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"vedette"
	"vedette/store/ground"
)

// PersonChange is a person to add or change.
//
// Key 0 is the person External names; where it names nobody the one
// OldExternal names, who is called External from now on; else a new one. With
// a Key, an External that is not empty is what they are called from now on. A
// nil Record keeps record and key; a new one closes the old, which stays
// readable with the key it was sealed under. Slots are all live addresses
// from now on; nil keeps them when Record is nil too. Presences are added
// where they are not live already; to say again what was ended does not bring
// it back. Whoever had left the organisation is of it again, where they were
// held to be when they left.
type PersonChange struct {
	SealedPerson
	OldExternal []byte
	Fresh       bool              // WrappedKey is a key of its own; else a record of whoever is there goes on under the key that is kept of them
	Was         []byte            // with Record: the sealed record it was made of; a conflict where that is kept no more. nil for any
	Replace     []vedette.Because // live presences of these kinds that are not in Presences are closed

	// Closely gives how somewhere is kept of them from now on. All that is live
	// of where they are is recorded anew as it says, of the same times and ends,
	// before Replace and Presences are looked at; nil leaves it as it is.
	Closely func(vedette.Presence) vedette.Presence
	Trips   []TripSeal // of theirs: sealed anew
	Numbers [][]byte   // with Record: keyed hashes of their numbers, by which an answer's sender is found

	// Hashes are the keyed hashes of the values of Slots, by number. A slot with
	// another value than so far is another address. nil: the values are not told.
	Hashes map[int][]byte

	// Confirm is since when a home or site must have been recorded to need no
	// confirmation: an older one that Presences says again is recorded anew.
	Confirm time.Time
}

// confirms says whether a presence is to be recorded anew because it is old
// and said again.
func (c *PersonChange) confirms(h *held) bool {
	kept := h.Because == vedette.BecauseHome || h.Because == vedette.BecauseSite
	return kept && h.Recorded.Before(c.Confirm) && h.Ended == "" && h.To.IsZero() && h.Key != 0 &&
		slices.ContainsFunc(c.Presences, func(w vedette.Presence) bool { return h.same(&w) })
}

// PeopleSaved counts what SavePeople did.
type PeopleSaved struct{ Added, Changed, Unchanged int }

// manyPeople is from how many on the engine should look at its tables anew.
const manyPeople = 1000

// pair points at a row of a person: person, row.
type pair [2]int64

// saving gathers what one SavePeople writes, to be written table by table.
type saving struct {
	now       time.Time
	sites     map[string]vedette.Site // by name
	keys      []int64                 // by change
	ids       []vedette.ID            // by change
	added     []int                   // changes that are new persons
	records   []int                   // changes with a record to write
	wrapped   map[int][]byte          // the keys of those, and
	fresh     [][]byte                // which of them are new
	slots     map[int64][]Slot
	hashes    map[int64]map[int][]byte // of slots, by person
	order     []int64                  // persons with slots to write, in order
	presences []held
	trips     []tripSeal
	renamed   []int   // changes that give someone another External
	back      []int64 // persons who had left
	closed    struct {
		records          []int64
		slots, presences []pair
	}
	saved   PeopleSaved
	changed []int // changes that change something
}

// living is a person who is there, with what is held of where they are. Of
// one who had left it is what was held when they left.
type living struct {
	*SealedPerson
	held   []held
	hashes map[int][]byte // of the values of Slots
}

// SavePeople adds and changes people, all or none, and sets Key and ID in
// the slice.
func (f *Facts) SavePeople(ctx context.Context, changes []PersonChange, now time.Time) (PeopleSaved, error) {
	return f.SavePeopleAndSites(ctx, nil, changes, now)
}

// SavePeopleAndSites saves the sites people work at with the people, all or
// none.
func (f *Facts) SavePeopleAndSites(ctx context.Context, sites []vedette.Site, changes []PersonChange, now time.Time) (PeopleSaved, error) {
	var s *saving
	err := f.write(ctx, "saving people", func(t *tx) (err error) {
		s, err = t.savePeople(sites, changes, now)
		return err
	})
	if err != nil {
		return PeopleSaved{}, err
	}
	for i := range changes {
		changes[i].Key, changes[i].ID = s.keys[i], s.ids[i]
	}
	if len(s.changed) >= manyPeople {
		f.db.Learn(ctx, "recipients", "persons", "person_records", "addresses", "presences")
	}
	return s.saved, nil
}

// SaveIn is SavePeople within a transaction.
func SaveIn(t *ground.Tx, org int64, changes []PersonChange, now time.Time) error {
	_, err := (&tx{t, reading{Reader: t, org: org}}).savePeople(nil, changes, now)
	return err
}

func (t *tx) savePeople(sites []vedette.Site, changes []PersonChange, now time.Time) (*saving, error) {
	s := &saving{now: now, keys: make([]int64, len(changes)), ids: make([]vedette.ID, len(changes)), slots: map[int64][]Slot{}, hashes: map[int64]map[int][]byte{}, wrapped: map[int][]byte{}}
	touched, moved, err := t.saveSites(slices.Clone(sites), now)
	if err != nil {
		return nil, err
	}
	if s.sites, err = t.lockSites(changes); err != nil {
		return nil, err
	}
	live, err := t.matchPeople(s, changes)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		if err := s.take(i, &changes[i], live[s.keys[i]]); err != nil {
			return nil, err
		}
	}
	if err := t.writePeople(s, changes); err != nil {
		return nil, err
	}
	return s, t.logPeople(s, moved, touched)
}

// logPeople writes the log row of what was saved, if anything was.
func (t *tx) logPeople(s *saving, sites bool, touched []int64) error {
	ref, verb := vedette.ID(""), fmt.Sprintf("saved %d", len(s.changed))
	switch {
	case len(s.changed) == 0 && !sites:
		return nil
	case len(s.changed) == 0:
		verb = "sites saved"
	case len(s.changed) == 1:
		ref, verb = s.ids[s.changed[0]], "saved"
	}
	for _, i := range s.changed {
		touched = append(touched, s.keys[i])
	}
	return t.log(ref, verb, touched, s.now)
}

// matchPeople finds the persons the changes are of, gives new ones keys, and
// returns the live state of those that are there.
func (t *tx) matchPeople(s *saving, changes []PersonChange) (map[int64]living, error) {
	byHash, hashes, keys := map[string]int64{}, []string{}, []int64{}
	for i := range changes {
		c := &changes[i]
		if c.Key != 0 {
			continue
		}
		for _, hash := range [][]byte{c.External, c.OldExternal} {
			if len(hash) > 0 {
				hashes = append(hashes, ground.Hex(hash))
			}
		}
	}
	for page := range slices.Chunk(hashes, peoplePage) {
		err := t.Each(func(r *sql.Rows) error {
			var key int64
			var hash []byte
			err := r.Scan(&key, &hash)
			byHash[ground.Hex(hash)] = key
			return err
		}, `SELECT id, external FROM persons WHERE org = $1 AND external IN ({rows $2 hash:bytes})`, t.org, ground.List(nest(page)))
		if err != nil {
			return nil, err
		}
	}
	if err := s.match(changes, byHash); err != nil {
		return nil, err
	}
	for _, key := range s.keys {
		if key != 0 {
			keys = append(keys, key)
		}
	}
	live, err := t.lockPeople(keys)
	if err != nil {
		return nil, err
	}
	return live, t.nameNew(s)
}

func nest[T any](items []T) [][]T {
	out := make([][]T, len(items))
	for i, it := range items {
		out[i] = []T{it}
	}
	return out
}

// match sets the keys and ids of the changes, and notes which of them are of
// new persons. What someone is called now goes before what they were called.
func (s *saving) match(changes []PersonChange, byHash map[string]int64) error {
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
		if s.keys[i] < 0 || seen[s.keys[i]] {
			return vedette.Errorf(vedette.CodeInvalid, "person %d of the list is there twice; name each person once", i+1)
		}
		seen[s.keys[i]] = s.keys[i] != 0
	}
	for i := range changes {
		if s.keys[i] != 0 {
			continue
		}
		if was := byHash[ground.Hex(changes[i].OldExternal)]; was > 0 && !seen[was] {
			s.keys[i], seen[was] = was, true
			continue
		}
		s.added = append(s.added, i)
	}
	return nil
}

// lockPeople locks persons against another save and loads them.
func (t *tx) lockPeople(keys []int64) (map[int64]living, error) {
	out := make(map[int64]living, len(keys))
	return out, pages(keys, func(page []int64) error {
		arg := ground.List(page)
		locked, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND erased_at = 0 AND id {in $2} ORDER BY id {lock}`, t.org, arg)
		if err != nil {
			return err
		}
		if len(locked) != len(page) {
			return vedette.Errorf(vedette.CodeNotFound, "%d of the people to be changed are not there, or are erased", len(page)-len(locked))
		}
		people, err := t.people(`p.id {in $2} ORDER BY p.id`, t.org, arg)
		if err != nil {
			return err
		}
		rows, err := t.held(time.Time{}, `pr.person_id {in $2} AND pr.recorded_to = (SELECT p.retired_at FROM persons p WHERE p.id = pr.person_id)`, arg)
		if err != nil {
			return err
		}
		hashes, err := t.hashes(arg)
		if err != nil {
			return err
		}
		for _, p := range people {
			out[p.Key] = living{SealedPerson: p, hashes: hashes[p.Key]}
		}
		for _, h := range rows {
			l := out[h.Person]
			l.held = append(l.held, h)
			out[h.Person] = l
		}
		return nil
	})
}

// nameNew gives new persons keys and ids.
func (t *tx) nameNew(s *saving) error {
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
func (s *saving) take(i int, c *PersonChange, live living) error {
	key, touched := s.keys[i], live.SealedPerson == nil
	if live.SealedPerson == nil {
		live.SealedPerson = &SealedPerson{}
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
		touched = s.takeName(i, c, live.SealedPerson)
	}
	if len(c.Record) > 0 {
		if c.Was != nil && !bytes.Equal(c.Was, live.Record) {
			return vedette.Errorf(vedette.CodeConflict, "the record of %s was changed by someone else meanwhile; look again and save again", s.ids[i])
		}
		s.records = append(s.records, i)
		if s.wrapped[i] = live.WrappedKey; live.Key == 0 || c.Fresh {
			s.wrapped[i], s.fresh = c.WrappedKey, append(s.fresh, c.WrappedKey)
		}
		if live.Key != 0 {
			s.closed.records = append(s.closed.records, key)
		}
		touched = true
	}
	if (c.Slots != nil || len(c.Record) > 0) && s.takeSlots(key, c, &live) {
		touched = true
	}
	for _, seal := range c.Trips {
		s.trips = append(s.trips, tripSeal{seal, key})
		touched = true
	}
	if s.takeCloser(key, c, &live) {
		touched = true
	}
	moved, err := s.takePresences(key, c, live)
	if err != nil {
		return err
	}
	if !touched && !moved {
		s.saved.Unchanged++
		return nil
	}
	if live.Key != 0 {
		s.saved.Changed++
	}
	s.changed = append(s.changed, i)
	return nil
}

// takeName notes another External, and whoever is back.
func (s *saving) takeName(i int, c *PersonChange, live *SealedPerson) (touched bool) {
	if len(c.External) > 0 && !bytes.Equal(c.External, live.External) {
		s.renamed, touched = append(s.renamed, i), true
	}
	if live.Retired {
		s.back, touched = append(s.back, live.Key), true
	}
	return touched
}

func (s *saving) takePresences(key int64, c *PersonChange, live living) (touched bool, err error) {
	for i := range live.held {
		h := &live.held[i]
		stays := !slices.Contains(c.Replace, h.Because) || slices.ContainsFunc(c.Presences, func(w vedette.Presence) bool { return h.same(&w) })
		switch {
		case (live.Retired && !h.over(s.now) || h.Key == 0) && stays:
			s.presences = append(s.presences, *h)
		case !live.Retired && h.Key != 0 && !stays:
			s.closed.presences = append(s.closed.presences, pair{key, h.Key})
			touched = true
		case !live.Retired && c.confirms(h):
			s.closed.presences = append(s.closed.presences, pair{key, h.Key})
			s.presences = append(s.presences, *h)
			touched = true
		}
	}
	for _, w := range c.Presences {
		if slices.ContainsFunc(live.held, func(h held) bool { return h.same(&w) }) {
			continue
		}
		site, ok := s.sites[ground.Plain(w.Site, 0)]
		switch {
		case w.Site != "" && !ok:
			return false, vedette.Errorf(vedette.CodeInvalid, "site %q is not known; save it before the people who work there", w.Site)
		case w.Because == vedette.BecauseSite && w.Site != "" && w.Area != site.Area:
			return false, vedette.Errorf(vedette.CodeConflict, "site %q is in %s, and someone is said to be there in %s; look again and save again", w.Site, site.Area, w.Area)
		}
		w.Person, w.Trip = key, 0
		s.presences = append(s.presences, held{Presence: w, site: site.Key})
		touched = true
	}
	return touched, nil
}
