package web

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

// TestNobodyWaitsForWhatHasJustGrownOld: what nothing changed of is given once more while it
// is drawn anew; what the log went on for is drawn before it is given; and what could not be
// drawn meanwhile is drawn for whoever comes when it is too old.
func TestNobodyWaitsForWhatHasJustGrownOld(t *testing.T) {
	d := &drawing{}
	var n atomic.Int64
	hold := make(chan error, 1)
	draw := func() ([]byte, error) { return []byte{byte('0' + n.Add(1))}, nil }
	slow := func() ([]byte, error) {
		if err := <-hold; err != nil {
			return nil, err
		}
		return draw()
	}
	now := time.Date(2026, 3, 11, 18, 20, 0, 0, time.UTC)
	is := func(at int64, after time.Duration, by func() ([]byte, error), want string) {
		t.Helper()
		body, _, err := d.soon(at, now.Add(after), liveLoad, by)
		if err != nil || string(body) != want {
			t.Fatalf("%q, %v, want %q", body, err, want)
		}
	}
	is(1, 0, draw, "1")
	is(1, liveLoad-1, draw, "1")
	is(1, liveLoad, slow, "1") // drawn anew, by one
	is(1, liveLoad, slow, "1")
	hold <- nil
	until := time.Now().Add(5 * time.Second)
	for done := false; !done; time.Sleep(time.Millisecond) {
		d.mu.Lock()
		done = !d.anew
		d.mu.Unlock()
		if time.Now().After(until) {
			t.Fatal("it is not drawn anew")
		}
	}
	is(1, liveLoad+1, draw, "2")
	is(2, liveLoad+1, draw, "3") // the log went on
	hold <- errors.New("the disk is gone")
	is(2, 2*liveLoad+1, slow, "3")
	is(2, 4*liveLoad, draw, "4") // too old: whoever comes waits
}
