package aside

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette/auth"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == Asked {
		for _, e := range os.Environ() {
			os.Stderr.WriteString("a process that makes hashes has " + e + "\n")
			os.Exit(1)
		}
		if Work(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

const password = "quiet heron ledger 41"

func newHasher(t *testing.T) (*Hasher, *bytes.Buffer) {
	t.Helper()
	log := &bytes.Buffer{}
	h := New(slog.New(slog.NewTextHandler(log, nil)))
	t.Cleanup(h.Close)
	return h, log
}

// pids are the processes that wait for something to do.
func (h *Hasher) pids() (list []int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range h.idle {
		list = append(list, m.cmd.Process.Pid)
	}
	return list
}

// What a process says is what would be said here, of any bytes that somebody typed.
func TestAPasswordIsLookedAtElsewhere(t *testing.T) {
	h, log := newHasher(t)
	for _, p := range []string{password, "Ame\u0301lie rides a tram", "not \xff text \x00 at all", "", strings.Repeat("long ", 1000)} {
		kept := h.Hash(p)
		rightHere, _ := auth.VerifyPassword(kept, p)
		if right, old := h.Verify(kept, p); right != rightHere || old || p == password && !right {
			t.Errorf("%.20q: right %v, here %v, old %v", p, right, rightHere, old)
		}
		if right, _ := h.Verify(kept, p+"x"); right && len(p) < 1024 {
			t.Errorf("%.20q: another is right", p)
		}
	}
	if right, _ := h.Verify("", password); right {
		t.Error("right for somebody who has none")
	}
	if len(h.pids()) != 1 || log.Len() > 0 {
		t.Errorf("%d processes, and in the log: %s", len(h.pids()), log)
	}
}

// Several at once are made at once, each in its own process; then they wait, and end.
func TestProcessesEndWhenThereIsNothingToDo(t *testing.T) {
	h, log := newHasher(t)
	kept := auth.HashPassword(password)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if right, _ := h.Verify(kept, password); !right {
				t.Error("a right password is wrong")
			}
		})
	}
	wg.Wait()
	if n := len(h.pids()); n < 1 || n > 4 {
		t.Errorf("%d processes wait", n)
	}
	h.mu.Lock()
	all := append([]*maker{}, h.idle...)
	h.mu.Unlock()
	for _, m := range all {
		h.drop(m)
		h.drop(m) // its time was up, and somebody was quicker
		if m.cmd.ProcessState == nil || !m.cmd.ProcessState.Success() {
			t.Errorf("a process ended with %v", m.cmd.ProcessState)
		}
	}
	if len(h.pids()) > 0 || log.Len() > 0 {
		t.Errorf("%d are left, and in the log: %s", len(h.pids()), log)
	}
}

// A process that was killed keeps nobody out, and is said in the log.
func TestAKilledProcessKeepsNobodyOut(t *testing.T) {
	h, log := newHasher(t)
	kept := h.Hash(password)
	was := h.pids()[0]
	p, err := os.FindProcess(was)
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(5 * time.Second); time.Now().Before(until) && !strings.Contains(log.String(), "another is begun"); {
		if right, _ := h.Verify(kept, password); !right {
			t.Fatal("a right password is wrong")
		}
	}
	if is := h.pids(); len(is) != 1 || is[0] == was || !strings.Contains(log.String(), "another is begun") {
		t.Errorf("now %v after %d, and in the log: %q", is, was, log)
	}
}

// Where no process can be begun, and after all is closed, hashes are made here; no
// password is in the log.
func TestWithoutAProcessHashesAreMadeHere(t *testing.T) {
	h, log := newHasher(t)
	h.program = t.TempDir() + "/nothing"
	kept := h.Hash(password)
	if right, _ := h.Verify(kept, password); !right {
		t.Error("a right password is wrong")
	}
	if n := strings.Count(log.String(), "they are made in this one"); n != 1 || strings.Contains(log.String(), "heron") {
		t.Errorf("said %d times: %s", n, log)
	}
	h.Close()
	if right, _ := h.Verify(kept, password); !right {
		t.Error("a right password is wrong after all is closed")
	}
}
