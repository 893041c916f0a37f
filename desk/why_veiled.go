package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/wording"
)

// whereVeiled adds for which places they were told discreetly, and are now.
func (d *Desk) whereVeiled(ctx context.Context, w *Why) error {
	then, err := d.rows.SettingsAt(ctx, w.AsOf)
	if err != nil {
		return err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return err
	}
	if len(then.DiscreetIn)+len(set.DiscreetIn) == 0 {
		return nil
	}
	ps, err := d.rows.PresencesAt(ctx, []int64{w.Person.Key}, time.Time{})
	w.Veiled = d.mayBeIn(then.DiscreetIn, w.Person.Presence, w.AsOf)
	w.VeiledAt = d.mayBeIn(set.DiscreetIn, ps[w.Person.Key], d.Now())
	return err
}

// mayBeIn gives those of some areas that somebody is, or may be, in.
func (d *Desk) mayBeIn(areas []vedette.AreaID, ps []vedette.Presence, at time.Time) (in []vedette.AreaID) {
	for _, a := range areas {
		if match.MayBeIn(d.Gaz, []vedette.AreaID{a}, ps, at) {
			in = append(in, a)
		}
	}
	return in
}

// Discretion says why they were told discreetly, and whether they are now, "" where
// neither.
func (w *Why) Discretion(g *gazetteer.Gazetteer) wording.Said {
	places := func(list []vedette.AreaID) wording.Said {
		var names []wording.Said
		for _, a := range list {
			names = append(names, wording.Named(g.Called(a)))
		}
		return wording.Commas(names)
	}
	switch {
	case w.Person.Record.Discreet:
		return wording.Of("told discreetly, always: their record says so")
	case len(w.Veiled) == 0 && len(w.VeiledAt) == 0:
		return wording.Said{}
	case len(w.Veiled) == 0:
		return wording.Of("told discreetly from now on: they are, or may be, in %s", places(w.VeiledAt))
	case len(w.VeiledAt) == 0:
		return wording.Of("told discreetly then: they were, or may have been, in %s; not any more", places(w.Veiled))
	}
	return wording.Of("told discreetly: they are, or may be, in %s", places(w.VeiledAt))
}
