package httpd

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

type closingKey struct{}

// closing is a context for every request of a server, by which a stream learns that the
// server closes: it waits for answers to end, and a stream does not by itself.
func closing(s *http.Server) {
	done := make(chan struct{})
	s.RegisterOnShutdown(func() { close(done) })
	s.BaseContext = func(net.Listener) context.Context {
		return context.WithValue(context.Background(), closingKey{}, done)
	}
}

// Stream is an answer that goes on: server-sent events.
type Stream struct {
	w     http.ResponseWriter
	c     *http.ResponseController
	limit time.Duration
	done  <-chan struct{}
	gone  <-chan struct{}
	once  bool
}

// OpenStream begins one. Whoever does not take an event within limit is hung up on.
func OpenStream(w http.ResponseWriter, r *http.Request, limit time.Duration) *Stream {
	done, _ := r.Context().Value(closingKey{}).(chan struct{})
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // a proxy is to pass each event on
	w.WriteHeader(http.StatusOK)
	return &Stream{w: w, c: http.NewResponseController(w), limit: limit, done: done, gone: r.Context().Done()}
}

// Send sends an event; id "" leaves the last one, which whoever comes again names.
func (s *Stream) Send(event, id string, data []byte) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "event: %s\n", event)
	if id != "" {
		fmt.Fprintf(&b, "id: %s\n", id)
	}
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		b.WriteString("data: ")
		b.Write(bytes.ReplaceAll(line, []byte("\r"), nil))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	if s.c.SetWriteDeadline(time.Now().Add(s.limit)) != nil {
		s.once = true // no connection, so nothing to wait on
	}
	if _, err := s.w.Write(b.Bytes()); err != nil {
		return err
	}
	return s.c.Flush()
}

// Wait waits for any of some things, or a time, and says whether the stream goes on:
// not where its reader is gone or the server closes.
func (s *Stream) Wait(changed <-chan struct{}, most time.Duration) bool {
	if s.once {
		return false
	}
	t := time.NewTimer(most)
	defer t.Stop()
	select {
	case <-s.gone:
		return false
	case <-s.done:
		return false
	case <-changed:
	case <-t.C:
	}
	return true
}
