package main

import (
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"time"

	"vedette"
	"vedette/match"
	"vedette/match/index"
)

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// runs is how often a query is asked; the quickest counts.
const runs = 5

// times gives the middle and the 99th hundredth of many, each the quickest of
// its runs.
func times(n int, f func(i int)) (p50, p99 time.Duration) {
	all := make([]time.Duration, n)
	for i := range all {
		all[i] = time.Hour
		for range runs {
			begin := time.Now()
			f(i)
			all[i] = min(all[i], time.Since(begin))
		}
	}
	slices.Sort(all)
	return all[n/2], all[n*99/100]
}

// cpu is the processor time the program has had.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// most picks the figure asked at 1M and at 10M presences; 0 between and below.
func (w *world) most(at1M, at10M float64) float64 {
	switch {
	case w.size >= 9_000_000:
		return at10M
	case w.size >= 900_000:
		return at1M
	}
	return 0
}

// built builds the index and weighs it. The world is in memory before and
// after, so that what is more is the index.
func built(w *world) (*index.Index, []figure) {
	before := heap()
	x := index.New(w.g)
	begin, work := time.Now(), cpu()
	x.Load(slices.Values(w.all), len(w.all))
	took, worked := time.Since(begin), cpu()-work
	bytes := float64(heap()-before) / float64(len(w.all))
	// Outlines of areas load when the first shape is asked about, once for all
	// organisations.
	begin = time.Now()
	x.Find(index.Query{From: now, To: now, Shapes: []index.Reach{{Shape: w.polygon()}}})
	first := time.Since(begin)
	after := heap() - before
	return x, []figure{
		{"build from memory", took.Seconds(), w.most(0, 15), "s", fmt.Sprintf("%.1f s of processor time, the collector's too", worked.Seconds())},
		{"heap of the index, a presence", bytes, w.most(0, 64), "B", fmt.Sprintf("%.0f MB in all; Bytes says %.1f a presence", bytes*float64(len(w.all))/1e6, float64(x.Bytes())/float64(len(w.all)))},
		{"the first question about a shape", ms(first), 0, "ms", fmt.Sprintf("loads outlines; with them %.0f MB in all", float64(after)/1e6)},
	}
}

// moment is a query about now.
func moment(areas ...vedette.AreaID) index.Query {
	q := index.Query{From: now, To: now}
	for _, a := range areas {
		q.Areas = append(q.Areas, index.Subject{Area: a})
	}
	return q
}

// around is a query about all within so many kilometres of a point.
func around(p vedette.Point, km float64) index.Query {
	return index.Query{From: now, To: now, Shapes: []index.Reach{{Shape: &vedette.Shape{Circle: &vedette.Circle{Center: p, KM: km}}}}}
}

// kind is the queries of one kind, with what the index took for them.
type kind struct {
	name    string
	queries []index.Query
	p50     time.Duration
}

