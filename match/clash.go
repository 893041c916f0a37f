package match

import (
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Clash is a trip, or a leg of one, into a place that the update's advice says
// to stay away from.
type Clash struct {
	Presence    vedette.Presence
	Group, Item int // the advice, as in vedette.NoticeLine
	Action      vedette.Action
	Area        vedette.AreaID   // the target that met it; of a shape the area that is drawn, "" where the advice names none
	Shape       *vedette.Shape   // that met it, nil where an area did
	Relation    vedette.Relation // may be in: the trip's place contains the target, or is near it
	Waits       bool             // for a condition: it is a clash only once that is met
}

// ban is one action of an advice to stay away.
type ban struct {
	group, item int
	action      vedette.Action
	targets     []Subject
	except      []vedette.AreaID
	drawn       bool           // it is for what the update draws
	of          vedette.AreaID // the area that is drawn
	waits       bool           // for a condition
}

// bans lists what an update says to stay away from.
func bans(g *gazetteer.Gazetteer, u *vedette.Update) []ban {
	var out []ban
	drawn := forDrawing(u)
	for gi := range u.Content.Recommendations {
		group := &u.Content.Recommendations[gi]
		for ai := range group.Advice {
			a := &group.Advice[ai]
			for i := range a.Actions {
				act := &a.Actions[i]
				if act.Action != vedette.AvoidAllTravel && act.Action != vedette.AvoidNonessentialTravel {
					continue
				}
				b, areas := ban{group: gi, item: ai, action: act.Action, except: excepted(a), waits: a.Awaits(act.Action)}, act.Areas(group.Area)
				for j, id := range slices.Concat(areas, g.Reached(a, act, group.Area)) {
					b.targets = append(b.targets, Subject{Area: id, reached: j >= len(areas), except: b.except})
				}
				b.of, b.drawn = drawn(act, group.Area)
				out = append(out, b)
			}
		}
	}
	return out
}

// Clashes gives the trips of a person, under way or ahead however far, that go
// where the update's advice says not to, be it an area or what is drawn: for each trip's place and each such
// action one, in the order of the presences, then of the report. Whoever is
// kept in a country and flies out of it or home to it does not travel into it;
// a stay elsewhere in it is a trip all the same. What waits for a condition is
// among them, and marked: how that was declared is not known here.
func (p *Prepared) Clashes(ps []vedette.Presence, now time.Time) []Clash {
	var out []Clash
	for i := range ps {
		pr := &ps[i]
		if !pr.Because.Travels() || !pr.Covers(now) && !pr.Ahead(now) || p.ofTheirs(ps, pr) {
			continue
		}
		for k := range p.bans {
			b := &p.bans[k]
			c := Clash{Presence: *pr, Group: b.group, Item: b.item, Action: b.action, Relation: vedette.RelationOut, Waits: b.waits}
			for j := range b.targets {
				if r := p.meet(&b.targets[j], pr.Area); rank(r) > rank(c.Relation) {
					c.Relation, c.Area = r, b.targets[j].Area
				}
			}
			if b.drawn && !p.excepts(b.except, pr.Area) {
				p.clashDrawn(&c, b.of, pr.Ahead(now))
			}
			if c.Relation != vedette.RelationOut {
				out = append(out, c)
			}
		}
	}
	return out
}

// clashDrawn makes it a clash with what is drawn, of an area or of none that has a
// name, where the trip is more surely in that than in a target.
func (p *Prepared) clashDrawn(c *Clash, of vedette.AreaID, ahead bool) {
	for n, s := range p.shapes {
		if r := p.toShape(n, &c.Presence, ahead); rank(r) > rank(c.Relation) {
			c.Relation, c.Area, c.Shape = r, of, s.Shape
		}
	}
}

// ofTheirs says whether a presence on the way is in a country where they are
// kept then.
func (p *Prepared) ofTheirs(ps []vedette.Presence, pr *vedette.Presence) bool {
	if pr.Because != vedette.BecauseLeg {
		return false
	}
	at := p.country(pr.Area)
	for i := range ps {
		if kept := &ps[i]; at != "" && (kept.Because == vedette.BecauseHome || kept.Because == vedette.BecauseSite) && kept.Overlaps(pr.From, pr.To) && p.country(kept.Area) == at {
			return true
		}
	}
	return false
}

func (p *Prepared) country(id vedette.AreaID) vedette.AreaID {
	a, ok := p.g.Shared(id)
	switch {
	case !ok:
		return ""
	case a.Kind == vedette.AreaCountry:
		return a.ID
	}
	return a.Country
}
