package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// cancel publishes a cancellation that names no area.
func (w *world) cancel(u *vedette.Update, why vedette.Cancel) *vedette.Update {
	w.t.Helper()
	d := &vedette.Update{Content: vedette.Content{Title: "Cancelled"}}
	w.ok(w.o.SaveDraft(w.ctx, d, t0))
	c, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, Corrects: u.ID, Cancels: why, At: t0.Add(time.Hour)})
	w.ok(err)
	return c
}

func (w *world) standing() string {
	w.t.Helper()
	list, err := w.o.Standing(w.ctx)
	w.ok(err)
	out := ""
	for _, u := range list {
		out += fmt.Sprintf("%s %d, %s; ", u.Content.Title, u.Number, u.Status)
	}
	return out
}

func TestACancellationEndsWhatWasSaidInItsSituation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(5)
		first := w.publish("Rockets", "", t0)
		w.plan(first, keys[:2])
		sent := w.claim("a", 1, t0) // keys[0]
		w.settle("a", "accept", sent, t0)
		second := w.publish("More rockets", first.Situation.ID, t0)
		f := w.lease("slow")
		w.ok(w.o.PlanChunk(w.ctx, f, "slow", chunk(keys[2:3]), t0, ttl))
		elsewhere := w.publish("Floods", "", t0)

		seq := w.seq()
		c := w.cancel(second, vedette.CancelError)
		equal(t, "cancels", c.Cancels, vedette.CancelError)
		equal(t, "its situation", c.Situation, first.Situation)
		equal(t, "its number", c.Number, 3)
		equal(t, "log", w.log(seq), "draft saved\nupdate published\nupdate overtaken\nfanout halted")
		got, err := w.o.Update(w.ctx, c.ID)
		w.ok(err)
		equal(t, "read again", got.Cancels, vedette.CancelError)
		w.code(w.o.PlanChunk(w.ctx, f, "slow", chunk(keys[3:4]), t0, ttl), vedette.CodeLostLease)

		p, err := w.o.PersonByKey(w.ctx, keys[1])
		w.ok(err)
		told, err := w.o.ToldInSituation(w.ctx, c.ID)
		w.ok(err)
		equal(t, "who was told anything", fmt.Sprint(told), fmt.Sprint(keys[:3]))
		before, err := w.o.ToldBefore(w.ctx, c.ID)
		w.ok(err)
		equal(t, "who was told what it names", fmt.Sprint(before), fmt.Sprint(keys[2:3]))
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		told, err = w.o.ToldInSituation(w.ctx, c.ID)
		w.ok(err)
		equal(t, "the living", fmt.Sprint(told), fmt.Sprint([]int64{keys[0], keys[2]}))

		equal(t, "nothing of before goes out", len(w.claim("a", 9, t0.Add(time.Hour))), 0)
		floods, err := w.o.LeaseFanout(w.ctx, "p", t0, ttl)
		w.ok(err)
		equal(t, "another situation is planned on", floods.Update, elsewhere.Key)
		w.ok(w.o.FinishFanout(w.ctx, floods, "p", t0))
		w.plan(c, told)
		claims := w.claim("a", 9, t0.Add(time.Hour))
		have := map[int64]int64{}
		for _, cl := range claims {
			have[cl.Recipient] = cl.Update
		}
		equal(t, "the cancellation alone", fmt.Sprint(have), fmt.Sprint(map[int64]int64{keys[0]: c.Key, keys[2]: c.Key, keys[1]: first.Key})) // the erased one is withheld by the sender
		w.settle("a", "accept", claims, t0.Add(time.Hour))
		n, err := w.o.WithholdMarked(w.ctx, t0.Add(time.Hour), 9)
		w.ok(err)
		equal(t, "withheld", n, 1)
		equal(t, "who never got the older", w.delivery(second, keys[2]).State, vedette.DeliveryWithheld)
	})
}

func TestCancellationsThatCannotBe(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish("Rockets", "", t0)
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("c").ID, Situation: u.Situation.ID, Cancels: vedette.CancelOver, At: t0})
		w.code(err, vedette.CodeInvalid)
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("c").ID, Corrects: u.ID, Cancels: "whim", At: t0})
		w.code(err, vedette.CodeInvalid)
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("c").ID, Corrects: w.draft("d").ID, Cancels: vedette.CancelOver, At: t0})
		w.code(err, vedette.CodeConflict)
		// What a draft says of it counts where the order says nothing.
		d := &vedette.Update{Corrects: u.ID, Cancels: vedette.CancelOver, Content: vedette.Content{Title: "Over"}}
		w.ok(w.o.SaveDraft(w.ctx, d, t0))
		told, err := w.o.ToldInSituation(w.ctx, d.ID)
		w.ok(err)
		equal(t, "told", len(told), 0)
		c, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, At: t0})
		w.ok(err)
		equal(t, "cancels", c.Cancels, vedette.CancelOver)
		if w.sql(`UPDATE updates SET cancels = 0`) == nil {
			t.Error("a cancellation was taken back")
		}
	})
}

