package cert

import (
	"crypto/tls"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"vedette"
)

// Pair is a certificate and its key in two files. They are looked at whenever somebody
// connects, and read again when they changed: what is broken then is said in the log,
// and the earlier pair serves on.
type Pair struct {
	files [2]string // of the certificate, and of the key
	log   *slog.Logger
	now   func() time.Time

	mu     sync.Mutex
	seen   [2]fs.FileInfo // as they were when they were read last
	cert   *tls.Certificate
	warned time.Time // that it ends soon
}

// Open reads a pair. One that has ended is served all the same, and said in the log:
// a portal that does not start warns nobody.
func Open(certFile, keyFile string, log *slog.Logger, now func() time.Time) (*Pair, error) {
	p := &Pair{files: [2]string{certFile, keyFile}, log: log, now: now}
	seen, err := p.stat()
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the portal's certificate cannot be read")
	}
	cert, err := Read(certFile, keyFile)
	if err != nil {
		return nil, err
	}
	p.seen, p.cert = seen, cert
	return p, nil
}

// Names are those in the certificate.
func (p *Pair) Names() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Names(p.cert)
}

// Names are those a certificate is for, but patterns, and the addresses after them.
func Names(c *tls.Certificate) (out []string) {
	for _, n := range c.Leaf.DNSNames {
		if !strings.Contains(n, "*") {
			out = append(out, strings.ToLower(n))
		}
	}
	for _, ip := range c.Leaf.IPAddresses {
		out = append(out, ip.String())
	}
	return out
}

// Get gives the certificate as it is in the files now, or was when it could be read.
func (p *Pair) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reread()
	return p.cert, nil
}

// Look reads the files where they changed, and says once a day that the certificate
// ends.
func (p *Pair) Look() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reread()
	now := p.now()
	if ends := p.cert.Leaf.NotAfter; endsSoon(p.cert.Leaf, now) && now.Sub(p.warned) >= 24*time.Hour {
		p.warned = now
		p.log.Warn("the portal's certificate ends; write a new one to its file", "file", p.files[0], "ends", ends)
	}
}

// Plain has nothing to say.
func (p *Pair) Plain(next http.Handler) http.Handler { return next }

// reread takes what is in the files where they changed since, if it is sound and has not
// ended. p is locked.
func (p *Pair) reread() {
	seen, err := p.stat()
	if err == nil && same(seen, p.seen) {
		return
	}
	var fresh *tls.Certificate
	if err == nil {
		fresh, err = Read(p.files[0], p.files[1])
	}
	if err == nil && fresh.Leaf.NotAfter.Before(p.now()) {
		err = vedette.Errorf(vedette.CodeInvalid, "the certificate in %s has ended on %s", p.files[0], fresh.Leaf.NotAfter.UTC().Format(time.DateOnly))
	}
	if err != nil {
		if p.seen != seen { // said once of each change
			p.log.Error("the portal's new certificate cannot be used, the earlier one serves on", "err", err)
		}
		p.seen = seen
		return
	}
	p.seen, p.cert, p.warned = seen, fresh, time.Time{}
	p.log.Info("the portal has a new certificate", "file", p.files[0], "ends", fresh.Leaf.NotAfter)
}

// stat looks at the files. One that is not there is said by the others' absence, too.
func (p *Pair) stat() (out [2]fs.FileInfo, err error) {
	for i, f := range p.files {
		if out[i], err = os.Stat(f); err != nil {
			return [2]fs.FileInfo{}, err
		}
	}
	return out, nil
}

func same(a, b [2]fs.FileInfo) bool {
	for i := range a {
		if a[i] == nil || b[i] == nil || !os.SameFile(a[i], b[i]) || a[i].Size() != b[i].Size() || !a[i].ModTime().Equal(b[i].ModTime()) {
			return false
		}
	}
	return true
}

// maxFile bounds a certificate with its chain, and a key, in bytes.
const maxFile = 1 << 20

// Read reads a certificate and its key. An error names the files, and nothing of what
// is in them.
func Read(certFile, keyFile string) (*tls.Certificate, error) {
	var texts [2][]byte
	for i, name := range []string{certFile, keyFile} {
		var err error
		if texts[i], err = readFile(name); err != nil {
			return nil, vedette.Wrap(err, vedette.CodeInvalid, "the portal's certificate cannot be read")
		}
	}
	cert, err := tls.X509KeyPair(texts[0], texts[1])
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "%s and %s are no certificate and its key, as PEM and without a password", certFile, keyFile)
	}
	return &cert, nil
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile))
}
