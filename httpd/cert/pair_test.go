package cert

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vedette"
)

var noon = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

// write puts a certificate of a name that ends then, and its key, into two files, each
// in one step as whoever renews does.
func write(t *testing.T, certFile, keyFile, name string, ends time.Time) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	of := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name, "*.example.org"},
		NotBefore: ends.AddDate(0, 0, -90), NotAfter: ends, BasicConstraintsValid: true, IsCA: true}
	der, err := x509.CreateCertificate(rand.Reader, of, of, key.Public(), key)
	must(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	must(t, err)
	put(t, certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	put(t, keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
}

func put(t *testing.T, file string, text []byte) {
	t.Helper()
	must(t, os.WriteFile(file+".new", text, 0o600))
	must(t, os.Rename(file+".new", file))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// serve answers over TLS with a source; name gives the name of the certificate that a
// client sees, over a connection of its own.
func serve(t *testing.T, s Source) (name func() string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) })}
	go srv.Serve(tls.NewListener(ln, Config(s)))
	t.Cleanup(func() { srv.Close() })
	return func() string {
		t.Helper()
		c, err := tls.Dial("tcp", ln.Addr().String(), &tls.Config{InsecureSkipVerify: true})
		must(t, err)
		defer c.Close()
		return c.ConnectionState().PeerCertificates[0].Subject.CommonName
	}
}

func TestACertificateIsSwappedWhileItRuns(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	next := func(name string) string { return filepath.Join(dir, name) }
	write(t, certFile, keyFile, "first.example.org", noon.AddDate(0, 0, 60))
	var log bytes.Buffer
	p, err := Open(certFile, keyFile, slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return noon })
	must(t, err)
	if got := p.Names(); len(got) != 1 || got[0] != "first.example.org" {
		t.Errorf("names: %q", got)
	}
	seen := serve(t, p)
	expect := func(what, want string, lines int) {
		t.Helper()
		if got := seen(); got != want {
			t.Errorf("%s: the client sees %s, want %s", what, got, want)
		}
		seen()
		if n := strings.Count(log.String(), "serves on"); n != lines {
			t.Errorf("%s: said %d times that the earlier one serves on, want %d:\n%s", what, n, lines, log.String())
		}
	}
	expect("as it began", "first.example.org", 0)
	write(t, certFile, keyFile, "second.example.org", noon.AddDate(0, 0, 90))
	expect("a new pair", "second.example.org", 0)

	// The certificate is there, its key is not yet: then both are.
	write(t, next("c"), next("k"), "third.example.org", noon.AddDate(0, 0, 90))
	must(t, os.Rename(next("c"), certFile))
	expect("half of a pair", "second.example.org", 1)
	must(t, os.Rename(next("k"), keyFile))
	expect("the other half", "third.example.org", 1)

	put(t, certFile, []byte("-----BEGIN CERTIFICATE-----\nno\n"))
	expect("a broken one", "third.example.org", 2)
	must(t, os.Remove(certFile))
	expect("none at all", "third.example.org", 3)
	write(t, certFile, keyFile, "ended.example.org", noon.AddDate(0, 0, -1))
	expect("one that has ended", "third.example.org", 4)
	write(t, certFile, keyFile, "fourth.example.org", noon.AddDate(0, 0, 5))
	expect("a sound one", "fourth.example.org", 4)

	p.Look()
	p.Look()
	if n := strings.Count(log.String(), "the portal's certificate ends;"); n != 1 {
		t.Errorf("that it ends within five days is said %d times:\n%s", n, log.String())
	}
	if strings.Contains(log.String(), "PRIVATE") {
		t.Error("the log has a key")
	}
}

func TestAPairThatIsNoneIsRefused(t *testing.T) {
	dir := t.TempDir()
	c1, k1, c2, k2 := filepath.Join(dir, "c1"), filepath.Join(dir, "k1"), filepath.Join(dir, "c2"), filepath.Join(dir, "k2")
	write(t, c1, k1, "one.example.org", noon)
	write(t, c2, k2, "two.example.org", noon)
	for _, pair := range [][2]string{{c1, k2}, {k1, c1}, {c1, filepath.Join(dir, "none")}, {dir, k1}} {
		if _, err := Open(pair[0], pair[1], slog.New(slog.DiscardHandler), time.Now); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%v: %v", pair, err)
		}
	}
	// One that has ended is served, for the portal that does not start warns nobody.
	if _, err := Open(c1, k1, slog.New(slog.DiscardHandler), func() time.Time { return noon.AddDate(1, 0, 0) }); err != nil {
		t.Error(err)
	}
}

func TestNoOldTLS(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "c"), filepath.Join(dir, "k")
	write(t, certFile, keyFile, "one.example.org", noon.AddDate(1, 0, 0))
	p, err := Open(certFile, keyFile, slog.New(slog.DiscardHandler), func() time.Time { return noon })
	must(t, err)
	ln, err := tls.Listen("tcp", "127.0.0.1:0", Config(p))
	must(t, err)
	defer ln.Close()
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			_ = c.(*tls.Conn).Handshake()
			c.Close()
		}
	}()
	for version, ok := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		c, err := tls.Dial("tcp", ln.Addr().String(), &tls.Config{InsecureSkipVerify: true, MinVersion: version, MaxVersion: version, NextProtos: []string{"h2", "http/1.1"}})
		if (err == nil) != ok {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err != nil {
			continue
		}
		if got := c.ConnectionState().NegotiatedProtocol; got != "http/1.1" {
			t.Errorf("%s speaks %q", tls.VersionName(version), got)
		}
		c.Close()
	}
}

func TestForWhatNoCertificateIsAskedFor(t *testing.T) {
	for _, c := range []ACMEConfig{
		{Hosts: []string{"localhost"}}, {Hosts: []string{"192.0.2.1"}}, {Hosts: []string{"*.example.org"}}, {Hosts: []string{"https://desk.example.org"}}, {Hosts: []string{"desk.example.org:443"}},
		{Hosts: []string{"-a.example.org"}}, {Hosts: []string{"a..org"}}, {Hosts: []string{""}},
		{Contact: "desk"}, {Contact: "Desk <desk@example.org>"}, {Contact: "mailto:desk@example.org"},
		{Directory: "http://127.0.0.1/dir"}, {Directory: "ca.example.org"}, {Directory: "https://u:p@ca.example.org"}, {Directory: "ftp://127.0.0.1"}, {Roots: "pair_test.go"}, {Roots: "none"},
	} {
		if err := c.Check(); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%+v: %v", c, err)
		}
	}
	good := ACMEConfig{Hosts: []string{"desk.example.org", "xn--bcher-kva.example"}, Contact: "desk@example.org", Directory: "https://127.0.0.1:14000/dir"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}
