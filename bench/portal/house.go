package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/load"
	"vedette/desk"
	"vedette/httpd"
	"vedette/store"
	"vedette/web"
)

// house is an installation that is served.
type house struct {
	dir    string
	app    *app.App
	rows   *store.Org
	server *httpd.Server
	base   string
	client *http.Client
	r      *rand.Rand
	towns  []vedette.Area
	made   int             // updates
	last   *vedette.Update // the newest
	board  *vedette.Update // the one that is followed
	told   []int64         // some who were told of it
}

func newHouse(ctx context.Context, s size) (h *house, err error) {
	h = &house{client: load.Client(), r: rand.New(rand.NewPCG(7, 11))}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if h.dir, err = os.MkdirTemp("", "vedette-bench-portal-"); err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	if h.app, err = app.Open(ctx, app.Config{Data: h.dir, Log: log, Any: true}); err != nil {
		return nil, err
	}
	h.rows = h.app.Store.In(h.app.Desk.Org.Key)
	h.app.Gaz.Cities(-180, -90, 180, 90, 100_000, func(c vedette.Area) { h.towns = append(h.towns, c) })
	ctx = vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaCommand, Name: "bench"})
	go app.Frugal(ctx, h.app.Store.Engine())
	if err := h.addPeople(ctx, s.people); err != nil {
		return nil, err
	}
	if err := h.tell(ctx); err != nil {
		return nil, err
	}
	if err := h.publish(ctx, s.updates); err != nil {
		return nil, err
	}
	if err := h.inbox(ctx, 60); err != nil {
		return nil, err
	}
	c := web.Config{Desks: h.app.Desks, Gaz: h.app.Gaz, Now: time.Now, Log: log, Loopback: true}
	if h.base, h.server, err = load.Serve(c, 2*s.followers+1000); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *house) close() {
	if h.server != nil {
		h.server.Close()
	}
	if h.app != nil {
		h.app.Close()
	}
	os.RemoveAll(h.dir)
}

func (h *house) town() vedette.Area { return h.towns[h.r.IntN(len(h.towns))] }

// addPeople adds people, 20,000 at a time.
func (h *house) addPeople(ctx context.Context, people int) error {
	for at := 0; at < people; at += 20_000 {
		some := make([]desk.NewPerson, min(20_000, people-at))
		for i := range some {
			some[i] = desk.NewPerson{Record: vedette.PersonRecord{Name: fmt.Sprintf("Somebody %d", at+i),
				Addresses: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@people.example.org", at+i)}}},
				Presence: []vedette.Presence{{Area: h.town().ID, Because: vedette.BecauseHome}}}
		}
		if err := h.app.Desk.AddPeople(ctx, nil, some); err != nil {
			return err
		}
	}
	return nil
}

// words are what updates are made of: each now and then, the first often.
var words = []string{"port", "road", "protest", "rocket", "closed", "airport", "strike", "convoy", "curfew", "checkpoint", "hospital", "bridge", "border", "fuel", "storm", "flood",
	"ministry", "embassy", "market", "square", "militia", "patrol", "drone", "explosion", "evacuation", "ferry", "harbour", "blackout", "telecom", "water", "shelter", "siren"}

func (h *house) word() string {
	if h.r.IntN(3) == 0 {
		return fmt.Sprintf("%s%d", words[h.r.IntN(len(words))], h.r.IntN(5000)) // names, numbers, streets
	}
	return words[min(h.r.IntN(len(words)), h.r.IntN(len(words)))]
}

func (h *house) sentence(n int) string {
	text := ""
	for range n {
		text += h.word() + " "
	}
	return text + "reported near " + h.town().Name + "."
}

// content is an update's, of about the length of one of an analyst.
func (h *house) content() vedette.Content {
	at := h.town()
	c := vedette.Content{Title: at.Name + " Situation Update: " + h.sentence(5), Headline: h.sentence(6), Kind: vedette.KindSituationUpdate,
		Risk: vedette.Risk(1 + h.r.IntN(4)), Urgency: vedette.Urgency(1 + h.r.IntN(4)), SourceStrength: vedette.SourceStrength(1 + h.r.IntN(3)),
		Affected: []vedette.Place{{Text: at.Name, Area: at.ID}}, Categories: []string{vedette.Categories[h.r.IntN(len(vedette.Categories))]}}
	for range 3 {
		c.Summary = append(c.Summary, vedette.Statement{Text: h.sentence(14)})
	}
	claims := vedette.Topic{Title: h.sentence(2)}
	for range 10 {
		claims.Claims = append(claims.Claims, vedette.Claim{Statement: vedette.Statement{Text: h.sentence(18)}, Stances: []vedette.Stance{vedette.StanceReported}})
	}
	c.Topics = []vedette.Topic{claims}
	for range 3 {
		c.Assessments = append(c.Assessments, vedette.Judgement{Statement: vedette.Statement{Text: h.sentence(16)}})
	}
	c.Recommendations = []vedette.AdviceGroup{{Heading: at.Name, Area: at.Country, Advice: []vedette.Advice{
		{Statement: vedette.Statement{Text: "Avoid nonessential travel to " + at.Name + "."}, Actions: []vedette.AdviceAction{{Action: vedette.AvoidNonessentialTravel, Targets: []vedette.Place{{Text: at.Name, Area: at.ID}}}}},
		{Statement: vedette.Statement{Text: h.sentence(8)}, Actions: []vedette.AdviceAction{{Action: vedette.StayPut, Targets: []vedette.Place{{Area: at.Country}}}}}}}}
	return c
}

// tell publishes an update and tells a few people of it, as the engine does.
func (h *house) tell(ctx context.Context) error {
	if err := h.publish(ctx, 1); err != nil {
		return err
	}
	h.board = h.last
	r, err := h.app.Desk.Roster(ctx)
	if err != nil {
		return err
	}
	h.told = r.Everyone()[:10]
	now := time.Now()
	f, err := h.rows.LeaseFanout(ctx, "bench", now, time.Minute)
	if err != nil {
		return err
	}
	c := store.Chunk{Variants: []vedette.Variant{{No: 1}}}
	for _, key := range h.told {
		c.Notices = append(c.Notices, vedette.Notice{Recipient: key, Relation: vedette.RelationIn, Variant: 1})
		c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: key, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, DueAt: now})
	}
	if err := h.rows.PlanChunk(ctx, f, "bench", c, now, time.Minute); err != nil {
		return err
	}
	return h.rows.FinishFanout(ctx, f, "bench", now)
}

