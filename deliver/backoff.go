package deliver

import "time"

// How long a message is tried. With Backoff, MaxAttempts spans about three
// and a quarter hours. A message in doubt is sent again, under the same
// identity, only until MaxDoubtful tries ended in doubt: telling someone
// twice is better than never, but not without end.
const (
	MaxAttempts = 24
	MaxDoubtful = 3
)

const (
	backoffFirst  = 10 * time.Second
	backoffFactor = 3
	backoffMean   = 10 * time.Minute // the longest wait before jitter
)

// Backoff gives the wait after the attempt-th try (from 1): 10 s, 30 s,
// 90 s, 270 s, then 10 min, each spread by rnd in [0, 1) from half to one
// and a half of itself, so that a thousand messages refused together do not
// come back together. It is never above 15 minutes.
func Backoff(attempt int, rnd float64) time.Duration {
	mean := backoffFirst
	for i := 1; i < attempt && mean < backoffMean; i++ {
		mean *= backoffFactor
	}
	mean = min(mean, backoffMean)
	return time.Duration(float64(mean) * (0.5 + min(max(rnd, 0), 1)))
}

// Decide says what a result means for its delivery: the event of
// vedette.Deliveries ("accept", "retry", "fail", "doubt") and, for "retry",
// the wait. attempt counts the tries so far, this one included; doubts counts
// the earlier ones that may have been accepted: after one, giving up is never
// "fail".
func Decide(r Result, attempt, doubts int, rnd float64) (event string, wait time.Duration) {
	if r.Kind == Doubt {
		doubts++
	}
	givenUp := "fail"
	if doubts > 0 {
		givenUp = "doubt"
	}
	switch {
	case r.Kind == Accepted:
		return "accept", 0
	case r.Kind == Failed, attempt >= MaxAttempts:
		return givenUp, 0
	case r.Kind == Doubt && doubts >= MaxDoubtful:
		return givenUp, 0
	}
	return "retry", max(Backoff(attempt, rnd), r.RetryAfter)
}
