package rota

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
)

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// desk is a rota: Ada by day and Ben by night every week day of a week, Cleo
// always behind them, Dan no more.
var desk = []vedette.Duty{
	{Name: "Ada", Place: 1, Zone: "Europe/London", Weekly: true, From: at("2026-03-23 08:00"), To: at("2026-03-23 20:00")}, // a Monday, before clocks go forward
	{Name: "Ben", Place: 1, Zone: "Europe/London", Weekly: true, From: at("2026-03-23 20:00"), To: at("2026-03-24 08:00")},
	{Name: "Cleo", Place: 2, Zone: "UTC"},
	{Name: "ada ", Place: 3, Zone: "UTC"},
	{Name: "Dan", Place: 1, Zone: "UTC", To: at("2026-03-01 00:00")},
}

func names(list []vedette.Duty) string {
	var out []string
	for _, d := range list {
		out = append(out, strings.TrimSpace(d.Name))
	}
	return strings.Join(out, " ")
}

func TestWhoIsOnDuty(t *testing.T) {
	for _, c := range []struct{ at, on, off string }{
		{"2026-03-23 07:59", "Cleo ada", "Ben"},
		{"2026-03-23 08:00", "Ada Cleo", "Ben"},
		{"2026-03-23 20:00", "Ben Cleo ada", ""},
		{"2026-03-24 08:00", "Cleo ada", "Ben"},
		// A week later the clocks have gone forward: eight o'clock is seven UTC.
		{"2026-03-30 06:59", "Cleo ada", "Ben"},
		{"2026-03-30 07:00", "Ada Cleo", "Ben"},
		{"2026-03-30 19:00", "Ben Cleo ada", ""},
		{"2030-03-25 09:00", "Ada Cleo", "Ben"},
		{"2026-01-05 09:00", "Dan Cleo ada", "Ben"},
	} {
		if got := names(On(desk, at(c.at))); got != c.on {
			t.Errorf("%s: %q on duty, want %q", c.at, got, c.on)
		}
		if got := names(Off(desk, at(c.at))); got != c.off {
			t.Errorf("%s: %q off duty, want %q", c.at, got, c.off)
		}
	}
}

// TestACallForHelpGoesOnUntilItIsTaken reads like a night at the desk.
func TestACallForHelpGoesOnUntilItIsTaken(t *testing.T) {
	run := func(list []vedette.Duty, isCase bool, owner, begin string) string {
		now := at(begin)
		c := vedette.Callout{Task: 1}
		if isCase {
			c = vedette.Callout{Case: 1}
		}
		var out []string
		for range 9 {
			a := Next(&c, list, owner, 2*time.Minute, now)
			line := fmt.Sprintf("%s %s", now.Format("15:04"), names(a.Who))
			if a.All {
				line += ", all"
			}
			if a.Alone {
				line += ", nobody on duty"
			}
			out = append(out, line)
			if a.Next.IsZero() {
				out = append(out, "no more")
				break
			}
			c.Step++
			if a.All {
				c.Alls++
			}
			for _, d := range a.Who {
				c.Asked = append(c.Asked, d.Name)
			}
			now = a.Next
		}
		return strings.Join(out, "\n")
	}
	for _, c := range []struct {
		what         string
		list         []vedette.Duty
		isCase       bool
		owner, begin string
		want         string
	}{
		{"a call by day", desk, true, "", "2026-03-23 09:00",
			"09:00 Ada\n09:02 Cleo\n09:04 Ada Cleo Ben, all\n09:06 Ada Cleo Ben, all\n09:10 Ada Cleo Ben, all\n09:18 Ada Cleo Ben, all\n09:34 Ada Cleo Ben, all\n10:04 Ada Cleo Ben, all\n10:34 Ada Cleo Ben, all"},
		{"one who is alone on the rota", desk[2:3], true, "", "2026-03-23 09:00",
			"09:00 Cleo, all\n09:02 Cleo, all\n09:06 Cleo, all\n09:14 Cleo, all\n09:30 Cleo, all\n10:00 Cleo, all\n10:30 Cleo, all\n11:00 Cleo, all\n11:30 Cleo, all"},
		{"nobody on duty", desk[:2], true, "", "2026-03-25 09:00",
			"09:00 Ada Ben, all, nobody on duty\n09:02 Ada Ben, all, nobody on duty\n09:06 Ada Ben, all, nobody on duty\n09:14 Ada Ben, all, nobody on duty\n09:30 Ada Ben, all, nobody on duty\n10:00 Ada Ben, all, nobody on duty\n10:30 Ada Ben, all, nobody on duty\n11:00 Ada Ben, all, nobody on duty\n11:30 Ada Ben, all, nobody on duty"},
		{"a late contact is its owner's first, on duty or not", desk, true, "Ben", "2026-03-23 09:00",
			"09:00 Ben\n09:02 Ada\n09:04 Ben Ada Cleo, all\n09:06 Ben Ada Cleo, all\n09:10 Ben Ada Cleo, all\n09:18 Ben Ada Cleo, all\n09:34 Ben Ada Cleo, all\n10:04 Ben Ada Cleo, all\n10:34 Ben Ada Cleo, all"},
		{"a lapsed task wakes nobody who is off duty, and ends", desk, false, "", "2026-03-23 09:00",
			"09:00 Ada\n10:00 Cleo\n11:00 Ada Cleo, all\n12:00 Ada Cleo, all\n13:00 Ada Cleo, all\nno more"},
	} {
		if got := run(c.list, c.isCase, c.owner, c.begin); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.what, got, c.want)
		}
	}
}

func TestWithNobodyOnTheRotaNobodyIsAsked(t *testing.T) {
	a := Next(&vedette.Callout{Case: 1}, desk[4:], "", 2*time.Minute, at("2026-03-23 09:00"))
	if len(a.Who) != 0 || !a.Alone || a.Next.IsZero() {
		t.Errorf("%+v", a)
	}
}

// A shift that begins in the middle of a
// call-out is asked with all others.
func TestAShiftThatBeginsMeanwhileIsAsked(t *testing.T) {
	c := vedette.Callout{Case: 1, Step: 1, Asked: []string{"Ada"}}
	a := Next(&c, desk, "", 2*time.Minute, at("2026-03-23 20:00"))
	if names(a.Who) != "Ben" || a.All {
		t.Errorf("%q, all %v", names(a.Who), a.All)
	}
}
