package roster

import (
	"context"
	"runtime"

	"vedette"
	"vedette/advise"
	"vedette/auth"
	"vedette/store"
)

// page is some people on their way into a roster: read by one, opened by
// several at once, taken in by one in the order they were read.
type page struct {
	people []*store.SealedPerson
	facts  []Facts
	opened chan struct{}
}

// pageLength is how many people are opened by one at a time.
const pageLength = 500

// load reads everyone into a roster that nobody else has yet.
func (k *Keeper) load(ctx context.Context, r *Roster) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages, failed := make(chan *page, 2*runtime.GOMAXPROCS(0)), make(chan error, 1)
	go func() {
		defer close(pages)
		failed <- k.read(ctx, pages)
	}()
	r.Index.Load(func(yield func(vedette.Presence) bool) {
		for pg := range pages {
			<-pg.opened
			for i, p := range pg.people {
				r.take(p, pg.facts[i])
				for _, pr := range p.Presences {
					if !yield(pr) {
						return
					}
				}
			}
		}
	}, 0)
	if err := <-failed; err != nil {
		return err
	}
	return k.watches(ctx, r)
}

// watches reads what everyone asked to be told.
func (k *Keeper) watches(ctx context.Context, r *Roster) error {
	of := map[int64][]vedette.Watch{}
	err := k.org.Watches(ctx, func(w vedette.Watch) error {
		of[w.Person] = append(of[w.Person], w)
		return nil
	})
	for key, ws := range of {
		r.Index.SetWatches(key, ws)
	}
	return err
}

// read reads everyone, page by page, and has each page opened.
func (k *Keeper) read(ctx context.Context, pages chan<- *page) error {
	pg := &page{opened: make(chan struct{})}
	send := func() error {
		full := pg
		pg = &page{opened: make(chan struct{})}
		go full.open(k.key)
		select {
		case pages <- full:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := k.org.People(ctx, func(p *store.SealedPerson) error {
		if pg.people = append(pg.people, p); len(pg.people) < pageLength {
			return nil
		}
		return send()
	})
	if err != nil {
		return err
	}
	return send()
}

func (pg *page) open(key *auth.Key) {
	defer close(pg.opened)
	pg.facts = make([]Facts, len(pg.people))
	for i, p := range pg.people {
		pg.facts[i] = opened(key, p)
	}
}

// opened unseals what the rules need to know, and sets the points of the
// presences. One damaged record must not keep everyone else from being told:
// its person stays concerned where they are, with their facts unknown.
func opened(key *auth.Key, p *store.SealedPerson) Facts {
	f := Facts{ID: p.ID, Slots: p.Slots}
	rec, err := key.OpenRecord(p.ID, p.WrappedKey, p.Record)
	if err != nil {
		f.Broken = true
		return f
	}
	f.Who = advise.Person{Citizenship: rec.Citizenship, Standing: rec.Standing, Dependants: len(rec.Dependants) > 0}
	for i := range p.Presences {
		if pt, ok := rec.Points[p.Presences[i].PointRef]; ok && p.Presences[i].PointRef != "" {
			p.Presences[i].Point = &pt
		}
	}
	return f
}

// take notes the facts of a person.
func (r *Roster) take(p *store.SealedPerson, f Facts) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.facts.set(p.Key, f)
	delete(r.broken, p.Key)
	if f.Broken {
		r.broken[p.Key] = p.ID
	}
}
