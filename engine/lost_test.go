package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"vedette/store/storetest"
)

// The server ends all connections again and again: what was claimed, and its answer
// lost, is sent soon, and nothing twice. Nobody waits until a lease is over.
func TestAServerThatGoesAwayDelaysNobodyForLong(t *testing.T) {
	const times = 8
	people := 3000
	if raced {
		people = 600
	}
	place := storetest.Database(t)
	n := newNightAt(t, place, people)
	n.live = time.Now()
	n.engine("one")
	u := n.publish("", "")
	for i := range times {
		n.wait("some more sent", func() bool { return n.box.count() >= people*i/times })
		n.hangUp(place)
	}
	n.wait("all accepted", func() bool { // the first that asks may be hung up on, too
		got, err := n.rows.Tally(t.Context(), u.Key)
		return err == nil && accepted(people)(got)
	})
	// What waits until its lease is over is in doubt when it is claimed again.
	if doubts := n.ask(place, `SELECT count(*) FROM deliveries WHERE doubts > 0`); doubts > 0 {
		t.Errorf("%d waited until a lease was over", doubts)
	}
	for id, times := range n.box.sent() {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
}

// wait waits for something that asks nothing of the store, or may fail to.
func (n *night) wait(what string, ok func() bool) {
	n.t.Helper()
	for deadline := time.Now().Add(4 * time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			n.t.Fatalf("never came to %s: %d were sent", what, n.box.count())
		}
	}
}

// An engine that begins while the store is away waits for it, and tells who waits.
func TestAnEngineThatBeginsWhileTheStoreIsAwayWaitsForIt(t *testing.T) {
	place := storetest.Database(t)
	n := newNightAt(t, place, 3)
	u := n.publish("", "")
	n.away(place, true)
	n.hangUp(place)
	stop := n.engine("early")
	time.Sleep(50 * time.Millisecond)
	stop() // and ends at once when it is told to
	n.engine("one")
	time.Sleep(50 * time.Millisecond)
	if n.box.count() > 0 {
		t.Error("it sent something although the store is away")
	}
	n.away(place, false)
	n.wait("all accepted", func() bool {
		got, err := n.rows.Tally(t.Context(), u.Key)
		return err == nil && accepted(3)(got)
	})
}

// away lets nobody connect to a database, or everybody again.
func (n *night) away(place string, away bool) {
	n.t.Helper()
	n.atServer(place, func(db *sql.DB, own string) error {
		_, err := db.ExecContext(n.t.Context(), fmt.Sprintf(`ALTER DATABASE %q ALLOW_CONNECTIONS %t`, own, !away))
		return err
	})
}

// ask asks a database for a number.
func (n *night) ask(place, query string) (number int) {
	n.t.Helper()
	db, err := sql.Open("pgx", place)
	if err != nil {
		n.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(n.t.Context(), query).Scan(&number); err != nil {
		n.t.Fatal(err)
	}
	return number
}

// hangUp ends all connections to a database.
func (n *night) hangUp(place string) {
	n.t.Helper()
	n.atServer(place, func(db *sql.DB, own string) error {
		_, err := db.ExecContext(n.t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, own)
		return err
	})
}

// atServer does something to a database from outside it.
func (n *night) atServer(place string, do func(db *sql.DB, own string) error) {
	n.t.Helper()
	u, err := url.Parse(place)
	if err != nil {
		n.t.Fatal(err)
	}
	own := strings.TrimPrefix(u.Path, "/")
	u.Path = "/postgres"
	db, err := sql.Open("pgx", u.String())
	if err != nil {
		n.t.Fatal(err)
	}
	defer db.Close()
	if err := do(db, own); err != nil {
		n.t.Fatal(err)
	}
}

// What became of a letter is written down as soon as the store is back; not any more
// when its lease is over, for then another may have it.
func TestWhatWasSentIsWrittenWhenTheStoreIsBack(t *testing.T) {
	away := errors.New("the server is gone")
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	b := &branch{Engine: New(Config{Now: func() time.Time { return now }, Poll: time.Millisecond, Log: slog.New(slog.DiscardHandler)})}
	tries := 0
	err := b.untilWritten(t.Context(), now.Add(sendLease), true, func(context.Context) error {
		if tries++; tries < 4 {
			return away
		}
		return nil
	})
	if err != nil || tries != 4 {
		t.Errorf("%v after %d tries", err, tries)
	}
	err = b.untilWritten(t.Context(), now.Add(sendLease), true, func(context.Context) error {
		now = now.Add(sendLease / 3)
		return away
	})
	if !errors.Is(err, away) || !b.unwritten.Load() {
		t.Errorf("when the lease was over: %v, in doubt %v", err, b.unwritten.Load())
	}
	b.unwritten.Store(false)
	if err := b.untilWritten(t.Context(), now, false, func(context.Context) error { return away }); err == nil || b.unwritten.Load() {
		t.Errorf("of what was not sent: %v, in doubt %v", err, b.unwritten.Load())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	tries = 0
	err = b.untilWritten(ended, now.Add(sendLease), true, func(ctx context.Context) error {
		tries++
		return errors.Join(ctx.Err(), map[bool]error{true: away}[tries == 1])
	})
	if err != nil || tries != 2 {
		t.Errorf("at the end: %v after %d tries", err, tries)
	}
}
