package reachable

import (
	"fmt"
	"strings"
	"time"

	"vedette"
)

const day = "2 Jan 2006"

var overWords = map[vedette.Channel]string{vedette.ChannelEmail: "mail", vedette.ChannelSMS: "text message", vedette.ChannelVoice: "call", vedette.ChannelPhone: "number", vedette.ChannelPush: "push"}

// Over names a channel.
func Over(c vedette.Channel) string {
	if w := overWords[c]; w != "" {
		return w
	}
	return string(c)
}

// Words say how somebody stands, and why, in one line.
func (v *Verdict) Words() string {
	if v.Standing == Unproven {
		parts := make([]string, 0, len(v.Reasons)+1)
		for _, r := range v.Reasons {
			parts = append(parts, r.Words())
		}
		if v.Out {
			parts = append(parts, "a drill is out")
		}
		return strings.Join(parts, "; ")
	}
	what := map[vedette.DeliveryState]string{vedette.DeliveryReceived: "received", vedette.DeliverySeen: "read", vedette.DeliveryAnswered: "answered"}[v.By.State]
	by := "real traffic"
	if v.By.Drill {
		by = "a drill"
	}
	s := fmt.Sprintf("%s: %s %s by %s, first word after %s", Over(v.Over), what, v.By.At.UTC().Format(day), by, Took(v.By.After))
	if !v.Verified {
		s += "; not verified: nobody ever answered from it"
	}
	return s
}

// Words say why an address does not do.
func (r WayReason) Words() string {
	s := map[Reason]string{
		OptedOut: "opted out", Dead: "dead since " + r.At.UTC().Format(day), Failing: "failed " + r.At.UTC().Format(day),
		Silent: "no word in the drill of " + r.At.UTC().Format(day+" 15:04 UTC"), Quiet: "quiet since " + r.At.UTC().Format(day), Never: "never verified",
		NoAddress: "nothing is sent there",
	}[r.Reason]
	if r.Why != "" {
		s += " (" + r.Why + ")"
	}
	if r.Channel == "" {
		return "no address"
	}
	return Over(r.Channel) + ": " + s
}

// Took writes how long word took.
func Took(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", max(int(d/time.Second), 1))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d/time.Hour))
	}
	return fmt.Sprintf("%d days", int(d/(24*time.Hour)))
}

// Words say what is silent and what that means; place is the area's name.
func (s *Silence) Words(place string, now time.Time) string {
	since := s.Since.UTC().Format("15:04 UTC")
	if now.Sub(s.Since) > 20*time.Hour {
		since = s.Since.UTC().Format(day + " 15:04 UTC")
	}
	if s.Nothing {
		return fmt.Sprintf("nothing received from %s since %s (%d of %d had it, by habit about %d would by now): assume they do not know", place, since, s.Arrived, s.Sent, s.Expected)
	}
	return fmt.Sprintf("only %d of %d in %s are known to have it, by habit about %d would by now: assume the others do not know", s.Arrived, s.Sent, place, s.Expected)
}
