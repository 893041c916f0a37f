package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

func TestRepliesAndTally(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(6)
		u := w.publish("Rockets", "", t0)
		f := w.lease("p")
		c := chunk(keys)
		c.Variants = append(c.Variants, vedette.Variant{No: 2})
		c.Notices[4].Relation, c.Notices[5].Variant = vedette.RelationMayBe, 2
		c.Deliveries = c.Deliveries[:5] // keys[5] has no address
		c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: keys[4], Address: vedette.AddressPhone, Channel: vedette.ChannelPhone, DueAt: t0})
		w.ok(w.o.PlanChunk(w.ctx, f, "p", c, t0, ttl))
		w.ok(w.o.FinishFanout(w.ctx, f, "p", t0))
		got := w.claim("a", 2, t0) // keys[0], keys[1]
		w.settle("a", "accept", got, t0)

		say := func(key int64, kind vedette.ReplyKind, at time.Time, words string) {
			t.Helper()
			w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: key, Kind: kind, At: at}, 1, []byte(words)))
		}
		seq := w.seq()
		say(keys[0], vedette.ReplySafe, t0, "")
		say(keys[0], vedette.ReplySafe, t0.Add(5*time.Second), "") // posted twice
		equal(t, "log", w.log(seq), "delivery answered\nreply safe")
		say(keys[0], vedette.ReplyHelp, t0.Add(7*time.Second), "sealed")
		say(keys[2], vedette.ReplySafe, t0.Add(time.Minute), "") // answers before the channel said a word
		say(keys[5], vedette.ReplyNotThere, t0, "")              // no delivery at all
		w.ok(w.o.Seen(w.ctx, u.Key, keys[1], 1, t0))
		seq = w.seq()
		w.ok(w.o.Seen(w.ctx, u.Key, keys[1], 1, t0))
		equal(t, "seen twice is once", w.seq(), seq)
		w.code(w.o.Seen(w.ctx, u.Key, keys[5], 1, t0), vedette.CodeNotFound)
		w.code(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: 999, Kind: vedette.ReplySafe, At: t0}, 1, nil), vedette.CodeNotFound)

		seq = w.seq()
		say(keys[2], vedette.ReplySafe, t0.Add(2*time.Minute), "") // much later it is an answer of its own
		equal(t, "log", w.log(seq), "delivery answered\nreply safe")

		sum, err := w.o.Tally(w.ctx, u.Key)
		w.ok(err)
		equal(t, "counts", fmt.Sprint(sum.Concerned, sum.In, sum.MayBe, sum.Unreachable, sum.Silent), "6 5 1 1 3")
		equal(t, "deliveries", fmt.Sprint(sum.Deliveries), "map[answered:2 queued:2 seen:1]")
		equal(t, "answers", fmt.Sprint(sum.Answers), "map[help:1 not_there:1 safe:1]")
		equal(t, "last received", sum.LastReceived, t0.Add(2*time.Minute))
		equal(t, "planned", sum.Fanout.State, vedette.FanoutPlanned)
		by, err := w.o.VariantTally(w.ctx, u.Key)
		w.ok(err)
		equal(t, "first variant", fmt.Sprint(by[1].Concerned, by[1].Silent, by[1].Answers), "5 3 map[help:1 safe:1]")
		equal(t, "second variant", fmt.Sprint(by[2].Concerned, by[2].Unreachable, by[2].Silent), "1 1 0")

		for what, c := range map[string]struct {
			f    store.RowFilter
			want []int64
		}{
			"all":         {store.RowFilter{}, keys},
			"page":        {store.RowFilter{After: keys[1], Limit: 2}, keys[2:4]},
			"silent":      {store.RowFilter{Silent: true}, []int64{keys[1], keys[3], keys[4]}},
			"unreachable": {store.RowFilter{Unreachable: true}, keys[5:]},
			"help":        {store.RowFilter{Answer: vedette.ReplyHelp}, keys[:1]},
			"safe":        {store.RowFilter{Answer: vedette.ReplySafe}, keys[2:3]},
			"may be in":   {store.RowFilter{Relation: vedette.RelationMayBe}, keys[4:5]},
			"variant":     {store.RowFilter{Variants: []int{2, 7}, Relation: vedette.RelationIn}, keys[5:]},
			"queued":      {store.RowFilter{State: vedette.DeliveryQueued, Silent: true}, keys[3:5]},
		} {
			rows, err := w.o.Rows(w.ctx, u.Key, c.f)
			w.ok(err)
			var have []int64
			for _, r := range rows {
				have = append(have, r.Recipient)
			}
			equal(t, what, fmt.Sprint(have), fmt.Sprint(c.want))
		}
		rows, err := w.o.Rows(w.ctx, u.Key, store.RowFilter{Answer: vedette.ReplyHelp})
		w.ok(err)
		equal(t, "words", string(rows[0].AnswerSealed), "sealed")
		equal(t, "answered", rows[0].AnsweredAt, t0.Add(7*time.Second))
	})
}

