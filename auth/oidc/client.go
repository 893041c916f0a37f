package oidc

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// The bounds of one call of the provider.
const (
	callFor = 10 * time.Second
	maxBody = 1 << 20
)

// client makes what calls the provider: it follows nobody elsewhere, waits for nobody
// long, and reads no more than somebody can be said in. The provider is named by whoever
// runs the installation, and may be in the house.
var client = sync.OnceValue(func() *http.Client {
	dialer := &net.Dialer{Timeout: callFor}
	return &http.Client{
		Timeout:       callFor,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: bounded{&http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: callFor, ResponseHeaderTimeout: callFor, MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConns: 4, IdleConnTimeout: 30 * time.Second, ForceAttemptHTTP2: true,
		}},
	}
})

// bounded bounds what is read of an answer.
type bounded struct{ http.RoundTripper }

// RoundTrip asks.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	a, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		a.Body = &body{a.Body, maxBody}
	}
	return a, err
}

type body struct {
	io.ReadCloser
	left int
}

var errLong = errors.New("the identity provider answers with more than is read")

// Read reads no more than the bound.
func (b *body) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLong
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
