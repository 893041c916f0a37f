package delivertest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Text is a short message the fake gateway has taken.
type Text struct {
	ID       string // the idempotency key
	To, From string
	Body     string
	Callback string
	Auth     string // the header
}

// Gateway is a fake gateway of short messages and calls on 127.0.0.1. It takes
// the form of Twilio, and JSON with to, from, text and callback, or words.
type Gateway struct {
	server *httptest.Server
	ended  chan struct{}
	close  sync.Once

	mu           sync.Mutex
	texts        []Text
	rings        []Ring
	calls        int
	answer       func(to string, w http.ResponseWriter) bool
	vanish, hang bool
}

// NewGateway starts a gateway. With a test it ends with it; with nil, Close
// ends it.
func NewGateway(t testing.TB) *Gateway {
	g := &Gateway{ended: make(chan struct{})}
	g.server = httptest.NewServer(http.HandlerFunc(g.serve))
	if t != nil {
		t.Cleanup(g.Close)
	}
	return g
}

// URL is the gateway's address.
func (g *Gateway) URL() string { return g.server.URL }

// Close ends the gateway.
func (g *Gateway) Close() {
	g.close.Do(func() {
		close(g.ended)
		g.server.CloseClientConnections()
		g.server.Close()
	})
}

// Answer scripts what is answered: the function writes a refusal and gives
// false, or gives true and the message is taken. A nil function takes all.
func (g *Gateway) Answer(f func(to string, w http.ResponseWriter) bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.answer = f
}

// Refuse answers every message with a status and one of Twilio's codes.
func (g *Gateway) Refuse(status, code int) {
	g.Answer(func(to string, w http.ResponseWriter) bool {
		Refusal(w, status, code, to)
		return false
	})
}

// Refusal writes an error as Twilio does, with the number in it.
func Refusal(w http.ResponseWriter, status, code int, to string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"code": %d, "message": "The number %s: as the test says\nsecond line", "status": %d}`, code, to, status)
}

// Behave does what the exam asks for.
func (g *Gateway) Behave(b Behaviour) {
	switch b {
	case Defers:
		g.Refuse(http.StatusServiceUnavailable, 20503)
	case Refuses:
		g.Refuse(http.StatusBadRequest, 21211)
	default:
		g.Answer(nil)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.vanish, g.hang = b == Vanishes, b == Hangs
}

// Texts lists the messages taken, in order.
func (g *Gateway) Texts() []Text {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]Text(nil), g.texts...)
}

// Taken lists the identities of the messages taken, in order.
func (g *Gateway) Taken() []string {
	texts := g.Texts()
	ids := make([]string, len(texts))
	for i := range texts {
		ids[i] = texts[i].ID
	}
	return ids
}

// Calls is how many calls came in, taken or not.
func (g *Gateway) Calls() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.calls
}

func (g *Gateway) serve(w http.ResponseWriter, r *http.Request) {
	var t Text
	var ring *Ring
	var err error
	if ringing(r) {
		n, bad := readRing(r)
		ring, err, t.To = &n, bad, n.To
	} else {
		t, err = readText(r)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	g.mu.Lock()
	g.calls++
	answer, hang, vanish := g.answer, g.hang, g.vanish
	g.mu.Unlock()
	if hang {
		select {
		case <-g.ended:
		case <-r.Context().Done():
		}
		return
	}
	if answer != nil && !answer(t.To, w) {
		return
	}
	sid, n := g.keep(t, ring)
	if vanish {
		panic(http.ErrAbortHandler) // hangs up without an answer
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, `{"sid": %q, "status": "queued", "messages": [{"id": %d, "state": "ok"}]}`, sid, n)
}

func readText(r *http.Request) (Text, error) {
	t := Text{ID: r.Header.Get("Idempotency-Key"), Auth: r.Header.Get("Authorization")}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		err := r.ParseForm()
		t.To, t.From, t.Body, t.Callback = r.PostForm.Get("To"), r.PostForm.Get("From"), r.PostForm.Get("Body"), r.PostForm.Get("StatusCallback")
		return t, err
	}
	var in struct{ To, From, Text, Callback string }
	err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&in)
	t.To, t.From, t.Body, t.Callback = in.To, in.From, in.Text, in.Callback
	return t, err
}
