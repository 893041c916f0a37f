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
	if r := q.p.presence(ps, i, q.here); r != vedette.RelationOut {
		return r, vedette.RelationOut
	}
	return vedette.RelationOut, q.p.presence(ps, i, q.soon)
}

// Reasons says the same of all presences in words: of those that answer it,
// else of all why not.
func (q *Question) Reasons(ps []vedette.Presence) vedette.Exposure {
	if e := q.p.relate(ps, nil, q.here); e.Concerned() {
		return e
	}
	return q.p.relate(ps, nil, q.soon)
}
