package rota

import (
	"strings"
	"testing"
	"time"

	"vedette"
)

func TestApproversAreRungOneAfterTheOther(t *testing.T) {
	list := []vedette.Approver{{User: vedette.User{Name: "Ben"}}, {User: vedette.User{Name: "Cleo"}}, {User: vedette.User{Name: "Zoe"}}}
	run := func(a vedette.Approval, list []vedette.Approver, begin string) string {
		now := at(begin)
		var out []string
		for range 5 {
			who, next := RingNext(&a, list, desk, 2*time.Minute, now)
			var n []string
			for _, p := range who {
				n = append(n, p.User.Name)
			}
			out = append(out, now.Format("15:04")+" "+strings.Join(n, " "))
			if next.IsZero() {
				return strings.Join(append(out, "no more"), "; ")
			}
			if len(who) > 0 {
				a.Step++
			}
			now = next
		}
		return strings.Join(out, "; ")
	}
	for _, c := range []struct {
		what string
		a    vedette.Approval
		list []vedette.Approver
		at   string
		want string
	}{
		{"urgent by day: who is on duty first, then those who sleep", vedette.Approval{Urgent: true}, list, "2026-03-23 09:00",
			"09:00 Cleo; 09:02 Ben; 09:04 Zoe; 09:06 Cleo Ben Zoe; 09:10 Cleo Ben Zoe"},
		{"calm: nobody who is off duty is woken", vedette.Approval{}, list, "2026-03-23 09:00", "09:00 Cleo; 09:10 Cleo; 09:30 Cleo; 10:10 Cleo; 11:30 Cleo"},
		{"calm, and no approver on duty", vedette.Approval{}, list[2:], "2026-03-23 09:00", "09:00 Zoe; 09:10 Zoe; 09:30 Zoe; 10:10 Zoe; 11:30 Zoe"},
		{"the glass was broken: all at once", vedette.Approval{Urgent: true, Glass: true}, list, "2026-03-23 09:00",
			"09:00 Cleo Ben Zoe; 09:04 Cleo Ben Zoe; 09:12 Cleo Ben Zoe; 09:28 Cleo Ben Zoe; 10:00 Cleo Ben Zoe"},
		{"nobody can be rung: it is looked at again", vedette.Approval{Urgent: true}, nil, "2026-03-23 09:00", "09:00 ; 09:01 ; 09:02 ; 09:03 ; 09:04 "},
		{"not for ever", vedette.Approval{Step: nagSteps}, list, "2026-03-23 09:00", "09:00 ; no more"},
	} {
		if got := run(c.a, c.list, c.at); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.what, got, c.want)
		}
	}
}
