package match

import (
	"vedette"
	"vedette/match/reach"
)

// risks is a set of levels of risk.
type risks uint8

func (r *risks) add(level vedette.Risk) { *r |= 1 << level }

// watched says whether one of someone's watches asks for the update.
func (p *Prepared) watched(ws []vedette.Watch) bool {
	for i := range ws {
		if p.asks(&ws[i]) {
			return true
		}
	}
	return false
}

// asks says whether a watch is about a place the update is about, and lets it
// pass at the risk of that place.
func (p *Prepared) asks(w *vedette.Watch) bool {
	if p.update == nil {
		return false
	}
	set, meets := p.watchedRisks(w)
	if !meets {
		return false
	}
	for level := vedette.RiskUnknown; level <= vedette.RiskExtreme; level++ {
		if set&(1<<level) != 0 && w.Passes(&p.update.Content, level) {
			return true
		}
	}
	return false
}

// watchedRisks gives the risks of what a watch meets. Where there are several
// any may pass it: a watch only ever adds.
func (p *Prepared) watchedRisks(w *vedette.Watch) (set risks, meets bool) {
	if len(w.Areas) == 0 && w.Shape == nil {
		return p.allRisks(), true
	}
	for _, id := range w.Areas {
		s := p.stand(id)
		meets = meets || s.within || s.around
		set |= s.risks
		if s.within {
			set.add(p.update.RiskAt(chain(p.g, id)))
		}
		for _, ar := range p.update.AreaRisks {
			if (s.within || s.around) && p.g.Contains(id, ar.Area) {
				set.add(ar.Risk)
			}
		}
	}
	if w.Shape != nil {
		f := reach.Drawn(w.Shape)
		for i := range p.subjects {
			if s := &p.subjects[i]; f.Lie(s.land(), w.Shape.Unsure+s.unsure()) != reach.Apart {
				meets = true
				set.add(s.risk)
			}
		}
	}
	return set, meets
}

// allRisks gives every risk the update sets.
func (p *Prepared) allRisks() (set risks) {
	set.add(p.update.Content.Risk)
	for i := range p.subjects {
		set.add(p.subjects[i].risk)
	}
	for _, ar := range p.update.AreaRisks {
		set.add(ar.Risk)
	}
	return set
}
