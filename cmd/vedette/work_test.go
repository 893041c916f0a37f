package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vedette/bench/cluster"
	"vedette/deliver/delivertest"
)

// TestWorkersThatDie lets planners and senders work together on a PostgreSQL
// of its own, and takes from them, one after the other: a planner in the
// middle of planning, a sender by kill -9, a sender that is halted until its
// leases have lapsed and then goes on, and the database. In the end everyone
// has been told, whoever was told again was so under the same identity, and
// nothing that came late changed what others had written.
func TestWorkersThatDie(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	t.Parallel() // most of it waits for leases to lapse
	const people = 6000
	w := newWorkshop(t)
	w.run("people", "import", w.csv(people))
	first, killed, halted := w.work("--plan"), w.work(), w.work()
	w.until(func() bool { return w.number(`SELECT count(*) FROM workers`) == 3 }, "three that work")
	update := following("published", strings.Fields(w.run("publish", fmt.Sprintf("--yes=%d", people), w.path("report.txt"))))

	w.until(func() bool { n := w.number(`SELECT coalesce(sum(notices), 0) FROM fanouts`); return n > 0 }, "a chunk that is planned")
	w.kill(first)
	if n := w.number(`SELECT count(*) FROM notices`); n == people {
		t.Log("all was planned before the planner died: nothing was taken over this time")
	}
	planner := w.work("--plan")
	w.halt(halted)
	w.until(func() bool { return w.relay.Count() >= 500 }, "500 mails")
	w.kill(killed)
	held := w.text(`SELECT string_agg(recipient_id::text, ',' ORDER BY recipient_id) FROM deliveries WHERE leased_by = (SELECT id FROM workers WHERE pid = $1)`, halted.Process.Pid)
	if held == "" {
		t.Fatal("the halted sender holds nothing; it was to be halted while it sends")
	}
	w.until(func() bool { return w.relay.Count() >= 1500 }, "1500 mails")
	if err := w.cluster.Crash(t.Context()); err != nil {
		t.Fatal(err)
	}
	last := w.work()
	w.untilWithin(4*time.Minute, func() bool {
		n, err := w.ask(`SELECT count(*) FROM deliveries WHERE state = 4 OR leased_by IS NOT NULL`)
		planned, err2 := w.ask(`SELECT count(*) FROM fanouts WHERE finished_at <> 0`)
		return err == nil && err2 == nil && n == 0 && planned == 1
	}, "all settled, what the halted sender holds as well")

	before, sent := w.text(ledger), w.relay.Count()
	if err := halted.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	w.until(func() bool {
		return w.number(`SELECT count(*) FROM workers WHERE pid = $1 AND beat_at > $2`, halted.Process.Pid, time.Now().Add(-time.Second).UnixMicro()) > 0
	}, "the halted sender's beat")
	time.Sleep(2 * time.Second) // for what it would write
	if after := w.text(ledger); after != before {
		t.Error("a sender that came back changed what others had written meanwhile")
	}
	t.Logf("%d mails went out after the halted sender came back (what it was in the middle of)", w.relay.Count()-sent)
	for _, p := range []*exec.Cmd{planner, halted, last} {
		_ = p.Process.Signal(syscall.SIGTERM)
		if err := p.Wait(); err != nil {
			t.Errorf("a worker did not end well on SIGTERM: %v\n%s", err, p.Stderr)
		}
	}
	w.told(people, 4*inFlight) // killed, halted, and two that lost the database
	w.run("reconcile", update, "--log", w.log())
}

// ledger is all that is written of deliveries, as one sum.
const ledger = `SELECT md5(string_agg(concat_ws(' ', recipient_id, round, address_no, state, attempts, doubts, accepted_at, leased_by, detail), '|' ORDER BY recipient_id, round, address_no)) FROM deliveries`

// workshop is a PostgreSQL and a relay, and processes between them.
type workshop struct {
	*command
	cluster *cluster.Cluster
	relay   *delivertest.SMTP
	db      *sql.DB
}

