package web

import (
	"cmp"
	"slices"
	"strings"

	"vedette"
	"vedette/web/messages"
)

// adviceGroup is what to do in one area.
type adviceGroup struct {
	Heading    string
	Everywhere bool // it is of no area, and its heading says so
	Items      []adviceItem
}

// adviceItem is one advice: what its postures come to in one line each, and
// the report's own words, whole.
type adviceItem struct {
	Postures []postureLine
	Runs     []run
	Only     []messages.Said // what it depends on and the words above do not show
	From     string          // address of the report's line
	rank     int
}

// postureLine is a posture in one line: "Iraq: avoid all travel".
type postureLine struct {
	Level  string // the colour, hatch and shape it is drawn with
	Areas  []messages.Said
	Words  string
	Only   messages.Said // the condition or audience it stands under; never dropped
	action vedette.Action

	awaited bool // its condition has not come about, or it holds near a place only: not drawn
}

// adviceGroups puts the narrowest areas first, as a reader looks for their
// own; the report's order decides between equals.
func (p *portal) adviceGroups(c *vedette.Content) []adviceGroup {
	groups := slices.Clone(c.Recommendations)
	slices.SortStableFunc(groups, func(a, b vedette.AdviceGroup) int {
		return cmp.Compare(p.breadth(a.Area), p.breadth(b.Area))
	})
	out := make([]adviceGroup, 0, len(groups))
	for i := range groups {
		out = append(out, p.adviceGroup(&groups[i], c.Urgency == vedette.UrgencyImmediate))
	}
	return out
}

// breadth orders areas: a country and what lies in it before a region, what
// stands under no area last.
func (p *portal) breadth(id vedette.AreaID) int {
	a, ok := p.Gaz.Area(id)
	switch {
	case !ok:
		return 2
	case a.Kind == vedette.AreaRegion:
		return 1
	}
	return 0
}

