package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"

	"vedette"
	"vedette/app"
	"vedette/bench/figure"
	"vedette/deliver/delivertest"
)

// What the fakes take, and what lies between what they accept and a phone
// that rings: as such services say of themselves on a good day.
const (
	mailTakes, mailRings = 80 * time.Millisecond, 5 * time.Second // a relay's answer; a mailbox that pushes
	textTakes, textRings = 150 * time.Millisecond, 4 * time.Second
	textsPerSecond       = 10 // of each of three numbers
	hookTakes            = 100 * time.Millisecond
)

// ring measures from publishing until phones ring: a mail and a text message
// for everyone, and a webhook.
func ring(ctx context.Context, c config) ([]figure.Figure, error) {
	var out []figure.Figure
	for _, engine := range c.engines() {
		rs, err := c.ringOn(ctx, engine)
		if err != nil {
			return nil, fmt.Errorf("ringing on %s: %w", engine, err)
		}
		out = append(out, rs...)
	}
	return out, nil
}

// heard is when the far ends took something.
type heard struct {
	mu    sync.Mutex
	times map[string][]time.Time // by channel
}

func (h *heard) note(channel string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.times[channel] = append(h.times[channel], time.Now())
}

func (h *heard) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.times)
}

func (h *heard) count(channel string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.times[channel])
}

func (c config) ringOn(ctx context.Context, engine string) ([]figure.Figure, error) {
	p, err := c.place(ctx, engine)
	if err != nil {
		return nil, err
	}
	defer p.end()
	h := &heard{times: map[string][]time.Time{}}
	relay := delivertest.NewSMTP(nil)
	defer relay.Close()
	relay.Answer(func(int, string) *smtp.SMTPError {
		time.Sleep(mailTakes)
		h.note("mail")
		return nil
	})
	far := httptest.NewServer(far(h))
	defer far.Close()
	if err := gateways(p.dir, far.URL+"/texts"); err != nil {
		return nil, err
	}
	people := min(c.recipients, 1000)
	if err := p.fillReachable(ctx, people, far.URL+"/hook"); err != nil {
		return nil, err
	}
	d := &delivery{config: c, place: p, addr: relay.Addr()}
	s, err := d.sender(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	var u published
	if err := s.Ask(&u, "publish %d", people); err != nil {
		return nil, err
	}
	limit := time.Now().Add(5 * time.Minute)
	for h.count("mail") < people || h.count("text") < people || h.count("hook") < 1 {
		if ctx.Err() != nil || time.Now().After(limit) {
			return nil, fmt.Errorf("after five minutes %d mails, %d text messages and %d webhooks had come", h.count("mail"), h.count("text"), h.count("hook"))
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := s.End(); err != nil {
		return nil, err
	}
	began := time.Unix(0, u.Began)
	return []figure.Figure{
		h.p99("mail", "mails", engine, people, began, mailRings, ""),
		h.p99("text", "text messages", engine, people, began, textRings, fmt.Sprintf("a gateway with three numbers of %d a second each", textsPerSecond)),
		h.p99("hook", "webhook", engine, 1, began, 0, ""),
	}, nil
}

// p99 is when 99 in 100 phones have rung.
func (h *heard) p99(channel, what, engine string, n int, began time.Time, rings time.Duration, note string) figure.Figure {
	h.mu.Lock()
	defer h.mu.Unlock()
	var waits []float64
	for _, at := range h.times[channel] {
		waits = append(waits, (at.Sub(began) + rings).Seconds())
	}
	slices.Sort(waits)
	return figure.Figure{Name: fmt.Sprintf("publish → ring, p99 of %d %s, %s", n, what, engine), Value: waits[(len(waits)*99+99)/100-1], Unit: "s", Asked: 60, AtMost: true, Note: note}
}

// far is a gateway of text messages and a receiver of webhooks.
func far(h *heard) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /texts", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(textTakes)
		h.note("text")
		fmt.Fprint(w, `{"id": "1", "state": "ok"}`)
	})
	mux.HandleFunc("POST /hook", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(hookTakes)
		h.note("hook")
	})
	return mux
}

// gateways writes down the one gateway of text messages.
func gateways(dir, url string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	text, err := json.Marshal(map[string]any{"segments": 2, "allow_private": true, "gateways": []any{map[string]any{
		"name": "fake", "form": "json", "url": url, "from": []string{"+447700900001", "+447700900002", "+447700900003"}, "per_second": textsPerSecond,
		"body": map[string]string{"to": "{to}", "from": "{from}", "text": "{text}", "reference": "{id}"},
		"id":   "id", "accepted": map[string]any{"at": "state", "is": []string{"ok"}}}}})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "sms.json"), text, 0o600)
}

// fillReachable makes people with a mail address and a number, and a hook.
func (p *place) fillReachable(ctx context.Context, n int, hook string) error {
	a, err := app.Open(ctx, app.Config{Data: p.dir, Database: p.database, AllowPrivateHooks: true})
	if err != nil {
		return err
	}
	defer a.Close()
	people := concerned(a, 0, n)
	for i := range people {
		people[i].Record.Addresses = append(people[i].Record.Addresses,
			vedette.Address{No: vedette.AddressPhone, Channel: vedette.ChannelSMS, Value: fmt.Sprintf("+9647700%06d", i)})
	}
	if err := a.Desk.AddPeople(ctx, nil, people); err != nil {
		return err
	}
	_, err = a.Desk.AddHook(ctx, hook, "")
	return err
}
