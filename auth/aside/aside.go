// Package aside makes hashes of passwords in processes of their own. One takes 19 MiB and
// some 25 ms: made beside the portal, eight a second had its memory collected four times
// as often, and the slowest of 100 pages took more than twice as long
// (go run ./bench/doors --organisations 50 --people 100000).
package aside

import (
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"

	"vedette/auth"
)

// Asked is what a program is called with that is to make hashes: it calls Work.
const Asked = "make-hashes"

const (
	idleFor  = time.Minute      // after it, a process that made none ends
	patience = 20 * time.Second // for one hash, on a machine that is busy
	anew     = 10 * time.Second // until the next is begun, where one could not be
)

// Hasher makes hashes in processes that it begins when there is something to do, one for
// each that is made at the same time, and ends when there was nothing for a while. Where
// none can be begun it makes them itself: nobody is kept out for it. It is safe for
// concurrent use.
type Hasher struct {
	program string
	log     *slog.Logger

	mu     sync.Mutex
	idle   []*maker // the one that worked last stands last
	failed time.Time
	closed bool
}

// New gives one that begins this program anew, under the name it was called by and with
// Asked alone: whoever asks for it calls Work where it is called so.
func New(log *slog.Logger) *Hasher { return &Hasher{program: itself(), log: log} }

// itself is the file of this program, also where another was put in its place since.
func itself() string {
	const running = "/proc/self/exe"
	if _, err := os.Stat(running); err == nil {
		return running
	}
	path, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return path
}

// Hash is auth.HashPassword.
func (h *Hasher) Hash(password string) string {
	return h.do(question{Password: []byte(password)}).Hash
}

// Verify is auth.VerifyPassword.
func (h *Hasher) Verify(kept, password string) (right, old bool) {
	a := h.do(question{Verify: true, Kept: []byte(kept), Password: []byte(password)})
	return a.Right, a.Old
}

// Close ends the processes. Hashes that are asked for later are made here.
func (h *Hasher) Close() {
	h.mu.Lock()
	idle := h.idle
	h.idle, h.closed = nil, true
	h.mu.Unlock()
	for _, m := range idle {
		m.end()
	}
}

// do asks a process; one that fails may have been ended by somebody while it was idle, so
// a second is asked, and then nobody else.
func (h *Hasher) do(q question) answer {
	for range 2 {
		m := h.take()
		if m == nil {
			break
		}
		a, err := m.ask(q)
		if err == nil {
			h.give(m)
			return a
		}
		m.end()
		h.log.Warn("a process that makes hashes of passwords ended; another is begun", "err", err)
	}
	return q.answer()
}

// take gives a process that is idle, or begins one, nil where that cannot be done.
func (h *Hasher) take() *maker {
	h.mu.Lock()
	if n := len(h.idle); n > 0 {
		m := h.idle[n-1]
		h.idle = h.idle[:n-1]
		h.mu.Unlock()
		m.unused.Stop()
		return m
	}
	not := h.closed || time.Since(h.failed) < anew
	h.mu.Unlock()
	if not {
		return nil
	}
	m, err := begin(h.program)
	if err == nil {
		return m
	}
	h.log.Warn("no process that makes hashes of passwords can be begun; they are made in this one, which slows others down", "err", err)
	h.mu.Lock()
	h.failed = time.Now()
	h.mu.Unlock()
	return nil
}

// give takes one back; one that is not taken for a while ends.
func (h *Hasher) give(m *maker) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		go m.end()
		return
	}
	m.unused = time.AfterFunc(idleFor, func() { h.drop(m) })
	h.idle = append(h.idle, m)
}

// drop ends one, unless it was taken meanwhile.
func (h *Hasher) drop(m *maker) {
	h.mu.Lock()
	at := slices.Index(h.idle, m)
	if at >= 0 {
		h.idle = slices.Delete(h.idle, at, at+1)
	}
	h.mu.Unlock()
	if at >= 0 {
		m.end()
	}
}

var _ auth.Hasher = (*Hasher)(nil)

// begin begins a process. It is given nothing of the environment, which holds secrets.
func begin(program string) (*maker, error) {
	m := &maker{cmd: &exec.Cmd{Path: program, Args: []string{os.Args[0], Asked}, Env: []string{}}}
	return m, m.start()
}
