package delivertest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette/deliver/webhook"
)

// Hook is a call the fake receiver has taken.
type Hook struct {
	ID     string
	Header http.Header
	Body   []byte
}

// HookReceiver is a fake receiver of hooks on 127.0.0.1 that verifies every
// signature: a call that does not verify is answered 401 and not kept.
type HookReceiver struct {
	server *httptest.Server
	secret string
	now    func() time.Time
	ended  chan struct{}
	close  sync.Once

	mu       sync.Mutex
	hooks    []Hook
	calls    int
	refused  []error
	answer   func(n int, w http.ResponseWriter) bool
	vanish   bool
	hang     bool
	repeated string // the query of the last call, to be repeated in a refusal
}

// NewHookReceiver starts a receiver that knows the secret and verifies at
// the time of now. With a test it ends with it; with nil, Close ends it.
func NewHookReceiver(t testing.TB, secret string, now func() time.Time) *HookReceiver {
	h := &HookReceiver{secret: secret, now: now, ended: make(chan struct{})}
	h.server = httptest.NewServer(http.HandlerFunc(h.serve))
	if t != nil {
		t.Cleanup(h.Close)
	}
	return h
}

// URL is the receiver's address; the path may be any.
func (h *HookReceiver) URL() string { return h.server.URL }

// Close ends the receiver.
func (h *HookReceiver) Close() {
	h.close.Do(func() {
		close(h.ended)
		h.server.CloseClientConnections()
		h.server.Close()
	})
}

// Answer scripts what is answered to the n-th call (from 1): the function
// writes a refusal and gives false, or gives true and the call is taken with
// 204. A nil function takes all.
func (h *HookReceiver) Answer(f func(n int, w http.ResponseWriter) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answer = f
}

// Status answers every call from now on with a status; below 300 it is taken.
func (h *HookReceiver) Status(code int) {
	h.Answer(func(_ int, w http.ResponseWriter) bool {
		if code < 300 {
			return true
		}
		http.Error(w, fmt.Sprintf("status %d for %s\nsecret %s\n%s", code, h.query(), h.secret, strings.Repeat("y", 8<<10)), code)
		return false
	})
}

// Behave does what the exam asks for.
func (h *HookReceiver) Behave(b Behaviour) {
	status := map[Behaviour]int{Defers: http.StatusServiceUnavailable, Refuses: http.StatusGone}[b]
	h.Status(status)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.vanish, h.hang = b == Vanishes, b == Hangs
}

// Taken lists the identities of the calls taken, in order.
func (h *HookReceiver) Taken() []string {
	hooks := h.Hooks()
	ids := make([]string, len(hooks))
	for i := range hooks {
		ids[i] = hooks[i].ID
	}
	return ids
}

// Hooks lists the calls taken, in order.
func (h *HookReceiver) Hooks() []Hook {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]Hook(nil), h.hooks...)
}

// Calls is how many calls came in, taken or not.
func (h *HookReceiver) Calls() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.calls
}

// Refused lists why calls did not verify.
func (h *HookReceiver) Refused() []error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]error(nil), h.refused...)
}

func (h *HookReceiver) query() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.repeated
}

func (h *HookReceiver) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err != nil {
		return // the caller went away
	}
	id := r.Header.Get(webhook.HeaderID)
	err = webhook.Verify(h.secret, id, r.Header.Get(webhook.HeaderTimestamp), r.Header.Get(webhook.HeaderSignature), body, h.now())
	n, answer, hang, vanish := h.note(r, err)
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	case hang:
		select {
		case <-h.ended:
		case <-r.Context().Done():
		}
		return
	case answer != nil && !answer(n, w):
		return
	}
	h.mu.Lock()
	h.hooks = append(h.hooks, Hook{ID: id, Header: r.Header, Body: body})
	h.mu.Unlock()
	if vanish {
		panic(http.ErrAbortHandler) // hangs up without an answer
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h *HookReceiver) note(r *http.Request, err error) (n int, answer func(int, http.ResponseWriter) bool, hang, vanish bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls++
	h.repeated = r.URL.String()
	if err != nil {
		h.refused = append(h.refused, err)
	}
	return h.calls, h.answer, h.hang, h.vanish
}
