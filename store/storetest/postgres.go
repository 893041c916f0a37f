// Package storetest gives tests a place on a real PostgreSQL server.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"os"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// Schema makes a schema of its own on the server that VEDETTE_TEST_POSTGRES
// names (one on 127.0.0.1 where it is not set), dropped when the test ends,
// and gives the URL of it. Where no server answers the test is skipped, under
// CI=true it fails. With -short it is skipped: a test that runs on both engines runs on
// SQLite alone.
func Schema(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("short: on SQLite alone")
	}
	return made(t, "SCHEMA", "CASCADE", func(u *url.URL, name string) {
		q := u.Query()
		q.Set("search_path", name)
		u.RawQuery = q.Encode()
	})
}

// Database is Schema for a whole database, for processes of their own.
func Database(t testing.TB) string {
	t.Helper()
	return made(t, "DATABASE", "WITH (FORCE)", func(u *url.URL, name string) { u.Path = "/" + name })
}

// patience is how long the server may take to answer.
const patience = 20 * time.Second

func made(t testing.TB, what, drop string, name func(*url.URL, string)) string {
	t.Helper()
	server := os.Getenv("VEDETTE_TEST_POSTGRES")
	if server == "" {
		server = "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable"
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	db := connect(t, server)
	var b [8]byte
	rand.Read(b[:])
	own := "vedette_test_" + hex.EncodeToString(b[:])
	if _, err := db.Exec("CREATE " + what + " " + own); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP " + what + " " + own + " " + drop); err != nil {
			t.Errorf("%s stays: %v", own, err)
		}
		db.Close()
	})
	name(u, own)
	q := u.Query()
	q.Set("synchronous_commit", "off") // nothing here is to outlive the server
	u.RawQuery = q.Encode()
	return u.String()
}

func connect(t testing.TB, server string) *sql.DB {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	db, err := sql.Open("pgx", server)
	if err == nil {
		err = db.PingContext(ctx)
	}
	switch {
	case err == nil:
		return db
	case os.Getenv("CI") == "true":
		t.Fatalf("no PostgreSQL to test on: %v", err)
	default:
		t.Skipf("no PostgreSQL to test on (set VEDETTE_TEST_POSTGRES): %v", err)
	}
	return nil
}
