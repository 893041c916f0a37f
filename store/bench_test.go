package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// BenchmarkPlanChunk plans chunks of 1,000 notices with their deliveries for
// people who are there, foreign keys on, each chunk committed to disk.
func BenchmarkPlanChunk(b *testing.B) {
	const size, people = 1000, 100_000
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, place(b, engine))
			keys := w.people(people)
			at := 0
			var f *store.Fanout
			b.ResetTimer()
			for b.Loop() {
				if at%people == 0 {
					b.StopTimer()
					w.publish("Rockets", "", t0)
					f = w.lease("planner")
					b.StartTimer()
				}
				n := at % people
				c := chunk(keys[n : n+size])
				if n > 0 {
					c.Variants = nil
				}
				if err := w.o.PlanChunk(w.ctx, f, "planner", c, t0, ttl); err != nil {
					b.Fatal(err)
				}
				if at += size; at%people == 0 {
					b.StopTimer()
					w.ok(w.o.FinishFanout(w.ctx, f, "planner", t0))
					b.StartTimer()
				}
			}
			b.ReportMetric(float64(b.N*size)/b.Elapsed().Seconds(), "notices/s")
		})
	}
}

// BenchmarkSend claims and settles deliveries in batches of 500.
func BenchmarkSend(b *testing.B) {
	const size, people = 500, 100_000
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, place(b, engine))
			keys := w.people(people)
			left := 0
			b.ResetTimer()
			for b.Loop() {
				if left == 0 {
					b.StopTimer()
					u := w.publish("Rockets", "", t0)
					w.plan(u, keys)
					left = people
					b.StartTimer()
				}
				got := w.claim("sender", size, t0)
				if len(got) != size || w.settle("sender", "accept", got, t0) != size {
					b.Fatal("not all were claimed and settled")
				}
				left -= size
			}
			b.ReportMetric(float64(b.N*size)/b.Elapsed().Seconds(), "deliveries/s")
		})
	}
}

// BenchmarkSavePeople imports 100,000 people with record, address and home
// into an empty organisation, in one transaction.
func BenchmarkSavePeople(b *testing.B) {
	const people = 100_000
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := newWorld(b, place(b, engine))
				b.StartTimer()
				w.people(people)
				b.StopTimer()
				w.ok(w.s.Close())
				b.StartTimer()
			}
			b.ReportMetric(float64(b.N*people)/b.Elapsed().Seconds(), "people/s")
		})
	}
}

// BenchmarkArrivals looks, among a million presences of which each is a stay
// that begins in some minute of three weeks, who arrives within a minute.
func BenchmarkArrivals(b *testing.B) {
	const people, stays = 100_000, 10
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, place(b, engine))
			trips := make([]store.TripChange, people)
			for i, key := range w.people(people) {
				trips[i].Person = key
				for n := range stays {
					from := t0.Add(time.Duration((i*7919+n*3023)%(21*24*60)) * time.Minute)
					trips[i].Presences = append(trips[i].Presences, vedette.Presence{Area: "JO", Because: vedette.BecauseTrip, From: from, To: from.Add(24 * time.Hour)})
				}
			}
			_, err := w.o.SaveTrips(w.ctx, trips, t0)
			w.ok(err)
			found := 0
			b.ResetTimer()
			for b.Loop() {
				at := t0.Add(7 * 24 * time.Hour)
				list, err := w.o.Arrivals(w.ctx, at.Add(-time.Minute), at, []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, 0})
				w.ok(err)
				found = len(list)
			}
			b.ReportMetric(float64(found), "arrivals")
		})
	}
}
