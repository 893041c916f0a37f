package httpd

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// MaxBody is how many bytes a request body may have where Config says
// nothing. A page that wants less sets its own, lower bound.
const MaxBody = 1 << 20

// Config is what the ground is laid with. Log and Now are needed.
type Config struct {
	Log *slog.Logger
	Now func() time.Time

	// Registry takes the request figures; nil counts nothing.
	Registry prometheus.Registerer
	// Loopback refuses requests whose Host is no loopback name or address,
	// so that a foreign site cannot reach a local server by renaming it.
	Loopback bool
	// Hosts are further names to answer to while Loopback is set: the public
	// name behind a proxy. Without port.
	Hosts []string
	// SecretPaths are prefixes ("/r/") under which the rest of the path is
	// itself a secret. It is never logged, and whoever holds it needs no
	// other proof, so a form may be posted from a page without origin.
	SecretPaths []string
	// Secure says that all is served over TLS, by us or by a proxy in front.
	Secure bool
	// MaxBody bounds request bodies, in bytes; 0 is MaxBody.
	MaxBody int64
	// Larger are the paths whose bodies may be larger, each with its bound.
	Larger map[string]int64
}

// Ground lays the ground under a handler. Put it around everything that is
// served, once.
func Ground(c Config, next http.Handler) http.Handler {
	if c.MaxBody == 0 {
		c.MaxBody = MaxBody
	}
	h := compress(sameOrigin(c, next))
	h = boundBody(c.MaxBody, c.Larger, h)
	h = knownHost(c, h)
	h = headers(c.Secure, h)
	return watch(c, h)
}

// boundBody stops reading a body at so many bytes.
func boundBody(most int64, larger map[string]int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody { // which others know it by
			r.Body = http.MaxBytesReader(w, r.Body, max(most, larger[r.URL.Path]))
		}
		next.ServeHTTP(w, r)
	})
}
