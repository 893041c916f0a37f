package httpd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vedette"
)

var noon = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func ground(t *testing.T, c Config, h http.HandlerFunc) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c.Now = func() time.Time { return noon }
	return Ground(c, h), &log
}

func ask(h http.Handler, method, url, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func ok(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "done") }

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	h, _ := ground(t, Config{Loopback: true}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/panic" {
			panic("boom")
		}
		ok(w, r)
	})
	for _, c := range []struct{ method, path, host string }{
		{"GET", "/", "localhost"}, {"GET", "/panic", "localhost"}, {"GET", "/", "evil.example"}, {"POST", "/", "localhost"},
	} {
		w := ask(h, c.method, c.path, "", "Host", c.host, "Sec-Fetch-Site", "cross-site")
		for _, name := range []string{"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options",
			"Cross-Origin-Opener-Policy", "Permissions-Policy", "Cache-Control"} {
			if w.Header().Get(name) == "" {
				t.Errorf("%s %s to %s (%d) has no %s", c.method, c.path, c.host, w.Code, name)
			}
		}
	}
	for _, part := range []string{"default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(Policy, part) {
			t.Errorf("the policy lacks %s", part)
		}
	}
	if strings.Contains(Policy, "unsafe") || strings.Contains(Policy, "script-src") {
		t.Errorf("the policy lets scripts in: %s", Policy)
	}
}

func TestAFormFromAnotherSiteIsRefused(t *testing.T) {
	h, _ := ground(t, Config{SecretPaths: []string{"/r/"}}, ok)
	for _, c := range []struct {
		name   string
		path   string
		header []string
		want   int
	}{
		{"our own form", "/x", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"opened from a mail program", "/x", []string{"Sec-Fetch-Site", "none"}, 200},
		{"no browser", "/x", nil, 200},
		{"another site", "/x", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a sister site", "/x", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another site, old browser", "/x", []string{"Origin", "https://evil.example"}, 403},
		{"no origin, elsewhere", "/x", []string{"Origin", "null"}, 403},
		{"reply form over plain HTTP sends no origin", "/r/token", []string{"Origin", "null"}, 200},
		{"reply form in a foreign page", "/r/token", []string{"Origin", "null", "Sec-Fetch-Site", "cross-site"}, 403},
		{"reply posted from another site", "/r/token", []string{"Origin", "https://evil.example"}, 403},
		{"reply form, our own", "/r/token", []string{"Origin", "null", "Sec-Fetch-Site", "same-origin"}, 200},
	} {
		if w := ask(h, "POST", "http://portal.example"+c.path, "a=1", c.header...); w.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, w.Code, c.want)
		}
	}
}

func TestAForeignNameForALocalServerIsRefused(t *testing.T) {
	h, _ := ground(t, Config{Loopback: true, Hosts: []string{"portal.example"}}, ok)
	for host, want := range map[string]int{
		"localhost:8080": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "127.9.9.9": 200, "LOCALHOST.": 200, "a.localhost:1": 200,
		"portal.example": 200, "rebind.example:8080": 421, "10.0.0.1": 421, "127.0.0.1.evil.example": 421, "": 421, "localhost.evil.example": 421,
	} {
		if w := ask(h, "GET", "/", "", "Host", host); w.Code != want {
			t.Errorf("Host %q: %d, want %d", host, w.Code, want)
		}
	}
	open, _ := ground(t, Config{}, ok)
	if w := ask(open, "GET", "/", "", "Host", "any.example"); w.Code != 200 {
		t.Errorf("without Loopback every name is answered, got %d", w.Code)
	}
}

func TestAPanicBecomesAPageAndALogLine(t *testing.T) {
	h, log := ground(t, Config{}, func(w http.ResponseWriter, r *http.Request) { panic("secret inside") })
	w := ask(h, "GET", "/", "")
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	_, id, _ := strings.Cut(w.Body.String(), "in the log as ")
	id, _, _ = strings.Cut(id, ".")
	if len(id) != 12 || !strings.Contains(log.String(), "id="+id) {
		t.Errorf("the page names %q, which the log does not have:\n%s", id, log)
	}
}

func TestALongBodyIsNotRead(t *testing.T) {
	var got error
	h, _ := ground(t, Config{MaxBody: 10}, func(w http.ResponseWriter, r *http.Request) {
		_, got = io.ReadAll(r.Body)
		w.WriteHeader(Status(got))
	})
	if w := ask(h, "POST", "/", strings.Repeat("x", 11)); w.Code != 413 {
		t.Errorf("11 bytes of 10: %d, %v", w.Code, got)
	}
	if w := ask(h, "POST", "/", strings.Repeat("x", 10)); w.Code != 200 {
		t.Errorf("10 bytes of 10: %d, %v", w.Code, got)
	}
}

func TestTheLogHoldsNoSecret(t *testing.T) {
	reg := prometheus.NewRegistry()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /r/{token}", func(w http.ResponseWriter, r *http.Request) { panic("x") })
	h, log := ground(t, Config{SecretPaths: []string{"/r/"}, Registry: reg}, mux.ServeHTTP)
	ask(h, "GET", "/r/TOPSECRET?key=TOPSECRET", "", "Referer", "http://x/TOPSECRET")
	if strings.Contains(log.String(), "TOPSECRET") || !strings.Contains(log.String(), "/r/***") {
		t.Errorf("log: %s", log)
	}
	w := httptest.NewRecorder()
	probes := http.NewServeMux()
	Probes(probes, func(context.Context) error { return errors.New("store is closed") }, reg, false)
	probes.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if body := w.Body.String(); strings.Contains(body, "TOPSECRET") ||
		!strings.Contains(body, `vedette_http_requests_total{method="GET",route="GET /r/{token}",status="500"} 1`) {
		t.Errorf("metrics: %s", body)
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503} {
		w := httptest.NewRecorder()
		if probes.ServeHTTP(w, httptest.NewRequest("GET", path, nil)); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

func TestAnErrorSaysItsSentenceAndNotItsCause(t *testing.T) {
	cause := errors.New("disk /var/secret full")
	for _, c := range []struct {
		err    error
		status int
		say    string
	}{
		{vedette.Errorf(vedette.CodeNotFound, "no such update"), 404, "no such update"},
		{vedette.Wrap(cause, vedette.CodeInvalid, "line 3 is wrong"), 400, "line 3 is wrong"},
		{fmt.Errorf("outer: %w", vedette.Errorf(vedette.CodeExpired, "too old")), 410, "too old"},
		{vedette.Errorf(vedette.CodeForbidden, "altered"), 403, "altered"},
		{vedette.Errorf(vedette.CodeBlocked, "a finding blocks"), 409, "a finding blocks"},
		{vedette.Wrap(cause, vedette.CodeUnavailable, "store"), 503, "cannot be reached"},
		{cause, 500, "went wrong here"},
	} {
		if s := Status(c.err); s != c.status {
			t.Errorf("%v: status %d, want %d", c.err, s, c.status)
		}
		if s := Sentence(c.err); !strings.Contains(s, c.say) || strings.Contains(s, "/var/secret") {
			t.Errorf("%v: says %q", c.err, s)
		}
	}
}
