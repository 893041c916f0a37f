package parse

import (
	"vedette"
	"vedette/parse/when"
)

// setIssue puts the stamp into the reading, with the findings it deserves.
func (r *reader) setIssue(s when.Stamp, lines vedette.Lines) {
	t, ok := s.Time(r.o.Received)
	if !ok {
		if lines[0] > 0 {
			r.find(vedette.FindNoIssueTime, lines, false, "the time of issue is not complete: no year, or no day; dates are read by the time of receipt")
			return
		}
		r.find(vedette.FindNoIssueTime, vedette.Lines{1, 1}, false, "the text has no time of issue; the years of its dates are those nearest to its receipt")
		return
	}
	if s.Numeric {
		r.find(vedette.FindAmbiguousDate, lines, false, "day and month of the time of issue could be the other way round; read as %s", t.Format("2 January 2006"))
	}
	if !s.Clock {
		r.find(vedette.FindNoIssueTime, lines, false, "the text gives its day of issue but no hour; read as 00:00 UTC")
	}
	r.out.IssuedAt, r.now = &t, t
}
