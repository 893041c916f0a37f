package deliver_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
)

func TestBackoff(t *testing.T) {
	for _, c := range []struct {
		attempt int
		rnd     float64
		want    time.Duration
	}{
		{0, 0.5, 10 * time.Second}, {1, 0, 5 * time.Second}, {1, 0.5, 10 * time.Second}, {2, 0.5, 30 * time.Second},
		{3, 0.5, 90 * time.Second}, {4, 0.5, 270 * time.Second}, {5, 0.5, 10 * time.Minute}, {1000, 1, 15 * time.Minute}, {3, -7, 45 * time.Second},
	} {
		if got := deliver.Backoff(c.attempt, c.rnd); got != c.want {
			t.Errorf("after try %d with %v: %v, want %v", c.attempt, c.rnd, got, c.want)
		}
	}
}

func TestDecide(t *testing.T) {
	type outcome struct {
		event string
		wait  time.Duration
	}
	for _, c := range []struct {
		name    string
		r       deliver.Result
		attempt int
		doubts  int
		want    outcome
	}{
		{"taken", deliver.Result{Kind: deliver.Accepted}, 24, 1, outcome{"accept", 0}},
		{"for now", deliver.Result{}, 2, 0, outcome{"retry", 30 * time.Second}},
		{"the receiver asks for more time", deliver.Result{RetryAfter: time.Hour}, 1, 0, outcome{"retry", time.Hour}},
		{"the receiver asks for less", deliver.Result{RetryAfter: time.Second}, 1, 0, outcome{"retry", 10 * time.Second}},
		{"too often", deliver.Result{}, deliver.MaxAttempts, 0, outcome{"fail", 0}},
		{"too often, once in doubt", deliver.Result{}, deliver.MaxAttempts, 1, outcome{"doubt", 0}},
		{"for good", deliver.Result{Kind: deliver.Failed}, 1, 0, outcome{"fail", 0}},
		{"for good, once in doubt", deliver.Result{Kind: deliver.Failed}, 2, 1, outcome{"doubt", 0}},
		{"in doubt", deliver.Result{Kind: deliver.Doubt}, 1, 0, outcome{"retry", 10 * time.Second}},
		{"a first doubt after many a later", deliver.Result{Kind: deliver.Doubt}, 10, 0, outcome{"retry", 10 * time.Minute}},
		{"in doubt again and again", deliver.Result{Kind: deliver.Doubt}, 4, deliver.MaxDoubtful - 1, outcome{"doubt", 0}},
	} {
		event, wait := deliver.Decide(c.r, c.attempt, c.doubts, 0.5)
		if got := (outcome{event, wait}); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if _, ok := vedette.Deliveries.Next(vedette.DeliveryQueued, event); !ok {
			t.Errorf("%s: a queued delivery knows no %q", c.name, event)
		}
	}
}

func TestDetailHidesSecrets(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"550 <ANNA@Example.org>: no", "550 <***>: no"},
		{"anna@example.organna@example.org", "******"},
		{"two\r\nlines\tand\x00more", "two lines and more"},
		{"İanna@example.org", "İ***"},
		{"550 5.1.1 anna: unknown (alias of a.b@corp.example)", "550 5.1.1 ***: unknown (alias of ***)"},
		{"", ""},
	} {
		if got := deliver.Detail(c.in, "", "anna@example.org"); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
	long := ""
	for range 200 {
		long += "éx"
	}
	if got := deliver.Detail(long); len(got) > deliver.MaxDetail || got[len(got)-3:] != "…" {
		t.Errorf("%d bytes, %q", len(got), got)
	}
}
