package httpd

import (
	"context"
	"io"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// probePaths are those that Probes adds.
var probePaths = []string{"/healthz", "/readyz", "/metrics"}

// Probes adds /healthz (the process answers), /readyz (ready returns nil:
// it can do its work) and, where there are figures, /metrics to a mux; here says that
// those, and why it is not ready, are for who asks on this machine.
func Probes(mux *http.ServeMux, ready func(context.Context) error, figures prometheus.Gatherer, here bool) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { word(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := ready(r.Context()); err != nil {
			if here && !OwnMachine(r) {
				word(w, http.StatusServiceUnavailable, "not ready")
				return
			}
			word(w, http.StatusServiceUnavailable, "not ready: "+err.Error())
			return
		}
		word(w, http.StatusOK, "ready")
	})
	if figures == nil {
		return
	}
	all := promhttp.HandlerFor(figures, promhttp.HandlerOpts{})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if here && !OwnMachine(r) {
			word(w, http.StatusNotFound, "not here: the figures are for this machine, by its loopback address and past no proxy")
			return
		}
		all.ServeHTTP(w, r)
	})
}

func word(w http.ResponseWriter, status int, s string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, s+"\n")
}
