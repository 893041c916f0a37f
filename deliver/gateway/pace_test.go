package gateway

import (
	"testing"
	"time"

	"vedette/deliver/breaker"
)

func TestMessagesOfASenderAreSpaced(t *testing.T) {
	var p pace
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	for i := range 31 {
		if wait, ok := p.turn(now, time.Second); !ok || wait != time.Duration(i)*time.Second {
			t.Fatalf("message %d waits %v %v", i, wait, ok)
		}
	}
	if wait, ok := p.turn(now, time.Second); ok || wait != 31*time.Second {
		t.Errorf("one too many waits %v %v", wait, ok)
	}
	if wait, ok := p.turn(now.Add(5*time.Second), time.Second); !ok || wait != 26*time.Second {
		t.Errorf("it took no place: %v %v", wait, ok)
	}
}

func TestABrokenGatewayIsTriedAgainByOne(t *testing.T) {
	var b breaker.Gate
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	for range rests.Failures {
		if b.Open(rests, now) != 0 {
			t.Fatal("open too early")
		}
		b.Tell(now, false)
	}
	if b.Open(rests, now.Add(time.Second)) != 29*time.Second {
		t.Error("not left alone")
	}
	later := now.Add(rests.First)
	for i, held := range []bool{false, true, true} {
		if wait := b.Open(rests, later); (wait > 0) != held {
			t.Errorf("message %d waits %v: not exactly one tries it again", i, wait)
		}
	}
	b.Tell(later, true)
	for range 2 {
		if wait := b.Open(rests, later); wait > 0 {
			t.Errorf("not open again for all: %v", wait)
		}
	}
}
