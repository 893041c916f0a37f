package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"vedette"
	"vedette/store"
	"vedette/store/shelf"
)

// What was published is to be shelved once, in the order of the log; of two that shelve
// the same only one does; a word is found in the blocks of its updates, also by its
// beginning.
func TestTheShelf(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var us []*vedette.Update
		for n := range 3 {
			us = append(us, w.publish(fmt.Sprint("Number ", n), "", t0.Add(time.Duration(n)*time.Hour)))
		}
		w.draft("never published")
		todo, err := w.o.Unshelved(w.ctx, 0, 2)
		w.ok(err)
		equal(t, "the first two", len(todo.Updates), 2)
		equal(t, "through the second", todo.Through, todo.Updates[1].Seq)
		card := func(p shelf.Published, words ...string) store.Shelved {
			u, err := w.o.UpdateByKey(w.ctx, p.Update)
			w.ok(err)
			return store.Shelved{Seq: p.Seq, Card: vedette.CardOf(u), Words: words}
		}
		two := []store.Shelved{card(todo.Updates[0], "rocket", "roket", "صواريخ"), card(todo.Updates[1], "rockets")}
		for n, want := range []bool{true, false} {
			done, err := w.o.Shelve(w.ctx, todo.From, todo.Through, two)
			w.ok(err)
			equal(t, fmt.Sprint("time ", n+1), done, want)
		}
		todo, err = w.o.Unshelved(w.ctx, 0, 9)
		w.ok(err)
		equal(t, "what is left", len(todo.Updates), 1)
		equal(t, "it", todo.Updates[0].Update, us[2].Key)
		equal(t, "to the log's end", todo.Through, w.seq())
		done, err := w.o.Shelve(w.ctx, todo.From, todo.Through, []store.Shelved{card(todo.Updates[0], "rocket")})
		w.ok(err)
		equal(t, "it is shelved", done, true)

		found := func(word string, begun bool) (keys []int64) {
			w.ok(w.o.Having(w.ctx, word, begun, func(key int64) { keys = append(keys, key) }))
			slices.Sort(keys)
			return keys
		}
		equal(t, "a word", fmt.Sprint(found("rocket", false)), fmt.Sprint([]int64{us[0].Key, us[2].Key}))
		equal(t, "its beginning", fmt.Sprint(found("rocket", true)), fmt.Sprint([]int64{us[0].Key, us[1].Key, us[2].Key}))
		equal(t, "another script", fmt.Sprint(found("صوا", true)), fmt.Sprint([]int64{us[0].Key}))
		equal(t, "none", len(found("zeppelin", true)), 0)
		cards, last, err := w.o.Cards(w.ctx, 0)
		w.ok(err)
		equal(t, "cards", len(cards), 3)
		equal(t, "published", cards[2].Published, t0.Add(2*time.Hour))
		cards, _, err = w.o.Cards(w.ctx, last)
		w.ok(err)
		equal(t, "none after the last", len(cards), 0)
	})
}

// A word that many have is found in all its parts, each once, in whatever order they were
// put there, and one of them alone in its one.
func TestAWordOfManyUpdates(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		const many = 2500
		seq := int64(0)
		for seq < many {
			var list []store.Shelved
			for range 500 {
				seq++
				s := store.Shelved{Seq: seq, Card: vedette.Card{Key: w.publish("x", "", t0.Add(time.Duration(seq)*time.Minute)).Key}, Words: []string{"port"}}
				if seq%1000 == 0 {
					s.Words = append(s.Words, "portal")
				}
				list = append(list, s)
			}
			done, err := w.o.Shelve(w.ctx, max(seq-500, 0), seq, list)
			w.ok(err)
			equal(t, "shelved", done, true)
		}
		for _, c := range []struct {
			word  string
			begun bool
			want  int
		}{{"port", false, many}, {"portal", false, 2}, {"porta", true, 2}} {
			seen := map[int64]int{}
			w.ok(w.o.Having(w.ctx, c.word, c.begun, func(key int64) { seen[key]++ }))
			equal(t, c.word, len(seen), c.want)
			for key, n := range seen {
				if n != 1 {
					t.Errorf("%s: %d was seen %d times", c.word, key, n)
				}
			}
		}
	})
}