// asked measures the queries.
func asked(w *world, x *index.Index) (kinds []kind, out []figure) {
	const n = 1000
	add := func(name string, most50, most99 float64, query func(i int) index.Query) {
		queries := make([]index.Query, n)
		for i := range queries {
			queries[i] = query(i)
		}
		most, sum := 0, 0
		p50, p99 := times(n, func(i int) {
			c := x.Find(queries[i]).Count()
			most, sum = max(most, c), sum+c
		})
		kinds = append(kinds, kind{name, queries, p50})
		out = append(out, figure{name + ", p50", ms(p50), most50, "ms", fmt.Sprintf("%d people on average", sum/n/runs)},
			figure{name + ", p99", ms(p99), most99, "ms", fmt.Sprintf("at most %d people", most)})
	}
	add("region-wide (MENA)", w.most(0.3, 2), w.most(0.6, 5), func(int) index.Query { return moment("mena") })
	add("several regions and countries (6)", 0, 0, func(int) index.Query { return moment("mena", "europe", "US", "IN", "south-asia", "CN") })
	add("city", 0, w.most(0.5, 3), func(i int) index.Query {
		if i%20 == 0 {
			return moment(w.largest.id)
		}
		return moment(w.town().id)
	})
	add("point + 25 km", 0, w.most(0.5, 3), func(i int) index.Query {
		if i%20 == 0 {
			return around(w.largest.center, 25)
		}
		return around(w.around(w.town()), 25)
	})
	add("polygon of 40 corners, 30-300 km, crowded", 0, w.most(3, 15), func(int) index.Query {
		return index.Query{From: now, To: now, Shapes: []index.Reach{{Shape: w.polygon()}}}
	})
	add("trips of the next 72 h in an area", 0, w.most(1, 5), func(i int) index.Query {
		areas := []vedette.AreaID{w.town().id, w.countries[w.rank(w.sums)].id, "mena", w.countries[0].id}
		q := moment(areas[i%4])
		q.To, q.Trips = now.AddDate(0, 0, 3), true
		return q
	})
	add("sites within 250 km of a town", 0, 0, func(int) index.Query {
		return index.Query{From: now, To: now, Shapes: []index.Reach{{Area: w.town().id, KM: 250, Sites: true}}}
	})
	ids, found := 0, x.Find(moment("mena"))
	all, _ := times(21, func(int) {
		ids = 0
		for range found.Persons() {
			ids++
		}
	})
	return kinds, append(out, figure{"all ids of the region's people", ms(all), 0, "ms", fmt.Sprintf("%d ids", ids)})
}

// changed measures changes of people drawn at random. A change cannot be made
// again, so each is made to five people and the quickest counts.
func changed(w *world, x *index.Index) []figure {
	const n = 2000
	who, to := make([]int64, n*runs), make([]town, n*runs)
	for i := range who {
		who[i], to[i] = 1+w.Int64N(int64(w.people)), w.town()
	}
	var ps []vedette.Presence
	turn := 0
	next := func() (int64, town) { turn++; return who[turn%len(who)], to[turn%len(who)] }
	m50, m99 := times(n, func(int) {
		person, t := next()
		ps = x.Presences(person, ps[:0])
		ps[0].Area, ps[0].Recorded, ps[0].Key = t.id, now, ps[0].Key+1
		if ps[0].Point != nil {
			ps[0].Point = &t.center
		}
		x.Set(person, ps)
	})
	a50, a99 := times(n, func(i int) {
		person, t := next()
		x.Add(vedette.Presence{Key: int64(i), Person: person, Area: t.id, Because: vedette.BecauseCheckin, Point: &t.center, From: now, To: now.Add(8 * time.Hour), Recorded: now})
	})
	key := int64(w.people)
	b50, b99 := times(n, func(i int) {
		key++
		_, t := next()
		x.Add(vedette.Presence{Key: int64(i), Person: key, Area: t.id, Because: vedette.BecauseHome, Recorded: now})
	})
	limit := w.most(0, 60)
	return []figure{
		{"move one presence, p99", micros(m99), limit, "µs", fmt.Sprintf("p50 %.1f µs; all of the person read and set", micros(m50))},
		{"add one with a point and an end, p99", micros(a99), limit, "µs", fmt.Sprintf("p50 %.1f µs", micros(a50))},
		{"add a person, p99", micros(b99), limit, "µs", fmt.Sprintf("p50 %.1f µs", micros(b50))},
	}
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// why measures one person's presences and the rule with its reasons.
func why(w *world, x *index.Index) figure {
	u := &vedette.Update{Content: vedette.Content{Affected: []vedette.Place{{Area: "mena"}}, Risk: vedette.RiskHigh}, Shapes: []vedette.Shape{*w.polygon()}}
	rule := match.Prepare(w.g, u, vedette.DefaultSettings())
	who := make([]int64, 5000)
	for i := range who {
		who[i] = 1 + w.Int64N(int64(w.people))
	}
	ask := func(i int) { rule.Relate(x.Presences(who[i], nil), x.Watches(who[i], nil), now) }
	for i := range who {
		ask(i) // each area is worked out once for an update
	}
	p50, p99 := times(len(who), ask)
	return figure{"why, one person, p99", micros(p99), w.most(100, 100), "µs", fmt.Sprintf("p50 %.1f µs; areas worked out before", micros(p50))}
}
