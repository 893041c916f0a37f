package reachable

import (
	"time"

	"vedette"
	"vedette/wording"
)

// Over names a channel.
func Over(c vedette.Channel) wording.Said { return wording.Channel(string(c)) }

// Words say it in English.
func (v *Verdict) Words() string { return v.Says().String() }

var heardAs = map[vedette.DeliveryState][2]string{ // by real traffic, by a drill
	vedette.DeliveryReceived: {wording.Mark("%s: received %s by real traffic, first word after %s"), wording.Mark("%s: received %s by a drill, first word after %s")},
	vedette.DeliverySeen:     {wording.Mark("%s: read %s by real traffic, first word after %s"), wording.Mark("%s: read %s by a drill, first word after %s")},
	vedette.DeliveryAnswered: {wording.Mark("%s: answered %s by real traffic, first word after %s"), wording.Mark("%s: answered %s by a drill, first word after %s")},
}

// Says is how somebody stands, and why, in one line.
func (v *Verdict) Says() (s wording.Said) {
	if v.Standing == Unproven {
		for _, r := range v.Reasons {
			s = s.Then(r.Says())
		}
		if v.Out {
			s = s.Then(wording.Of("a drill is out"))
		}
		return s
	}
	as := heardAs[v.By.State][0]
	if v.By.Drill {
		as = heardAs[v.By.State][1]
	}
	s = wording.Said{English: as, Args: []any{Over(v.Over), wording.Day(v.By.At), wording.Length(v.By.After)}}
	if !v.Verified {
		s = s.Then(wording.Of("not verified: nobody ever answered from it"))
	}
	return s
}

// Says is why an address does not do.
func (r WayReason) Says() wording.Said {
	if r.Channel == "" {
		return wording.Of("no address")
	}
	s := r.reason()
	if r.Why != "" {
		s = wording.Of("%s (%s)", s, r.Why)
	}
	return wording.Of("%s: %s", Over(r.Channel), s)
}

func (r WayReason) reason() wording.Said {
	switch r.Reason {
	case OptedOut:
		return wording.Of("opted out")
	case Dead:
		return wording.Of("dead since %s##an address", wording.Day(r.At))
	case Failing:
		return wording.Of("failed %s##on a day", wording.Day(r.At))
	case Silent:
		return wording.Of("no word in the drill of %s", wording.Minute(r.At))
	case Quiet:
		return wording.Of("quiet since %s", wording.Day(r.At))
	case Never:
		return wording.Of("never verified")
	}
	return wording.Of("nothing is sent there")
}

// Words say it in English.
func (s *Silence) Words(place string, now time.Time) string { return s.Says(place, now).String() }

// Says is what is silent and what that means; place is the area's name.
func (s *Silence) Says(place string, now time.Time) wording.Said {
	if !s.Nothing {
		return wording.Of("only %d of %d in %s are known to have it, by habit about %d would by now: assume the others do not know", s.Arrived, s.Sent, place, s.Expected)
	}
	since := wording.AsItIs(wording.Clock(s.Since))
	if now.Sub(s.Since) > 20*time.Hour {
		since = wording.Minute(s.Since)
	}
	return wording.Of("nothing received from %s since %s (%d of %d had it, by habit about %d would by now): assume they do not know", place, since, s.Arrived, s.Sent, s.Expected)
}
