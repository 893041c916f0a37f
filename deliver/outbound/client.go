// Package outbound calls addresses that others have named: webhooks, gateways,
// push services. Whoever names one is not to reach what lies behind us.
package outbound

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"vedette"
	"vedette/deliver"
)

// Config says how such a client calls.
type Config struct {
	Timeout time.Duration // of one call
	PerHost int           // idle connections kept to one host
	Idle    int           // and in all
	Private error         // what a call of a private address ends with; nil: it may be called
}

// Client makes one that follows no redirect, uses no proxy, speaks TLS 1.2 or
// better, and looks at every address when it dials, after its name was
// resolved: a name that changes its mind between check and connection (DNS
// rebinding) does not pass.
func Client(c Config) *http.Client {
	dialer := &net.Dialer{Timeout: c.Timeout}
	if c.Private != nil {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return look(address, c.Private) }
	}
	return &http.Client{
		Timeout:       c.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:         dialer.DialContext,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: c.Timeout, MaxIdleConnsPerHost: c.PerHost, MaxIdleConns: c.Idle, ForceAttemptHTTP2: true,
			IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 16 << 10, DisableCompression: true,
		},
	}
}

func look(address string, private error) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(host); err != nil || !Public(ip) {
		return private
	}
	return nil
}

// Lost reads a call that came to no answer. One that is refused here is
// Failed, one whose request was out is in Doubt, any other is Retry. secrets
// are what the detail must not show.
func Lost(err error, sent bool, secrets ...string) deliver.Result {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err // the outer one prints the whole address
	}
	if v, ok := errors.AsType[*vedette.Error](err); ok {
		return deliver.Result{Kind: deliver.Failed, Detail: deliver.Detail(v.Error(), secrets...)}
	}
	if sent {
		return deliver.Result{Kind: deliver.Doubt, Detail: deliver.Detail("the request went out and no answer came: "+err.Error(), secrets...)}
	}
	return deliver.Result{Kind: deliver.Retry, Detail: deliver.Detail(err.Error(), secrets...)}
}
