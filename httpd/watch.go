package httpd

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
)

type requestID struct{}

// RequestID is the name a request has in the log, "" outside of Ground.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestID{}).(string)
	return id
}

// watch gives each request a name, catches panics, and logs and counts what
// came of it.
func watch(c Config, next http.Handler) http.Handler {
	count := newFigures(c.Registry)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := c.Now()
		id := newRequestID()
		r = r.WithContext(context.WithValue(r.Context(), requestID{}, id))
		rec := &recorder{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				c.Log.Error("panic", "id", id, "path", path(c, r), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if rec.status == 0 {
					Refuse(rec, http.StatusInternalServerError, "Something went wrong here, not with you. Try again in a minute.", id)
				}
			}
			took := c.Now().Sub(start)
			count.observe(r, rec.code(), took)
			c.Log.Log(r.Context(), level(rec.code()), "request", "id", id, "method", r.Method, "path", path(c, r),
				"status", rec.code(), "bytes", rec.bytes, "ms", float64(took.Microseconds())/1000)
		}()
		next.ServeHTTP(rec, r)
	})
}

func level(status int) slog.Level {
	if status >= http.StatusInternalServerError {
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

// path is a request's path as it may be logged: without query, and without
// what follows a prefix that opens a secret.
func path(c Config, r *http.Request) string {
	p := r.URL.Path
	for _, s := range c.SecretPaths {
		if strings.HasPrefix(p, s) {
			return s + "***"
		}
	}
	if len(p) > 200 {
		p = p[:200] + "…"
	}
	return p
}

func newRequestID() string {
	var b [6]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= http.StatusOK {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// code is the status sent; nothing sent is 200.
func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}
