package httpd

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// crowd counts the connections of a server. Beyond the most some more are heard, to be
// told to come again, and some of this machine's own, so that its probes are answered;
// beyond those none.
type crowd struct {
	most int
	log  *slog.Logger

	mu   sync.Mutex
	open int
	said time.Time // that it is full
}

// welcome is how a connection is met.
type welcome int

const (
	served welcome = iota
	toldToWait
	shutOut
)

// meet decides by how many are there already.
func (c *crowd) meet(open int, ownMachine bool) welcome {
	spare := c.most/8 + 8
	switch {
	case open < c.most:
		return served
	case open < c.most+spare, ownMachine && open < c.most+2*spare:
		return toldToWait
	}
	return shutOut
}

// counted is a listener whose connections are counted.
type counted struct {
	net.Listener
	crowd *crowd
}

// Accept gives the next connection that is heard.
func (l *counted) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if g := l.crowd.enter(c); g != nil {
			return g, nil
		}
		c.Close()
	}
}

// enter counts a connection, or gives nil.
func (c *crowd) enter(conn net.Conn) *guest {
	at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	c.mu.Lock()
	defer c.mu.Unlock()
	how := c.meet(c.open, err == nil && at.Addr().Unmap().IsLoopback())
	if now := time.Now(); how != served && now.Sub(c.said) > time.Minute {
		c.said = now
		c.log.Warn("more connections than there is room for: some are told to come again", "most", c.most)
	}
	if how == shutOut {
		return nil
	}
	c.open++
	return &guest{Conn: conn, waits: how == toldToWait, leave: sync.OnceFunc(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.open--
	})}
}

// guest is a connection that is counted until it is closed.
type guest struct {
	net.Conn
	waits bool // it is told to come again
	leave func()
}

// Close closes it.
func (g *guest) Close() error {
	defer g.leave()
	return g.Conn.Close()
}

type waitsKey struct{}

// note keeps with a connection's requests whether it is told to come again.
func (c *crowd) note(ctx context.Context, conn net.Conn) context.Context {
	if over, ok := conn.(*tls.Conn); ok {
		conn = over.NetConn()
	}
	if g, ok := conn.(*guest); ok && g.waits {
		return context.WithValue(ctx, waitsKey{}, true)
	}
	return ctx
}

// turnAway tells whoever came when it was full to come again, but probes of this machine.
func (c *crowd) turnAway(next http.Handler) http.Handler {
	full := headers(false, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		w.Header().Set("Retry-After", "10")
		Refuse(w, http.StatusServiceUnavailable, "More people are here than this server can answer at once, so nothing was done. Try again in a few seconds. If you are in danger, call the local emergency number.", "")
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Context().Value(waitsKey{}) != nil && !(OwnMachine(r) && slices.Contains(probePaths, r.URL.Path)) {
			full.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
