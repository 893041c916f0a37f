package desk

import (
	"cmp"
	"context"
	"slices"

	"vedette"
	"vedette/advise"
	"vedette/match"
)

// Preview is what publishing would do, as things stand.
type Preview struct {
	Concerned   int // in or may be in
	In, MayBe   int
	Countries   []CountryCount
	Unreachable []vedette.ID // concerned, without an address any channel sends to
	Clashes     int          // trips ahead into a place under avoid-posture
	Hooks       int
	Blocking    []vedette.Finding // keep it from being published until accepted
}

// CountryCount is how many are concerned in a country or sea. Someone
// concerned in two is counted in both.
type CountryCount struct {
	Area vedette.AreaID
	Name string
	N    int
}

// Preview tells whom an update would concern, by the decision that the
// fan-out itself calls.
func (d *Desk) Preview(ctx context.Context, u *vedette.Update, findings []vedette.Finding) (Preview, error) {
	r, err := d.people.Current(ctx)
	if err != nil {
		return Preview{}, err
	}
	hooks, err := d.rows.Hooks(ctx)
	if err != nil {
		return Preview{}, err
	}
	pv := Preview{Hooks: len(hooks), Blocking: blocking(findings)}
	now, by := d.Now(), map[vedette.AreaID]int{}
	m, adv := match.Prepare(d.Gaz, u), advise.Prepare(d.Gaz, u)
	for _, key := range r.Index.Candidates(u, now) {
		ps := r.Index.Presences(key)
		switch m.Relation(ps, now) {
		case vedette.RelationIn:
			pv.In++
		case vedette.RelationMayBe:
			pv.MayBe++
		default:
			continue
		}
		f := r.Facts[key]
		if !reachable(f.Slots) {
			pv.Unreachable = append(pv.Unreachable, f.ID)
		}
		v := adv.For(advise.Person{Citizenship: f.Citizenship, Presences: ps}, now).Variant
		for _, a := range v.Areas {
			by[a]++
		}
		if clash(u, v) {
			pv.Clashes++
		}
	}
	pv.Concerned = pv.In + pv.MayBe
	pv.Countries = d.countries(by)
	return pv, nil
}

// clash says whether a variant holds a trip ahead into a place under
// avoid-posture.
func clash(u *vedette.Update, v vedette.Variant) bool {
	for _, l := range v.Lines {
		if !l.Trip {
			continue
		}
		for _, a := range u.Content.Recommendations[l.Group].Advice[l.Item].Actions {
			if a.Action == vedette.AvoidAllTravel || a.Action == vedette.AvoidNonessentialTravel {
				return true
			}
		}
	}
	return false
}

func blocking(fs []vedette.Finding) []vedette.Finding {
	var out []vedette.Finding
	for _, f := range fs {
		if f.Blocks {
			out = append(out, f)
		}
	}
	return out
}

func (d *Desk) countries(by map[vedette.AreaID]int) []CountryCount {
	out := make([]CountryCount, 0, len(by))
	for a, n := range by {
		out = append(out, CountryCount{Area: a, Name: d.Gaz.Name(a), N: n})
	}
	slices.SortFunc(out, func(a, b CountryCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	return out
}
