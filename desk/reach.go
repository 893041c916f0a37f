package desk

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/match"
	"vedette/reachable"
	"vedette/store"
)

// ReachQuestion asks who of some people is reached within so long: of everyone
// in some areas, or who may be; of one person; or, without either, of everyone.
type ReachQuestion struct {
	Areas  []vedette.AreaID
	Person string
	Within time.Duration // 0 is 5 min
}

// DefaultWithin is how long word may take where nobody says.
const DefaultWithin = 5 * time.Minute

// Reached is how somebody is reached, with all their addresses.
type Reached struct {
	Person vedette.Person
	reachable.Verdict
	Ways  []ReachWay
	Drill reachable.Drill // the last they were part of
}

// ReachWay is one address, with its value.
type ReachWay struct {
	Value string
	reachable.Way
}

// ReachCount counts those asked about, each once.
type ReachCount struct {
	AsOf       time.Time
	Within     time.Duration // asked for
	Of         int
	Reached    int // within it
	Later      int
	Unproven   int
	Unverified int       // of Reached and Later: nobody ever spoke from their addresses
	ByDrill    int       // of Reached and Later: the word is of a drill
	LastDrill  time.Time // that any of them was part of, zero for none
}

func (c *ReachCount) add(r *Reached) {
	c.Of++
	if r.Drill.At.After(c.LastDrill) {
		c.LastDrill = r.Drill.At
	}
	v := &r.Verdict
	switch v.Standing {
	case reachable.Within:
		c.Reached++
	case reachable.Later:
		c.Later++
	default:
		c.Unproven++
		return
	}
	if !v.Verified {
		c.Unverified++
	}
	if v.By.Drill {
		c.ByDrill++
	}
}

// Reach goes through those asked about, ascending by key, and counts them. each
// may be nil.
func (d *Desk) Reach(ctx context.Context, q ReachQuestion, each func(Reached) error) (*ReachCount, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	if q.Within == 0 {
		q.Within = DefaultWithin
	}
	if q.Within < time.Second || q.Within > 30*24*time.Hour {
		return nil, vedette.Errorf(vedette.CodeInvalid, "within %s: give from a second to 30 days", q.Within)
	}
	keys, err := d.asksOf(ctx, q)
	if err != nil {
		return nil, err
	}
	sum := &ReachCount{AsOf: d.Now(), Within: q.Within}
	dead, err := d.rows.DeadAddresses(ctx)
	if err != nil {
		return nil, err
	}
	for page := range slices.Chunk(keys, whoPage) {
		known, err := d.readReach(ctx, page, dead)
		if err != nil {
			return nil, err
		}
		list, err := d.reachedBy(ctx, page, known, q.Within, sum.AsOf)
		if err != nil {
			return nil, err
		}
		for i := range list {
			sum.add(&list[i])
			if each == nil {
				continue
			}
			if err := each(list[i]); err != nil {
				return nil, err
			}
		}
	}
	return sum, nil
}

// asksOf finds whom a question is about.
func (d *Desk) asksOf(ctx context.Context, q ReachQuestion) (keys []int64, err error) {
	if q.Person != "" {
		p, err := d.Person(ctx, q.Person)
		if err == nil && p.Erased {
			err = vedette.Errorf(vedette.CodeInvalid, "%q was erased", q.Person)
		}
		return []int64{p.Key}, err
	}
	r, err := d.people.Current(ctx)
	if err != nil || len(q.Areas) == 0 {
		if err == nil {
			keys = r.Everyone()
		}
		return keys, err
	}
	w := WhoQuestion{Areas: q.Areas}
	if err := w.Validate(); err != nil {
		return nil, err
	}
	for key := range r.There(match.ForAreas(d.Gaz, q.Areas, nil, r.Settings()), d.Now()) {
		keys = append(keys, key)
	}
	return keys, nil
}

// reachedBy says how some people are reached, as whoever asks may know it, in the order
// they are asked for: who is not known any more is left out.
func (d *Desk) reachedBy(ctx context.Context, keys []int64, known map[int64]knownReach, within time.Duration, now time.Time) ([]Reached, error) {
	roll, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Reached, 0, len(keys))
	for _, key := range keys {
		row, ok := known[key]
		if !ok {
			continue
		}
		r := Reached{Person: veiled(ctx, &row.who), Ways: slices.Clone(row.ways), Drill: row.drill}
		r.Person.Presence = whereSeen(&r.Person, roll.Presences(key))
		if r.Person.Veiled {
			for i := range r.Ways {
				way := &r.Ways[i]
				way.Value, way.Why, way.DeadWhy, way.Blocked = notShown, hushed(&r.Person, way.Why), hushed(&r.Person, way.DeadWhy), hushed(&r.Person, way.Blocked)
			}
		}
		r.judge(within, now)
		out = append(out, r)
	}
	return out, nil
}

// judge sets how they stand by what is known of their addresses.
func (r *Reached) judge(within time.Duration, now time.Time) {
	s := reachable.Subject{Drill: r.Drill, Ways: make([]reachable.Way, 0, len(r.Ways))}
	for i := range r.Ways {
		s.Ways = append(s.Ways, r.Ways[i].Way)
	}
	r.Verdict = reachable.Judge(&s, within, now)
}

// way puts together what is known of an address.
func (d *Desk) way(a vedette.Address, r store.AddressReach, dead []store.DeadAddress) reachable.Way {
	w := reachable.Way{Channel: a.Channel, Sends: d.people.Sends(a.Channel), Blocked: a.Blocked, Verified: r.VerifiedAt, Failed: r.FailedAt, Why: r.FailedWhy,
		Heard: reachable.Evidence{At: r.HeardAt, After: r.HeardAfter, By: r.HeardBy, Drill: r.HeardDrill, State: r.HeardState}}
	if len(dead) == 0 {
		return w
	}
	hash := string(d.Key.Hash(vedette.DeadAddressKind, a.Value))
	for _, x := range dead {
		if !x.WarnOnly && string(x.Hash) == hash {
			w.Dead, w.DeadWhy = x.Since, x.Reason
		}
	}
	return w
}