func TestOrganisationsAreApart(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		p, err := w.o.PersonByKey(w.ctx, keys[0])
		w.ok(err)
		org, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		b := w.s.In(org.Key)
		fail := func(what string, err error) {
			t.Helper()
			if vedette.ErrorCode(err) != vedette.CodeNotFound {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err = b.Update(w.ctx, u.ID)
		fail("update", err)
		_, err = b.Stop(w.ctx, u.ID, "x", t0)
		fail("stop", err)
		_, err = b.Person(w.ctx, p.ID)
		fail("person", err)
		fail("erase", b.ErasePerson(w.ctx, p.ID, t0))
		_, err = b.Tally(w.ctx, u.Key)
		fail("tally", err)
		_, err = b.Rows(w.ctx, u.Key, store.RowFilter{})
		fail("rows", err)
		_, err = b.Variants(w.ctx, u.Key)
		fail("variants", err)
		told, err := b.ToldBefore(w.ctx, u.ID)
		w.ok(err)
		equal(t, "told, as another organisation sees it", len(told), 0)
		_, err = b.PresencesOf(w.ctx, keys[0], t0)
		fail("presences", err)
		_, err = b.WatchesOf(w.ctx, keys[0], t0)
		fail("watches", err)
		_, err = b.FanoutOf(w.ctx, u.Key)
		fail("fan-out", err)
		fail("reply", b.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplySafe, At: t0}, 1, nil))
		fail("seen", b.Seen(w.ctx, u.Key, keys[0], 1, t0))
		c := person(9)
		c.Key = keys[0]
		_, err = b.SavePeople(w.ctx, []store.PersonChange{c}, t0)
		fail("save", err)
		_, err = b.Publish(w.ctx, store.PublishOrder{Update: w.draft("x").ID, At: t0})
		fail("publish", err)
		mine := &vedette.Update{Content: vedette.Content{Title: "Mine"}}
		w.ok(b.SaveDraft(w.ctx, mine, t0))
		_, err = b.Publish(w.ctx, store.PublishOrder{Update: mine.ID, Situation: u.Situation.ID, At: t0})
		fail("situation", err)
		_, err = b.Publish(w.ctx, store.PublishOrder{Update: mine.ID, Corrects: u.ID, At: t0})
		fail("corrects", err)
		theirs := *w.draft("theirs")
		fail("draft", b.SaveDraft(w.ctx, &theirs, t0))
		got, err := b.Claim(w.ctx, "a", 9, t0, ttl, mail)
		w.ok(err)
		equal(t, "claims", len(got), 0)
		if f, err := b.LeaseFanout(w.ctx, "a", t0, ttl); f != nil || err != nil {
			t.Errorf("fan-out %v, %v", f, err)
		}
		_, found, err := b.Delivery(w.ctx, u.Key, keys[0], 1)
		w.ok(err)
		equal(t, "delivery", found, false)
		_, found, err = b.Notice(w.ctx, u.Key, keys[0])
		w.ok(err)
		equal(t, "notice", found, false)
		_, err = w.s.In(999).AddHook(w.ctx, store.SealedHook{Sealed: []byte("x")}, t0)
		if err == nil {
			t.Error("an organisation that is not there has a hook")
		}
	})
}