func TestWhatStands(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		equal(t, "nothing", w.standing(), "")
		at := func(n int) time.Time { return t0.Add(time.Duration(n) * time.Minute) }
		a := w.publish("A", "", at(1))
		b := w.publish("B", "", at(2))
		w.draft("never published")
		next := &vedette.Update{Situation: a.Situation, Content: vedette.Content{Title: "a draft in A"}}
		w.ok(w.o.SaveDraft(w.ctx, next, t0))
		drill := &vedette.Update{Status: vedette.StatusExercise, Content: vedette.Content{Title: "Drill"}}
		w.ok(w.o.SaveDraft(w.ctx, drill, t0))
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: drill.ID, At: at(3)})
		w.ok(err)
		equal(t, "newest first, of every status", w.standing(), "Drill 1, exercise; B 1, actual; A 1, actual; ")
		a2 := w.publish("A more", a.Situation.ID, at(4))
		equal(t, "the newest of each", w.standing(), "A more 2, actual; Drill 1, exercise; B 1, actual; ")
		_, err = w.o.Stop(w.ctx, a2.ID, "wrong", at(5))
		w.ok(err)
		equal(t, "a stopped one uncovers the older", w.standing(), "Drill 1, exercise; B 1, actual; A 1, actual; ")
		c := w.cancel(b, vedette.CancelOver)
		equal(t, "a cancellation ends it", w.standing(), "Drill 1, exercise; A 1, actual; ")
		_, err = w.o.Stop(w.ctx, c.ID, "not over", at(90))
		w.ok(err)
		equal(t, "a stopped cancellation does not", w.standing(), "Drill 1, exercise; B 1, actual; A 1, actual; ")
		_, err = w.o.Stop(w.ctx, a.ID, "wrong too", at(91))
		w.ok(err)
		equal(t, "all stopped", w.standing(), "Drill 1, exercise; B 1, actual; ")
		org, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		theirs, err := w.s.In(org.Key).Standing(w.ctx)
		w.ok(err)
		equal(t, "another organisation", len(theirs), 0)
	})
}

// Whatever was published, cancelled and stopped in whatever order: what is
// kept of what stands is what follows from the updates.
func TestWhatStandsFollowsFromTheUpdates(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(1, 2))
		var all []*vedette.Update
		for step := range 60 {
			switch {
			case len(all) < 3 || r.IntN(5) == 0:
				all = append(all, w.publish("New", "", t0))
			case r.IntN(3) == 0:
				if _, err := w.o.Stop(w.ctx, all[r.IntN(len(all))].ID, "x", t0); err != nil && vedette.ErrorCode(err) != vedette.CodeConflict {
					t.Fatal(err)
				}
			case r.IntN(2) == 0:
				all = append(all, w.cancel(all[r.IntN(len(all))], vedette.CancelOver))
			default:
				all = append(all, w.publish("More", all[r.IntN(len(all))].Situation.ID, t0))
			}
			list, err := w.o.Updates(w.ctx, 0, time.Time{})
			w.ok(err)
			newest := map[vedette.ID]*vedette.Update{}
			for _, u := range list {
				if have := newest[u.Situation.ID]; u.State != vedette.UpdateStopped && (have == nil || have.Number < u.Number) {
					newest[u.Situation.ID] = u
				}
			}
			var want []int64
			for _, u := range newest {
				if u.Cancels == "" {
					want = append(want, u.Key)
				}
			}
			slices.Sort(want)
			have, err := w.o.StandingKeys(w.ctx)
			w.ok(err)
			equal(t, fmt.Sprint("after step ", step), fmt.Sprint(have), fmt.Sprint(want))
		}
	})
}

func TestWhatSomebodyWasToldLast(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		first := w.publish("One", "", t0)
		w.plan(first, keys)
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		w.ok(w.o.Seen(w.ctx, first.Key, keys[1], vedette.AddressEmail, t0.Add(time.Minute)))
		w.again(first, vedette.CauseAgain, keys[3:])
		second := w.publish("Two", first.Situation.ID, t0)
		w.plan(second, keys[:1])
		other := w.publish("Elsewhere", "", t0)
		w.plan(other, keys)
		p, err := w.o.PersonByKey(w.ctx, keys[2])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		read := func(read func(fn func(store.LastTold) error) error) string {
			out := ""
			w.ok(read(func(l store.LastTold) error {
				at := func(t time.Time) any {
					if t.IsZero() {
						return "never"
					}
					return t.Sub(t0)
				}
				out += fmt.Sprintf("%d: update %d round %d %s, %s, accepted %v, heard %v\n", l.Recipient-keys[0], l.Number, l.Round, l.Cause, l.State, at(l.AcceptedAt), at(l.HeardAt))
				_, err := w.o.Rounds(w.ctx, l.Update, l.Recipient) // it may use the store
				return err
			}))
			return out
		}
		equal(t, "last", read(func(fn func(store.LastTold) error) error { return w.o.LastTold(w.ctx, first.Situation.ID, fn) }),
			`0: update 2 round 1 published, queued, accepted never, heard never
1: update 1 round 1 published, seen, accepted 0s, heard 1m0s
3: update 1 round 2 again, queued, accepted never, heard never
`)
		equal(t, "last of one", read(func(fn func(store.LastTold) error) error {
			return w.o.LastToldTo(w.ctx, first.Situation.ID, []int64{keys[1], keys[2], 999}, fn)
		}), "1: update 1 round 1 published, seen, accepted 0s, heard 1m0s\n")
		w.ok(w.o.LastTold(w.ctx, vedette.NewID(t0), func(store.LastTold) error { t.Error("told of nothing"); return nil }))
	})
}
