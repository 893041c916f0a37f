package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/match"
	"vedette/roster"
)

// Preview is what publishing would do, as things stand.
type Preview struct {
	Concerned   int // in or may be in
	In, MayBe   int
	Countries   []CountryCount
	Unreachable []vedette.ID     // concerned, without an address any channel sends to
	Clashes     int              // trips ahead into a place under avoid-posture
	Corrected   int              // concerned no longer, but told what this corrects
	Broken      []vedette.ID     // whose record cannot be opened: they are told by hand or not at all
	Again       *vedette.Update  // published before from the very same text
	Unplaced    []vedette.Advice // told to nobody: no action or no place was read in it
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

// Preview tells whom a draft would concern, by the decision that the fan-out
// itself calls. An order that cannot be followed is refused here already.
func (d *Desk) Preview(ctx context.Context, dr *Draft, o PublishOrder) (Preview, error) {
	u := dr.Update
	if err := d.checkOrder(ctx, u.Status, o); err != nil {
		return Preview{}, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return Preview{}, err
	}
	hooks, err := d.rows.Hooks(ctx)
	if err != nil {
		return Preview{}, err
	}
	pv := Preview{Hooks: len(hooks), Blocking: blocking(dr.Reading.Findings), Broken: r.Broken()}
	now, by, told := d.Now(), map[vedette.AreaID]int{}, map[int64]bool{}
	m, adv := match.Prepare(d.Gaz, u, vedette.DefaultSettings()), advise.Prepare(d.Gaz, u, nil)
	for key := range r.Candidates(m, now) {
		who, f, _ := r.Person(key)
		switch m.Relation(who.Presences, nil, now) {
		case vedette.RelationIn:
			pv.In++
		case vedette.RelationMayBe:
			pv.MayBe++
		default:
			continue
		}
		told[key] = true
		if !f.Reached() {
			pv.Unreachable = append(pv.Unreachable, f.ID)
		}
		v := adv.For(who, now).Variant
		for _, a := range v.Areas {
			by[a]++
		}
		if clash(u, v) {
			pv.Clashes++
		}
	}
	pv.Concerned = pv.In + pv.MayBe
	pv.Countries = d.countries(by)
	pv.Unplaced = unplaced(&u.Content)
	if pv.Corrected, err = d.corrected(ctx, r, o.Corrects, told); err != nil {
		return pv, err
	}
	pv.Again, err = d.again(ctx, dr)
	return pv, err
}

// unplaced lists the advice that the rules give to nobody.
func unplaced(c *vedette.Content) (out []vedette.Advice) {
	for _, g := range c.Recommendations {
		for _, a := range g.Advice {
			placed := false
			for i := range a.Actions {
				placed = placed || len(a.Actions[i].Areas(g.Area)) > 0
			}
			if !placed {
				out = append(out, a)
			}
		}
	}
	return out
}

// lately is among how many of the last updates a text is looked for.
const lately = 50

// again finds an update of the same status that was published from the very
// same text, nil for none: a command repeated by mistake tells everyone twice.
func (d *Desk) again(ctx context.Context, dr *Draft) (*vedette.Update, error) {
	us, err := d.rows.Updates(ctx, lately, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, u := range us {
		if u.Status != dr.Update.Status || u.State == vedette.UpdateStopped {
			continue
		}
		for _, id := range u.Reports {
			rep, _, err := d.rows.Report(ctx, id)
			if err != nil {
				return nil, err
			}
			if rep.Digest == dr.Report.Digest {
				return u, nil
			}
		}
	}
	return nil, nil
}

// corrected counts who was told what is corrected, beyond those told anyway.
func (d *Desk) corrected(ctx context.Context, r *roster.Roster, id vedette.ID, told map[int64]bool) (n int, err error) {
	if id == "" {
		return 0, nil
	}
	before, err := d.rows.ToldBefore(ctx, id)
	for _, k := range before {
		if _, alive := r.Facts(k); alive && !told[k] {
			n++
		}
	}
	return n, err
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
