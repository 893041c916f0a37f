package httpd

import (
	"net/http"
	"time"
)

// The times a client has. They hold off clients that send or read a byte now
// and then to keep a connection.
const (
	headerTime = 5 * time.Second
	readTime   = 20 * time.Second
	writeTime  = 60 * time.Second
	idleTime   = 2 * time.Minute
	maxHeader  = 32 << 10
)

// Server makes a server with bounded times and headers around a handler.
// The caller listens and shuts down.
func Server(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
	}
}
