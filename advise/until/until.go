// Package until says when an advice ends. What has ended is told to nobody who
// is newly concerned, and holds no more; that it ended is known only where
// there is no doubt of which words the end belongs to, and of the day.
package until

import (
	"cmp"
	"strings"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/wording"
)

// End gives the moment from which an advice holds no more; false where it has
// no end that is sure. A day ends when it has ended everywhere the advice is
// for. An end that lies before the update was issued was not read rightly, or
// not written so: then the advice holds.
func End(g *gazetteer.Gazetteer, u *vedette.Update, group, item int) (time.Time, bool) {
	gr := &u.Content.Recommendations[group]
	a := &gr.Advice[item]
	if a.Until == nil || !ofAll(a) {
		return time.Time{}, false
	}
	end, ok := moment(g, a, gr.Area)
	return end, ok && end.After(issued(u))
}

func issued(u *vedette.Update) time.Time {
	switch {
	case u.Content.IssuedAt != nil:
		return *u.Content.IssuedAt
	case !u.PublishedAt.IsZero():
		return u.PublishedAt
	}
	return u.CreatedAt
}

// ofAll says whether an end is that of all the advice tells: it closes the
// advice, in its only sentence, and does not belong to a reason given in it.
func ofAll(a *vedette.Advice) bool {
	at := strings.Index(a.Text, a.Until.Text)
	if at < 0 || a.Until.Text == "" {
		return false
	}
	before, after := a.Text[:at], a.Text[at+len(a.Until.Text):]
	if strings.Trim(after, " .!;)\t\u00a0") != "" || len(a.Actions) > 1 && strings.Contains(before, ",") {
		return false
	}
	for _, s := range []string{". ", "! ", "; ", ": "} {
		if strings.Contains(before, s) {
			return false
		}
	}
	for _, w := range strings.Fields(strings.ToLower(before)) {
		switch strings.Trim(w, ",()") {
		case "where", "which", "who", "whose", "because", "since", "as", "given", "while", "when", "if", "unless", "due", "closed", "suspended", "is", "are", "was", "were", "will", "amid", "following", "after":
			return false
		}
	}
	return true
}

func moment(g *gazetteer.Gazetteer, a *vedette.Advice, group vedette.AreaID) (time.Time, bool) {
	if a.Until.At != nil {
		return *a.Until.At, true
	}
	day, ok := lastDay(a.Until)
	if !ok {
		return time.Time{}, false
	}
	var last time.Time
	for _, zone := range zones(g, a, group) {
		loc, err := gazetteer.Location(zone)
		if err != nil {
			return farWest(day), true
		}
		if end := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, loc); end.After(last) {
			last = end
		}
	}
	if last.IsZero() {
		return farWest(day), true
	}
	return last.UTC(), true
}

// lastDay is the day, or the last of the days, that a time names.
func lastDay(w *vedette.When) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, cmp.Or(w.To, w.Date))
	return day, err == nil
}

// farWest is when a day has ended everywhere.
func farWest(day time.Time) time.Time { return day.Add((24 + 12) * time.Hour) }

// zones lists the zones of where an advice is for; none where one is not known.
func zones(g *gazetteer.Gazetteer, a *vedette.Advice, group vedette.AreaID) (out []string) {
	if len(a.Actions) == 0 {
		return nil
	}
	for i := range a.Actions {
		areas := a.Actions[i].Areas(group)
		if len(areas) == 0 {
			return nil
		}
		for _, id := range areas {
			area, ok := g.Area(id)
			switch {
			case ok && len(area.Zones) > 0:
				out = append(out, area.Zones...)
			case g.Zone(id) != "":
				out = append(out, g.Zone(id))
			default:
				return nil
			}
		}
	}
	return out
}

// Live gives the update without what its ended advice tells: the lines are
// there, by the same numbers, and tell nobody anything. It is the update itself
// where nothing has ended.
func Live(g *gazetteer.Gazetteer, u *vedette.Update, now time.Time) *vedette.Update {
	out := u
	each(g, u, func(group, item int, end time.Time) {
		if end.After(now) {
			return
		}
		if out == u {
			out = copied(u)
		}
		out.Content.Recommendations[group].Advice[item].Actions = nil
	})
	return out
}

func copied(u *vedette.Update) *vedette.Update {
	c := *u
	c.Content.Recommendations = append([]vedette.AdviceGroup(nil), u.Content.Recommendations...)
	for i := range c.Content.Recommendations {
		g := &c.Content.Recommendations[i]
		g.Advice = append([]vedette.Advice(nil), g.Advice...)
	}
	return &c
}

// Next gives the first end of an update's advice after a moment, the zero time
// for none.
func Next(g *gazetteer.Gazetteer, u *vedette.Update, now time.Time) (next time.Time) {
	each(g, u, func(_, _ int, end time.Time) {
		if end.After(now) && (next.IsZero() || end.Before(next)) {
			next = end
		}
	})
	return next
}

func each(g *gazetteer.Gazetteer, u *vedette.Update, see func(group, item int, end time.Time)) {
	for gi := range u.Content.Recommendations {
		for ai := range u.Content.Recommendations[gi].Advice {
			if end, ok := End(g, u, gi, ai); ok {
				see(gi, ai, end)
			}
		}
	}
}

// Says says that something has ended: "ended at 6 Feb 2026 21:00 UTC".
func Says(end time.Time) wording.Said { return wording.Of("ended at %s", wording.Minute(end)) }
