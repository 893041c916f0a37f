package match

import (
	"time"

	"vedette"
	"vedette/match/index"
)

// Query is what an index is asked for all that the rule may call concerned at
// a moment: those there now, trips ahead where the advice restricts travel,
// and watches.
func (p *Prepared) Query(now time.Time) index.Query {
	q := index.Query{From: now, To: now}
	at := map[vedette.AreaID]int{}
	for i := range p.subjects {
		s := &p.subjects[i]
		if s.SitesKM > 0 {
			q.Shapes = append(q.Shapes, index.Reach{Shape: s.Shape, Area: s.Area, KM: s.SitesKM + s.unsure(), Sites: true})
		}
		if s.Shape != nil {
			q.Shapes = append(q.Shapes, index.Reach{Shape: s.Shape, KM: s.Shape.Unsure, Travel: s.Travel})
			continue
		}
		n, ok := at[s.Area]
		if !ok {
			n = len(q.Areas)
			at[s.Area] = n
			q.Areas = append(q.Areas, index.Subject{Area: s.Area})
		}
		q.Areas[n].Travel = q.Areas[n].Travel || s.Travel
	}
	if p.update != nil {
		q.Watch = &index.Facts{Content: &p.update.Content, Risks: p.everyRisk()}
	}
	return q
}

// everyRisk lists the risks at which a watch may pass: those of any place.
func (p *Prepared) everyRisk() []vedette.Risk {
	set := p.allRisks()
	set.add(p.update.Content.CountryRisk)
	return set.levels()
}

// levels lists the risks of a set.
func (r risks) levels() (out []vedette.Risk) {
	for level := vedette.RiskUnknown; level <= vedette.RiskExtreme; level++ {
		if r&(1<<level) != 0 {
			out = append(out, level)
		}
	}
	return out
}

// Query is what an index is asked for a question: those there now, and those
// who arrive before its end.
func (q *Question) Query() index.Query {
	out := q.p.Query(q.Now)
	out.To = q.Until
	return out
}
