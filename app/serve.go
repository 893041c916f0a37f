package app

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/email"
	"vedette/deliver/sms"
	"vedette/deliver/webhook"
	"vedette/engine"
	"vedette/httpd"
	"vedette/web"
)

// ServeConfig says how an installation serves and sends.
type ServeConfig struct {
	Listen          string // host:port, default 127.0.0.1:8075
	InsecureNoAuth  bool   // allow an address that others can reach, though nobody has to sign in or over no TLS
	BaseURL         string // where links lead; default http://<listen>
	TLS             TLSConfig
	Proxies         []string // addresses, or ranges, of those that pass requests on, besides this machine
	Mail            MailConfig
	Bounces         BounceConfig
	OIDC            OIDCConfig
	SecondFactor    string       // always, or when-it-matters, which "" is, too
	Connections     int          // that the portal answers at once, 0 for the usual
	Workers         int          // concurrent sends
	UnreviewedWords bool         // short forms of advice in languages whose words nobody has reviewed
	Demo            http.Handler // pages under /demo/
	Ready           func(At)     // called once it listens
	Manifest        ManifestConfig
	Senders         []deliver.Sender // nil: made of Mail and hooks
	Watch           *engine.Watch    // counters, may be nil

	outside bool // it listens where others reach it
}

// At is where an installation is found that serves.
type At struct {
	Portal string // http://host:port, or https
	Plain  string // host:port where plain HTTP leads to TLS, "" for none
	Links  string // where links in messages lead
	Code   string // by which the first administrator is made, "" where there is one
}

// Serve runs portal and engine until ctx ends, then drains: what is on its
// way is finished and written down.
func (a *App) Serve(ctx context.Context, c ServeConfig) error {
	ctx = vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaProgram})
	in, err := a.entrance(ctx, &c)
	if err != nil {
		return err
	}
	defer in.close()
	if c.Workers < 0 {
		return vedette.Errorf(vedette.CodeInvalid, "%d workers cannot send; give 1 or more", c.Workers)
	}
	if c.Watch == nil {
		c.Watch = &engine.Watch{}
	}
	senders, err := a.senders(c)
	if err != nil {
		return err
	}
	limits, err := c.Mail.limits()
	if err != nil {
		return err
	}
	back, err := c.Bounces.reader(a)
	if err != nil {
		return err
	}
	kept, err := a.manifests(c.Manifest)
	if err != nil {
		return err
	}
	reg := prometheus.NewRegistry()
	a.metrics(reg, c.Watch)
	if kept != nil {
		reg.MustRegister(kept)
	}
	handler, err := a.handler(c, reg, in.hosts, kept)
	if err != nil {
		return err
	}
	free, err := a.sole()
	if err != nil {
		return err
	}
	defer free()
	if err := a.takeUpDead(ctx, true); err != nil {
		return err
	}
	a.warn(c, in.hosts)
	eng := a.engine("serve", engine.Config{Senders: senders, Limits: limits, BaseURL: c.BaseURL, Workers: c.Workers, Watch: c.Watch, UnreviewedWords: c.UnreviewedWords})
	if c.Ready != nil {
		at := in.at(c.BaseURL)
		if c.Demo == nil {
			if at.Code, err = a.Desk.NewWelcome(ctx); err != nil {
				return err
			}
		}
		c.Ready(at)
	}
	return a.run(ctx, in.doors(handler, c, a.Log), eng, senders, back, in.keep(), a.shared, a.shelved, kept.loop())
}

func (a *App) senders(c ServeConfig) ([]deliver.Sender, error) {
	if c.Senders != nil {
		return c.Senders, nil
	}
	hooks := webhook.New(webhook.Config{AllowPrivate: a.AllowPrivateHooks, Now: a.Now})
	out := []deliver.Sender{hooks}
	if a.SMS != nil {
		texts := *a.SMS
		if u, err := url.Parse(c.BaseURL); err == nil && (texts.AllowPrivate || !httpd.Loopback(u.Hostname())) {
			texts.Callback = c.BaseURL // no gateway out there finds this machine by a name of its own
		}
		out = append(out, sms.New(&texts, 0))
	}
	if calls := a.caller(c.BaseURL); calls != nil {
		out = append(out, calls)
	}
	if a.Push != "" {
		out = append(out, a.pushes())
	}
	if c.Mail.URL == "" {
		a.Log.Warn("no mail server is configured (--smtp): mails stay queued until there is one")
		return out, nil
	}
	mc, err := c.Mail.parse(a.Now)
	if err != nil {
		return nil, err
	}
	if c.Workers > 0 {
		mc.Conns = c.Workers
	}
	if a.Providers != nil {
		mc.Named = a.Providers.Headers()
	}
	mails, err := email.New(mc)
	if err != nil {
		return nil, err
	}
	return append(out, mails), nil
}

