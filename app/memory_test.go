package app

import "testing"

// However much is in use, there is room above it.
func TestTheMemoryLimitLeavesRoom(t *testing.T) {
	for live, want := range map[uint64]int64{0: leastLimit, 90 << 20: leastLimit, 120 << 20: 148 << 20, 150 << 20: 261 << 20, 400 << 20: 800 << 20} {
		if got := memoryLimit(live, leastLimit); got != want {
			t.Errorf("%d MB in use: %d MB, want %d", live>>20, got>>20, want>>20)
		}
	}
	for live := uint64(0); live < 4<<30; live += 50 << 20 {
		if got := memoryLimit(live, leastLimit); got < int64(live)+20<<20 {
			t.Errorf("%d MB in use: only %d MB", live>>20, got>>20)
		}
	}
}
