package main

import (
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// TestLimitsOverSeveralProcesses has three processes send to one mail domain of which
// there are limits, one of them killed on the way: all together never have more
// on their way there than one might, and everyone is told.
func TestLimitsOverSeveralProcesses(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	t.Parallel()
	const people, atOnce = 240, 3
	w := newWorkshop(t)
	busy := &atATime{}
	w.relay.Answer(func(int, string) *smtp.SMTPError {
		defer busy.enter()()
		time.Sleep(200 * time.Millisecond) // long enough for several to be under way
		return nil
	})
	w.write("limits.json", fmt.Sprintf(`{"example.org": {"connections": %d}}`, atOnce))
	w.env = append(w.env, "VEDETTE_MAIL_LIMITS="+w.path("limits.json"))
	w.run("people", "import", w.csv(people))
	workers := []*exec.Cmd{w.work("--plan"), w.work(), w.work()}
	w.until(func() bool { return w.number(`SELECT count(*) FROM workers`) == 3 }, "three that work")
	time.Sleep(6 * time.Second) // they look around with each beat; who has just begun sends what is immediate only
	update := following("published", strings.Fields(w.run("publish", fmt.Sprintf("--yes=%d", people), w.path("report.txt"))))
	w.until(func() bool { return w.relay.Count() >= people/4 }, "a quarter of the mails")
	w.kill(workers[1])
	w.untilWithin(4*time.Minute, func() bool { return w.number(`SELECT count(*) FROM deliveries WHERE state = 4`) == 0 }, "all settled")
	for _, p := range []*exec.Cmd{workers[0], workers[2]} {
		_ = p.Process.Signal(syscall.SIGTERM)
		if err := p.Wait(); err != nil {
			t.Errorf("a worker did not end well on SIGTERM: %v\n%s", err, p.Stderr)
		}
	}
	if busy.most > atOnce || busy.most < 2 {
		t.Errorf("%d mails were on their way to the domain at once; at most %d may be", busy.most, atOnce)
	}
	t.Logf("at most %d of %d at once", busy.most, atOnce)
	w.told(people, inFlight)
	w.run("reconcile", update, "--log", w.log())
}

// atATime counts how many are within at once.
type atATime struct {
	mu        sync.Mutex
	now, most int
}

func (a *atATime) enter() (leave func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now++
	a.most = max(a.most, a.now)
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.now--
	}
}
