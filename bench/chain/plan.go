package main

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/figure"
	"vedette/engine"
	"vedette/store"
)

// planning measures from the call to Publish until the last notice is
// planned, with delivery rows; the limit is the same chunks written by the
// store with nothing decided in between.
func planning(ctx context.Context, c config, eng string) ([]figure.Figure, error) {
	a, end, err := installation(ctx, c, eng, c.people)
	if err != nil {
		return nil, err
	}
	defer end()
	if _, err := a.Desk.Roster(ctx); err != nil { // serve keeps it warm
		return nil, err
	}
	stop := startEngine(ctx, a, engine.Config{})
	var u *vedette.Update
	begin := time.Now()
	took, err := seconds(func() error {
		if u, err = publish(ctx, a); err != nil {
			return err
		}
		return planned(ctx, a, u)
	})
	if err != nil {
		return nil, err
	}
	f, err := a.Store.In(a.Org.Key).FanoutOf(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	took = min(took, f.FinishedAt.Sub(begin).Seconds()) // without the wait between two looks
	if f.Notices != c.people || f.Deliveries != c.people {
		return nil, fmt.Errorf("planned %d notices and %d deliveries for %d people", f.Notices, f.Deliveries, c.people)
	}
	stop() // the limit is measured alone
	limit, err := bareChunks(ctx, a, c.people)
	if err != nil {
		return nil, err
	}
	return []figure.Figure{{Name: fmt.Sprintf("publish → last of %d notices, %s", c.people, eng), Value: float64(c.people) / took, Unit: "notices/s",
		Asked: 40_000, Limit: limit, Of: "the same chunks written bare", Note: "each with its delivery row; foreign keys on, synchronous full"}}, nil
}

// startEngine runs an engine until stop.
func startEngine(ctx context.Context, a *app.App, c engine.Config) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	c.Store, c.Key, c.Gaz, c.Rosters, c.Now, c.Log = a.Store, a.Key, a.Gaz, a.Rosters, a.Now, quiet()
	c.Worker = store.Worker{ID: string(vedette.NewID(a.Now())), Kind: "bench", StartedAt: a.Now()}
	c.LinkLife, c.BaseURL = time.Hour, "http://127.0.0.1"
	c.Poll = 10 * time.Millisecond
	done := make(chan error, 1)
	e := engine.New(c)
	go func() { done <- e.Run(ctx) }()
	return func() { cancel(); <-done }
}

func planned(ctx context.Context, a *app.App, u *vedette.Update) error {
	for {
		f, err := a.Store.In(a.Org.Key).FanoutOf(ctx, u.Key)
		if err != nil {
			return err
		}
		if f.State == vedette.FanoutPlanned {
			return nil
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// bareChunks writes the notices of another update straight into the store.
func bareChunks(ctx context.Context, a *app.App, people int) (float64, error) {
	rows := a.Store.In(a.Org.Key)
	var keys []int64
	if err := rows.People(ctx, func(p *store.SealedPerson) error { keys = append(keys, p.Key); return nil }); err != nil {
		return 0, err
	}
	u, err := publish(ctx, a)
	if err != nil {
		return 0, err
	}
	f, err := rows.LeaseFanout(ctx, "bare", a.Now(), time.Hour)
	if err != nil || f == nil || f.Update != u.Key {
		return 0, fmt.Errorf("no fan-out to write to: %w", err)
	}
	took, err := seconds(func() error {
		for i := 0; i < len(keys); i += 1000 {
			c := bareChunk(u.Key, keys[i:min(i+1000, len(keys))], a.Now())
			c.Variants = []vedette.Variant{{No: 1}}
			if err := rows.PlanChunk(ctx, f, "bare", c, a.Now(), time.Hour); err != nil {
				return err
			}
		}
		return nil
	})
	return float64(people) / took, err
}

func bareChunk(update int64, keys []int64, at time.Time) store.Chunk {
	c := store.Chunk{Cursor: keys[len(keys)-1]}
	for _, k := range keys {
		c.Notices = append(c.Notices, vedette.Notice{Update: update, Recipient: k, Relation: vedette.RelationIn, Variant: 1})
		c.Deliveries = append(c.Deliveries, vedette.Delivery{Update: update, Recipient: k, Address: 1, Channel: vedette.ChannelEmail,
			State: vedette.DeliveryQueued, DueAt: at})
	}
	return c
}
