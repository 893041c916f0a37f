package app

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"

	"vedette"
	"vedette/httpd"
	"vedette/httpd/cert"
)

// door is where requests come in, and who answers them.
type door struct {
	ln   net.Listener
	srv  *httpd.Server
	over *tls.Config // nil for no TLS
}

// serve answers until the door is shut.
func (d door) serve() error {
	if err := d.srv.Serve(d.ln, d.over); !errors.Is(err, http.ErrServerClosed) {
		return vedette.Wrap(err, vedette.CodeUnavailable, "what listens on %s stopped", d.ln.Addr())
	}
	return nil
}

// entrance is where a portal listens.
type entrance struct {
	ln    net.Listener
	plain net.Listener // nil for none
	own   cert.Source  // nil: it speaks no TLS by itself
	hosts []string     // the names it answers to
}

// entrance opens the portal's ports, and settles where links lead.
func (a *App) entrance(ctx context.Context, c *ServeConfig) (in *entrance, err error) {
	shut, err := a.Desk.Shut(ctx)
	if err != nil {
		return nil, err
	}
	in = &entrance{}
	if in.own, err = a.source(c.TLS); err != nil {
		return nil, err
	}
	if in.ln, err = c.listen(ctx, shut); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			in.close()
		}
	}()
	if c.BaseURL == "" {
		if c.BaseURL, err = linksTo(in.ln, in.own); err != nil {
			return nil, err
		}
	}
	if c.BaseURL, in.hosts, err = public(c.BaseURL); err != nil {
		return nil, err
	}
	if err = c.TLS.links(c.BaseURL); err != nil {
		return nil, err
	}
	if in.own != nil {
		in.hosts = append(in.hosts, in.own.Names()...)
	}
	if c.TLS.Plain != "" {
		var lc net.ListenConfig
		if in.plain, err = lc.Listen(ctx, "tcp", c.TLS.Plain); err != nil {
			return nil, vedette.Wrap(err, vedette.CodeUnavailable, "cannot listen on %s for --listen-http", c.TLS.Plain)
		}
	}
	return in, nil
}

func (in *entrance) close() {
	in.ln.Close()
	if in.plain != nil {
		in.plain.Close()
	}
}

// at says where it is found.
func (in *entrance) at(links string) At {
	at := At{Portal: "http://" + in.ln.Addr().String(), Links: links}
	if in.own != nil {
		at.Portal = "https://" + in.ln.Addr().String()
	}
	if in.plain != nil {
		at.Plain = in.plain.Addr().String()
	}
	return at
}

// doors puts who answers behind the ports.
func (in *entrance) doors(portal http.Handler, c ServeConfig, log *slog.Logger) []door {
	limits := httpd.Usual
	if c.Connections > 0 {
		limits.Conns = c.Connections
	}
	if in.own == nil {
		return []door{{ln: in.ln, srv: httpd.NewServer(limits, log, portal)}}
	}
	out := []door{{in.ln, httpd.NewServer(limits, log, portal), cert.Config(in.own)}}
	if in.plain != nil {
		out = append(out, door{ln: in.plain, srv: httpd.NewServer(limits, log, in.own.Plain(httpd.ToTLS(c.BaseURL)))})
	}
	return out
}

// keep looks after the certificates, nil for nothing.
func (in *entrance) keep() func(context.Context) {
	if in.own == nil {
		return nil
	}
	return func(ctx context.Context) { cert.Keep(ctx, in.own) }
}

// linksTo is where links lead unless it is said: to the name in the certificate, else
// to the address that is listened on.
func linksTo(ln net.Listener, own cert.Source) (string, error) {
	at := ln.Addr().String()
	if own == nil {
		return "http://" + at, nil
	}
	if err := named(own.Names()); err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(at)
	if err != nil {
		return "", err
	}
	return "https://" + strings.TrimSuffix(net.JoinHostPort(own.Names()[0], port), ":443"), nil
}

// usualListen is where a portal listens unless it is said.
const usualListen = "127.0.0.1:8075"

// listen opens the port.
func (c *ServeConfig) listen(ctx context.Context, shut bool) (net.Listener, error) {
	if c.Listen == "" {
		c.Listen = usualListen
	}
	var err error
	if c.outside, err = c.reach(shut); err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", c.Listen)
	return ln, vedette.Wrap(err, vedette.CodeUnavailable, "cannot listen on %s", c.Listen)
}

// reach says whether others reach the portal, or why it must not listen where it is to.
// As long as nobody has to sign in, whoever reaches it sees everyone's whereabouts, so
// only this machine may; and a password, or what is read after it, must not go to
// another in the clear.
func (c *ServeConfig) reach(shut bool) (outside bool, err error) {
	if err := checkListen("--listen", c.Listen); err != nil {
		return false, err
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil || httpd.Loopback(host) || c.InsecureNoAuth {
		return false, err
	}
	switch {
	case !shut:
		return false, vedette.Errorf(vedette.CodeForbidden,
			"refused to listen on %s: nobody has to sign in yet, so anyone who reaches it could read where your people are and publish in your name; make the first administrator (vedette user add), listen on 127.0.0.1, or say --insecure-no-auth if something in front of it keeps strangers out", c.Listen)
	case c.TLS.on():
		return true, nil
	case !strings.HasPrefix(c.BaseURL, "https://"):
		return false, vedette.Errorf(vedette.CodeForbidden,
			"refused to listen on %s: passwords would come to it in the clear; have a proxy in front that speaks TLS, and name its address with --base-url https://…, let it speak TLS by itself (--tls-cert and --tls-key, or --acme), or listen on 127.0.0.1", c.Listen)
	case len(c.Proxies) == 0:
		return false, vedette.Errorf(vedette.CodeForbidden,
			"refused to listen on %s: whoever reaches it past the proxy would speak to it in the clear; name the proxy's own address with --trusted-proxy, let it speak TLS by itself (--tls-cert and --tls-key, or --acme), or listen on 127.0.0.1 where the proxy is on this machine", c.Listen)
	}
	return true, nil
}
