package index_test

import (
	"math"
	"math/rand/v2"
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

// world draws random places, presences and questions from a fixed seed.
type world struct {
	*rand.Rand
	g     *gazetteer.Gazetteer
	areas []vedette.AreaID
}

// newWorld takes a few towns with all that contains them, so that presences
// and questions often meet: in the Middle East, on the antimeridian, near the
// pole; and seas, airports, regions that overlap, areas nobody knows.
func newWorld(seed uint64) *world {
	g := gazetteer.Default()
	w := &world{Rand: rand.New(rand.NewPCG(seed, 1)), g: g}
	for _, box := range [][5]float64{{34, 30, 36, 34, 100_000}, {44, 29, 53, 37, 400_000}, {176, -20, 180, -16, 0}, {-180, -20, -178, -16, 0}, {170, 60, 180, 70, 0}, {10, 77, 20, 80, 0}, {2, 48.5, 2.6, 49.1, 100_000}} {
		n := 0
		g.Cities(box[0], box[1], box[2], box[3], int(box[4]), func(a vedette.Area) {
			if n++; n <= 6 {
				w.areas = append(append(w.areas, a.ID), g.Ancestors(a.ID)...)
			}
		})
	}
	w.areas = append(w.areas, "iata:TLV", "iata:SUV", "iata:BGW", "iata:DXB", "red-sea", "persian-gulf", "AQ", "US", "mena", "middle-east", "gulf-states", "levant", "", "no-such-area")
	return w
}

func (w *world) area() vedette.AreaID { return w.areas[w.IntN(len(w.areas))] }

func (w *world) time() time.Time {
	switch w.IntN(5) {
	case 0, 1:
		return time.Time{}
	case 2:
		return now.Add(time.Duration(w.IntN(5)-2) * time.Nanosecond) // the edge
	case 3:
		return now.Add(time.Duration(w.IntN(9)-4) * 24 * time.Hour)
	}
	return now.Add(time.Duration(w.IntN(2000)-1000) * 37 * time.Minute)
}

// point is near the centre of an area, or at the ends of the earth.
func (w *world) point() vedette.Point {
	switch w.IntN(12) {
	case 0:
		return vedette.Point{Lat: []float64{-90, 90, 0, -17, 65}[w.IntN(5)], Lon: []float64{-180, 180, 0, 179.99}[w.IntN(4)]}
	case 1:
		return vedette.Point{Lat: w.Float64()*180 - 90, Lon: w.Float64()*360 - 180}
	}
	a, _ := w.g.Area(w.area())
	return w.near(a.Center, 0.5)
}

func (w *world) near(p vedette.Point, degrees float64) vedette.Point {
	p.Lat = min(max(p.Lat+w.NormFloat64()*degrees, -90), 90)
	p.Lon += w.NormFloat64() * degrees
	p.Lon = math.Remainder(p.Lon, 360)
	return p
}

func (w *world) presence(person int64) vedette.Presence {
	because := []vedette.Because{vedette.BecauseHome, vedette.BecauseHome, vedette.BecauseSite, vedette.BecauseSite, vedette.BecauseTrip, vedette.BecauseLeg,
		vedette.BecauseCheckin, vedette.BecauseAnswer, vedette.BecauseDesk, "told by a friend"}
	p := vedette.Presence{Key: w.Int64N(1 << 40), Person: person, Area: w.area(), Because: because[w.IntN(len(because))], From: w.time(), To: w.time()}
	if w.IntN(2) == 0 {
		p.To = time.Time{}
	}
	if w.IntN(3) > 0 {
		p.Recorded = now.Add(-time.Duration(w.IntN(1000)) * time.Hour)
	}
	if w.IntN(3) == 0 {
		at := w.point()
		p.Point, p.PointRef = &at, "home"
	}
	if w.IntN(4) == 0 {
		p.Spread = float64(w.IntN(400)) / 7
	}
	if p.Because == vedette.BecauseSite {
		p.Site = []string{"Basra office", "Haifa plant"}[w.IntN(2)]
	}
	if p.Because.Travels() {
		p.Trip = w.Int64N(1 << 30)
	}
	if w.IntN(9) == 0 {
		p.Ended = "they said that they had left"
	}
	return p
}

func (w *world) presences(person int64) []vedette.Presence {
	var out []vedette.Presence
	for range w.IntN(4) {
		out = append(out, w.presence(person))
	}
	if w.IntN(50) == 0 {
		for range 60 {
			out = append(out, w.presence(person))
		}
	}
	return out
}

// shape is a circle or a star-shaped polygon, which does not cross itself.
func (w *world) shape() *vedette.Shape {
	for {
		c := w.point()
		s := &vedette.Shape{Unsure: []float64{0, 0, 3, 60}[w.IntN(4)]}
		if w.IntN(2) == 0 {
			s.Circle = &vedette.Circle{Center: c, KM: []float64{0.5, 25, 300, 3000}[w.IntN(4)] * (0.1 + w.Float64())}
		} else {
			size := []float64{0.05, 0.5, 3, 20}[w.IntN(4)]
			n := 3 + w.IntN(38)
			for i := range n {
				a, r := 2*math.Pi*float64(i)/float64(n), size*(0.3+w.Float64())
				s.Polygon = append(s.Polygon, vedette.Point{Lat: min(max(c.Lat+r*math.Sin(a), -90), 90), Lon: math.Remainder(c.Lon+r*math.Cos(a)*1.3, 360)})
			}
		}
		if s.Validate() == nil {
			return s
		}
	}
}

func (w *world) query() index.Query {
	q := index.Query{From: now, To: now, Trips: w.IntN(6) == 0}
	switch w.IntN(5) {
	case 0:
		q.From, q.To = w.time(), w.time()
		q.Begins = w.IntN(3) == 0
	case 1:
		q.To = now.AddDate(0, 0, 3)
		q.Begins = w.IntN(2) == 0
	}
	for range w.IntN(4) {
		q.Areas = append(q.Areas, index.Subject{Area: w.area(), Travel: w.IntN(3) == 0})
	}
	if w.IntN(3) == 0 {
		q.Until = w.time()
	}
	return q
}

func (w *world) reach() index.Reach {
	r := index.Reach{Sites: w.IntN(3) == 0}
	if r.Sites && w.IntN(2) == 0 {
		r.Area = w.area()
		a, _ := w.g.Shared(r.Area)
		if a == nil || a.Kind == vedette.AreaRegion || a.Kind == vedette.AreaCountry || a.Kind == vedette.AreaSea {
			r.Area = "iata:BGW"
		}
	} else {
		r.Shape = w.shape()
		r.KM = r.Shape.Unsure
	}
	if r.Sites {
		r.KM += []float64{10, 50, 250}[w.IntN(3)]
	}
	return r
}

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
