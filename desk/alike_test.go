package desk

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vedette"
	"vedette/store"
	"vedette/tell"
)

// crowded is an organisation of people in all the ways they can be kept: many
// alike, some like nobody else.
func crowded(t *testing.T) *room {
	t.Helper()
	r := newRoom(t)
	var csv strings.Builder
	csv.WriteString("name,email,site,city,country,citizenship,standing,latitude,longitude,check-ins\n")
	at := []string{",Basra,Iraq", "Basra camp,Basra,Iraq", ",Baghdad,Iraq", ",,Iraq", ",Beirut,Lebanon", ",Paris,France", "Abadan port,Abadan,Iran"}
	who := []string{",", "IR,", "IQ,local", "GB,visitor", "GB;IR,resident"}
	for i := range 420 {
		point, mail := ",", fmt.Sprintf("p%d@example.org", i)
		if i%7 == 0 && i%6 < 2 {
			point = "30.5085,47.7804"
		}
		if i%11 == 3 {
			mail = ""
		}
		fmt.Fprintf(&csv, "Person %d,%s,%s,%s,%s,yes\n", i, mail, at[i%7], who[i/7%5], point)
	}
	r.bring(csv.String(), ImportOptions{})
	// Long ago by now for all but those whom a newer file names.
	r.at = r.at.AddDate(0, 0, vedette.DefaultSettings().StaleDays+1)
	r.bring(strings.Join(strings.SplitAfter(csv.String(), "\n")[:300], ""), ImportOptions{})
	day := func(n int) time.Time { return r.at.AddDate(0, 0, n) }
	for i := 2; i < 300; i += 9 {
		to := []vedette.AreaID{"IQ", "FR", "IR", "LB"}[i%4]
		from := []int{-3, 2, 40}[i/9%3]
		if _, err := r.AddTrip(t.Context(), fmt.Sprintf("Person %d", i), []vedette.Stay{{Area: to, From: day(from), To: day(from + 5)}}); err != nil {
			t.Fatal(err)
		}
	}
	for i := 5; i < 420; i += 37 {
		if _, err := r.CheckIn(t.Context(), CheckInOrder{Person: fmt.Sprintf("Person %d", i), Place: []string{"Basra", "Paris, France", "30.6,47.8"}[i%3]}); err != nil {
			t.Fatal(err)
		}
		w := vedette.Watch{Areas: []vedette.AreaID{[]vedette.AreaID{"IQ", "FR"}[i%2]}}
		if _, err := r.AddWatch(t.Context(), fmt.Sprintf("Person %d", i+1), w); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// told plays the engine: it tells every so-manieth of those whom an update
// concerns.
func (r *room) told(u *vedette.Update, every int) {
	r.t.Helper()
	c, err := r.census(r.t.Context(), u, PublishOrder{}, tell.Published)
	if err != nil {
		r.t.Fatal(err)
	}
	chunk := store.Chunk{}
	n := 0
	c.singly(func(j *judged) {
		if o := j.out(); o.Tell {
			if n++; n%every > 0 {
				return
			}
			no := len(chunk.Variants) + 1
			v := o.Advised.Variant
			v.No = no
			chunk.Variants = append(chunk.Variants, v)
			chunk.Notices = append(chunk.Notices, vedette.Notice{Recipient: j.key, Relation: o.Relation, Variant: no})
			chunk.Deliveries = append(chunk.Deliveries, vedette.Delivery{Recipient: j.key, Address: 1, Channel: vedette.ChannelEmail})
		}
	})
	r.plans(chunk)
}

// singly judges everybody there is by themselves, as the fan-out does.
func (c *census) singly(fn func(*judged)) {
	keys := map[int64]bool{}
	for key := int64(1); len(keys) < c.people.Len(); key++ {
		who, f, there := c.people.Person(key)
		if !there {
			continue
		}
		keys[key] = true
		j := judged{n: 1, some: []int64{key}, key: key, hold: c.record.Holds(key), who: who, reached: f.Reached(), led: f.Led}
		for _, st := range c.states {
			j.outs = append(j.outs, st.Of(who, c.people.Watches(key), st.Held(key)))
		}
		fn(&j)
	}
}

// A preview takes those who are alike together; it says what comes of looking
// at each by themselves.
func TestWhoIsAlikeIsCountedAsByThemselves(t *testing.T) {
	r := crowded(t)
	other := r.publish(strings.NewReplacer("Iraq", "Lebanon", "near Basra", "in Tyre", "power station", "market").Replace(alert))
	r.planned(other)
	first := r.publish(alert)
	r.told(first, 3)
	r.heard(first)
	circle := vedette.Shape{Name: "port", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 12}, Risk: vedette.RiskExtreme}
	low, high := vedette.RiskLow, vedette.RiskExtreme
	for _, c := range []struct {
		what      string
		text      func(string) string
		shapes    []vedette.Shape
		situation vedette.ID
		edit      DraftEdit
	}{
		{what: "Iraq", text: strings.Clone},
		{what: "Iraq, goes on", text: strings.Clone, situation: first.Situation.ID},
		{what: "Iraq, goes on, low", text: strings.Clone, situation: first.Situation.ID, edit: DraftEdit{Risk: &low}},
		{what: "Iraq, goes on, drawn", text: strings.Clone, shapes: []vedette.Shape{circle}, situation: first.Situation.ID, edit: DraftEdit{Add: []vedette.AreaID{"FR"}}},
		{what: "Iraq, goes on in Lebanon", text: strings.NewReplacer("Iraq", "Lebanon", "near Basra", "in Tyre").Replace, situation: first.Situation.ID},
		{what: "Iraq, a part less", text: strings.Clone, edit: DraftEdit{Remove: []string{"Iraq"}}},
		{what: "Iraq and Iran's port, extreme", text: strings.Clone, edit: DraftEdit{Risk: &high, Add: []vedette.AreaID{"IR"}}},
		{what: "Iraq, nothing against going there", text: func(s string) string {
			return strings.ReplaceAll(s, "- Avoid all travel to Iraq until further notice.", "- Those in Iraq should shelter in place if sirens sound.")
		}},
		{what: "a circle", text: strings.Clone, shapes: []vedette.Shape{circle}},
		{what: "Iran", text: func(s string) string { return strings.ReplaceAll(s, "Iraq", "Iran") }, edit: DraftEdit{Draw: []vedette.Shape{circle}}},
		{what: "for Iranians in Iraq", text: func(s string) string {
			return strings.ReplaceAll(s, "- Avoid all travel", "- Iranian nationals should leave Basra immediately.\n- Avoid all travel")
		}, edit: DraftEdit{Add: []vedette.AreaID{"FR"}}},
	} {
		dr, err := r.NewDraft(t.Context(), KeepOrder{DraftOrder: DraftOrder{Text: []byte(c.text(alert)), Origin: "test", Shapes: c.shapes}, Situation: c.situation, By: "Ana"})
		if err != nil {
			t.Fatal(c.what, err)
		}
		var earlier []*vedette.Update
		if !cmp.Equal(c.edit, DraftEdit{}) {
			c.edit.Draft, c.edit.By = dr.Update.ID, "Ben"
			dr = r.edit(c.edit)
			earlier = append(earlier, dr.Update.Before(1))
		}
		got, want := r.counted(dr, earlier), r.countedSingly(dr, earlier)
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(People{}, "Some")); d != "" {
			t.Errorf("%s: each by themselves (-), those alike together (+)\n%s", c.what, d)
		}
		if got.Concerned < 20 {
			t.Errorf("%s: only %d are concerned", c.what, got.Concerned)
		}
		for _, o := range got.Omitted {
			if len(o.Some) != min(o.N, someNamed) {
				t.Errorf("%s: %d are not told, %d of them named", c.what, o.N, len(o.Some))
			}
		}
	}
}

