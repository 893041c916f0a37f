package index_test

import (
	"math"
	"math/rand/v2"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index"
)

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
