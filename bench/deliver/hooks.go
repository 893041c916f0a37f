package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"vedette/app"
	"vedette/bench/child"
	"vedette/bench/figure"
	"vedette/deliver/delivertest"
	"vedette/desk"
)

const (
	receivers   = 100
	hookUpdates = 100
)

// hooks measures how fast systems are told: many updates, published before
// the sender starts, for a hundred receivers; all of them again by a sender that
// has run for a while, as after systems were down; then once more while one of them takes what is sent and
// does not answer.
func hooks(ctx context.Context, c config) ([]figure.Figure, error) {
	limit, err := barePosts(ctx)
	if err != nil {
		return nil, err
	}
	var out []figure.Figure
	for _, engine := range c.engines() {
		first, again, err := c.hooksOn(ctx, engine, false)
		if err != nil {
			return nil, fmt.Errorf("webhooks on %s: %w", engine, err)
		}
		one, _, err := c.hooksOn(ctx, engine, true)
		if err != nil {
			return nil, fmt.Errorf("webhooks on %s, one of them hanging: %w", engine, err)
		}
		out = append(out, figure.Figure{Name: fmt.Sprintf("webhooks to %d receivers, %s", receivers, engine), Value: again, Unit: "taken/s", Asked: 10_000, Limit: limit, Of: "a bare client",
			Note: fmt.Sprintf("%d updates for each, told again as after systems were down, by a sender that is warm; receivers on the same cores", hookUpdates)},
			figure.Figure{Name: "  while they are being planned", Value: first, Unit: "taken/s", Note: fmt.Sprintf("%d updates, each planned over all that stand by then", hookUpdates)},
			figure.Figure{Name: "  to the others while one hangs", Value: one, Unit: "taken/s", Asked: first / 2, Note: "planning included; asked: that it does not slow the others, taken as half of the figure above"})
	}
	return out, nil
}

// receiver is the address of one of them: each is a host of its own, as they would be.
func receiver(port, i int) string { return fmt.Sprintf("http://127.0.0.%d:%d/%d", 1+i, port, i) }

// hooksOn gives how many are taken a second, while they are being planned and,
// where none hangs, again.
func (c config) hooksOn(ctx context.Context, engine string, hanging bool) (first, again float64, err error) {
	p, err := c.place(ctx, engine)
	if err != nil {
		return 0, 0, err
	}
	defer p.end()
	h := &heard{times: map[string][]time.Time{}}
	port, stop, err := receive(func(path string) (answer bool) {
		if hanging && path == "/0" {
			return false
		}
		h.note("hook")
		return true
	})
	if err != nil {
		return 0, 0, err
	}
	defer stop()
	if err := p.queueHooks(ctx, port); err != nil {
		return 0, 0, err
	}
	if first, err = c.named("first").told(ctx, p, h, hanging, nil); err != nil || hanging {
		return first, 0, err
	}
	again, err = c.named("again").told(ctx, p, h, false, p.replayHooks)
	return first, again, err
}

// named gives the profile of a sender the name of what it does.
func (c config) named(what string) config {
	if c.profile != "" {
		c.profile += "." + what
	}
	return c
}

// warmth is how long a sender runs, and is then halted, before more is queued: what
// a serve does as it starts is long done when a system is well again.
const warmth = 2500 * time.Millisecond

// told runs a sender until all that waits was taken: what waited as it began, or
// what is queued for a warm one.
func (c config) told(ctx context.Context, p *place, h *heard, hanging bool, queue func(context.Context) error) (float64, error) {
	relay := delivertest.NewSMTP(nil)
	defer relay.Close()
	h.forget()
	began := time.Now()
	s, err := (&delivery{config: c, place: p, addr: relay.Addr()}).sender(ctx)
	if err != nil {
		return 0, err
	}
	defer s.Kill()
	if queue != nil {
		if err := s.Halted(warmth, func() error { return queue(ctx) }); err != nil {
			return 0, err
		}
	}
	want := receivers * hookUpdates
	if hanging {
		want -= hookUpdates
	}
	for limit := began.Add(5 * time.Minute); h.count("hook") < want; time.Sleep(5 * time.Millisecond) {
		if ctx.Err() != nil || time.Now().After(limit) {
			return float64(h.count("hook")) / time.Since(began).Seconds(), nil // it did not end; that is the figure
		}
	}
	if err := s.End(); err != nil {
		return 0, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return float64(want) / h.times["hook"][want-1].Sub(h.times["hook"][0]).Seconds(), nil
}

// queueHooks publishes while nobody sends.
func (p *place) queueHooks(ctx context.Context, port int) error {
	a, err := app.Open(ctx, app.Config{Data: p.dir, Database: p.database, AllowPrivateHooks: true})
	if err != nil {
		return err
	}
	defer a.Close()
	for i := range receivers {
		if _, err := a.Desk.AddHook(ctx, receiver(port, i), ""); err != nil {
			return err
		}
	}
	for range hookUpdates {
		d, err := a.Desk.Compose(ctx, desk.DraftOrder{Text: []byte(report), Origin: "bench"})
		if err != nil {
			return err
		}
		if _, err := a.Desk.PublishDraft(ctx, d, desk.PublishOrder{Again: true}); err != nil {
			return err
		}
	}
	return nil
}

// replayHooks has all systems told all again, while nobody sends.
func (p *place) replayHooks(ctx context.Context) error {
	a, err := app.Open(ctx, app.Config{Data: p.dir, Database: p.database, AllowPrivateHooks: true})
	if err != nil {
		return err
	}
	defer a.Close()
	list, err := a.Desk.Hooks(ctx)
	if err != nil {
		return err
	}
	for _, h := range list {
		if _, err := a.Desk.Replay(ctx, desk.ReplayOrder{Hook: string(h.ID), All: true}); err != nil {
			return err
		}
	}
	return nil
}

// posts is how many bytes a bare client sends: about an event's.
const posts = 2000

// barePosts gives how many requests a second the same receiver takes of a client
// that keeps no ledger and signs nothing.
func barePosts(ctx context.Context) (float64, error) {
	port, stop, err := receive(func(string) bool { return true })
	if err != nil {
		return 0, err
	}
	defer stop()
	var took map[string]float64
	b, err := child.Start(ctx, &took, nil, "posts", "-port", strconv.Itoa(port))
	if err != nil {
		return 0, err
	}
	return took["rate"], b.End()
}

// postsRole is the bare client.
func postsRole(args []string) error {
	fs := flag.NewFlagSet("posts", flag.ExitOnError)
	port := fs.Int("port", 0, "of the receivers")
	if err := fs.Parse(args); err != nil {
		return err
	}
	const n = 20_000
	client, body := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}, bytes.Repeat([]byte("x"), posts)
	var wg sync.WaitGroup
	failed, began := make(chan error, connections), time.Now()
	for range connections {
		wg.Go(func() {
			for i := range n / connections {
				r, err := client.Post(receiver(*port, i%receivers), "application/json", bytes.NewReader(body))
				if err != nil {
					failed <- err
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				r.Body.Close()
			}
		})
	}
	wg.Wait()
	select {
	case err := <-failed:
		return err
	default:
	}
	child.Say(map[string]float64{"rate": n / time.Since(began).Seconds()})
	return nil
}
