package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vedette"
	"vedette/deliver"
	"vedette/desk"
	"vedette/engine"
	"vedette/httpd"
)

// WorkConfig says how a process works that has no portal.
type WorkConfig struct {
	Plan            bool              // hold the index of people, plan fan-outs and look out, too
	BaseURL         string            // where links lead: the portal's address; it has to be said
	Channels        []vedette.Channel // over which it sends; none: mail and webhooks
	Mail            MailConfig
	Workers         int
	UnreviewedWords bool
	Metrics         string              // host:port for /healthz, /readyz and /metrics, "" for none
	Ready           func(probes string) // called once it works, with the address of the probes
	Senders         []deliver.Sender    // nil: made of Mail and hooks
	Watch           *engine.Watch       // counters, may be nil
}

// plainWork is over what a worker sends unless it is told otherwise. The pace
// of a gateway of text messages or calls is kept by one process.
var plainWork = []vedette.Channel{vedette.ChannelEmail, vedette.ChannelWebhook}

var errNoLinks = vedette.Errorf(vedette.CodeInvalid, "links in messages lead to the portal, and this process has none: name its address with --base-url https://alerts.example.org")

// Work sends, and plans where it is to, until ctx ends; then it drains as
// Serve does.
func (a *App) Work(ctx context.Context, c WorkConfig) error {
	if c.BaseURL == "" {
		return errNoLinks
	}
	base, _, err := public(c.BaseURL)
	if err != nil {
		return err
	}
	ctx = vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaProgram})
	if c.Watch == nil {
		c.Watch = &engine.Watch{}
	}
	free, err := a.sole()
	if err != nil {
		return err
	}
	defer free()
	senders, err := a.workers(c, base)
	if err != nil {
		return err
	}
	limits, err := c.Mail.limits()
	if err != nil {
		return err
	}
	doors, err := a.probes(ctx, c)
	if err != nil {
		return err
	}
	if err := a.takeUpDead(ctx, true); err != nil {
		return err
	}
	kind := "work"
	if c.Plan {
		kind = "work plan"
	}
	eng := a.engine(kind, engine.Config{Senders: senders, Limits: limits, BaseURL: base, Workers: c.Workers, Watch: c.Watch, UnreviewedWords: c.UnreviewedWords, SendOnly: !c.Plan})
	if c.Ready != nil {
		at := ""
		for _, d := range doors {
			at = d.ln.Addr().String()
		}
		c.Ready(at)
	}
	var share func(context.Context)
	if c.Plan {
		share = a.shared
	}
	return a.run(ctx, doors, eng, senders, share)
}

// workers are the senders of a process without a portal.
func (a *App) workers(c WorkConfig, base string) ([]deliver.Sender, error) {
	if c.Senders != nil {
		return c.Senders, nil
	}
	if len(c.Channels) == 0 {
		c.Channels = plainWork
	}
	all, err := a.senders(ServeConfig{BaseURL: base, Mail: c.Mail, Workers: c.Workers})
	if err != nil {
		return nil, err
	}
	var out []deliver.Sender
	for _, s := range all {
		if slices.Contains(c.Channels, s.Channel()) {
			out = append(out, s)
			continue
		}
		s.Close()
	}
	if len(out) == 0 && !c.Plan {
		return nil, vedette.Errorf(vedette.CodeInvalid, "this process would have nothing to do: it sends over none of the channels that are configured, and does not plan")
	}
	return out, nil
}

// engine makes the loops of this process.
func (a *App) engine(kind string, c engine.Config) *engine.Engine {
	c.Store, c.Key, c.Gaz, c.Rosters, c.Now, c.Log = a.Store, a.Key, a.Gaz, a.Rosters, a.Now, a.Log
	c.Worker, c.LinkLife, c.Segments, c.Blocked, c.Speaks = a.worker(kind), desk.LinkLife, a.segments(), a.blocked, a.speaks
	return engine.New(c)
}

// probes is what tells others that a worker is alive, and what it did.
func (a *App) probes(ctx context.Context, c WorkConfig) ([]door, error) {
	if c.Metrics == "" {
		return nil, nil
	}
	reg := prometheus.NewRegistry()
	a.metrics(reg, c.Watch)
	mux := http.NewServeMux()
	httpd.Probes(mux, a.Store.Ping, reg, false)
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", c.Metrics)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "cannot listen on %s for --metrics", c.Metrics)
	}
	return []door{{ln: ln, srv: httpd.NewServer(httpd.Usual, a.Log, mux)}}, nil
}

// run works until ctx ends, and answers at its doors and does what goes on beside where
// there is such.
func (a *App) run(ctx context.Context, doors []door, eng *engine.Engine, senders []deliver.Sender, beside ...func(context.Context)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, at := range a.OldWords() {
		a.Log.Warn("a sealed word was sealed with an earlier installation key, which opens it for whoever has that; seal it anew with vedette key seal", "at", at)
	}
	var wg sync.WaitGroup
	var engErr error
	webErr := make([]error, len(doors))
	wg.Go(func() { Frugal(ctx, a.Store.Engine()) })
	wg.Go(a.Gaz.Warm)
	wg.Go(func() { a.keepTakingUp(ctx) })
	for _, do := range beside {
		if do != nil {
			wg.Go(func() { do(ctx) })
		}
	}
	wg.Go(func() {
		defer cancel()
		engErr = eng.Run(ctx)
	})
	for i, d := range doors {
		wg.Go(func() {
			defer cancel()
			webErr[i] = d.serve()
		})
	}
	<-ctx.Done()
	a.Log.Info("ending: finishing what is on its way; a second Ctrl-C ends at once")
	last, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer done()
	for _, d := range doors {
		if err := d.srv.Shutdown(last); err != nil {
			d.srv.Close()
		}
	}
	wg.Wait()
	for _, s := range senders {
		s.Close()
	}
	return errors.Join(append(webErr, engErr)...)
}
