package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vedette/deliver/delivertest"
	"vedette/store/storetest"
)

// TestRotationKilledInTheMiddle rotates the installation key while 3,000 people are being
// told, and kills that with SIGKILL at each of its steps. Whoever sends must not notice:
// everybody is told once, nothing is unreadable at any moment, and the rotation goes on
// where it was broken off.
func TestRotationKilledInTheMiddle(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	t.Run("sqlite", func(t *testing.T) { rotationKilled(t, "") })
	t.Run("postgres", func(t *testing.T) { rotationKilled(t, storetest.Database(t)) })
}

func rotationKilled(t *testing.T, database string) {
	const people = 3000
	relay := delivertest.NewSMTP(t)
	var taken atomic.Int64
	var over atomic.Bool // what is shown needs no more mails on their way
	relay.Answer(func(int, string) *smtp.SMTPError {
		time.Sleep(60 * time.Millisecond) // so that it lasts as long as the rotation does
		if taken.Add(1) > people/2 && !over.Load() {
			time.Sleep(2 * time.Second) // also on a machine that rotates slowly
		}
		return nil
	})
	data := filepath.Join(t.TempDir(), "data")
	c := &command{t: t, env: append(os.Environ(), "RUN_AS_VEDETTE=1", "VEDETTE_DATA="+data, "VEDETTE_KEY=",
		"VEDETTE_DATABASE="+database, "VEDETTE_SMTP=smtp://"+relay.Addr()+"?tls=none", "VEDETTE_FROM=alerts@relief.example.org")}
	c.write("people.csv", crowd(people))
	c.write("report.txt", killReport)
	c.run("people", "import", c.path("people.csv"))
	old, err := os.ReadFile(filepath.Join(data, "installation.key"))
	if err != nil {
		t.Fatal(err)
	}
	update := following("published", strings.Fields(c.run("publish", "--yes=3000", c.path("report.txt"))))
	serve := c.start("serve", "--listen", "127.0.0.1:0")
	c.until(func() bool { return relay.Count() >= 50 }, "50 mails")

	// By what it says it is seen where it is.
	c.rotateUntil("is made", 0)
	c.rotateUntil("is made", 500*time.Millisecond)
	if out := c.run("key", "status"); !strings.Contains(out, "a rotation is not over") || !strings.Contains(out, "is to be the next") {
		t.Errorf("after a kill before the next key took over: %s", out)
	}
	sending := relay.Count() < people
	over.Store(true)
	c.rotateUntil("seals from now on", 0)
	if out := c.run("key", "status"); !strings.Contains(out, "still sealed with it") {
		t.Errorf("after a kill in the middle of sealing anew: %s", out)
	}
	if out := c.run("people", "import", "--dry-run", c.path("people.csv")); !strings.Contains(out, "3000 unchanged") {
		t.Errorf("in the middle of a rotation not everybody's record opens: %s", out)
	}
	out := c.run("key", "rotate")
	if !strings.Contains(out, "key 2 is in use") || strings.Contains(out, " 0 things") {
		t.Fatalf("the rotation did not come to its end: %s", out)
	}
	t.Log(strings.TrimSpace(out))

	var st status
	c.until(func() bool {
		st = c.status(update)
		return st.Fanout == "planned" && st.Deliveries["queued"] == 0
	}, "all settled")
	if st.Deliveries["accepted"] != people || relay.Count() != people {
		t.Errorf("the ledger says %+v, the relay took %d; want %d told, once each", st, relay.Count(), people)
	}
	if !sending {
		t.Error("all was sent before a key took over; the test shows nothing")
	}
	_ = serve.Process.Signal(os.Interrupt)
	if err := serve.Wait(); err != nil || strings.Contains(stderr(serve), "cannot be opened") {
		t.Errorf("serve: %v\n%s", err, stderr(serve))
	}
	if out := c.run("people", "import", c.path("people.csv")); !strings.Contains(out, "3000 unchanged") {
		t.Errorf("after the rotation: %s", out)
	}
	c.run("audit", "verify")
	now, err := os.ReadFile(filepath.Join(data, "installation.key"))
	if err != nil || len(strings.Fields(string(now))) != 1 || string(now) == string(old) {
		t.Errorf("the key file holds %d keys, %v; want the new one alone", len(strings.Fields(string(now))), err)
	}
	if fi, err := os.Stat(filepath.Join(data, "installation.key")); err != nil || fi.Mode().Perm() != 0o600 {
		t.Errorf("the key file is %v, %v", fi.Mode(), err)
	}
	if kept, err := os.ReadFile(filepath.Join(data, "installation.key.1")); err != nil || string(kept) != string(old) {
		t.Errorf("the key before is not kept: %v", err)
	}
	if err := os.WriteFile(filepath.Join(data, "installation.key"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	with := c.cmd("people", "list")
	if said, err := with.Output(); err == nil || !strings.Contains(stderr(with), "an earlier installation key (number 1)") {
		t.Errorf("the key before alone: %v\n%s%s", err, said, stderr(with))
	}
}

// rotateUntil begins a rotation and kills it so long after it said something.
func (c *command) rotateUntil(says string, after time.Duration) {
	c.t.Helper()
	cmd := c.cmd("key", "rotate")
	out, err := cmd.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	said := false
	for lines := bufio.NewScanner(out); !said && lines.Scan(); {
		said = strings.Contains(lines.Text(), says)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if !said {
		c.t.Fatalf("a rotation never said %q: %s", says, stderr(cmd))
	}
}

func stderr(cmd *exec.Cmd) string { return fmt.Sprint(cmd.Stderr) }
