package app

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"vedette"
	"vedette/demo/mailbox"
	"vedette/demo/world"
	"vedette/desk"
	"vedette/testdata/reports"
)

// DemoConfig says how the demo runs.
type DemoConfig struct {
	Report []byte // the report to publish; nil: the sample
	Origin string
	Listen string
	People int    // default 1,000
	Dir    string // of the fresh data; "" for a temporary one, removed at the end
	Once   bool   // end after the summary

	Progress func(string)      // told what is going on
	Summary  func(DemoSummary) // told what happened, before it serves on
}

// DemoSummary is what a demo did.
type DemoSummary struct {
	Report struct {
		Title    string          `json:"title"`
		Risk     vedette.Risk    `json:"risk"`
		Affected []vedette.Place `json:"affected"`
	} `json:"report"`
	People    int `json:"people"`
	Concerned int `json:"concerned"`
	Notices   int `json:"notices"`  // of people
	Accepted  int `json:"accepted"` // or beyond
	Failed    int `json:"failed"`
	Managers  int `json:"managers"` // told of a trip of theirs that clashes, one for each traveller
	Answers   struct {
		Safe     int `json:"safe"`
		Help     int `json:"help"`
		NotThere int `json:"not_there"`
	} `json:"answers"`
	Seconds struct {
		Parse   float64 `json:"parse"`
		Publish float64 `json:"publish"`
		Deliver float64 `json:"deliver"`
	} `json:"seconds"`

	Update    vedette.ID          `json:"-"`
	Countries []desk.CountryCount `json:"-"`
	URL       string              `json:"-"`
}

// demoSeed makes every demo's world the same.
const demoSeed = 1

// Demo runs the whole chain on fresh data: a world of invented people, the
// report published to those it concerns, real mail to a mailbox on loopback,
// and some of them answering.
func Demo(ctx context.Context, base Config, c DemoConfig) error {
	if c.Report == nil {
		c.Report, c.Origin = []byte(reports.Gulf), "the sample report"
	}
	if c.People == 0 {
		c.People = 1000
	}
	if c.Dir == "" {
		dir, err := os.MkdirTemp("", "vedette-demo-")
		if err != nil {
			return vedette.Wrap(err, vedette.CodeUnavailable, "no place for the demo's data")
		}
		defer os.RemoveAll(dir)
		c.Dir = dir
	}
	base.Data, base.Database, base.KeyFile, base.KeyText, base.Org = c.Dir, "", "", "", "Example Relief"
	a, err := Open(ctx, base)
	if err != nil {
		return err
	}
	defer a.Close()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the demo's mailbox does not start")
	}
	defer box.Close()
	return a.demo(ctx, c, box)
}

func (a *App) demo(ctx context.Context, c DemoConfig, box *mailbox.Mailbox) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var sum DemoSummary
	if err := a.demoWorld(ctx, c, &sum); err != nil {
		return err
	}
	up, served := make(chan string, 1), make(chan error, 1)
	go func() {
		served <- a.Serve(ctx, ServeConfig{Listen: c.Listen, Mail: MailConfig{URL: "smtp://" + box.Addr() + "?tls=none",
			From: "Example Relief <alerts@relief.example.org>"}, Demo: box.Handler(), Ready: func(at At) { up <- at.Links }})
	}()
	select {
	case sum.URL = <-up:
	case err := <-served:
		return err
	}
	err := a.demoChain(ctx, c, box, &sum)
	if err == nil {
		c.Summary(sum)
		if !c.Once {
			return <-served
		}
	}
	cancel()
	return errors.Join(err, <-served)
}

// demoWorld fills the fresh database.
func (a *App) demoWorld(ctx context.Context, c DemoConfig, sum *DemoSummary) error {
	c.Progress("making up a world of people …")
	w := world.New(a.Gaz, c.People, demoSeed, a.Now())
	sum.People = len(w.People)
	people := make([]desk.NewPerson, len(w.People))
	for i, p := range w.People {
		pr := vedette.Presence{Area: p.Home, Because: vedette.BecauseHome, Site: p.Site}
		if p.Site != "" {
			pr.Because = vedette.BecauseSite
		}
		people[i] = desk.NewPerson{Record: p.Record, Presence: []vedette.Presence{pr}, Trips: p.Trips}
	}
	return a.Desk.AddPeople(ctx, w.Sites, people)
}