func (a *App) handler(c ServeConfig, reg *prometheus.Registry, hosts []string, kept *manifests) (http.Handler, error) {
	proxies, err := prefixes(c.Proxies)
	if err != nil {
		return nil, err
	}
	limits, err := c.Mail.shown()
	if err != nil {
		return nil, err
	}
	if err := checkFactor(c.SecondFactor); err != nil {
		return nil, err
	}
	provider, err := c.OIDC.provider(c.BaseURL, a.Now)
	if err != nil {
		return nil, err
	}
	return web.New(web.Config{Provider: provider, SecondFactor: c.SecondFactor == factorAlways, MailLimits: limits, Manifest: kept.state, Desks: a.Desks, BaseURL: c.BaseURL, Gaz: a.Gaz, Now: a.Now, Log: a.Log, Demo: c.Demo, Registry: reg,
		Loopback: !c.InsecureNoAuth, Hosts: hosts, Outside: c.outside, Proxies: proxies, Ready: a.Store.Ping})
}

// prefixes reads addresses and ranges.
func prefixes(list []string) (out []netip.Prefix, err error) {
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if a, aerr := netip.ParseAddr(s); aerr == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil || p.Bits() == 0 {
			return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no address of a proxy; write 192.0.2.7, or a range such as 192.0.2.0/28", s)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// public reads the address that links lead to, and the host in it: requests
// for it are ours, also when a proxy passes them on to a loopback address.
func public(base string) (string, []string, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		if strings.Contains(base, "@") {
			base = "that" // it may hold a password
		}
		return "", nil, vedette.Errorf(vedette.CodeInvalid, "%q is no address for links; write --base-url https://alerts.example.org", base)
	}
	u.Host = strings.ToLower(u.Host)
	return strings.TrimRight(u.String(), "/"), []string{u.Hostname()}, nil
}

// WelcomeLink is where somebody sets their password, by the secret of their link.
func WelcomeLink(base, link string) (string, error) {
	at, _, err := public(base)
	return at + web.WelcomePath + link, err
}

// warn says what will not work for people outside.
func (a *App) warn(c ServeConfig, hosts []string) {
	if relay := c.Mail.host(); relay != "" && !httpd.Loopback(relay) && (httpd.Loopback(hosts[0]) || hosts[0] == "::" || hosts[0] == "0.0.0.0") {
		a.Log.Warn("reply links lead to this machine, where nobody outside can open them: name a public address with --base-url", "links", c.BaseURL)
	}
}

// metrics registers what the engine counts.
func (a *App) metrics(reg *prometheus.Registry, w *engine.Watch) {
	for name, of := range map[string]struct {
		help string
		n    func() int64
	}{
		"notices_planned":     {"Notices planned.", w.Planned.Load},
		"deliveries_accepted": {"Deliveries accepted by their channel.", w.Accepted.Load},
		"deliveries_failed":   {"Deliveries failed for good.", w.Failed.Load},
		"deliveries_retried":  {"Tries that are to be repeated.", w.Retried.Load},
		"deliveries_doubtful": {"Deliveries given up without knowing whether they were accepted.", w.Doubtful.Load},
		"deliveries_withheld": {"Deliveries withheld by a stop or a newer update.", w.Withheld.Load},
	} {
		reg.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: fmt.Sprintf("vedette_%s_total", name), Help: of.help,
		}, func() float64 { return float64(of.n()) }))
	}
	reg.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "vedette_deliveries_in_flight", Help: "Deliveries being sent now.",
	}, func() float64 { return float64(w.InFlight.Load()) }))
	reg.MustRegister(&canaries{a})
}

// JoinLink is where somebody brings in their organisation, by the secret of an
// invitation.
func JoinLink(base, link string) (string, error) {
	at, _, err := public(base)
	return at + web.JoinPath + link, err
}

// PageLink is where the link to somebody's own page leads.
func PageLink(base, token string) (string, error) {
	at, _, err := public(base)
	return at + web.MinePath + token, err
}
