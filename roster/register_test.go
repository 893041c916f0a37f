package roster_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/auth"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
)

// A register that follows the log says what one says that is read anew, whatever
// becomes of people.
func TestARegisterFollows(t *testing.T) {
	ctx, gaz := context.Background(), gazetteer.Default()
	s, err := store.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	org, err := s.AddOrganisation(ctx, "Org", now)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{Rand: rand.New(rand.NewPCG(1, 9)), t: t, rows: s.In(org.Key), key: auth.NewKey()}
	given := []string{"Zoë", "zoe", "Änne", "Anna", "أحمد", "Ødegård", "O'Neil", "Łaski"}
	called := func(c *store.PersonChange) {
		w.seal(c)
		pk, err := w.key.Unwrap(c.ID, c.WrappedKey)
		w.ok(err)
		rec := &vedette.PersonRecord{Name: given[w.IntN(len(given))] + fmt.Sprintf(" %d", w.IntN(5))}
		if w.IntN(3) == 0 {
			rec.Addresses = []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@example.org", w.IntN(1000)), Blocked: []string{"", "STOP"}[w.IntN(2)]}}
		}
		c.Record, err = pk.SealRecord(rec)
		w.ok(err)
	}
	following := roster.New(s, w.key, gaz).Of(org.Key)
	for round := range 30 {
		if n := len(w.alive); n > 0 && w.IntN(3) == 0 {
			gone := w.IntN(n)
			w.ok(w.rows.ErasePerson(ctx, w.alive[gone].ID, now))
			w.alive = slices.Delete(w.alive, gone, gone+1)
		}
		changes := []store.PersonChange{}
		for range 1 + w.IntN(4) {
			c := store.PersonChange{SealedPerson: store.SealedPerson{ID: vedette.NewID(now), External: []byte(fmt.Sprint("x", w.Uint64()))}}
			called(&c)
			changes = append(changes, c)
		}
		if len(w.alive) > 0 {
			c := w.alive[w.IntN(len(w.alive))]
			called(&c)
			changes = append(changes, c)
		}
		known := len(w.alive)
		_, err := w.rows.SavePeople(ctx, changes, now)
		w.ok(err)
		w.alive = append(w.alive, changes[:len(changes)-min(known, 1)]...)
		old, err := following.Register(ctx)
		w.ok(err)
		fresh, err := roster.New(s, w.key, gaz).Of(org.Key).Register(ctx)
		w.ok(err)
		for _, q := range []roster.Wanted{{}, {Order: roster.ByWhere}, {Order: roster.ByReach, Back: true}, {Words: "anne"}, {Words: "zoe 3"}, {Words: "احمد"}, {Words: "laski odegard"}, {Words: "EXAMPLE.org"},
			{Areas: []vedette.AreaID{"mena"}}, {Marks: roster.MarkNoAddress}, {Marks: roster.MarkBlocked}, {Words: "o", Order: roster.ByWhere, Skip: 2}} {
			q.Number = 1000
			a, n := old.Find(q)
			b, m := fresh.Find(q)
			if d := cmp.Diff(b, a); d != "" || n != m {
				t.Fatalf("round %d, %+v: %d and %d (- read anew, + followed)\n%s", round, q, m, n, d)
			}
			if q.Words == "" && q.Areas == nil && q.Marks == 0 && n != len(w.alive) {
				t.Fatalf("round %d: %d people of %d", round, n, len(w.alive))
			}
		}
	}
}

func TestNamesAreFoundHoweverTheyAreTyped(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	org, err := s.AddOrganisation(ctx, "Org", now)
	if err != nil {
		t.Fatal(err)
	}
	key := auth.NewKey()
	var changes []store.PersonChange
	people := []string{"Jürgen Groß", "Ødegård Łukasz", "أحمد الياسري", "فاطمة كريمي", "O’Neil D'Arcy", "Nguyễn Thị Ánh", "Ǆemal  Ümit"}
	for i, name := range people {
		id := vedette.NewID(now)
		pk, wrapped := key.NewPersonKey(id)
		rec, err := pk.SealRecord(&vedette.PersonRecord{Name: name, Addresses: []vedette.Address{{No: 2, Channel: vedette.ChannelSMS, Value: fmt.Sprintf("+4479%d", 10+i)}}})
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, store.PersonChange{SealedPerson: store.SealedPerson{ID: id, External: []byte(name), WrappedKey: wrapped, Record: rec}})
	}
	if _, err := s.In(org.Key).SavePeople(ctx, changes, now); err != nil {
		t.Fatal(err)
	}
	r, err := roster.New(s, key, gazetteer.Default()).Of(org.Key).Register(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{
		"jurgen gross": people[0], "GROSS": people[0], "odegard": people[1], "lukasz": people[1], "احمد": people[2], "الياسرى": people[2], "فاطمه کریمی": people[3],
		"oneil darcy": people[4], "nguyen anh": people[5], "umit": people[6], "+447911": people[1], "٤٤٧٩١١": people[1], "jurgen lukasz": "", "*": "", "\n": strings.Join(people, ""),
	} {
		keys, n := r.Find(roster.Wanted{Words: words, Number: 100})
		got := map[string]bool{}
		for _, k := range keys {
			for i := range changes {
				if changes[i].Key == k {
					got[people[i]] = true
				}
			}
		}
		switch {
		case want == strings.Join(people, ""):
			if n != len(people) {
				t.Errorf("%q finds %d", words, n)
			}
		case want == "" && n != 0, want != "" && (n != 1 || !got[want]):
			t.Errorf("%q finds %v, want %q", words, got, want)
		}
	}
}
