package rights

import (
	"time"

	"vedette"
)

// FreshFor is how long a second factor counts that was shown: for a shift, and within
// the session that it was shown in.
const FreshFor = 12 * time.Hour

// ahead is how far the clocks of two machines may be apart.
const ahead = time.Minute

// Fresh says whether a second factor that was shown at a moment, zero for never, counts
// still.
func Fresh(shown, now time.Time) bool {
	return !shown.IsZero() && now.Sub(shown) < FreshFor && !shown.After(now.Add(ahead))
}

// PublishingAsks says whether publishing an update asks for a second factor that is
// fresh: where it says extreme of anything.
func PublishingAsks(u *vedette.Update) bool { return u.SaysExtreme() }
