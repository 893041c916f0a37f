package breaker

import (
	"testing"
	"time"
)

func TestWhoFailsIsLeftAloneForLongerAndLonger(t *testing.T) {
	r := Rule{Failures: 3, First: 30 * time.Second, Most: 2 * time.Minute}
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	s, at := State{}, now
	for i, want := range []time.Duration{0, 0, 30 * time.Second, time.Minute, 2 * time.Minute, 2 * time.Minute} {
		s = s.After(at, false)
		if got := r.Until(s); want == 0 && !got.IsZero() || want > 0 && got != at.Add(want) {
			t.Errorf("after %d failures until %v, want %v later", i+1, got, want)
		}
		if r.Tries(s) != (i >= 2) {
			t.Errorf("after %d failures: tries %t", i+1, r.Tries(s))
		}
		at = at.Add(time.Hour)
	}
	if !s.Since.Equal(now) || s.Failures != 6 {
		t.Errorf("%+v", s)
	}
	if s = s.After(at, true); s != (State{}) || !r.Until(s).IsZero() || r.Tries(s) {
		t.Errorf("well again: %+v", s)
	}
}
