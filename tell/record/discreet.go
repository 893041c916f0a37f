package record

import (
	"context"
	"time"

	"vedette/gazetteer"
	"vedette/match"
	"vedette/store"
)

// DiscreetThere gives those of some people who are told discreetly for where they
// are, or may be, now: the organisation named areas where whoever reads over a
// shoulder is to learn nothing. Whoever is told so by their own record is not
// looked for here.
func DiscreetThere(ctx context.Context, rows *store.Org, g *gazetteer.Gazetteer, now time.Time, people ...int64) (map[int64]bool, error) {
	set, err := rows.Settings(ctx)
	if err != nil || len(set.DiscreetIn) == 0 || len(people) == 0 {
		return nil, err
	}
	where, err := rows.PresencesAt(ctx, people, time.Time{})
	if err != nil {
		return nil, err
	}
	out := map[int64]bool{}
	for key, ps := range where {
		out[key] = match.MayBeIn(g, set.DiscreetIn, ps, now)
	}
	return out, nil
}
