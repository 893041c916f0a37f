package desk

import (
	"testing"
	"time"
)

// What was counted is given again while it holds: for a minute where nobody changed, and
// not at all once somebody did, unless counting takes long.
func TestACountIsKeptWhileItHolds(t *testing.T) {
	var k keptHeads[string, int]
	counted := 0
	at := func(turn int64, now time.Time) int {
		return k.give("IQ", turn, now, func() int { counted++; return counted })
	}
	now := time.Date(2026, 2, 5, 2, 10, 0, 0, time.UTC)
	for _, c := range []struct {
		turn int64
		now  time.Time
		want int
	}{{1, now, 1}, {1, now.Add(59 * time.Second), 1}, {2, now.Add(59 * time.Second), 2}, {2, now.Add(time.Hour), 3}, {2, now, 4}} {
		if got := at(c.turn, c.now); got != c.want {
			t.Errorf("at turn %d, %s: count %d is given, want %d", c.turn, c.now, got, c.want)
		}
	}
	k.of["IQ"].took = time.Hour // among very many
	if at(3, now); counted != 4 {
		t.Error("what takes an hour to count is counted again at once")
	}
	if at(3, now.Add(2*time.Minute)); counted != 5 {
		t.Error("a count of minutes ago is given")
	}
	for i := range mostHeads + 5 {
		k.give(string(rune('a'+i)), 1, now, func() int { return 0 })
	}
	if len(k.of) > mostHeads {
		t.Errorf("%d counts are kept", len(k.of))
	}
}