// demoChain reads, publishes, waits until all is told, and lets some answer.
func (a *App) demoChain(ctx context.Context, c DemoConfig, box *mailbox.Mailbox, sum *DemoSummary) error {
	c.Progress("reading the report …")
	begin := time.Now()
	d, err := a.Desk.Compose(ctx, desk.DraftOrder{Text: c.Report, Origin: c.Origin})
	if err != nil {
		return err
	}
	sum.Seconds.Parse = time.Since(begin).Seconds()
	sum.Report.Title, sum.Report.Risk, sum.Report.Affected = d.Update.Content.Title, d.Update.Content.Risk, d.Update.Content.Affected
	pv, err := a.Desk.Preview(ctx, d, desk.PublishOrder{})
	if err != nil {
		return err
	}
	sum.Countries = pv.Countries

	c.Progress("publishing …")
	begin = time.Now()
	u, err := a.Desk.PublishDraft(ctx, d, desk.PublishOrder{Count: pv.Count})
	if err != nil {
		return err
	}
	sum.Update, sum.Seconds.Publish = u.ID, time.Since(begin).Seconds()
	c.Progress("telling people …")
	if err := a.settled(ctx, u, c.Progress); err != nil {
		return err
	}
	sum.Seconds.Deliver = time.Since(begin).Seconds() - sum.Seconds.Publish
	c.Progress("some people answer …")
	if err := answerSome(ctx, box, c.Progress); err != nil {
		return err
	}
	b, err := a.Desk.Board(ctx, u.ID)
	if err != nil {
		return err
	}
	t := &b.Tally
	sum.Concerned, sum.Notices, sum.Managers = t.Concerned, t.Fanout.Notices, vedette.Beyond(t.Superiors, vedette.DeliveryAccepted)
	for _, n := range t.Superiors {
		sum.Notices -= n
	}
	sum.Accepted, sum.Failed = vedette.Beyond(t.Deliveries, vedette.DeliveryAccepted), t.Deliveries[vedette.DeliveryFailed]
	sum.Answers.Safe, sum.Answers.Help, sum.Answers.NotThere = t.Answers[vedette.ReplySafe], t.Answers[vedette.ReplyHelp], t.Answers[vedette.ReplyNotThere]
	return nil
}

// settled waits until an update is planned and nothing of it is queued.
func (a *App) settled(ctx context.Context, u *vedette.Update, progress func(string)) error {
	said := time.Now()
	for {
		t, err := a.Desk.Tally(ctx, u)
		if err != nil {
			return err
		}
		if t.Fanout.State == vedette.FanoutPlanned && t.Deliveries[vedette.DeliveryQueued] == 0 && t.Superiors[vedette.DeliveryQueued] == 0 {
			return nil
		}
		if time.Since(said) > 2*time.Second {
			said = time.Now()
			progress(fmt.Sprintf("… %d of %d", t.Concerned-t.Deliveries[vedette.DeliveryQueued], t.Concerned))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

var replyLink = regexp.MustCompile(`https?://\S+/r/[A-Za-z0-9_-]+`)

// answerSome plays the people: of a hundred, sixty answer by the link in
// their mail, three of them asking for help.
func answerSome(ctx context.Context, box *mailbox.Mailbox, progress func(string)) error {
	jobs := make(chan string)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for range 8 {
		wg.Go(func() {
			for m := range jobs {
				link, answer, _ := strings.Cut(m, " ")
				if err := post(ctx, link, answer); err != nil {
					mu.Lock()
					first = errors.Join(first, err)
					mu.Unlock()
				}
			}
		})
	}
	said, mails := time.Now(), box.Messages(box.Count())
	for i, m := range mails {
		if time.Since(said) > 2*time.Second {
			said = time.Now()
			progress(fmt.Sprintf("… %d of %d mails read", i, len(mails)))
		}
		h := fnv.New32a()
		h.Write([]byte(m.To))
		answer := demoAnswer(h.Sum32() % 100)
		if link := replyLink.FindString(m.Text); link != "" && answer != "" {
			jobs <- link + " " + answer
		}
	}
	close(jobs)
	wg.Wait()
	return first
}

func demoAnswer(n uint32) string {
	switch {
	case n < 3:
		return "2"
	case n < 8:
		return "3"
	case n < 60:
		return "1"
	}
	return ""
}

func post(ctx context.Context, link, answer string) error {
	form := url.Values{"answer": {answer}}
	if answer == "3" {
		form.Set("text", "I flew home last week")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, link, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return vedette.Wrap(err, vedette.CodeUnavailable, "an answer was not taken")
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		return vedette.Errorf(vedette.CodeInternal, "an answer was not taken: %s", res.Status)
	}
	return nil
}
