package match

import (
	"cmp"
	"time"

	"vedette"
)

// Question is a question about places as of a moment: who is there now, and
// who arrives within some days. It is safe for concurrent use.
type Question struct {
	p          *Prepared
	Now, Until time.Time
	Days       int
	here, soon *span
}

// Ask asks a question made by ForAreas; 0 days are what the organisation set.
func (p *Prepared) Ask(now time.Time, days int) *Question {
	days = cmp.Or(max(days, 0), p.settings.ArrivalDays)
	q := &Question{p: p, Now: now, Until: now.AddDate(0, 0, days), Days: days, here: window(now, now)}
	q.soon = window(now, q.Until)
	q.soon.arrivals = true
	return q
}

// Of says how one of someone's presences, the others known, answers the
// question: how they stand now by it, and how they will when they arrive.
func (q *Question) Of(ps []vedette.Presence, i int) (here, arriving vedette.Relation) {
	switch {
	case ps[i].Covers(q.Now):
		return q.p.presence(ps, i, q.here), vedette.RelationOut
	case ps[i].Ahead(q.Now) && ps[i].From.Before(q.Until):
		return vedette.RelationOut, q.p.presence(ps, i, q.soon)
	}
	return vedette.RelationOut, vedette.RelationOut
}

// Touches says whether anybody kept at an area, or in anything inside it, may
// answer a question about areas.
func (q *Question) Touches(area vedette.AreaID) bool {
	for i := range q.p.subjects {
		s := &q.p.subjects[i]
		if s.Shape != nil || q.p.touches(area, s.Area) {
			return true
		}
		for _, m := range q.p.g.Members(s.Area) { // a part of a country: some of its divisions
			if q.p.touches(area, m) {
				return true
			}
		}
	}
	return false
}

// Whole says whether everybody kept in an area is in, wherever inside it: one
// of the places asked about holds all of it.
func (q *Question) Whole(area vedette.AreaID) bool {
	return q.p.stand(area).here == vedette.RelationIn
}

// Reasons says the same of all presences in words: of those that answer it,
// else of all why not.
func (q *Question) Reasons(ps []vedette.Presence) vedette.Exposure {
	if e := q.p.relate(ps, nil, q.here); e.Concerned() {
		return e
	}
	return q.p.relate(ps, nil, q.soon)
}
