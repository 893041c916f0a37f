package store_test

import (
	"fmt"
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

// BenchmarkStanding lists what stands of 10,000 situations with three updates
// each, beside as many that were cancelled: whole, and the keys alone.
func BenchmarkStanding(b *testing.B) {
	const situations = 10_000
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			w := newWorld(b, place(b, engine))
			u := w.publish("Rockets", "", t0)
			w.ok(w.sql(fill(situations)))
			got, err := w.o.Standing(w.ctx)
			w.ok(err)
			if len(got) != situations+1 || got[len(got)-1].Key != u.Key && got[0].Key != u.Key {
				b.Fatalf("%d stand", len(got))
			}
			b.Run("whole", func(b *testing.B) {
				for b.Loop() {
					if _, err := w.o.Standing(w.ctx); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("keys", func(b *testing.B) {
				for b.Loop() {
					if _, err := w.o.StandingKeys(w.ctx); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// fill writes situations past the store, twice as many as asked: every
// second one was cancelled.
func fill(n int) string {
	series := fmt.Sprintf(`WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < %d)`, 2*n)
	text := series + ` INSERT INTO situations (id, org, uuid, title, status, last, stands)
		SELECT i + 100, 1, 's' || i, 'x', 0, 3, CASE WHEN i % 2 = 0 THEN 0 ELSE 3 * i + 1003 END FROM s;`
	for no := 1; no <= 3; no++ {
		text += series + fmt.Sprintf(` INSERT INTO updates (id, org, uuid, state, status, situation_id, number, created_at, published_at, body, cancels)
			SELECT 3 * i + %[1]d + 1000, 1, 'u' || i || '-%[1]d', 2, 0, i + 100, %[1]d, 1, i + %[1]d, u.body, CASE WHEN %[1]d = 3 AND i %% 2 = 0 THEN 2 ELSE 0 END
			FROM s, updates u WHERE u.number = 1 AND u.situation_id = 1;`, no)
	}
	return text
}

// BenchmarkTally counts an update of 100,000 people, one in ten of whom was
// told again.
func BenchmarkTally(b *testing.B) {
	const people = 100_000
	for _, engine := range []string{"sqlite", "postgres"} {
		for _, again := range []int{0, people / 10} {
			b.Run(fmt.Sprintf("%s/%d again", engine, again), func(b *testing.B) {
				w := newWorld(b, place(b, engine))
				keys := w.people(people)
				u := w.publish("Rockets", "", t0)
				w.plan(u, keys)
				if again > 0 {
					w.again(u, vedette.CauseAgain, keys[:again])
				}
				for b.Loop() {
					if sum := w.tally(u); sum.Concerned != people {
						b.Fatal(sum)
					}
				}
			})
		}
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
