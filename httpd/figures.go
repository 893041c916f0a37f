package httpd

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// figures counts requests by the route that took them, never by path.
type figures struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newFigures(reg prometheus.Registerer) *figures {
	if reg == nil {
		return nil
	}
	f := &figures{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_http_requests_total", Help: "Requests answered, by method, route and status.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "vedette_http_request_seconds", Help: "Time to answer, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route"}),
	}
	reg.MustRegister(f.requests, f.seconds)
	return f
}

var countedMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

func (f *figures) observe(r *http.Request, status int, took time.Duration) {
	if f == nil {
		return
	}
	method, route := r.Method, r.Pattern
	if !slices.Contains(countedMethods, method) {
		method = "other"
	}
	if route == "" {
		route = "none"
	}
	f.requests.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	f.seconds.WithLabelValues(route).Observe(took.Seconds())
}