func (p *portal) adviceGroup(g *vedette.AdviceGroup, immediate bool) adviceGroup {
	out := adviceGroup{Heading: safe(firstOf(g.Heading, p.Gaz.Name(g.Area)))}
	if out.Heading == "" {
		out.Heading, out.Everywhere = messages.Mark("Everywhere concerned"), true
	}
	for i := range g.Advice {
		out.Items = append(out.Items, p.adviceItem(&g.Advice[i], g.Area, immediate))
	}
	slices.SortStableFunc(out.Items, func(a, b adviceItem) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

func (p *portal) adviceItem(a *vedette.Advice, group vedette.AreaID, immediate bool) adviceItem {
	it := adviceItem{Postures: p.postures(a, group), From: lineAddress(a.Report, a.Lines), rank: rank(a, immediate)}
	marks := odds(a.Likelihoods)
	for _, ph := range []struct {
		words, kind string
		said        messages.Said
	}{{a.Condition, "condition", messages.Of("Only if: %s", safe(a.Condition))}, {a.Audience, "audience", messages.Of("For: %s", safe(a.Audience))}} {
		if m, ok := phrase(a.Text, ph.words, ph.kind); ok {
			marks = append(marks, m)
		} else if ph.words != "" {
			it.Only = append(it.Only, ph.said)
		}
	}
	it.Only = append(it.Only, p.unsaid(a)...)
	it.Runs = cutRuns(a.Text, marks)
	return it
}

// unsaid is what narrows an advice and does not stand in its words.
func (p *portal) unsaid(a *vedette.Advice) (out []messages.Said) {
	rest := vedette.Advice{Near: a.Near, Until: a.Until}
	if a.Near != nil && strings.Contains(a.Text, a.Near.Of.Text) {
		rest.Near = nil
	}
	if a.Until != nil && strings.Contains(a.Text, a.Until.Text) {
		rest.Until = nil
	}
	for _, e := range a.Except {
		if !strings.Contains(a.Text, e.Text) {
			rest.Except = append(rest.Except, e)
		}
	}
	for _, n := range p.narrowing(&rest) {
		out = append(out, n.alone)
	}
	return out
}

// narrowed is what narrows an advice, as a sentence of its own and within one.
type narrowed struct{ alone, within messages.Said }

// narrowing says in words what narrows an advice: a distance, exceptions, an
// end.
func (p *portal) narrowing(a *vedette.Advice) (out []narrowed) {
	if a.Near != nil {
		out = append(out, p.nearTo(a.Near))
	}
	if len(a.Except) > 0 {
		names := make([]messages.Said, len(a.Except))
		for i, e := range a.Except {
			names[i] = p.area(e.Area, e.Text)
		}
		all := commas(names)
		out = append(out, narrowed{messages.Of("Not in %s", all), messages.Of("not in %s", all)})
	}
	if a.Until != nil {
		d := dated(*a.Until, 0)
		out = append(out, narrowed{messages.Of("Until %s", d), messages.Of("until %s", d)})
	}
	return out
}

func (p *portal) nearTo(n *vedette.Near) narrowed {
	what := safe(n.What)
	if n.Of.Area == "" && n.Of.Text == "" {
		return narrowed{messages.Of("Within %v km of the %s", n.KM, what), messages.Of("within %v km of the %s", n.KM, what)}
	}
	of := p.area(n.Of.Area, n.Of.Text)
	if what != "" {
		of = messages.Of("%s %s", of, what)
	}
	return narrowed{messages.Of("Within %v km of %s", n.KM, of), messages.Of("within %v km of %s", n.KM, of)}
}

// postures gives an advice's steps on the ladder, a line each.
func (p *portal) postures(a *vedette.Advice, group vedette.AreaID) []postureLine {
	var out []postureLine
	for i := range a.Actions {
		act := &a.Actions[i]
		if act.Action.Posture() == 0 {
			continue
		}
		var names []messages.Said
		for _, id := range act.Areas(group) {
			names = append(names, p.area(id, ""))
		}
		for _, t := range act.Targets {
			if t.Area == "" && t.Text != "" {
				names = append(names, asItIs(safe(t.Text)))
			}
		}
		out = append(out, postureLine{Level: postureRisk(act.Action).String(), Areas: names,
			Words: postureWords[act.Action], Only: p.only(a), action: act.Action,
			awaited: a.Awaits(act.Action) || a.Near != nil})
	}
	return out
}

// only is all a posture stands under, so that its short line drops nothing.
func (p *portal) only(a *vedette.Advice) (out messages.Said) {
	add := func(s messages.Said) {
		if out.English == "" {
			out = s
		} else {
			out = messages.Of("%s; %s", out, s)
		}
	}
	for _, n := range p.narrowing(a) {
		add(n.within)
	}
	for _, s := range []string{a.Condition, a.Audience} {
		if s != "" {
			add(asItIs(safe(s)))
		}
	}
	return out
}

// glance is every posture of the update in one list, strongest first, the
// areas of one step together.
func (p *portal) glance(c *vedette.Content) []postureLine {
	var out []postureLine
	for i := range c.Recommendations {
		g := &c.Recommendations[i]
		for j := range g.Advice {
			for _, l := range p.postures(&g.Advice[j], g.Area) {
				out = join(out, l)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b postureLine) int { return cmp.Compare(b.action.Posture(), a.action.Posture()) })
	return out
}

func join(out []postureLine, l postureLine) []postureLine {
	for i := range out {
		if o := &out[i]; o.action == l.action && o.Only.String() == l.Only.String() {
			for _, at := range l.Areas {
				if !slices.ContainsFunc(o.Areas, func(is messages.Said) bool { return is.String() == at.String() }) {
					o.Areas = append(o.Areas, at)
				}
			}
			return out
		}
	}
	return append(out, l)
}

// rank orders advice within its group. When something is immediate, what
// keeps one safe now comes first; otherwise the strongest posture does.
// Advice whose condition is still awaited never goes before what holds now.
func rank(a *vedette.Advice, immediate bool) int {
	posture, kind := 0, 3
	for _, act := range a.Actions {
		posture = max(posture, act.Action.Posture())
		switch {
		case immediate && act.Action.Protects() && a.Condition == "":
			kind = min(kind, 0)
		case act.Action == vedette.Leave:
			kind = min(kind, 2)
		case act.Action.Posture() > 0:
			kind = min(kind, 1)
		}
	}
	if immediate && kind == 2 {
		kind = 1
		posture = 9 // leave before any posture
	}
	return kind*10 - posture
}
