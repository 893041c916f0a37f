package app

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"

	"vedette"
	"vedette/deliver"
	"vedette/desk"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// words is a log that several write to.
type words struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(p)
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}

// serving is an installation that serves until it is ended.
type serving struct {
	t    *testing.T
	a    *App
	at   At
	log  *words
	end  func()
	root *x509.CertPool
}

// serves runs an installation; ready is called once it listens, before it asks anybody.
func serves(t *testing.T, dir string, c ServeConfig, ready func(At)) *serving {
	t.Helper()
	s := &serving{t: t, log: &words{}}
	ctx, cancel := context.WithCancel(t.Context())
	a, err := Open(ctx, Config{Data: dir, Now: time.Now, Log: slog.New(slog.NewTextHandler(s.log, nil))})
	must(t, err)
	up, served := make(chan At, 1), make(chan error, 1)
	c.Senders = []deliver.Sender{}
	c.Ready = func(at At) {
		if ready != nil {
			ready(at)
		}
		up <- at
	}
	go func() { served <- a.Serve(ctx, c) }()
	select {
	case s.at = <-up:
	case err := <-served:
		t.Fatal(err)
	}
	s.a = a
	s.end = sync.OnceFunc(func() {
		cancel()
		must(t, <-served)
		a.Close()
	})
	t.Cleanup(s.end)
	return s
}

// browser is a client that goes where the portal listens, whatever name it asks for,
// and follows no redirect.
func (s *serving) browser() *http.Client {
	to := strings.TrimPrefix(s.at.Portal, "https://")
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.root}, DisableKeepAlives: true,
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, network, to)
			}},
	}
}

// pair writes the certificate of net/http/httptest, of example.com, into two files.
func pair(t *testing.T) (certFile, keyFile string, root *x509.CertPool) {
	t.Helper()
	srv := httptest.NewTLSServer(nil)
	defer srv.Close()
	of := srv.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(of.PrivateKey)
	must(t, err)
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	must(t, os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: of.Certificate[0]}), 0o600))
	must(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}), 0o600))
	root = x509.NewCertPool()
	root.AddCert(srv.Certificate())
	return certFile, keyFile, root
}

func TestThePortalSpeaksTLSByItself(t *testing.T) {
	certFile, keyFile, root := pair(t)
	dir := t.TempDir()
	a, err := Open(t.Context(), Config{Data: dir, Log: slog.New(slog.DiscardHandler)})
	must(t, err)
	_, link, err := a.Desk.AddUser(t.Context(), desk.UserOrder{Name: "Ada", Login: "ada", Role: vedette.RoleAdministrator, By: "Ada"})
	must(t, err)
	const password = "quiet heron ledger 41"
	_, err = a.Desk.SetPassword(t.Context(), link, password)
	must(t, err)
	a.Close()
	s := serves(t, dir, ServeConfig{Listen: "0.0.0.0:0", TLS: TLSConfig{Cert: certFile, Key: keyFile, Plain: "127.0.0.1:0"}}, nil)
	s.root = root
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.at.Portal, "https://"))
	base := "https://example.com:" + port
	if s.at.Links != base || !strings.HasPrefix(s.at.Portal, "https://") {
		t.Errorf("%+v", s.at)
	}
	browser := s.browser()
	resp, err := browser.PostForm(base+"/sign-in", url.Values{"login": {"ada"}, "password": {password}})
	must(t, err)
	resp.Body.Close()
	cookie := resp.Header.Get("Set-Cookie")
	if resp.StatusCode != http.StatusSeeOther || !strings.HasPrefix(cookie, "__Host-vedette-session=") || !strings.Contains(cookie, "; Secure;") {
		t.Errorf("signed in: %d, %q", resp.StatusCode, cookie)
	}
	r, _ := http.NewRequest("GET", base+"/", nil)
	r.AddCookie(resp.Cookies()[0])
	for _, c := range []struct {
		r    *http.Request
		want int
	}{{r, 200}, {mustRequest(base + "/no"), 303}, {mustRequest(base + "/healthz"), 200}, {mustRequest("https://127.0.0.1:" + port + "/metrics"), 200}} {
		resp, err := browser.Do(c.r)
		must(t, err)
		resp.Body.Close()
		if resp.StatusCode != c.want || resp.Header.Get("Strict-Transport-Security") != "max-age=31536000" {
			t.Errorf("%s: %d, %v", c.r.URL.Path, resp.StatusCode, resp.Header)
		}
	}

	// In the clear: to the same page under the name of links; what is posted is not done.
	plain := &http.Client{CheckRedirect: browser.CheckRedirect}
	r = mustRequest("http://" + s.at.Plain + "/r/a%2Fb?x=1")
	r.Host = "evil.example"
	resp, err = plain.Do(r)
	must(t, err)
	resp.Body.Close()
	if to := resp.Header.Get("Location"); resp.StatusCode != http.StatusPermanentRedirect || to != base+"/r/a%2Fb?x=1" {
		t.Errorf("in the clear: %d to %q", resp.StatusCode, to)
	}
	resp, err = plain.PostForm("http://"+s.at.Plain+"/sign-in", url.Values{"login": {"ada"}, "password": {password}})
	must(t, err)
	resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden || resp.Header.Get("Set-Cookie") != "" {
		t.Errorf("a password in the clear: %d", resp.StatusCode)
	}
	resp, err = plain.Get("http://127.0.0.1:" + port + "/")
	must(t, err)
	resp.Body.Close()
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("plain HTTP to the port of TLS: %d", resp.StatusCode)
	}
}