// against holds a draft and earlier states of it against everyone.
func (r *room) against(dr *Draft, earlier []*vedette.Update) *census {
	r.t.Helper()
	c, err := r.census(r.t.Context(), dr.Update, PublishOrder{}.of(dr.Update), tell.Published)
	if err != nil {
		r.t.Fatal(err)
	}
	c.beside(earlier)
	return c
}

// preview is what was counted, with what is at odds where people are.
func (n *counting) preview() (pv Preview) {
	n.into(&pv)
	pv.Contradictions = n.record.Contradictions(n.places.list())
	return pv
}

func (r *room) counted(dr *Draft, earlier []*vedette.Update) Preview {
	r.t.Helper()
	c, crowds, holding := r.against(dr, earlier), 0, 0
	pv := c.count().preview()
	c.all(func(j *judged) {
		if j.key == 0 {
			crowds++
			holding += j.hold
		}
	})
	if crowds < 5 || holding == 0 && c.holders() > 0 {
		r.t.Errorf("%d crowds", crowds)
	}
	return pv
}

func (c *census) holders() int {
	return len(c.record.Holders().Keys)
}

func (r *room) countedSingly(dr *Draft, earlier []*vedette.Update) Preview {
	r.t.Helper()
	c := r.against(dr, earlier)
	n := c.counting()
	c.singly(n.add)
	return n.preview()
}

