package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
)

// A mail in a Maildir that cannot be taken for its own sake is said, to the desk as
// well and once, and tried again; one that cannot be moved away is read once. Neither
// keeps another from being read.
func TestAMailThatFailsKeepsNoneFromBeingRead(t *testing.T) {
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	a, err := Open(t.Context(), Config{Data: t.TempDir(), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	box := t.TempDir()
	for _, dir := range []string{"new", "cur", "cur/2:2,S"} { // the second cannot be moved there
		if err := os.Mkdir(filepath.Join(box, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"1", "2", "3"} {
		if err := os.WriteFile(filepath.Join(box, "new", name), []byte("From: a@example.org\r\n\r\n1\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m := a.maildir(box)
	var took []string
	var fails error = vedette.Errorf(vedette.CodeWrongKey, "its key does not open")
	take := m.take
	m.take = func(ctx context.Context, file string) error {
		if filepath.Base(file) == "1" && fails != nil {
			return fails
		}
		took = append(took, filepath.Base(file))
		return take(ctx, file)
	}
	once := func() (tasks []string) {
		t.Helper()
		if err := a.bouncesOnce(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		list, err := a.Desk.Tasks(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range list {
			tasks = append(tasks, k.Question)
		}
		return tasks
	}
	once()
	now = now.Add(16 * time.Minute)
	tasks := strings.Join(once(), "\n")
	if !slices.Equal(took, []string{"2", "3"}) || strings.Count(tasks, "Read mail 1 in the mailbox of "+box) != 1 || strings.Count(tasks, "Mend the mailbox of "+box) != 1 {
		t.Fatalf("taken: %q; tasks:\n%s", took, tasks)
	}
	fails = vedette.Errorf(vedette.CodeUnavailable, "the database is away")
	if err := a.bouncesOnce(t.Context(), m); err != fails {
		t.Fatalf("nothing can be taken: %v", err)
	}
	fails = nil
	once()
	if left, err := MailFiles(box); !slices.Equal(took, []string{"2", "3", "1"}) || err != nil || len(left) != 1 {
		t.Fatalf("taken: %q, left: %q, %v", took, left, err)
	}
}
