package web

import (
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vedette"
	"vedette/advise"
	"vedette/auth"
	"vedette/desk"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/roster"
	"vedette/store"
	"vedette/store/storetest"
)

// world is a desk with invented people, and a portal before it.
type world struct {
	serveWith func(set func(*Config)) // serves the portal with other settings
	t         testing.TB
	ctx       context.Context
	now       time.Time
	store     *store.Store
	rows      *store.Org
	key       *auth.Key
	desk      *desk.Desk
	desks     *desk.Desks
	gaz       *gazetteer.Gazetteer
	org       vedette.Organisation
	http      http.Handler
}

const peopleFile = `name,email,phone,citizenship,site,city,country
Amal Haddad,amal@people.example.org,,TN,Tunis office,Tunis,TN
Bo Lindqvist,bo@people.example.org,,SE,Tunis office,Tunis,TN
Chiara Fonti,chiara@people.example.org,,IT,Tunis office,Tunis,TN
Dawit Bekele,,+251 911 000 000,ET,Sfax depot,Sfax,TN
Esra Kaya,esra@people.example.org,,TR,Tripoli house,Tripoli,LY
Farid Naser,farid@people.example.org,,LY,Tripoli house,Tripoli,LY
Grace Odhiambo,grace@people.example.org,,KE,Nairobi office,Nairobi,KE
"O'Neil ""<b>Rory</b>""",rory@people.example.org,,IE,Tunis office,Tunis,TN
`

func newWorld(t testing.TB) *world {
	t.Helper()
	return newWorldAt(t, t.TempDir())
}

// engines is a test on a world in either database.
func engines(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newWorld(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, newWorldAt(t, storetest.Schema(t))) })
}

func newWorldAt(t testing.TB, place string) *world {
	t.Helper()
	w := newEmptyWorldAt(t, place)
	if _, err := w.desk.ImportPeople(w.ctx, strings.NewReader(peopleFile), desk.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	return w
}

// newEmptyWorld is a world with nobody in it.
func newEmptyWorld(t testing.TB) *world {
	t.Helper()
	return newEmptyWorldAt(t, t.TempDir())
}

func newEmptyWorldAt(t testing.TB, place string) *world {
	t.Helper()
	w := &world{t: t, ctx: context.Background(), now: time.Date(2026, 3, 11, 18, 20, 0, 0, time.UTC), key: auth.NewKey(), gaz: gazetteer.Default()}
	var err error
	if w.store, err = store.Open(w.ctx, place); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.store.Close() })
	if w.org, err = w.store.AddOrganisation(w.ctx, "Harbour Relief", w.now); err != nil {
		t.Fatal(err)
	}
	w.rows = w.store.In(w.org.Key)
	clock := func() time.Time { return w.now }
	w.desks, err = desk.NewDesks(w.ctx, desk.Config{Store: w.store, Key: w.key, Gaz: w.gaz, Rosters: roster.New(w.store, w.key, w.gaz), Now: clock})
	must(t, err)
	w.desk, err = w.desks.First(w.ctx)
	must(t, err)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	if t, ok := t.(*testing.T); ok && testing.Verbose() {
		log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
	w.serveWith = func(set func(*Config)) {
		t.Helper()
		c := Config{Desks: w.desks, Gaz: w.gaz, Now: clock, Log: log, Registry: prometheus.NewRegistry(),
			Demo: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "mailbox") })}
		set(&c)
		var err error
		w.http, err = New(c)
		must(t, err)
	}
	w.serveWith(func(*Config) {})
	return w
}

// publish keeps an update as a draft, publishes it, and plans and accepts
// every notice, as the engine would.
func (w *world) publish(u *vedette.Update) *vedette.Update {
	w.t.Helper()
	u.ID, u.State, u.CreatedAt = vedette.NewID(w.now), vedette.UpdateDraft, w.now
	must(w.t, w.rows.SaveDraft(w.ctx, u, w.now))
	pub, err := w.desk.Publish(w.ctx, desk.PublishOrder{Draft: u.ID})
	if err != nil {
		w.t.Fatal(err)
	}
	w.plan(pub)
	return pub
}

