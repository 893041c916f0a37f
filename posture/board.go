package posture

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// rows are the postures of one provider that stand, by area.
type rows map[vedette.AreaID]vedette.Posture

// rowsOf takes the latest row of each area.
func rowsOf(board []vedette.Posture, provider string) rows {
	r := rows{}
	for _, p := range board {
		if p.Provider != provider || p.Area == "" {
			continue
		}
		if was, ok := r[p.Area]; !ok || cmp.Or(p.Since.Compare(was.Since), cmp.Compare(p.Key, was.Key)) >= 0 {
			r[p.Area] = p
		}
	}
	for area, p := range r {
		if p.Action == "" && p.By != "" { // lifted by a person
			delete(r, area)
		}
	}
	return r
}

// at gives the row that decides for an area. Of regions that hold it, but not
// each other, the strongest decides.
func (r rows) at(g *gazetteer.Gazetteer, area vedette.AreaID) (vedette.Posture, bool) {
	if p, ok := r[area]; ok {
		return p, true
	}
	if len(r) == 0 {
		return vedette.Posture{}, false
	}
	var found []vedette.Posture
	for _, up := range g.Ancestors(area) { // nearest first
		p, ok := r[up]
		if ok && !slices.ContainsFunc(found, func(f vedette.Posture) bool { return wider(g, up, f.Area) }) {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		return vedette.Posture{}, false
	}
	return slices.MaxFunc(found, func(a, b vedette.Posture) int { return a.Action.Posture() - b.Action.Posture() }), true
}

func wider(g *gazetteer.Gazetteer, outer, inner vedette.AreaID) bool {
	return outer != inner && g.Contains(outer, inner)
}

// Own is the organisation's own rows of a board, for whoever asks about many
// areas. It is safe for concurrent use.
type Own struct{ rows rows }

// OwnOf takes them out of a board.
func OwnOf(board []vedette.Posture) Own { return Own{rowsOf(board, "")} }

// At gives the posture that stands for an area, and the area it was set for: the
// area itself or the narrowest that holds it. Where nothing stands the posture
// has no action; from is then "" or the part left out.
func (o Own) At(g *gazetteer.Gazetteer, area vedette.AreaID) (p vedette.Posture, from vedette.AreaID) {
	p, _ = o.rows.at(g, area)
	return p, p.Area
}

// At is the same for one area.
func At(g *gazetteer.Gazetteer, board []vedette.Posture, area vedette.AreaID) (p vedette.Posture, from vedette.AreaID) {
	return OwnOf(board).At(g, area)
}

// Beside gives what each provider and government says of an area, by the same
// rule, in the order of their names.
func Beside(g *gazetteer.Gazetteer, board []vedette.Posture, area vedette.AreaID) []vedette.Posture {
	var out []vedette.Posture
	var seen []string
	for _, p := range board {
		if p.Provider == "" || slices.Contains(seen, p.Provider) {
			continue
		}
		seen = append(seen, p.Provider)
		if at, ok := rowsOf(board, p.Provider).at(g, area); ok {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, func(a, b vedette.Posture) int { return cmp.Compare(a.Provider, b.Provider) })
	return out
}

// Set makes the posture that a person sets for an area by hand: a step of the
// ladder, or "" to lift what was set for that very area, so that what stands
// around it holds again. CodeInvalid without a person, a reason, a known area
// or a step of the ladder.
func Set(g *gazetteer.Gazetteer, area vedette.AreaID, action vedette.Action, by, reason string, now time.Time) (vedette.Posture, error) {
	by, reason = strings.TrimSpace(by), strings.TrimSpace(reason)
	_, known := g.Area(area)
	switch {
	case !known:
		return vedette.Posture{}, vedette.Errorf(vedette.CodeInvalid, "%q is no area that is known; name a country, division, city, region or sea", area)
	case action != "" && action.Posture() == 0:
		return vedette.Posture{}, vedette.Errorf(vedette.CodeInvalid, "%q is no travel advice; use a step from avoid_all_travel down to no_restriction, or none to lift it", action)
	case by == "":
		return vedette.Posture{}, vedette.Errorf(vedette.CodeInvalid, "the posture for %s changes only by a person; say who", g.Name(area))
	case reason == "":
		return vedette.Posture{}, vedette.Errorf(vedette.CodeInvalid, "the posture for %s changes by hand only with a reason; give one", g.Name(area))
	}
	return vedette.Posture{Area: area, Action: action, Since: now, By: by, Reason: reason}, nil
}

// Lower is Set where it holds people back less than what stands: CodeConflict
// where it does not, or where there is nothing to lower.
func Lower(g *gazetteer.Gazetteer, board []vedette.Posture, area vedette.AreaID, action vedette.Action, by, reason string, now time.Time) (vedette.Posture, error) {
	p, err := Set(g, area, action, by, reason, now)
	if err != nil {
		return p, err
	}
	own := rowsOf(board, "")
	stands, _ := own.at(g, area)
	_, itself := own[area]
	switch {
	case stands.Action == "":
		return vedette.Posture{}, vedette.Errorf(vedette.CodeConflict, "no posture stands for %s, so there is nothing to lower", g.Name(area))
	case action == "" && !itself:
		return vedette.Posture{}, vedette.Errorf(vedette.CodeConflict, "%s has no posture of its own to lift; that of %s holds there: lower that, or set a weaker step for %[1]s", g.Name(area), g.Name(stands.Area))
	case !stands.Stronger(&p):
		return vedette.Posture{}, vedette.Errorf(vedette.CodeConflict, "“%s” is no lower than “%s”, which stands for %s", Words(action), Words(stands.Action), g.Name(area))
	}
	return p, nil
}

// Words puts a step of the ladder as it is said: "avoid all travel".
func Words(a vedette.Action) string { return strings.ReplaceAll(string(a), "_", " ") }

// where puts a step with its area: "avoid all travel to Iraq".
func where(g *gazetteer.Gazetteer, a vedette.Action, area vedette.AreaID) string {
	switch a {
	case vedette.TravelWithCaution:
		return Words(a) + " in " + g.Name(area)
	case vedette.NoRestriction:
		return Words(a) + " for " + g.Name(area)
	}
	return Words(a) + " to " + g.Name(area)
}
