package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vedette/auth/oidc"
	"vedette/auth/passkey"
	"vedette/deliver/voice"
	"vedette/desk"
	"vedette/draw"
	"vedette/gazetteer"
	"vedette/httpd"
)

// replyPath is where reply links begin; what follows is the link's secret.
const replyPath = "/r/"

// Config is what the portal is made with. Desks, or Desk where there is one, Gaz, Now
// and Log are needed.
type Config struct {
	Desks *desk.Desks
	Desk  *desk.Desk
	Gaz   *gazetteer.Gazetteer
	Now   func() time.Time
	Log   *slog.Logger

	// BaseURL is where links and gateways' calls lead: what gateways sign.
	BaseURL string
	// Demo, if any, is mounted at /demo/ and named in the navigation.
	Demo http.Handler
	// Registry takes the request figures and is what /metrics shows; nil:
	// there is no /metrics.
	Registry *prometheus.Registry
	// Ready says for /readyz whether the work can be done; nil: always.
	Ready func(context.Context) error
	// Loopback answers only to loopback names, and to Hosts: set it while
	// the portal listens on loopback.
	Loopback bool
	Hosts    []string
	// Outside: it listens where others reach it. Then whoever works with it comes over
	// TLS, or past one of Proxies, or one on this machine, which speak it.
	Outside bool
	Proxies []netip.Prefix
	// Provider is the identity provider that people sign in by, nil for none.
	Provider *oidc.Provider
	// SecondFactor: whoever signs in shows a second factor, before they see anything.
	SecondFactor bool
	// Manifest says how it goes with an organisation's manifests, by its short name; false
	// where none are written. nil: none are.
	Manifest func(handle string) (ManifestState, bool)
	// MailLimits are shown with the channels.
	MailLimits []MailLimit
}

// portal is what one organisation sees.
type portal struct {
	Config
	mux     *http.ServeMux
	pages   pages
	static  *staticFiles
	maps    draw.Kept
	world   sync.Map // language → *drawnWorld
	worlds  sync.Map // worldReader to *writtenWorld
	written written

	party      *passkey.Party // whom passkeys are made for; nil where there are none
	noPasskeys error          // why there are none
	looked     lookedAt
	live       *live
	printing   chan struct{} // of all organisations: has room for those whose turn it is
}

// New makes the portal, on the ground of package httpd. A template or file
// that is broken is found here.
func New(c Config) (http.Handler, error) {
	if c.Desks == nil {
		c.Desks = desk.Alone(c.Desk)
	}
	if c.Ready == nil {
		c.Ready = func(context.Context) error { return nil }
	}
	files, err := loadStatic()
	if err != nil {
		return nil, err
	}
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", &front{Config: c, pages: pages, static: files, open: map[*desk.Desk]*portal{}, printing: make(chan struct{}, mostPrinting)})
	ground := httpd.Config{Log: c.Log, Now: c.Now, Loopback: c.Loopback, Hosts: c.Hosts, Secure: hsts(c.BaseURL), SecretPaths: []string{replyPath, WelcomePath, JoinPath, textPath, mailPath, voice.Path}, Larger: importBounds}
	var figures prometheus.Gatherer
	if c.Registry != nil {
		ground.Registry, figures = c.Registry, c.Registry
	}
	httpd.Probes(mux, c.Ready, figures, c.Loopback)
	return httpd.Ground(ground, mux), nil
}
