package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
)

// Relate decides how a person with these presences stands to the update at
// a moment. The reasons of somebody concerned are what made them so, in
// before may be in, where they are before where they will be; the reasons of
// somebody out say of every presence why it did not count.
func (p *Prepared) Relate(ps []vedette.Presence, now time.Time) vedette.Exposure {
	e := vedette.Exposure{Relation: p.Relation(ps, now)}
	if !e.Concerned() {
		e.Reasons = p.whyOut(ps, now)
		return e
	}
	for i := range ps {
		if p.relation(&ps[i], now) != vedette.RelationOut {
			e.Reasons = append(e.Reasons, p.whyMet(&ps[i], timing(&ps[i], now))...)
		}
	}
	slices.SortStableFunc(e.Reasons, func(a, b vedette.Reason) int {
		return cmp.Or(rank(b.Relation)-rank(a.Relation), order(a.Trip)-order(b.Trip))
	})
	return e
}

func order(trip bool) int {
	if trip {
		return 1
	}
	return 0
}

// met is one area of the update that met a presence, and what it is there.
type met struct {
	area     vedette.AreaID
	relation vedette.Relation
	affected bool
	text     string // of the first advice with this target
	more     int    // how many more there are
	reached  bool   // only a distance from a target reaches into it
}

// meetings gathers what met an area, the most specific first.
func (p *Prepared) meetings(area vedette.AreaID, travel bool) []met {
	var out []met
	for i := range p.subjects {
		s := &p.subjects[i]
		r := p.meet(s, area)
		if r == vedette.RelationOut || travel && !s.travel {
			continue
		}
		n := slices.IndexFunc(out, func(m met) bool { return m.area == s.area })
		if n < 0 {
			out = append(out, met{s.area, r, s.affected, s.text, 0, s.reached})
			continue
		}
		if out[n].reached && !s.reached { // what is meant outright counts
			out[n].relation, out[n].text, out[n].reached = r, s.text, false
		}
		out[n].affected = out[n].affected || s.affected
		if !s.affected && !out[n].affected {
			out[n].more++
		}
	}
	slices.SortStableFunc(out, func(a, b met) int {
		return cmp.Or(p.width(a.area)-p.width(b.area), len(p.g.Ancestors(b.area))-len(p.g.Ancestors(a.area)))
	})
	return out
}

// width orders the kinds of area, narrowest first.
func (p *Prepared) width(id vedette.AreaID) int {
	a, _ := p.g.Area(id)
	switch a.Kind {
	case vedette.AreaCity, vedette.AreaAirport:
		return 0
	case vedette.AreaDivision:
		return 1
	case vedette.AreaRegion:
		if p.g.IsPart(id) {
			return 1
		}
		return 3
	}
	return 2
}

func (p *Prepared) whyMet(pr *vedette.Presence, t when) []vedette.Reason {
	var out []vedette.Reason
	for _, m := range p.meetings(pr.Area, t == ahead) {
		out = append(out, vedette.Reason{Relation: m.relation, Presence: *pr, Area: m.area, Trip: t == ahead,
			Text: p.where(pr, t) + p.words(pr.Area, m)})
	}
	return out
}

// words says how a presence's area met the update, to follow the place.
func (p *Prepared) words(at vedette.AreaID, m met) string {
	what := "an affected area"
	if !m.affected {
		what = "a target of " + quote(m.text)
		if m.more > 0 {
			what += fmt.Sprintf(" and of %d more", m.more)
		}
	}
	name := p.place(m.area)
	switch {
	case m.reached:
		return fmt.Sprintf(": the distance of %s reaches into %s", quote(m.text), name)
	case m.relation == vedette.RelationMayBe:
		return fmt.Sprintf(", which contains %s, %s", name, what)
	case !m.affected:
		return fmt.Sprintf(": %s is %s", name, what)
	case m.area == at:
		return ", which is an affected area"
	}
	return fmt.Sprintf(", which lies in %s (affected area)", name)
}

