package index_test

import (
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index"
	"vedette/match/reach"
)

var now = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

// holds judges a presence by area and time from first principles.
func holds(g *gazetteer.Gazetteer, q *index.Query, p *vedette.Presence) bool {
	if q.Trips && !p.Because.Travels() || p.Area == "" {
		return false
	}
	for _, s := range q.Areas {
		if s.Area != p.Area && !g.Contains(s.Area, p.Area) && !g.Contains(p.Area, s.Area) {
			continue
		}
		later := p.Because.Travels() && p.From.After(q.From) && !p.From.IsZero() && (q.Until.IsZero() || p.From.Before(q.Until))
		if inTime(q, p) || s.Travel && later {
			return true
		}
	}
	return false
}

func inTime(q *index.Query, p *vedette.Presence) bool {
	from, to := q.From, q.To
	if !to.IsZero() && !to.After(from) {
		to = from.Add(1)
		if from.IsZero() { // open at its beginning, and so at its end
			to = time.Unix(0, math.MinInt64+1)
		}
	}
	if !p.Overlaps(from, to) {
		return false
	}
	return !q.Begins || !p.From.IsZero() && p.From.After(from)
}

func found(x *index.Index, q index.Query) []int64 {
	f := x.Find(q)
	out := slices.Collect(f.Persons())
	if f.Count() != len(out) {
		panic("the count is not that of the people")
	}
	return out
}

// plain is an index as simple as can be.
type plain map[int64][]vedette.Presence

func (p plain) find(match func(*vedette.Presence) bool) []int64 {
	var out []int64
	for person, ps := range p {
		if slices.ContainsFunc(ps, func(pr vedette.Presence) bool { return match(&pr) }) {
			out = append(out, person)
		}
	}
	slices.Sort(out)
	return out
}

func (p plain) all(yield func(vedette.Presence) bool) {
	for _, ps := range p {
		for _, pr := range ps {
			if !yield(pr) {
				return
			}
		}
	}
}

// By areas and times the index finds just whom a look at everybody finds.
func TestAreasAndTimesAreExact(t *testing.T) {
	w := newWorld(1)
	people, some := plain{}, 0
	for range 700 {
		person := w.Int64N(5000)
		people[person] = w.presences(person)
	}
	x := index.New(w.g)
	x.Load(people.all, 1000)
	for range 3000 {
		q := w.query()
		want := people.find(func(p *vedette.Presence) bool { return holds(w.g, &q, p) })
		if got := found(x, q); !slices.Equal(got, want) {
			t.Fatalf("%+v\nfound %v\nwant  %v", q, got, want)
		}
		some += len(want)
	}
	if some < 30_000 {
		t.Errorf("only %d found: the test does not test", some)
	}
}

// lies says of areas whether a reach meets them, each worked out once.
type lies struct {
	g    *gazetteer.Gazetteer
	fig  *reach.Figure
	km   float64
	meet map[vedette.AreaID]bool
}

func (l *lies) in(id vedette.AreaID) bool {
	is, known := l.meet[id]
	if !known {
		a, ok := l.g.Shared(id)
		switch {
		case !ok:
		case a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport:
			is = l.fig.Lie(reach.Disc(a.Center, l.g.RadiusKM(id)), l.km) != reach.Apart
		default:
			is = l.fig.Lie(outline(l.g, id), l.km) != reach.Apart
		}
		l.meet[id] = is
	}
	return is
}

// within judges by shape: what must be found, by great circles and outlines.
func within(l *lies, r *index.Reach, p *vedette.Presence) bool {
	g, fig := l.g, l.fig
	if r.Sites && p.Because != vedette.BecauseSite {
		return false
	}
	if p.Point != nil {
		km := r.KM + p.Spread
		if r.Shape != nil && r.Shape.Circle != nil {
			return gazetteer.Distance(*p.Point, r.Shape.Circle.Center) <= r.Shape.Circle.KM+km-1e-6
		}
		return fig.Off(reach.At(*p.Point), km) <= km
	}
	a, ok := g.Shared(p.Area)
	if !ok {
		return false
	}
	if r.Sites {
		town := a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport
		return town && fig.Off(reach.At(a.Center), r.KM+p.Spread) <= r.KM+p.Spread
	}
	return l.in(p.Area)
}

