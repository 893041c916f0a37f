package httpd

import (
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits are what a client has of a server. They hold off those that send or read a byte
// now and then to keep a connection, and those that come too many at once.
type Limits struct {
	Header    time.Duration // until a request's header is here, and the handshake of TLS done
	Request   time.Duration // and all of it, where nothing else is said (Bound)
	Answer    time.Duration // until its answer has been read
	Idle      time.Duration // that a connection may wait for its next request
	MaxHeader int           // bytes
	Conns     int           // at once; more are told to come again
}

// Usual are the limits of a server that is told nothing else.
var Usual = Limits{Header: 5 * time.Second, Request: 20 * time.Second, Answer: 60 * time.Second, Idle: 2 * time.Minute, MaxHeader: 32 << 10, Conns: 1000}

// Server is one with limits.
type Server struct {
	*http.Server
	crowd *crowd
}

// NewServer makes a server around a handler. What clients do wrong before there is a
// request, a handshake that fails, is in the log for who looks for it.
func NewServer(l Limits, log *slog.Logger, h http.Handler) *Server {
	in := &crowd{most: l.Conns, log: log}
	s := &Server{crowd: in, Server: &http.Server{
		Handler:           in.turnAway(h),
		ReadHeaderTimeout: l.Header,
		ReadTimeout:       l.Request,
		WriteTimeout:      l.Answer,
		IdleTimeout:       l.Idle,
		MaxHeaderBytes:    l.MaxHeader,
		ConnContext:       in.note,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}
	closing(s.Server)
	return s
}

// Serve answers what comes to ln, over TLS where there is a configuration of it.
func (s *Server) Serve(ln net.Listener, over *tls.Config) error {
	ln = &counted{ln, s.crowd}
	if over != nil {
		ln = tls.NewListener(ln, over)
	}
	return s.Server.Serve(ln)
}
