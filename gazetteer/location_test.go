package gazetteer

import (
	"fmt"
	"testing"
	"time"
)

// A zone is the same however often it is asked for, and none is made up.
func TestLocation(t *testing.T) {
	at := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	for range 2 {
		for _, zone := range []string{"Asia/Tehran", "Europe/Berlin", "UTC", "America/St_Johns"} {
			kept, err := Location(zone)
			if err != nil {
				t.Fatal(err)
			}
			read, _ := time.LoadLocation(zone)
			if got, want := at.In(kept).String(), at.In(read).String(); got != want {
				t.Errorf("%s: %s, want %s", zone, got, want)
			}
		}
		for _, zone := range []string{"Mars/Olympus", "../etc/passwd"} {
			if got, err := Location(zone); err == nil {
				t.Errorf("%s: %v", zone, got)
			}
		}
	}
}

func BenchmarkLocation(b *testing.B) {
	for name, load := range map[string]func(string) (*time.Location, error){"kept": Location, "read": time.LoadLocation} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if at, err := load("Asia/Tehran"); err != nil {
					b.Fatal(fmt.Sprint(at, err))
				}
			}
		})
	}
}
