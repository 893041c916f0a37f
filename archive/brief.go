package archive

import (
	"slices"

	"vedette"
)

// Brief is of a card what a map is drawn and counted by.
type Brief struct {
	Key    int64
	Status vedette.Status
	Risk   vedette.Risk
	Areas  []vedette.AreaID
}

// Briefs gives the cards of some updates, the newest first.
func (a *Archive) Briefs(among *Keys) (out []Brief) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for i := range a.cards {
		c := &a.cards[i]
		if !among.Has(c.key) {
			continue
		}
		b := Brief{Key: c.key, Status: c.status, Risk: c.risk, Areas: make([]vedette.AreaID, len(c.areas))}
		for k, no := range c.areas {
			b.Areas[k] = a.areas[no]
		}
		out = append(out, b)
	}
	return slices.Clip(out)
}
