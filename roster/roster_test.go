package roster_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/auth"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/match/index"
	"vedette/roster"
	"vedette/store"
)

var now = time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)

// town is an organisation whose people change at random.
type town struct {
	*rand.Rand
	t     *testing.T
	rows  *store.Org
	key   *auth.Key
	alive []store.PersonChange
	watch []vedette.ID
}

var areas = []vedette.AreaID{"IQ", "IR", "LB", "FR", "mena", "red-sea", "iata:BGW", "IL"}

func (w *town) area() vedette.AreaID { return areas[w.IntN(len(areas))] }

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) seal(c *store.PersonChange) {
	rec := &vedette.PersonRecord{Name: "Person", Points: map[string]vedette.Point{"home": {Lat: 33.3, Lon: 44.4}}, Standing: vedette.StandingLocal}
	if w.IntN(2) == 0 {
		rec.Citizenship = []vedette.AreaID{w.area()}
	}
	if c.WrappedKey == nil {
		_, c.WrappedKey = w.key.NewPersonKey(c.ID)
	}
	pk, err := w.key.Unwrap(c.ID, c.WrappedKey)
	w.ok(err)
	c.Record, err = pk.SealRecord(rec)
	w.ok(err)
	c.Slots = []store.Slot{{No: 1, Channel: vedette.ChannelEmail}}[:w.IntN(2)]
	c.Presences = []vedette.Presence{{Area: w.area(), Because: vedette.BecauseHome, PointRef: []string{"", "home"}[w.IntN(2)]}}
	c.Replace = []vedette.Because{vedette.BecauseHome}
}

// step changes something.
func (w *town) step(n int) {
	at := now.Add(time.Duration(n) * time.Second)
	ctx := w.t.Context()
	if len(w.alive) < 3 || w.IntN(4) == 0 {
		c := []store.PersonChange{{SealedPerson: store.SealedPerson{ID: vedette.NewID(at), External: fmt.Appendf(nil, "p%d", n)}}}
		w.seal(&c[0])
		_, err := w.rows.SavePeople(ctx, c, at)
		w.ok(err)
		w.alive = append(w.alive, c[0])
		return
	}
	i := w.IntN(len(w.alive))
	p := &w.alive[i]
	switch w.IntN(6) {
	case 0:
		w.seal(p)
		_, err := w.rows.SavePeople(ctx, []store.PersonChange{*p}, at)
		w.ok(err)
	case 1:
		from := now.Add(time.Duration(w.IntN(400)-200) * time.Hour)
		_, err := w.rows.AddTrips(ctx, []vedette.Trip{{Person: p.Key, Stays: []vedette.Stay{{Area: w.area(), From: from, To: from.Add(90 * time.Hour)}}}}, at)
		w.ok(err)
	case 2:
		_, err := w.rows.AddPresence(ctx, vedette.Presence{Person: p.Key, Area: w.area(), Because: vedette.BecauseCheckin, From: at, To: at.Add(8 * time.Hour)}, at)
		w.ok(err)
	case 3:
		saved, err := w.rows.SaveWatch(ctx, vedette.Watch{ID: vedette.NewID(at), Person: p.Key, Areas: []vedette.AreaID{w.area()}, Risk: vedette.Risk(w.IntN(5))}, at)
		w.ok(err)
		w.watch = append(w.watch, saved.ID)
	case 4:
		_, err := w.rows.RetirePeople(ctx, []int64{p.Key}, at)
		w.ok(err)
		w.alive = slices.Delete(w.alive, i, i+1)
	case 5:
		w.ok(w.rows.ErasePerson(ctx, p.ID, at))
		w.alive = slices.Delete(w.alive, i, i+1)
	}
}

