package posture

import (
	"slices"
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/gazetteer"
)

// Met gives what declaring the condition of one advice met changes on the
// board: what that advice says, now that it holds, is adopted as publishing
// adopts it. The declaration is among in.Declared. What else the update says
// was adopted when it was published, and somebody may have decided otherwise
// since: it raises nothing and asks nothing, but what it sets apart stays
// apart.
func Met(g *gazetteer.Gazetteer, in Adoption, group, item int, now time.Time) (rise []vedette.Posture, tasks []vedette.Task) {
	if in.Update.Status != vedette.StatusActual {
		return nil, nil
	}
	live := until.Live(g, in.Update, now)
	all := sayings(g, live, in.Declared, func(s *said) bool { return s.group == group && s.item == item })
	if len(all) == 0 {
		return nil, nil
	}
	met := len(all)
	for _, s := range sayings(g, live, in.Declared, nil) {
		if !slices.ContainsFunc(all, func(o said) bool { return o.area == s.area }) {
			all = append(all, s)
		}
	}
	a := &adopting{Adoption: in, g: g, now: now, rows: rowsOf(in.Board, ""), said: all}
	for i := range all[:met] {
		if stands, _ := a.rows.at(g, all[i].area); stands.Update != in.Update.ID || all[i].action.Posture() > stands.Action.Posture() {
			a.adopt(&all[i])
		}
	}
	for i := range all[:met] {
		a.apart(&all[i])
	}
	a.within(func(s *said) bool { return s.group == group && s.item == item })
	return a.rise, a.tasks
}

// NotMet gives the questions to the desk when a condition that was declared met
// is declared passed, or awaited again: what its advice had brought to the
// board stays until a person lifts it.
func NotMet(g *gazetteer.Gazetteer, in Adoption, group, item int, now time.Time) []vedette.Task {
	a := &adopting{Adoption: in, g: g, now: now, rows: rowsOf(in.Board, "")}
	for _, area := range a.inOrder() {
		r := a.rows[area]
		if r.Action != "" && r.By == "" && r.Update == in.Update.ID && r.Group == group && r.Item == item && !a.stillSaid(&r) {
			a.ask(area, &r, "no longer has that condition met")
		}
	}
	return a.tasks
}

// stillSaid says whether the update tells that posture outright all the same.
func (a *adopting) stillSaid(r *vedette.Posture) bool {
	return slices.ContainsFunc(sayings(a.g, until.Live(a.g, a.Update, a.now), a.Declared, nil), func(s said) bool {
		return s.area == r.Area && s.action.Posture() >= r.Action.Posture()
	})
}
