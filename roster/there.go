package roster

import (
	"iter"
	"slices"
	"time"

	"vedette"
	"vedette/match"
)

// There gives everyone who is, or may be, in some places now, ascending by key:
// no trip ahead, and no watch. The places are made by match.ForAreas.
func (r *Roster) There(places *match.Prepared, now time.Time) iter.Seq2[int64, vedette.Relation] {
	q := places.Ask(now, 0)
	return func(yield func(int64, vedette.Relation) bool) {
		for key := range r.Index.Find(q.Query()).Persons() {
			ps, rel := r.Presences(key), vedette.RelationOut
			for i := range ps {
				switch here, _ := q.Of(ps, i); {
				case here == vedette.RelationIn:
					rel = here
				case here == vedette.RelationMayBe && rel == vedette.RelationOut:
					rel = here
				}
			}
			if rel != vedette.RelationOut && !yield(key, rel) {
				return
			}
		}
	}
}

// Everyone lists all who are there, ascending by key.
func (r *Roster) Everyone() []int64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	keys := make([]int64, 0, r.facts.count)
	r.facts.each(func(key int64, _ *fact) { keys = append(keys, key) })
	slices.Sort(keys)
	return keys
}

// Sends says whether this installation sends over a channel.
func (k *Keeper) Sends(over vedette.Channel) bool { return k.over.Send(over) }
