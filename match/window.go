package match

import (
	"cmp"
	"time"

	"vedette"
	"vedette/wording"
)

// when says what a presence counts for in the time asked about.
type when int

const (
	none   when = iota // over, or of the future without being a trip
	here               // it holds
	coming             // it begins in the course of the window asked about
	ahead              // a trip that has not begun
)

// span is the time asked about: a moment, at which trips ahead count for
// advice on travel; or a window, in which all that holds at some time counts.
type span struct {
	from, to time.Time // to is left out; zero is open. A moment has from alone
	window   bool
	arrivals bool // only what begins in the window counts
}

func (sp *span) of(pr *vedette.Presence) when {
	switch {
	case sp.window && !pr.Overlaps(sp.from, sp.to):
		return none
	case sp.window && !sp.from.IsZero() && pr.Ahead(sp.from):
		return coming
	case sp.window && sp.arrivals:
		return none
	case sp.window, pr.Covers(sp.from):
		return here
	case pr.Because.Travels() && pr.Ahead(sp.from):
		return ahead
	}
	return none
}

// at is the moment by which the age of a word is judged.
func (sp *span) at() time.Time {
	if sp.from.IsZero() {
		return sp.to
	}
	return sp.from
}

// covered says whether another presence holds for as long as one does in the
// time asked about.
func (sp *span) covered(pr, by *vedette.Presence) bool {
	if !sp.window {
		return by.Covers(sp.from)
	}
	from, to := pr.From, pr.To
	if from.IsZero() || sp.from.After(from) {
		from = sp.from
	}
	if to.IsZero() || !sp.to.IsZero() && sp.to.Before(to) {
		to = sp.to
	}
	return (by.From.IsZero() || !from.IsZero() && !by.From.After(from)) &&
		(by.To.IsZero() || !to.IsZero() && !by.To.Before(to))
}

// During decides who is in at some time from one to another, the second left
// out; zero is open. Everything that holds in the window counts, trips like the
// rest. A window without length is the moment it is at.
func (p *Prepared) During(ps []vedette.Presence, from, to time.Time) vedette.Exposure {
	return p.relate(ps, nil, window(from, to))
}

func window(from, to time.Time) *span {
	if !from.IsZero() && !to.IsZero() && !to.After(from) {
		to = from.Add(1)
	}
	return &span{from: from, to: to, window: true}
}

// Arriving decides who is not in now and will be within so many days, 0 being
// what the organisation set. Who is there already is out, with that reason.
func (p *Prepared) Arriving(ps []vedette.Presence, now time.Time, days int) vedette.Exposure {
	days = cmp.Or(max(days, 0), p.settings.ArrivalDays)
	if e := p.During(ps, now, now); e.Relation == vedette.RelationIn {
		e.Relation = vedette.RelationOut
		for i := range e.Reasons {
			e.Reasons[i].Relation, e.Reasons[i].Says = vedette.RelationOut, wording.Of("there already: %s", e.Reasons[i].Says)
		}
		return e
	}
	sp := window(now, now.AddDate(0, 0, days))
	sp.arrivals = true
	return p.relate(ps, nil, sp)
}
