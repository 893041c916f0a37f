package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/match/index"
	"vedette/roster"
	"vedette/store"
)

// stored saves a part of the world into a fresh SQLite store, people sealed and
// points in their records, and measures the building of an organisation's
// roster from it: reading, opening every record, the index. The roster's index
// must find whom one built from memory finds.
func stored(ctx context.Context, w *world, n int) (figure, error) {
	dir, err := os.MkdirTemp("", "vedette-bench-")
	if err != nil {
		return figure{}, err
	}
	defer os.RemoveAll(dir)
	s, err := store.Open(ctx, dir)
	if err != nil {
		return figure{}, err
	}
	defer s.Close()
	org, err := s.AddOrganisation(ctx, "Bench", now)
	if err != nil {
		return figure{}, err
	}
	key := auth.NewKey()
	n = min(n, len(w.all))
	begin := time.Now()
	if err := save(ctx, s.In(org.Key), key, w, w.all[:n]); err != nil {
		return figure{}, err
	}
	saved := time.Since(begin)
	begin, worked := time.Now(), cpu()
	r, err := roster.New(s, key, w.g).Of(org.Key).Current(ctx)
	if err != nil {
		return figure{}, err
	}
	took := time.Since(begin)
	worked = cpu() - worked
	memory := index.New(w.g)
	memory.Load(slices.Values(w.all[:n]), n)
	q := moment("mena")
	if a, b := r.Index.Find(q).Count(), memory.Find(q).Count(); a != b || r.Index.Len() != n {
		return figure{}, fmt.Errorf("from the store: %d presences and %d people in the region, from memory %d and %d", r.Index.Len(), a, n, b)
	}
	most := 0.0
	if n >= 9_000_000 {
		most = 40
	}
	return figure{fmt.Sprintf("build from the store, %d presences", n), took.Seconds(), most, "s",
		fmt.Sprintf("%.1f µs a presence and %.1f µs of processor time, SQLite, the people's facts too; saved in %.0f s",
			micros(took)/float64(n), micros(worked)/float64(n), saved.Seconds())}, nil
}

// saveAtOnce is how many presences go into one transaction.
const saveAtOnce = 10_000

func save(ctx context.Context, o *store.Org, key *auth.Key, w *world, all []vedette.Presence) error {
	sites := map[string]vedette.Site{}
	for _, s := range w.sites {
		sites[s.name] = vedette.Site{Name: s.name, Area: s.town.id, Point: &s.at}
	}
	for len(all) > 0 {
		var changes []store.PersonChange
		named := map[string]bool{}
		for k := 0; k < saveAtOnce && len(all) > 0; k++ {
			n := 1
			for n < len(all) && all[n].Person == all[0].Person {
				n++
			}
			c, err := sealed(key, all[:n], named)
			if err != nil {
				return err
			}
			changes, all = append(changes, c), all[n:]
		}
		var some []vedette.Site
		for _, name := range slices.Sorted(maps.Keys(named)) {
			some = append(some, sites[name])
		}
		if _, err := o.SavePeopleAndSites(ctx, some, changes, now); err != nil {
			return err
		}
	}
	return nil
}

// sealed makes a person as the desk saves them.
func sealed(key *auth.Key, ps []vedette.Presence, named map[string]bool) (store.PersonChange, error) {
	id := vedette.NewID(now)
	own, wrapped := key.NewPersonKey(id)
	rec := &vedette.PersonRecord{Name: fmt.Sprintf("Person %d", ps[0].Person), Points: map[string]vedette.Point{}}
	kept := slices.Clone(ps)
	for i := range kept {
		p := &kept[i]
		if p.Site != "" {
			named[p.Site] = true
		}
		if p.Point != nil {
			rec.Points[p.PointRef] = *p.Point
		}
		p.Point, p.Trip, p.Key, p.Person = nil, 0, 0, 0
	}
	record, err := own.SealRecord(rec)
	return store.PersonChange{SealedPerson: store.SealedPerson{ID: id, WrappedKey: wrapped, Record: record,
		Slots: []store.Slot{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail}}, Presences: kept}}, err
}
