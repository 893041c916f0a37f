package match

import (
	"time"

	"vedette"
)

// elsewhereKM is how far apart two places are that somebody cannot be in at
// once: half an hour's to an hour's drive. Nearer ones are the home, the office
// and the airport of the same day.
const elsewhereKM = 50

// doubt is why somebody who would be in only may be in. The zero doubt is none.
type doubt struct {
	days int               // so long ago the home or site was confirmed last, 0 if that is fresh
	by   *vedette.Presence // a better word, by which they are elsewhere
}

func (d doubt) any() bool { return d.days > 0 || d.by != nil }

// doubt looks for what speaks against one of someone's presences.
func (p *Prepared) doubt(ps []vedette.Presence, i int, sp *span) doubt {
	d := doubt{days: p.old(&ps[i], sp)}
	for k := range ps {
		if k != i && better(&ps[k], &ps[i]) && sp.covered(&ps[i], &ps[k]) && p.elsewhere(&ps[k], &ps[i]) &&
			(d.by == nil || better(&ps[k], d.by)) {
			d.by = &ps[k]
		}
	}
	return d
}

// old gives the days since a home or site was confirmed, 0 where they are no
// more than the organisation allows or it is not known when.
func (p *Prepared) old(pr *vedette.Presence, sp *span) int {
	at := sp.at()
	if pr.Because != vedette.BecauseHome && pr.Because != vedette.BecauseSite || pr.Recorded.IsZero() || at.IsZero() {
		return 0
	}
	const day = 24 * time.Hour
	if age := at.Sub(pr.Recorded); age > time.Duration(p.settings.StaleDays)*day {
		return int(age / day)
	}
	return 0
}

// better says whether one presence is a better word than another: by its
// trust, and among what was said the newest.
func better(a, b *vedette.Presence) bool {
	ta, tb := a.Because.Trust(), b.Because.Trust()
	return ta > tb || ta == vedette.TrustSaid && tb == ta && a.Recorded.After(b.Recorded)
}

// Apart says whether nobody can be at two presences at once, as far as is known.
func (p *Prepared) Apart(a, b *vedette.Presence) bool { return p.elsewhere(a, b) }

// elsewhere says whether two presences are in different places: neither area
// contains the other, and their points, or the centres of their cities, are far
// apart. What is not known is not elsewhere.
func (p *Prepared) elsewhere(a, b *vedette.Presence) bool {
	if p.touches(a.Area, b.Area) {
		return false
	}
	if sa, ok := p.spot(a); ok {
		if sb, ok := p.spot(b); ok {
			return sa.KM(sb) > elsewhereKM
		}
	}
	return a.Area != "" && b.Area != ""
}
