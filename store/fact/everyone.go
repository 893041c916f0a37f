package fact

import (
	"context"
	"sync"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// Everyone reads every live person as [Facts.People] does, and every watch of
// theirs as [Facts.Watches] does, with several readers at once, all as of one
// place in the log, which it gives: that of the last change of people.
//
// Readers call open at the same time, each with some people. What it gives is
// called by one after the other, in the order of keys. Then watch is called.
// None may use the store.
func (f *Facts) Everyone(ctx context.Context, readers int, open func([]*SealedPerson) (take func() error), watch func(vedette.Watch) error) (seq int64, err error) {
	moment := func(r ground.Reader) (int64, error) { return book.PeopleSeq(r, f.org) }
	err = f.db.ReadTogether(ctx, "reading everyone", readers, moment, func(at int64, rs []ground.Reader) error {
		seq = at
		e := everyone{open: open, order: make(chan chan result, len(rs))}
		if err := e.read(ctx, f.org, rs); err != nil {
			return err
		}
		first := &reading{Reader: rs[0], org: f.org}
		return first.watches(watch, liveWatches)
	})
	return seq, err
}

// everyone is one reading of everyone, stretch by stretch.
type everyone struct {
	open func([]*SealedPerson) func() error

	mu    sync.Mutex
	from  int64            // where the next stretch begins
	ended bool             // there is none
	order chan chan result // of the stretches, in the order of keys
}

// result is a stretch that was read and opened, or why it was not.
type result struct {
	take func() error
	err  error
}

func (e *everyone) read(ctx context.Context, org int64, rs []ground.Reader) error {
	ctx, cancel := context.WithCancel(ctx)
	var readers sync.WaitGroup
	defer readers.Wait() // before their transactions end
	defer cancel()
	for _, r := range rs {
		readers.Go(func() { e.reader(ctx, &reading{Reader: r, org: org}) })
	}
	for slot := range e.order {
		select {
		case r := <-slot:
			if r.err != nil {
				return r.err
			}
			if err := r.take(); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// reader reads one stretch after the other until there are no more.
func (e *everyone) reader(ctx context.Context, r *reading) {
	for {
		slot, from, err := e.next(ctx, r)
		if slot == nil {
			return
		}
		var people []*SealedPerson
		if err == nil {
			people, err = r.stretch(`p.retired_at = 0`, from)
		}
		if err != nil {
			slot <- result{err: err}
			return
		}
		slot <- result{take: e.open(people)}
	}
}

// next takes the next stretch; its slot is nil where there is none.
func (e *everyone) next(ctx context.Context, r *reading) (slot chan result, from int64, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended {
		return nil, 0, nil
	}
	found, err := r.keyFrom(&e.from)
	if e.ended = err != nil || !found; err == nil && !found {
		close(e.order)
		return nil, 0, nil
	}
	slot, from = make(chan result, 1), e.from
	e.from += peoplePage
	select {
	case e.order <- slot:
		return slot, from, err
	case <-ctx.Done():
		e.ended = true
		close(e.order)
		return nil, 0, nil
	}
}
