package reachable

import (
	"slices"
	"time"

	"vedette"
)

// Bounds are the times by which it is counted how many had a message.
var Bounds = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 24 * time.Hour}

// Answered is how an area answered one update of the past: to how many it was
// sent, and of how many word came within each of Bounds.
type Answered struct {
	Sent    int
	Arrived []int
}

// Batch is people of an area who were told at about the same time.
type Batch struct {
	Made    time.Time // when their notices were made
	Sent    int       // accepted by a channel
	Arrived int       // of them: word came
	Last    time.Time // the last first word, zero for none
}

// Floors: without so many there is no habit, and fewer silent people are
// chance. With eight expected, nothing at all comes by chance three times in
// ten thousand, and a quarter of it or less once in seventy.
const (
	HabitSends  = 3  // past updates
	HabitPeople = 10 // people of the area in each, and in this one
	Expected    = 8  // people of whom word would have come by habit
)

// Silence says that an area's word falls under its habit.
type Silence struct {
	Area     vedette.AreaID
	Since    time.Time // nothing came since then
	Nothing  bool      // nothing at all since; else only far less than by habit
	Sent     int
	Arrived  int
	Expected int // by habit, by now
}

// Hears says whether what came from an area by now falls under its habit. It
// says nothing without a habit, or of few people. Two ways: nothing came since
// the last word, or since it was sent, while by habit there were to be more; or
// of all only a quarter of what is usual, or less, came.
func Hears(habit []Answered, batches []Batch, now time.Time) (Silence, bool) {
	habit = slices.DeleteFunc(slices.Clone(habit), func(a Answered) bool { return a.Sent < HabitPeople || len(a.Arrived) != len(Bounds) })
	s := Silence{Nothing: true}
	for _, b := range batches {
		s.Sent, s.Arrived = s.Sent+b.Sent, s.Arrived+b.Arrived
		if b.Last.After(s.Since) {
			s.Since = b.Last
		}
	}
	if len(habit) < HabitSends || s.Sent < HabitPeople {
		return s, false
	}
	none := s.Since.IsZero()
	var byNow, since float64
	for _, b := range batches {
		share := share(habit, now.Sub(b.Made))
		byNow += float64(b.Sent) * share
		if before := s.Since.Sub(b.Made); !none && before > 0 {
			share -= shareUpTo(habit, before)
		}
		since += float64(b.Sent) * max(share, 0)
		if none && (s.Since.IsZero() || b.Made.Before(s.Since)) {
			s.Since = b.Made
		}
	}
	s.Expected = int(byNow)
	if since >= Expected {
		return s, true
	}
	s.Nothing = false
	return s, byNow >= Expected && float64(s.Arrived) <= byNow/4
}

// share is of what part of those sent to word comes within a time, by habit:
// the median of the past. It is taken at the bound before, so that it never
// promises too much.
func share(habit []Answered, within time.Duration) float64 {
	at := -1
	for i, b := range Bounds {
		if b <= within {
			at = i
		}
	}
	return median(habit, at)
}

// shareUpTo is the same at the bound after.
func shareUpTo(habit []Answered, within time.Duration) float64 {
	at := slices.IndexFunc(Bounds, func(b time.Duration) bool { return b >= within })
	if at < 0 {
		at = len(Bounds) - 1
	}
	return median(habit, at)
}

func median(habit []Answered, at int) float64 {
	if at < 0 {
		return 0
	}
	parts := make([]float64, len(habit))
	for i, a := range habit {
		parts[i] = float64(a.Arrived[at]) / float64(a.Sent)
	}
	slices.Sort(parts)
	if n := len(parts); n%2 == 0 {
		return (parts[n/2-1] + parts[n/2]) / 2
	}
	return parts[len(parts)/2]
}
