package email_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"testing"

	"github.com/emersion/go-smtp"

	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/email"
)

// certificate is one for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	return &tls.Config{Certificates: web.TLS.Certificates}, roots
}

// behindTLS listens with TLS before a relay.
func behindTLS(t *testing.T, cfg *tls.Config, relay string) string {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", relay)
			if err != nil {
				in.Close()
				return
			}
			go func() { io.Copy(out, in); out.Close() }()
			go func() { io.Copy(in, out); in.Close() }()
		}
	}()
	return l.Addr().String()
}

func TestTLS(t *testing.T) {
	cert, roots := certificate(t)
	plain := delivertest.NewSMTP(t)
	start := delivertest.NewSMTP(t, func(s *smtp.Server) { s.TLSConfig = cert })
	implicit := behindTLS(t, cert, plain.Addr())
	for _, c := range []struct {
		name, addr string
		mode       email.TLSMode
		roots      *x509.CertPool
		want       deliver.Kind
	}{
		{"starttls", start.Addr(), email.TLSStart, roots, deliver.Accepted},
		{"implicit", implicit, email.TLSImplicit, roots, deliver.Accepted},
		{"starttls, certificate not trusted", start.Addr(), email.TLSStart, x509.NewCertPool(), deliver.Retry},
		{"implicit, certificate not trusted", implicit, email.TLSImplicit, x509.NewCertPool(), deliver.Retry},
		{"starttls asked of a relay without it", plain.Addr(), email.TLSStart, roots, deliver.Retry},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := config(c.addr)
			cfg.TLS, cfg.Roots = c.mode, c.roots
			if r := sender(t, cfg).Send(context.Background(), message(1)); r.Kind != c.want {
				t.Errorf("%v: %s", r.Kind, r.Detail)
			}
		})
	}
	if plain.Count()+start.Count() != 2 {
		t.Errorf("%d mails arrived, want 2", plain.Count()+start.Count())
	}
}
