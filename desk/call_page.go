package desk

import (
	"context"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/rota"
)

// CallPage is what somebody who called for help may know of it.
type CallPage struct {
	Called  time.Time
	Owner   string    // who has it, "" for nobody yet
	Since   time.Time // since when they have it
	Next    time.Time // by when they are in contact
	Alone   bool      // nobody has it, and nobody is on duty
	Numbers []gazetteer.Emergency
}

// callPage tells of the call for help of somebody, nil for none.
func (d *Desk) callPage(ctx context.Context, person int64) (*CallPage, error) {
	c, entries, ok, err := d.rows.CaseOfPerson(ctx, person)
	if err != nil || !ok || c.Hidden {
		return nil, err
	}
	p := &CallPage{Called: c.CalledAt, Owner: c.Owner, Next: c.DueAt}
	for _, e := range entries {
		if e.Kind == vedette.CaseTake || e.Kind == vedette.CaseHandOver {
			p.Since = e.At
			if c.Duress && p.Since.Before(c.CalledAt) { // it was taken before they called themselves
				p.Since = c.CalledAt
			}
		}
	}
	if p.Owner == "" {
		list, err := d.rows.Duties(ctx, time.Time{})
		if err != nil {
			return nil, err
		}
		turns := make([]vedette.Duty, len(list))
		for i := range list {
			turns[i] = list[i].Duty
		}
		p.Alone = len(rota.On(turns, d.Now())) == 0
	}
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil {
		return nil, err
	}
	p.Numbers = d.Gaz.EmergencyIn(vedette.AreasAt(sp.Presences, d.Now()))
	return p, nil
}
