package advise

import (
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/wording"
)

// clearing is an all-clear as far as it is about an update.
type clearing struct {
	area  vedette.AreaID
	at    time.Time // the zero time of one that is not published yet
	words wording.Said
}

// clearings gives the all-clears that are about an update.
func clearings(g *gazetteer.Gazetteer, u *vedette.Update, clears []*vedette.Update) (out []clearing) {
	for _, c := range clears {
		if c.Ends(u) {
			out = append(out, clearing{c.Clears.Area, c.PublishedAt, ClearWords(g, c)})
		}
	}
	return out
}

// ClearWords says what ended an advice: "all-clear for Basra since 5 Feb 04:20
// UTC by Ada Vance: civil defence lifted the alert".
func ClearWords(g *gazetteer.Gazetteer, c *vedette.Update) wording.Said {
	area := g.Called(c.Clears.Area)
	if c.PublishedAt.IsZero() {
		return wording.Of("all-clear for %s by %s: %s", area, c.Clears.By, c.Clears.Basis)
	}
	return wording.Of("all-clear for %s since %s by %s: %s", area, wording.DayClock(c.PublishedAt), c.Clears.By, c.Clears.Basis)
}

// clearing gives the all-clear that ended what an action of an advice tells
// somebody at a place, nil for none. It ends what protects people now, where
// the place or the target lies in its area. What still waits for a condition
// goes on waiting; what was declared met since holds.
func (p *Prepared) clearing(it *item, t target, at vedette.AreaID) *clearing {
	if len(p.clears) == 0 || !t.action.Protects() || t.awaited {
		return nil
	}
	for i := range p.clears {
		c := &p.clears[i]
		if !it.since.IsZero() && !c.at.IsZero() && !it.since.Before(c.at) {
			continue
		}
		if holds(p.g, c.area, at) || t.area != "" && holds(p.g, c.area, t.area) {
			return c
		}
	}
	return nil
}

func holds(g *gazetteer.Gazetteer, area, at vedette.AreaID) bool {
	return area == at || g.Contains(area, at)
}
