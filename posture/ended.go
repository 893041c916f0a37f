package posture

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/gazetteer"
)

// Lapse is the board beside what stands, to be looked through for postures
// whose advice has ended.
type Lapse struct {
	Board    []vedette.Posture
	From     []*vedette.Update  // that the board's rows came from
	Standing []*vedette.Update  // that stand now
	Declared []vedette.Declared // of all of them
	Tasks    []vedette.Task     // keep or lift, open and decided
}

// Ended is a posture whose advice has ended, and the question to the desk.
type Ended struct {
	Row  vedette.Posture
	At   time.Time
	Task vedette.Task
}

// Over gives the questions about postures that an advice put on the board and
// that advice has ended. Nothing falls by that: a person lifts it, or it stays.
// None is asked where an update that stands says as much of that area without
// an end, or until later; nor where it was asked since, or is being asked.
func Over(g *gazetteer.Gazetteer, in Lapse, now time.Time) (out []Ended) {
	for _, r := range rowsOf(in.Board, "") {
		i := slices.IndexFunc(in.From, func(u *vedette.Update) bool { return r.Update != "" && u.ID == r.Update })
		if i < 0 || r.By != "" || r.Action == "" || !named(in.From[i], &r) {
			continue
		}
		u := in.From[i]
		end, ok := until.End(g, u, r.Group, r.Item)
		if !ok || end.After(now) || in.asked(&r, end) || in.saidNow(g, &r, now) {
			continue
		}
		a := &adopting{Adoption: Adoption{Update: u}, g: g}
		out = append(out, Ended{r, end, vedette.Task{Kind: vedette.TaskKeepOrLift, State: vedette.TaskOpen, About: u.ID, Area: r.Area, Default: Keep,
			Question: "The board says " + where(g, r.Action, r.Area) + " since " + r.Since.UTC().Format("2 Jan") + "; " + a.call(u) + " of " +
				cmp.Or(u.Situation.Title, u.Content.Title) + " said so, and that " + until.Says(end).String() + ": keep or lift?",
			CreatedAt: now, DueAt: now.Add(due)}})
	}
	slices.SortFunc(out, func(a, b Ended) int { return strings.Compare(string(a.Row.Area), string(b.Row.Area)) })
	return out
}

// named says whether the update has the advice that a row names.
func named(u *vedette.Update, r *vedette.Posture) bool {
	gs := u.Content.Recommendations
	return r.Group >= 0 && r.Group < len(gs) && r.Item >= 0 && r.Item < len(gs[r.Group].Advice)
}

// asked says whether the question is open, or was asked or answered since the
// end.
func (in *Lapse) asked(r *vedette.Posture, end time.Time) bool {
	return slices.ContainsFunc(in.Tasks, func(t vedette.Task) bool {
		return t.Kind == vedette.TaskKeepOrLift && t.Area == r.Area &&
			(t.State == vedette.TaskOpen || !t.DoneAt.Before(end) || t.About == r.Update && !t.CreatedAt.Before(end))
	})
}

// saidNow says whether something that stands tells as much of that very area.
func (in *Lapse) saidNow(g *gazetteer.Gazetteer, r *vedette.Posture, now time.Time) bool {
	for _, u := range in.Standing {
		if u.Status != vedette.StatusActual {
			continue
		}
		for _, s := range sayings(g, until.Live(g, u, now), in.Declared, nil) {
			if s.area == r.Area && s.action.Posture() >= r.Action.Posture() {
				return true
			}
		}
	}
	return false
}
