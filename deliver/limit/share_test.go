package limit

import (
	"fmt"
	"testing"
	"time"
)

// together plays several books that each may have any message: a message asks
// another each time. It gives how many went in each minute, and the most at once.
func together(books []*Book, n int, lasts, span time.Duration) (perMinute map[int]int, atOnce int) {
	perMinute = map[int]int{}
	type flight struct {
		book *Book
		end  time.Time
		a    Asked
	}
	var flying []flight
	due, waited, turn := make([]time.Time, n), make([]bool, n), 0
	for i := range due {
		due[i] = t0
	}
	for now := t0; now.Before(t0.Add(span)); now = now.Add(50 * time.Millisecond) {
		still := flying[:0]
		for _, f := range flying {
			if f.end.After(now) {
				still = append(still, f)
				continue
			}
			f.book.Done(f.a, Took, lasts, now)
		}
		flying = still
		for i := range due {
			if due[i].IsZero() || due[i].After(now) {
				continue
			}
			turn++
			b, a := books[turn%len(books)], Asked{To: "example.org", Waited: waited[i]}
			if until := b.Turn(a, now); !until.IsZero() {
				due[i], waited[i] = until, true
				continue
			}
			due[i], flying = time.Time{}, append(flying, flight{b, now.Add(lasts), a})
			perMinute[int(now.Sub(t0)/time.Minute)]++
			atOnce = max(atOnce, len(flying))
		}
	}
	return perMinute, atOnce
}

func books(n int, r Rule) (list []*Book) {
	for i := range n {
		b := New(Rules{All: r})
		b.Divide(Share{Nth: i, Of: n})
		list = append(list, b)
	}
	return list
}

// However many books there are, all together keep what one alone keeps, and nothing
// is left lying.
func TestSeveralBooksKeepOneLimit(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			per, _ := together(books(n, Rule{PerMinute: 60}), 240, time.Millisecond, 5*time.Minute)
			sum := 0
			for minute, went := range per {
				sum += went
				if went > 60+3+n { // the first of each, and what runs ahead
					t.Errorf("%d went in minute %d, want 60", went, minute)
				}
			}
			if sum != 240 {
				t.Errorf("%d went in five minutes, want all 240", sum)
			}
			per, most := together(books(n, Rule{Connections: 3}), 120, 500*time.Millisecond, 2*time.Minute)
			if most > 3 || per[0]+per[1] != 120 {
				t.Errorf("%d at once, want at most 3; %d went, want 120", most, per[0]+per[1])
			}
		})
	}
}

// Whoever begins waits until the others know of it, but with what is urgent, and
// where there is a rule.
func TestABookThatBegins(t *testing.T) {
	b := New(Rules{Of: map[string]Rule{"example.org": {PerMinute: 600}}})
	b.Divide(Share{Nth: 1, Of: 2, Until: t0.Add(5 * time.Second)})
	for range 3 {
		if until := b.Turn(inform("example.org"), t0); !until.Equal(t0.Add(5 * time.Second)) {
			t.Errorf("it waits until %s", until)
		}
	}
	if until := b.Turn(Asked{To: "example.org", Urgent: true}, t0); !until.IsZero() {
		t.Errorf("what is urgent waits until %s", until)
	}
	if until := b.Turn(inform("elsewhere.org"), t0); !until.IsZero() {
		t.Errorf("of a domain without a rule it waits until %s", until)
	}
	if until := b.Turn(inform("example.org"), t0.Add(5*time.Second)); !until.IsZero() {
		t.Errorf("once it is known it waits until %s", until)
	}
}
