// Package agenda says what is announced for a place: what updates say is still to come
// there. It is pure.
package agenda

import (
	"cmp"
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Most bounds how many events are given at once.
const Most = 200

// Of gives what updates say is still to come in an area, or in what it lies in, the
// soonest first, and how many there are in all. A claim without a place is about the area
// that its update is about. What the summary of an update repeats of its claims is said
// once.
func Of(g *gazetteer.Gazetteer, updates []*vedette.Update, area vedette.AreaID, now time.Time) (events []vedette.Event, of int) {
	touches := func(id vedette.AreaID) bool {
		return id != "" && (id == area || g.Contains(area, id) || g.Contains(id, area))
	}
	zone := g.Zone(area)
	for _, u := range updates {
		each(u, func(st *vedette.Statement, sources []vedette.Source) {
			if !about(u, st, touches) {
				return
			}
			for _, w := range st.When {
				if end, ok := End(w, zone); ok && w.Scheduled && end.After(now) {
					events = append(events, vedette.Event{Update: u, Statement: *st, Sources: sources, When: w})
				}
			}
		})
	}
	slices.SortStableFunc(events, func(a, b vedette.Event) int {
		x, _ := Start(a.When, zone)
		y, _ := Start(b.When, zone)
		return cmp.Or(x.Compare(y), cmp.Compare(b.Update.Key, a.Update.Key))
	})
	of = len(events)
	return events[:min(of, Most)], of
}

// each calls see with the claims of an update, and with what its summary says of other
// times than they.
func each(u *vedette.Update, see func(*vedette.Statement, []vedette.Source)) {
	said := map[string]bool{}
	for i := range u.Content.Topics {
		for k := range u.Content.Topics[i].Claims {
			c := &u.Content.Topics[i].Claims[k]
			for _, w := range c.When {
				said[name(w)] = true
			}
			see(&c.Statement, c.Sources)
		}
	}
	for i := range u.Content.Summary {
		st := u.Content.Summary[i]
		st.When = slices.DeleteFunc(slices.Clone(st.When), func(w vedette.When) bool { return said[name(w)] })
		see(&st, nil)
	}
}

// about says whether a statement is about one of the places asked for.
func about(u *vedette.Update, st *vedette.Statement, touches func(vedette.AreaID) bool) bool {
	placed := false
	for _, p := range st.Places {
		if touches(p.Area) {
			return true
		}
		placed = placed || p.Area != ""
	}
	return !placed && slices.ContainsFunc(u.Content.Affected, func(p vedette.Place) bool { return touches(p.Area) })
}

func name(w vedette.When) string {
	if w.At != nil {
		return w.At.UTC().Format(time.RFC3339)
	}
	return w.Date + "/" + w.From + "/" + w.To
}

// Start is when a time begins, days by the clock of a zone; false where it says none.
func Start(w vedette.When, zone string) (time.Time, bool) {
	if w.At != nil {
		return *w.At, true
	}
	return day(cmp.Or(w.Date, w.From), zone)
}

// End is when a time is over: an instant an hour after it, a day at its end.
func End(w vedette.When, zone string) (time.Time, bool) {
	if w.At != nil {
		return w.At.Add(time.Hour), true
	}
	t, ok := day(cmp.Or(w.Date, w.To, w.From), zone)
	return t.AddDate(0, 0, 1), ok
}

func day(text, zone string) (time.Time, bool) {
	loc, err := gazetteer.Location(zone)
	if err != nil {
		loc = time.UTC
	}
	t, err := time.ParseInLocation(time.DateOnly, text, loc)
	return t, err == nil
}
