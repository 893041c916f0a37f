package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/until"
	"vedette/match"
	"vedette/tell"
)

// myTrips are their trips that are not over, each with where advice that applies to them
// says not to go.
func (d *Desk) myTrips(ctx context.Context, ps []vedette.Presence, told []myTold) ([]MyTrip, error) {
	out, now := tripsAhead(ps, d.Now()), d.Now()
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range told {
		t := tell.Telling{Rule: match.Prepare(d.Gaz, until.Live(d.Gaz, n.update, now), set)}
		t.Now = now
		for _, c := range t.Clashes(&advise.Person{Presences: ps}, advise.Advised{Variant: n.variant}) {
			for i := range out {
				if slices.Contains(out[i].Areas, c.Area) {
					out[i].clash(MyClash{c.Area, c.Action, c.MayBe})
				}
			}
		}
	}
	return out, nil
}

// tripsAhead are the trips that some presences are of, those that are over left out, in
// the order they begin.
func tripsAhead(ps []vedette.Presence, now time.Time) (out []MyTrip) {
	at := map[int64]int{}
	for _, p := range ps {
		if p.Trip == 0 || !p.Covers(now) && !p.Ahead(now) {
			continue
		}
		i, ok := at[p.Trip]
		if !ok {
			i, at[p.Trip] = len(out), len(out)
			out = append(out, MyTrip{From: p.From, To: p.To})
		}
		t := &out[i]
		if !slices.Contains(t.Areas, p.Area) {
			t.Areas = append(t.Areas, p.Area)
		}
		if p.From.Before(t.From) {
			t.From = p.From
		}
		if p.To.IsZero() || !t.To.IsZero() && p.To.After(t.To) {
			t.To = p.To
		}
	}
	slices.SortStableFunc(out, func(a, b MyTrip) int { return a.From.Compare(b.From) })
	return out
}

// clash adds a clash: of one place the strongest.
func (t *MyTrip) clash(c MyClash) {
	for i := range t.Clashes {
		if o := &t.Clashes[i]; o.Area == c.Area {
			if c.Action.Posture() > o.Action.Posture() {
				*o = c
			}
			return
		}
	}
	t.Clashes = append(t.Clashes, c)
}
