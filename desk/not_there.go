package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vedette"
	"vedette/match"
	"vedette/store"
)

// away is how long a home or site is held to be empty after its person
// answered that they are not there.
const away = 72 * time.Hour

// notThere ends what made someone concerned by an update, who answered that
// they are not there. A trip, leg, check-in, or what was said before, ends at
// once. A home or site is interrupted only: people come back, and nobody says
// so. An answer to a drill or a test ends nothing.
func (d *Desk) notThere(ctx context.Context, u *vedette.Update, person int64, now time.Time) error {
	if u.Status != vedette.StatusActual {
		return nil
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return err
	}
	why := fmt.Sprintf("by their answer at %s: not there", now.UTC().Format("15:04 UTC"))
	return d.leaves(ctx, match.Prepare(d.Gaz, u, set), person, why, now)
}

// leaves ends what puts someone in the places of a question, or of an update.
func (d *Desk) leaves(ctx context.Context, places *match.Prepared, person int64, why string, now time.Time) error {
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil || sp.Erased || sp.Retired {
		return err
	}
	p := d.unveiled(&sp)
	var met []vedette.Presence
	for _, pr := range p.Presence {
		if pt, ok := p.Record.Points[pr.PointRef]; ok && pr.PointRef != "" {
			pr.Point = &pt
		}
		if pr.Covers(now) && places.Relation([]vedette.Presence{pr}, nil, now) == vedette.RelationIn {
			met = append(met, pr)
		}
	}
	// First that they will be back, then that they are gone: a stop between the
	// two must not take a home from anyone for good.
	if err := d.backAfter(ctx, &p, met, now); err != nil {
		return err
	}
	for _, pr := range met {
		_, err := d.rows.EndPresence(ctx, person, pr.Key, now, why, now)
		if err != nil && vedette.ErrorCode(err) != vedette.CodeConflict { // ended by someone else meanwhile
			return err
		}
	}
	return nil
}

// backAfter records homes and sites that are to be ended anew, from when
// their interruption is over.
func (d *Desk) backAfter(ctx context.Context, p *vedette.Person, met []vedette.Presence, now time.Time) error {
	var back []vedette.Presence
	for _, pr := range met {
		coming := func(o vedette.Presence) bool { return o.Ahead(now) && saysPlace(&o, &pr) }
		if pr.Because.Trust() != vedette.TrustKept || slices.ContainsFunc(p.Presence, coming) {
			continue
		}
		if !pr.To.IsZero() && !pr.To.After(now.Add(away)) {
			continue // over by then anyway
		}
		pr.Key, pr.Point, pr.From = 0, nil, now.Add(away)
		back = append(back, pr)
	}
	if len(back) == 0 {
		return nil
	}
	c := store.PersonChange{SealedPerson: store.SealedPerson{Key: p.Key, Presences: back}}
	_, err := d.rows.SavePeople(ctx, []store.PersonChange{c}, now)
	return err
}