// whyOut says of each presence why it did not count.
func (p *Prepared) whyOut(ps []vedette.Presence, now time.Time) []vedette.Reason {
	if len(ps) == 0 {
		return []vedette.Reason{{Relation: vedette.RelationOut, Text: "no place is recorded for them"}}
	}
	trips := slices.ContainsFunc(ps, func(pr vedette.Presence) bool { return timing(&pr, now) == ahead })
	out := make([]vedette.Reason, 0, len(ps))
	for i := range ps {
		pr := &ps[i]
		t := timing(pr, now)
		text := p.where(pr, t) + ": "
		switch t {
		case here:
			text += p.notMet(pr.Area)
			if !trips {
				text += "; no trip there"
			}
		case ahead:
			text += "nothing in this update concerns travel there"
		case none:
			text += notCounted(pr, now)
		}
		out = append(out, vedette.Reason{Relation: vedette.RelationOut, Presence: *pr, Trip: t == ahead, Text: text})
	}
	return out
}

// notMet says what somebody at an area is outside of.
func (p *Prepared) notMet(at vedette.AreaID) string {
	var affected []string
	advice := false
	for i := range p.subjects {
		s := &p.subjects[i]
		switch {
		case s.affected:
			affected = append(affected, p.place(s.area))
			continue
		case p.excepts(s, at) && (s.area == at || p.g.Contains(s.area, at)):
			return "left out by " + quote(s.text)
		}
		advice = true
	}
	switch {
	case len(affected) > 3:
		affected = append(affected[:2], fmt.Sprintf("%d other affected areas", len(affected)-2))
	case len(affected) == 0 && advice:
		return "in no area the advice names"
	case len(affected) == 0:
		return "the update names no area"
	}
	if !advice {
		return "not in " + strings.Join(affected, " or ")
	}
	return "neither in " + strings.Join(affected, " or ") + " nor in any area the advice names"
}

func notCounted(pr *vedette.Presence, now time.Time) string {
	switch {
	case !pr.To.IsZero() && !pr.To.After(now):
		return fmt.Sprintf("not counted, it ended %s", day(pr.To))
	case pr.Ahead(now):
		return fmt.Sprintf("not counted, it begins %s", day(pr.From))
	}
	return "not counted"
}

// where puts a presence into words a duty officer reads.
func (p *Prepared) where(pr *vedette.Presence, t when) string {
	place := "a place not recorded"
	var a vedette.Area
	if pr.Area != "" {
		place = p.place(pr.Area)
		a, _ = p.g.Area(pr.Area)
	}
	switch {
	case t == ahead:
		return fmt.Sprintf("trip to %s, arriving %s", place, day(pr.From))
	case pr.Because == vedette.BecauseTrip && t == none:
		return "trip to " + place
	case pr.Because == vedette.BecauseTrip:
		return "on a trip in " + place + until(pr.To)
	case pr.Because == vedette.BecauseCheckin:
		return "checked in from " + place
	case pr.Because == vedette.BecauseAnswer:
		return "by their own answer in " + place
	case pr.Because == vedette.BecauseSite && pr.Site != "":
		return "based at " + pr.Site + ", " + place
	case a.Kind == vedette.AreaSea:
		return "at sea in the " + place
	case a.Kind == vedette.AreaCountry || a.Kind == vedette.AreaRegion:
		return "kept as " + place
	}
	return "based in " + place
}

func until(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return " until " + day(t.Add(-time.Second)) // a stay ends before the next day begins
}

// place names an area with its country: "Basra, Iraq".
func (p *Prepared) place(id vedette.AreaID) string {
	a, ok := p.g.Area(id)
	if !ok || a.Name == "" {
		return string(id)
	}
	if a.Country != "" && a.Country != id {
		if c := p.g.Name(a.Country); c != "" && c != a.Name {
			return a.Name + ", " + c
		}
	}
	return a.Name
}

// day is a date as reasons give it, in UTC.
func day(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// quoted is how many bytes of an advice a reason quotes at most.
const quoted = 72

// quote gives the first words of an advice between marks.
func quote(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > quoted {
		cut := strings.LastIndexByte(text[:quoted], ' ')
		if cut < 1 {
			cut = strings.IndexByte(text+" ", ' ')
		}
		text = strings.TrimRight(text[:cut], ",;: ") + " …"
	}
	return "“" + text + "”"
}