func (w *world) plan(u *vedette.Update) {
	w.t.Helper()
	f, err := w.rows.LeaseFanout(w.ctx, "test", w.now, time.Minute)
	if err != nil || f == nil {
		w.t.Fatal("no fan-out to plan", err)
	}
	m, adv := match.Prepare(w.gaz, u, vedette.DefaultSettings()), advise.Prepare(w.gaz, u, nil)
	var c store.Chunk
	known := map[string]int{}
	must(w.t, w.desk.EachPerson(w.ctx, func(p vedette.Person) error {
		rel := m.Relation(p.Presence, nil, w.now)
		if rel == vedette.RelationOut {
			return nil
		}
		v := adv.For(advise.Person{Citizenship: p.Record.Citizenship, Presences: p.Presence}, w.now).Variant
		id := fmt.Sprint(v)
		if known[id] == 0 {
			v.No = len(known) + 1
			known[id] = v.No
			c.Variants = append(c.Variants, v)
		}
		c.Notices = append(c.Notices, vedette.Notice{Recipient: p.Key, Relation: rel, Variant: known[id]})
		if p.Record.Email() != "" {
			c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: p.Key, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, DueAt: w.now})
		}
		return nil
	}))
	must(w.t, w.rows.PlanChunk(w.ctx, f, "test", c, w.now, time.Minute))
	must(w.t, w.rows.FinishFanout(w.ctx, f, "test", w.now))
	got, err := w.rows.Claim(w.ctx, "test", 1000, w.now, time.Minute, []vedette.Channel{vedette.ChannelEmail})
	must(w.t, err)
	var outs []store.Outcome
	for _, g := range got {
		outs = append(outs, store.Outcome{Update: g.Update, Recipient: g.Recipient, Round: g.Round, Address: g.Address, Event: "accept", Detail: "250 2.0.0 queued"})
	}
	_, err = w.rows.Settle(w.ctx, "test", outs, w.now)
	must(w.t, err)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// person finds someone by the start of their name.
func (w *world) person(name string) vedette.Person {
	w.t.Helper()
	var found vedette.Person
	must(w.t, w.desk.EachPerson(w.ctx, func(p vedette.Person) error {
		if strings.HasPrefix(p.Record.Name, name) {
			found = p
		}
		return nil
	}))
	if found.ID == "" {
		w.t.Fatalf("nobody is called %s", name)
	}
	return found
}

// token is what someone's reply link to an update ends with.
func (w *world) token(u *vedette.Update, name string) string {
	return w.key.SignLink(auth.Link{Org: w.org.Key, Update: u.ID, Recipient: w.person(name).Key, Address: vedette.AddressEmail, Expires: u.PublishedAt.Add(desk.LinkLife)})
}

func (w *world) ask(method, path, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	w.http.ServeHTTP(rec, r)
	return rec
}

// get asks for a page and wants it to be there.
func (w *world) get(path string) string {
	w.t.Helper()
	rec := w.ask("GET", path, "")
	if rec.Code != http.StatusOK {
		w.t.Fatalf("GET %s: %d\n%s", path, rec.Code, rec.Body)
	}
	return rec.Body.String()
}

// text is a page as it reads: without markup, spaces as one.
func text(page string) string {
	var b strings.Builder
	in := false
	for _, r := range page {
		switch {
		case r == '<':
			in = true
		case r == '>' && in:
			in = false
			b.WriteByte(' ')
		case !in:
			b.WriteRune(r)
		}
	}
	return html.UnescapeString(strings.Join(strings.Fields(b.String()), " "))
}

func wants(t *testing.T, page string, words ...string) {
	t.Helper()
	read := text(page)
	for _, s := range words {
		if !strings.Contains(read, s) {
			t.Errorf("the page does not say %q", s)
		}
	}
	if t.Failed() {
		t.Log(read)
	}
}
