package cert

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"vedette"
)

// ACMEConfig says for which names a certificate authority is asked.
type ACMEConfig struct {
	Hosts     []string // the names, the first is the one that links lead to
	Contact   string   // a mail address the authority may write to, "" for none
	Directory string   // where the authority is found, "" for Let's Encrypt
	Roots     string   // file of the certificates that the authority's own is signed by, "" for those the machine trusts
	Dir       string   // where the account's key and the certificates are kept
	Log       *slog.Logger
	Now       func() time.Time
}

// Check says what is wrong with it.
func (c ACMEConfig) Check() error {
	for _, n := range c.Hosts {
		if !isHost(n) {
			return vedette.Errorf(vedette.CodeInvalid, "%q is no name a certificate can be had for; write the portal's own, like desk.example.org", n)
		}
	}
	if a, err := mail.ParseAddress(c.Contact); c.Contact != "" && (err != nil || a.Address != c.Contact) {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no mail address that a certificate authority could write to; write desk@example.org", c.Contact)
	}
	u, err := url.Parse(c.directory())
	if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "https" {
		return vedette.Errorf(vedette.CodeInvalid, "that is no directory of a certificate authority; write an https address, like %s", acme.LetsEncryptURL)
	}
	_, err = c.client()
	return err
}

// askTime bounds one question to an authority.
const askTime = time.Minute

// client is what asks.
func (c ACMEConfig) client() (*http.Client, error) {
	if c.Roots == "" {
		return &http.Client{Timeout: askTime}, nil
	}
	text, err := readFile(c.Roots)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the certificates that the authority is known by cannot be read")
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%s holds no certificate as PEM that the authority could be known by", c.Roots)
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{RootCAs: roots}
	return &http.Client{Timeout: askTime, Transport: t}, nil
}

func (c ACMEConfig) directory() string { return cmp.Or(c.Directory, acme.LetsEncryptURL) }

// isHost says whether a name is one of the DNS, and no pattern, and not of this machine
// alone.
func isHost(name string) bool {
	if _, err := netip.ParseAddr(name); err == nil || len(name) > 253 || !strings.Contains(name, ".") {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		odd := strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-")
		if label == "" || len(label) > 63 || odd != "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return true
}

// ACME has certificates from an authority. It asks for the first at the start, renews
// when a third of the life is left, and says in the log what fails.
type ACME struct {
	ACMEConfig
	manager *autocert.Manager

	mu     sync.Mutex
	failed map[string]failure
	warned map[string]time.Time
}

// failure is that no certificate could be had.
type failure struct {
	err   error
	wait  time.Duration
	until time.Time // nobody is asked again before
}

// How long an authority is not asked again after it failed: authorities count tries.
const (
	firstWait = 2 * time.Minute
	mostWait  = 30 * time.Minute
)

// NewACME makes such a source. It asks nobody yet.
func NewACME(c ACMEConfig) (*ACME, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	u, err := url.Parse(c.directory())
	if err != nil {
		return nil, err
	}
	// Of each authority apart: a trial's certificate is none.
	dir := filepath.Join(c.Dir, strings.ReplaceAll(u.Host, ":", "_"))
	if err := writable(dir); err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "certificates cannot be kept in %s", dir)
	}
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	a := &ACME{ACMEConfig: c, failed: map[string]failure{}, warned: map[string]time.Time{}}
	a.manager = &autocert.Manager{
		Prompt: autocert.AcceptTOS,
		Cache:  folder{autocert.DirCache(dir)},
		Email:  c.Contact,
		Client: &acme.Client{DirectoryURL: c.directory(), UserAgent: "vedette", HTTPClient: client},
		HostPolicy: func(_ context.Context, host string) error {
			if !a.ours(host) {
				return vedette.Errorf(vedette.CodeForbidden, "no certificate is asked for by that name")
			}
			return nil
		},
	}
	return a, nil
}

// writable makes a directory for its owner alone and says whether files can be made in
// it: without them each start would ask for a new certificate, and authorities count.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "try")
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}

// folder keeps what a restart needs: the account's key, and certificates. What an
// authority asks while it looks is gone with it.
type folder struct{ autocert.DirCache }

// Put keeps one piece.
func (f folder) Put(ctx context.Context, name string, text []byte) error {
	if strings.HasSuffix(name, "+token") || strings.HasSuffix(name, "+http-01") {
		return nil
	}
	return f.DirCache.Put(ctx, name, text)
}

func (a *ACME) ours(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return slices.Contains(a.Hosts, strings.ToLower(strings.TrimSuffix(host, ".")))
}

// Names are those it asks for.
func (a *ACME) Names() []string { return a.Hosts }

// Plain answers the authority's questions over plain HTTP (HTTP-01).
func (a *ACME) Plain(next http.Handler) http.Handler { return a.manager.HTTPHandler(next) }

// Get gives the certificate of a name. Whoever names none, as a probe of this machine
// does, gets the first's.
func (a *ACME) Get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	asked := *hello
	if asked.ServerName == "" {
		asked.ServerName = a.Hosts[0]
	}
	if !a.ours(asked.ServerName) || slices.Equal(asked.SupportedProtos, []string{acme.ALPNProto}) {
		return a.manager.GetCertificate(&asked)
	}
	name := strings.ToLower(strings.TrimSuffix(asked.ServerName, "."))
	if err := a.waits(name); err != nil {
		return nil, err
	}
	cert, err := a.manager.GetCertificate(&asked)
	a.note(name, cert, err)
	return cert, err
}

// waits gives why a name has no certificate, while nobody is asked again.
func (a *ACME) waits(name string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if f := a.failed[name]; a.Now().Before(f.until) {
		return f.err
	}
	return nil
}

// note says in the log what came of asking, once of each try.
func (a *ACME) note(name string, cert *tls.Certificate, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.Now()
	f, was := a.failed[name]
	switch {
	case err != nil && now.Before(f.until): // another connection waited for the same try
	case err != nil:
		f.err, f.wait = err, min(max(2*f.wait, firstWait), mostWait)
		f.until = now.Add(f.wait)
		a.failed[name] = f
		a.Log.Error("no certificate could be had; nobody can come by this name over TLS", "name", name, "again", f.wait, "err", err)
		return
	case was:
		delete(a.failed, name)
	}
	if err != nil || cert.Leaf == nil {
		return
	}
	if endsSoon(cert.Leaf, now) && now.Sub(a.warned[name]) >= 24*time.Hour {
		a.warned[name] = now
		a.Log.Error("the portal's certificate ends and could not be renewed; look whether the authority reaches this machine", "name", name, "ends", cert.Leaf.NotAfter, "authority", a.directory())
	}
}

// Look has a certificate of each name, as a browser would ask for it.
func (a *ACME) Look() {
	for _, n := range a.Hosts {
		_, _ = a.Get(&tls.ClientHelloInfo{ServerName: n, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}}) // said in the log
	}
}
