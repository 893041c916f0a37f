package email

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
	"time"

	"vedette"
	"vedette/deliver/email/relay"
)

// maxPerConn is how many messages go over one connection: relays count them.
const maxPerConn = 1000

// conn is a greeted, signed-in connection to the relay.
type conn struct {
	relay *relay.Conn
	raw   net.Conn
	sent  int
	timer *time.Timer // closes it when it idles too long
}

// pool holds at most Conns connections, the idle ones for reuse.
type pool struct {
	cfg   *Config
	slots chan struct{} // one for every connection in use

	mu     sync.Mutex
	idle   []*conn
	closed bool
}

var errClosed = vedette.Errorf(vedette.CodeUnavailable, "the mail channel is closing")

// take waits for a slot and gives an idle connection or a new one. Every
// take that succeeds is followed by one give.
func (p *pool) take(ctx context.Context) (*conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	c, err := p.reuse()
	if c == nil && err == nil {
		c, err = p.dial(ctx)
	}
	if err != nil {
		<-p.slots
		return nil, err
	}
	return c, nil
}

// reuse takes the connection that was used last, nil where none is idle.
func (p *pool) reuse() (*conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errClosed
	}
	for len(p.idle) > 0 {
		c := p.idle[len(p.idle)-1]
		p.idle = p.idle[:len(p.idle)-1]
		if c.timer.Stop() {
			return c, nil
		}
	}
	return nil, nil
}

// give returns a connection; one that is not sound is closed.
func (p *pool) give(c *conn, sound bool) {
	p.mu.Lock()
	if sound && !p.closed && c.sent < maxPerConn {
		c.timer = time.AfterFunc(p.cfg.Idle, func() { p.drop(c) })
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	} else {
		p.mu.Unlock()
		c.quit(sound)
	}
	<-p.slots
}

// drop closes a connection that idled too long.
func (p *pool) drop(c *conn) {
	p.mu.Lock()
	for i, other := range p.idle {
		if other == c {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			break
		}
	}
	p.mu.Unlock()
	c.quit(true)
}

// close ends the idle connections; those in use end when they are given back.
func (p *pool) close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, c := range idle {
		if c.timer.Stop() {
			c.quit(true)
		}
	}
}

// quit takes leave where the connection is sound, and closes it. The relay
// has a second to say goodbye.
func (c *conn) quit(sound bool) {
	if sound {
		c.relay.Quit(time.Second)
	}
	c.raw.Close()
}

// dial connects, protects, greets and signs in. ctx bounds all of it.
func (p *pool) dial(ctx context.Context) (*conn, error) {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.Timeout)
	defer cancel()
	var dialer net.Dialer
	raw, err := dialer.DialContext(ctx, "tcp", p.cfg.Addr)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	c, err := p.greet(ctx, raw)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		raw.Close()
		return nil, err
	}
	return c, nil
}

func (p *pool) greet(ctx context.Context, raw net.Conn) (*conn, error) {
	cfg := relay.Config{Hello: p.cfg.Hello, User: p.cfg.User, Password: p.cfg.Password, Timeout: p.cfg.Timeout}
	over := raw
	switch p.cfg.TLS {
	case TLSImplicit:
		t := tls.Client(raw, p.cfg.tlsConfig())
		if err := t.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		over = t
	case TLSStart:
		cfg.StartTLS = p.cfg.tlsConfig()
	}
	r, err := relay.Greet(ctx, over, cfg)
	if err != nil {
		return nil, err
	}
	return &conn{relay: r, raw: raw}, nil
}