var outlines sync.Map

func outline(g *gazetteer.Gazetteer, id vedette.AreaID) *reach.Figure {
	if f, ok := outlines.Load(id); ok {
		return f.(*reach.Figure)
	}
	a, _ := g.Shared(id)
	f := &reach.Figure{}
	for _, m := range g.Members(id) {
		f.Add(outline(g, m))
	}
	if a.Kind != vedette.AreaRegion {
		f = reach.Outline(g.Pieces(id))
	}
	outlines.Store(id, f)
	return f
}

func figureOf(g *gazetteer.Gazetteer, r *index.Reach) *reach.Figure {
	if r.Shape != nil {
		return reach.Drawn(r.Shape)
	}
	if a, _ := g.Shared(r.Area); a.Kind == vedette.AreaDivision {
		return reach.Outline(g.Pieces(r.Area))
	}
	a, _ := g.Shared(r.Area)
	return reach.Disc(a.Center, 0)
}

// By shapes the index misses nobody; and of those with a point it finds nobody
// who is farther off than a metre.
func TestShapesMissNobody(t *testing.T) {
	w := newWorld(2)
	people, some := plain{}, 0
	for person := range int64(600) {
		people[person] = w.presences(person)
	}
	x := index.New(w.g)
	x.Load(people.all, 1000)
	for range 150 {
		q := w.query()
		q.Areas, q.Shapes = nil, []index.Reach{w.reach()}
		r := &q.Shapes[0]
		l := &lies{w.g, figureOf(w.g, r), r.KM, map[vedette.AreaID]bool{}}
		counts := func(p *vedette.Presence) bool {
			return (!q.Trips || p.Because.Travels()) && inTime(&q, p)
		}
		want := people.find(func(p *vedette.Presence) bool { return counts(p) && within(l, r, p) })
		got := found(x, q)
		for _, person := range want {
			if !slices.Contains(got, person) {
				t.Fatalf("%+v %+v\nshape %+v\nmisses %d: %+v", q, r, r.Shape, person, people[person])
			}
		}
		some += len(want)
		loose := *r
		loose.KM += 0.001
		for _, person := range got {
			if !slices.ContainsFunc(people[person], func(p vedette.Presence) bool {
				return p.Point == nil || q.From.Before(now) || within(l, &loose, &p) && counts(&p)
			}) {
				t.Fatalf("%+v %+v\nfinds %d: %+v", q, r.Shape, person, people[person])
			}
		}
	}
	if some < 1000 {
		t.Errorf("only %d found: the test does not test", some)
	}
}

// What is put in comes back as it was, to the last bit and nanosecond.
func TestPresencesComeBack(t *testing.T) {
	w := newWorld(3)
	x, want := index.New(w.g), map[int64][]vedette.Presence{}
	for range 2000 {
		p := w.presence(w.Int64N(300) - 10)
		want[p.Person] = append(want[p.Person], p)
		x.Add(p)
	}
	for person, ps := range want {
		if got := x.Presences(person, nil); !reflect.DeepEqual(got, ps) {
			t.Fatalf("person %d:\n%+v\nwant\n%+v", person, got, ps)
		}
	}
	if x.Len() != 2000 || x.Persons() != len(want) || x.Presences(9999, nil) != nil {
		t.Errorf("%d presences of %d people, want 2000 of %d", x.Len(), x.Persons(), len(want))
	}
}