// A roster that follows the log, one that is read anew, and a look at everyone
// one by one agree, whatever changed.
func TestFollowingIsReadingAnew(t *testing.T) {
	s, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.AddOrganisation(t.Context(), "Example Relief", now)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{Rand: rand.New(rand.NewPCG(5, 9)), t: t, rows: s.In(o.Key), key: auth.NewKey()}
	g := gazetteer.Default()
	following := roster.New(s, w.key, g).Of(o.Key)
	_, err = following.Current(t.Context())
	w.ok(err)
	for n := range 150 {
		w.step(n)
		if n%3 != 0 {
			continue
		}
		if n%21 == 0 { // who changed is forgotten before it was followed
			_, err := w.rows.TrimChanged(t.Context(), now.AddDate(1, 0, 0), 1000)
			w.ok(err)
			_, err = w.rows.ChangedPeople(t.Context(), 0, 0, 0)
			if vedette.ErrorCode(err) != vedette.CodeExpired {
				t.Fatalf("after %d changes, forgotten: %v", n, err)
			}
		}
		is, err := following.Current(t.Context())
		w.ok(err)
		anew, err := roster.New(s, w.key, g).Of(o.Key).Current(t.Context())
		w.ok(err)
		if is.Len() != len(w.alive) || anew.Len() != len(w.alive) {
			t.Fatalf("after %d changes %d follow, %d are read, %d are there", n, is.Len(), anew.Len(), len(w.alive))
		}
		u := &vedette.Update{Content: vedette.Content{Risk: vedette.Risk(w.IntN(5)), Affected: []vedette.Place{{Area: w.area()}}},
			Shapes: []vedette.Shape{{Circle: &vedette.Circle{Center: vedette.Point{Lat: 33, Lon: 44}, KM: 60}}}}
		rule := match.Prepare(g, u, vedette.DefaultSettings())
		found := slices.Collect(is.Candidates(rule, now))
		if d := cmp.Diff(found, slices.Collect(anew.Candidates(rule, now))); d != "" {
			t.Fatalf("after %d changes the candidates differ: %s", n, d)
		}
		w.sameCells(is, anew, now.Add(time.Duration(n)*time.Hour))
		for i := range w.alive {
			w.same(is, anew, rule, found, w.alive[i].Key)
		}
	}
}

// sameCells holds the cells that followed against those made anew: by both as
// many people are in each place, and everybody is in one or among the others.
func (w *town) sameCells(is, anew *roster.Roster, at time.Time) {
	w.t.Helper()
	a, b := w.headcount(is, at), w.headcount(anew, at)
	if d := cmp.Diff(a, b); d != "" {
		w.t.Fatalf("by cells: %s", d)
	}
}

// headcount counts who is where at a time, by cells and one by one.
func (w *town) headcount(r *roster.Roster, at time.Time) map[string]int {
	w.t.Helper()
	count, in := map[string]int{}, 0
	var others []int64
	see := []func(*roster.Seen){func(s *roster.Seen) {
		others = append(others, s.Key)
		for i := range s.Presences {
			if p := &s.Presences[i]; p.Covers(at) {
				count[string(p.Area)+p.Site]++
			}
		}
	}}
	world := index.Query{From: at, To: at.Add(72 * time.Hour)}
	for _, id := range areas {
		world.Areas = append(world.Areas, index.Subject{Area: id})
	}
	everywhere := func(vedette.AreaID) bool { return true }
	r.Survey(world, see, everywhere, func(c *roster.Cell) {
		in += c.People
		count[string(c.Area)+c.Site] += c.People
	})
	slices.Sort(others)
	if n := len(slices.Compact(others)); n != len(others) || in+n != len(w.alive) || in == 0 && n > 20 {
		w.t.Fatalf("%d in cells and %d others of %d", in, len(others), len(w.alive))
	}
	return count
}

func (w *town) same(is, anew *roster.Roster, rule *match.Prepared, found []int64, key int64) {
	w.t.Helper()
	a, af, ok1 := is.Person(key)
	b, bf, ok2 := anew.Person(key)
	if d := cmp.Diff(a, b); d != "" || !ok1 || !ok2 {
		w.t.Fatalf("person %d: %s", key, d)
	}
	af.Kind, bf.Kind = 0, 0 // numbered in the order they came
	if d := cmp.Diff(af, bf); d != "" {
		w.t.Fatalf("person %d: %s", key, d)
	}
	if d := cmp.Diff(is.Watches(key), anew.Watches(key)); d != "" {
		w.t.Fatalf("person %d: %s", key, d)
	}
	if r := rule.Relation(a.Presences, is.Watches(key), now); r != vedette.RelationOut && !slices.Contains(found, key) {
		w.t.Fatalf("person %d is %s and no candidate: %+v", key, r, a.Presences)
	}
}
