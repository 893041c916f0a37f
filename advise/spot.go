package advise

import (
	"cmp"
	"slices"
	"time"

	"vedette"
	"vedette/advise/audience"
)

// spot is a place somebody is at, or has a trip ahead to, and how they stand
// to the country there, where that matters.
type spot struct {
	area     vedette.AreaID
	ahead    bool
	standing vedette.Standing
	drawn    vedette.ID // the update that draws it in; "" for a place of the gazetteer
	mayBe    bool       // they may be in what is drawn
	risk     vedette.Risk
	own      bool // that risk is the one of all that is drawn there
}

// spots gives where somebody is and will be, as far as what stands has
// anything to do with it: sorted, each once.
func (s *Standing) spots(who *Person, now time.Time) []spot {
	var out []spot
	for i := range who.Presences {
		pr := &who.Presences[i]
		sp := spot{area: pr.Area}
		switch {
		case pr.Area == "":
			continue
		case pr.Covers(now):
			if !s.touch(pr.Area).here {
				continue
			}
		case pr.Because.Travels() && pr.Ahead(now):
			if !s.touch(pr.Area).ahead {
				continue
			}
			sp.ahead = true
		default:
			continue
		}
		if s.facts.standing {
			sp.standing = s.standingAt(who, pr, now)
		}
		if !slices.Contains(out, sp) {
			out = append(out, sp)
		}
	}
	for _, d := range who.Drawn {
		if !s.draws(d.Update) {
			continue
		}
		sp := spot{area: d.Area, ahead: d.Ahead, drawn: d.Update, mayBe: d.MayBe, risk: d.Risk, own: d.Own}
		if i := slices.IndexFunc(who.Presences, func(pr vedette.Presence) bool {
			return pr.Area == d.Area && (d.Ahead && pr.Ahead(now) || !d.Ahead && pr.Covers(now))
		}); i >= 0 && s.facts.standing {
			sp.standing = s.standingAt(who, &who.Presences[i], now)
		}
		if !slices.Contains(out, sp) {
			out = append(out, sp)
		}
	}
	if len(out) > 1 {
		slices.SortFunc(out, compareSpots)
	}
	return out
}

func compareSpots(a, b spot) int {
	switch { // of almost all, these two decide
	case a.ahead != b.ahead:
		return flag(a.ahead) - flag(b.ahead)
	case a.area != b.area:
		return cmp.Compare(a.area, b.area)
	}
	return cmp.Or(cmp.Compare(a.standing, b.standing), cmp.Compare(a.drawn, b.drawn), flag(a.mayBe)-flag(b.mayBe), int(a.risk-b.risk), flag(a.own)-flag(b.own))
}

// draws says whether an update is among those that stand, and draws its area.
func (s *Standing) draws(id vedette.ID) bool {
	return slices.ContainsFunc(s.all, func(p *Prepared) bool { return id != "" && p.update.ID == id && len(p.update.Shapes) > 0 })
}

// standingAt is how somebody stands to the country of a presence. What is on
// file is of the country they live in: a resident of Dubai on a trip to
// Baghdad is no resident there. Where they live in several countries, or are
// elsewhere for a reason that does not say how long, it is not known.
func (s *Standing) standingAt(who *Person, pr *vedette.Presence, now time.Time) vedette.Standing {
	home := vedette.AreaID("")
	for i := range who.Presences {
		b := &who.Presences[i]
		if b.Because.Trust() != vedette.TrustKept || b.Area == "" || !b.Covers(now) {
			continue
		}
		land := s.g.Land(b.Area)
		if home != "" && land != home {
			return ""
		}
		home = land
	}
	switch land := s.g.Land(pr.Area); {
	case home == "":
		return ""
	case land == home:
		return who.Standing
	case pr.Because.Travels():
		return audience.Away
	}
	return ""
}

// keyOf tells apart all that the result depends on.
func keyOf(spots []spot, who audience.Who) []byte {
	b := make([]byte, 0, 96)
	for _, s := range spots {
		if s.ahead {
			b = append(b, '>')
		}
		b = append(b, s.area...)
		if s.standing != "" {
			b = append(append(b, '='), s.standing...)
		}
		if s.drawn != "" {
			b = append(append(b, '@'), s.drawn...)
			b = append(b, '!', '0'+byte(s.risk), '0'+byte(flag(s.own)))
		}
		if s.mayBe {
			b = append(b, '~')
		}
		b = append(b, ' ')
	}
	nations := who.Citizenship
	if len(nations) > 1 {
		nations = slices.Clone(nations)
		slices.Sort(nations)
		nations = slices.Compact(nations)
	}
	for _, n := range nations {
		b = append(append(b, '|'), n...)
	}
	if who.Dependants {
		b = append(b, '+')
	}
	return b
}