// An index that was changed answers as one built anew, while others ask it.
func TestChangesAnswerAsARebuild(t *testing.T) {
	w := newWorld(4)
	x, people := index.New(w.g), plain{}
	stop := make(chan struct{})
	var asking sync.WaitGroup
	for i := range 2 {
		asking.Add(1)
		go func() {
			defer asking.Done()
			other := newWorld(uint64(100 + i))
			for {
				select {
				case <-stop:
					return
				default:
				}
				q := other.query()
				q.Shapes = []index.Reach{other.reach()}
				before := int64(-1 << 62)
				for person := range x.Find(q).Persons() {
					if person <= before {
						t.Errorf("%d after %d", person, before)
						return
					}
					before = person
				}
				x.Presences(other.Int64N(400), nil)
			}
		}()
	}
	for round := range 12 {
		for range 150 {
			change(w, x, people)
		}
		var rebuilt *index.Index
		if round%2 == 0 {
			rebuilt = index.New(w.g)
			rebuilt.Load(people.all, 0)
		}
		for range 60 {
			q := w.query()
			got := found(x, q)
			if want := people.find(func(p *vedette.Presence) bool { return holds(w.g, &q, p) }); !slices.Equal(got, want) {
				t.Fatalf("round %d %+v\nfound %v\nwant  %v", round, q, got, want)
			}
			if rebuilt == nil {
				continue
			}
			q.Shapes = []index.Reach{w.reach()}
			if got, want := found(x, q), found(rebuilt, q); !slices.Equal(got, want) {
				t.Fatalf("round %d %+v\nfound   %v\nrebuilt %v", round, q, got, want)
			}
		}
	}
	close(stop)
	asking.Wait()
	for person := range people {
		x.Set(person, nil)
	}
	if all := found(x, index.Query{Areas: []index.Subject{{Area: "mena", Travel: true}, {Area: "AQ"}, {Area: "FJ"}}, Shapes: []index.Reach{{Shape: &vedette.Shape{
		Circle: &vedette.Circle{KM: 5000}}}}}); len(all) > 0 || x.Len() != 0 || x.Persons() != 0 {
		t.Errorf("%v and %d presences of %d people are left of nobody", all, x.Len(), x.Persons())
	}
}

// change does one of what happens to people, to both.
func change(w *world, x *index.Index, people plain) {
	person := w.Int64N(400)
	switch w.IntN(6) {
	case 0:
		people[person] = nil
		x.Set(person, nil)
	case 1, 2:
		people[person] = w.presences(person)
		x.Set(person, people[person])
	case 3: // one moves, the rest stays
		if ps := slices.Clone(people[person]); len(ps) > 0 {
			ps[w.IntN(len(ps))] = w.presence(person)
			people[person] = ps
			x.Set(person, ps)
		}
	case 4:
		p := w.presence(person)
		people[person] = append(slices.Clip(people[person]), p)
		x.Add(p)
	case 5:
		var more []vedette.Presence
		for range w.IntN(5) {
			more = append(more, w.presences(w.Int64N(500))...)
		}
		for _, p := range more {
			people[p.Person] = append(slices.Clip(people[p.Person]), p)
		}
		x.Load(slices.Values(more), len(more))
	}
}

// Who was found stays as it was however long it is gone through, while people move,
// come and are asked about.
func TestWhoWasFoundStaysWhileOthersChange(t *testing.T) {
	x := index.New(gazetteer.Default())
	home := func(person int64, area vedette.AreaID) {
		x.Set(person, []vedette.Presence{{Person: person, Area: area, Because: vedette.BecauseHome}})
	}
	const people = 5000
	for n := range int64(people) {
		home(n+1, []vedette.AreaID{"IQ", "JO"}[n%2])
	}
	q := index.Query{Areas: []index.Subject{{Area: "IQ"}}, From: now, To: now.Add(time.Hour)}
	want := found(x, q)
	if len(want) != people/2 {
		t.Fatalf("%d found", len(want))
	}
	f, stop := x.Find(q), make(chan struct{})
	var wg sync.WaitGroup
	for g := range int64(2) {
		wg.Go(func() {
			for n := int64(0); ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				home(1+(n*7+g)%people, []vedette.AreaID{"FR", "IQ", "SY"}[n%3])
				home(people+2*n+g+1, "IQ")
				if n%50 == 0 {
					x.Find(q)
				}
			}
		})
	}
	for range 20 {
		if got := slices.Collect(f.Persons()); !slices.Equal(got, want) {
			t.Errorf("%d are found now, %d were", len(got), len(want))
			break
		}
	}
	close(stop)
	wg.Wait()
}