func mustRequest(url string) *http.Request {
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		panic(err)
	}
	return r
}

// authority is Pebble, the certificate authority of Let's Encrypt for tests, with a name
// server that says every name is this machine.
type authority struct {
	url   string
	own   string       // file of the certificate it speaks TLS with itself
	asked atomic.Int64 // for an account, or a certificate
	root  *x509.CertPool
	now   atomic.Pointer[http.Handler]
	names string // address of the name server
}

func newAuthority(t *testing.T) *authority {
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	t.Setenv("PEBBLE_WFE_NONCEREJECT", "0")
	au := &authority{root: x509.NewCertPool()}
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/order-plz" || r.URL.Path == "/sign-me-up" {
			au.asked.Add(1)
		}
		(*au.now.Load()).ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	au.own = filepath.Join(t.TempDir(), "roots.pem")
	must(t, os.WriteFile(au.own, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}), 0o600))
	au.url = srv.URL + wfe.DirectoryPath
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	au.names = ln.Addr().String()
	names := &dns.Server{Listener: ln, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			m.Answer = []dns.RR{&dns.A{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 60}, A: net.IPv4(127, 0, 0, 1)}}
		}
		_ = w.WriteMsg(m)
	})}
	go names.ActivateAndServe()
	t.Cleanup(func() { names.Shutdown() })
	return au
}

// open lets it look at these ports of this machine, as it does at 80 and 443.
func (au *authority) open(plainPort, tlsPort int) {
	quiet := log.New(io.Discard, "", 0)
	kept := db.NewMemoryStore()
	issuer := ca.New(quiet, kept, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {}})
	front := wfe.New(quiet, kept, va.New(quiet, plainPort, tlsPort, false, au.names, kept), issuer, []string{"pebble.example"}, false, false, 1, 1)
	au.root.AddCert(issuer.GetRootCert(0).Cert)
	h := front.Handler()
	au.now.Store(&h)
}

func portOf(at string) int {
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(at, "https://"))
	n, _ := strconv.Atoi(port)
	return n
}

// A certificate of a real authority, over the portal's own port and, where that cannot be
// reached, over plain HTTP. A restart asks for nothing.
func TestACertificateIsAskedFor(t *testing.T) {
	for name, ports := range map[string]func(At) (plain, own int){
		"over TLS":        func(at At) (int, int) { return 1, portOf(at.Portal) },
		"over plain HTTP": func(at At) (int, int) { return portOf(at.Plain), 1 },
	} {
		t.Run(name, func(t *testing.T) {
			au, dir := newAuthority(t), t.TempDir()
			c := ServeConfig{Listen: "127.0.0.1:0", TLS: TLSConfig{ACME: []string{"Desk.Example.org"}, Contact: "desk@example.org", Directory: au.url, Roots: au.own, Plain: "127.0.0.1:0"}}
			s := serves(t, dir, c, func(at At) { au.open(ports(at)) })
			s.root = au.root
			s.visits("desk.example.org")
			if want := "https://desk.example.org:" + strconv.Itoa(portOf(s.at.Portal)); s.at.Links != want {
				t.Errorf("links lead to %s, want %s", s.at.Links, want)
			}
			if _, err := s.browser().Get("https://other.example.org/healthz"); err == nil {
				t.Error("a certificate was given for a stranger's name")
			}
			asked := au.asked.Load()
			s.end()
			onlyKeys(t, filepath.Join(dir, "acme"))
			s = serves(t, dir, c, nil)
			s.root = au.root
			s.visits("desk.example.org")
			if n := au.asked.Load() - asked; n != 0 {
				t.Errorf("the restart asked the authority %d times", n)
			}
		})
	}
}

