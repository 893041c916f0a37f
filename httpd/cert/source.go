// Package cert is where the portal's own certificates come from: two files, read again
// when they change, or a certificate authority that is asked by ACME (RFC 8555).
package cert

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"time"

	"golang.org/x/crypto/acme"
)

// Source gives certificates.
type Source interface {
	// Names are those that the certificates are for, the first first.
	Names() []string
	// Get gives the certificate of a connection.
	Get(*tls.ClientHelloInfo) (*tls.Certificate, error)
	// Look looks whether all is well, and says in the log what is not.
	Look()
	// Plain answers what a certificate authority asks over plain HTTP; all else is for
	// next.
	Plain(next http.Handler) http.Handler
}

// Config is how TLS is spoken with the certificates of a source. HTTP/2 is not: by
// HTTP/1.1 a connection asks for one thing at a time, so that a bound of connections is
// one of all that is answered at once.
func Config(s Source) *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"http/1.1", acme.ALPNProto},
		GetCertificate: s.Get,
	}
}

// lookEvery is how often a source is looked at though nobody comes.
const lookEvery = time.Minute

// Keep looks at a source until ctx ends. It does not wait for a look that asks somebody
// outside.
func Keep(ctx context.Context, s Source) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.Look()
		}()
		select {
		case <-ctx.Done():
			return
		case <-done:
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// endsSoon says whether less than a tenth of a certificate's life is left: whatever
// renews it should have by then.
func endsSoon(leaf *x509.Certificate, now time.Time) bool {
	return leaf.NotAfter.Sub(now) < leaf.NotAfter.Sub(leaf.NotBefore)/10
}
