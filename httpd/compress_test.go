package httpd

import (
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestPagesAreCompressedForWhoeverTakesThemSo(t *testing.T) {
	page := strings.Repeat("a page ", 1000)
	h := Ground(Config{Log: slog.New(slog.DiscardHandler), Now: time.Now}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kind := r.Header.Get("Kind"); kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		switch r.URL.Path {
		case "/zipped":
			w.Header().Set("Content-Encoding", "gzip")
		case "/same":
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, page)
	}))
	for what, c := range map[string]struct {
		method, path, accept, kind string
		zipped                     bool
	}{
		"a page":                      {"GET", "/", "gzip, br", "text/html; charset=utf-8", true},
		"with a weight":               {"GET", "/", "br;q=1, GZIP;q=0.5", "text/html", true},
		"a client that takes it not":  {"GET", "/", "", "text/html", false},
		"or says so":                  {"GET", "/", "gzip;q=0, br", "text/html", false},
		"in other words":              {"GET", "/", "gzip; q=0.0", "text/html", false},
		"the answer to what is typed": {"GET", "/?q=x", "gzip", "text/html", false},
		"what is posted":              {"POST", "/", "gzip", "text/html", false},
		"events":                      {"GET", "/", "gzip", "text/event-stream", false},
		"what is no text":             {"GET", "/", "gzip", "application/pdf", false},
	} {
		r := httptest.NewRequest(c.method, c.path, nil)
		r.Header.Set("Accept-Encoding", c.accept)
		r.Header.Set("Kind", c.kind)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		body := io.Reader(rec.Body)
		if zipped := rec.Header().Get("Content-Encoding") == "gzip"; zipped != c.zipped {
			t.Errorf("%s: compressed %v", what, zipped)
		} else if zipped {
			if rec.Body.Len() > len(page)/10 {
				t.Errorf("%s: %d bytes of %d", what, rec.Body.Len(), len(page))
			}
			z, err := gzip.NewReader(rec.Body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		if got, err := io.ReadAll(body); err != nil || string(got) != page {
			t.Errorf("%s: %d bytes, %v", what, len(got), err)
		}
	}
	for path, status := range map[string]int{"/zipped": 200, "/same": 304} {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.Header.Set("Kind", "text/html")
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != status || path == "/zipped" && rec.Body.String() != page || path == "/same" && rec.Body.Len() != 0 {
			t.Errorf("%s: %d, %d bytes", path, rec.Code, rec.Body.Len())
		}
	}
}
