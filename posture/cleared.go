package posture

import (
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Cleared gives the questions to the desk when an all-clear is given: no
// posture falls by it, and each that is set for its area, or for a place in it,
// and holds people back is asked about. What stands there by a wider area is
// that area's question.
func Cleared(g *gazetteer.Gazetteer, in Adoption, now time.Time) []vedette.Task {
	c := in.Update.Clears
	if c == nil || in.Update.Status != vedette.StatusActual {
		return nil
	}
	a := &adopting{Adoption: in, g: g, now: now, rows: rowsOf(in.Board, "")}
	for _, area := range a.inOrder() {
		r := a.rows[area]
		if r.Action.Restricts() && (area == c.Area || g.Contains(c.Area, area)) {
			a.ask(area, &r, "gives the all-clear for "+g.Name(c.Area))
		}
	}
	return a.tasks
}
