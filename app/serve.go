package app

import (
	"context"
	"fmt"
	"net"
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
	Listen          string   // host:port, default 127.0.0.1:8075
	InsecureNoAuth  bool     // allow an address that others can reach, though nobody has to sign in or over no TLS
	BaseURL         string   // where links lead; default http://<listen>
	Proxies         []string // addresses, or ranges, of those that pass requests on, besides this machine
	Mail            MailConfig
	Bounces         BounceConfig
	Workers         int                    // concurrent sends
	UnreviewedWords bool                   // short forms of advice in languages whose words nobody has reviewed
	Demo            http.Handler           // pages under /demo/
	Ready           func(at, links string) // called once it listens
	Senders         []deliver.Sender       // nil: made of Mail and hooks
	Watch           *engine.Watch          // counters, may be nil

	outside bool // it listens where others reach it
}

// Serve runs portal and engine until ctx ends, then drains: what is on its
// way is finished and written down.
func (a *App) Serve(ctx context.Context, c ServeConfig) error {
	ctx = vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaProgram})
	shut, err := a.Desk.Shut(ctx)
	if err != nil {
		return err
	}
	ln, err := c.listen(ctx, shut)
	if err != nil {
		return err
	}
	defer ln.Close()
	if c.BaseURL == "" {
		c.BaseURL = "http://" + ln.Addr().String()
	}
	var hosts []string
	if c.BaseURL, hosts, err = public(c.BaseURL); err != nil {
		return err
	}
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
	reg := prometheus.NewRegistry()
	a.metrics(reg, c.Watch)
	handler, err := a.handler(c, reg, hosts)
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
	a.warn(c, hosts)
	eng := a.engine("serve", engine.Config{Senders: senders, Limits: limits, BaseURL: c.BaseURL, Workers: c.Workers, Watch: c.Watch, UnreviewedWords: c.UnreviewedWords})
	if c.Ready != nil {
		c.Ready(ln.Addr().String(), c.BaseURL)
	}
	return a.run(ctx, ln, httpd.Server(handler), eng, senders, back)
}

// listen opens the port. As long as nobody has to sign in, whoever reaches the portal
// sees everyone's whereabouts, so only this machine may; and a password, or what
// is read after it, must not go to another in the clear.
func (c *ServeConfig) listen(ctx context.Context, shut bool) (net.Listener, error) {
	if c.Listen == "" {
		c.Listen = "127.0.0.1:8075"
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no address to listen on; write host:port, like 127.0.0.1:8075", c.Listen)
	}
	switch outside := !httpd.Loopback(host); {
	case c.InsecureNoAuth || !outside:
	case !shut:
		return nil, vedette.Errorf(vedette.CodeForbidden,
			"refused to listen on %s: nobody has to sign in yet, so anyone who reaches it could read where your people are and publish in your name; make the first administrator (vedette user add), listen on 127.0.0.1, or say --insecure-no-auth if something in front of it keeps strangers out", c.Listen)
	case outside && !c.InsecureNoAuth:
		c.outside = true
	}
	switch {
	case !c.outside:
	case !strings.HasPrefix(c.BaseURL, "https://"):
		return nil, vedette.Errorf(vedette.CodeForbidden,
			"refused to listen on %s: passwords would come to it in the clear; have a proxy in front that speaks TLS, and name its address with --base-url https://…, or listen on 127.0.0.1", c.Listen)
	case len(c.Proxies) == 0:
		return nil, vedette.Errorf(vedette.CodeForbidden,
			"refused to listen on %s: whoever reaches it past the proxy would speak to it in the clear; name the proxy's own address with --trusted-proxy, or listen on 127.0.0.1 where it is on this machine", c.Listen)
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", c.Listen)
	return ln, vedette.Wrap(err, vedette.CodeUnavailable, "cannot listen on %s", c.Listen)
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

func (a *App) handler(c ServeConfig, reg *prometheus.Registry, hosts []string) (http.Handler, error) {
	proxies, err := prefixes(c.Proxies)
	if err != nil {
		return nil, err
	}
	limits, err := c.Mail.shown()
	if err != nil {
		return nil, err
	}
	return web.New(web.Config{MailLimits: limits, Desk: a.Desk, BaseURL: c.BaseURL, Gaz: a.Gaz, Now: a.Now, Log: a.Log, Demo: c.Demo, Registry: reg,
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
