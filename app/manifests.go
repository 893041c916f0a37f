package app

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vedette/desk"
	"vedette/web"
)

// Manifests are written each hour; whether one is due, and what could not be written, is
// looked at more often.
const (
	manifestEvery = time.Hour
	manifestLook  = 5 * time.Second
	manifestAgain = time.Minute // after one that could not be written: each try stands in the record
)

// manifests writes them while an installation serves, and knows how that goes.
type manifests struct {
	a *App
	c ManifestConfig

	mu sync.Mutex
	by map[string]web.ManifestState // by short name of the organisation
	no map[string]time.Time         // until when none is tried
}

// manifests are those of an installation that serves, nil where none are asked for.
func (a *App) manifests(c ManifestConfig) (*manifests, error) {
	if !c.said() {
		return nil, nil
	}
	if _, err := c.Check(); err != nil {
		return nil, err
	}
	return &manifests{a: a, c: c, by: map[string]web.ManifestState{}, no: map[string]time.Time{}}, nil
}

// loop writes what is due until ctx ends; nil where nothing is.
func (m *manifests) loop() func(context.Context) {
	if m == nil {
		return nil
	}
	return func(ctx context.Context) {
		m.a.again(ctx, manifestLook, "a manifest cannot be written, trying again", m.once)
	}
}

// once writes the manifest of each organisation whose last is an hour old.
func (m *manifests) once(ctx context.Context) error {
	list, err := m.a.Desks.All(ctx)
	var last error
	for _, d := range list {
		if err := m.write(ctx, d); err != nil {
			last = err // the others' are written all the same
		}
	}
	if err == nil {
		err = last
	}
	return err
}

func (m *manifests) write(ctx context.Context, d *desk.Desk) error {
	now, org := m.a.Now(), d.Org.Handle
	m.mu.Lock()
	wait := m.no[org]
	m.mu.Unlock()
	if now.Before(wait) && wait.Sub(now) <= manifestAgain {
		return nil
	}
	_, at, err := manifestsOf(m.c.Dir, org)
	if err == nil && (now.Sub(at) >= manifestEvery || at.After(now)) {
		var done ManifestDone
		if done, err = m.a.WriteManifest(ctx, d, m.c); err == nil {
			at = now
			m.a.Log.Info("manifest written", "file", done.File, "entries", done.People, "left_out", done.Left, "removed", done.Removed)
		}
	}
	if ctx.Err() != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s := web.ManifestState{At: at}
	delete(m.no, org)
	if err != nil {
		s.Problem, m.no[org] = err, now.Add(manifestAgain)
	}
	m.by[org] = s
	return err
}

// state says how it goes with an organisation's; false where none are written.
func (m *manifests) state(handle string) (web.ManifestState, bool) {
	if m == nil {
		return web.ManifestState{}, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.by[handle]
	return s, ok
}

var (
	manifestLast   = prometheus.NewDesc("vedette_manifest_last_timestamp_seconds", "When the last manifest was written, 0 for never.", []string{"organisation"}, nil)
	manifestFailed = prometheus.NewDesc("vedette_manifest_failed", "Whether the manifest that is due cannot be written.", []string{"organisation"}, nil)
)

// Describe names the figures.
func (m *manifests) Describe(to chan<- *prometheus.Desc) {
	to <- manifestLast
	to <- manifestFailed
}

// Collect gives them.
func (m *manifests) Collect(to chan<- prometheus.Metric) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for org, s := range m.by {
		last, failed := 0.0, 0.0
		if !s.At.IsZero() {
			last = float64(s.At.Unix())
		}
		if s.Problem != nil {
			failed = 1
		}
		to <- prometheus.MustNewConstMetric(manifestLast, prometheus.GaugeValue, last, org)
		to <- prometheus.MustNewConstMetric(manifestFailed, prometheus.GaugeValue, failed, org)
	}
}
