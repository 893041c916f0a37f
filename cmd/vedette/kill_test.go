package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vedette/deliver/delivertest"
	"vedette/store/storetest"
)

// The most that one kill may repeat: what was claimed and not yet settled.
const inFlight = 64

// TestKilledInTheMiddle kills serve with SIGKILL while it sends to 2,000
// people, again and again. Sink, ledger and people must agree in the end:
// nobody missed, repeats only of what was in flight, under the same
// Message-ID.
func TestKilledInTheMiddle(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	t.Run("sqlite", func(t *testing.T) { killedInTheMiddle(t, "") })
	t.Run("postgres", func(t *testing.T) { killedInTheMiddle(t, storetest.Database(t)) })
}

func killedInTheMiddle(t *testing.T, database string) {
	const people = 2000
	relay := delivertest.NewSMTP(t)
	relay.Answer(func(int, string) *smtp.SMTPError {
		time.Sleep(2 * time.Millisecond) // long enough to be killed in
		return nil
	})
	c := &command{t: t, env: append(os.Environ(), "RUN_AS_VEDETTE=1", "VEDETTE_DATA="+filepath.Join(t.TempDir(), "data"),
		"VEDETTE_DATABASE="+database, "VEDETTE_SMTP=smtp://"+relay.Addr()+"?tls=none", "VEDETTE_FROM=alerts@relief.example.org")}
	c.write("people.csv", crowd(people))
	c.write("report.txt", killReport)
	c.run("people", "import", c.path("people.csv"))
	update := following("published", strings.Fields(c.run("publish", "--yes=2000", c.path("report.txt"))))

	kills := 0
	for _, at := range []int{1, 200, 600, 1000, 1500, 1900} {
		serve := c.start("serve", "--listen", "127.0.0.1:0")
		c.until(func() bool { return relay.Count() >= at }, "%d mails", at)
		if err := serve.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = serve.Wait()
		kills++
	}
	serve := c.start("serve", "--listen", "127.0.0.1:0")
	var st status
	c.until(func() bool {
		st = c.status(update)
		return st.Fanout == "planned" && st.Deliveries["queued"] == 0
	}, "all settled")
	_ = serve.Process.Signal(os.Interrupt)
	if err := serve.Wait(); err != nil {
		t.Errorf("serve did not end well on SIGINT: %v\n%s", err, serve.Stderr)
	}

	if st.Concerned != people || st.Deliveries["accepted"] != people {
		t.Errorf("the ledger says %+v; want %d concerned and accepted", st, people)
	}
	took := map[string][]string{}
	for _, m := range relay.Messages() {
		took[m.Rcpt] = append(took[m.Rcpt], m.ID)
	}
	repeats := 0
	for i := range people {
		to := fmt.Sprintf("p%d@example.org", i)
		ids := took[to]
		if len(ids) == 0 {
			t.Fatalf("%s was missed", to)
		}
		repeats += len(ids) - 1
		for _, id := range ids {
			if id != ids[0] {
				t.Errorf("%s was told under two identities: %s, %s", to, ids[0], id)
			}
		}
		delete(took, to)
	}
	for to := range took {
		t.Errorf("%s was told and is not one of the people", to)
	}
	t.Logf("%d kills, %d repeats (at most %d)", kills, repeats, kills*inFlight)
	if repeats > kills*inFlight {
		t.Errorf("%d repeats after %d kills; at most %d were in flight", repeats, kills, kills*inFlight)
	}
}

type status struct {
	Fanout     string         `json:"fanout"`
	Concerned  int            `json:"concerned"`
	Deliveries map[string]int `json:"deliveries"`
}

// command runs this test binary as vedette.
type command struct {
	t   *testing.T
	env []string
	dir string
}

func (c *command) path(name string) string {
	if c.dir == "" {
		c.dir = c.t.TempDir()
	}
	return filepath.Join(c.dir, name)
}

func (c *command) write(name, text string) {
	if err := os.WriteFile(c.path(name), []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func (c *command) cmd(args ...string) *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env, cmd.Stderr = c.env, &bytes.Buffer{}
	return cmd
}

func (c *command) run(args ...string) string {
	c.t.Helper()
	cmd := c.cmd(args...)
	out, err := cmd.Output()
	if err != nil {
		c.t.Fatalf("vedette %s: %v\n%s%s", args[0], err, out, cmd.Stderr)
	}
	return string(out)
}

func (c *command) start(args ...string) *exec.Cmd {
	c.t.Helper()
	cmd := c.cmd(args...)
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { cmd.Process.Kill() })
	return cmd
}

func (c *command) status(update string) status {
	c.t.Helper()
	var st status
	if err := json.Unmarshal([]byte(c.run("status", "--json", update)), &st); err != nil {
		c.t.Fatal(err)
	}
	return st
}

func (c *command) until(ok func() bool, what string, args ...any) {
	c.t.Helper()
	c.untilWithin(90*time.Second, ok, what, args...)
}

func (c *command) untilWithin(limit time.Duration, ok func() bool, what string, args ...any) {
	c.t.Helper()
	deadline := time.Now().Add(limit)
	for !ok() {
		if time.Now().After(deadline) {
			c.t.Fatalf("never came to "+what, args...)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func crowd(n int) string {
	var b strings.Builder
	b.WriteString("name,email,country\n")
	for i := range n {
		fmt.Fprintf(&b, "Person %d,p%d@example.org,Iraq\n", i, i)
	}
	return b.String()
}

// following gives what stands behind a word.
func following(word string, words []string) string {
	if i := slices.Index(words, word); i >= 0 && i+1 < len(words) {
		return words[i+1]
	}
	return ""
}

const killReport = `05 Feb 2026
11:56 UTC
Iraq Alert: Strike on a power station reported near Basra
Current Situation:
- On February 5, local reports stated that a power station near Basra was hit.
Recommendations:
- Avoid all travel to Iraq until further notice.
AFFECTED AREA
Iraq
INCIDENT RISK LEVEL
High
STRENGTH OF SOURCE
Credible
`