// Whoever changes is counted as they are from then on, also in a crowd.
func TestACrowdFollowsItsPeople(t *testing.T) {
	r := crowded(t)
	dr, err := r.Compose(t.Context(), DraftOrder{Text: []byte(alert), Origin: "test"})
	if err != nil {
		t.Fatal(err)
	}
	r.counted(dr, nil)
	changes := map[string]func() error{
		"a person moves": func() error {
			r.bring("name,email,city,country\nPerson 0,p0@example.org,Paris,France\n", ImportOptions{})
			return nil
		},
		"one comes without an address": func() error {
			r.bring("name,number,email,city,country\nNew,77,,Basra,Iraq\n", ImportOptions{})
			return nil
		},
		"one asks to be told": func() error {
			_, err := r.AddWatch(t.Context(), "p7@example.org", vedette.Watch{Areas: []vedette.AreaID{"FR"}})
			return err
		},
		"one travels": func() error {
			_, err := r.AddTrip(t.Context(), "p42@example.org", []vedette.Stay{{Area: "FR", From: r.at, To: r.at.AddDate(0, 0, 3)}})
			return err
		},
		"one says where they are": func() error {
			_, err := r.CheckIn(t.Context(), CheckInOrder{Person: "p21@example.org", Place: "Paris, France"})
			return err
		},
		"one is erased": func() error {
			_, err := r.Erase(t.Context(), EraseOrder{Person: "p28@example.org", Why: vedette.EraseLeft, Anyway: true})
			return err
		},
	}
	for _, what := range slices.Sorted(maps.Keys(changes)) {
		if err := changes[what](); err != nil {
			t.Fatal(what, err)
		}
		if d := cmp.Diff(r.countedSingly(dr, nil), r.counted(dr, nil), cmpopts.IgnoreFields(People{}, "Some")); d != "" {
			t.Errorf("%s: each by themselves (-), those alike together (+)\n%s", what, d)
		}
	}
	r.jump(200 * 24 * time.Hour)
	if d := cmp.Diff(r.countedSingly(dr, nil), r.counted(dr, nil), cmpopts.IgnoreFields(People{}, "Some")); d != "" {
		t.Errorf("200 days later: each by themselves (-), those alike together (+)\n%s", d)
	}
}

// Who arrives is counted as by a look at each.
func TestWhoArrivesIsCountedAsByThemselves(t *testing.T) {
	r := crowded(t)
	for what, q := range map[string]WhoQuestion{
		"Iraq":          {Areas: []vedette.AreaID{"IQ"}},
		"two lands":     {Areas: []vedette.AreaID{"FR", "IR"}, Days: 3},
		"for long":      {Areas: []vedette.AreaID{"LB"}, Days: 60},
		"a circle":      {Shapes: []vedette.Shape{{Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 400}}}, Days: 60},
		"land and some": {Areas: []vedette.AreaID{"LB"}, Shapes: []vedette.Shape{{Circle: &vedette.Circle{Center: vedette.Point{Lat: 33.3, Lon: 44.4}, KM: 80}}}},
	} {
		a, err := r.ask(t.Context(), q)
		if err != nil {
			t.Fatal(what, err)
		}
		want := 0
		for key := int64(1); key < 1000; key++ {
			best := StandsOut
			for ps, i := a.roster.Presences(key), 0; i < len(ps); i++ {
				best = max(best, a.stand(ps, i))
			}
			if best == StandsArriving {
				want++
			}
		}
		if got := a.arriving(); got != want || want == 0 {
			t.Errorf("%s: %d arrive, each by themselves %d", what, got, want)
		}
	}
}
