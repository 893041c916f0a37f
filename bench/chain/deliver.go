package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/figure"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/email"
	"vedette/engine"
)

// senders is how many mails are sent at once.
const senders = 16

// delivering measures from Publish until the sink has taken every mail and
// the ledger says so; the limit is the same sender and sink without ledger.
func delivering(ctx context.Context, c config, eng string) ([]figure.Figure, error) {
	a, end, err := installation(ctx, c, eng, c.mails)
	if err != nil {
		return nil, err
	}
	defer end()
	if _, err := a.Desk.Roster(ctx); err != nil {
		return nil, err
	}
	limit, err := bareMails(c.mails)
	if err != nil {
		return nil, err
	}
	sink := delivertest.NewSMTP(nil)
	defer sink.Close()
	s, err := sender(sink)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	w := &engine.Watch{}
	stop := startEngine(ctx, a, engine.Config{Senders: []deliver.Sender{s}, Workers: senders, Watch: w})
	defer stop()
	took, err := seconds(func() error { return sendAll(ctx, a, w, c.mails) })
	if err != nil {
		return nil, err
	}
	if n := sink.Count(); n != c.mails {
		return nil, fmt.Errorf("the sink took %d of %d mails", n, c.mails)
	}
	return []figure.Figure{{Name: fmt.Sprintf("delivery of %d mails, %s", c.mails, eng), Value: float64(c.mails) / took, Unit: "accepted/s",
		Limit: limit, Of: "the same mails without a ledger", Note: "publish → ledger says accepted; sink in the same process"}}, nil
}

func sender(sink *delivertest.SMTP) (*email.Sender, error) {
	return email.New(email.Config{Addr: sink.Addr(), TLS: email.TLSNone, From: "alerts@relief.example.org", Conns: senders, Now: time.Now})
}

func sendAll(ctx context.Context, a *app.App, w *engine.Watch, n int) error {
	u, err := publish(ctx, a)
	if err != nil {
		return err
	}
	for w.Accepted.Load() < int64(n) {
		if w.Failed.Load()+w.Doubtful.Load() > 0 {
			return fmt.Errorf("%d deliveries failed, %d in doubt", w.Failed.Load(), w.Doubtful.Load())
		}
		time.Sleep(5 * time.Millisecond)
	}
	t, err := a.Store.In(a.Org.Key).Tally(ctx, u.Key)
	if err == nil && t.Deliveries[vedette.DeliveryAccepted] != n {
		err = fmt.Errorf("the ledger says %v", t.Deliveries)
	}
	return err
}

// bareMails sends as many mails of the like straight through a sender.
func bareMails(n int) (float64, error) {
	sink := delivertest.NewSMTP(nil)
	defer sink.Close()
	s, err := sender(sink)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	jobs := make(chan int)
	var wg sync.WaitGroup
	body := make([]byte, 3000)
	for i := range body {
		body[i] = "a line of text\n"[i%15]
	}
	begin := time.Now()
	for range senders {
		wg.Go(func() {
			for i := range jobs {
				s.Send(context.Background(), deliver.Message{ID: fmt.Sprintf("bare%d", i), To: fmt.Sprintf("p%d@example.org", i),
					Subject: "Extreme risk, Iraq: a headline of some length", Text: string(body[:1500]), HTML: string(body)})
			}
		})
	}
	for i := range n {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	took := time.Since(begin).Seconds()
	if sink.Count() != n {
		return 0, fmt.Errorf("the bare sink took %d of %d mails", sink.Count(), n)
	}
	return float64(n) / took, nil
}
