// Package load serves a portal, and begins requests when they are due, whatever became of
// those before.
package load

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"vedette/httpd"
	"vedette/web"
)

// ErrNoRoom is a request that was turned away.
var ErrNoRoom = errors.New("there was no room")

// refused is how long a request counts that was turned away, for there was no room.
const refused = 30 * time.Second

// Every begins something every so often, whatever became of those before it, and gives
// how long each took from when it was due: whoever waits in line waits.
func Every(pause, lasts time.Duration, do func(i int) error) ([]time.Duration, error) {
	n := int(lasts / pause)
	took, errs := make([]time.Duration, n), make([]error, n)
	var wg sync.WaitGroup
	begin := time.Now()
	for i := range n {
		due := begin.Add(time.Duration(i) * pause)
		time.Sleep(time.Until(due))
		wg.Go(func() {
			errs[i] = do(i)
			took[i] = time.Since(due)
			if errors.Is(errs[i], ErrNoRoom) {
				took[i], errs[i] = refused, nil
			}
		})
	}
	wg.Wait()
	return took, first(errs)
}

// first is the first error of many, with how many there were.
func first(errs []error) error {
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	if len(errs) < 2 {
		return errors.Join(errs...)
	}
	return fmt.Errorf("%w (and %d more)", errs[0], len(errs)-1)
}

// Each does something so many times, one after the other, and gives how long each took.
func Each(n int, do func(i int) error) (took []time.Duration, err error) {
	for i := range n {
		begin := time.Now()
		if err := do(i); err != nil {
			return nil, err
		}
		took = append(took, time.Since(begin))
	}
	return took, nil
}

// Serve serves a portal on this machine, to so many connections at once.
func Serve(c web.Config, conns int) (base string, s *httpd.Server, err error) {
	portal, err := web.New(c)
	if err != nil {
		return "", nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	limits := httpd.Usual
	limits.Conns = conns
	s = httpd.NewServer(limits, c.Log, portal)
	go s.Serve(ln, nil)
	return "http://" + ln.Addr().String(), s, nil
}

// Client is one that keeps its connections and follows nowhere.
func Client() *http.Client {
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConns: 512, MaxIdleConnsPerHost: 512},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// Ask asks for a page as browsers do, compressed, and gives how many bytes came.
func Ask(c *http.Client, r *http.Request) (int, error) {
	r.Header.Set("Accept-Encoding", "gzip") // what comes is not read
	res, err := c.Do(r)
	if err != nil {
		return 0, Turned(err)
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode == http.StatusServiceUnavailable {
		return 0, ErrNoRoom
	}
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", r.URL.Path, res.Status)
	}
	return int(n), err
}

// Turned is the error of a request that was turned away before it was read.
func Turned(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
		return ErrNoRoom
	}
	return err
}

// At is within how many milliseconds so many of a hundred were there.
func At(took []time.Duration, percent int) float64 {
	slices.Sort(took)
	return took[min(len(took)*percent/100, len(took)-1)].Seconds() * 1000
}

// Echo is the load on a server that gives so many bytes out of memory, and does nothing.
func Echo(c *http.Client, size int, pause, lasts time.Duration) ([]time.Duration, error) {
	page := []byte(strings.Repeat("x", size))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(page) })}
	go srv.Serve(ln)
	defer srv.Close()
	return Every(pause, lasts, func(int) error {
		r, err := http.NewRequest(http.MethodGet, "http://"+ln.Addr().String(), nil)
		if err == nil {
			_, err = Ask(c, r)
		}
		return err
	})
}
