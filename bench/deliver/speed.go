package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/child"
	"vedette/bench/figure"
	"vedette/deliver/email"
)

// speed measures what is asked on each engine, plain and, where it is wanted,
// with TLS and DKIM.
func speed(ctx context.Context, c config) ([]figure.Figure, error) {
	var out []figure.Figure
	for _, engine := range c.engines() {
		for _, protected := range []bool{false, true} {
			if protected && !c.tls {
				continue
			}
			rs, err := c.deliver(ctx, engine, protected)
			if err != nil {
				return nil, fmt.Errorf("delivering on %s: %w", engine, err)
			}
			out = append(out, rs...)
		}
	}
	return out, nil
}

// run is one measured delivery.
type delivery struct {
	config
	*place
	ca, dkim string
	sink     *child.Child
	addr     string
}

func (c config) deliver(ctx context.Context, engine string, protected bool) ([]figure.Figure, error) {
	p, err := c.place(ctx, engine)
	if err != nil {
		return nil, err
	}
	defer p.end()
	d := &delivery{config: c, place: p}
	if err := d.fill(ctx, c.recipients); err != nil {
		return nil, err
	}
	var args []string
	if protected {
		d.ca, d.dkim = filepath.Join(p.dir, "ca.pem"), filepath.Join(p.dir, "dkim.key")
		if err := app.NewDKIM(d.dkim); err != nil {
			return nil, err
		}
		args = []string{"-ca", d.ca}
	}
	var hello taken
	if d.sink, err = child.Start(ctx, &hello, nil, "sink", args...); err != nil {
		return nil, err
	}
	defer d.sink.Kill()
	d.addr = hello.Addr
	return d.measure(ctx)
}

// sender starts the sender and waits until it is warm.
func (d *delivery) sender(ctx context.Context) (*child.Child, error) {
	url, env := "smtp://"+d.addr+"?tls=none", []string{}
	if d.ca != "" {
		url, env = "smtp://"+d.addr, []string{"SSL_CERT_FILE=" + d.ca}
	}
	args := []string{"-data", d.dir, "-database", d.database, "-smtp", url, "-dkim", d.dkim}
	if d.profile != "" {
		args = append(args, "-cpuprofile", d.profile+"."+d.engine)
	}
	var ready map[string]bool
	return child.Start(ctx, &ready, env, "sender", args...)
}

func (d *delivery) measure(ctx context.Context) ([]figure.Figure, error) {
	s, err := d.sender(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	stop := s.Watch(ctx)
	defer stop()
	cpu, sunk, began := s.Used(), d.sink.Used(), time.Now()
	var u published
	if err := s.Ask(&u, "publish %d", d.recipients); err != nil {
		return nil, err
	}
	if err := d.accepted(ctx, s); err != nil {
		return nil, err
	}
	took := time.Since(began)
	cpu, sunk = s.Used()-cpu, d.sink.Used()-sunk
	var got taken
	if err := d.sink.Ask(&got, "sample"); err != nil {
		return nil, err
	}
	stop()
	if err := s.End(); err != nil {
		return nil, err
	}
	if err := d.agree(ctx, &u, &got); err != nil {
		return nil, err
	}
	limit, err := d.bare(ctx, got.Sample)
	if err != nil {
		return nil, err
	}
	return d.results(&u, &got, s, took, []time.Duration{cpu, sunk}, limit), nil
}

// accepted waits until the sender has written down that all are accepted.
func (d *delivery) accepted(ctx context.Context, s *child.Child) error {
	for {
		var n map[string]int64
		if err := s.Ask(&n, "counts"); err != nil {
			return err
		}
		if n["failed"]+n["doubtful"] > 0 {
			return fmt.Errorf("%d deliveries failed, %d in doubt", n["failed"], n["doubtful"])
		}
		if n["accepted"] >= int64(d.recipients) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// agree holds ledger and sink against each other.
func (d *delivery) agree(ctx context.Context, u *published, got *taken) error {
	a, err := d.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	t, err := a.Store.In(a.Org.Key).Tally(ctx, u.Key)
	if err != nil {
		return err
	}
	if t.Deliveries[vedette.DeliveryAccepted] != d.recipients || got.People != d.recipients || got.Repeats > 0 {
		return fmt.Errorf("the ledger says %v; the sink took %d mails of %d people, %d repeats", t.Deliveries, got.Taken, got.People, got.Repeats)
	}
	return nil
}

// bare gives how many mails a second the sink takes of a bare client.
func (d *delivery) bare(ctx context.Context, wire []byte) (bareTook, error) {
	file, n := filepath.Join(d.dir, "mail"), min(d.recipients, 100_000)
	if err := os.WriteFile(file, wire, 0o600); err != nil {
		return bareTook{}, err
	}
	var took bareTook
	b, err := child.Start(ctx, &took, nil, "bare", "-addr", d.addr, "-mail", file, "-ca", d.ca, "-n", strconv.Itoa(n))
	if err != nil {
		return took, err
	}
	took.n = float64(n)
	return took, b.End()
}

// bareTook is what a bare client took for n mails.
type bareTook struct{ Seconds, CPU, n float64 }

func (d *delivery) results(u *published, got *taken, s *child.Child, took time.Duration, cpu []time.Duration, bare bareTook) []figure.Figure {
	what, n := d.engine, float64(d.recipients)
	rate := figure.Figure{Value: n / took.Seconds(), Unit: "accepted/s", Asked: 5000, Limit: bare.n / bare.Seconds, Of: "the bare client"}
	if d.ca != "" {
		what, rate.Asked = what+", TLS and DKIM", 0
	}
	rate.Name = fmt.Sprintf("%d mails, %s", d.recipients, what)
	rate.Note = fmt.Sprintf("publish → the ledger says accepted, %.1f s; mails of %.1f kB, %.1f kB of it HTML; all processes on the same cores", took.Seconds(), float64(len(got.Sample))/1e3, float64(html(got.Sample))/1e3)
	perMail := func(d time.Duration) float64 { return float64(d.Microseconds()) / n }
	return []figure.Figure{
		rate,
		{Name: "  publish → first mail taken", Value: float64(got.First-u.Began) / 1e9, Unit: "s", Asked: 1, AtMost: true,
			Note: fmt.Sprintf("of it %.2f s until it was published", float64(u.Ended-u.Began)/1e9)},
		{Name: "  memory of the sender, most", Value: float64(s.Most()) / 1e6, Unit: "MB", Asked: 250, AtMost: true, Note: "resident; it plans, sends and holds the portal"},
		{Name: "  processor time of the sender", Value: perMail(cpu[0]), Unit: "µs/mail", Limit: 1e6 * bare.CPU / bare.n, Of: "the bare client",
			Note: fmt.Sprintf("planning included; the sink took %.0f µs a mail besides, the database server is not in it", perMail(cpu[1]))},
	}
}

// html is how long a mail's HTML is, in bytes.
func html(raw []byte) int {
	m, err := email.Read(raw)
	if err != nil {
		return 0
	}
	return len(m.HTML)
}
