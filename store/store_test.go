package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"vedette"
	"vedette/store"
	"vedette/store/storetest"
)

// t0 is when the tests play.
var t0 = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

const ttl = time.Minute

// engines runs a test on a fresh store of each engine.
func engines(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) { fn(t, newWorld(t, place(t, engine))) })
	}
}

// place is an empty place for a store.
func place(t testing.TB, engine string) string {
	t.Helper()
	if engine == "sqlite" {
		return t.TempDir() + "/data"
	}
	return storetest.Schema(t)
}

// world is a store with an organisation in it.
type world struct {
	t     testing.TB
	ctx   context.Context
	place string
	s     *store.Store
	org   int64
	o     *store.Org
}

func newWorld(t testing.TB, place string) *world {
	t.Helper()
	w := &world{t: t, ctx: context.Background(), place: place}
	w.s = w.open()
	org, err := w.s.AddOrganisation(w.ctx, "Acme", t0)
	w.ok(err)
	w.org, w.o = org.Key, w.s.In(org.Key)
	return w
}

// open opens the world's place once more, as another program would.
func (w *world) open() *store.Store {
	w.t.Helper()
	s, err := store.Open(w.ctx, w.place)
	w.ok(err)
	w.t.Cleanup(func() { s.Close() })
	return s
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// code fails the test unless the error has the code and a sentence.
func (w *world) code(err error, want vedette.Code) {
	w.t.Helper()
	if got := vedette.ErrorCode(err); got != want {
		w.t.Fatalf("error %v has code %q, want %q", err, got, want)
	}
	if err != nil && len(err.Error()) < 15 {
		w.t.Errorf("error %q is no sentence", err)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// same is equal for what holds lists.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// sql runs a statement past the store, as a careless hand would.
func (w *world) sql(text string) error {
	w.t.Helper()
	driver, dsn := "pgx", w.place
	if w.s.Engine() == "sqlite" {
		driver, dsn = "sqlite", "file:"+w.place+"/"+store.FileName+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, dsn)
	w.ok(err)
	defer db.Close()
	_, err = db.Exec(text)
	return err
}

// person makes a change that adds someone with an e-mail address in Iraq.
func person(n int) store.PersonChange {
	return store.PersonChange{SealedPerson: store.SealedPerson{
		External: fmt.Appendf(nil, "hash %d", n), WrappedKey: fmt.Appendf(nil, "key %d", n), Record: fmt.Appendf(nil, "record %d", n),
		Slots:     []store.Slot{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail}},
		Presences: []vedette.Presence{{Area: "IQ", Because: vedette.BecauseHome}}}}
}

// people adds n people and gives their keys.
func (w *world) people(n int) []int64 {
	w.t.Helper()
	changes := make([]store.PersonChange, n)
	for i := range changes {
		changes[i] = person(i)
		changes[i].Numbers = [][]byte{fmt.Append([]byte("number "), i)}
	}
	_, err := w.o.SavePeople(w.ctx, changes, t0)
	w.ok(err)
	keys := make([]int64, n)
	for i := range changes {
		keys[i] = changes[i].Key
	}
	return keys
}

// draft saves a draft.
func (w *world) draft(title string) *vedette.Update {
	w.t.Helper()
	u := &vedette.Update{Content: vedette.Content{Title: title, Urgency: vedette.UrgencyImmediate, Affected: []vedette.Place{{Text: "Iraq", Area: "IQ"}}}}
	w.ok(w.o.SaveDraft(w.ctx, u, t0))
	return u
}

// publish publishes a new update in a situation ("" is a new one).
func (w *world) publish(title string, situation vedette.ID, at time.Time) *vedette.Update {
	w.t.Helper()
	u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft(title).ID, Situation: situation, At: at})
	w.ok(err)
	return u
}

// conditional publishes an update whose one advice waits for a condition.
func (w *world) conditional() *vedette.Update {
	w.t.Helper()
	u := &vedette.Update{Content: vedette.Content{Title: "Strikes", Affected: []vedette.Place{{Text: "Iraq", Area: "IQ"}},
		Recommendations: []vedette.AdviceGroup{{Area: "IQ", Advice: []vedette.Advice{{
			Statement: vedette.Statement{Text: "In the event of strikes, shelter in place."}, Condition: "In the event of strikes",
			Actions: []vedette.AdviceAction{{Action: vedette.Shelter}}}}}}}}
	w.ok(w.o.SaveDraft(w.ctx, u, t0))
	u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, At: t0})
	w.ok(err)
	return u
}

// plan leases the next fan-out, tells the people of it, and finishes it.
func (w *world) plan(u *vedette.Update, keys []int64) {
	w.t.Helper()
	f := w.lease("planner")
	if f.Update != u.Key {
		w.t.Fatalf("leased the fan-out of update %d, want %d", f.Update, u.Key)
	}
	w.ok(w.o.PlanChunk(w.ctx, f, "planner", chunk(keys), t0, ttl))
	w.ok(w.o.FinishFanout(w.ctx, f, "planner", t0))
}

func (w *world) lease(worker string) *store.Fanout {
	w.t.Helper()
	f, err := w.o.LeaseFanout(w.ctx, worker, t0, ttl)
	w.ok(err)
	if f == nil {
		w.t.Fatal("there is no fan-out to lease")
	}
	return f
}

// chunk tells people, all in one variant, by e-mail.
func chunk(keys []int64) store.Chunk {
	c := store.Chunk{Variants: []vedette.Variant{{No: 1, Risk: vedette.RiskHigh, Areas: []vedette.AreaID{"IQ"}}}}
	for _, k := range keys {
		c.Notices = append(c.Notices, vedette.Notice{Recipient: k, Relation: vedette.RelationIn, Variant: 1})
		c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: k, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, DueAt: t0})
		c.Cursor = k
	}
	return c
}

var mail = []vedette.Channel{vedette.ChannelEmail}

// claim claims up to n deliveries.
func (w *world) claim(worker string, n int, now time.Time) []store.Claimed {
	w.t.Helper()
	got, err := w.o.Claim(w.ctx, worker, n, now, ttl, mail)
	w.ok(err)
	return got
}

// settle brings the same event for claimed deliveries.
func (w *world) settle(worker, event string, got []store.Claimed, now time.Time) int {
	w.t.Helper()
	var outs []store.Outcome
	for _, c := range got {
		outs = append(outs, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: event, Detail: "said " + event, DueAt: now.Add(time.Hour)})
	}
	n, err := w.o.Settle(w.ctx, worker, outs, now)
	w.ok(err)
	return n
}

// delivery gives a delivery by e-mail.
func (w *world) delivery(u *vedette.Update, key int64) vedette.Delivery {
	w.t.Helper()
	d, found, err := w.o.Delivery(w.ctx, u.Key, key, vedette.AddressEmail)
	w.ok(err)
	if !found {
		w.t.Fatalf("update %d has no delivery to %d", u.Key, key)
	}
	return d
}

// log writes the log as "kind verb" lines after a number.
func (w *world) log(after int64) string {
	w.t.Helper()
	entries, err := w.o.Log(w.ctx, after, 0)
	w.ok(err)
	var lines []string
	for _, e := range entries {
		lines = append(lines, string(e.Kind)+" "+e.Verb)
	}
	return strings.Join(lines, "\n")
}

func (w *world) seq() int64 {
	w.t.Helper()
	seq, err := w.o.Seq(w.ctx)
	w.ok(err)
	return seq
}
