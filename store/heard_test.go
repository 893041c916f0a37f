package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// A number leads to its owners while they are there and have it.
func TestWhoseNumber(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		owners := func(hash string) []int64 {
			got, err := w.o.Owners(w.ctx, []byte(hash))
			w.ok(err)
			return got
		}
		has := func(key int64, record string, numbers ...string) {
			p, err := w.o.PersonByKey(w.ctx, key)
			w.ok(err)
			c := store.PersonChange{SealedPerson: store.SealedPerson{Key: key, ID: p.ID, WrappedKey: p.WrappedKey, Record: []byte(record), Slots: p.Slots}}
			for _, n := range numbers {
				c.Numbers = append(c.Numbers, []byte(n))
			}
			_, err = w.o.SavePeople(w.ctx, []store.PersonChange{c}, t0)
			w.ok(err)
		}
		has(keys[0], "one", "n1")
		has(keys[1], "two", "n1", "n2")
		equal(t, "of n1", len(owners("n1")), 2)
		equal(t, "of n3", len(owners("n3")), 0)
		has(keys[1], "two more", "n3")
		equal(t, "of n1, after one has another", len(owners("n1")), 1)
		equal(t, "of n3, after", owners("n3")[0], keys[1])
		p, err := w.o.PersonByKey(w.ctx, keys[0])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		equal(t, "of n1, after the erasure", len(owners("n1")), 0)
	})
}

func TestWhatWasHeardIsKnownAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		known := func(hash string) bool {
			k, err := w.o.Heard(w.ctx, []byte(hash))
			w.ok(err)
			return k
		}
		equal(t, "before", known("a"), false)
		w.ok(w.o.NoteHeard(w.ctx, []byte("a"), t0))
		w.ok(w.o.NoteHeard(w.ctx, []byte("a"), t0))
		equal(t, "after", known("a"), true)
		w.ok(w.o.NoteHeard(w.ctx, []byte("b"), t0.Add(100*24*time.Hour)))
		equal(t, "long after", known("a"), false)
	})
}

// Who answers without saying to what means the newest that may have reached
// them, over that channel.
func TestWhatIsAnswered(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		var last *vedette.Update
		for i, title := range []string{"First", "Second", "Third"} {
			u := w.publish(title, "", t0.Add(time.Duration(i)*time.Hour))
			w.plan(u, keys)
			if i == 1 {
				last = u
			}
			if i == 2 {
				continue // nobody sent it yet
			}
			var outs []store.Outcome
			for _, c := range w.claim("w", 9, t0.Add(time.Duration(i)*time.Hour)) {
				outs = append(outs, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: "accept"})
			}
			_, err := w.o.Settle(w.ctx, "w", outs, t0)
			w.ok(err)
		}
		d, ok, err := w.o.AnswersTo(w.ctx, keys[0], vedette.ChannelEmail, t0)
		w.ok(err)
		equal(t, "found", ok, true)
		equal(t, "which", d.Update, last.Key)
		_, ok, err = w.o.AnswersTo(w.ctx, keys[0], vedette.ChannelSMS, t0)
		w.ok(err)
		equal(t, "over another channel", ok, false)
		_, ok, err = w.o.AnswersTo(w.ctx, keys[0], vedette.ChannelEmail, t0.Add(90*time.Minute))
		w.ok(err)
		equal(t, "long ago", ok, false)
	})
}
