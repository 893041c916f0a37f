// Package wish holds the rules of what people wish: when what merely informs is
// told them. They are pure; now is an argument.
package wish

import (
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Shapes says whether wishes shape how somebody is told of an update: it merely
// informs them, being no warning, and no word that what was told is wrong or over.
func Shapes(u *vedette.Update, v *vedette.Variant) bool {
	return u.Corrects == "" && u.Cancels == "" && u.Clears == nil && vedette.Informs(u.UrgencyOf(v), v.Risk)
}

// Zones gives the time zones of where somebody is at a moment, by the best that
// is known of it: what they said, else where they travel, else their site, and
// their home only where nothing else is known. It is none where that place has
// none.
func Zones(g *gazetteer.Gazetteer, ps []vedette.Presence, now time.Time) (out []*time.Location) {
	best := 0
	for i := range ps {
		p := &ps[i]
		if !p.Covers(now) || ground(p.Because) < best {
			continue
		}
		if ground(p.Because) > best {
			best, out = ground(p.Because), nil
		}
		if zone, err := gazetteer.Location(g.Zone(p.Area)); err == nil && g.Zone(p.Area) != "" {
			if !slices.ContainsFunc(out, func(z *time.Location) bool { return z.String() == zone.String() }) {
				out = append(out, zone)
			}
		} else {
			out = append(out, nil) // somewhere whose hour is not known
		}
	}
	if slices.Contains(out, nil) {
		return nil
	}
	return out
}

// ground ranks how it is known where somebody is.
func ground(b vedette.Because) int {
	switch {
	case b.Trust() == vedette.TrustSaid:
		return 4
	case b.Trust() == vedette.TrustBooked:
		return 3
	case b == vedette.BecauseSite:
		return 2
	}
	return 1
}

// Until says till when somebody wishes to be left alone, and whether they do
// now: it has to be quiet in every zone they may be in, and none is not quiet.
// It ends where it first ends.
func Until(q vedette.Quiet, zones []*time.Location, now time.Time) (end time.Time, quiet bool) {
	if q.IsZero() || len(zones) == 0 {
		return time.Time{}, false
	}
	for _, z := range zones {
		e, in := until(q, now.In(z))
		if !in {
			return time.Time{}, false
		}
		if end.IsZero() || e.Before(end) {
			end = e
		}
	}
	return end, true
}

// until is Until for one zone's clock.
func until(q vedette.Quiet, now time.Time) (end time.Time, quiet bool) {
	at := now.Hour()*60 + now.Minute()
	day := now.Day()
	switch {
	case q.From < q.To && (at < q.From || at >= q.To):
		return time.Time{}, false
	case q.From > q.To && at >= q.To && at < q.From:
		return time.Time{}, false
	case q.From > q.To && at >= q.From:
		day++ // it ends tomorrow
	}
	end = time.Date(now.Year(), now.Month(), day, q.To/60, q.To%60, 0, 0, now.Location())
	if !end.After(now) { // the clocks were put back
		return time.Time{}, false
	}
	return end, true
}

// Next gives the next time a daily hour comes after now where somebody is, in the
// zone where it comes first; false where no zone is known.
func Next(d vedette.Daily, zones []*time.Location, now time.Time) (at time.Time, ok bool) {
	for _, z := range zones {
		here := now.In(z)
		next := time.Date(here.Year(), here.Month(), here.Day(), d.Minutes()/60, d.Minutes()%60, 0, 0, z)
		for i := 1; !next.After(now); i++ {
			next = time.Date(here.Year(), here.Month(), here.Day()+i, d.Minutes()/60, d.Minutes()%60, 0, 0, z)
		}
		if at.IsZero() || next.Before(at) {
			at = next
		}
	}
	return at, !at.IsZero()
}
