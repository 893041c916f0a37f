package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"vedette/bench/figure"
	"vedette/bench/load"
)

// besieged is what whoever is signed in waits for while others try wrong passwords, and
// what somebody waits for who signs in then.
func (h *house) besieged(pages []string, lasts time.Duration) (list []figure.Figure, err error) {
	visit := func(i int) error { _, err := h.get(pages[i%len(pages)], i%len(h.cookies)); return err }
	calm, err := h.load(lasts, visit)
	if err != nil {
		return nil, err
	}
	var looked, refused atomic.Int64
	var wg sync.WaitGroup
	var wrong, right error
	wg.Go(func() { wrong = h.tryWrong(2*lasts, &looked, &refused) })
	time.Sleep(lasts / 2) // until it is under way
	var slowest time.Duration
	wg.Go(func() { slowest, right = h.tryRight(lasts) })
	busy, err := h.load(lasts, visit)
	wg.Wait()
	for _, e := range []error{err, wrong, right} {
		if e != nil {
			return nil, e
		}
	}
	n := looked.Load() + refused.Load()
	note := fmt.Sprintf("%.0f wrong passwords a second, of which %.0f looked at", float64(n)/(2*lasts.Seconds()), float64(looked.Load())/(2*lasts.Seconds()))
	return []figure.Figure{
		{Name: "signed in, meanwhile, half within", Value: load.At(busy, 50), Unit: "ms", Asked: askedTimes * load.At(calm, 50), AtMost: true, Limit: load.At(calm, 50), Of: "before", Note: note},
		{Name: "signed in, meanwhile, p99", Value: load.At(busy, 99), Unit: "ms", Asked: askedTimes * load.At(calm, 99), AtMost: true, Limit: load.At(calm, 99), Of: "before"},
		{Name: "a right password, the slowest", Value: slowest.Seconds() * 1000, Unit: "ms", Asked: askedRight, AtMost: true},
	}, nil
}

// tryWrong tries wrong passwords of everybody, each from an address of its own.
func (h *house) tryWrong(lasts time.Duration, looked, refused *atomic.Int64) error {
	_, err := load.Every(time.Second/wrongs, lasts, func(i int) error {
		from := fmt.Sprintf("172.%d.%d.%d", 16+rand.IntN(16), rand.IntN(256), rand.IntN(256))
		res, err := h.post(h.Handles[i%len(h.Handles)], fmt.Sprintf("somebody%d", rand.IntN(10_000)), "wrong horse battery 7", from)
		switch {
		case errors.Is(err, load.ErrNoRoom):
			refused.Add(1)
		case err != nil:
			return err
		case res.StatusCode == http.StatusForbidden:
			looked.Add(1)
		case res.StatusCode == http.StatusTooManyRequests, res.StatusCode == http.StatusServiceUnavailable:
			refused.Add(1)
		default:
			return fmt.Errorf("a wrong password was answered %s", res.Status)
		}
		return nil
	})
	return err
}

// tryRight signs people in who did so before from where they are, again and again, and
// gives how long the slowest took. Whoever is told that too many sign in tries again, as
// the page says.
func (h *house) tryRight(lasts time.Duration) (slowest time.Duration, err error) {
	for end, i := time.Now().Add(lasts), 0; time.Now().Before(end); i = (i + 1) % len(h.Handles) {
		begin := time.Now()
		for {
			_, err := h.signIn(i, fmt.Sprintf("10.1.%d.%d", i/250, i%250+1))
			if err == nil {
				break
			}
			if time.Since(begin) > 30*time.Second {
				return 0, err
			}
			time.Sleep(100 * time.Millisecond)
		}
		slowest = max(slowest, time.Since(begin))
		time.Sleep(200 * time.Millisecond)
	}
	return slowest, nil
}