// visits goes there until there is a certificate.
func (s *serving) visits(host string) {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		resp, err := s.browser().Get("https://" + host + "/healthz")
		if err == nil {
			resp.Body.Close()
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("%v\n%s", err, s.log)
		}
	}
}

// onlyKeys says what else than an account's key and a certificate is kept, and what
// others can read.
func onlyKeys(t *testing.T, dir string) {
	t.Helper()
	var names []string
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		st, err := d.Info()
		if err == nil && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("others can read %s: %s", path, st.Mode())
		}
		if !d.IsDir() {
			names = append(names, d.Name())
		}
		return err
	}))
	if strings.Join(names, " ") != "acme_account+key desk.example.org" {
		t.Errorf("kept: %q", names)
	}
}

// What an authority refuses is said once, and it is not asked again at once.
func TestAnAuthorityThatRefuses(t *testing.T) {
	au := newAuthority(t)
	s := serves(t, t.TempDir(), ServeConfig{Listen: "127.0.0.1:0", TLS: TLSConfig{ACME: []string{"desk.example.org"}, Directory: au.url, Roots: au.own}}, func(At) { au.open(1, 1) })
	s.root = au.root
	for !strings.Contains(s.log.String(), "no certificate could be had") {
		time.Sleep(20 * time.Millisecond)
	}
	asked := au.asked.Load()
	for range 3 {
		if _, err := s.browser().Get("https://desk.example.org/"); err == nil {
			t.Error("over TLS, without a certificate")
		}
	}
	if n := au.asked.Load() - asked; n != 0 || asked == 0 || strings.Count(s.log.String(), "no certificate could be had") != 1 {
		t.Errorf("asked %d times more:\n%s", n, s.log)
	}
}

func TestWhatOfTLSDoesNotGoTogether(t *testing.T) {
	certFile, keyFile, _ := pair(t)
	a := &App{Config: Config{Data: t.TempDir(), Log: slog.New(slog.DiscardHandler), Now: time.Now}}
	for _, c := range []TLSConfig{
		{Cert: certFile}, {Key: keyFile}, {Cert: certFile, Key: keyFile, ACME: []string{"desk.example.org"}}, {Contact: "desk@example.org"}, {Directory: "https://ca.example.org"},
		{Plain: "127.0.0.1:80"}, {Cert: certFile, Key: keyFile, Plain: "80"}, {Cert: keyFile, Key: certFile}, {ACME: []string{"localhost"}},
	} {
		if _, err := a.source(c); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%+v: %v", c, err)
		}
	}
	own := ServeConfig{Listen: "0.0.0.0:0", TLS: TLSConfig{Cert: certFile, Key: keyFile}}
	if outside, err := own.reach(true); err != nil || !outside {
		t.Errorf("with TLS of its own: %v, %v", outside, err)
	}
	if _, err := own.reach(false); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("with TLS of its own, and nobody has to sign in: %v", err)
	}
	if err := named(nil); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("links lead to no name: %v", err)
	}
	if err := own.TLS.links("http://desk.example.org"); vedette.ErrorCode(err) != vedette.CodeInvalid {
		t.Errorf("links in the clear: %v", err)
	}
}

// No secret is in what is said to be wrong, wherever it was written by mistake.
func TestNoFaultRepeatsASecret(t *testing.T) {
	const bad = "imasp://desk:geheim@mail.example.org"
	c := Config{Data: t.TempDir(), Database: bad, KeyText: "geheim"}
	s := ServeConfig{BaseURL: bad, TLS: TLSConfig{ACME: []string{"desk.example.org"}, Directory: bad}, Mail: MailConfig{URL: bad, From: "Desk <desk@example.org>"}, Bounces: BounceConfig{Box: bad, Password: "geheim"}, Workers: 1, Connections: 1}
	said := map[string]bool{}
	for _, f := range append(c.Faults(), s.Faults()...) {
		said[f.Setting] = true
		if strings.Contains(f.Err.Error(), "geheim") {
			t.Errorf("%s: %v", f.Setting, f.Err)
		}
	}
	for _, setting := range []string{"database", "key", "base-url", "acme", "smtp", "bounces"} {
		if !said[setting] {
			t.Errorf("nothing is wrong with %s", setting)
		}
	}
}
