package until

import (
	"time"

	"vedette"
)

// Window gives the moment from which all that an update foresees is past: what
// it forecasts, and what it says is scheduled. It is false where it foresees
// nothing, or any of it has no time that is sure. A day has passed when it has
// everywhere.
func Window(u *vedette.Update) (end time.Time, ok bool) {
	sure := true
	note := func(st *vedette.Statement, scheduled bool) {
		known := false
		for i := range st.When {
			w := &st.When[i]
			if scheduled && !w.Scheduled {
				continue
			}
			at, dated := passed(w)
			if known = known || dated; at.After(end) {
				end = at
			}
			sure = sure && dated
		}
		sure = sure && (known || scheduled)
	}
	for i := range u.Content.Assessments {
		if j := &u.Content.Assessments[i]; j.Forecast {
			note(&j.Statement, false)
		}
	}
	for i := range u.Content.Topics {
		for k := range u.Content.Topics[i].Claims {
			note(&u.Content.Topics[i].Claims[k].Statement, true)
		}
	}
	return end, sure && end.After(issued(u))
}

// passed gives when a time as it is named has passed.
func passed(w *vedette.When) (time.Time, bool) {
	if w.At != nil {
		return *w.At, true
	}
	day, ok := lastDay(w)
	if !ok {
		return time.Time{}, false
	}
	return farWest(day), true
}
