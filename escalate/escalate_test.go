package escalate

import (
	"strings"
	"testing"
	"time"

	"vedette"
)

var (
	both = []vedette.Channel{vedette.ChannelSMS, vedette.ChannelEmail}
	mail = []vedette.Channel{vedette.ChannelEmail}
)

// night plays a policy from 02:00 on and writes what it does, minute by minute,
// as a duty officer would note it. at says how somebody stands at a minute; off
// is while nothing runs.
func night(t *testing.T, p vedette.Policy, at func(minute int, g *Progress), off func(minute int) bool) []string {
	t.Helper()
	begun := time.Date(2026, 2, 5, 2, 0, 0, 0, time.UTC)
	g := Progress{Since: begun, Over: both}
	var log []string
	for minute := 0; minute <= 24*60; minute++ {
		now := begun.Add(time.Duration(minute) * time.Minute)
		if off != nil && off(minute) {
			continue
		}
		for range 3 { // what takes no time comes in the same minute
			if at != nil {
				at(minute, &g)
			}
			m, more := Next(p, g, now)
			if !more || !m.Now {
				break
			}
			what := now.Format("15:04 ") + string(m.Act.Do)
			switch {
			case m.Pass:
				what += " passed over"
			case m.Act.Do == vedette.DeedTell:
				var over []string
				for _, c := range m.Over {
					over = append(over, string(c))
				}
				what += " by " + strings.Join(over, " and ")
			}
			log = append(log, what)
			g.Done, g.Since = m.No, now
		}
	}
	return log
}

// Each row is a night: who was told at 02:00, and what happened then.
func TestWhatIsDoneWhileNobodyAnswers(t *testing.T) {
	policy := func(text string) vedette.Policy {
		p, err := vedette.ParsePolicy(text)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	immediate := vedette.DefaultPolicy(vedette.UrgencyImmediate)
	for _, c := range []struct {
		night string
		p     vedette.Policy
		at    func(minute int, g *Progress)
		off   func(minute int) bool
		want  string
	}{
		{night: "nobody answers an immediate warning", p: immediate,
			want: "02:05 tell by sms and email, 02:15 tell by sms and email, 02:35 tell by sms and email, 02:55 tell by sms and email, 03:05 task"},
		{night: "a call only where a step names it", p: policy("tell after 10m; tell after 10m over voice; task after 10m"),
			at:   func(_ int, g *Progress) { g.Named = append(both[:2:2], vedette.ChannelVoice) },
			want: "02:10 tell by sms and email, 02:20 tell by voice, 02:30 task"},
		{night: "they answer at 02:20", p: immediate, at: func(minute int, g *Progress) { g.Ended = minute >= 20 },
			want: "02:05 tell by sms and email, 02:15 tell by sms and email"},
		{night: "what is expected is told once", p: vedette.DefaultPolicy(vedette.UrgencyExpected), want: ""},
		{night: "what has no urgency counts as expected", p: vedette.DefaultPolicy(vedette.UrgencyUnknown), want: ""},
		{night: "nothing ran from 02:08 to 04:00: one telling is due, not three", p: immediate, off: func(minute int) bool { return minute > 8 && minute < 120 },
			want: "02:05 tell by sms and email, 04:00 tell by sms and email, 04:20 tell by sms and email, 04:40 tell by sms and email, 04:50 task"},
		{night: "no channel reaches them: the desk is asked at once", p: immediate, at: func(_ int, g *Progress) { g.Over = nil },
			want: "02:00 task"},
		{night: "they say STOP to text messages at 02:10", p: immediate, at: func(minute int, g *Progress) {
			if minute >= 10 {
				g.Over = mail
			}
		}, want: "02:05 tell by sms and email, 02:15 tell by email, 02:35 tell by email, 02:55 tell by email, 03:05 task"},
		{night: "their only number is taken away at 02:10", p: immediate, at: func(minute int, g *Progress) {
			if minute >= 10 {
				g.Over = nil
			}
		}, want: "02:05 tell by sms and email, 02:10 task"},
		{night: "the desk accounts for them at 02:10, and takes it back at 02:40", p: immediate, at: func(minute int, g *Progress) { g.Spare = minute >= 10 && minute < 40 },
			want: "02:05 tell by sms and email, 02:15 tell passed over, 02:35 tell passed over, 02:55 tell by sms and email, 03:05 task"},
		{night: "accounted for to the end", p: immediate, at: func(minute int, g *Progress) { g.Spare = minute >= 10 },
			want: "02:05 tell by sms and email, 02:15 tell passed over, 02:35 tell passed over, 02:55 tell passed over, 03:05 task passed over"},
		{night: "first by mail alone, then by all, the desk in between", p: policy("tell after 10m over email; tell after 10m; task after 5m; tell after 30m, 2 times"),
			want: "02:10 tell by email, 02:20 tell by sms and email, 02:25 task, 02:55 tell by sms and email, 03:25 tell by sms and email"},
		{night: "a step over what does not reach them takes no time", p: policy("tell after 10m over sms; task after 30m"), at: func(_ int, g *Progress) { g.Over = mail },
			want: "02:30 task"},
	} {
		t.Run(c.night, func(t *testing.T) {
			if got := strings.Join(night(t, c.p, c.at, c.off), ", "); got != c.want {
				t.Errorf("the night went\n  %s\nnot\n  %s", got, c.want)
			}
		})
	}
}

// Every policy that can be kept comes to its end, and no two things it does are
// nearer than the least wait.
func TestEveryPolicyEnds(t *testing.T) {
	for _, text := range []string{"tell after 1m, 20 times", "tell after 1m, 20 times, up to 24h", "tell after 1h, 10 times; task after 1m; tell after 2h, 4 times, up to 10h"} {
		p, err := vedette.ParsePolicy(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Validate(both...); err != nil {
			continue
		}
		g, now := Progress{Over: both}, time.Time{}
		for n := 0; ; n++ {
			m, more := Next(p, g, now)
			if !more {
				break
			}
			if n > vedette.MaxActs || m.Due.Sub(g.Since) < vedette.MinWait || m.No <= g.Done {
				t.Fatalf("%s: after act %d comes %+v", text, g.Done, m)
			}
			g.Done, g.Since, now = m.No, m.Due, m.Due
		}
	}
}