// inbox has so many reports, each in a draft, and as many signals come in.
func (h *house) inbox(ctx context.Context, n int) error {
	for i := range n {
		at := time.Now().Add(-time.Duration(n-i) * time.Minute)
		c := h.content()
		r := vedette.Report{ID: vedette.NewID(at), ReceivedAt: at, Origin: "pasted in the portal", Digest: fmt.Sprint(i), Text: []byte(c.Title)}
		if err := h.rows.AddReport(ctx, r, &vedette.Reading{Content: c}); err != nil {
			return err
		}
		if err := h.rows.SaveDraft(ctx, &vedette.Update{ID: vedette.NewID(at), Content: c, Reports: []vedette.ID{r.ID}}, at); err != nil {
			return err
		}
		s := vedette.Signal{ID: vedette.NewID(at), ReceivedAt: at, Digest: fmt.Sprint(i), SignalWords: vedette.SignalWords{SignalName: vedette.SignalName{Sender: "warnings@example.org", Identifier: fmt.Sprint(i), Sent: at},
			Kind: vedette.SignalAlert, Event: h.word(), Headline: h.sentence(6), Text: h.sentence(60), Advice: h.sentence(20), Risk: vedette.RiskHigh, Areas: []string{h.town().Name}}}
		if _, _, err := h.rows.AddSignal(ctx, s, []byte(s.Text)); err != nil {
			return err
		}
	}
	return nil
}

// publish publishes updates until there are so many, each of a situation of its own.
func (h *house) publish(ctx context.Context, until int) error {
	for begin := time.Now().Add(-time.Duration(until) * time.Minute); h.made < until; h.made++ {
		at := begin.Add(time.Duration(h.made) * time.Minute)
		u := &vedette.Update{Content: h.content()}
		if err := h.rows.SaveDraft(ctx, u, at); err != nil {
			return err
		}
		u, err := h.rows.Publish(ctx, store.PublishOrder{Update: u.ID, At: at})
		if err != nil {
			return err
		}
		h.last = u
	}
	return h.app.Desk.Shelve(ctx)
}

// get asks for a page, and gives how many bytes came.
func (h *house) get(path string) (int, error) {
	r, err := http.NewRequest(http.MethodGet, h.base+path, nil)
	if err != nil {
		return 0, err
	}
	return load.Ask(h.client, r)
}
