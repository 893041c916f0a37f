package app

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vedette/desk"
	"vedette/reachable"
)

// canaries are the figures of canaries, as they stand when they are asked for.
type canaries struct{ a *App }

var (
	canaryTook = prometheus.NewDesc("vedette_canary_seconds", "How long canaries of the last week took from published to accepted or received.", []string{"organisation", "channel", "stage", "quantile"}, nil)
	canaryN    = prometheus.NewDesc("vedette_canary_messages", "Messages of canaries of the last week, by how far they came.", []string{"organisation", "channel", "stage"}, nil)
	canaryLast = prometheus.NewDesc("vedette_canary_last_timestamp_seconds", "When the last canary was published, 0 for none.", []string{"organisation"}, nil)
)

// Describe names the figures.
func (c *canaries) Describe(to chan<- *prometheus.Desc) {
	to <- canaryTook
	to <- canaryN
	to <- canaryLast
}

// Collect reads them. Where the store does not answer there are none: /readyz
// says that.
func (c *canaries) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	list, err := c.a.Desks.All(ctx)
	if err != nil {
		return
	}
	for _, d := range list {
		if r, err := d.Canary(ctx); err == nil {
			collectCanary(to, d.Org.Handle, r)
		}
	}
}

// collectCanary gives the figures of one organisation.
func collectCanary(to chan<- prometheus.Metric, org string, r *desk.CanaryReport) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, append([]string{org}, labels...)...)
	}
	last := 0.0
	if !r.Last.IsZero() {
		last = float64(r.Last.UnixMilli()) / 1000
	}
	gauge(canaryLast, last)
	for _, p := range r.Paces {
		gauge(canaryN, float64(p.Sent), string(p.Channel), "sent")
		for stage, s := range map[string]reachable.Spans{"accepted": p.Accepted, "received": p.Received} {
			gauge(canaryN, float64(s.N), string(p.Channel), stage)
			if s.N == 0 {
				continue
			}
			for q, d := range map[string]time.Duration{"0.5": s.P50, "0.95": s.P95, "0.99": s.P99} {
				gauge(canaryTook, d.Seconds(), string(p.Channel), stage, q)
			}
		}
	}
}