func newWorkshop(t *testing.T) *workshop {
	t.Helper()
	c, err := cluster.Start(t.Context())
	if errors.Is(err, cluster.ErrNone) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	db, err := sql.Open("pgx", c.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	relay := delivertest.NewSMTP(t)
	relay.Answer(func(int, string) *smtp.SMTPError {
		time.Sleep(30 * time.Millisecond) // long enough to be killed in
		return nil
	})
	env := append(os.Environ(), "RUN_AS_VEDETTE=1", "VEDETTE_DATA="+filepath.Join(t.TempDir(), "data"), "VEDETTE_DATABASE="+c.URL(),
		"VEDETTE_SMTP=smtp://"+relay.Addr()+"?tls=none", "VEDETTE_FROM=alerts@relief.example.org", "VEDETTE_BASE_URL=https://alerts.example.org")
	w := &workshop{command: &command{t: t, env: env}, cluster: c, relay: relay, db: db}
	w.write("report.txt", killReport)
	return w
}

func (w *workshop) csv(people int) string {
	w.write("people.csv", crowd(people))
	return w.path("people.csv")
}

func (w *workshop) work(args ...string) *exec.Cmd {
	return w.start(append([]string{"work"}, args...)...)
}

func (w *workshop) kill(p *exec.Cmd) {
	w.t.Helper()
	if err := p.Process.Kill(); err != nil {
		w.t.Fatal(err)
	}
	_ = p.Wait()
}

// halt stops a process while it holds something.
func (w *workshop) halt(p *exec.Cmd) {
	w.t.Helper()
	w.t.Cleanup(func() { _ = p.Process.Signal(syscall.SIGCONT) })
	w.until(func() bool {
		if err := p.Process.Signal(syscall.SIGSTOP); err != nil {
			w.t.Fatal(err)
		}
		if w.number(`SELECT count(*) FROM deliveries WHERE state = 4 AND leased_by = (SELECT id FROM workers WHERE pid = $1)`, p.Process.Pid) > 0 {
			return true
		}
		_ = p.Process.Signal(syscall.SIGCONT)
		return false
	}, "a sender that holds something")
}

func (w *workshop) ask(query string, args ...any) (n int, err error) {
	ctx, cancel := context.WithTimeout(w.t.Context(), 20*time.Second)
	defer cancel()
	return n, w.db.QueryRowContext(ctx, query, args...).Scan(&n)
}

func (w *workshop) number(query string, args ...any) int {
	w.t.Helper()
	n, err := w.ask(query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *workshop) text(query string, args ...any) string {
	w.t.Helper()
	var s sql.NullString
	if err := w.db.QueryRowContext(w.t.Context(), query, args...).Scan(&s); err != nil {
		w.t.Fatal(err)
	}
	return s.String
}

// told holds the relay against the people: nobody missed, nobody else, one
// identity each, and at most so many repeats.
func (w *workshop) told(people, most int) {
	w.t.Helper()
	took, repeats := map[string]string{}, 0
	for _, m := range w.relay.Messages() {
		switch before, told := took[m.Rcpt]; {
		case !told:
			took[m.Rcpt] = m.ID
		case before != m.ID:
			w.t.Errorf("%s was told under two identities: %s, %s", m.Rcpt, before, m.ID)
		default:
			repeats++
		}
	}
	for i := range people {
		to := fmt.Sprintf("p%d@example.org", i)
		if took[to] == "" {
			w.t.Errorf("%s was missed", to)
		}
		delete(took, to)
	}
	for to := range took {
		w.t.Errorf("%s was told and is not one of the people", to)
	}
	w.t.Logf("%d repeats (at most %d)", repeats, most)
	if repeats > most {
		w.t.Errorf("%d repeats; at most %d were in flight", repeats, most)
	}
}

// log is what the relay would say it took.
func (w *workshop) log() string {
	ids := w.relay.Taken()
	slices.Sort(ids)
	var b strings.Builder
	b.WriteString("message-id,status\n")
	for _, id := range slices.Compact(ids) {
		fmt.Fprintf(&b, "%s@relief.example.org,delivered\n", id)
	}
	w.write("relay.csv", b.String())
	return w.path("relay.csv")
}

// TestAWorkerSaysHowItIs looks at the probes of a worker.
func TestAWorkerSaysHowItIs(t *testing.T) {
	c := &command{t: t, env: append(os.Environ(), "RUN_AS_VEDETTE=1", "VEDETTE_DATA="+filepath.Join(t.TempDir(), "data"))}
	cmd := c.cmd("work", "--plan", "--base-url", "https://alerts.example.org", "--metrics", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	said := make([]byte, 200)
	n, err := out.Read(said)
	if err != nil {
		t.Fatal(err, cmd.Stderr)
	}
	at := strings.TrimSuffix(following("on", strings.Fields(string(said[:n]))), ";")
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "", "/metrics": "vedette_deliveries_in_flight"} {
		body := get(t, at+path)
		if !strings.Contains(body, want) {
			t.Errorf("%s says %q; want %q in it", path, body, want)
		}
	}
	refused := c.cmd("serve", "--listen", "127.0.0.1:0")
	if err := refused.Run(); err == nil || !strings.Contains(fmt.Sprint(refused.Stderr), "sends from the SQLite database") {
		t.Errorf("a second process that sends from one SQLite database was not refused: %v, %s", err, refused.Stderr)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s answers %s", url, res.Status)
	}
	body := make([]byte, 64<<10)
	n := 0
	for err == nil && n < len(body) {
		var m int
		m, err = res.Body.Read(body[n:])
		n += m
	}
	return string(body[:n])
}
